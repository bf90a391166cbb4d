"""Whether a triple of the tagger's tells what anybody says, thinks or wants, and who only hears it (verbs.yaml)."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.article import Attribution
from onrecord.quotes.floor import shares_subject
from onrecord.quotes.lexicon import reporting_words
from onrecord.quotes.people import people_words
from onrecord.quotes.places import Marks

#: An indirect report that is nobody's is kept from this score on: below, 4 of 57 were exact (polnear_dev).
_SURE_WITHOUT_SOURCE = 0.5
_WORD = re.compile(r"\w+")
_NEGATION = re.compile(r"n[’']t\b|\b(?:not|never)\b")
_BE = r"\b(?:is|are|was|were|be|been|being|am|[’']re|s)\s(?:\w+\s)?"


def without_hearer(text: str, attribution: Attribution) -> Attribution:
    """The attribution, without a source that only hears or bears it: ``Venn was told``, ``the court heard``."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or source.end > cue.start:
        return attribution
    words = reporting_words()
    said = cue.of(text).lower()
    hears = "heard" in said.split() and not words.hearers.isdisjoint(source.of(text).lower().split()[-1:])
    return replace(attribution, source=None) if hears or _addressed().search(said) else attribution


def is_told(text: str, marks: Marks, attribution: Attribution) -> bool:
    """Whether somebody says, thinks or wants something: not "The board named Venn", nor "The bridge is seen as safe".

    What has words in marks is always worth a row; what has no source, where a verb shares its subject or the report
    is sure.
    """
    if any(marks.touching(span) for span in attribution.content):
        return True
    words = reporting_words()
    told_words = [word for span in attribution.content for word in _WORD.findall(span.of(text).lower())]
    if words.empty_alone.issuperset(told_words) or (len(told_words) > 1 and words.empty.issuperset(told_words)):
        return False
    said = [] if attribution.cue is None else attribution.cue.of(text).lower().split()
    bare = said[:-1] if said and said[-1] in people_words().prepositions else said  # "came under scrutiny over"
    ends = {" ".join(of[-n:]) for of in (said, bare) for n in (1, 2, 3)}
    if attribution.source is not None:
        return ends.isdisjoint(words.acts) and not _is_gloss(said) and not _is_silence(said, ends)
    if not ends.isdisjoint(words.states):
        return False
    shared = attribution.cue is not None and shares_subject(text, attribution.cue)
    return shared or attribution.score >= _SURE_WITHOUT_SOURCE


def _is_gloss(said: list[str]) -> bool:
    """Whether the cue is a participle that tells what another report is about: ``he said, apparently referring to``."""
    return " ".join(word for word in said if not word.endswith("ly")) in reporting_words().glosses


def _is_silence(said: list[str], ends: set[str]) -> bool:
    return not ends.isdisjoint(reporting_words().silences) and _NEGATION.search(" ".join(said)) is not None


@cache
def _addressed() -> re.Pattern[str]:
    """A passive whose subject is the hearer or the target of what is said."""
    return re.compile(_BE + rf"(?:{'|'.join(sorted(reporting_words().addressed))})\b")
