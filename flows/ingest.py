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
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from flows.alarm import RUNS
from flows.orchestration import Orchestra
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from onrecord.warehouse.store import Warehouse
from tasks import left_out
from tasks.batches import RawFile
from tasks.corrections import Corrections, Edits, corrections_of
from tasks.discover import DISCOVER, Plan
from tasks.extract import EXTRACT, Run
from tasks.known_names import KnownNames, known_names
from tasks.loading import uncollected
from tasks.publish import PUBLISH, Changes, known_sources
from tasks.recount import RECOUNT, Recount
from tasks.removals import Removals, excess, removals_of, require_allowed
from tasks.repair import Repair, from_rows
from tasks.report import RunReport
from tasks.resolve import RESOLVE
from tasks.roots import Roots, choose, reading_of, roots_of
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


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a run knows before it reads. `settings` are those of the source that is read, of which the warehouse has so
    many `articles`; `has_work`: there is anything to commit.
    """

    settings: Settings
    flow_name: str
    run: Run
    warehouse: Warehouse
    roots: Roots
    articles: int
    names: KnownNames
    corrections: Corrections
    repair: Repair
    plan: Plan
    removals: Removals
    has_work: bool


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
    if not settings.dry_run:
        Warehouse(settings.warehouse).retain(settings.keep, settings.keep_days)
    with clock.step("discover"), uncollected():
        prepared = prepare(
            settings, orchestra, flow_name, at, among, again=again, edits=edits, repair=repair or Repair()
        )
    if (begun := RUNS.get()) is not None:
        begun.append(prepared.run.run_id)
    removals, articles, settings = prepared.removals, prepared.articles, prepared.settings
    if settings.dry_run or not prepared.has_work:
        return replace(_report(prepared, clock), refused=excess(removals, articles, settings))
    require_allowed(removals, articles, settings)
    staging = settings.warehouse / ".staging" / prepared.run.run_id
    try:
        return write(prepared, orchestra, clock, staging)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def prepare(
    settings: Settings,
    orchestra: Orchestra,
    flow_name: str,
    at: dt.datetime,
    among: Collection[str] | None,
    *,
    again: bool,
    edits: Edits,
    repair: Repair,
) -> Prepared:
    """Compare the raw folder, the tables of known names and the corrections with what the warehouse knows of them.

    The arguments are those of `run_steps`, which says what is raised; `at`: the run's time.
    """
    warehouse = Warehouse(settings.warehouse, without=repair.without)
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
    removals = removals_of(plan, settings)
    is_other = bool(known) and (roots.changed or names.changed or corrections.changed)
    has_work = bool(plan.has_work or removals.paths or is_other or repair.files)
    return Prepared(
        settings, flow_name, run, warehouse, roots, articles, names, corrections, repair, plan, removals, has_work
    )


def write(prepared: Prepared, orchestra: Orchestra, clock: Clock, staging: Path) -> RunReport:
    """Read what the plan says, and commit all of it at once. Rows are staged below `staging` until then."""
    settings, run, warehouse = prepared.settings, prepared.run, prepared.warehouse
    corrections = prepared.corrections
    with clock.step("unpack"):
        fresh = orchestra.call(UNPACK, prepared.plan.batches, settings, staging / "parts")
    with clock.step("survey"):
        prepared, recounted = _surveyed(prepared, fresh, orchestra, staging)
    removed = prepared.removals.paths
    corrections.stage(staging, prepared.removals.renamed)
    with clock.step("extract"):
        again_read = orchestra.call(UNPACK, recounted.reread, settings, staging / "parts-again")
        batches = (*fresh, *again_read)
        staged: list[Staged] = orchestra.map(
            EXTRACT, [(batch, n, settings, run, staging) for n, batch in enumerate(batches)]
        )
    with clock.step("validate"):
        staged = orchestra.map(VALIDATE_BATCH, [(batch, run.started_at.date()) for batch in staged])
    with clock.step("resolve"):
        resolved = orchestra.call(
            RESOLVE, warehouse, staged, removed, prepared.names, staging, corrections, prepared.repair.ids
        )
    with clock.step("validate-entities"):
        checks = orchestra.call(VALIDATE_ENTITIES, resolved.entity_rows)
    with clock.step("publish"):
        report = replace(_report(prepared, clock, staged, checks), reread=recounted.files)
        changes = Changes(
            staged=staged,
            resolved=resolved,
            recounted=recounted,
            removed=removed,
            mended=prepared.plan.mended,
            lost=prepared.repair.lost,
            roots=prepared.roots,
            names=prepared.names,
            corrections=corrections,
        )
        published: RunReport = orchestra.call(PUBLISH, warehouse, changes, report)
    return published


def _surveyed(
    prepared: Prepared, batches: Sequence[Sequence[RawFile]], orchestra: Orchestra, staging: Path
) -> tuple[Prepared, Recount]:
    """What the run knows after the survey of its files, of which it leaves out some, and the lines that recur now."""
    settings, plan, removals = prepared.settings, prepared.plan, prepared.removals
    surveyed = orchestra.map(SURVEY, [(batch, n, settings, staging) for n, batch in enumerate(batches)])
    if removals.renamed:
        removals = removals.confirmed(articles_of(surveyed))
    days = left_out.staged(surveyed)
    left_out.remember(settings, days)
    plan = plan.without(left_out.left_out(days))
    recounted: Recount = orchestra.call(
        RECOUNT, prepared.warehouse, surveyed, removals.paths | plan.mended, settings, staging, prepared.roots,
        prepared.repair.ids,
    )  # fmt: skip
    return replace(prepared, plan=plan, removals=removals), recounted


def _report(prepared: Prepared, clock: Clock, staged: Sequence[Staged] = (), checks: Checks | None = None) -> RunReport:
    """What the run did, but for what `publish` adds."""
    settings, run, plan, corrections = prepared.settings, prepared.run, prepared.plan, prepared.corrections
    total: Checks = checks or {}
    for batch in staged:
        total = added(total, batch.checks)
    return RunReport(
        run_id=run.run_id,
        flow=prepared.flow_name,
        started_at=run.started_at,
        finished_at=max(run.started_at, started()),
        pipeline_version=pipeline_version(settings.tagger),
        parameters=settings.as_json() | prepared.names.parameters(),
        seen=plan.seen,
        new=len(plan.new) - len(prepared.removals.renamed),
        changed=len(plan.changed),
        outdated=len(plan.outdated - corrections.paths),
        corrected=len(plan.outdated & corrections.paths),
        unchanged=plan.unchanged,
        other_days=len(plan.left_out.other_days),
        undated=len(plan.left_out.undated),
        removals=prepared.removals,
        known_names=tuple(prepared.names.told()),
        unread=by_type(plan.unread),
        columns=plan.columns,
        unspoken=sum(batch.unspoken for batch in staged),
        rejects=(*plan.rejects, *(reject for batch in staged for reject in batch.rejects)),
        checks=total,
        durations=clock.seconds,
        slowest=slowest(file for batch in staged for file in batch.slowest),
        dry_run=settings.dry_run,
    )
