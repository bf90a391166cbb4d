"""What recurring lines cost: one new article in a large warehouse, and how often old articles are read again for them.

    python -m benchmarks.recurring [--articles 100000 1000000] [--sites 1 40] [--growth 40000]

First, for a warehouse of so many articles (forty lines each) of so many publishers: seconds of the clock and of the
processor that `recount` takes for one new article, and the most memory of the process. Then, over the growth of one
publisher from nothing, twenty articles a run, with twenty lines of the site that stand in 2 to 100 % of its articles:
how often one of them begins or ceases to recur, and how many times an article is read again for it on average, by
`MOST_ARTICLES`. Measured on 21 November 2026: with 500, 1000, 2000, 4000 and all of them looked at it was 0.57, 0.16,
0.08, 0.06 and 0.03 times; 2000 is where little is left to win.
"""

from __future__ import annotations

import argparse
import bisect
import math
import resource
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.cross_document.recurring_lines import LEAST_ARTICLES, LEAST_SHARE, MOST_ARTICLES
from onrecord.settings import Settings
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES
from tasks.recount import recount

LINES, STORY, SITE_LINES, BATCH = 40, 5, 10, 20_000
SHARES = np.geomspace(0.02, 1, 20)
PER_RUN, SEEDS, REPEATS = 20, 3, 5


def made_up(numbers: range, sites: int) -> pa.Table:
    """Rows of articles that have ten lines of their site among forty."""
    rng = np.random.default_rng(numbers.start)
    keys = rng.integers(1 << 32, 1 << 63, (len(numbers), LINES), dtype=np.uint64)
    of_site = np.array([number % sites for number in numbers], np.uint64)
    keys[:, :SITE_LINES] = of_site[:, None] * np.uint64(100) + np.arange(SITE_LINES, dtype=np.uint64)
    columns: dict[str, pa.Array[Any]] = {
        "article_id": pa.array([article_id(f"{number}.txt") for number in numbers]),
        "site": pa.array([f"site{number}.example" for number in of_site.tolist()]),
        "lines": _lists(keys),
        "story": _lists(keys[:, -STORY:]),
    }
    return pa.table(columns, schema=TABLES["article_lines"].schema)


def _lists(keys: np.ndarray[tuple[int, ...], np.dtype[np.uint64]]) -> pa.Array[Any]:
    offsets = pa.array(np.arange(len(keys) + 1, dtype=np.int32) * keys.shape[1], pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.array(keys.ravel(), pa.uint64()))


def one_more(articles: int, sites: int) -> None:
    """What one new article costs."""
    with tempfile.TemporaryDirectory() as folder:
        raw, warehouse, staged = Path(folder, "raw"), Warehouse(Path(folder, "warehouse")), Path(folder, "new.parquet")
        raw.mkdir()
        with warehouse.transaction("run") as commit:
            for first in range(0, articles, BATCH):
                commit.upsert("article_lines", made_up(range(first, min(first + BATCH, articles)), sites))
        pq.write_table(made_up(range(articles, articles + 1), sites), staged)
        settings = Settings(raw=raw, warehouse=warehouse.root)
        clock, processor = [], []
        for _ in range(REPEATS):
            began, used = time.perf_counter(), time.process_time()
            done = recount(warehouse, [staged], frozenset(), settings, Path(folder, "staging"))
            clock.append(time.perf_counter() - began)
            processor.append(time.process_time() - used)
            if done.reread:
                raise SystemExit("one article of its site's usual lines must not have others read again")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        told = f"{statistics.median(clock):.2f} s ({statistics.median(processor):.2f} s)"
        print(f"{articles:>9,} articles of {sites:>3} publishers: {told}, {memory:,} MiB at most so far")


def growth(articles: int, most: int, seed: int) -> tuple[int, float]:
    """Changes of what recurs, and readings again an article."""
    rng = np.random.default_rng(seed)
    rank = rng.permutation(articles)
    having = rng.random((articles, len(SHARES))) < SHARES
    first: list[tuple[int, int]] = []
    counts, recurs = np.zeros(len(SHARES), np.int64), np.zeros(len(SHARES), bool)
    changes = again = 0
    for number in range(articles):
        bisect.insort(first, (int(rank[number]), number))
        counts += having[number]
        if len(first) > most:
            counts -= having[first.pop()[1]]
        if (number + 1) % PER_RUN == 0:
            now = counts >= max(LEAST_ARTICLES, math.ceil(LEAST_SHARE * len(first)))
            changed = now != recurs
            changes += int(changed.sum())
            again += int(having[: number + 1 - PER_RUN][:, changed].any(axis=1).sum())
            recurs = now
    return changes, again / articles


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--sites", type=int, nargs="*", default=[1, 40])
    parser.add_argument("--growth", type=int, default=40_000)
    given = parser.parse_args()
    for articles in given.articles:
        for sites in given.sites:
            one_more(articles, sites)
    for most in (MOST_ARTICLES // 4, MOST_ARTICLES // 2, MOST_ARTICLES, 2 * MOST_ARTICLES, given.growth):
        runs = [growth(given.growth, most, seed) for seed in range(SEEDS)]
        changes, again = (statistics.mean(column) for column in zip(*runs, strict=True))
        print(f"{most:>7,} looked at: {changes:.0f} changes, read again {again:.2f} times")


if __name__ == "__main__":
    main()
