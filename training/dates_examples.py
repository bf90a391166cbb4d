"""Examples for the chooser of dates: gold articles read by the rules, each candidate with whether the gold agrees.

A candidate is right where its value is the gold's or means the same days (GUM writes a week as two days, and a part of
a day as its day). What the gold does not mark has no right candidate.
"""

from __future__ import annotations

import datetime as dt
import json
import pathlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.document.article import Precision, Span
from onrecord.dates.candidates import Candidate
from onrecord.dates.chooser import Chooser
from onrecord.dates.features import Situation, vector
from onrecord.dates.reader import Reader
from onrecord.dates.values import Interval, Meaning, interval_of

_LINE = re.compile(r"[^\n]+")
_SHORT_WEEK = re.compile(r"(\d{4}-W)(\d)\Z")


@dataclass(slots=True)
class Example:
    """One expression: its candidates' features, and which of them are right."""

    article: str
    start: int
    end: int
    vectors: list[list[float]]
    values: list[str]
    intervals: list[Interval | None]
    right: list[bool] = field(default_factory=list)


class RecordingReader(Reader):
    """A reader that keeps what it weighs."""

    def __init__(self, text: str, published: dt.date, chooser: Chooser | None) -> None:
        super().__init__(text, published, Precision.DAY, chooser)
        self.weighed: list[tuple[Situation, list[list[float]], Sequence[Candidate]]] = []

    def weigh(self, situation: Situation, possible: Sequence[Candidate]) -> tuple[Meaning, float | None]:
        self.weighed.append((situation, [vector(situation, c) for c in possible], possible))
        return super().weigh(situation, possible)


def gold_interval(value: str) -> Interval | None:
    """The days of a gold value, with the corpora's own spellings of weeks and unknown parts."""
    value = _SHORT_WEEK.sub(r"\g<1>0\2", re.sub(r"(?:-XX)+\Z", "", value))
    return interval_of(value) if value[:1].isdigit() else None


def examples(row: dict[str, Any], chooser: Chooser | None = None) -> Iterator[Example]:
    """All expressions that are found in a gold article."""
    text = row["text"]
    reader = RecordingReader(text, dt.date.fromisoformat(row["dct"][:10]), chooser)
    golds = list(row["timexes"])
    for line in _LINE.finditer(text):
        reader.weighed.clear()
        found = reader.passage(Span(line.start(), line.end()))
        for expression, (_, vectors, possible) in zip(found, reader.weighed, strict=True):
            example = Example(
                row["id"], expression.start, expression.end, vectors,
                [c.meaning.value for c in possible], [c.meaning.interval for c in possible],
            )  # fmt: skip
            gold = max(golds, key=lambda g: _shared(g, example), default=None)
            if gold is not None and _shared(gold, example) > 0:
                days = gold_interval(gold.get("value") or "")
                example.right = [
                    value == gold.get("value") or (days is not None and interval == days)
                    for value, interval in zip(example.values, example.intervals, strict=True)
                ]
            else:
                example.right = [False] * len(example.values)
            yield example


def _shared(gold: dict[str, Any], example: Example) -> int:
    return min(gold["end"], example.end) - max(gold["start"], example.start)


def read_gold(path: pathlib.Path) -> list[dict[str, Any]]:
    """The rows of a gold file that have a publication date."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["dct"]]
