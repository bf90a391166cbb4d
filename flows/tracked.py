"""Ingest and backfill as Prefect flows, run from this machine: their steps are task runs, their reports artifacts."""

from __future__ import annotations

import asyncio
from pathlib import Path

from prefect import flow, get_run_logger
from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from flows.backfill import NEW_VERSION, run_month
from flows.engine import Prefect, ready
from flows.ingest import run_steps
from flows.orchestration import PROGRESS, Progress, silent
from flows.server import one_server
from flows.work import work_of
from onrecord.settings import Settings
from tasks.report import RunReport


def run_ingest(settings: Settings, progress: Progress = silent) -> RunReport:
    """Run the ingest as a flow. Raises `RuntimeError` where the settings' engine is not installed."""
    settings = ready(settings)
    PROGRESS.set(progress)
    with one_server():
        return ingest(settings.without_secrets(), Path(settings.warehouse).name)


def run_backfill(settings: Settings, progress: Progress = silent) -> list[RunReport]:
    """Run the backfill as a flow. Raises `RuntimeError` where the settings' engine is not installed."""
    settings = ready(settings)
    PROGRESS.set(progress)
    with one_server():
        return asyncio.run(backfill(settings.without_secrets(), settings.reason or NEW_VERSION))


@flow(name="ingest", flow_run_name="ingest-{warehouse}", persist_result=False, validate_parameters=False)
def ingest(settings: Settings, warehouse: str) -> RunReport:  # noqa: ARG001 - the run's name shows it
    """The ingest: mapped tasks over batches, artifacts of what it did."""
    with Prefect(settings) as orchestra:
        report = run_steps(settings, orchestra)
    announce(report)
    return report


@flow(name="backfill", flow_run_name="backfill-{reason}", persist_result=False, validate_parameters=False)
async def backfill(settings: Settings, reason: str) -> list[RunReport]:  # noqa: ARG001 - the run's name shows it
    """The backfill as one asynchronous flow (a synchronous subflow a month would cost a second each)."""
    reports = []
    with Prefect(settings) as orchestra:
        for month in work_of(settings):
            report = await asyncio.to_thread(run_month, settings, month, orchestra)
            await asyncio.to_thread(announce, report)
            reports.append(report)
    return reports


def announce(report: RunReport) -> None:
    """A run's report in the flow run's log, and as artifacts: a table of counts and the report as Markdown."""
    logger = get_run_logger()
    for name, count in report.counts():
        logger.info("%s: %d", name, count)
    for path, matter in report.removals.named():
        logger.warning("%s: %s", path, matter)
    for reject in report.rejects:
        logger.warning("rejected %s at %s: %s", reject.key, reject.stage, reject.reason)
    asyncio.run(_artifacts(report))


async def _artifacts(report: RunReport) -> None:
    """Prefect's plain functions would make nothing in a thread of an asynchronous flow, which the backfill is."""
    counts = [{"table": name, "rows": rows, "change": more} for name, rows, more in report.table_rows()]
    await acreate_table_artifact(key="rows", table=counts)
    await acreate_markdown_artifact(key="run-report", markdown=report.markdown())
