"""The backfill: read again what is in the warehouse under a newer version of the pipeline, a commit a month.

A month is done when all of its articles carry this version; so a backfill that was stopped carries on by itself.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from prefect import flow

from flows.engine import Prefect, ready
from flows.ingest import announce, run_steps
from flows.orchestration import PROGRESS, Orchestra, Progress, silent
from flows.server import one_server
from flows.work import Work, work_of
from onrecord.settings import Settings
from tasks.report import RunReport

#: Why a backfill is run, where nobody says.
NEW_VERSION = "new version"


def run_month(settings: Settings, month: Work, orchestra: Orchestra) -> RunReport:
    """Read one month again, in one commit of its own."""
    reason = settings.reason or NEW_VERSION
    narrowed = replace(settings, since=None, until=None, only=None, full=False, reason=reason)
    return run_steps(narrowed, orchestra, "backfill", month.paths)


def run_months(settings: Settings, orchestra: Orchestra) -> list[RunReport]:
    """The backfill in plain Python: a report a month."""
    return [run_month(settings, month, orchestra) for month in work_of(settings)]


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


def run_with_prefect(settings: Settings, progress: Progress = silent) -> list[RunReport]:
    """Run the flow from this machine. Raises `RuntimeError` where the settings' engine is not installed."""
    settings = ready(settings)
    PROGRESS.set(progress)
    with one_server():
        return asyncio.run(backfill(settings.without_secrets(), settings.reason or NEW_VERSION))
