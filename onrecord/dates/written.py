"""Dates as mastheads, datelines, captions and addresses write them: read strictly, or not at all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from onrecord.document.article import Precision
from onrecord.files.source import make_date
from onrecord.lexicon.word_lists import word_list

#: Longest line that can be nothing but a date (two stamps with times and zones).
_LONGEST = 160

_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)?(?![\w])|\d+|[^\W\d_]+(?:\.[^\W\d_]+)*|\S")
_WRITTEN = (
    # October 5, 2015 · Oct. 5th 2015 · October 5,2015 · Oct.5, 2015
    r"(?P<month{0}>{months})(?:\.\s?|\s)(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s)(?P<year{0}>\d{{4}})",
    # 5 October 2015 · 5th of Oct., 2015 · 05-Oct-2015 · 5 October,2015
    r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s-](?P<month{0}>{months})"
    r"(?:\.?,\s?|\.?[\s-])(?P<year{0}>\d{{4}})",
    # 5 octobre 2015 · 5 de octubre de 2015 · 5. Oktober 2015
    r"(?P<day{0}>\d{{1,2}})(?:er|\.)?(?:\sde)?\s(?P<month{0}>{foreign})(?:\sde)?\s(?P<year{0}>\d{{4}})",
    # 2015-10-05 · 2015/10/05 · 2015.10.05
    r"(?P<year{0}>\d{{4}})[-/.](?P<digits{0}>\d{{1,2}})[-/.](?P<day{0}>\d{{1,2}})",
)
_YEARLESS = (
    r"(?P<month{0}>{months})(?:\.\s?|\s)(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?",
    r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month{0}>{months})\.?",
)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d|[/.-]\d)")
_MONTH_YEAR = r"(?P<month>{months})\.?,?\s(?P<year>\d{{4}})(?!\d)"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date and where in the searched text it stands."""

    start: int
    end: int
    date: dt.date
    precision: Precision = Precision.DAY


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day whose year is not told."""

    month: int
    day: int

    def in_year(self, year: int) -> dt.date | None:
        return make_date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class _Words:
    months: dict[str, int]
    all_months: dict[str, int]
    weekdays: dict[str, int]
    allowed: frozenset[str]
    labels: frozenset[str]
    updated: frozenset[str]
    unpublished: frozenset[str]
    relative: re.Pattern[str]
    full: re.Pattern[str]
    yearless: re.Pattern[str]
    month_year: re.Pattern[str]


@cache
def _words() -> _Words:
    data = word_list("calendar.yaml")
    months = {name: i for i, names in enumerate(data["months"], 1) for name in names}
    foreign = {name: i for i, names in enumerate(data["foreign_months"], 1) for name in names}
    weekdays = {name: i for i, names in enumerate(data["weekdays"]) for name in names}
    names = "|".join(sorted(months, key=len, reverse=True))
    return _Words(
        months=months,
        all_months=foreign | months,
        weekdays=weekdays,
        allowed=frozenset(
            [
                *months,
                *foreign,
                *weekdays,
                *data["published"],
                *data["updated"],
                *data["unpublished"],
                *data["between"],
                *data["zones"],
            ]
        ),
        labels=frozenset([*data["published"], *data["updated"]]),
        updated=frozenset(data["updated"]),
        unpublished=frozenset(data["unpublished"]),
        relative=re.compile(data["relative"], re.IGNORECASE),
        full=_any_of(_WRITTEN, names, "|".join(sorted(foreign, key=len, reverse=True))),
        yearless=_any_of(_YEARLESS, names),
        month_year=re.compile(r"\b" + _MONTH_YEAR.format(months=names), re.IGNORECASE),
    )


def _any_of(patterns: tuple[str, ...], months: str, foreign: str = "") -> re.Pattern[str]:
    alternatives = "|".join(pattern.format(i, months=months, foreign=foreign) for i, pattern in enumerate(patterns))
    # Dumps glue what stood beside a date to it: "April 26, 2024Updated on", "Feb 28 20246:35 AM", "2024May 2, 2023".
    return re.compile(
        rf"(?:(?<!\w)|(?<=\w\d\d\d)(?=(?-i:[A-Z])))(?:{alternatives})(?:(?!\w)|(?=(?-i:[A-Z]))|(?=\d{{1,2}}:\d\d))",
        re.IGNORECASE,
    )


def month_number(word: str) -> int | None:
    """1 to 12; null where `word` is no month."""
    return _words().months.get(word.casefold().rstrip("."))


def weekday_number(word: str) -> int | None:
    """0 for Monday to 6 for Sunday; null where `word` is no weekday."""
    return _words().weekdays.get(word.casefold().rstrip("."))


def full_dates(words: str, *, day_first: bool | None = None) -> list[WrittenDate]:
    """Every day that `words` write out with its year.

    5/10/2015 counts only where it can be read in one way, or where `day_first` tells how such dates are written here.
    """
    found = []
    for match in _words().full.finditer(words):
        parts = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}
        month = int(parts["digits"]) if "digits" in parts else _words().all_months[parts["month"].casefold()]
        date = make_date(int(parts["year"]), month, int(parts["day"]))
        if date:
            found.append(WrittenDate(match.start(), match.end(), date))
    for match in _NUMERIC.finditer(words):
        a, b, year = int(match[1]), int(match[3]), int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        month_day, day_month = make_date(year, a, b), make_date(year, b, a)
        readings = {date for date in (month_day, day_month) if date}
        told = None if day_first is None else day_month if day_first else month_day
        if told or len(readings) == 1:
            found.append(WrittenDate(match.start(), match.end(), told or readings.pop()))
    return sorted(found, key=lambda written: written.start)


def writes_day_first(lines: Iterable[str]) -> bool | None:
    """Whether numeric dates are written 25/10/2015 rather than 10/25/2015; null where no line tells, or both are."""
    found = set()
    for line in lines:
        for match in _NUMERIC.finditer(line):
            a, b = int(match[1]), int(match[3])
            if min(a, b) <= 12 < max(a, b) <= 31:
                found.add(a > b)
    return found.pop() if len(found) == 1 else None


def yearless_date(words: str) -> DayOfYear | None:
    """The one day in `words` that is written without a year; null for none or several."""
    found = set()
    for match in _words().yearless.finditer(words):
        parts = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value}
        month, day = _words().months[parts["month"].casefold()], int(parts["day"])
        if make_date(2000, month, day):
            found.add(DayOfYear(month, day))
    return found.pop() if len(found) == 1 else None


def month_of_year(words: str) -> dt.date | None:
    """The first of the month in "October 2015"; null where `words` hold no such thing."""
    match = _words().month_year.search(words)
    return make_date(int(match["year"]), _words().months[match["month"].casefold()], 1) if match else None


def is_date_line(words: str) -> bool:
    """Whether a line is nothing but a date of publication: date, weekday, time, zone and the words about them."""
    if not words or len(words) > _LONGEST:
        return False
    if _words().relative.fullmatch(words.strip(" .:|")):
        return True
    if not (full_dates(words) or _NUMERIC.search(words) or month_of_year(words)):
        return False
    tokens = _TOKEN.findall(words)
    return all(_is_date_token(token) for token in tokens)


def is_day_line(words: str) -> bool:
    """Whether a line is nothing but a day without its year: "Tuesday, May 4", "Published May 4 at 5 p.m."."""
    if not words or len(words) > _LONGEST or full_dates(words) or yearless_date(words) is None:
        return False
    return all(_is_date_token(token) for token in _TOKEN.findall(words))


def is_stamp_label(words: str) -> bool:
    """Whether words before a date are nothing but what a stamp calls it: "Updated:", "First published on Monday,"."""
    tokens = _TOKEN.findall(words)
    return any(token.casefold() in _words().labels for token in tokens) and all(map(_is_date_token, tokens))


def _is_date_token(piece: str) -> bool:
    if piece[0].isdigit():
        return sum(c.isdigit() for c in piece) <= 4
    if piece[0].isalpha():
        return piece.casefold().rstrip(".") in _words().allowed
    return piece in ",.:;|/-–—·•()[]+@"


def stamps(words: str) -> list[tuple[bool, WrittenDate]]:
    """The dates of a date line, each with whether it is that of an update rather than of publication.

    Left out are the days on which a text was received, accepted, reviewed or retrieved.
    """
    found = []
    before = 0
    dates = full_dates(words)
    if not dates and (month := month_of_year(words)):
        dates = [WrittenDate(0, len(words), month, Precision.MONTH)]
    for written in dates:
        label = re.findall(r"[a-z]+", words[before : written.start].casefold())
        updated = any(word in _words().updated for word in label)
        if not any(word in _words().unpublished for word in label):
            found.append((updated, written))
        before = written.end
    return found
