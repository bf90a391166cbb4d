"""Steps from one schema version to the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from onrecord.cross_document.utterances import utterance_id
from onrecord.warehouse.arrow import strings
from onrecord.warehouse.corrections.table import CorrectedTable
from onrecord.warehouse.declaration import SCHEMA_VERSION
from onrecord.warehouse.errors import SchemaVersionDiffers
from onrecord.warehouse.layout import decode
from onrecord.warehouse.rows import content_ids
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import TABLES, UNKNOWN_MONTH
from onrecord.warehouse.transaction import Transaction


def _nothing_more(_transaction: Transaction) -> None:
    """The rows are all that there is to change."""


@dataclass(frozen=True, slots=True)
class Step:
    """The way from one version to the next.

    `rows` takes a table's name and the rows of one of its files (all that an article has in a table lie in one) and
    gives them as the next version has them; a column that is new and may be null needs no code: it is filled with
    nulls. `finish` does what is known only after all rows were seen.
    """

    rows: Callable[[str, pa.Table], pa.Table]
    finish: Callable[[Transaction], None] = _nothing_more


#: Makes the step away from each version; a step may keep what it has seen, so each migration has one of its own.
Steps = Mapping[int, Callable[[], Step]]


#: The tables whose ids were hashes of offsets in version 1: kind, key, the words, and the columns of reading order.
_REHASHED = {
    "quotes": ("quote", "quote_id", "content", ("quote_index",)),
    "mentions": ("mention", "mention_id", "text", ("start", "end")),
    "dates": ("date", "date_id", "text", ("start", "end")),
}


def from_version_1() -> Step:
    """Version 2 makes ids of words where version 1 made them of offsets, and adds columns that may be null.

    An utterance is named after its earliest quote, so it is renamed when all quotes have their ids.
    """
    earliest: dict[str, tuple[dt.date, str]] = {}

    def rehashed(table: str, rows: pa.Table) -> pa.Table:
        if table not in _REHASHED or not rows.num_rows:
            return rows
        _, key, _, _ = _REHASHED[table]
        ids = _ids_of_words(table, rows)
        fresh = [ids[old] for old in strings(rows.column(key))]
        if table == "quotes":
            parents = [parent and ids.get(parent) for parent in rows.column("parent_quote_id").to_pylist()]
            rows = _replaced(rows, "parent_quote_id", parents)
            columns = [rows.column(name).to_pylist() for name in ("utterance_id", "date_said", "date_published")]
            for quote, utterance, said, published in zip(fresh, *columns, strict=True):
                if utterance is not None:
                    first = (said or published or dt.date.max, quote)
                    earliest[utterance] = min(earliest.get(utterance, first), first)
        return _replaced(rows, key, fresh)

    def renamed(transaction: Transaction) -> None:
        names = {old: utterance_id(quote) for old, (_, quote) in earliest.items()}
        transaction.relabel("quotes", "utterance_id", names)

    return Step(rehashed, renamed)


def _ids_of_words(table: str, rows: pa.Table) -> dict[str, str]:
    """The new id of each row, by its old one."""
    kind, key, words, order = _REHASHED[table]
    in_order = rows.select(["article_id", key, words, *order]).sort_by([(name, "ascending") for name in order])
    articles: dict[str, list[tuple[str, str]]] = {}
    for article, old, content in zip(*(strings(in_order.column(i)) for i in range(3)), strict=True):
        articles.setdefault(article, []).append((old, content))
    return {
        old: new
        for article, found in articles.items()
        for (old, _), new in zip(found, content_ids(kind, article, (content for _, content in found)), strict=True)
    }


def _replaced(rows: pa.Table, column: str, values: list[str] | list[str | None]) -> pa.Table:
    place = rows.column_names.index(column)
    return rows.set_column(place, rows.schema.field(place), pa.array(values, pa.string()))


#: The tables that have a column `corrected` since version 3.
_CORRECTABLE = tuple(table.value for table in CorrectedTable)


def from_version_2() -> Step:
    """Version 3 has corrections, and says of each row that can be corrected whether it is."""

    def uncorrected(table: str, rows: pa.Table) -> pa.Table:
        if table not in _CORRECTABLE or "corrected" in rows.column_names:
            return rows
        return rows.append_column("corrected", pa.repeat(pa.scalar(False), rows.num_rows))

    return Step(uncorrected)


MIGRATIONS: Steps = {1: from_version_1, 2: from_version_2}


def migrated(parent: Snapshot, folder: Path, steps: Steps) -> Transaction:
    """A transaction over nothing that takes all of the parent's rows, brought to this schema version.

    Rows keep their month. Raises SchemaVersionDiffers where a step is missing or the parent is newer, ValueError
    where a step gives rows that do not fit.
    """
    version = parent.commit.schema_version
    missing = [step for step in range(version, SCHEMA_VERSION) if step not in steps]
    if version > SCHEMA_VERSION or missing:
        raise SchemaVersionDiffers(f"{parent.path} has schema version {version}; no way from it to {SCHEMA_VERSION}")
    transaction = Transaction(None, folder)
    way = [steps[step]() for step in range(version, SCHEMA_VERSION)]
    for name in parent.commit.tables.keys() & TABLES.keys():
        for entry in parent.commit.tables[name]:
            rows = decode(parent.file(name, entry))
            for step in way:
                rows = step.rows(name, rows)
            month = (entry.month or UNKNOWN_MONTH) if TABLES[name].monthly else None
            transaction.stage(name, month, rows)
    for step in way:
        step.finish(transaction)
    return transaction
