"""Runs of corrections alone: the articles that they are about are read again, and nothing else."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from flows.orchestration import Plain, Progress, silent
from onrecord.settings import Settings
from onrecord.warehouse.corrections.correction import Correction, CorrectionError
from onrecord.warehouse.corrections.recording import record
from onrecord.warehouse.store import Warehouse
from tasks.corrections import Edits, corrections_of
from tasks.loading import uncollected
from tasks.report import RunReport
from tasks.roots import UNNAMED, Roots, roots_of


def apply_edits(folder: Path, edits: Edits, progress: Progress = silent) -> list[RunReport]:
    """Make and undo corrections, and bring the tables of the warehouse in that folder in line: a run a raw folder.

    What waits from before is applied with it. Where a raw folder is not there, its corrections are kept for the next
    run, and nothing is read. Raises what `run_steps` raises, and CorrectionError where one is to be undone and its raw
    folder is not there.
    """
    with uncollected():
        from flows.ingest import run_steps

    warehouse = Warehouse(folder)
    warehouse.latest().close()  # says so where there is none
    roots = roots_of(warehouse)
    last = reading_settings(warehouse)
    reports = []
    for source, part, paths in _by_source(warehouse, edits, Roots(roots)):
        raw = roots.get(source)
        if raw is None or not raw.is_dir():
            if part.undone:
                raise CorrectionError(f"no raw folder at {raw}: without it the article cannot be read as it was")
            record(warehouse, part.made)
            continue
        settings = replace(last, raw=raw, warehouse=folder, source=source or None, workers=1)
        reports.append(run_steps(settings, Plain(1, progress), "correct", paths, edits=part))
    return reports


def _by_source(warehouse: Warehouse, edits: Edits, roots: Roots) -> list[tuple[str, Edits, frozenset[str]]]:
    """The edits of each source with the paths that are read again; those of entities with the first."""
    wanted = corrections_of(warehouse, edits)
    paths = wanted.paths
    with warehouse.latest() as snapshot:
        touched = (*edits.made, *(wanted.before[key] for key in edits.undone))
        concerned = {found.article_id for found in touched if found.article_id is not None}
        rows = snapshot.rows_with("articles", "article_id", concerned, ["article_id", "source_path"])
    source_of = {row["article_id"]: roots.source_of(row["source_path"]) for row in rows.to_pylist()}
    first = min(roots.folders, default=UNNAMED)

    def source(correction: Correction) -> str:
        return source_of.get(correction.article_id or "", first)

    made: dict[str, list[Correction]] = defaultdict(list)
    undone: dict[str, set[str]] = defaultdict(set)
    for correction in edits.made:
        made[source(correction)].append(correction)
    for key in edits.undone:
        undone[source(wanted.before[key])].add(key)
    sources = {*made, *undone, *(roots.source_of(path) for path in paths)}
    if not sources and wanted.changed:
        sources = {first}
    return [
        (
            name,
            Edits(tuple(made[name]), frozenset(undone[name])),
            frozenset(path for path in paths if roots.source_of(path) == name),
        )
        for name in sorted(sources)
    ]


def reading_settings(warehouse: Warehouse) -> Settings:
    """Settings that read as the last run did that told how; the rest as it is unasked."""
    with warehouse.latest() as snapshot:
        runs = snapshot.read("runs", ("started_at", "parameters")).sort_by("started_at").to_pylist()
    told = [parameters for run in runs if (parameters := json.loads(run["parameters"] or "{}"))]
    last = told[-1] if told else {}
    values: dict[str, object] = {
        name: last[name] for name in ("tagger", "file_bytes", "article_words") if last.get(name)
    }
    values |= {name: last[name].split(", ") for name in ("formats", "columns") if last.get(name)}
    return Settings.of(values)
