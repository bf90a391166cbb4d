"""Asking DuckDB about the files of a snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.warehouse.commit import FileEntry
from onrecord.warehouse.declaration import SCHEMA_VERSION, Table
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import TABLES, empty
from onrecord.warehouse.views import JOINS, table_view

#: The schema of tables that are not shown.
INTERNAL = "internal"

#: A name for a relation of zero rows of each table.
_NOTHING = "nothing_of_{}"


def connect(
    snapshot: Snapshot | None = None, *, memory: str = "2GB", hidden: bool = False
) -> duckdb.DuckDBPyConnection:
    """An in-memory database with at most so much memory, and with the snapshot's views where one is given.

    `hidden`: internal tables stand in a schema of their own (`internal.signatures`), which `show tables` leaves out.
    Where a query needs more, it goes to files in the system's folder for temporary ones.
    """
    connection = duckdb.connect(config={"memory_limit": memory})
    if snapshot is not None:
        if hidden:
            connection.execute(f"create schema {INTERNAL}")
        for table in TABLES.values():
            connection.execute(f"set schema = '{INTERNAL if hidden and table.internal else 'main'}'")
            connection.execute(_view(connection, snapshot, table))
        connection.execute("set schema = 'main'")
        for name, _, query in JOINS:
            connection.execute(f"create view {name} as {query}")
    return connection


def answer(connection: duckdb.DuckDBPyConnection, query: str, params: Sequence[Any] | None = None) -> pa.Table:
    """The rows of a query (`?` stands for the params, in order); none of a statement that has none.

    Raises ValueError for a faulty query.
    """
    try:
        found = connection.sql(query, params=params)
        rows: pa.Table = pa.table({}) if found is None else found.to_arrow_table()
        return rows
    except duckdb.Error as error:
        raise ValueError(f"the query failed: {error}") from error


def rows_of_files(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: str, entries: Sequence[FileEntry]
) -> str:
    """What to select from for the rows of these files of a table, with a column `month` (null where it has none)."""
    if not entries:
        return _nothing(connection, table)
    listed = ", ".join(quoted(str(snapshot.file(table, entry))) for entry in entries)
    if TABLES[table].monthly:
        rows = f"read_parquet([{listed}], hive_partitioning = true, hive_types = {{'month': 'varchar'}})"
    else:
        rows = f"(select *, null::varchar as month from read_parquet([{listed}], hive_partitioning = false))"
    if snapshot.commit.schema_version == SCHEMA_VERSION:
        return rows
    return f"(select * from {rows} union all by name select * from {_nothing(connection, table)})"


def _view(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, table: Table) -> str:
    """The view of a table; columns and tables that an older schema version had not yet are null and empty."""
    if snapshot.commit.schema_version == SCHEMA_VERSION:
        return table_view(snapshot.path, table)
    columns = ", ".join(map(identifier, (*table.column_names, *(("month",) if table.monthly else ()))))
    rows = rows_of_files(connection, snapshot, table.name, snapshot.entries(table.name))
    return f"create view {table.name} as select {columns} from {rows}"


def _nothing(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """The name of a relation of zero rows of a table, `month` among its columns."""
    name = _NOTHING.format(table)
    connection.register(name, empty(table).append_column("month", pa.array([], pa.string())))
    return name


def quoted(text: str | Path) -> str:
    """The text as an SQL string."""
    return "'" + str(text).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """The name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
