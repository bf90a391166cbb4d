"""The resolver: one pure function for each way in which words mean a time, from what matched and its context.

`grammar.yaml` names these functions under `make`. Each takes the captured words and the context and returns what the
expression means, or None where it turns out to be no time expression. Without a publication date a relative expression
keeps its TIMEX form with unknown parts (`XXXX-WXX-3`) and has no interval.
"""

from __future__ import annotations

from collections.abc import Callable

from onrecord.dates import clock, days, eras, feasts, lengths, periods, points, relative, weeks
from onrecord.dates.context import Context, Matched
from onrecord.dates.values import Meaning

Builder = Callable[[Matched, Context], Meaning | None]

BUILDERS: dict[str, Builder] = {
    "calendar": points.calendar_point,
    "weekday": points.weekday,
    "day_word": points.day_word,
    "unit_reference": relative.unit_reference,
    "named_reference": relative.named_reference,
    "offset": relative.offset,
    "same": relative.same,
    "same_or_published": relative.same_or_published,
    "weekend": relative.weekend,
    "decade": points.decade,
    "century": points.century,
    "year_before_christ": eras.year_before_christ,
    "year_of_our_era": eras.year_of_our_era,
    "century_before_christ": eras.century_before_christ,
    "year_from_one_before_christ": eras.year_from_one_before_christ,
    "clock": clock.clock,
    "part_of_day": clock.part_of_day,
    "next_part": clock.next_part,
    "holiday": feasts.holiday,
    "range": points.year_range,
    "constant": points.constant,
    "quarter": periods.quarter,
    "reported": periods.reported_quarter,
    "period_to": periods.period_to,
    "fiscal_year": periods.fiscal_year,
    "year_before": periods.year_before,
    "months_of_year": periods.months_of_year,
    "year_end": periods.year_end,
    "joined_day": days.joined_day,
    "dotted": days.dotted_date,
    "figures": days.figures,
    "weekday_of_month": days.weekday_of_month,
    "day_of_month": days.day_of_month,
    "days_of_month": days.days_of_month,
    "half_month": days.half_month,
    "week_of_month": days.week_of_month,
    "week_of_day": days.week_of_day,
    "nth_weekday": days.nth_weekday,
    "told_weekday": days.told_weekday,
    "week_from": days.week_from,
    "weekday_of_week": weeks.weekday_of_week,
    "weekday_ago": weeks.weekday_ago,
    "weekday_week": weeks.weekday_week,
    "open_weekday": weeks.open_weekday,
    "years_ago_today": relative.years_ago_today,
    "told_month": relative.told_month,
    "word_year": points.word_year,
    "run_time": clock.run_time,
    "reference": points.reference,
    "never": points.never,
    "duration": lengths.duration,
    "span": lengths.span,
    "set": lengths.repeated,
}
