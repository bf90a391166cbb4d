"""Years told with their era: 44 BC, AD 79.

Values before Christ are written as in TIMEX2 ("BC0044", "BC04" for a century) and have no interval: the calendar of the
tables begins with the year 1.
"""

from __future__ import annotations

import re

from onrecord.dates.context import Context, Matched
from onrecord.dates.values import Meaning, point

_LAST = 2100
#: From this year on only a round number is one before Christ: "the 2017 BC election" was held in British Columbia.
_RECENT = 1950
_BEFORE_CHRIST = re.compile(r"BC(\d{4})")


def _year(m: Matched, last: int) -> int | None:
    number = m.value("n")
    return int(number) if number is not None and number == int(number) and 1 <= number <= last else None


def year_before_christ(m: Matched, _c: Context) -> Meaning | None:
    """44 BC, April 480 BC, the autumn of 481 BC."""
    year = _year(m, 9999)
    if year is None or (year >= _RECENT and year % 100):
        return None
    if m.has("m"):
        return point(f"BC{year:04}-{int(m.value('m')):02}", m.mod)
    return point(f"BC{year:04}-{m.value('season')}" if m.has("season") else f"BC{year:04}", m.mod)


def part_of_year(m: Matched, c: Context) -> Meaning | None:
    """A month or a season without a year, where the passage named a year before Christ last; None elsewhere."""
    told = _BEFORE_CHRIST.match(c.era or "")
    if told is None or any(m.has(name) for name in ("y", "yy", "rel", "dir", "d")):
        return None
    if m.has("m"):
        return point(f"{told[0]}-{int(m.value('m')):02}", m.mod)
    return point(f"{told[0]}-{m.value('season')}", m.mod) if m.has("season") else None


def year_of_our_era(m: Matched, _c: Context) -> Meaning | None:
    """AD 79, 79 AD."""
    year = _year(m, _LAST)
    return point(f"{year:04}") if year is not None else None


def century_before_christ(m: Matched, _c: Context) -> Meaning | None:
    """The 5th century BC is BC04 (499 to 400 BC)."""
    number = _year(m, 99)
    return point(f"BC{number - 1:02}", m.mod) if number is not None else None


def year_from_one_before_christ(m: Matched, c: Context) -> Meaning | None:
    """The following year, told of 219 BC, is 218 BC; nothing where the passage named no such year last."""
    told = _BEFORE_CHRIST.match(c.era or "")
    year = int(told[1]) - int(m.value("dir")) if told else 0
    return point(f"BC{year:04}") if year > 0 else None
