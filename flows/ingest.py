"""The ingest flow: raw folder → plan → recurring lines → staged rows → checked rows → one commit.

`run_steps` is the flow in plain Python over an `Orchestra`; `flows/tracked.py` has it as a Prefect flow.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import shutil
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from flows.alarm import RUNS
from flows.orchestration import Orchestra
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from onrecord.warehouse.store import Warehouse
from tasks import left_out
from tasks.corrections import Corrections, Edits, corrections_of
from tasks.discover import DISCOVER, Plan
from tasks.extract import EXTRACT, Run
from tasks.known_names import KnownNames, known_names
from tasks.loading import uncollected
from tasks.publish import PUBLISH, known_sources
from tasks.recount import RECOUNT, Recount
from tasks.removals import Removals, excess, removals_of, require_allowed
from tasks.repair import Repair, from_rows
from tasks.report import RunReport
from tasks.resolve import RESOLVE
from tasks.roots import choose, reading_of, roots_of
from tasks.staging import Checks, Staged, added, slowest
from tasks.survey import SURVEY, articles_of
from tasks.unpacking import UNPACK
from tasks.unread import by_type
from tasks.validate import VALIDATE_BATCH, VALIDATE_ENTITIES

#: What most runs are told: to make no correction, and to undo none.
NO_EDITS = Edits()


@dataclass(slots=True)
class Clock:
    """Seconds by step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 3)


def started() -> dt.datetime:
    """The run's time: now, or `SOURCE_DATE_EPOCH` where rows have to come out the same byte for byte."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    now = dt.datetime.fromtimestamp(int(fixed), dt.UTC) if fixed else dt.datetime.now(dt.UTC)
    return now.replace(microsecond=0)


def run_of(plan: Plan, at: dt.datetime, version: str, names_sha256: str | None) -> Run:
    """A run's id: its start, and a digest of what it reads, so that the same run has the same id on every machine."""
    digest = hashlib.sha256(f"{version}{names_sha256 or ''}".encode())
    for batch in plan.batches:
        for file in batch:
            digest.update(f"{file.path}\0{file.sha256}\0{file.metadata_sha256}\n".encode())
    return Run(f"{at:%Y%m%dT%H%M%SZ}-{digest.hexdigest()[:8]}", at)


def run_steps(
    settings: Settings,
    orchestra: Orchestra,
    flow_name: str = "ingest",
    among: Collection[str] | None = None,
    *,
    again: bool = False,
    edits: Edits = NO_EDITS,
    repair: Repair | None = None,
) -> RunReport:
    """One ingest: of some paths, where `among` names them; also of what was rejected before, where `again`; and of what
    a `repair` needs.

    `edits`: corrections that it makes and undoes, beside what it reads.

    Nothing is committed unless all of it is; a run that fails leaves the warehouse as it was. Raises
    `FileNotFoundError` (no raw folder), `RawFolderError` (another raw folder than the warehouse knows),
    `KnownNamesError` and `KnownError` (the tables of known names), `CorrectionError` (one to be undone is not there),
    `SchemaVersionDiffers` (migrate first), `RemovalRefusedError` (too many articles would go), `TableRefusedError` (a
    table-level expectation failed) and `OSError`.
    """
    clock, at = Clock(), started()
    repair = repair or Repair()
    warehouse = Warehouse(settings.warehouse, without=repair.without)
    if not settings.dry_run:
        warehouse.retain(settings.keep, settings.keep_days)
    with clock.step("discover"), uncollected():
        if warehouse.exists():
            with warehouse.latest() as snapshot:
                snapshot.require_current_schema()
        known = known_sources(warehouse)
        roots = choose(settings, roots_of(warehouse), known)
        settings, known = reading_of(settings, roots, roots.source), roots.own(known)
        articles = sum(not source.rejected for source in known.values())
        if again:
            known = {path: source for path, source in known.items() if not source.rejected}
        known |= {path: known[path]._replace(pipeline_version="damaged") for path in known.keys() & repair.keys}
        names = known_names(settings, warehouse)
        corrections = corrections_of(warehouse, edits)
        known = corrections.unsettled(known)
        plan: Plan = orchestra.call(DISCOVER, settings, known, among)
        plan = plan.with_texts(from_rows(warehouse, plan.gone & repair.keys), settings)
    run = run_of(plan, at, pipeline_version(settings.tagger), names.sha256)
    if (begun := RUNS.get()) is not None:
        begun.append(run.run_id)
    removals = removals_of(plan, settings)
    removed = removals.paths
    is_other = bool(known) and (roots.changed or names.changed or corrections.changed)
    if settings.dry_run or not (plan.has_work or removed or is_other or repair.files):
        report = _report(settings, run, flow_name, plan, clock, removals, names, corrections)
        return replace(report, refused=excess(removals, articles, settings))
    require_allowed(removals, articles, settings)
    staging = settings.warehouse / ".staging" / run.run_id
    try:
        with clock.step("unpack"):
            fresh = orchestra.call(UNPACK, plan.batches, settings, staging / "parts")
        with clock.step("survey"):
            surveyed = orchestra.map(SURVEY, [(batch, n, settings, staging) for n, batch in enumerate(fresh)])
            if removals.renamed:
                removals = removals.confirmed(articles_of(surveyed))
                removed = removals.paths
            days = left_out.staged(surveyed)
            left_out.remember(settings, days)
            plan = plan.without(left_out.left_out(days))
            recounted: Recount = orchestra.call(
                RECOUNT, warehouse, surveyed, removed | plan.mended, settings, staging, roots, repair.ids
            )
        corrections.stage(staging, removals.renamed)
        with clock.step("extract"):
            again_read = orchestra.call(UNPACK, recounted.reread, settings, staging / "parts-again")
            batches = (*fresh, *again_read)
            staged: list[Staged] = orchestra.map(
                EXTRACT, [(batch, n, settings, run, staging) for n, batch in enumerate(batches)]
            )
        with clock.step("validate"):
            staged = orchestra.map(VALIDATE_BATCH, [(batch, at.date()) for batch in staged])
        with clock.step("resolve"):
            resolved = orchestra.call(RESOLVE, warehouse, staged, removed, names, staging, corrections, repair.ids)
        with clock.step("validate-entities"):
            checks = orchestra.call(VALIDATE_ENTITIES, resolved.entity_rows)
        with clock.step("publish"):
            report = _report(settings, run, flow_name, plan, clock, removals, names, corrections, staged, checks)
            report = replace(report, reread=recounted.files)
            published: RunReport = orchestra.call(
                PUBLISH, warehouse, staged, resolved, recounted, removed, plan.mended, report, roots, names,
                corrections, repair.lost,
            )  # fmt: skip
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return published


def _report(
    settings: Settings,
    run: Run,
    flow_name: str,
    plan: Plan,
    clock: Clock,
    removals: Removals,
    names: KnownNames,
    corrections: Corrections,
    staged: list[Staged] | None = None,
    checks: Checks | None = None,
) -> RunReport:
    batches = staged or []
    total: Checks = checks or {}
    for batch in batches:
        total = added(total, batch.checks)
    return RunReport(
        run_id=run.run_id,
        flow=flow_name,
        started_at=run.started_at,
        finished_at=max(run.started_at, started()),
        pipeline_version=pipeline_version(settings.tagger),
        parameters=settings.as_json() | names.parameters(),
        seen=plan.seen,
        new=len(plan.new) - len(removals.renamed),
        changed=len(plan.changed),
        outdated=len(plan.outdated - corrections.paths),
        corrected=len(plan.outdated & corrections.paths),
        unchanged=plan.unchanged,
        other_days=len(plan.left_out.other_days),
        undated=len(plan.left_out.undated),
        removals=removals,
        known_names=tuple(names.told()),
        unread=by_type(plan.unread),
        columns=plan.columns,
        unspoken=sum(batch.unspoken for batch in batches),
        rejects=(*plan.rejects, *(reject for batch in batches for reject in batch.rejects)),
        checks=total,
        durations=clock.seconds,
        slowest=slowest(file for batch in batches for file in batch.slowest),
        dry_run=settings.dry_run,
    )
