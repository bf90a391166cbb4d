"""Raw files to rows: a batch of files is read, and its rows are staged as Parquet. Only paths travel."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from onrecord.cross_document.copies import signature
from onrecord.document.article import Article
from onrecord.files import Source
from onrecord.files.parts import split_key
from onrecord.reading import is_read, read_each
from onrecord.settings import Settings
from onrecord.tagger import Tagger, load_tagger
from onrecord.version import pipeline_version
from onrecord.warehouse.corrections.applying import corrected_metadata, corrected_rows
from onrecord.warehouse.corrections.correction import Correction, as_table
from onrecord.warehouse.rows import Lineage, article_rows
from onrecord.warehouse.tables import to_table
from tasks.batches import RawFile
from tasks.deadline import allowed, deadline, place_of
from tasks.opening import Opened, open_batch
from tasks.rejects import Reject
from tasks.staging import NAMED, NAMED_SCHEMA, Staged, corrections_in, recurring_in, slowest, write
from tasks.step import Step

#: Tables that hold the rows of one article.
PARTS = ("articles", "quotes", "mentions", "dates")


@dataclass(frozen=True, slots=True)
class Run:
    """Which run a row belongs to. Times are UTC."""

    run_id: str
    started_at: dt.datetime


def extract(batch: Sequence[RawFile], number: int, settings: Settings, run: Run, staging: Path) -> Staged:
    """Read those of a batch of raw files that the survey has let by; stage the rows of each table below `staging`.

    A file that cannot be read, or not in time, becomes a reject; whatever is wrong with one file, the others are read.
    Raises `OSError` where the staging folder cannot be written.
    """
    began = time.monotonic()
    opened: list[Opened] = []
    rejects: list[Reject] = []
    for outcome in open_batch(batch, settings):
        if isinstance(outcome, Reject):
            rejects.append(outcome)
        else:
            opened.append(outcome)
    recurring = recurring_in(staging, number)
    opened = [item for item in opened if item.article_id in recurring]
    decided = corrections_in(staging)
    sources = [_source(item, recurring[item.article_id], decided.get(item.article_id, ())) for item in opened]
    version = pipeline_version(settings.tagger)
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in (*PARTS, "signatures")}
    fitted: list[Correction] = []
    named: list[dict[str, Any]] = []
    unspoken = 0
    took: list[tuple[str, float]] = []
    for item, (article, seconds) in zip(opened, _read(opened, sources, tagger_of(settings.tagger)), strict=True):
        took.append((item.file.path, round(seconds, 4)))
        if isinstance(article, Reject):
            rejects.append(article)
            continue
        unspoken += not is_read(article.publication.language)
        made = corrected_rows(article_rows(article, _lineage(item, run, version)), decided.get(item.article_id, ()))
        fitted.extend(made.corrections)
        named.extend(made.named)
        for table, of_article in made.rows.items():
            rows[table].extend(of_article)
        rows["signatures"].extend(_signature_row(row) for row in made.rows["articles"])
    tables = {table: to_table(table, of_table, staging=True) for table, of_table in rows.items()}
    tables |= {"corrections": as_table(fitted), NAMED: pa.Table.from_pylist(named, schema=NAMED_SCHEMA)}
    return write(
        staging, number, tables, tuple(rejects), seconds=time.monotonic() - began, files=len(batch),
        size=sum(file.size for file in batch), unspoken=unspoken,
        slowest=slowest(took),
    )  # fmt: skip


def _source(item: Opened, boilerplate: frozenset[int], corrections: Sequence[Correction]) -> Source:
    """What is read of a file: its text, and what metadata and editors say of it."""
    return Source(item.text, corrected_metadata(item.metadata, item.text, corrections), boilerplate)


def _signature_row(article: dict[str, Any]) -> dict[str, Any]:
    """What copies of an article are found by."""
    return {
        "article_id": article["article_id"],
        "date_published": article["date_published"],
        "signature": signature(article["body"]),
    }


def _lineage(item: Opened, run: Run, version: str) -> Lineage:
    path, part = split_key(item.file.path)
    return Lineage(
        source_path=path,
        source_part=part,
        source_sha256=item.file.sha256,
        source_bytes=item.size,
        encoding=item.encoding,
        metadata_sha256=item.file.metadata_sha256,
        run_id=run.run_id,
        pipeline_version=version,
        ingested_at=run.started_at,
    )


Timed = tuple[Article | Reject, float]


def _read(opened: Sequence[Opened], sources: Sequence[Source], tagger: Tagger) -> list[Timed]:
    """The articles of a batch, together; where that fails, one by one, so that only the faulty one is lost.

    With the seconds of each. A reading that goes on for ever is a failure like any other.
    """
    try:
        with deadline(_allowed(sources)):
            return _timed(sources, tagger)
    except Exception as error:  # the boundary: read alone, the article with the fault is told from the others
        logging.getLogger(__name__).warning(
            "onrecord: %d articles could not be read together (%s, %s), and are read one by one",
            len(sources), type(error).__name__, place_of(error),
        )  # fmt: skip
        return [_read_alone(item, source, tagger) for item, source in zip(opened, sources, strict=True)]


def _timed(sources: Sequence[Source], tagger: Tagger) -> list[Timed]:
    """The articles, and what each took: its own time, and of what was done for all together its share by length."""
    began = time.perf_counter()
    articles = read_each(sources, tagger)
    together = (time.perf_counter() - began) / max(1, sum(len(source.text) for source in sources))
    made: list[Timed] = []
    for source in sources:
        began = time.perf_counter()
        article = next(articles)
        made.append((article, time.perf_counter() - began + together * len(source.text)))
    return made


def _allowed(sources: Sequence[Source]) -> float:
    return allowed(sum(len(source.text) for source in sources))


def _read_alone(item: Opened, source: Source, tagger: Tagger) -> Timed:
    began = time.perf_counter()
    try:
        with deadline(_allowed([source])):
            return _timed([source], tagger)[0]
    except Exception as error:  # the boundary: a fault in one article is that article's reject, with its place
        reason = f"{type(error).__name__}: {error} ({place_of(error)}); please report it"
        reject = Reject.of_source(item.file.path, "extract", reason, sha256=item.file.sha256)
        return reject, time.perf_counter() - began


@lru_cache(maxsize=1)
def tagger_of(name: str) -> Tagger:
    """The tagger, loaded once a process."""
    return load_tagger(name)


EXTRACT = Step("extract", extract, "extract-{number}", retry_delays=(2, 10))
