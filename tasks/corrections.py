"""Corrections in a run: which articles are read again for them, what they say of each, and how they fitted.

A run applies all corrections that the warehouse keeps to every article that it reads. It reads again, though nothing
else has changed, the articles of those that it makes or undoes, and of those that wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from onrecord.cross_document.entities import DECISIONS
from onrecord.warehouse.arrow import strings
from onrecord.warehouse.corrections.correction import (
    Correction,
    CorrectionError,
    as_table,
    from_row,
    merged,
    read_corrections,
)
from onrecord.warehouse.corrections.table import CORRECTIONS, CorrectedColumn, CorrectedTable
from onrecord.warehouse.rows import article_id, source_keys
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.transaction import Transaction
from tasks.comparison import Known
from tasks.staging import Staged, write_corrections

TABLE = CORRECTIONS.name


@dataclass(frozen=True, slots=True)
class Edits:
    """Corrections that a run makes, and ids of those that it undoes."""

    made: tuple[Correction, ...] = ()
    undone: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections that a run applies, by id, and those that the warehouse kept before it.

    `paths`: the articles that are read again for them, by the keys of their sources.
    """

    now: Mapping[str, Correction] = field(default_factory=dict)
    before: Mapping[str, Correction] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()

    @property
    def changed(self) -> bool:
        """Whether entities are to be resolved again, or the table to be written."""
        waiting = any(of.table is CorrectedTable.ENTITIES and of.applied is None for of in self.now.values())
        return waiting or self.now != self.before

    def unsettled(self, known: Mapping[str, Known]) -> dict[str, Known]:
        """What the warehouse knows of each path, but that those to be read again are known by no version."""
        return {
            path: source._replace(pipeline_version="") if path in self.paths else source
            for path, source in known.items()
        }

    def decisions(self) -> pa.Table:
        """What editors decided of entities, for the resolver."""
        rows = [
            {
                "decision": found.correction_id,
                "entity_a": found.row_id,
                "name_a": found.anchor,
                "entity_b": found.other["id"],
                "name_b": found.other["name"],
                "same": found.column is CorrectedColumn.SAME_AS,
            }
            for found in self.now.values()
            if found.table is CorrectedTable.ENTITIES
        ]
        return pa.Table.from_pylist(rows, schema=DECISIONS)

    def stage(self, staging: Path, renamed: Iterable[tuple[str, str]]) -> None:
        """Stage those of articles for the steps that read these; with a renamed file its corrections go along.

        Raises `OSError` where the staging folder cannot be written.
        """
        moved = {article_id(old): article_id(new) for old, new in renamed}
        of_articles = [
            replace(found, article_id=moved.get(found.article_id, found.article_id))
            for found in self.now.values()
            if found.article_id is not None
        ]
        write_corrections(staging, of_articles)

    def fitted(
        self, staged: Iterable[Staged], decided: Mapping[str, bool], removed: Iterable[str]
    ) -> dict[str, Correction]:
        """All corrections of the run as they fitted: in what it let in, in the entities, in what it removed."""
        found = {key: self._decided(of, decided) for key, of in self.now.items()}
        gone = {article_id(path) for path in removed}
        found |= {key: replace(of, applied=False) for key, of in found.items() if of.article_id in gone}
        for batch in staged:
            found |= {fit.correction_id: fit for fit in _let_in(batch)}
        return found

    def _decided(self, correction: Correction, decided: Mapping[str, bool]) -> Correction:
        return replace(correction, applied=decided.get(correction.correction_id, correction.applied))

    def apply(self, commit: Transaction, fitted: Mapping[str, Correction]) -> None:
        """What has changed in the table, into the commit that applies it.

        Raises `TableRefusedError` where a row is not what it should be.
        """
        from tasks.validate import validate_corrections  # with it come Prefect and pandas, which only a commit needs

        fresh = as_table(found for key, found in fitted.items() if self.before.get(key) != found)
        validate_corrections(fresh)
        commit.upsert(TABLE, fresh)
        gone = sorted(self.before.keys() - fitted.keys())
        commit.delete(TABLE, pa.table({"correction_id": pa.array(gone, pa.string())}))


def corrections_of(warehouse: Warehouse, edits: Edits) -> Corrections:
    """The corrections that a run applies. Raises CorrectionError where one to be undone is not there."""
    if not warehouse.exists():
        return Corrections(now=merged((), edits.made))
    with warehouse.latest() as snapshot:
        before = {found.correction_id: found for found in read_corrections(snapshot)}
        if unknown := sorted(edits.undone - before.keys()):
            raise CorrectionError(f"there is no correction {unknown[0]}: `onrecord corrections` lists them")
        now = merged((found for key, found in before.items() if key not in edits.undone), edits.made)
        touched = [found for key, found in now.items() if found.applied is None or before.get(key) != found]
        touched += [before[key] for key in edits.undone]
        articles = {found.article_id for found in touched if found.article_id is not None}
        rows = snapshot.rows_with("articles", "article_id", articles, ["source_path", "source_part"])
    return Corrections(now, before, frozenset(source_keys(rows)))


def _let_in(batch: Staged) -> Iterator[Correction]:
    """How the batch's corrections fitted; those of an article that was rejected are as they were before."""
    articles, quotes = (
        set(strings(batch.read(table, [key])[key]))
        for table, key in (("articles", "article_id"), ("quotes", "quote_id"))
    )
    for correction in map(from_row, batch.read(TABLE).to_pylist()):
        if correction.article_id in articles:
            stands = correction.table is CorrectedTable.ARTICLES or correction.takes_out or correction.row_id in quotes
            yield correction if stands else replace(correction, applied=False)


def unfit(corrections: Iterable[Correction]) -> tuple[str, ...]:
    """A line for each correction that does not fit any more, in order of making; without words of the text, for
    reports outlast it."""
    return tuple(
        f"correction {found.correction_id} ({found.column} of {found.row_id}) fits nothing any more:"
        " `onrecord corrections` lists it"
        for found in sorted(corrections, key=lambda found: (found.made_at, found.correction_id))
        if found.applied is False
    )
