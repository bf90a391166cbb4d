"""A plot of months as bars: where they stand and how high they are; the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: Pixels of the drawing.
WIDTH, HEIGHT = 720, 120

#: The widest that a bar is drawn, with the gap behind it.
WIDEST = 24

#: More months than this are drawn as years.
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """A month (YYYY-MM) or a year (YYYY) with so many statements. `x`, `y`, `width`, `height`: pixels of its bar."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


def bars(months: Mapping[str, int]) -> list[Bar]:
    """A bar for each month from the first to the last, those without anything too; years where there are too many."""
    counts = _filled(months)
    if not counts:
        return []
    step, most = min(WIDTH / len(counts), WIDEST), max(counts.values())
    return [
        Bar(
            label, count, round(place * step, 2), round(HEIGHT - HEIGHT * count / most, 2),
            round(max(step - 1, step / 2), 2), round(HEIGHT * count / most, 2),
        )
        for place, (label, count) in enumerate(counts.items())
    ]  # fmt: skip


def _filled(months: Mapping[str, int]) -> dict[str, int]:
    """Counts of all months in between, or of all years."""
    if not months:
        return {}
    first, last = _number(min(months)), _number(max(months))
    if last - first < MOST_MONTHS:
        names = [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]
        return {name: months.get(name, 0) for name in names}
    years = {f"{year:04d}": 0 for year in range(first // 12, last // 12 + 1)}
    for month, count in months.items():
        years[month[:4]] += count
    return years


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1
