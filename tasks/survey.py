"""The survey: what each article tells of its publisher's lines, before any is read. Only paths travel."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from onrecord.cross_document.recurring_lines import ArticleLines, article_lines
from onrecord.document.article import Publication
from onrecord.files import Source
from onrecord.publication import site_of
from onrecord.reading import outline
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from onrecord.warehouse.arrow import strings
from onrecord.warehouse.tables import to_table
from tasks import left_out
from tasks.batches import RawFile
from tasks.deadline import allowed, deadline, place_of
from tasks.left_out import Reading, is_wanted
from tasks.opening import Opened, open_batch
from tasks.rejects import Reject
from tasks.staging import batch_folder
from tasks.step import Step


def survey(batch: Sequence[RawFile], number: int, settings: Settings, staging: Path) -> Path:
    """Stage a row of `article_lines` for each file of the batch that is to be read; where they are.

    Left out are articles that were not published within `since` to `until`, and files that have no text: the extract
    step says why. Raises `OSError` where the staging folder cannot be written.
    """
    opened = [item for item in open_batch(batch, settings) if not isinstance(item, Reject)]
    version = pipeline_version(settings.tagger)
    rows, unwanted = [], {}
    for item in opened:
        row, facts = _row(item)
        if facts is None or is_wanted(facts.date_published, settings):
            rows.append(row)
        else:
            reading = Reading(item.file.path, item.file.sha256, item.file.metadata_sha256, version)
            unwanted[reading] = facts.date_published
    folder = batch_folder(staging, number)
    left_out.stage(folder, unwanted)
    path = folder / "article_lines.parquet"
    pq.write_table(to_table("article_lines", rows), path, compression="zstd")
    return path


def articles_of(surveyed: Sequence[Path]) -> set[str]:
    """The ids of the articles that the surveyed batches are to be read for."""
    return {key for path in surveyed for key in strings(pq.read_table(path, columns=["article_id"])["article_id"])}


def _row(item: Opened) -> tuple[dict[str, Any], Publication | None]:
    """The article's row and what is known of its publication. Without a publisher nothing is counted.

    Nor is it where the article cannot be read, or not in time; of its publication nothing is known then.
    """
    try:
        with deadline(allowed(len(item.text))):
            document, facts = outline(Source(item.text, item.metadata))
    except Exception as error:
        # The boundary. A fault of the program comes again in the extract step, which makes it this file's reject; one
        # of the machine (too busy to read in time) need not: the article is then let in, whatever its day.
        logging.getLogger(__name__).warning(
            "onrecord: %s could not be surveyed (%s, %s): none of its lines is counted",
            item.file.path, type(error).__name__, place_of(error),
        )  # fmt: skip
        return {"article_id": item.article_id, "lines": [], "story": []}, None
    site = site_of(facts.url, facts.publisher)
    told = article_lines(item.text, document.blocks) if site else ArticleLines(frozenset(), frozenset())
    row = {
        "article_id": item.article_id,
        "site": site,
        "lines": sorted(told.lines),
        "story": sorted(told.story),
    }
    return row, facts


SURVEY = Step("survey", survey, "survey-{number}", retry_delays=(2, 10))
