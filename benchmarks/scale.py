"""Measure the whole at 1,000, 10,000 and 100,000 articles: runs, memory, bytes, questions, and how each grows.

    python -m benchmarks.scale [--sizes 1000 10000 100000] [--read 1000] [--backfill] [--workers 2] [--folder DIR]

Up to `--read` articles are written as raw files of invented news text (`benchmarks.invented_text`) and read from
nothing. Reading takes as long for each article whatever the corpus has; so the larger warehouses are made without it:
rows as reading would have staged them (`benchmarks.one_new_article`), which the flow's own steps resolve and commit in
this process. What is measured of those afterwards is all real: one new article read, a month read again
(`--backfill`), questions.

Seconds are of the clock, with those of the processor (user and system, all processes) in brackets. Memory is the most
that the command's process, and the largest of the processes that it started, had at once.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa

from benchmarks.command import Command, folders, onrecord
from benchmarks.invented_text import Newsroom
from benchmarks.one_new_article import ARTICLE, build
from onrecord.settings import Settings
from onrecord.warehouse.query import answer, connect
from onrecord.warehouse.search import Search, SearchIndex, quote_hits
from onrecord.warehouse.store import Warehouse

QUESTIONS = {
    "one speaker": "select * from quotes_by_speaker where speaker = ?",
    "a timeline": "select date_trunc('month', date_published), count(*) from quotes_by_speaker where speaker = ?"
    " group by 1 order by 1",
}


def filled(root: Path, size: int, read: int, workers: int) -> tuple[Settings, str]:
    """A warehouse of so many articles and its raw files, read or made, and what that took."""
    settings = Settings(raw=root / "raw", warehouse=root / "warehouse")
    if size > read:
        began, used = time.perf_counter(), time.process_time()
        settings = build(root, size, 10)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        took = f"{time.perf_counter() - began:8.1f} ({time.process_time() - used:8.1f}) s; {memory:,.0f} MiB"
        return settings, f"resolved and committed, not read {took}"
    words = Newsroom().write(settings.raw, range(size))
    done = onrecord("ingest", "--no-prefect", "--workers", str(workers), *folders(settings))
    rates = f"{size / done.wall:.1f} articles/s, {words / done.cpu:,.0f} words/s a core"
    return settings, f"read from nothing {done}; {rates}"


def one_new(settings: Settings) -> Command:
    """A run that finds one more file."""
    (settings.raw / "one-more.txt").write_text(ARTICLE.format(day=11), "utf-8")
    return onrecord("ingest", "--no-prefect", *folders(settings))


def backfill(settings: Settings) -> tuple[int, Command]:
    """A month of articles that count as read by an older version, read again."""
    warehouse = Warehouse(settings.warehouse)
    with warehouse.transaction("aged") as tx, warehouse.latest() as snapshot:
        rows = snapshot.read("articles", ["article_id", "month"])
        month = sorted(filter(None, set(rows["month"].to_pylist())))[0]
        ids = [a for a, m in zip(rows["article_id"].to_pylist(), rows["month"].to_pylist(), strict=True) if m == month]
        tx.assign("articles", pa.table({"article_id": ids, "pipeline_version": ["0"] * len(ids)}))
    return len(ids), onrecord("backfill", "--no-prefect", *folders(settings))


def asked(settings: Settings) -> Iterator[tuple[str, float]]:
    """Questions to the warehouse, each with its seconds; of the search the first one fills the index."""
    with Warehouse(settings.warehouse).latest() as snapshot, SearchIndex(settings.warehouse) as index:
        connection = connect(snapshot)
        most = "select speaker from quotes_by_speaker group by 1 order by count(*) desc, 1 limit 1"
        speaker = str(answer(connection, most)["speaker"][0])
        for name, query in QUESTIONS.items():
            yield name, _seconds(lambda query=query: answer(connection, query, [speaker]))  # type: ignore[misc]
        connection.close()
        yield "search index made", _seconds(lambda: index.ask_at(snapshot))
        yield "full text", _seconds(lambda: quote_hits(index, snapshot, Search(speaker.split()[-1])))


def _seconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


def measure(root: Path, size: int, options: argparse.Namespace) -> Iterator[tuple[str, float, str]]:
    """For one size each figure by name: the number that is compared from size to size, and how it is shown."""
    began = time.perf_counter()
    settings, told = filled(root, size, options.read, options.workers)
    yield "filled", time.perf_counter() - began, told
    held = _bytes(settings.warehouse)
    yield "bytes of the warehouse", held, f"{held / 1e6:,.0f} MB"
    for name, seconds in asked(settings):
        yield name, seconds, f"{seconds:8.3f} s"
    done = one_new(settings)
    yield "one new article", done.cpu, str(done)
    if options.backfill:
        count, done = backfill(settings)
        yield "a month read again", done.cpu, f"{count:,} articles {done}"


def _bytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*.parquet"))


def main() -> None:
    """Print the figures, size by size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--read", type=int, default=1000, help="read up to so many articles; make the rows of more")
    parser.add_argument("--backfill", action="store_true", help="read a month again, too")
    parser.add_argument("--workers", type=int, default=max(1, os.cpu_count() or 1))
    parser.add_argument("--folder", type=Path, help="keep what is made here (default: not)")
    options = parser.parse_args()
    before: dict[str, float] = {}
    for size in options.sizes:
        root = options.folder / f"{size}" if options.folder else Path(tempfile.mkdtemp(prefix="scale"))
        print(f"\n{size:,} articles; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        try:
            for name, number, shown in measure(root, size, options):
                times = f"  x {number / before[name]:.1f}" if before.get(name) else ""
                print(f"  {name:<24} {shown}{times}", flush=True)
                before[name] = number
        finally:
            if not options.folder:
                shutil.rmtree(root)


if __name__ == "__main__":
    main()
