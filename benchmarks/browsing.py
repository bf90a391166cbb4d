"""Measure search and pages on a warehouse of many invented articles, whose rows are written without reading anything.

    python -m benchmarks.browsing [--size 100000] [--folder DIR]

Ten quotes and ten mentions and about 8 kB of text an article, over five years and 20,000 speakers, of whom a few are
quoted most of the time. Seconds are of the clock, with those of the processor in brackets: on a machine that does other
things at the same time the first say little. Times of questions are the median and the slowest of those asked, the
first time of each left out. `--folder` keeps the warehouse for the next time.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from starlette.testclient import TestClient

from benchmarks.warehouse import BATCH, Invented, Tables, entities
from onrecord.browse import Reader, application
from onrecord.warehouse.search import Search, SearchIndex, article_hits, newest, quote_hits, spoken_by
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES

QUOTES = 10
REPEATS = 3
#: Sentences of a paragraph, and paragraphs of an article.
PARAGRAPH, PARAGRAPHS = 3, 8
#: Of five quotes one is of an utterance that others report too.
SHARED = 5


def build(root: Path, size: int) -> None:
    """A warehouse of so many articles, in one commit."""
    invented = Invented(QUOTES)
    with Warehouse(root).transaction("made") as tx:
        for first in range(0, size, BATCH):
            numbers = range(first, min(first + BATCH, size))
            tx.upsert_articles(_in_paragraphs(invented.articles(numbers), invented, numbers))
        tx.upsert("entities", entities())


def _in_paragraphs(tables: Tables, invented: Invented, numbers: range) -> Tables:
    """The same rows with texts of paragraphs and sentences, blocks for each, and utterances."""
    rng = np.random.default_rng(numbers.start + 1)
    texts, blocks = [], []
    for row in rng.integers(0, len(invented.sentences), (len(numbers), PARAGRAPHS, PARAGRAPH)):
        paragraphs = [" ".join(f"{invented.sentences[k].capitalize()}." for k in part) for part in row]
        starts = np.cumsum([0, *(len(part) + 2 for part in paragraphs)]).tolist()
        texts.append("\n\n".join(paragraphs))
        blocks.append(
            [
                {"kind": "paragraph", "start": start, "end": start + len(part)}
                for start, part in zip(starts, paragraphs, strict=False)
            ]
        )
    speakers = tables["quotes"]["speaker_entity_id"].to_pylist()
    shared = rng.integers(0, SHARED * 200, len(speakers)).tolist()
    utterances = [
        f"{speaker}-{number}" if number < 200 else identity
        for speaker, number, identity in zip(speakers, shared, tables["quotes"]["quote_id"].to_pylist(), strict=True)
    ]
    articles = _with(tables["articles"], "articles", text=texts, body=texts, blocks=blocks)
    return {**tables, "articles": articles, "quotes": _with(tables["quotes"], "quotes", utterance_id=utterances)}


def _with(rows: pa.Table, table: str, **columns: list[Any]) -> pa.Table:
    for name, values in columns.items():
        field = TABLES[table].schema.field(name)
        rows = rows.set_column(rows.column_names.index(name), field, pa.array(values, field.type))
    return rows


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    ask()
    return time.perf_counter() - clock, time.process_time() - processor


def searches(root: Path, words: list[str], speakers: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Questions to the index, by what they are."""
    index, snapshot = SearchIndex(root), Warehouse(root).latest()
    for title, asked in (
        ("a rare pair of words", [Search(" ".join(pair)) for pair in itertools.pairwise(words)]),
        ("one common word", [Search(word) for word in words]),
        ("words of one speaker", [Search(word, speaker=name) for word, name in zip(words, speakers, strict=False)]),
        ("one speaker", [Search(speaker=name) for name in speakers]),
    ):
        for search in asked:
            yield f"quotes: {title}", lambda search=search: quote_hits(index, snapshot, search)  # type: ignore[misc]
        for search in asked if "word" in title and "speaker" not in title else ():
            yield f"articles: {title}", lambda search=search: article_hits(index, snapshot, search)  # type: ignore[misc]


def pages(root: Path, words: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Pages of the server, by what they show; each is asked for over HTTP within this process."""
    reader = Reader(root)
    client = TestClient(application(reader))
    with reader.view() as view:
        ids = [row["entity_id"] for row in entities().select(["entity_id"]).to_pylist()]
        counts = {entity: len(spoken_by(view.index, view.snapshot, entity).statements) for entity in ids[:400]}
        articles = [row["article_id"] for row in view.rows("select article_id from articles limit 4 offset 50000")]
        told = newest(view.index, view.snapshot, 4)
    ranked = sorted(counts, key=lambda entity: -counts[entity])
    shown = {
        "home": ["/"],
        "search": [f"/search?q={word}" for word in words],
        f"person of {counts[ranked[0]]:,} statements": [f"/entity/{ranked[0]}"],
        f"person of {counts[ranked[len(ranked) // 2]]:,} statements": [f"/entity/{ranked[len(ranked) // 2]}"],
        "names alike": [f"/entity/{entity}/near" for entity in ranked[:2]],
        "statement": [f"/statement/{statement}" for statement in told],
        "article": [f"/article/{article}" for article in articles],
        "copies": [f"/article/{article}/copies" for article in articles],
    }
    for title, paths in shown.items():
        for path in paths:
            yield f"page: {title}", lambda path=path: client.get(path)  # type: ignore[misc]


def one_more(root: Path) -> None:
    """Commits one more article, and tells what the index takes to follow, and to follow it back."""
    warehouse = Warehouse(root)
    with warehouse.latest() as snapshot:
        number, before = snapshot.rows("articles") + 1, snapshot.number
    invented = Invented(QUOTES)
    with warehouse.transaction("one more") as tx:
        tx.upsert_articles(
            _in_paragraphs(invented.articles(range(number, number + 1)), invented, range(number, number + 1))
        )
    for title, then in (("one article more", None), ("back by a rollback", before)):
        if then is not None:
            warehouse.rollback(then)
        with warehouse.latest() as snapshot, SearchIndex(root) as index:
            sys.stdout.write("{}: index in {:.2f} s ({:.2f})\n".format(title, *timed(lambda: index.ask_at(snapshot))))


def report(asked: Iterator[tuple[str, Callable[[], object]]]) -> None:
    """A line for each kind of question: median and slowest of the clock, and of the processor."""
    times: dict[str, list[tuple[float, float]]] = {}
    for title, ask in asked:
        ask()
        times.setdefault(title, []).extend(timed(ask) for _ in range(REPEATS))
    for title, found in times.items():
        shown = [
            f"{statistics.median(t) * 1000:7.0f} ms, at most {max(t) * 1000:6.0f}" for t in zip(*found, strict=True)
        ]
        sys.stdout.write(f"{title:40} {shown[0]}   ({shown[1]})\n")


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--size", type=int, default=100_000, help="articles")
    options.add_argument("--folder", type=Path, help="where the warehouse is, or is made")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        root = given.folder or Path(scratch) / "warehouse"
        if not Warehouse(root).exists():
            sys.stdout.write("made the rows in {:.1f} s ({:.1f})\n".format(*timed(lambda: build(root, given.size))))
        with Warehouse(root).latest() as snapshot, SearchIndex(root) as index:
            sys.stdout.write("search index in {:.1f} s ({:.1f})\n".format(*timed(lambda: index.ask_at(snapshot))))
        words = sorted({word for text in Invented(1).sentences[:4] for word in text.split()}, key=len)[::9]
        speakers = [f"Given{n % 97} Family{n}" for n in (20, 21, 40, 400, 4000)]
        report(searches(root, words[:6], speakers))
        report(pages(root, words[:4]))
        one_more(root)


if __name__ == "__main__":
    main()
