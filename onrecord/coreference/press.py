"""Which outlet a source means: "the newspaper", "the report"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import Method, Speaker
from onrecord.coreference.source_phrases import Phrase
from onrecord.document.article import Span, SpeakerKind
from onrecord.lexicon.outlets import is_outlet
from onrecord.lexicon.people import people_words
from onrecord.lexicon.word_lists import any_of

_PRINTED = frozenset({"report", "article", "story"})
_LONGEST = 2  # words of a description that points back
_FURTHEST = 5  # sentences back to the outlet whose report "the report" is


@cache
def _kind() -> re.Pattern[str]:
    """A noun for an outlet beside its name."""
    nouns = any_of([*people_words().press, "news agency", "news site", "news website"])
    return re.compile(rf"[\s,][^.;:\n]{{0,30}}?\b(?:{nouns})\b")


class Press:
    """The outlet of an article that was quoted last."""

    def __init__(self, text: str, discourse: Discourse) -> None:
        self._text = text
        self._discourse = discourse
        self._last: Speaker | None = None

    def speaks(self, speaker: Speaker) -> None:
        """Note that a body has just been quoted."""
        if speaker.kind is SpeakerKind.ORGANIZATION and speaker.mention is not None and self._is_outlet(speaker):
            self._last = speaker

    def meant(self, source: Span, phrase: Phrase) -> Speaker | None:
        """The outlet that a source points back to, if it does."""
        if self._last is None or self._last.mention is None or phrase.determiner != "the" or phrase.inside:
            return None
        near = self._discourse.number(source.start) - self._discourse.number(self._last.mention.start) <= _FURTHEST
        fits = phrase.head in people_words().press or (phrase.head in _PRINTED and near)
        short = len(phrase.words) <= _LONGEST
        return replace(self._last, method=Method.DESCRIPTION) if fits and short else None

    def _is_outlet(self, speaker: Speaker) -> bool:
        if is_outlet(speaker.name or ""):
            return True
        return speaker.mention is not None and _kind().match(self._text, speaker.mention.end) is not None
