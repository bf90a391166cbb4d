"""The backfill: read again what is in the warehouse under a newer version of the pipeline, a commit a month.

A month is done when all of its articles carry this version; so a backfill that was stopped carries on by itself.
"""

from __future__ import annotations

from dataclasses import replace

from flows.ingest import run_steps
from flows.orchestration import Orchestra
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
