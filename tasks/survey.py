"""The survey: what each article tells of its publisher's lines, before any is read. Only paths travel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from prefect import task
from prefect.cache_policies import NO_CACHE

from onrecord.cross_document.recurring_lines import ArticleLines, article_lines
from onrecord.document.article import Publication
from onrecord.files import Source
from onrecord.publication import site_of
from onrecord.reading import outline
from onrecord.settings import Settings
from onrecord.warehouse.arrow import strings
from onrecord.warehouse.tables import to_table
from tasks.batches import RawFile
from tasks.opening import Opened, open_batch
from tasks.rejects import Reject
from tasks.staging import batch_folder


def survey(batch: Sequence[RawFile], number: int, settings: Settings, staging: Path) -> Path:
    """Stage a row of `article_lines` for each file of the batch that is to be read; where they are.

    Left out are articles that were not published within `since` to `until`, and files that have no text: the extract
    step says why. Raises `OSError` where the staging folder cannot be written.
    """
    opened = [item for item in open_batch(batch, settings) if not isinstance(item, Reject)]
    rows = [row for item in opened if (row := _row(item, settings)) is not None]
    path = batch_folder(staging, number) / "article_lines.parquet"
    pq.write_table(to_table("article_lines", rows), path, compression="zstd")
    return path


def articles_of(surveyed: Sequence[Path]) -> set[str]:
    """The ids of the articles that the surveyed batches are to be read for."""
    return {key for path in surveyed for key in strings(pq.read_table(path, columns=["article_id"])["article_id"])}


def _row(item: Opened, settings: Settings) -> dict[str, Any] | None:
    """The article's row; null where it is not wanted. Without a publisher nothing is counted."""
    try:
        document, facts = outline(Source(item.text, item.metadata))
    except Exception:  # the boundary: the extract step meets the same fault, and makes it this file's reject
        return {"article_id": item.article_id, "lines": [], "story": []}
    if not is_wanted(facts, settings):
        return None
    site = site_of(facts.url, facts.publisher)
    told = article_lines(item.text, document.blocks) if site else ArticleLines(frozenset(), frozenset())
    return {
        "article_id": item.article_id,
        "site": site,
        "lines": sorted(told.lines),
        "story": sorted(told.story),
    }


def is_wanted(facts: Publication, settings: Settings) -> bool:
    """Whether the publication date lies within `since` to `until`; without either, every article does."""
    if settings.since is None and settings.until is None:
        return True
    day = facts.date_published
    if day is None:
        return False
    return (settings.since is None or day >= settings.since) and (settings.until is None or day <= settings.until)


survey_task = task(
    name="survey",
    task_run_name="survey-{number}",
    retries=2,
    retry_delay_seconds=[2, 10],
    persist_result=False,
    cache_policy=NO_CACHE,
)(survey)
