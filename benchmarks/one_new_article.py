"""Measure what one new article costs in a warehouse of many: the whole flow in a process of its own, step by step.

    python -m benchmarks.one_new_article [--sizes 1000 10000 100000] [--repeats 3] [--folder DIR]

The warehouse is made of invented articles without reading them: rows as the tagger would have made them (ten mentions,
ten quotes, 3 kB of text each, over five years), then the flow's own steps that resolve and commit. Raw files are there,
so that a run has all of them to look at. Then `onrecord ingest --no-prefect` is run with one more file, which is read
for real. Seconds are of the clock, with those of the processor (user and system, all threads) in brackets: on a machine
that does other things at the same time the first say little. Figures are those of the median run by processor time.

The warehouse has no lines of publishers to count; `benchmarks/recurring.py` says what those cost.

Great Expectations judges the article; a run with `--no-prefect` imports no Prefect. `months rewritten` counts the
months of which any file was written anew, in tables that have months.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import os
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.command import Command, folders, median, onrecord
from benchmarks.entities_scale import invented_names
from benchmarks.warehouse import Invented, Tables
from onrecord.cross_document.copies.signature import LAYOUT
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import EMPTY, Warehouse
from onrecord.warehouse.tables import TABLES
from tasks.known_names import KnownNames
from tasks.publish import Changes, publish
from tasks.recount import Recount
from tasks.report import RunReport
from tasks.resolve import resolve
from tasks.staging import NAMED, NAMED_SCHEMA, Staged, write

BATCH = 2000
STARTED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

#: One article for the tagger: a speaker the warehouse knows by name would be luck, so these are new people.
ARTICLE = """HARROW, March {day} (Northgate Wire) - “The ferry will not sail before the hull is mended,” harbour
master Odalys Brenk said on Tuesday.

Brenk told the Northgate Wire that the inspectors of the Coastal Board had found {day} loose plates. “Nobody was in
danger,” said Tam Oriel, a spokesman for the board.
"""


def stage(raw: Path, staging: Path, invented: Invented, names: list[tuple[str, str]], numbers: range) -> Staged:
    """The rows of some invented articles as the extraction stages them, and their raw files."""
    tables = invented.articles(numbers)
    articles = tables["articles"].to_pylist()
    for article in articles:
        data = article["text"].encode()
        (raw / article["source_path"]).write_bytes(data)
        article["source_sha256"] = hashlib.sha256(data).hexdigest()
        article["pipeline_version"] = pipeline_version()
    made = {
        **_named(tables, names, np.random.default_rng(numbers.start)),
        "articles": pa.Table.from_pylist(articles, schema=TABLES["articles"].staging_schema),
        "signatures": _signed(tables["signatures"], np.random.default_rng(numbers.start)),
        "dates": TABLES["dates"].staging_schema.empty_table(),
        "corrections": TABLES["corrections"].schema.empty_table(),
        NAMED: NAMED_SCHEMA.empty_table(),
    }
    return write(staging, numbers.start, made, (), files=len(numbers))


def _named(tables: Tables, names: list[tuple[str, str]], rng: np.random.Generator) -> Tables:
    """The mentions and quotes with names drawn as real ones fall (Zipf), each with its number in its article."""
    count = tables["mentions"].num_rows
    weights = 1.0 / (np.arange(len(names)) + 10.0)
    drawn = rng.choice(len(names), size=count, p=weights / weights.sum())
    printed = pa.array([names[n][1] for n in drawn.tolist()])
    types = pa.array([names[n][0] for n in drawn.tolist()])
    local = pa.array(tables["quotes"]["quote_index"].to_pylist(), pa.int32())
    made = {}
    for table, columns in (
        ("mentions", {"text": printed, "name": printed, "entity_type": types, "local_id": local}),
        ("quotes", {"speaker": printed, "speaker_name": printed, "speaker_local_id": local}),
    ):
        rows = tables[table].drop_columns([name for name in tables[table].column_names if "entity_id" in name])
        schema = TABLES[table].staging_schema
        found = {name: rows.column(name) for name in rows.column_names} | columns
        arrays = [found.get(field.name, pa.nulls(count, field.type)) for field in schema]
        made[table] = pa.Table.from_arrays(arrays, schema=schema)
    return made


def _signed(rows: pa.Table, rng: np.random.Generator) -> pa.Table:
    """Signatures of texts that have nothing in common."""
    made = np.zeros(rows.num_rows, LAYOUT)
    made["words"], made["letters"] = 430, 2500
    for sketch in ("word_sketch", "letter_sketch"):
        made[sketch] = rng.integers(0, 0xFFFF, made[sketch].shape)
    column = pa.array([one.tobytes() for one in made], pa.binary())
    return rows.set_column(rows.column_names.index("signature"), rows.schema.field("signature"), column)


def build(root: Path, size: int, quotes: int) -> Settings:
    """A raw folder of so many files and the warehouse that reading them would have made."""
    settings = Settings(raw=root / "raw", warehouse=root / "warehouse", workers=1)
    (settings.raw / "outlet").mkdir(parents=True)
    invented, names = Invented(quotes), invented_names(random.Random(7), max(100, size))  # noqa: S311 - no secret
    staging = root / "staging"
    staged = [
        stage(settings.raw, staging, invented, names, range(first, min(first + BATCH, size)))
        for first in range(0, size, BATCH)
    ]
    warehouse = Warehouse(settings.warehouse)
    resolved = resolve(warehouse, staged, frozenset(), KnownNames(), staging)
    report = RunReport("made", "ingest", STARTED, STARTED, pipeline_version(), settings.as_json(), seen=size, new=size)
    publish(warehouse, Changes(staged, resolved, Recount(EMPTY, (), frozenset())), report)
    shutil.rmtree(staging)
    return settings


def claim(warehouse: Warehouse) -> None:
    """A warehouse that was kept counts as made by this version, so that its articles are not read again."""
    with warehouse.transaction("claimed", pipeline_version=pipeline_version()) as tx:
        if tx.parent is not None and tx.parent.commit.pipeline_version != pipeline_version():
            ids = tx.parent.read("articles", ["article_id"])
            version = pa.array([pipeline_version()] * len(ids))
            tx.assign("articles", ids.append_column("pipeline_version", version))


def steps_of(reports: Path) -> dict[str, float]:
    """Seconds of the clock by step, of the newest run."""
    newest = max(reports.iterdir(), key=lambda path: path.stat().st_mtime)
    steps: dict[str, float] = json.loads(newest.read_text("utf-8"))["durations"]
    return steps


def shown(run: Command) -> str:
    """Seconds of the clock and the processor."""
    return f"{run.wall:7.2f} ({run.cpu:6.2f})"


def months_rewritten(before: Snapshot, after: Snapshot) -> tuple[int, int, float]:
    """Months of which a file was written anew, files written anew in all tables, and their megabytes."""
    months, files, size = set(), 0, 0
    for name in TABLES:
        old = {entry.path for entry in before.entries(name)}
        for entry in after.entries(name):
            if entry.path not in old:
                months |= {entry.month} - {None}
                files, size = files + 1, size + entry.bytes
    return len(months), files, size / 1e6


def measure(settings: Settings, repeats: int) -> Iterator[tuple[str, str]]:
    """The lines for one size."""
    ingest = ["ingest", "--no-prefect", *folders(settings)]
    warehouse = Warehouse(settings.warehouse)
    yield "first run that finds nothing to do", shown(onrecord(*ingest))
    yield "next run that finds nothing to do", shown(median([onrecord(*ingest) for _ in range(repeats)]))
    runs = []
    for number in range(repeats):
        before = warehouse.latest()
        (settings.raw / f"new-{before.number}.txt").write_text(ARTICLE.format(day=number + 3), "utf-8")
        runs.append((onrecord(*ingest), steps_of(settings.warehouse / ".reports")))
        rewritten = months_rewritten(before, warehouse.latest())
    middle = median([run for run, _ in runs])
    yield "one new article", shown(middle)
    for step, seconds in next(steps for run, steps in runs if run is middle).items():
        yield f"  {step}", f"{seconds:7.2f}"
    yield "  months rewritten; files; MB", "{}; {}; {:.1f}".format(*rewritten)


def main() -> None:
    """Print the figures, size by size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--quotes", type=int, default=10, help="quotes (and mentions) of an article")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="keep what is made here, and use it again (default: neither)")
    options = parser.parse_args()
    for size in options.sizes:
        root = options.folder / f"{size}" if options.folder else Path(tempfile.mkdtemp(prefix="flow"))
        print(f"\n{size:,} articles; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
        settings = Settings(raw=root / "raw", warehouse=root / "warehouse")
        try:
            if not Warehouse(settings.warehouse).exists():
                began = time.perf_counter()
                settings = build(root, size, options.quotes)
                print(f"  {'(made in)':<40} {time.perf_counter() - began:7.0f}", flush=True)
            claim(Warehouse(settings.warehouse))
            for label, figure in measure(settings, options.repeats):
                print(f"  {label:<40} {figure}", flush=True)
        finally:
            if not options.folder:
                shutil.rmtree(root)


if __name__ == "__main__":
    main()
