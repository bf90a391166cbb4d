"""Asking DuckDB about the files of a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from onrecord.warehouse.commit import FileEntry
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import TABLES, empty
from onrecord.warehouse.views import JOINS, table_view

#: A name for a relation of zero rows of each table.
_NOTHING = "nothing_of_{}"


def connect(snapshot: Snapshot | None = None, *, memory: str = "2GB") -> duckdb.DuckDBPyConnection:
    """An in-memory database with at most so much memory, and with the snapshot's views where one is given.

    Where a query needs more, it goes to files in the system's folder for temporary ones.
    """
    connection = duckdb.connect(config={"memory_limit": memory})
    if snapshot is not None:
        for table in TABLES.values():
            connection.execute(table_view(snapshot.path, table))
        for name, _, query in JOINS:
            connection.execute(f"create view {name} as {query}")
    return connection


def rows_of_files(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: str, entries: Sequence[FileEntry]
) -> str:
    """What to select from for the rows of these files of a table, with a column `month` (null where it has none)."""
    if not entries:
        name = _NOTHING.format(table)
        connection.register(name, empty(table).append_column("month", pa.array([], pa.string())))
        return name
    listed = ", ".join(quoted(str(snapshot.file(table, entry))) for entry in entries)
    if TABLES[table].monthly:
        return f"read_parquet([{listed}], hive_partitioning = true, hive_types = {{'month': 'varchar'}})"
    return f"(select *, null::varchar as month from read_parquet([{listed}], hive_partitioning = false))"


def quoted(text: str | Path) -> str:
    """The text as an SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """The name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
