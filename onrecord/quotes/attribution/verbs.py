"""The verb of a cue: whose subject it has, and whether it is a passive."""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.document.article import Span
from onrecord.document.words import WORD
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import forms_of_be

_HEARS = frozenset({"heard", "hears"})
_AND = re.compile(r"\b(?:and|but|then)(?: (?:also|later|then))?\s\Z")


def shares_subject(text: str, cue: Span) -> bool:
    """Whether a verb has the subject of one before it: ``Venn left, saying``; ``Venn defended the bridge and said``."""
    if cue.of(text).split()[0].lower().endswith("ing"):
        return True
    return not is_passive(text, cue) and _AND.search(text, max(0, cue.start - 12), cue.start) is not None


def is_passive(text: str, cue: Span) -> bool:
    """Whether a cue is a passive, which has no speaker for a subject: ``was accused of``."""
    return any(word.lower() in forms_of_be() for word in cue.of(text).split()[:2])


def hears(text: str, cue: Span) -> bool:
    """Whether a cue has no speaker for a subject, but one who hears: ``the court heard``."""
    return not _HEARS.isdisjoint(cue.of(text).lower().split()[-1:])


def has_verb_of_saying(text: str, cue: Span | None) -> bool:
    """Whether a cue has a verb of saying, telling, asking, or of how it was said: ``answered``, ``yelled back``."""
    words = [] if cue is None else WORD.findall(cue.of(text).lower())
    pairs = (" ".join(pair) for pair in pairwise(words))
    return any(reporting_words().is_in(word, "speech", "telling", "asking", "manner") for word in (*words, *pairs))
