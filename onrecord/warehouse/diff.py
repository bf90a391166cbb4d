"""What changed between two snapshots: rows added, removed and changed, by table and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def _pairs(
    connection: duckdb.DuckDBPyConnection, before: Snapshot, after: Snapshot, table: str, columns: Sequence[str]
) -> str:
    """Old rows `o` beside new rows `n` of one `key` and `month`, each column as a hash of its value."""
    sides: list[str] = []
    for snapshot, entries in zip((before, after), _not_in_both(before, after, table), strict=True):
        key = " || chr(31) || ".join(f"coalesce({identifier(c)}::varchar, '')" for c in TABLES[table].primary_key)
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
