"""How much a figure depends on which articles the gold happens to hold: its standard error over articles.

Half of the articles are drawn without replacement, again and again, and scored. The variance of a figure over such
halves is that of the figure over all articles (a half-sample bootstrap; Saigo, Shao and Sitter 2001). Unlike in the
usual bootstrap no article stands twice in a sample: to the scorers of copies and of linking, a doubled article is its
own copy. Articles that are judged together (a `cluster` of copies) are drawn together.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import runpy
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.gate.results import Figure, MeasurementError
from benchmarks.gate.workplace import Row

#: Half samples drawn; the noise is then known within about a tenth of itself.
SAMPLES = 60


def half_samples(rows: Sequence[Row], count: int) -> Iterator[list[Row]]:
    """Random halves of the rows, rows of one cluster together; the same ones in every run."""
    units: dict[object, list[Row]] = {}
    for number, row in enumerate(rows):
        units.setdefault(row.get("cluster", ("row", number)), []).append(row)
    keys = list(units)
    chance = random.Random(14)  # noqa: S311
    for _ in range(count):
        yield [row for key in chance.sample(keys, max(1, len(keys) // 2)) for row in units[key]]


def noise(
    figures: Sequence[Figure], samples: Iterator[list[Row]], score: Callable[[list[Row]], Mapping[str, Any]]
) -> dict[Figure, float]:
    """The standard deviation of each figure over the samples that have something to score for it."""
    values: dict[Figure, list[float]] = {figure: [] for figure in figures}
    for sample in samples:
        output = score(sample)
        for figure in figures:
            with contextlib.suppress(MeasurementError):
                values[figure].append(figure.of(output))
    return {figure: statistics.stdev(found) if len(found) > 1 else 0.0 for figure, found in values.items()}


def call_script(script: Path, arguments: Sequence[object]) -> Mapping[str, Any]:
    """What a scorer prints, as JSON, run within this process: libraries are loaded once for all samples."""
    argv, path, printed = sys.argv, list(sys.path), io.StringIO()
    sys.argv = [str(script), *map(str, arguments)]
    try:
        with contextlib.redirect_stdout(printed):
            runpy.run_path(str(script), run_name="__main__")
    finally:
        sys.argv, sys.path[:] = argv, path
    output: Mapping[str, Any] = json.loads(printed.getvalue())
    return output
