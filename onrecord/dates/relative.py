"""Points told by their distance: from the publication date (last week, two years ago) or from the last one named."""

from __future__ import annotations

import datetime as dt

from onrecord.dates.context import Context, Matched
from onrecord.dates.lengths import amount, length_value, modifier
from onrecord.dates.tense import Tense
from onrecord.dates.values import Interval, Meaning, containing, point, shift
from onrecord.document.article import TimexType

_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "H": "XXXX-HX",
            "Y": "XXXX", "DE": "XXX", "CE": "XX", "2W": "XXXX-WXX"}  # fmt: skip
_STEPS = {"D": ("D", 1), "W": ("W", 1), "2W": ("W", 2), "WE": ("W", 1), "M": ("M", 1), "Q": ("Q", 1), "Y": ("Y", 1),
          "DE": ("Y", 10), "CE": ("Y", 100), "ML": ("Y", 1000)}  # fmt: skip


def unit_reference(m: Matched, c: Context) -> Meaning | None:
    """Last week, this year, next quarter, the previous month: a whole stretch of the calendar."""
    unit, direction = str(m.value("u")), int(m.value("dir") or 0)
    base = c.known(unit)
    if m.rule.fixed.get("from") == "anchor":
        base = c.told_day(unit) if unit == "D" else c.anchor_day(unit) or base
    meaning = _stretch(unit, direction, base, m.mod)
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
        return point(f"XXXX-{month:02}", m.mod)
    year = c.month.year
    if direction == -1 and month >= c.month.month - 1:
        year -= 1  # "last February", in March, is last year's: this year's was last month
    if direction == 1 and month <= c.month.month:
        year += 1
    return point(f"{year:04}-{month:02}", m.mod)


def told_month(m: Matched, c: Context) -> Meaning:
    """August of that year, the following June: counted from what the text spoke of last."""
    month, direction, base = int(m.value("m")), int(m.value("dir") or 0), c.anchor_day("Y")
    if base is None:
        return point(f"XXXX-{month:02}", m.mod)
    year = base.year + direction
    if not m.rule.fixed.get("year"):
        year = base.year + (month <= base.month) if direction > 0 else base.year - (month >= base.month)
    return point(f"{year:04}-{month:02}", m.mod)


def offset(m: Matched, c: Context) -> Meaning | None:
    """N units ago, earlier, later, from now: as fine as the unit, counted from publication or from the anchor."""
    unit, count, direction = str(m.value("u")), amount(m), int(m.value("dir"))
    mod = _offset_mod(modifier(m), direction)
    from_anchor = m.rule.fixed.get("from") == "anchor"
    if unit == "Y" and direction < 0 and not from_anchor:
        from_anchor = _compared(count, c) if c.compared is None else c.compared
    base = c.known(unit if unit in ("D", "W", "M", "Q", "Y") else "Y" if unit in ("DE", "CE") else "D")
    if from_anchor and c.anchor is None and c.before is not None and direction > 0:
        c = c._replace(anchor=c.before)  # a paragraph that begins "three days later" goes on with the one before
    if from_anchor:
        base = c.anchor_day(unit) or (None if direction > 0 or unit == "D" else base)
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


def _compared(count: float | None, c: Context) -> bool:
    """Whether "a year ago" is the same quarter of the last year: "20 cents in the quarter, up from 18 a year ago"."""
    return count == 1 and c.topic.business and c.reported is not None


def _offset_mod(mod: str | None, direction: int) -> str | None:
    if mod in (None, "APPROX"):
        return mod
    further = mod in ("MORE_THAN", "EQUAL_OR_MORE")
    return "BEFORE" if further == (direction < 0) else "AFTER"


def _years_from_anchor(years: int, c: Context, base: dt.date | None) -> Meaning:
    """A year earlier keeps the granularity of what it is compared with: a quarter, a month or a day, a year before."""
    value = c.anchor.value if c.anchor and c.anchor.interval else c.period if c.topic.business else None
    if years == -1 and c.reported and c.topic.business:
        value = c.reported  # the quarter that a day behind it only ends: "the third quarter ended Sept. 30"
    if years > 0 and c.now and base and base.year + years > c.now.year + 1:
        return point("XXXX")  # "two hundred years later" tells what came of it, and not in time to come
    if value and value[:4].isdigit() and len(value) in (7, 8) and value[4:5] == "-":
        return point(f"{int(value[:4]) + years:04}{value[4:]}")
    if base is None:
        return point("XXXX")
    target = shift(base, "Y", years)
    return point(f"{target.year:04}") if target else point("XXXX")


def same(m: Matched, c: Context) -> Meaning | None:
    """The same day, that year: the stretch around the last resolved date of the passage, or of the one before it."""
    unit = str(m.value("u"))
    base = c.told_day(unit)
    return point(containing(base, unit) if base else _UNKNOWN[unit], m.mod)


def years_ago_today(m: Matched, c: Context) -> Meaning:
    """Two years ago today: the day of publication in another year."""
    day = shift(c.day, "Y", -(m.number("n") or 1)) if c.day else None
    return point(day.isoformat() if day else "XXXX-XX-XX")
