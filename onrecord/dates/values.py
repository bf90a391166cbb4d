"""TIMEX3 values and the calendar: the interval that a value and its modifier mean.

Intervals are inclusive at both ends. The parts of a longer stretch, as the GUM corpus has them: early (START) is its
first half and late (END) its second (early April is 1 to 15 April, late September 15/16 to 30 September); MID is the
middle half of a year, a season or a quarter, and the 11th to the 20th of a month. The halves of a year are six
months. A season is three whole months (SP from March, SU from June, FA from September, WI from December into the next
year); a century or decade is counted as it is written (19 is 1900 to 1999, 199 is 1990 to 1999); a week runs from
Monday, a weekend is Saturday and Sunday.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from onrecord.document.article import TimexType

Interval = tuple[dt.date, dt.date]

_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_DAY_VALUE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?\Z")
_WEEK_VALUE = re.compile(r"(\d{4})-W(\d\d)(?:-(WE|[1-7]))?\Z")
_MONTH_VALUE = re.compile(r"(\d{4})-(\d\d)(?:-XX)?\Z")
_PART_VALUE = re.compile(r"(\d{4})-(?:(Q|H)(\d)|(SP|SU|FA|WI))\Z")
_YEARS_VALUE = re.compile(r"\d{2,4}\Z")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means: TIMEX3 type, value and modifier, and its interval where the calendar fixes one."""

    timex_type: TimexType
    value: str
    mod: str | None = None
    interval: Interval | None = None
    #: whether the month of a day is not printed, but taken from publication and the tense
    month_inferred: bool = False


def month_interval(year: int, month: int, months: int = 1) -> Interval:
    """`months` whole months from the given one."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last_year, last_month = year + (month + months - 2) // 12, (month + months - 2) % 12 + 1
    last_day = calendar.monthrange(last_year, last_month)[1]
    return dt.date(year, month, 1), dt.date(last_year, last_month, last_day)


def _week_interval(year: int, week: int, part: str | None) -> Interval | None:
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
        if part is None:
            return monday, monday + dt.timedelta(days=6)
        if part == "WE":
            return monday + dt.timedelta(days=5), monday + dt.timedelta(days=6)
        day = monday + dt.timedelta(days=int(part) - 1)
    except (ValueError, OverflowError):
        return None
    return day, day


def _part_interval(year: int, kind: str | None, number: str | None, season: str | None) -> Interval:
    if season:
        return month_interval(year, _SEASON_MONTH[season], 3)
    size = 3 if kind == "Q" else 6
    return month_interval(year, 1 + size * (int(number or 1) - 1), size)


def _point_interval(value: str) -> Interval | None:
    if found := _DAY_VALUE.match(value):
        day = dt.date(int(found[1]), int(found[2]), int(found[3]))
        return day, day
    if found := _MONTH_VALUE.match(value):
        return month_interval(int(found[1]), int(found[2]))
    if found := _WEEK_VALUE.match(value):
        return _week_interval(int(found[1]), int(found[2]), found[3])
    if found := _PART_VALUE.match(value):
        return _part_interval(int(found[1]), found[2], found[3], found[4])
    if _YEARS_VALUE.match(value):
        width = 4 - len(value)
        return month_interval(int(value) * 10**width, 1, 12 * 10**width)
    return None


def interval_of(value: str, mod: str | None = None) -> Interval | None:
    """The days that a point value means, narrowed by START, MID or END.

    None where the value leaves parts open, and for what lies BEFORE or AFTER it.
    """
    if mod in ("BEFORE", "AFTER"):
        return None
    if "/" in value:
        first, _, last = value.partition("/")
        begin, end = interval_of(first), interval_of(last)
        return (begin[0], end[1]) if begin and end and begin[0] <= end[1] else None
    try:
        whole = _point_interval(value)
    except (ValueError, OverflowError):
        return None
    return _narrow(whole, mod) if whole else None


def _narrow(whole: Interval, mod: str | None) -> Interval:
    first, last = whole
    days = (last - first).days + 1
    if days < 3 or mod not in ("START", "MID", "END"):
        return whole
    if days in (28, 29, 30, 31) and first.day == 1:
        edges = {"START": (1, 15), "MID": (11, 20), "END": (16, days)}
        low, high = edges[mod]
        return first.replace(day=low), first.replace(day=high)
    if days in (365, 366) and first.month == first.day == 1:
        months = {"START": (1, 6), "MID": (4, 6), "END": (7, 6)}
        return month_interval(first.year, *months[mod])
    half = dt.timedelta(days=days // 2)
    quarter = dt.timedelta(days=days // 4)
    if mod == "START":
        return first, first + half - dt.timedelta(days=1)
    return (first + half, last) if mod == "END" else (first + quarter, last - quarter)


def point(value: str, mod: str | None = None) -> Meaning:
    """A DATE or, where the value carries a time of day, a TIME, with the interval that follows from it."""
    timex_type = TimexType.TIME if "T" in value else TimexType.DATE
    return Meaning(timex_type, value, mod, interval_of(value, mod))


def week_value(day: dt.date) -> str:
    """The ISO week of a day, `2015-W40`."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def add_months(year: int, month: int, months: int) -> tuple[int, int]:
    """(year, month) that many months later."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def shift(day: dt.date, unit: str, amount: int) -> dt.date | None:
    """`day` moved by an amount of D, W, M, Q or Y; the last day of a month stays within it. None off the calendar."""
    try:
        if unit in ("D", "W"):
            return day + dt.timedelta(days=amount * (7 if unit == "W" else 1))
        months = amount * {"M": 1, "Q": 3, "Y": 12}[unit]
        year, month = add_months(day.year, day.month, months)
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def containing(day: dt.date, unit: str) -> str:
    """The value of the day, week, weekend, month, quarter, half, year, decade or century that `day` lies in."""
    values = {
        "D": day.isoformat(),
        "W": week_value(day),
        "WE": f"{week_value(day)}-WE",
        "M": f"{day.year:04}-{day.month:02}",
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "H": f"{day.year:04}-H{(day.month + 5) // 6}",
        "Y": f"{day.year:04}",
        "DE": f"{day.year // 10:03}",
        "CE": f"{day.year // 100:02}",
    }
    return values[unit]
