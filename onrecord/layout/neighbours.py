"""Columns of the second stage: what the first one says of a line, of those around it and of the whole page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.layout.characters import sums
from onrecord.layout.features import Columns

#: So many lines on either side, each with its own column; and windows of these reaches.
_LINES = 6
_WINDOWS = (2, 5, 10, 25)


def neighbour_columns(body: NDArray[np.floating]) -> Columns:
    """The columns made from the probabilities of a page's lines; beyond the page's edges they are 0."""
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
    return columns
