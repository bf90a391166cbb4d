"""Durations and sets: how long, how often, and the stretches that are counted from the publication date."""

from __future__ import annotations

from onrecord.dates.context import Context, Matched
from onrecord.dates.values import Interval, Meaning, shift
from onrecord.document.article import TimexType

_HALVES = {"Y": ("M", 6), "TH": ("TM", 30), "DE": ("Y", 5), "CE": ("Y", 50), "D": ("TH", 12), "TM": ("TS", 30),
           "ML": ("Y", 500)}  # fmt: skip
#: ISO 8601 knows nothing longer than a year; TIMEX2's P1DE and P1CE are written P10Y and P100Y.
_YEARS = {"DE": 10, "CE": 100, "ML": 1000}
_ANCHORED = {"D": ("D", 1), "W": ("W", 1), "2W": ("W", 2), "M": ("M", 1), "Q": ("Q", 1), "Y": ("Y", 1), "DE": ("Y", 10),
             "CE": ("Y", 100)}  # fmt: skip


def amount(m: Matched) -> float | None:
    """How many units are captured (n, or tens and ones, and a half more); None for an unknown number."""
    if m.has("tens"):
        count: float = m.value("tens") + (m.value("ones") or 0)
    elif m.has("n"):
        count = float(m.value("n"))
    elif m.has("x") or m.rule.fixed.get("n") == "X" or m.kind("u") in ("UNITS", "CALUNITS"):
        return None  # several years, years
    else:
        count = float(m.rule.fixed.get("n", 1))
    return count + 0.5 if m.has("half") or m.kind("n") == "HALVES" else count


def modifier(m: Matched) -> str | None:
    """MORE_THAN, APPROX, ... from the words before the amount."""
    found = m.value("rough")
    return str(found) if found else None


def length_value(count: float | None, unit: str) -> str:
    """`P3D`, `PT2H`, `PXY`, `P2.5Y`; a fortnight counts as two weeks, half a year as six months."""
    if unit[0].isdigit():
        count, unit = (count * int(unit[0]) if count is not None else None), unit[1:]
    if count == 0.5 and unit in _HALVES:
        unit, count = _HALVES[unit][0], _HALVES[unit][1]
    if unit in _YEARS:
        count, unit = (count * _YEARS[unit] if count is not None else None), "Y"
    number = "X" if count is None else f"{count:g}" if count < 1e6 else str(int(count))
    if unit == "N":
        return f"P{number}TNI"
    return f"PT{number}{unit[1]}" if unit[0] == "T" else f"P{number}{unit}"


def duration(m: Matched, _c: Context) -> Meaning | None:
    """N units, several units, units; `half: true` in the rule means half of one."""
    count = 0.5 if m.rule.fixed.get("half") else amount(m)
    unit = str(m.value("u"))
    if count == 1.5 and not m.has("n") and unit in _HALVES:  # a year and a half is told in months
        unit, count = _HALVES[unit][0], 3 * _HALVES[unit][1]
    if count is not None and (count > 10_000 or (count >= 1000 and m.kind("u") == "WHOLEUNIT")):
        return None  # "the 2018 day of games"
    return Meaning(TimexType.DURATION, length_value(count, unit), modifier(m))


def _stretch(c: Context, unit: str, count: float | None, direction: int) -> Interval | None:
    now = c.known(unit if len(unit) == 1 else "W")
    if unit not in _ANCHORED or count is None or count <= 0 or now is None:
        return None
    base_unit, size = _ANCHORED[unit]
    whole = int(count)
    far = shift(now, base_unit, direction * whole * size)
    if far and count != whole:
        finer = {"Y": ("M", 6), "M": ("D", 15), "W": ("D", 4), "Q": ("D", 45)}.get(base_unit)
        far = shift(far, finer[0], direction * finer[1] * size) if finer else far
    if far is None:
        return None
    return (far, now) if direction < 0 else (now, far)


def span(m: Matched, c: Context) -> Meaning | None:
    """The past three years, the next six months: a duration that ends or begins at the publication date."""
    unit, count = m.value("u"), amount(m)
    if count is not None and count > 10_000:
        return None
    interval = _stretch(c, unit, count, m.value("dir") or -1)
    return Meaning(TimexType.DURATION, length_value(count, unit), modifier(m), interval)


def repeated(m: Matched, _c: Context) -> Meaning | None:
    """Every Monday, daily, three times a week: a SET, never anchored."""
    if m.has("w"):
        return Meaning(TimexType.SET, f"XXXX-WXX-{m.value('w')}" + (f"T{m.value('part')}" if m.has("part") else ""))
    if m.has("part"):
        return Meaning(TimexType.SET, f"XXXX-XX-XXT{m.value('part')}")
    if m.has("word"):
        return Meaning(TimexType.SET, str(m.value("word")))
    if m.has("season"):
        return Meaning(TimexType.SET, f"XXXX-{m.value('season')}")
    if m.has("m"):
        return Meaning(TimexType.SET, f"XXXX-{m.value('m'):02}")
    return Meaning(TimexType.SET, length_value(amount(m), m.value("u")))
