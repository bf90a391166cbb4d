"""Of whom the sentence before a bare quotation tells, by its pronoun: ``She shrugs. “Better than nothing.”``"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import EntityType, QuoteType
from onrecord.document.sentences import Sentence
from onrecord.lexicon.people import Gender, Pronoun, people_words
from onrecord.quotes.attribution.draft import Draft


def gestures(drafts: Sequence[Draft], discourse: Discourse, mentions: Mentions) -> Iterator[tuple[int, Gender]]:
    """The drafts without source or cue that open a sentence right behind one that tells of a "he" or a "she" alone.

    With the pronoun's gender. None where that sentence has a pronoun of the other gender or names a person, who may
    answer: ``She waited for him. “I was ten.”``
    """
    split = discourse.sentences
    for index, draft in enumerate(drafts):
        if draft.source is not None or draft.cue is not None or draft.parent is not None or not split:
            continue
        number = discourse.number(draft.start)
        before = split[number - 1] if number else None
        opens = draft.quote_type is QuoteType.DIRECT and draft.start - split[number].span.start <= 1
        if before is None or not opens or before.passage != split[number].passage:
            continue
        named = any(m.entity_type is EntityType.PERSON for m in mentions.within(before.span))
        gender = None if named or discourse.in_content(before.span.start) else _told_of(before)
        if gender is not None:
            yield index, gender


def _told_of(sentence: Sentence) -> Gender | None:
    """The gender of the pronoun with which a sentence opens, where it has none of the other."""
    known = people_words().pronouns
    kinds = [known.get(token.lower) for token in sentence.tokens]
    one = {kind for kind in kinds if kind in (Pronoun.MALE, Pronoun.FEMALE)}
    return Gender(kinds[0].value) if kinds and kinds[0] is not None and one == {kinds[0]} else None
