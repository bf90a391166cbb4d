"""Points of the calendar: dates, weekdays, months, years, and what is relative to them or to the publication date."""

from __future__ import annotations

import datetime as dt

from onrecord.article import TimexType
from onrecord.dates.context import Context, Matched, Tense
from onrecord.dates.lengths import amount, length_value, modifier
from onrecord.dates.values import Interval, Meaning, containing, point, shift

#: How many days ahead a date without a year may lie when the sentence does not say which way it looks.
_AHEAD = 120
_JUST_PAST = 45
_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "H": "XXXX-HX",
            "Y": "XXXX", "DE": "XXX", "CE": "XX", "2W": "XXXX-WXX"}  # fmt: skip
_STEPS = {"D": ("D", 1), "W": ("W", 1), "2W": ("W", 2), "WE": ("W", 1), "M": ("M", 1), "Q": ("Q", 1), "Y": ("Y", 1),
          "DE": ("Y", 10), "CE": ("Y", 100), "ML": ("Y", 1000)}  # fmt: skip


def _mod(m: Matched) -> str | None:
    found = m.value("mod")
    return str(found) if found else None


def _century_of(two_digits: int, now: dt.date | None) -> int:
    """The year of '68 or 2014-15's 15: the latest that is not more than ten years after publication (or 2030)."""
    limit = now.year + 10 if now else 2030
    year = limit // 100 * 100 + two_digits
    return year if year <= limit else year - 100


def nearest_year(month: int, day: int | None, c: Context, now: dt.date) -> int:
    """The year of a month or of a day of it, without a year beside it.

    Past: the latest that has begun by the publication date, or a day at most `_JUST_PAST` days on (what was set for
    it). Future: the first that has not passed, or lies at most `_JUST_PAST` days back (what "runs from 3 May" on
    9 May). Where the sentence does not say: the year of publication if the date lies before, or at most `_AHEAD`
    days ahead, else the year before; the next year where that is nearer by far.
    """
    begun = (month <= now.month) if day is None or c.month is None else (month, day) <= (now.month, now.day)
    ahead = (month - now.month) * 30 + (day - now.day if day and c.day else 0)
    if c.tense is Tense.FUTURE:
        return now.year + 1 if ahead < (-_JUST_PAST if day else 0) else now.year
    if begun:
        unsaid = c.tense is Tense.UNKNOWN and c.day is not None
        return now.year + 1 if unsaid and ahead < _AHEAD - 365 else now.year
    allowed = _AHEAD if c.tense is Tense.UNKNOWN else _JUST_PAST if day else 0
    return now.year if ahead <= allowed else now.year - 1


def _year(m: Matched, c: Context, month: int | None, day: int | None) -> int | None:
    if m.has("y"):
        return m.number("y")
    if m.has("yy"):
        return _century_of(int(m.value("yy")), c.now)
    if m.has("rel") and c.now:
        return c.now.year + int(m.value("rel"))
    if c.begins is not None and month is not None:
        return c.begins.year if (month, day or 31) >= (c.begins.month, c.begins.day) else c.begins.year + 1
    if c.now is None:
        return _anchor_year(c)
    if month is None:
        return c.now.year
    if c.month is None:
        return None
    return nearest_year(month, day, c, c.now)


def _anchor_year(c: Context) -> int | None:
    """Without a publication date: the year of the last month or day that the passage has named, if any."""
    day = anchor_day(c, "M")
    return day.year if day else None


def calendar_point(m: Matched, c: Context) -> Meaning | None:
    """Year, month, day, season, quarter or half in any combination, with a part of the day."""
    month, day = m.number("m"), m.number("d")
    if m.rule.fixed.get("name") and m.text("m") in c.names:
        return None
    if m.has("season"):
        return _season(m, c)
    if m.has("q") or m.has("h"):
        return _quarter(m, c)
    year = _year(m, c, month, day)
    head = f"{year:04}" if year is not None else "XXXX"
    if month is None:
        return point(head, _mod(m)) if not m.rule.fixed.get("fiscal") else Meaning(TimexType.DATE, head)
    if day is None:
        return point(f"{head}-{month:02}", _mod(m))
    if not any(_is_day(y, month, day) for y in ([year] if year is not None else [2000])):
        return None
    if (number := m.number("w") or m.number("wk")) and year is not None:
        year = _year_of_weekday(year, month, day, number, certain=m.has("y") or m.has("yy"))
        if year is None:
            return None if m.has("wk") else point(f"{head}-{month:02}-{day:02}", _mod(m))
        head = f"{year:04}"
    part = f"T{m.value('part')}" if m.has("part") else ""
    return point(f"{head}-{month:02}-{day:02}{part}", _mod(m))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _year_of_weekday(year: int, month: int, day: int, number: int, *, certain: bool) -> int | None:
    """The year in which that day is that weekday: the one given, else one of its neighbours; None if none."""
    for candidate in [year] if certain else [year, year - 1, year + 1, year - 2]:
        if _is_day(candidate, month, day) and dt.date(candidate, month, day).isoweekday() == number:
            return candidate
    return None


def _season(m: Matched, c: Context) -> Meaning:
    season = str(m.value("season"))
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
    year = _year(m, c, month, None)
    if year is not None and m.value("dir") == -1 and c.now and (year, month + 2) >= (c.now.year, c.now.month):
        year -= 1
    return point(f"{year:04}-{season}" if year is not None else f"XXXX-{season}", _mod(m))


def _quarter(m: Matched, c: Context) -> Meaning | None:
    kind, size = ("Q", 3) if m.has("q") else ("H", 6)
    number = m.number("q") or m.number("h") or 1
    if number > 12 // size:
        return None
    year = _year(m, c, 1 + size * (number - 1), None)
    return point(f"{year:04}-{kind}{number}" if year is not None else f"XXXX-{kind}{number}", _mod(m))


def weekday(m: Matched, c: Context) -> Meaning | None:
    """A bare weekday is the latest such day up to publication, the next one where the sentence looks ahead."""
    number, direction = int(m.value("w")), m.value("dir")
    part = f"T{m.value('part')}" if m.has("part") else ""
    if c.begins is not None and direction is None:
        day = shift(c.begins, "D", (number - c.begins.isoweekday()) % 7)
        return point(day.isoformat() + part, _mod(m)) if day else None
    if c.day is None:
        return point(f"XXXX-WXX-{number}{part}", _mod(m))
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
    return point(day.isoformat() + part, _mod(m)) if day else None


def day_word(m: Matched, c: Context) -> Meaning | None:
    """Today, yesterday, tomorrow, tonight, this morning, last night."""
    part = f"T{m.value('part')}" if m.value("part") else ""
    day = shift(c.day, "D", int(m.value("day") or 0)) if c.day else None
    return point((day.isoformat() if day else "XXXX-XX-XX") + part, _mod(m))


def unit_reference(m: Matched, c: Context) -> Meaning | None:
    """Last week, this year, next quarter, the previous month: a whole stretch of the calendar."""
    unit, direction = str(m.value("u")), int(m.value("dir") or 0)
    base = c.known(unit)
    if m.rule.fixed.get("from") == "anchor":
        base = anchor_day(c, unit) or (None if unit == "D" else base)
    meaning = _stretch(unit, direction, base, _mod(m))
    return _one_side(meaning, str(m.value("side")), c) if meaning and m.value("side") else meaning


def _one_side(meaning: Meaning, side: str, c: Context) -> Meaning:
    """Earlier or later this year: the part before or after the publication date."""
    interval: Interval | None = meaning.interval
    if interval and c.day and interval[0] <= c.day <= interval[1]:
        interval = (interval[0], c.day) if side == "START" else (c.day, interval[1])
    return Meaning(meaning.timex_type, meaning.value, side, interval)


def weekend(_m: Matched, c: Context) -> Meaning:
    """The weekend of the week of publication where the sentence looks ahead or it has begun, else the one before."""
    if c.day is None:
        return point(_UNKNOWN["WE"])
    number = c.day.isoweekday()
    back = number < 6 and (c.tense is Tense.PAST or (c.tense is Tense.UNKNOWN and number < 4))
    day = shift(c.day, "D", -7 if back else 0)
    return point(containing(day, "WE") if day else _UNKNOWN["WE"])


def same_or_published(_m: Matched, c: Context) -> Meaning | None:
    """The day that the article named last, else the day of publication; nothing where neither is known."""
    day = c.last_day or c.day
    return point(day.isoformat()) if day else None


def year_before(_m: Matched, c: Context) -> Meaning:
    """The same period a year earlier: a year before what the passage spoke of last; unknown without that."""
    return _years_from_anchor(-1, c, None)


def constant(m: Matched, _c: Context) -> Meaning:
    """A date that is a name: the value stands in the rule."""
    return point(str(m.value("value")))


def anchor_day(c: Context, unit: str) -> dt.date | None:
    """The day that the passage last spoke of, if it did so at least as precisely as the unit asks."""
    if c.anchor is None or c.anchor.interval is None:
        return None
    first, last = c.anchor.interval
    room = {"D": 1, "W": 7, "WE": 7, "M": 31, "Q": 92, "H": 184, "Y": 366}.get(unit, 36_525)
    return first if (last - first).days < room else None


def _stretch(unit: str, direction: int, base: dt.date | None, mod: str | None) -> Meaning | None:
    if unit not in _STEPS or unit not in _UNKNOWN:
        return None
    step, size = _STEPS[unit]
    target = shift(base, step, direction * size) if base else None
    if target is None:
        return point(_UNKNOWN[unit], mod)
    return point(containing(target, "W" if unit == "2W" else unit), mod)


def named_reference(m: Matched, c: Context) -> Meaning | None:
    """Last March, next October, this April."""
    month, direction = int(m.value("m")), int(m.value("dir"))
    if c.month is None:
        return point(f"XXXX-{month:02}", _mod(m))
    year = c.month.year
    if direction == -1 and month >= c.month.month:
        year -= 1
    if direction == 1 and month <= c.month.month:
        year += 1
    return point(f"{year:04}-{month:02}", _mod(m))


def offset(m: Matched, c: Context) -> Meaning | None:
    """N units ago, earlier, later, from now: as fine as the unit, counted from publication or from the anchor."""
    unit, count, direction = str(m.value("u")), amount(m), int(m.value("dir"))
    mod = _offset_mod(modifier(m), direction)
    from_anchor = m.rule.fixed.get("from") == "anchor"
    base = c.known(unit if unit in ("D", "W", "M", "Q", "Y") else "Y" if unit in ("DE", "CE") else "D")
    if from_anchor:
        base = anchor_day(c, unit) or (None if direction > 0 or unit == "D" else base)
        if unit == "Y" and count is not None and count == int(count):
            return _years_from_anchor(int(count) * direction, c, base)
    if count is None or unit not in _STEPS or base is None:
        if unit[0] == "T":
            return Meaning(TimexType.DURATION, length_value(count, unit), modifier(m))
        if from_anchor and direction > 0:
            return point(_UNKNOWN.get(unit, "XXXX"))
        reference = {-1: "PAST_REF", 1: "FUTURE_REF"}[direction]
        return Meaning(TimexType.DATE, reference if count is None else _UNKNOWN.get(unit, "XXXX"))
    step, size = _STEPS[unit]
    if count != int(count):  # two and a half years ago is thirty months ago
        count *= {"Y": 12, "Q": 3, "M": 30, "W": 7, "D": 1}[step]
        unit = step = "M" if step in ("Y", "Q") else "D"
    target = shift(base, step, direction * int(count) * size)
    if target is None:
        return None
    finest = {"WE": "W", "2W": "W", "DE": "Y", "CE": "Y", "ML": "Y"}.get(unit, unit)
    return point(containing(target, finest), mod)


def _offset_mod(mod: str | None, direction: int) -> str | None:
    if mod in (None, "APPROX"):
        return mod
    further = mod in ("MORE_THAN", "EQUAL_OR_MORE")
    return "BEFORE" if further == (direction < 0) else "AFTER"


def _years_from_anchor(years: int, c: Context, base: dt.date | None) -> Meaning:
    """A year earlier keeps the granularity of what it is compared with: a quarter, a month or a day, a year before."""
    value = c.anchor.value if c.anchor and c.anchor.interval else None
    if years > 0 and c.now and base and base.year + years > c.now.year + 1:
        return point("XXXX")  # "two hundred years later" tells what came of it, and not in time to come
    if value and value[:4].isdigit() and len(value) in (7, 8) and value[4:5] == "-":
        return point(f"{int(value[:4]) + years:04}{value[4:]}")
    if base is None:
        return point("XXXX")
    target = shift(base, "Y", years)
    return point(f"{target.year:04}") if target else point("XXXX")


def same(m: Matched, c: Context) -> Meaning | None:
    """The same day, that year: the stretch around the last resolved date of the passage."""
    unit = str(m.value("u"))
    base = anchor_day(c, unit)
    return point(containing(base, unit) if base else _UNKNOWN[unit], _mod(m))


def decade(m: Matched, c: Context) -> Meaning | None:
    """The 1990s, the '90s, the nineties: the value is the first three figures of the year."""
    if m.has("tens"):
        digit = int(m.value("tens"))
    else:
        years = int(m.value("y"))
        if years % 10:
            return None  # "2001's attacks"
        if years >= 100:
            return point(f"{years // 10:03}", _mod(m))
        digit = years // 10
    limit = (c.now.year if c.now else 2025) // 10
    value = limit // 10 * 10 + digit
    return point(f"{value if value <= limit else value - 10:03}", _mod(m))


def century(m: Matched, _c: Context) -> Meaning | None:
    """The 19th century is 18 (1800 to 1899)."""
    number = int(m.value("n"))
    return point(f"{number - 1:02}", _mod(m)) if 1 <= number <= 30 else None


def year_range(m: Matched, c: Context) -> Meaning | None:
    """2014-15, 2003-2011, 3-5 October: one expression that names both ends."""
    month = m.number("m")
    if month is None:
        first = int(m.value("y"))
        last = int(m.value("y2")) if m.has("y2") else first // 100 * 100 + int(m.value("yy"))
        value = f"{first:04}/{last:04}"
        return point(value) if first < last <= first + 200 else None
    year = _year(m, c, month, m.number("d"))
    head = f"{year:04}" if year is not None else "XXXX"
    value = f"{head}-{month:02}-{m.number('d'):02}/{head}-{m.number('m2') or month:02}-{m.number('d2'):02}"
    return point(value) if (m.number("m2") or m.number("d2") or 0) > 0 else None


def reference(m: Matched, c: Context) -> Meaning | None:
    """Now, recently, soon: PRESENT_REF, PAST_REF, FUTURE_REF, which no calendar places."""
    if m.value("ref") == "FUTURE_REF" and str(m.text("ref")).lower() == "soon" and c.tense is not Tense.FUTURE:
        return None  # "soon fell": soon after something, not soon from now
    return Meaning(TimexType.DATE, str(m.value("ref")))


def never(_m: Matched, _c: Context) -> Meaning | None:
    """What looks like a time and is none; the words are used up, so that no shorter rule takes them."""
    return None
