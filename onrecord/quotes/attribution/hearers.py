"""Whom a report addresses or accuses, where the tagger takes that for the beginning of what is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.document.article import Span
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attribution.cue_words import cue_words

#: Verbs whose object is asked to do something: ``urged the board to``.
_ASKS = re.compile(
    r"\b(?:(?:ask|instruct|beg(?:g(?=[ei]))?|challeng|urg|encourag|invit|persuad|implor)(?:e|es|s|ed|ing)?"
    r"|call(?:s|ed|ing)?\s(?:up)?on|plead(?:s|ed|ing)?\swith)\Z",
    re.IGNORECASE,
)
#: Verbs whose object, where "to" follows it, is told to do something: ``advised the crews to``.
_ORDERS = re.compile(r"\b(?:advis|remind)(?:e|es|s|ed|ing)?\Z", re.IGNORECASE)
_ACCUSES = re.compile(r"\baccus(?:e|es|ed|ing)\Z", re.IGNORECASE)
#: Who is accused, up to of what: ``the board and its chair, Orla Venn, of``; also ``the U.S. and its allies of``.
_ACCUSED = re.compile(r"(?:(?:[^\s.;:\"“”]+|(?:[A-Z]\.)+,?)\s+){1,15}?of\s")
#: Whom it is told, up to what: ``the family on Friday that``; ``his people “to``.
_HEARER = re.compile(r"(?P<hearer>(?:[^\W_][\w’'&.-]*\s+){1,8}?)[\"“]?(?P<opens>that|not\sto|to)\s")
#: Whom somebody asks for or about something.
_ASKED_FOR = re.compile(r"(?P<hearer>(?:[^\W_][\w’'&.-]*\s+){1,8}?)(?P<opens>for|about)\s")
_SETTING = re.compile(r"\s(?:in|during|at|on|via)\s", re.IGNORECASE)
_SUBJECTS = frozenset({"i", "he", "she", "it", "they", "we", "you", "there", "who", "which"})
_ANYBODY = frozenset({"whoever", "anyone", "anybody", "everyone", "those"})
_QUESTIONS = frozenset({"how", "what", "whether", "why", "if"})


def behind_hearer(text: str, cue: Span, content: Span) -> Span:
    """A content without whom it is told, or where: ``told the family that``, ``urged the board to``.

    Only where no clause begins before that: "told the family the bridge was so old that".
    """
    gap = text[cue.end : content.start]
    match = _HEARER.match(text, content.start, content.end)
    if match is None and asks(cue.of(text)):
        match = _ASKED_FOR.match(text, content.start, content.end)
    if match is None:
        return content
    last = cue.of(text).split()[-1].lower()
    hearer = match["hearer"].lower().split()
    if match["opens"] != "that":
        fits = gap.isspace() and (asks(cue.of(text)) or _ORDERS.search(cue.of(text)) is not None)
        hearer = hearer[:1] if hearer[0] in _ANYBODY else hearer  # "asked whoever wrote the post to"
    elif gap.isspace():
        fits = reporting_words().is_in(last, "telling") or last.startswith("warn")
    elif reporting_words().is_in(last, "telling") and hearer[0] in people_words().prepositions:
        fits, hearer = True, [*gap.lower().split(), *hearer]  # "told a man with a limp that"
    else:
        fits = _SETTING.fullmatch(gap) is not None and reporting_words().is_in(last, "speech", "telling")
    fits = fits and _is_phrase(hearer)
    return Span(match.start("opens"), content.end) if fits else content


def behind_accused(text: str, cue: Span, content: Span) -> Span:
    """A content without whom its cue accuses: ``accused the board of``; what is said of them stays."""
    gap = text[cue.end : content.start]
    if not gap.isspace() or _ACCUSES.search(cue.of(text)) is None:
        return content
    match = _ACCUSED.match(text, content.start, content.end)
    return content if match is None else Span(match.end(), content.end)


def asks(cue: str) -> bool:
    """Whether a cue is a verb whose object is asked to do something: ``has urged``, ``called on``."""
    return _ASKS.search(cue) is not None


def _is_phrase(words: Sequence[str]) -> bool:
    """Whether words are a noun phrase, perhaps with a time or place behind it, and no clause with a verb."""
    known, verbs = people_words(), reporting_words()
    nominal = known.definite | known.indefinite
    if words[0] in known.prepositions | known.subordinators | _SUBJECTS:
        return False
    for before, word in pairwise(words):
        opens = word in nominal and before not in known.prepositions | {"and"}
        if opens or word in _SUBJECTS or verbs.is_in(word, "speech", "telling"):
            return False
    return (cue_words().auxiliaries - {"and", "or"} | cue_words().other_finite | _QUESTIONS).isdisjoint(words)
