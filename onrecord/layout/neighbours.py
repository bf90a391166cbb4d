"""Columns of the second stage: what the first one says of a line, of those around it and of the whole page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.layout.characters import Numbers, sums
from onrecord.layout.page_features import Columns, densest_run
from onrecord.layout.scores import LIKELY

#: So many lines on either side, each with its own column; and windows of these reaches.
_LINES = 6
_WINDOWS = (2, 5, 10, 25)


def neighbour_columns(body: NDArray[np.floating], characters: NDArray[np.float64]) -> Columns:
    """The columns made from the probabilities of a page's lines; beyond the page's edges they are 0.

    `characters` is the length of each line.
    """
    count = len(body)
    values = np.asarray(body, np.float64)
    padded = np.pad(values, _LINES)
    columns = {f"body{step:+d}": padded[_LINES + step : _LINES + step + count] for step in range(-_LINES, _LINES + 1)}
    at = np.arange(count)
    for reach in _WINDOWS:
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, count)
        columns[f"body_{reach}"] = sums(values, low, high) / (high - low)
        columns[f"body_over_{reach}"] = sums(values, low, at) / reach
        columns[f"body_under_{reach}"] = sums(values, at + 1, high) / reach
    total = max(values.sum(), 1e-6)
    columns["body_before"] = (np.cumsum(values) - values) / total
    columns["body_total"] = np.full(count, np.log1p(total))
    columns["body_share"] = np.full(count, total / count)
    likely = np.flatnonzero(values >= 0.5)
    first, last = (likely[0], likely[-1]) if len(likely) else (0, count - 1)
    columns["since_first"] = np.clip(at - first, -60, 200).astype(np.float64)
    columns["until_last"] = np.clip(last - at, -60, 200).astype(np.float64)
    columns["best_before"] = np.maximum.accumulate(np.concatenate(([0.0], values[:-1])))
    columns["best_after"] = np.maximum.accumulate(np.concatenate(([0.0], values[:0:-1])))[::-1]
    return columns | _run_columns(values, characters)


def _run_columns(values: NDArray[np.float64], characters: NDArray[np.float64]) -> Columns:
    """The run of likely or unlikely lines that a line stands in, the runs around it, and the story's densest stretch.

    What follows the story from afar (a teaser, the site's own words) makes short runs behind long gaps.
    """
    at = np.arange(len(values))
    likely = values >= LIKELY
    changes = np.concatenate(([True], likely[1:] != likely[:-1]))
    run = np.cumsum(changes) - 1
    lines, size = np.bincount(run), np.bincount(run, characters)
    largest = max(float((size * likely[changes]).max()), 1.0)
    sign = np.where(likely, 1, -1)
    told = np.where(likely, characters * values, 0.0)
    start, end = densest_run(told)
    total = max(float(told.sum()), 1.0)
    return {
        "run_lines": np.minimum(lines[run], 60) * sign.astype(np.float64),
        "run_size": np.log1p(size[run]) * sign,
        "run_of_largest": np.where(likely, size[run] / largest, -1.0),
        "lines_over": np.minimum(_before(lines, run), 60),
        "lines_under": np.minimum(_before(lines[::-1], run[-1] - run), 60),
        "size_over": np.log1p(_before(size, run)),
        "size_under": np.log1p(_before(size[::-1], run[-1] - run)),
        "since_core": np.clip(at - start, -60, 200).astype(np.float64),
        "until_core_end": np.clip(end - at, -200, 60).astype(np.float64),
        "in_core": ((at >= start) & (at < end)).astype(np.float64),
        "core_share": np.full(len(at), told[start:end].sum() / total),
        "core_lines": np.full(len(at), np.log1p(end - start)),
        "size_before": (np.cumsum(told) - told) / total,
    }


def _before(values: NDArray[np.floating] | Numbers, run: Numbers) -> NDArray[np.float64]:
    """Of each line, the value of the run before its own; 0 of the first run's."""
    return np.concatenate(([0.0], values[:-1]))[run]
