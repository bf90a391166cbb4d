"""Days as the fields of datasets and exports write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from onrecord.files.source import Precision, make_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_REST = r"(?!\d)(?:[\sT,;].*)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.DOTALL)
    for form in (
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_REST}",
        rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})(?:T.*)?",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_REST}",
        rf"{_WEEKDAY}{_DAY}[\s-]+{_MONTH},?[\s-]+{_YEAR}{_REST}",
        rf"{_MONTH},?\s+{_YEAR}{_REST}",
        rf"{_YEAR}-(?P<month>\d{{1,2}})",
        _YEAR,
    )
)
_NUMBERS = re.compile(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-]{_YEAR}{_REST}", re.DOTALL)


def written_day(value: Any) -> tuple[dt.date, Precision]:
    """The day of a field's value, and how much of it is known; a time of day behind it is left aside.

    Raises `ValueError` for what is no date, and for one of which day and month could be the other ("04/03/2017").

    >>> written_day("Tue, 7 May 2024 10:00:00 GMT")
    (datetime.date(2024, 5, 7), <Precision.DAY: 'day'>)
    """
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return _made(value.year, value.month, value.day, value), Precision.DAY
    words = " ".join(str(value).split())
    for form in _FORMS:
        if match := form.fullmatch(words):
            found = match.groupdict()
            name, day = found.get("name"), found.get("day")
            month = _MONTHS.index(name.lower()) + 1 if name else int(found.get("month") or 0)
            precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
            return _made(int(found["year"]), month or 1, int(day or 1), value), precision
    if match := _NUMBERS.fullmatch(words):
        first, second, year = int(match[1]), int(match[2]), int(match["year"])
        if first != second and max(first, second) <= 12:
            raise ValueError(f"which is the day, and which the month? {value!r}")
        month, day_of_month = sorted((first, second))
        return _made(year, month, day_of_month, value), Precision.DAY
    raise ValueError(f"no calendar date: {str(value)[:40]!r}")


def _made(year: int, month: int, day: int, value: object) -> dt.date:
    if (made := make_date(year, month, day)) is None:
        raise ValueError(f"no calendar date: {str(value)[:40]!r}")
    return made
