"""Steps from one schema version to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow as pa

from onrecord.warehouse.declaration import SCHEMA_VERSION
from onrecord.warehouse.errors import SchemaVersionDiffers
from onrecord.warehouse.layout import decode
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import TABLES, UNKNOWN_MONTH
from onrecord.warehouse.transaction import Transaction

#: Takes a table's name and some of its rows as one version has them, and gives them as the next version has them.
Migration = Callable[[str, pa.Table], pa.Table]

#: The step away from each version. A column that is new and may be null needs no code: it is filled with nulls.
MIGRATIONS: Mapping[int, Migration] = {}


def migrated(parent: Snapshot, folder: Path, steps: Mapping[int, Migration]) -> Transaction:
    """A transaction over nothing that takes all of the parent's rows, brought to this schema version.

    Rows keep their month. Raises SchemaVersionDiffers where a step is missing or the parent is newer, ValueError
    where a step gives rows that do not fit.
    """
    version = parent.commit.schema_version
    missing = [step for step in range(version, SCHEMA_VERSION) if step not in steps]
    if version > SCHEMA_VERSION or missing:
        raise SchemaVersionDiffers(f"{parent.path} has schema version {version}; no way from it to {SCHEMA_VERSION}")
    transaction = Transaction(None, folder)
    for name in parent.commit.tables.keys() & TABLES.keys():
        for entry in parent.commit.tables[name]:
            rows = decode(parent.file(name, entry))
            for step in range(version, SCHEMA_VERSION):
                rows = steps[step](name, rows)
            month = (entry.month or UNKNOWN_MONTH) if TABLES[name].monthly else None
            transaction.stage(name, month, rows)
    return transaction
