"""The commit: every table of a run at once, or nothing."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.warehouse.arrow import strings
from onrecord.warehouse.commit import Commit
from onrecord.warehouse.rows import article_id, source_keys
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES, to_table
from onrecord.warehouse.transaction import Transaction
from tasks.comparison import Known
from tasks.corrections import Corrections, unfit
from tasks.drift import drift, figures_of
from tasks.extract import PARTS
from tasks.known_names import KnownNames
from tasks.page import page
from tasks.recount import Recount
from tasks.rejects import Reject, by_source
from tasks.report import RunReport
from tasks.resolve import Resolved
from tasks.roots import TABLE as RAW_ROOTS
from tasks.roots import Roots
from tasks.staging import Staged
from tasks.step import Step

RUN_COLUMNS = frozenset(TABLES["runs"].column_names)


def known_sources(warehouse: Warehouse) -> dict[str, Known]:
    """How the warehouse knows each source, by key: as an article, or as a reject that need not be tried again."""
    if not warehouse.exists():
        return {}
    columns = ("source_sha256", "metadata_sha256", "pipeline_version")
    names = ("source_path", "source_part")
    with warehouse.latest() as snapshot:
        articles = snapshot.read("articles", (*names, *columns))
        of_files = pc.field("table").is_null()
        rejects = snapshot.read("rejects", (*names, *columns, "reason"), filter=of_files)
    reasons: dict[str, set[str]] = {}
    for key, reason in zip(source_keys(rejects), strings(rejects.column("reason")), strict=True):
        reasons.setdefault(key, set()).add(reason)
    known: dict[str, Known] = {}
    for rows, rejected in ((articles, False), (rejects, True)):
        told = (rows.column(name).to_numpy().tolist() for name in columns)  # quicker than `to_pylist`
        for key, digest, about, version in zip(source_keys(rows), *told, strict=True):
            why = frozenset(reasons[key]) if rejected else frozenset()
            known[key] = Known(digest or "", about, version, rejected, why)
    return known


@dataclass(frozen=True, slots=True)
class Changes:
    """All that a run commits.

    `staged` are its batches of rows, `removed` the paths that are gone, `mended` the keys of sources that were rejected
    before, and are no longer there or no longer faulty; `lost` are ids of articles, by month, whose own rows are lost:
    what is left of them goes. `roots` (the raw folder that was read), `names` (the tables of known names) and
    `corrections` (what editors decided) are for the warehouse to remember.
    """

    staged: Sequence[Staged]
    resolved: Resolved
    recounted: Recount
    removed: frozenset[str] = frozenset()
    mended: frozenset[str] = frozenset()
    lost: Mapping[str, frozenset[str]] = field(default_factory=dict)
    roots: Roots | None = None
    names: KnownNames | None = None
    corrections: Corrections | None = None


def publish(warehouse: Warehouse, changes: Changes, report: RunReport) -> RunReport:
    """Commit a run's rows, batch by batch into one transaction, and tell what the warehouse holds now.

    Raises `Locked` where another writer holds the warehouse, `Overtaken` where it moved on since it was read, and
    `OSError` (a full disk); the warehouse is then as it was. That the run's report cannot be written is a warning.
    """
    past = figures_before(warehouse)
    with warehouse.transaction(
        report.run_id,
        kind=report.flow,
        pipeline_version=report.pipeline_version,
        inputs={
            "files": report.new + report.renamed + report.changed + report.outdated + report.reread + report.corrected,
            "removed": report.removed,
        },
        expected=changes.recounted.parent,
    ) as commit:
        filled, written = _upsert_batches(commit, changes, report)
        commit.remove_rejects(changes.mended)
        changes.recounted.apply(commit)
        commit.remove_articles(article_id(path) for path in changes.removed)
        commit.remove_lost(changes.lost)
        changes.resolved.apply(commit)
        fill = {name: _shares(filled, written, name) for name in PARTS}
        figures = _figures(report, filled, written)
        report = replace(report, fill=fill, figures=figures, drift=drift(figures, past))
        report = replace(report, unfit=_remember(commit, changes))
        commit.upsert("runs", to_table("runs", [run_row(report, commit)]))
    made, before = _made(warehouse, commit), None if commit.parent is None else commit.parent.commit
    report = replace(report, rows=rows_of(made), rows_before=rows_of(before), snapshot=made.number)
    try:
        _write_reports(warehouse.root, report)
    except OSError as error:  # the rows are committed: the run has not failed
        logging.getLogger(__name__).warning("onrecord: the run's report could not be written: %s", error)
    return report


def _upsert_batches(
    commit: Transaction, changes: Changes, report: RunReport
) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Write the rows with their entities, and the rejects; how many values of each column and rows of each table."""
    rejected = by_source(report.rejects)
    filled: Counter[tuple[str, str]] = Counter()
    written: Counter[str] = Counter()
    for batch in changes.staged:
        tables = {name: batch.read(name) for name in (*PARTS, "signatures")}
        tables = changes.resolved.identify(tables)
        keys = source_keys(tables["articles"])
        tables["rejects"] = as_table([r for key in keys for r in rejected.pop(key, ())], report)
        commit.upsert_articles(tables)
        _count_filled(filled, written, tables)
    commit.upsert_articles({"rejects": as_table([r for rows in rejected.values() for r in rows], report)})
    return filled, written


def _remember(commit: Transaction, changes: Changes) -> tuple[str, ...]:
    """Write what the warehouse keeps of the run's raw folder, known names and corrections.

    Returns a line for each correction that does not fit any more.
    """
    if changes.roots is not None:
        commit.upsert(RAW_ROOTS, changes.roots.row())
    if changes.names is not None:
        changes.names.apply(commit)
    if changes.corrections is None:
        return ()
    fitted = changes.corrections.fitted(changes.staged, changes.resolved.entities.decided, changes.removed)
    changes.corrections.apply(commit, fitted)
    return unfit(fitted.values())


def figures_before(warehouse: Warehouse) -> list[dict[str, float]]:
    """The watched figures of earlier runs, oldest first."""
    if not warehouse.exists():
        return []
    with warehouse.latest() as snapshot:
        runs = snapshot.read("runs", ("started_at", "validation")).sort_by("started_at")
    return [json.loads(told).get("figures", {}) for told in runs.column("validation").to_pylist() if told]


def _made(warehouse: Warehouse, commit: Transaction) -> Commit:
    """What the transaction committed, whatever another run did since; what is there, where nothing was to be done."""
    if commit.committed is not None:
        return commit.committed
    with warehouse.latest() as snapshot:
        return snapshot.commit


def rows_of(commit: Commit | None) -> dict[str, int]:
    """Rows of each public table after a commit; none where nothing was committed yet."""
    if commit is None:
        return {}
    return {name: commit.rows(name) for name, table in TABLES.items() if not table.internal}


def _write_reports(root: Path, report: RunReport) -> None:
    """`.reports/<run>.json`, and the same as a page in `.docs/` (the newest as `index.html`)."""
    earlier = sorted((file.stem for file in (root / ".docs").glob("*.html") if file.stem != "index"), reverse=True)
    shown = page(report, earlier)
    for folder, name, text in (
        (".reports", f"{report.run_id}.json", report.as_json()),
        (".docs", f"{report.run_id}.html", shown),
        (".docs", "index.html", shown),
    ):
        (root / folder).mkdir(exist_ok=True)
        _put(root / folder / name, text)


def _put(file: Path, text: str) -> None:
    """Write the file at once: whoever opens it meanwhile sees what it was before."""
    part = file.with_name(f"{file.name}.part")
    try:
        part.write_text(text, "utf-8")
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def run_row(report: RunReport, commit: Transaction) -> dict[str, object]:
    """The run's row of the `runs` table."""
    return {
        "run_id": report.run_id,
        "flow": report.flow,
        "started_at": report.started_at,
        "finished_at": report.finished_at,
        "pipeline_version": report.pipeline_version,
        "parameters": json.dumps(report.parameters, sort_keys=True),
        "files_seen": report.seen,
        "files_new": report.new,
        "files_changed": report.changed,
        "files_removed": report.removed,
        "files_rejected": report.rejected_files,
        **{f"rows_{table}": count for table, count in commit.staged_rows.items() if f"rows_{table}" in RUN_COLUMNS},
        "fill_rates": json.dumps(report.fill, sort_keys=True),
        "durations": json.dumps(report.durations, sort_keys=True),
        "validation": json.dumps(
            {
                "rejected": len(report.rejects),
                "figures": report.figures,
                "expectations": len(report.checks),
                "failed": {f"{t}: {name}": failed for (t, name), (_, _, failed) in report.checks.items() if failed},
            },
            sort_keys=True,
        ),
    }


def as_table(rejects: Iterable[Reject], report: RunReport) -> pa.Table:
    """Rows of the `rejects` table; the same reject twice is one row."""
    rows = {reject: reject.as_row(report.run_id, report.pipeline_version) for reject in rejects}
    return to_table("rejects", rows.values())


def _figures(report: RunReport, filled: Counter[tuple[str, str]], written: Counter[str]) -> dict[str, float]:
    return figures_of(
        articles=written["articles"],
        quotes=written["quotes"],
        named=filled["quotes", "speaker_name"],
        undated=written["articles"] - filled["articles", "date_published"],
        seen=report.seen,
        rejected=report.rejected_files,
    )


def _count_filled(filled: Counter[tuple[str, str]], written: Counter[str], tables: Mapping[str, pa.Table]) -> None:
    for name in PARTS:
        table = tables[name]
        written[name] += table.num_rows
        for column in TABLES[name].column_names:
            filled[name, column] += table.num_rows - table.column(column).null_count


def _shares(filled: Counter[tuple[str, str]], written: Counter[str], name: str) -> dict[str, float]:
    count = max(1, written[name])
    return {column: round(filled[name, column] / count, 4) for column in TABLES[name].column_names}


PUBLISH = Step("publish", publish)
