"""Named holidays, by the calendars of the `holidays` library: what Easter or Thanksgiving was, it knows."""

from __future__ import annotations

import datetime as dt
from functools import cache

from onrecord.dates.context import Context, Matched
from onrecord.dates.points import nearest_year
from onrecord.dates.values import Meaning, point, shift


@cache
def _holiday_date(country: str, name: str, year: int) -> dt.date | None:
    """The first day of that name in the year; None where the library has none for sure."""
    import holidays  # loads in a third of a second; most articles name no holiday

    if not 1900 <= year <= 2100:
        return None
    days = holidays.country_holidays(country, years=year, language="en_US")
    return min((day for day, names in days.items() if name in names.split("; ") and day.year == year), default=None)


def holiday(m: Matched, c: Context) -> Meaning:
    """A holiday of the year named, else the one that the tense of the sentence or last, this, next points to."""

    def in_year(year: int) -> dt.date | None:
        day = _holiday_date(m.rule.fixed["country"], m.rule.fixed["holiday"], year)
        return shift(day, "D", int(m.rule.fixed.get("days", 0))) if day else None

    year = m.number("y") if m.has("y") else _year_of(m, c, in_year(c.day.year)) if c.day else None
    found = in_year(year) if year is not None else None
    return point(found.isoformat() if found else f"{year:04}" if year is not None else "XXXX-XX-XX")


def _year_of(m: Matched, c: Context, this_year: dt.date | None) -> int | None:
    if c.day is None or this_year is None:
        return None
    direction = m.value("dir")
    if direction is None:
        return nearest_year(this_year.month, this_year.day, c, c.day)
    if direction == -1:
        return c.day.year if this_year < c.day else c.day.year - 1
    return c.day.year if direction == 0 or this_year > c.day else c.day.year + 1
