"""Weekdays told with their week: Monday last week, Friday two weeks ago, Tuesday week."""

from __future__ import annotations

import datetime as dt

from onrecord.dates.context import Context, Matched
from onrecord.dates.values import Meaning, point, shift

_SUNDAY = 7
#: A weekday a week ago is at most so many days more or less than a week back; "Friday a week ago", said on a Tuesday,
#: may be one of two.
_ABOUT = 2


def _part(m: Matched) -> str:
    return f"T{m.value('part')}" if m.has("part") else ""


def _point(m: Matched, day: dt.date | None) -> Meaning:
    return point(day.isoformat() + _part(m)) if day else open_weekday(m, None)


def open_weekday(m: Matched, _c: Context | None) -> Meaning:
    """The Monday after the vote: of a week that nothing tells."""
    return point(f"XXXX-WXX-{int(m.value('w'))}{_part(m)}")


def weekday_of_week(m: Matched, c: Context) -> Meaning:
    """Monday of last week, Friday next week. Open where it depends on whether a week begins on Sunday or on Monday."""
    number = int(m.value("w"))
    if c.day is None or _SUNDAY in (number, c.day.isoweekday()):
        return open_weekday(m, c)
    return _point(m, shift(c.day, "D", number - c.day.isoweekday() + 7 * int(m.value("dir"))))


def weekday_ago(m: Matched, c: Context) -> Meaning:
    """Monday a week ago, Tuesday three weeks ago: the one about so many weeks back, if only one is."""
    if c.day is None:
        return open_weekday(m, c)
    back, weeks = (c.day.isoweekday() - int(m.value("w"))) % 7, m.number("n") or 1
    if back > 3:
        back -= 7
    return _point(m, shift(c.day, "D", -back - 7 * weeks)) if abs(back) <= _ABOUT else open_weekday(m, c)


def weekday_week(m: Matched, c: Context) -> Meaning:
    """Friday week, Monday fortnight: a week or two after the next one."""
    if c.day is None:
        return open_weekday(m, c)
    ahead = (int(m.value("w")) - c.day.isoweekday()) % 7 or 7
    return _point(m, shift(c.day, "D", ahead + (14 if m.has("weeks") else 7)))
