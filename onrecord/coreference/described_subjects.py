"""Where a sentence tells of somebody by a description: ``The harbour master smiled. "We stay," he said.``"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import age_told
from onrecord.document.article import Span
from onrecord.document.sentences import Sentence, Token
from onrecord.lexicon.people import people_words

_LONGEST = 5  # words behind "the" up to the noun
_POSSESSIVE = ("'s", "’s", "'", "’")


def described_subjects(sentences: Sequence[Sentence], mentions: Mentions) -> Iterator[Span]:
    """The definite descriptions of people with which sentences begin, at once or behind a first comma, in order."""
    for sentence in sentences:
        tokens = sentence.tokens
        comma = next((i for i, token in enumerate(tokens) if token.lower == ","), len(tokens))
        for first in (0, comma + 1):
            found = _description(tokens[first : first + _LONGEST + 2], mentions)
            if found is not None:
                yield found
                break


def _description(tokens: Sequence[Token], mentions: Mentions) -> Span | None:
    """The description that tokens begin with, up to its noun, where no name follows it and it owns nothing."""
    if not tokens or tokens[0].lower != "the":
        return None
    words = people_words()
    for at, token in enumerate(tokens[1:], start=1):
        if not token.is_word or token.lower in words.prepositions or token.lower.endswith(_POSSESSIVE):
            return None
        if not (words.is_person(token.lower) or age_told([token.lower])):
            continue
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        if behind is None or words.is_person(behind.lower) or mentions.starting_within(Span(behind.start, behind.end)):
            continue
        return Span(tokens[0].start, token.end)
    return None
