"""The flows as deployments run them: parameters that are plain values, as a form or a schedule can give them."""

from __future__ import annotations

from prefect import flow

from flows.alarm import alarmed
from flows.backfill import run_months
from flows.engine import Prefect, ready
from flows.ingest import run_steps
from flows.parameters import of_plain_values
from flows.tracked import announce
from onrecord.options import EntryPoint
from onrecord.settings import Settings


@flow(name=EntryPoint.SCHEDULED_INGEST.value, persist_result=False, log_prints=False)
@of_plain_values(EntryPoint.SCHEDULED_INGEST)
def scheduled_ingest(settings: Settings) -> int:
    """Ingest what is new or changed."""
    with alarmed(settings, "ingest"):
        settings = ready(settings)
        with Prefect(settings) as orchestra:
            report = run_steps(settings, orchestra)
    announce(report)
    return report.exit_code


@flow(name=EntryPoint.SCHEDULED_BACKFILL.value, persist_result=False, log_prints=False)
@of_plain_values(EntryPoint.SCHEDULED_BACKFILL)
def scheduled_backfill(settings: Settings) -> int:
    """Read again what an older version of the pipeline read, a commit a month."""
    with alarmed(settings, "backfill"):
        settings = ready(settings)
        with Prefect(settings) as orchestra:
            reports = run_months(settings, orchestra)
    for report in reports:
        announce(report)
    return max((report.exit_code for report in reports), default=0)
