"""Points of the calendar: dates, weekdays, months, years, decades, named in full or in part."""

from __future__ import annotations

import datetime as dt

from onrecord.dates.context import Context, Matched
from onrecord.dates.eras import part_of_year
from onrecord.dates.tense import Tense
from onrecord.dates.values import Meaning, point, shift
from onrecord.document.article import TimexType

#: How many days ahead a date without a year may lie when the sentence does not say which way it looks.
_AHEAD = 120
_JUST_PAST = 45
#: What is told with its weekday and without its year lies no further ahead.
_HALF_YEAR = 183
#: How many days before publication the day may lie that a story prints in full and then calls by its weekday.
_STORY = 31


def _century_of(two_digits: int, now: dt.date | None) -> int:
    """The year of '68 or 2014-15's 15: the latest that is not more than ten years after publication (or 2030)."""
    limit = now.year + 10 if now else 2030
    year = limit // 100 * 100 + two_digits
    return year if year <= limit else year - 100


def nearest_year(month: int, day: int | None, c: Context, now: dt.date, *, months: int = 1) -> int:
    """The year of a month or of a day of it, or of so many months from it on, without a year beside it.

    Past: the latest that has begun by the publication date, or a day at most `_JUST_PAST` days on (what was set for
    it). Future: the first that has not passed, or lies at most `_JUST_PAST` days back (what "runs from 3 May" on
    9 May). Where the sentence does not say: the year of publication if the date lies before, or at most `_AHEAD`
    days ahead, else the year before; the next year where that is nearer by far.
    """
    begun = (month <= now.month) if day is None or c.month is None else (month, day) <= (now.month, now.day)
    ahead = (month - now.month) * 30 + (day - now.day if day and c.day else 0)
    if c.tense is Tense.FUTURE:
        ahead += (months - 1) * 30
        return now.year + 1 if ahead < (-_JUST_PAST if day else 0) else now.year
    if begun:
        unsaid = c.tense is Tense.UNKNOWN and c.day is not None
        return now.year + 1 if unsaid and ahead < _AHEAD - 365 else now.year
    allowed = _AHEAD if c.tense is Tense.UNKNOWN else _JUST_PAST if day else 0
    return now.year if ahead <= allowed else now.year - 1


def told_year(m: Matched, c: Context, month: int | None, day: int | None, *, months: int = 1) -> int | None:
    """The year of an expression: the one beside it, else the one that the context gives a month or day."""
    if m.has("y"):
        into_next = month is not None and m.has("till") and month > int(m.value("till"))
        return int(m.value("y")) - into_next  # "December 28 to January 3, 2020"
    if m.has("yy"):
        return _century_of(int(m.value("yy")), c.now)
    if m.has("rel") and c.now:
        return c.now.year + int(m.value("rel"))
    if c.begins is not None and month is not None:
        return c.begins.year if (month, day or 31) >= (c.begins.month, c.begins.day) else c.begins.year + 1
    if c.joined is not None and c.joined.interval is not None and month is not None:
        before = c.joined.interval[0]
        if (month, day or 31) > (before.month, before.day):
            return before.year  # "on June 3, 2021, and on July 8"
    if c.now is None:
        return _anchor_year(c)
    if month is None:
        return c.now.year
    if c.month is None:
        return c.now.year if c.story else None
    return nearest_year(month, day, c, c.now, months=months)


def _anchor_year(c: Context) -> int | None:
    """Without a publication date: the year of the last month or day that the passage has named, if any."""
    day = c.anchor_day("M")
    return day.year if day else None


def calendar_point(m: Matched, c: Context) -> Meaning | None:
    """Year, month, day, season, quarter or half in any combination, with a part of the day."""
    month, day = m.number("m"), m.number("d")
    if m.rule.fixed.get("name") and m.text("m") in c.names:
        return None
    if ancient := part_of_year(m, c):
        return ancient
    if m.has("season"):
        return _season(m, c)
    year = told_year(m, c, month, day)
    head = f"{year:04}" if year is not None else "XXXX"
    if month is None:
        return point(head, m.mod) if not m.rule.fixed.get("fiscal") else Meaning(TimexType.DATE, head)
    if day is None:
        return point(f"{head}-{month:02}", m.mod)
    if names_no_day(m):
        return None
    if year is not None and not is_day(year, month, day):  # the 29th of February of a year that is told nowhere
        year = year - 1 if c.tense is not Tense.FUTURE and is_day(year - 1, month, day) else None
        head = f"{year:04}" if year is not None else "XXXX"
    if (number := m.number("w") or m.number("wk")) and year is not None:
        certain = m.has("y") or m.has("yy")
        found = _year_of_weekday(year, month, day, number, c, certain=certain)
        if found is None:
            head = head if certain else "XXXX"
            return None if m.has("wk") else point(f"{head}-{month:02}-{day:02}", m.mod)
        head = f"{found:04}"
    part = f"T{m.value('part')}" if m.has("part") else ""
    return point(f"{head}-{month:02}-{day:02}{part}", m.mod)


def names_no_day(m: Matched) -> bool:
    """Whether the calendar has no such day: 31 June, 29 February 2019."""
    month, day, year = m.number("m"), m.number("d"), m.number("y") if m.has("y") else 2000
    return bool(month and day and year) and not is_day(int(year or 0), int(month or 0), int(day or 0))


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day."""
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _year_of_weekday(year: int, month: int, day: int, number: int, c: Context, *, certain: bool) -> int | None:
    """The year in which that day is that weekday: the one given, else one of its neighbours; None if none.

    A neighbour counts only within half a year ahead, and not before publication where the sentence looks ahead.
    """
    years = [year] if certain else [year, year - 1, year + 1, year - 2]
    for candidate in years:
        if is_day(candidate, month, day) and (date := dt.date(candidate, month, day)).isoweekday() == number:
            return candidate if candidate == year or _is_looked_at(date, c) else None
    return None


def _is_looked_at(date: dt.date, c: Context) -> bool:
    """Whether a sentence can mean a day: what it looks back with may be of another day than the one that it prints."""
    if c.day is None:
        return True
    ahead = (date - c.day).days
    return ahead <= _HALF_YEAR and (ahead >= 0 or c.tense is not Tense.FUTURE)


def _season(m: Matched, c: Context) -> Meaning:
    season = str(m.value("season"))
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    year = told_year(m, c, month, None, months=3)
    if year is not None and m.value("dir") == -1 and c.now and (year, month + 2) >= (c.now.year, c.now.month):
        year -= 1
    return point(f"{year:04}-{season}" if year is not None else f"XXXX-{season}", m.mod)


def weekday(m: Matched, c: Context) -> Meaning | None:
    """A bare weekday is the latest such day up to publication, the next one where the sentence looks ahead."""
    number, direction = int(m.value("w")), m.value("dir")
    part = f"T{m.value('part')}" if m.has("part") else ""
    if c.begins is not None and direction is None:
        day = shift(c.begins, "D", (number - c.begins.isoweekday()) % 7)
        return point(day.isoformat() + part, m.mod) if day else None
    if direction is None and (printed := c.weekdays.get(number)) and _is_told_of(printed, c):
        return point(printed.isoformat() + part, m.mod)
    if c.day is None:
        return point(f"XXXX-WXX-{number}{part}", m.mod)
    back = (c.day.isoweekday() - number) % 7
    if direction == -1:
        move = -(back or 7)
    elif direction == 1 or (direction is None and c.tense is Tense.FUTURE):
        move = (7 - back) if back else (7 if direction else 0)
    elif direction == 0:
        move = number - c.day.isoweekday()
    else:
        move = -back
    day = shift(c.day, "D", move + 7 * int(m.rule.fixed.get("weeks", 0)))
    return point(day.isoformat() + part, m.mod) if day else None


def _is_told_of(printed: dt.date, c: Context) -> bool:
    """Whether a bare "Wednesday" is the "Wednesday, January 10, 2024" that the article printed before."""
    if c.day is None:
        return True
    return c.tense is not Tense.FUTURE and 0 <= (c.day - printed).days <= _STORY


def day_word(m: Matched, c: Context) -> Meaning | None:
    """Today, yesterday, tomorrow, tonight, this morning, last night."""
    part = f"T{m.value('part')}" if m.value("part") else ""
    day = shift(c.day, "D", int(m.value("day") or 0)) if c.day else None
    return point((day.isoformat() if day else "XXXX-XX-XX") + part, m.mod)


def constant(m: Matched, _c: Context) -> Meaning:
    """A date that is a name: the value stands in the rule."""
    return point(str(m.value("value")))


def decade(m: Matched, c: Context) -> Meaning | None:
    """The 1990s, the '90s, the nineties: the value is the first three figures of the year."""
    if (m.has("tens") or m.kind("y") == "LATEDECADE") and c.topic.weather:
        return None  # "temperatures in the mid-thirties"
    if m.has("tens"):
        digit = int(m.value("tens"))
    else:
        years = int(m.value("y"))
        if years % 10:
            return None  # "2001's attacks"
        if years >= 100:
            return point(f"{years // 10:03}", m.mod)
        digit = years // 10
    limit = (c.now.year if c.now else 2025) // 10
    value = limit // 10 * 10 + digit
    return point(f"{value if value <= limit else value - 10:03}", m.mod)


def century(m: Matched, _c: Context) -> Meaning | None:
    """The 19th century is 18 (1800 to 1899)."""
    number = int(m.value("n"))
    return point(f"{number - 1:02}", m.mod) if 1 <= number <= 30 else None


def word_year(m: Matched, _c: Context) -> Meaning:
    """Nineteen ninety-six, twenty twelve, two thousand and eight."""
    hundreds = 20 if m.has("thousand") else int(m.value("ce"))
    return point(f"{hundreds * 100 + int(m.value('tens') or 0) + int(m.value('ones') or 0):04}")


def year_range(m: Matched, c: Context) -> Meaning | None:
    """2014-15, 2003-2011, 3-5 October: one expression that names both ends."""
    month = m.number("m")
    if month is None:
        first = int(m.value("y"))
        last = int(m.value("y2")) if m.has("y2") else first // 100 * 100 + int(m.value("yy"))
        value = f"{first:04}/{last:04}"
        return point(value) if first < last <= first + 200 else None
    year = told_year(m, c, month, m.number("d"))
    head = f"{year:04}" if year is not None else "XXXX"
    value = f"{head}-{month:02}-{m.number('d'):02}/{head}-{m.number('m2') or month:02}-{m.number('d2'):02}"
    meaning = point(value)
    return meaning if meaning.interval or year is None else None  # "October 9-3" is a score


def reference(m: Matched, c: Context) -> Meaning | None:
    """Now, recently, soon: PRESENT_REF, PAST_REF, FUTURE_REF, which no calendar places."""
    if m.value("ref") == "FUTURE_REF" and str(m.text("ref")).lower() == "soon" and c.tense is not Tense.FUTURE:
        return None  # "soon fell": soon after something, not soon from now
    return Meaning(TimexType.DATE, str(m.value("ref")))


def never(_m: Matched, _c: Context) -> Meaning | None:
    """What looks like a time and is none; the words are used up, so that no shorter rule takes them."""
    return None
