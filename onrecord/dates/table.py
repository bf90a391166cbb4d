"""The documentation of the grammar, made from its examples: `python -m onrecord.dates.table > docs/dates.md`."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from typing import Any

from onrecord.dates.grammar import read_grammar
from onrecord.dates.reader import find_dates
from onrecord.document.article import Span, TimeExpression

#: Every example is read as if it had been published on this Wednesday.
PUBLISHED = dt.date(2024, 5, 15)

_HEAD = f"""# Time expressions

Every kind of time expression that `onrecord.dates` reads, with what it makes of it. This page is made from the
examples in `onrecord/dates/grammar.yaml`, each of which is also a test; after a change there, run
`python -m onrecord.dates.table > docs/dates.md`.
All examples are read as published on {PUBLISHED:%A} {PUBLISHED:%d %B %Y}.

*Value* and *mod* are TIMEX3 (TimeML), *from* and *to* the calendar days meant, both inclusive; they are empty where
the calendar fixes none. Types: DATE, TIME (a time or part of a day), DURATION, SET (something repeated). Expressions
relative to another event count from the last date of the same paragraph, and what comes later also from that of the
paragraph before. Without a publication date a relative expression keeps its TIMEX form with unknown parts
(`XXXX-WXX-3`), and no day is guessed.

How mods narrow an interval: early (START) is the first half, late (END) the second, of a month by its 15th; mid (MID)
is the middle half, of a month the 11th to the 20th; earlier and later this year end and begin with the publication
date. What lies BEFORE or AFTER a point (more than a year ago) has no interval.

Durations, points and sets. A stretch with an amount is a DURATION, with the days that it covers where it ends or begins
at publication ("the past three years", "the next decade") or in a year that is told ("the first nine months of 2023");
without an amount and an article it is a point without a day ("recent months" PAST_REF, "coming quarters" FUTURE_REF,
"months ago" PAST_REF). A distance is a point as fine as its unit ("a decade ago" is a year); beside a quarter that is
compared, "a year ago" and "a year earlier" are that quarter of the year before. A year and a half is P18M, two and a
half years P2.5Y; decades count as years (P10Y, PXY). What is told of each week, month or quarter is a SET. An age is no
time, nor is 9/11, the quarter of a match, a temperature or the name of a show.

Dates in figures. Of the two days that 7/8/07 may be, the one within ten days of publication is meant; else the other
dates of the text tell the order (25/12/07), else the country of the outlet, by its address or name
(`onrecord/lexicon/numeric_dates.yaml`); else month and day stay unknown (`2007-XX-XX`). A date with full stops has the
day first. Years before Christ are written as in TIMEX2 (`BC0044`, a century `BC04`) and have no interval.

Which way a date without a year lies, what a distance counts from, and whether a story has its own time, is weighed by a
learned chooser where the sentence does not settle it (`onrecord/dates/MODEL.md`); each expression has a `confidence`,
and a date below 0.3 keeps its TIMEX form with unknown parts and has no interval.
"""


def _rows(text: str, found: tuple[TimeExpression, ...]) -> Iterator[str]:
    if not found:
        yield f"| {text} | nothing | | | | | |"
    for i, e in enumerate(found):
        cells = [
            text if i == 0 else "",
            f"**{text[e.start : e.end]}**",
            e.timex_type.value,
            f"`{e.value}`",
            e.mod or "",
            e.date_from.isoformat() if e.date_from else "",
            e.date_to.isoformat() if e.date_to else "",
        ]
        yield "| " + " | ".join(cells) + " |"


def _section(rule: dict[str, Any]) -> Iterator[str]:
    if "section" in rule:
        yield f"\n## {rule['section']}\n"
        yield "| in the sentence | found | type | value | mod | from | to |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"


def documentation() -> str:
    """The whole page, as Markdown."""
    lines = [_HEAD]
    for rule in read_grammar()["rules"]:
        lines += _section(rule)
        for text in rule["examples"]:
            lines += _rows(text, find_dates(text, [Span(0, len(text))], PUBLISHED))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(documentation())
