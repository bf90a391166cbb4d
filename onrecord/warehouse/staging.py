"""Rows on their way into a commit: kept in memory up to a budget, then on disk, and handed out by partition."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa

from onrecord.warehouse.arrow import Column
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
        if not rows.num_rows:
            return
        hashes = pa.array(spread_hash(rows.column(table.spread_by)), pa.uint64())
        self._memory[table.name, month].append(rows.append_column(_HASH, hashes))
        self.rows[table.name, month] += rows.num_rows
        self._held += rows.nbytes
        if self._held > self._budget:
            self._spill()

    def partitions(self, table: str) -> list[str | None]:
        return [month for name, month in self.rows if name == table]

    def bucket(self, table: Table, month: str | None, bucket: int, buckets: int) -> pa.Table:
        """The partition's rows that belong to one of so many buckets; zero rows where there are none."""
        found = [TABLES[table.name].schema.empty_table()]
        for rows in self._parts(table.name, month):
            places = bucket_of(rows.column(_HASH).to_numpy(), buckets)
            found.append(rows.filter(pa.array(places == bucket)).drop_columns([_HASH]))
        return pa.concat_tables(found)

    def buckets(self, table: Table, month: str | None, buckets: int) -> set[int]:
        """The buckets, out of so many, that the partition's rows belong to."""
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
