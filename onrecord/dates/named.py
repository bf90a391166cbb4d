"""Days and months that are names: Teresa May, Sunday Obi, Monday Motors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from onrecord.document.article import Span
from onrecord.lexicon.word_lists import word_list

_TIMES = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December"
)
_TIME = re.compile(rf"\b(?:{_TIMES})\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: A sentence that begins with a name, as its apposition or its verb shows: a day before a name has "on" or a comma.
_SUBJECT = re.compile(
    rf"(?:^|[.!?][\"”’)]*\s)[ \t]*[\"“‘]?(?P<time>{_TIMES}) (?P<name>[A-Z][\w’'-]+)(?: (?P<last>[A-Z][\w’'-]+))?"
    r"(?:(?P<told>, (?:an?|the|who|whose|his|her|their|\d\d?)\b)|"
    r"\s(?:told|tells|said|says|spoke|wrote|was|is|has|had|[a-z]+ed)\b)",
    re.MULTILINE,
)
_MONTH_NAME = re.compile(r"\b([A-Z]\w+|M(?:rs?|s)\.) (May|April|June|March|August)\b(?![ ,]+(?:the )?\d)")
#: Words of a sentence, for finding which names it has.
_WORDS = re.compile(r"[\w’'-]+")


@cache
def _words(name: str) -> frozenset[str]:
    """A list of calendar.yaml."""
    return frozenset(word_list("calendar.yaml")[name])


class NamedTimes(NamedTuple):
    """Where days and months stand that are words of a name, and where those that may be."""

    sure: frozenset[int]
    doubtful: frozenset[int]


def named_as_times(text: str, names: Sequence[Span]) -> NamedTimes:
    """The days and months that are words of a name: of one of `names`, or of a sentence's subject.

    "Wednesday Venn signed it" is told of a day where the article has named Venn before, or with a first name.
    """
    found = {
        match.start()
        for name in names
        for match in _TIME.finditer(text, name.start, name.end)
        if _names_more(text, name)
    }
    subjects = [match for match in _SUBJECT.finditer(text) if not _TIME.match(match["name"])]
    if not subjects:
        return NamedTimes(frozenset(found), frozenset())
    known, doubtful = _Known(text), set()
    for match in subjects:
        start = match.start("time")
        if known.before(match["last"] or match["name"], match["time"], start):
            found.discard(start)
        elif match["told"]:
            found.add(start)
        elif start not in found:
            doubtful.add(start)
    return NamedTimes(frozenset(found), frozenset(doubtful))


class _Known:
    """The names of an article: where each stands first, and behind which word; those that have a first name."""

    def __init__(self, text: str) -> None:
        self._first: dict[str, tuple[int, str]] = {}
        self._with_first_name: set[str] = set()
        last, over, end = "", "", -2
        for match in _WORDS.finditer(text):
            word = re.sub(r"[’']s?\Z", "", match[0])
            joined = match.start() == end + 1 and text[end] == " "
            over, last = (over, last) if joined else ("", "")
            if word[:1].isupper():
                self._first.setdefault(word, (match.start(), last))
                named = last[:1].isupper() and over.islower()
                if named and not (last in _words("before_surnames") or _TIME.fullmatch(last)):
                    self._with_first_name.add(word)
            over, last, end = last, word, match.end()

    def before(self, name: str, time: str, start: int) -> bool:
        """Whether the name at `start` behind `time` is known without it."""
        at, behind = self._first.get(re.sub(r"[’']s?\Z", "", name), (start, ""))
        return (at < start and behind != time) or name in self._with_first_name


def _names_more(text: str, name: Span) -> bool:
    """Whether a name has a word that is no day or month."""
    return any(not _TIME.fullmatch(word) for word in _WORD.findall(text, name.start, name.end))


def people_named_as_months(text: str) -> frozenset[str]:
    """Month words that the article has after a first name or a title ("Orla May"), where they are people."""
    return frozenset(found[2] for found in _MONTH_NAME.finditer(text) if found[1] not in _words("before_months"))
