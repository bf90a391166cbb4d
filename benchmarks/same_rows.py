"""Compares all rows of all tables of two warehouses, to show that a rebuild changes what it should and nothing else.

    python -m benchmarks.same_rows OLD NEW [--lineage] [--examples N]

Rows are paired by the primary key. Columns of lineage (run_id, pipeline_version, ingested_at) are left out unless
asked for, as is the table of runs, which is all lineage. A table or column that only one side has is a difference.
Prints what differs by table and column with some examples; exit code 1 where anything differs, 2 for wrong usage.

The commands' own `onrecord diff` compares two commits of one warehouse, by hashes and under one schema; this reads the
files as they are, so that warehouses of different versions can be compared.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

from onrecord.warehouse.tables import LINEAGE, TABLES

Row = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(slots=True)
class Difference:
    """What differs in one table. `changed`: by column, key, old and new value of each row that differs in it."""

    rows: tuple[int, int]
    removed: list[Key] = field(default_factory=list)
    added: list[Key] = field(default_factory=list)
    old_columns: list[str] = field(default_factory=list)
    new_columns: list[str] = field(default_factory=list)
    changed: dict[str, list[tuple[Key, Any, Any]]] = field(default_factory=lambda: defaultdict(list))

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.old_columns or self.new_columns or self.changed)


def tables(warehouse: Path) -> dict[str, Path]:
    """The folders of a warehouse's tables by name. Raises FileNotFoundError where there are none."""
    found = {path.name: path for path in sorted(warehouse.iterdir()) if path.is_dir() and path.name[0] != "."}
    if not found:
        raise FileNotFoundError(f"{warehouse} has no tables")
    return found


def read(folder: Path) -> tuple[list[str], list[Row]]:
    """Column names and rows of one table, the month of its partition among them where it has months."""
    table = ds.dataset(folder.resolve(), format="parquet", partitioning="hive").to_table()
    return table.column_names, table.to_pylist()


def keyed(rows: Iterable[Row], key: Sequence[str]) -> dict[Key, Row]:
    """Rows by key; rows of one key are told apart by their number."""
    counts: dict[Key, int] = defaultdict(int)
    found: dict[Key, Row] = {}
    for row in rows:
        parts = tuple(row.get(column) for column in key)
        found[(*parts, counts[parts]) if counts[parts] else parts] = row
        counts[parts] += 1
    return found


def compare(
    old: tuple[list[str], list[Row]], new: tuple[list[str], list[Row]], key: Sequence[str], skipped: frozenset[str]
) -> Difference:
    """Compares two tables, each given as columns and rows. An empty `key` takes all columns that both have."""
    columns = [column for column in old[0] if column in new[0] and column not in skipped]
    own_key = [column for column in key if column in columns] or columns
    before, after = keyed(old[1], own_key), keyed(new[1], own_key)
    made = Difference((len(old[1]), len(new[1])))
    made.old_columns = sorted(set(old[0]) - set(new[0]))
    made.new_columns = sorted(set(new[0]) - set(old[0]))
    made.removed = [k for k in before if k not in after]
    made.added = [k for k in after if k not in before]
    for k, row in before.items():
        if k in after:
            for column in columns:
                if not _same(row[column], after[k][column]):
                    made.changed[column].append((k, row[column], after[k][column]))
    return made


def _same(old: object, new: object) -> bool:
    return old == new or (old != old and new != new)  # NaN is as NaN


def compare_warehouses(old: Path, new: Path, *, lineage: bool = False) -> dict[str, Difference]:
    """The tables that differ, by name. A table that one side lacks counts as one without columns or rows."""
    before, after = tables(old), tables(new)
    skipped = frozenset() if lineage else frozenset(LINEAGE)
    found = {}
    for name in sorted(before.keys() | after.keys()):
        if name == "runs" and not lineage:
            continue
        key = TABLES[name].primary_key if name in TABLES else ()
        sides = [read(side[name]) if name in side else ([], []) for side in (before, after)]
        difference = compare(sides[0], sides[1], key, skipped)
        if difference:
            found[name] = difference
    return found


def report(name: str, difference: Difference, examples: int) -> Iterable[str]:
    """Lines that tell what differs in a table, with some examples of each kind."""
    old, new = difference.rows
    yield f"{name}: {old} rows, then {new}"
    for word, columns in (("gone", difference.old_columns), ("new", difference.new_columns)):
        if columns:
            yield f"  columns {word}: {', '.join(columns)}"
    for word, keys in (("removed", difference.removed), ("added", difference.added)):
        if keys:
            yield f"  {len(keys)} rows {word}, such as {', '.join('/'.join(map(str, k)) for k in keys[:examples])}"
    for column, changes in difference.changed.items():
        yield f"  {column}: differs in {len(changes)} rows"
        for k, was, now in changes[:examples]:
            yield f"    {'/'.join(map(str, k))}: {_short(was)} -> {_short(now)}"


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 160 else shown[:157] + "..."


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--lineage", action="store_true", help="compare the columns of lineage and the runs, too")
    parser.add_argument("--examples", type=int, default=3, help="so many of each kind")
    given = parser.parse_args(arguments)
    for side in (given.old, given.new):
        if not side.is_dir():
            parser.error(f"{side} is no folder")
    found = compare_warehouses(given.old, given.new, lineage=given.lineage)
    for name, difference in found.items():
        print(*report(name, difference, given.examples), sep="\n")
    print("The rows differ." if found else "All rows are the same.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
