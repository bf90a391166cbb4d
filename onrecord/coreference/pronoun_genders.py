"""Which gender the pronouns that follow a person's name tell of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType
from onrecord.document.sentences import Sentence
from onrecord.lexicon.people import Gender, Pronoun, people_words


def pronoun_votes(split: Sequence[Sentence], mentions: Mentions) -> dict[int, Counter[Gender]]:
    """For each person, the pronouns that follow in sentences where nobody else is named (and in the next one)."""
    votes: dict[int, Counter[Gender]] = {}
    kinds = people_words().pronouns
    last: int | None = None
    for sentence in split:
        named = [m for m in mentions.within(sentence.span) if m.entity_type is EntityType.PERSON]
        present = {m.local_id for m in named}
        follows = [
            kinds[t.lower]
            for t in sentence.tokens
            if t.is_word and t.lower in kinds and (not named or t.start > named[0].end)
        ]
        gendered = [Gender(kind.value) for kind in follows if kind in (Pronoun.MALE, Pronoun.FEMALE)]
        person = next(iter(present)) if len(present) == 1 else last if not present else None
        if person is not None and len(set(gendered)) == 1:
            votes.setdefault(person, Counter())[gendered[0]] += 1
        last = person if present else None
    return votes
