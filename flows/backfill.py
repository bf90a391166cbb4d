"""The backfill: read again what is in the warehouse under a newer version of the pipeline, a commit a month.

A month is done when all of its articles carry this version; so a backfill that was stopped carries on by itself.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.task_runners import ProcessPoolTaskRunner

from flows.ingest import run_steps
from flows.orchestration import PROGRESS, Orchestra, Prefect, Progress, one_server, silent
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from onrecord.warehouse.rows import month_of
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import UNKNOWN_MONTH
from tasks.report import RunReport


@dataclass(frozen=True, slots=True)
class Work:
    """One month's articles that were read by another version: their paths, bytes and the versions."""

    month: str
    paths: frozenset[str]
    bytes: int
    versions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a backfill would take, at the pace of the last run that read anything; null where there was none."""

    articles: int
    bytes: int
    seconds: float | None


def work_of(settings: Settings) -> list[Work]:
    """The months that are not done, in order, `unknown` last; narrowed by `since`, `until` and `only`.

    Raises `NoWarehouse` where nothing was ever committed.
    """
    columns = ("source_path", "source_bytes", "pipeline_version", "month")
    with Warehouse(settings.warehouse).latest() as snapshot:
        rows = snapshot.read("articles", columns).to_pylist()
    months: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        stale = row["pipeline_version"] != pipeline_version()
        wanted = settings.only is None or fnmatchcase(row["source_path"], settings.only)
        if stale and wanted and _within(row["month"], settings.since, settings.until):
            months.setdefault(row["month"], []).append(row)
    return [
        Work(
            month,
            frozenset(str(row["source_path"]) for row in found),
            sum(int(str(row["source_bytes"])) for row in found),
            frozenset(str(row["pipeline_version"]) for row in found),
        )
        for month, found in sorted(months.items(), key=lambda item: (item[0] == UNKNOWN_MONTH, item[0]))
    ]


def estimate(settings: Settings, work: Collection[Work]) -> Estimate:
    """Articles, bytes, and seconds at the pace of the last run that read articles."""
    import json

    with Warehouse(settings.warehouse).latest() as snapshot:
        runs = snapshot.read("runs", ("started_at", "rows_articles", "durations")).sort_by("started_at").to_pylist()
    articles = sum(len(month.paths) for month in work)
    for run in reversed(runs):
        seconds = sum(json.loads(run["durations"] or "{}").values())
        if run["rows_articles"] and seconds:
            pace = seconds / run["rows_articles"]
            return Estimate(articles, sum(month.bytes for month in work), round(articles * pace, 1))
    return Estimate(articles, sum(month.bytes for month in work), None)


def run_month(settings: Settings, month: Work, orchestra: Orchestra) -> RunReport:
    """Read one month again, in one commit of its own."""
    narrowed = replace(settings, since=None, until=None, only=None, full=False)
    return run_steps(narrowed, orchestra, "backfill", month.paths)


def run_months(settings: Settings, orchestra: Orchestra) -> list[RunReport]:
    """The backfill in plain Python: a report a month."""
    return [run_month(settings, month, orchestra) for month in work_of(settings)]


@flow(name="backfill", flow_run_name="backfill-{reason}", persist_result=False, validate_parameters=False)
async def backfill(settings: Settings, reason: str) -> list[RunReport]:
    """The backfill as one asynchronous flow (a subflow a month would cost a second each)."""
    logger = get_run_logger()
    reports = []
    for month in work_of(settings):
        logger.info("month %s: %d articles read by %s", month.month, len(month.paths), ", ".join(month.versions))
        report = await asyncio.to_thread(run_month, settings, month, Prefect())
        reports.append(report)
        await create_markdown_artifact(key=f"backfill-{month.month}", markdown=report.markdown(), description=reason)  # type: ignore[misc]
    return reports


def run_with_prefect(settings: Settings, reason: str, progress: Progress = silent) -> list[RunReport]:
    """Run the flow on this machine, its batches in processes."""
    PROGRESS.set(progress)
    runner: Any = ProcessPoolTaskRunner(max_workers=settings.workers)
    with one_server():
        return asyncio.run(backfill.with_options(task_runner=runner)(settings, reason))


def _within(month: str, since: dt.date | None, until: dt.date | None) -> bool:
    if since is None and until is None:
        return True
    if month == UNKNOWN_MONTH:
        return False
    return (since is None or month >= month_of(since)) and (until is None or month <= month_of(until))
