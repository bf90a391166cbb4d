"""Features of a line's place on its page: by prose before and after, lines alike in a row, and the nearest markers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.layout.characters import Page, sums

Column = NDArray[np.float64]
Columns = dict[str, Column]


def floats(columns: Mapping[str, NDArray[Any]]) -> Columns:
    """The columns as 64-bit numbers, whatever each was computed as."""
    return {name: np.asarray(values, np.float64) for name, values in columns.items()}


def is_prose(columns: Columns) -> NDArray[np.bool_]:
    """Whether lines are sentences by their form: eight words or more and a full stop, or two sentences."""
    words = np.expm1(columns["words"])
    told = (columns["ends_stop"] > 0) | (columns["sentences"] > 0)
    return np.asarray((words >= 8) & told & (columns["links"] <= words / 4), bool)


def placed(page: Page, columns: Columns) -> Columns:
    """Where the line stands: by lines, by prose before and after, and by the densest run of prose."""
    count = page.count
    at = np.arange(count)
    prose = np.where(is_prose(columns), np.expm1(columns["characters"]), 0.0)
    before = np.concatenate(([0.0], np.cumsum(prose)))
    total = max(before[-1], 1.0)
    start, end = densest_run(prose)
    result: dict[str, NDArray[Any]] = {
        "from_top": np.log1p(at),
        "from_end": np.log1p(count - 1 - at),
        "place": at / count,
        "lines": np.full(count, np.log1p(count)),
        "prose_before": before[:-1] / total,
        "prose_total": np.full(count, np.log1p(total)),
        "prose_share": np.full(count, (prose > 0).mean()),
        "after_run_start": np.clip(at - start, -60, 300),
        "before_run_end": np.clip(end - at, -60, 300),
        "in_run": (at >= start) & (at < end),
        "run_share": np.full(count, (before[end] - before[start]) / total),
        "prose": prose > 0,
    }
    for reach in (2, 5, 12, 30):
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, count)
        result[f"prose_{reach}"] = np.log1p((before[high] - before[low]) / (high - low))
        result[f"prose_over_{reach}"] = np.log1p((before[at] - before[low]) / reach)
        result[f"prose_under_{reach}"] = np.log1p((before[high] - before[at + 1]) / reach)
    words = np.expm1(columns["words"])
    for name in ("function", "capitalised", "ends_stop"):
        low, high = np.maximum(at - 6, 0), np.minimum(at + 7, count)
        value = columns[name] * (words if name == "capitalised" else 1)
        result[f"{name}_6"] = sums(value, low, high) / np.maximum(sums(words, low, high), 1)
    result |= _alike(columns)
    return floats(result)


def densest_run(prose: NDArray[np.float64]) -> tuple[int, int]:
    """The lines [start, end) in which prose outweighs what stands between, 60 characters a line without prose."""
    value = np.concatenate(([0.0], np.cumsum(np.where(prose > 0, prose, -60.0))))
    lowest = np.minimum.accumulate(value)
    end = int(np.argmax(value - lowest))
    start = int(np.argmin(value[: end + 1]))
    return start, end


def _alike(columns: Columns) -> Columns:
    """How many lines in a row share indentation and list marker, and how many are short ones."""
    form = columns["indent"] * 16 + columns["marker"]
    short = columns["words"] < np.log1p(6)
    return {
        "alike": np.minimum(_run_length(form), 60),
        "short_run": np.minimum(_run_length(short), 60) * np.where(short, 1, -1),
        "common_indent": _share_of_prose(columns),
    }


def _share_of_prose(columns: Columns) -> NDArray[np.float64]:
    """The share of the page's prose that has the line's indentation."""
    prose = np.where(is_prose(columns), np.expm1(columns["characters"]), 0.0)
    indents, at = np.unique(columns["indent"], return_inverse=True)
    return np.asarray((np.bincount(at, prose, len(indents)) / max(prose.sum(), 1.0))[at])


def _run_length(values: NDArray[np.generic]) -> NDArray[np.float64]:
    change = np.concatenate(([True], values[1:] != values[:-1]))
    run = np.cumsum(change) - 1
    return np.asarray(np.bincount(run)[run], np.float64)


def near_markers(columns: Columns) -> Columns:
    """How many lines lie between the line and the last and next short line of each sort of marker."""
    count = len(columns["words"])
    at = np.arange(count)
    short = columns["words"] < np.log1p(8.5)
    result: Columns = {}
    marks = {name: short & (columns[name] >= 0.7) for name in ("related", "share", "comment", "subscribe", "legal")}
    marks["date"] = columns["date"] * short >= 2
    marks["by"] = columns["by_name"] > 0
    marks["heading"] = (columns["marker"] >= 5) & (columns["marker"] <= 6)
    for name, marked in marks.items():
        last = np.maximum.accumulate(np.where(marked, at, -200))
        following = np.minimum.accumulate(np.where(marked, at, count + 200)[::-1])[::-1]
        result[f"since_{name}"] = np.minimum(at - last, 60).astype(np.float64)
        result[f"until_{name}"] = np.minimum(following - at, 60).astype(np.float64)
    return result
