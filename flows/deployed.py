"""The flows as deployments run them: parameters that are plain values, as a form or a schedule can give them.

Annotations are evaluated in this file: Prefect loads it under no module name, and could not look them up by name.
"""

import os
from pathlib import Path

from prefect import flow

from flows.alarm import ENVIRONMENT, SECRET, alarmed
from flows.backfill import run_months
from flows.engine import Prefect, ready
from flows.ingest import announce, run_steps
from onrecord.settings import Engine, Settings


@flow(name="ingest-scheduled", persist_result=False, log_prints=False)
def scheduled_ingest(
    raw: str = "raw",
    warehouse: str = "warehouse",
    source: str | None = None,
    same_source: bool = False,
    workers: int = 1,
    engine: Engine = Engine.LOCAL,
    dask_address: str | None = None,
    known: str | None = None,
    forget_known: list[str] | None = None,
    full: bool = False,
    allow_removals: str | None = None,
    webhook: str | None = None,
) -> int:
    """Ingest what is new or changed.

    Args:
        raw: Folder of raw text files, read with all folders below it.
        warehouse: Folder of the tables.
        source: Name of the raw folder where the warehouse takes several.
        same_source: The raw folder is one that was read before, moved.
        workers: Processes that read articles.
        engine: Read batches in processes of the worker's machine (local), or on a Dask cluster (dask).
        dask_address: Scheduler of the Dask cluster, as tcp://HOST:8786; without it, one is started.
        known: File of your own table of names that are the same, or different; kept for later runs.
        forget_known: Names of kept tables of names that are applied no longer.
        full: Read every file again, and drop the rows of files that are gone.
        allow_removals: How many articles a run may remove, or all; unasked, at most a tenth of them, or 100.
        webhook: Told by POST when the run fails: secret:NAME of a Secret block, or an address (better kept in
            ONRECORD_WEBHOOK of the worker: parameters are shown to everybody).
    """
    settings = Settings(
        raw=Path(raw), warehouse=Path(warehouse), source=source, same_source=same_source,
        workers=workers, engine=engine, dask_address=dask_address,
        known=Path(known) if known else None, forget_known=tuple(forget_known or ()), full=full,
        allow_removals=Settings.removals(allow_removals), webhook=webhook,
    )  # fmt: skip
    with alarmed(settings, "ingest"):
        settings = ready(settings)
        with Prefect(settings) as orchestra:
            report = run_steps(settings, orchestra)
    announce(report)
    return report.exit_code


@flow(name="backfill-scheduled", persist_result=False, log_prints=False)
def scheduled_backfill(
    raw: str = "raw",
    warehouse: str = "warehouse",
    source: str | None = None,
    same_source: bool = False,
    workers: int = 1,
    engine: Engine = Engine.LOCAL,
    dask_address: str | None = None,
    known: str | None = None,
    reason: str = "new version",
    allow_removals: str | None = None,
    webhook: str | None = None,
) -> int:
    """Read again what an older version of the pipeline read, a commit a month.

    Args:
        raw: Folder of raw text files.
        warehouse: Folder of the tables.
        source: Name of the raw folder where the warehouse takes several.
        same_source: The raw folder is one that was read before, moved.
        workers: Processes that read articles.
        engine: Read batches in processes of the worker's machine (local), or on a Dask cluster (dask).
        dask_address: Scheduler of the Dask cluster, as tcp://HOST:8786; without it, one is started.
        known: File of your own table of names that are the same, or different.
        reason: Why; it stands in the runs.
        allow_removals: How many articles a run may remove, or all; unasked, at most a tenth of them, or 100.
        webhook: Told by POST when the run fails: secret:NAME of a Secret block, or an address (better kept in
            ONRECORD_WEBHOOK of the worker: parameters are shown to everybody).
    """
    settings = Settings(
        raw=Path(raw), warehouse=Path(warehouse), source=source, same_source=same_source,
        workers=workers, engine=engine, dask_address=dask_address,
        known=Path(known) if known else None, reason=reason,
        allow_removals=Settings.removals(allow_removals), webhook=webhook,
    )  # fmt: skip
    with alarmed(settings, "backfill"):
        settings = ready(settings)
        with Prefect(settings) as orchestra:
            reports = run_months(settings, orchestra)
    for report in reports:
        announce(report)
    return max((report.exit_code for report in reports), default=0)


def recorded_webhook(settings: Settings) -> str | None:
    """The webhook as a served flow's parameters may show it: an address goes to the runs by the environment instead."""
    if settings.webhook is None or settings.webhook.startswith(SECRET):
        return settings.webhook
    os.environ[ENVIRONMENT] = settings.webhook
    return None


def serve_ingest(settings: Settings, cron: str, timezone: str) -> None:
    """Serve the scheduled ingest from this process until it is stopped; one run at a time.

    Raises `RuntimeError` where the settings' engine is not installed.
    """
    from prefect.schedules import Cron

    settings = ready(settings)
    parameters = {
        "raw": str(settings.raw),
        "warehouse": str(settings.warehouse),
        "source": settings.source,
        "same_source": settings.same_source,
        "allow_removals": None if settings.allow_removals is None else str(settings.allow_removals),
        "workers": settings.workers,
        "engine": settings.engine,
        "dask_address": settings.dask_address,
        "known": None if settings.known is None else str(settings.known),
        "webhook": recorded_webhook(settings),
    }
    scheduled_ingest.serve(
        name="onrecord",
        schedule=Cron(cron, timezone=timezone),
        parameters=parameters,
        tags=["onrecord"],
        global_limit=1,
    )
