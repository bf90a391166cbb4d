"""Examples for the chooser of dates: gold articles as they are read, each candidate with whether the gold agrees.

A candidate is right where its value is the gold's or means the same days (GUM writes a week as two days, and a part of
a day as its day), and a range where the gold marks its first end. What the gold does not mark has no right candidate.
"""

from __future__ import annotations

import datetime as dt
import json
import pathlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.dates.candidates import Candidate
from onrecord.dates.chooser import Chooser
from onrecord.dates.features import Situation, vectors
from onrecord.dates.reader import Reader, Resolved
from onrecord.dates.values import Interval, interval_of
from onrecord.document.article import Precision, Span, TimeExpression

_LINE = re.compile(r"[^\n]+")
_SHORT_WEEK = re.compile(r"(\d{4}-W)(\d)\Z")


@dataclass(slots=True)
class Example:
    """One expression: its candidates' features, and which of them are right."""

    vectors: list[list[float]]
    right: list[bool]
    #: whether the gold marks it at all
    marked: bool


class _RecordingReader(Reader):
    """A reader that keeps what it weighs."""

    def __init__(self, text: str, published: dt.date, chooser: Chooser | None) -> None:
        super().__init__(text, published, Precision.DAY, chooser)
        self.weighed: list[tuple[list[list[float]], Sequence[Candidate]]] = []

    def weigh(self, situation: Situation, possible: Sequence[Candidate]) -> Resolved:
        self.weighed.append((vectors(situation, possible), possible))
        return super().weigh(situation, possible)


def gold_interval(value: str) -> Interval | None:
    """The days of a gold value, with the corpora's own spellings of weeks and unknown parts."""
    value = _SHORT_WEEK.sub(r"\g<1>0\2", re.sub(r"(?:-XX)+\Z", "", value))
    return interval_of(value) if value[:1].isdigit() else None


def examples(row: dict[str, Any], chooser: Chooser | None = None) -> Iterator[Example]:
    """All expressions that are found in a gold article, read with the chooser or by the rules alone."""
    text = row["text"]
    reader = _RecordingReader(text, dt.date.fromisoformat(row["dct"][:10]), chooser)
    for line in _LINE.finditer(text):
        reader.passage(Span(line.start(), line.end()))
    for expression, (rows, possible) in zip(reader.expressions(), reader.weighed, strict=True):
        gold = max(row["timexes"], key=lambda g: _shared(g, expression), default=None)
        marked = gold is not None and _shared(gold, expression) > 0
        yield Example(rows, [marked and gold is not None and _is_right(gold, c) for c in possible], marked)


def _is_right(gold: dict[str, Any], candidate: Candidate) -> bool:
    value = gold.get("value") or ""
    days = gold_interval(value)
    first, part, _ = candidate.meaning.value.partition("/")
    if part and days is not None and interval_of(first) == days:
        return True  # the gold marks both ends of a range, each by itself
    return candidate.meaning.value == value or (days is not None and candidate.meaning.interval == days)


def _shared(gold: dict[str, Any], expression: TimeExpression) -> int:
    return int(min(gold["end"], expression.end) - max(gold["start"], expression.start))


def read_gold(path: pathlib.Path) -> list[dict[str, Any]]:
    """The rows of a gold file that have a publication date."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["dct"]]
