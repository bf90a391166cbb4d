"""Measure the warehouse on invented articles: a full commit, one new article, queries by glob, and how each grows.

    python -m benchmarks.warehouse [--sizes 1000 10000 100000] [--quotes 10] [--folder DIR] [--check]

Sizes are articles; each has ten quotes and ten mentions and 5 kB of text, over five years. Seconds are of the clock,
with those of the processor (user and system, all threads) in brackets: on a machine that does other things at the same
time the first say little. Making the rows is not counted. Figures are medians of five, of the full commit the one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
import pyarrow as pa

from onrecord.warehouse.check import check
from onrecord.warehouse.diff import diff
from onrecord.warehouse.rows import article_id, stable_id
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import conform, to_table

BATCH = 2000
MONTHS = 60
SPEAKERS = np.array([f"Given{n % 97} Family{n}" for n in range(20_000)])
STARTED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
REPEATS = 5

Tables = dict[str, pa.Table]
Result = TypeVar("Result")


class Invented:
    """Rows of invented articles; the same number gives the same rows."""

    def __init__(self, quotes: int) -> None:
        rng = np.random.default_rng(8)
        lengths = rng.integers(2, 11, 30_000).tolist()
        words = np.array(["".join(chr(97 + c) for c in rng.integers(0, 26, length)) for length in lengths])
        self.sentences = [" ".join(words[rng.integers(0, len(words), 18)]) for _ in range(20_000)]
        self.quotes = quotes

    def articles(self, numbers: range, run_id: str = "run0") -> Tables:
        """All article tables of these articles."""
        rng = np.random.default_rng(numbers.start)
        count = len(numbers)
        ids = [article_id(f"outlet/{i:08d}.txt") for i in numbers]
        days = [dt.date(2015 + i % MONTHS // 12, i % 12 + 1, i % 28 + 1) if i % 41 else None for i in numbers]
        bodies = [" ".join(self.sentences[k] for k in row) for row in rng.integers(0, 20_000, (count, 24))]
        blocks = [[{"kind": "paragraph", "start": 0, "end": len(body)}] for body in bodies]
        articles: dict[str, Any] = {
            "article_id": ids,
            "source_path": [f"outlet/{i:08d}.txt" for i in numbers],
            "source_sha256": [stable_id("sha", i) for i in numbers],
            "source_bytes": pa.array([len(body) for body in bodies], pa.int64()),
            "encoding": ["utf-8"] * count,
            "headline": [self.sentences[k][:60] for k in rng.integers(0, 20_000, count)],
            "publisher": [f"Outlet {i % 40}" for i in numbers],
            "date_published": pa.array(days, pa.date32()),
            "text": bodies,
            "body": bodies,
            "blocks": pa.array(blocks, to_table("articles", []).schema.field("blocks").type),
            "word_count": pa.array([432] * count, pa.int32()),
            "run_id": [run_id] * count,
            "pipeline_version": ["1"] * count,
            "corrected": [False] * count,
            "ingested_at": pa.array([STARTED] * count, pa.timestamp("us", tz="UTC")),
        }
        signatures: dict[str, Any] = {
            "article_id": ids,
            "signature": [rng.bytes(512) for _ in ids],
            "date_published": pa.array(days, pa.date32()),
        }
        made = {
            "articles": pa.table(articles),
            "signatures": pa.table(signatures),
            **self._spans(ids, days, run_id, rng),
        }
        return {name: conform(name, rows) for name, rows in made.items()}

    def _spans(self, ids: list[str], days: list[dt.date | None], run_id: str, rng: np.random.Generator) -> Tables:
        count = len(ids) * self.quotes
        speakers = SPEAKERS[(rng.pareto(0.5, count) * 20).astype(np.int64) % len(SPEAKERS)]
        entities = [f"{number:020d}" for number in _numbers(speakers)]
        of_article = np.repeat(np.array(ids), self.quotes)
        start = np.tile(np.arange(self.quotes) * 130, len(ids))
        indices = np.tile(np.arange(self.quotes), len(ids))
        row_ids = [stable_id(identity, k) for identity, k in zip(of_article.tolist(), indices.tolist(), strict=True)]
        spans = [[{"start": s, "end": s + 100}] for s in start.tolist()]
        quotes: dict[str, Any] = {
            "quote_id": row_ids,
            "article_id": of_article,
            "quote_index": pa.array(indices, pa.int32()),
            "quote_type": ["indirect"] * count,
            "content": [self.sentences[k] for k in rng.integers(0, 20_000, count)],
            "content_spans": pa.array(spans, to_table("quotes", []).schema.field("content_spans").type),
            "cue": ["said"] * count,
            "cue_start": pa.array(start, pa.int32()),
            "cue_end": pa.array(start + 4, pa.int32()),
            "speaker": speakers,
            "speaker_name": speakers,
            "speaker_entity_id": entities,
            "speaker_kind": ["person"] * count,
            "corrected": [False] * count,
            "confidence": pa.array(rng.random(count), pa.float32()),
            "date_published": pa.array([day for day in days for _ in range(self.quotes)], pa.date32()),
            "run_id": [run_id] * count,
        }
        mentions: dict[str, Any] = {
            "mention_id": row_ids,
            "article_id": of_article,
            "entity_id": entities,
            "text": speakers,
            "name": speakers,
            "start": pa.array(start, pa.int32()),
            "end": pa.array(start + 12, pa.int32()),
            "entity_type": ["PERSON"] * count,
            "confidence": pa.array(rng.random(count), pa.float32()),
            "run_id": [run_id] * count,
        }
        return {"quotes": pa.table(quotes), "mentions": pa.table(mentions)}


def _numbers(speakers: np.ndarray) -> np.ndarray:
    return np.searchsorted(np.sort(SPEAKERS), speakers)


def entities() -> pa.Table:
    """One for each speaker."""
    numbers = _numbers(SPEAKERS).tolist()
    counts = {"article_count": 1, "mention_count": 1, "quote_count": 1, "corrected": False}
    rows = [
        {"entity_id": f"{number:020d}", "name": name, "entity_type": "PERSON", **counts}
        for number, name in zip(numbers, SPEAKERS.tolist(), strict=True)
    ]
    return to_table("entities", rows)


class Clock:
    """Adds up seconds of the clock and of the processor over the times that it runs."""

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def time(self, action: Callable[[], Result]) -> Result:
        wall, cpu = time.perf_counter(), time.process_time()
        result = action()
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu
        return result

    def __str__(self) -> str:
        return f"{self.wall:7.3f} ({self.cpu:7.3f})"


def median(action: Callable[[], object]) -> str:
    """Clock and processor seconds of an action, medians."""
    clocks = []
    for _ in range(REPEATS):
        clock = Clock()
        clock.time(action)
        clocks.append(clock)
    wall, cpu = (statistics.median(getattr(clock, name) for clock in clocks) for name in ("wall", "cpu"))
    return f"{wall:7.3f} ({cpu:7.3f})"


def commit_all(warehouse: Warehouse, invented: Invented, size: int) -> Clock:
    """One commit of so many articles, handed over in batches; the making of the rows is left out of the time."""
    clock = Clock()
    transaction = warehouse.transaction("run0")
    tx = clock.time(transaction.__enter__)
    for first in range(0, size, BATCH):
        tables = invented.articles(range(first, min(first + BATCH, size)))
        clock.time(lambda: tx.upsert_articles(tables))  # noqa: B023 - called at once
    named = entities()
    clock.time(lambda: tx.upsert("entities", named))
    clock.time(lambda: transaction.__exit__(None, None, None))
    return clock


def commit_one(warehouse: Warehouse, tables: Tables, run_id: str) -> None:
    """One commit of what little comes in on a quiet hour."""
    run = {"run_id": run_id, "flow": "ingest", "started_at": STARTED, "pipeline_version": "1"}
    with warehouse.transaction(run_id) as tx:
        tx.upsert_articles(tables)
        tx.upsert("runs", to_table("runs", [run]))


def ask(root: Path, where: str) -> int:
    """A glob query as anybody would write it, in a new connection."""
    with duckdb.connect() as connection:
        query = f"select content, date_published from '{root}/quotes/**/*.parquet' where {where}"  # noqa: S608
        return len(connection.execute(query).fetchall())


def relabel(warehouse: Warehouse, old: str, new: str) -> None:
    """One commit that replaces an entity's id wherever it stands."""
    with warehouse.transaction("merge") as tx:
        tx.relabel("quotes", "speaker_entity_id", {old: new})
        tx.relabel("mentions", "entity_id", {old: new})


def measure(size: int, quotes: int, root: Path, with_check: bool) -> Iterator[tuple[str, str]]:
    """The lines for one size."""
    invented, warehouse = Invented(quotes), Warehouse(root)
    yield "full commit", str(commit_all(warehouse, invented, size))
    with warehouse.latest() as snapshot:
        files = [entry for name in snapshot.commit.tables for entry in snapshot.entries(name)]
        yield "files; MB", f"{len(files)}; {sum(entry.bytes for entry in files) / 1e6:.0f}"
        yield (
            "quotes; articles in the largest file",
            (f"{snapshot.rows('quotes'):,}; {max(entry.rows for entry in snapshot.entries('articles')):,}"),
        )
        yield "what was read (sources)", median(snapshot.sources)
    fresh = iter([(invented.articles(range(size + k, size + k + 1)), f"new{k}") for k in range(REPEATS)])
    before = warehouse.latest()
    yield "one new article", median(lambda: commit_one(warehouse, *next(fresh)))
    after = warehouse.at(before.number + 1)
    old = {entry.path for name in before.commit.tables for entry in before.entries(name)}
    new = [(name, entry) for name in after.commit.tables for entry in after.entries(name) if entry.path not in old]
    yield (
        "  files written; months; MB",
        (
            f"{len(new)}; {len({entry.month for _, entry in new if entry.month})};"
            f" {sum(entry.bytes for _, entry in new) / 1e6:.1f}"
        ),
    )
    yield "  what changed by it (diff)", median(lambda: diff(before, after))
    name = str(SPEAKERS[400])
    identity = f"{int(_numbers(np.array([name]))[0]):020d}"
    yield (
        f"one speaker by name ({ask(root, f'speaker_name = {name!r}')} quotes)",
        median(lambda: ask(root, f"speaker_name = '{name}'")),
    )
    yield "one speaker by entity id", median(lambda: ask(root, f"speaker_entity_id = '{identity}'"))
    yield "one month of quotes, by glob", median(lambda: ask(root, "month = '2016-05' and quote_index = 0"))
    merges = iter([(identity, "m0"), *((f"m{k}", f"m{k + 1}") for k in range(REPEATS))])
    yield "two ids of an entity made one", median(lambda: relabel(warehouse, *next(merges)))
    if with_check:
        clock = Clock()
        problems = clock.time(lambda: check(warehouse.latest()))
        yield f"check of everything ({len(problems)} rules broken)", str(clock)


def main() -> None:
    """Print the figures, size by size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--quotes", type=int, default=10, help="quotes (and mentions) of an article")
    parser.add_argument("--folder", type=Path, help="where to make the warehouses (default: a temporary folder)")
    parser.add_argument("--check", action="store_true", help="measure `check` too")
    options = parser.parse_args()
    for size in options.sizes:
        root = Path(tempfile.mkdtemp(dir=options.folder, prefix="warehouse"))
        print(f"\n{size:,} articles; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        try:
            for label, figure in measure(size, options.quotes, root, options.check):
                print(f"  {label:<48} {figure}", flush=True)
        finally:
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
