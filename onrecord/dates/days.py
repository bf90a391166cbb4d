"""Days told by their place in a month, in a list or in a week: the second Thursday of March, the 2nd of this month."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from onrecord.dates.context import Context, Matched
from onrecord.dates.points import calendar_point, is_day, told_year, weekday
from onrecord.dates.tense import Tense
from onrecord.dates.values import Interval, Meaning, add_months, month_interval, point, shift, week_value

#: Days from publication within which a date in figures is that of the news.
_NEXT_TO = 10


def _month_of(m: Matched, c: Context) -> tuple[int, int] | None:
    """(year, month) of a month named, of this, last or next month, or of the one that the passage spoke of."""
    if m.has("m"):
        month = int(m.value("m"))
        year = told_year(m, c, month, None)
        return (year, month) if year is not None else None
    base = c.month if m.has("rel") or m.has("dir") else _told_month(c) or c.month
    return add_months(base.year, base.month, int(m.value("rel") or 0)) if base else None


def _told_month(c: Context) -> dt.date | None:
    """A day of the month that the passage spoke of, unless that is only the one which "the 28th" is taken to be of."""
    return None if c.anchor is not None and c.anchor.month_inferred else c.anchor_day("M")


def _unknown_month(m: Matched) -> str:
    return f"XXXX-{int(m.value('m')):02}" if m.has("m") else "XXXX-XX"


def _whole(month: tuple[int, int]) -> Interval | None:
    return month_interval(*month) if 1 <= month[0] <= 9999 else None


def day_of_month(m: Matched, c: Context) -> Meaning | None:
    """The 2nd of this month; "the 28th", told on the 4th of what was, of the month before."""
    day, month = int(m.value("d")), _month_of(m, c)
    if month is None:
        return point(f"XXXX-XX-{day:02}")
    inferred = not (m.has("rel") or m.has("dir")) and _told_month(c) is None
    if c.day and inferred:
        if c.tense is Tense.PAST and day > c.day.day:
            month = add_months(*month, -1)
        elif c.tense is Tense.FUTURE and day < c.day.day:
            month = add_months(*month, 1)
    if not is_day(*month, day):
        return None
    return replace(point(f"{month[0]:04}-{month[1]:02}-{day:02}"), month_inferred=inferred)


def days_of_month(m: Matched, c: Context) -> Meaning | None:
    """The first three days of June: from its first day on, or up to its last."""
    count, month = int(m.value("n")) * int(m.value("u")), _month_of(m, c)
    whole = _whole(month) if month else None
    if whole is None:
        return point(_unknown_month(m), str(m.value("side")))
    if not 1 < count < whole[1].day:
        return None
    more = dt.timedelta(days=count - 1)
    first, last = (whole[0], whole[0] + more) if m.value("side") == "START" else (whole[1] - more, whole[1])
    return point(f"{first.isoformat()}/{last.isoformat()}")


def half_month(m: Matched, c: Context) -> Meaning | None:
    """The first half of May is its 1st to 15th."""
    number, month = int(m.value("half")), _month_of(m, c)
    if number not in (1, 2):
        return None
    value = f"{month[0]:04}-{month[1]:02}" if month else _unknown_month(m)
    return point(value, "START" if number == 1 else "END")


def week_of_month(m: Matched, c: Context) -> Meaning | None:
    """The second week of June: a week belongs to the month in which its Thursday lies."""
    number, month = int(m.value("nth")), _month_of(m, c)
    if month is None:
        return point(_unknown_month(m))
    thursday = _nth_weekday(month, number, 4)
    return point(week_value(thursday)) if thursday else None


def week_of_day(m: Matched, c: Context) -> Meaning | None:
    """The week of May 6."""
    day = calendar_point(m, c)
    if day is None:
        return None
    return point(week_value(day.interval[0]) if day.interval else "XXXX-WXX")


def nth_weekday(m: Matched, c: Context) -> Meaning | None:
    """The second Thursday of March 2023, the last Friday in May."""
    number, month = int(m.value("nth")), _month_of(m, c)
    if month is None:
        return point(f"{_unknown_month(m)}-WXX-{m.value('w')}" if not m.has("m") else _unknown_month(m))
    day = _nth_weekday(month, number, int(m.value("w")))
    return point(day.isoformat()) if day else None


def _nth_weekday(month: tuple[int, int], number: int, weekday_number: int) -> dt.date | None:
    whole = _whole(month)
    if whole is None:
        return None
    if number < 0:
        return shift(whole[1], "D", -((whole[1].isoweekday() - weekday_number) % 7))
    first = shift(whole[0], "D", (weekday_number - whole[0].isoweekday()) % 7)
    day = shift(first, "D", 7 * (number - 1)) if first else None
    return day if day and day <= whole[1] else None


def told_weekday(m: Matched, c: Context) -> Meaning | None:
    """That Wednesday, the previous Friday: counted from the day that the text spoke of last, else as a bare weekday."""
    number, direction = int(m.value("w")), m.value("dir")
    base = c.anchor_day("W") or c.last_day
    if base is None:
        return weekday(m, c)
    back = (base.isoweekday() - number) % 7
    move = number - base.isoweekday()
    if direction is not None:
        move = -(back or 7) if int(direction) < 0 else 7 - back
    day = shift(base, "D", move)
    part = f"T{m.value('part')}" if m.has("part") else ""
    return point(day.isoformat() + part) if day else None


def weekday_of_month(m: Matched, c: Context) -> Meaning | None:
    """Thursday the 16th: the nearest month in which that day is that weekday, before or after as the sentence looks."""
    number, day = int(m.value("w")), int(m.value("d"))
    if c.day is None:
        return point(f"XXXX-XX-{day:02}")
    ahead, back = range(12), range(-1, -12, -1)
    if c.tense is Tense.FUTURE:
        moves = [*ahead, *back]
    elif c.tense is Tense.PAST:
        moves = [0, *back, *ahead]
    else:
        moves = sorted(range(-6, 7), key=abs)
    for move in moves:
        year, month = add_months(c.day.year, c.day.month, move)
        if is_day(year, month, day) and dt.date(year, month, day).isoweekday() == number:
            return point(f"{year:04}-{month:02}-{day:02}")
    return None


def figures(m: Matched, c: Context) -> Meaning | None:
    """5/10/2024: of its two readings the one next to publication, else the one in the order that is known.

    Where neither tells, month and day stay unknown.
    """
    year = told_year(m, c, None, None)
    if year is None:
        return None
    first, second = int(m.value("a")), int(m.value("b"))
    day_first, month_first = dt.date(year, second, first), dt.date(year, first, second)
    near = [day for day in {day_first, month_first} if c.day and abs((day - c.day).days) <= _NEXT_TO]
    if len(near) == 1 or day_first == month_first:
        return point((near or [day_first])[0].isoformat())
    if c.order.day_first is None:
        return point(f"{year:04}-XX-XX")
    return point((day_first if c.order.day_first else month_first).isoformat())


def week_from(m: Matched, c: Context) -> Meaning | None:
    """A week ago Friday: from this week's Friday back; two weeks from Monday: from the next one on."""
    number, direction, weeks = int(m.value("w")), int(m.value("dir")), 2 if m.has("weeks") else 1
    if c.day is None:
        return point(f"XXXX-WXX-{number}")
    near = number - c.day.isoweekday()
    if direction > 0:
        near %= 7
    day = shift(c.day, "D", near + 7 * weeks * direction)
    part = f"T{m.value('part')}" if m.has("part") else ""
    return point(day.isoformat() + part) if day else None


def joined_day(m: Matched, c: Context) -> Meaning | None:
    """ "and 5, 1920" behind "August 4": of the month, and if none is told the year, of the day before it."""
    if c.joined is None or c.joined.interval is None or c.joined.interval[0] != c.joined.interval[1]:
        return None
    before, day = c.joined.interval[0], int(m.value("d"))
    year = m.number("y") or before.year
    if day <= before.day or not is_day(year, before.month, day):
        return None
    when = dt.date(year, before.month, day)
    if m.has("w") and when.isoweekday() != int(m.value("w")):
        return None
    return point(when.isoformat())


def dotted_date(m: Matched, _c: Context) -> Meaning | None:
    """08.05.2021 is the 8th of May; 2021.05.08 too; 08.13.2021 can only be in August."""
    first, middle, last = (int(part) for part in str(m.text("date")).split("."))
    if first > 31:
        year, month, day = first, middle, last
    else:
        day, month, year = (first, middle, last) if middle <= 12 else (middle, first, last)
    return point(f"{year:04}-{month:02}-{day:02}") if 1700 <= year <= 2100 and is_day(year, month, day) else None
