"""Which outlet a source means: "the newspaper", "the report"."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import Method, Speaker
from onrecord.coreference.source_phrases import Phrase
from onrecord.document.article import Span, SpeakerKind
from onrecord.lexicon.outlets import is_outlet

#: Nouns for an outlet, which its name may have beside it: ``the Corran Herald newspaper``, ``Harbour, a daily``.
_KINDS = frozenset({"newspaper", "paper", "daily", "weekly", "magazine", "broadcaster", "outlet", "channel"})
_KIND = re.compile(rf"[\s,][^.;:\n]{{0,30}}?\b(?:{'|'.join(sorted(_KINDS))}|news agency|news site|news website)\b")
_PRINTED = frozenset({"report", "article", "story"})
_LONGEST = 2  # words of a description that points back
_FURTHEST = 5  # sentences back to the outlet whose report "the report" is


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
        fits = phrase.head in _KINDS or (phrase.head in _PRINTED and near)
        short = len(phrase.words) <= _LONGEST
        return replace(self._last, method=Method.DESCRIPTION) if fits and short else None

    def _is_outlet(self, speaker: Speaker) -> bool:
        if is_outlet(speaker.name or ""):
            return True
        return speaker.mention is not None and _KIND.match(self._text, speaker.mention.end) is not None
