"""Steps from one schema version to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from onrecord.warehouse.declaration import SCHEMA_VERSION
from onrecord.warehouse.errors import SchemaVersionDiffers
from onrecord.warehouse.layout import decode
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


def from_version_1() -> Step:
    """Version 2 adds columns that may be null."""
    return Step(lambda _table, rows: rows)


MIGRATIONS: Steps = {1: from_version_1}


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
