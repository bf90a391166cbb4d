"""Periods of business: quarters, halves, fiscal years, and the same period of another year.

A report speaks of the period that it reports: "the quarter" is the one named last, else the one that ended last before
publication; "the year-earlier period" is as long as the one that it is compared with.
"""

from __future__ import annotations

import datetime as dt

from onrecord.dates.context import Context, Matched
from onrecord.dates.points import calendar_point, told_year
from onrecord.dates.tense import Tense
from onrecord.dates.values import Interval, Meaning, containing, month_interval, point, shift
from onrecord.document.article import TimexType

#: Days after its end in which a quarter is spoken of as one to come ("it expects third-quarter profit", in October).
_STILL_REPORTED = 75


def quarter(m: Matched, c: Context) -> Meaning | None:
    """The third quarter, the first half, of a year told or of the one that the context gives."""
    kind, size = ("Q", 3) if m.has("q") else ("H", 6)
    number = int(m.number("q") or m.number("h") or 1)
    if number > 12 // size or (m.rule.fixed.get("business") and not c.topic.business):
        return None
    told = m.has("y") or m.has("rel")
    if c.topic.sport and not c.topic.business and not told:
        return None
    year = told_year(m, c, 1 + size * (number - 1), None, months=size)
    if year is None:
        return point(f"XXXX-{kind}{number}", m.mod)
    if not told and c.tense is Tense.FUTURE and c.day:
        ended = month_interval(year - 1, 1 + size * (number - 1), size)[1]
        year -= (c.day - ended).days <= _STILL_REPORTED
    return point(f"{year:04}-{kind}{number}", m.mod)


def reported_quarter(_m: Matched, c: Context) -> Meaning | None:
    """The quarter that the article named last, else the last to end, or this one where the sentence looks ahead."""
    if c.topic.sport and not c.topic.business:
        return None
    if c.period and "-Q" in c.period:
        return point(c.period)
    if not c.topic.business:
        return None
    return point(_last_quarter(c, running=c.tense is Tense.FUTURE))


def _last_quarter(c: Context, *, running: bool = False) -> str:
    if c.month is None:
        return "XXXX-QX"
    day = c.month if running else shift(c.month, "Q", -1)
    return containing(day, "Q") if day else "XXXX-QX"


def period_to(m: Matched, c: Context) -> Meaning | None:
    """The quarter that ends on the day or in the month behind it."""
    end = calendar_point(m, c)
    if end is None:
        return None
    return point(containing(end.interval[1], "Q") if end.interval else "XXXX-QX")


def fiscal_year(m: Matched, c: Context) -> Meaning:
    """The current, last or next fiscal year: the value is the calendar year's, the interval is left open."""
    year = c.now.year + int(m.value("dir") or 0) if c.now else None
    return Meaning(TimexType.DATE, f"{year:04}" if year is not None else "XXXX")


def year_before(m: Matched, c: Context) -> Meaning:
    """The same period a year earlier, or of the year named: of what the passage, then the article spoke of last."""
    period = _compared(c)
    if m.has("y"):
        return point(f"{m.number('y'):04}{period[4:] if period else ''}")
    if period is None:
        return point("XXXX")
    return point(f"{int(period[:4]) - 1:04}{period[4:]}")


def _compared(c: Context) -> str | None:
    """The quarter, half or month that is compared: of this passage, of the article, or the quarter reported."""
    value = c.anchor.value if c.anchor and c.anchor.interval else ""
    if value[:4].isdigit() and len(value) == 7 and value[4] == "-":
        return value
    if c.period:
        return c.period
    last = _last_quarter(c)
    return last if c.topic.business and last[:4].isdigit() else None


def months_of_year(m: Matched, c: Context) -> Meaning | None:
    """The first nine months of 2024: a duration, on the days that it means."""
    unit, count, year = str(m.value("u")), int(m.value("n")), told_year(m, c, None, None)
    if not 1 <= count <= 366 or unit not in ("D", "W", "M", "Q"):
        return None
    value = f"P{count}{unit}"
    if year is None:
        return Meaning(TimexType.DURATION, value)
    whole = month_interval(year, 1, 12)
    return Meaning(TimexType.DURATION, value, None, _edge(whole, unit, count, last=m.value("side") == "END"))


def _edge(whole: Interval, unit: str, count: int, *, last: bool) -> Interval | None:
    if last:
        first = shift(whole[1] + dt.timedelta(days=1), unit, -count)
        return (first, whole[1]) if first else None
    after = shift(whole[0], unit, count)
    return (whole[0], after - dt.timedelta(days=1)) if after else None


def year_end(m: Matched, c: Context) -> Meaning:
    """The last day of the year told, of this year, or in January to March of the last where the sentence looks back."""
    if m.has("y"):
        return point(f"{m.number('y'):04}-12-31")
    if c.now is None:
        return point("XXXX-12-31")
    back = c.tense is Tense.PAST and c.month is not None and c.month.month <= 3
    return point(f"{c.now.year - back:04}-12-31")
