"""What changed between two snapshots: rows added, removed and changed, by table and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.warehouse.commit import FileEntry
from onrecord.warehouse.query import connect, identifier, rows_of_files
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import LINEAGE, TABLES


@dataclass(frozen=True, slots=True)
class TableChange:
    """Changes in one month of a table, or in a table without months. `columns`: changed rows by changed column.

    An article that moves to another month is removed in the one and added in the other.
    """

    table: str
    month: str | None
    added: int
    removed: int
    changed: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from snapshot `before` to snapshot `after`; nothing where `changes` is empty."""

    before: int
    after: int
    changes: tuple[TableChange, ...]

    def totals(self, table: str) -> tuple[int, int, int]:
        """Rows added, removed and changed in a table."""
        found = [change for change in self.changes if change.table == table]
        return (
            sum(change.added for change in found),
            sum(change.removed for change in found),
            sum(change.changed for change in found),
        )


def diff(before: Snapshot, after: Snapshot, *, lineage: bool = False) -> Difference:
    """Compares two snapshots by primary key. Only files that are not in both are read.

    A row of which only the run, the version or the time differs counts as unchanged, unless `lineage` is asked for.
    """
    changes: list[TableChange] = []
    connection = connect()
    for name in TABLES:
        old, new = _not_in_both(before, after, name)
        if not old and not new:
            continue
        columns = _compared(name, lineage)
        query = _pairs(connection, before, after, name, columns)
        changed = [f"coalesce(o.{identifier(c)} <> n.{identifier(c)}, false)" for c in columns]
        counts = ", ".join(f"count(*) filter ({test})" for test in changed)
        found = connection.execute(
            f"select month, count(*) filter (o.key is null), count(*) filter (n.key is null),"
            f" count(*) filter ({' or '.join(changed)}), {counts} from {query} group by month order by month"
        ).fetchall()
        for month, added, removed, altered, *by_column in found:
            if added or removed or altered:
                which = {column: count for column, count in zip(columns, by_column, strict=True) if count}
                changes.append(TableChange(name, month, added, removed, altered, which))
    connection.close()
    return Difference(before.number, after.number, tuple(changes))


def changed_rows(before: Snapshot, after: Snapshot, table: str, *, limit: int = 50, lineage: bool = False) -> pa.Table:
    """Some of the rows that differ, in order of key: month, change (added, removed, changed), key, and the columns
    that changed. The values are in the two snapshots, under the key.
    """
    connection = connect()
    columns = _compared(table, lineage)
    query = _pairs(connection, before, after, table, columns)
    tests = ", ".join(f"case when o.{identifier(c)} <> n.{identifier(c)} then '{c}' end" for c in columns)
    found: pa.Table = connection.sql(
        f"""
        select month, case when o.key is null then 'added' when n.key is null then 'removed' else 'changed' end change,
               key, list_filter([{tests}], lambda c: c is not null) columns
        from {query} where change <> 'changed' or len(columns) > 0 order by key, month limit {int(limit)}
        """
    ).to_arrow_table()
    connection.close()
    return found


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that differs. `words`: what the row is about; `values`: of a changed row, the old and the new value of
    each column that differs."""

    table: str
    month: str
    change: str
    key: str
    words: str
    values: Mapping[str, tuple[Any, Any]]


#: The column that says best what a row is about; for other tables the key has to do.
_ABOUT = {"articles": "source_path", "quotes": "content", "mentions": "text", "dates": "text", "entities": "name"}


def row_changes(before: Snapshot, after: Snapshot, table: str, *, limit: int = 50) -> list[RowChange]:
    """Some of the rows that differ, in order of key, with their values before and after."""
    rows = changed_rows(before, after, table, limit=limit).to_pylist()
    connection = connect()
    sides = [
        _values(connection, snapshot, table, entries, [row["key"] for row in rows])
        for snapshot, entries in zip((before, after), _not_in_both(before, after, table), strict=True)
    ]
    connection.close()
    found = []
    for row in rows:
        old, new = (side.get((row["key"], row["month"]), {}) for side in sides)
        about = (new or old).get(_ABOUT.get(table, ""))
        values = {name: (old[name], new[name]) for name in row["columns"]} if row["change"] == "changed" else {}
        words = row["key"] if about is None else str(about)
        found.append(RowChange(table, row["month"], row["change"], row["key"], words, values))
    return found


def _values(
    connection: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    table: str,
    entries: Sequence[FileEntry],
    keys: Sequence[str],
) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of these keys, by key and month."""
    rows = rows_of_files(connection, snapshot, table, entries)
    columns = ", ".join(identifier(name) for name in TABLES[table].column_names)
    query = f"select {_key(table)} as key, coalesce(month, '') as place, {columns} from {rows}"
    wanted = f"select * from ({query}) where list_contains(?, key)"
    found: pa.Table = connection.sql(wanted, params=[list(keys)]).to_arrow_table()
    return {(row.pop("key"), row.pop("place")): row for row in found.to_pylist()}


def _key(table: str) -> str:
    return " || chr(31) || ".join(f"coalesce({identifier(c)}::varchar, '')" for c in TABLES[table].primary_key)


def _pairs(
    connection: duckdb.DuckDBPyConnection, before: Snapshot, after: Snapshot, table: str, columns: Sequence[str]
) -> str:
    """Old rows `o` beside new rows `n` of one `key` and `month`, each column as a hash of its value."""
    sides: list[str] = []
    for snapshot, entries in zip((before, after), _not_in_both(before, after, table), strict=True):
        key = _key(table)
        hashes = "".join(f", hash({identifier(column)}) as {identifier(column)}" for column in columns)
        rows = rows_of_files(connection, snapshot, table, entries)
        sides.append(f"(select {key} as key, coalesce(month, '') as month{hashes} from {rows})")
    return f"{sides[0]} o full join {sides[1]} n using (key, month)"


def _not_in_both(before: Snapshot, after: Snapshot, table: str) -> tuple[list[FileEntry], list[FileEntry]]:
    old = {entry.path: entry for entry in before.commit.tables.get(table, ())}
    new = {entry.path: entry for entry in after.commit.tables.get(table, ())}
    return (
        [entry for path, entry in old.items() if path not in new],
        [entry for path, entry in new.items() if path not in old],
    )


def _compared(table: str, lineage: bool) -> list[str]:
    declared = TABLES[table]
    skipped: set[str] = set(declared.primary_key) | (set() if lineage else set(LINEAGE))
    return [name for name in declared.column_names if name not in skipped]
