"""Times of the day, on the day named beside them or before them."""

from __future__ import annotations

from onrecord.dates.context import Context, Matched
from onrecord.dates.points import calendar_point, day_word, weekday
from onrecord.dates.values import Meaning, interval_of, point, shift
from onrecord.document.article import TimexType


def _time_of_day(m: Matched) -> str | None:
    if m.has("noon"):
        return str(m.value("noon"))
    if m.has("hour"):
        spoken = int(m.value("hour"))
        later = 12 if m.value("part") in ("AF", "EV", "NI") and spoken < 12 else 0
        return f"{spoken + later:02}:00" if spoken <= 12 else None
    token = m.text("t") or ""
    digits = token.lower().replace(".", ":").rstrip(":apm")
    hour, _, minute = digits.partition(":")
    if not minute and len(hour) == 4:
        hour, minute = hour[:2], hour[2:]
    meridiem = m.value("ap")
    if m.value("part") in ("AF", "EV") and meridiem is None and int(hour) < 12:
        meridiem = 12
    if meridiem is None and token[-1] in "mM.":
        meridiem = 12 if "p" in token.lower() else 0
    hours, minutes = int(hour), int(minute[:2] or 0)
    if meridiem is not None:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + int(meridiem)
    return f"{hours:02}:{minutes:02}" if hours <= 24 and minutes < 60 else None


def clock(m: Matched, c: Context) -> Meaning | None:
    """A time of the day, on the day named beside it, else of the last day in the passage, else of publication."""
    time = _time_of_day(m)
    if time is None:
        return None
    day = _clock_day(m, c)
    zone = str(m.value("zone") or "") if m.has("zone") else ""
    return Meaning(TimexType.TIME, f"{day}T{time}{zone}", None, interval_of(f"{day}T{time}"))


def _clock_day(m: Matched, c: Context) -> str:
    if m.has("w"):
        found = weekday(m, c)
    elif m.has("m"):
        found = calendar_point(m, c)
    elif m.has("day"):
        found = day_word(m, c)
    else:
        anchor = c.anchor_day("D") or c.day
        return anchor.isoformat() if anchor else "XXXX-XX-XX"
    return found.value.partition("T")[0] if found else "XXXX-XX-XX"


def run_time(m: Matched, _c: Context) -> Meaning | None:
    """How long a race or a recording took: 2:34 is two minutes and 34 seconds, 2:34:05 two hours more."""
    parts = [int(part) for part in str(m.text("t")).split(":")]
    if len(parts) not in (2, 3):
        return None
    letters = "HMS"[-len(parts) :]
    return Meaning(TimexType.DURATION, "PT" + "".join(f"{n}{u}" for n, u in zip(parts, letters, strict=True) if n))


def next_part(m: Matched, c: Context) -> Meaning:
    """The next morning: of the day after the one that the text named last, else of an unknown day."""
    day = c.told_day("D")
    day = shift(day, "D", int(m.value("dir"))) if day else None
    return point(f"{day.isoformat() if day else 'XXXX-XX-XX'}T{m.value('part')}")


def part_of_day(m: Matched, c: Context) -> Meaning:
    """In the evening: of the day that the passage named last, else of an unknown day."""
    day = c.anchor_day("D")
    return point(f"{day.isoformat() if day else 'XXXX-XX-XX'}T{m.value('part')}")
