"""The flows as deployments run them: parameters that are plain values, as a form or a schedule can give them."""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from flows.alarm import alarmed
from flows.backfill import run_months
from flows.ingest import announce, run_steps
from flows.orchestration import Prefect
from onrecord.settings import Settings


@flow(name="ingest-scheduled", persist_result=False, log_prints=False)
def scheduled_ingest(
    raw: str = "raw", warehouse: str = "warehouse", workers: int = 1, full: bool = False, webhook: str | None = None
) -> int:
    """Ingest what is new or changed.

    Args:
        raw: Folder of raw text files, read with all folders below it.
        warehouse: Folder of the tables.
        workers: Processes that read articles.
        full: Read every file again, and drop the rows of files that are gone.
        webhook: Address that is told by POST when the run fails.
    """
    settings = Settings(raw=Path(raw), warehouse=Path(warehouse), workers=workers, full=full, webhook=webhook)
    with alarmed(settings, "ingest"):
        report = run_steps(settings, Prefect())
    announce(report)
    return report.exit_code


@flow(name="backfill-scheduled", persist_result=False, log_prints=False)
def scheduled_backfill(
    raw: str = "raw",
    warehouse: str = "warehouse",
    workers: int = 1,
    reason: str = "new version",
    webhook: str | None = None,
) -> int:
    """Read again what an older version of the pipeline read, a commit a month.

    Args:
        raw: Folder of raw text files.
        warehouse: Folder of the tables.
        workers: Processes that read articles.
        reason: Why; it stands in the runs.
        webhook: Address that is told by POST when the run fails.
    """
    settings = Settings(raw=Path(raw), warehouse=Path(warehouse), workers=workers, reason=reason, webhook=webhook)
    with alarmed(settings, "backfill"):
        reports = run_months(settings, Prefect())
    for report in reports:
        announce(report)
    return max((report.exit_code for report in reports), default=0)


def serve_ingest(raw: str, warehouse: str, cron: str, timezone: str, workers: int, webhook: str | None) -> None:
    """Serve the scheduled ingest from this process until it is stopped; one run at a time."""
    from prefect.schedules import Cron

    parameters = {"raw": raw, "warehouse": warehouse, "workers": workers, "webhook": webhook}
    scheduled_ingest.serve(
        name="onrecord",
        schedule=Cron(cron, timezone=timezone),
        parameters=parameters,
        tags=["onrecord"],
        global_limit=1,
    )
