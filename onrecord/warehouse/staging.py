"""Rows on their way into a commit: kept in memory up to a budget, then on disk, and handed out by partition."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from onrecord.warehouse.arrow import Column, pc
from onrecord.warehouse.declaration import Table
from onrecord.warehouse.layout import bucket_of, spread_hash
from onrecord.warehouse.tables import TABLES

#: Bytes of rows kept in memory before they go to disk.
BUDGET = 256 * 1024 * 1024

Partition = tuple[str, str | None]

_HASH = "#hash"  # no declared column starts so


class Staging:
    """Rows by table and month. Files are made in `folder`, which the caller removes."""

    def __init__(self, folder: Path, budget: int = BUDGET) -> None:
        self.rows: Counter[Partition] = Counter()
        self._folder = folder
        self._budget = budget
        self._held = 0
        self._spills = 0
        self._memory: dict[Partition, list[pa.Table]] = defaultdict(list)
        self._files: dict[Partition, list[Path]] = defaultdict(list)

    def add(self, table: Table, month: str | None, rows: pa.Table) -> None:
        """Takes rows of the table's schema for a partition. Raises OSError (a full disk)."""
        if rows.num_rows:
            self._hold(table, month, _hashed(table, rows))
            self._spill_over()

    def add_by_month(self, table: Table, months: pa.Array[Any], rows: pa.Table) -> None:
        """Takes rows of several partitions, with the month of each. Raises OSError (a full disk)."""
        order = pc.sort_indices(months)
        sorted_rows = _hashed(table, rows).take(order)  # once, and cut: a filter a month copies as much each time
        start = 0
        for found in pc.value_counts(months.take(order)).to_pylist():
            self._hold(table, found["values"], sorted_rows.slice(start, found["counts"]))
            start += found["counts"]
        self._spill_over()

    def partitions(self, table: str) -> list[str | None]:
        return [month for name, month in self.rows if name == table]

    def bucket(self, table: Table, month: str | None, bucket: int, buckets: int) -> pa.Table:
        """The partition's rows that belong to one of so many buckets; zero rows where there are none."""
        found = [TABLES[table.name].schema.empty_table()]
        for rows in self._parts(table.name, month):
            places = bucket_of(rows.column(_HASH).to_numpy(), buckets)
            here = rows if buckets == 1 else rows.filter(pa.array(places == bucket))
            found.append(here.drop_columns([_HASH]))
        return pa.concat_tables(found)

    def buckets(self, table: Table, month: str | None, buckets: int) -> set[int]:
        """The buckets, out of so many, that the partition's rows belong to."""
        if buckets == 1:
            return {0} if self.rows[table.name, month] else set()
        found: set[int] = set()
        for rows in self._parts(table.name, month):
            found.update(np.unique(bucket_of(rows.column(_HASH).to_numpy(), buckets)).tolist())
        return found

    def column(self, table: str, month: str | None, name: str) -> Column:
        """One column of all rows of a partition."""
        found = [
            TABLES[table].schema.empty_table(),
            *(rows.drop_columns([_HASH]) for rows in self._parts(table, month)),
        ]
        return pa.concat_tables(found).column(name)

    def _hold(self, table: Table, month: str | None, rows: pa.Table) -> None:
        self._memory[table.name, month].append(rows)
        self.rows[table.name, month] += rows.num_rows
        self._held += rows.nbytes

    def _spill_over(self) -> None:
        if self._held > self._budget:
            self._spill()

    def _parts(self, table: str, month: str | None) -> list[pa.Table]:
        files = [pa.ipc.open_file(pa.memory_map(str(path))).read_all() for path in self._files[table, month]]
        return [*files, *self._memory[table, month]]

    def _spill(self) -> None:
        self._spills += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        for (table, month), parts in self._memory.items():
            rows = pa.concat_tables(parts)
            path = self._folder / f"{table}.{month}.{self._spills}.arrow"
            with pa.ipc.new_file(str(path), rows.schema) as writer:
                writer.write_table(rows)
            self._files[table, month].append(path)
        self._memory.clear()
        self._held = 0


def _hashed(table: Table, rows: pa.Table) -> pa.Table:
    return rows.append_column(_HASH, pa.array(spread_hash(rows.column(table.spread_by)), pa.uint64()))
