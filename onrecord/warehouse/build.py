"""From a transaction to the folder of a new snapshot: changed files written, all others linked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa

from onrecord.warehouse import disk
from onrecord.warehouse.arrow import pc, string_array
from onrecord.warehouse.commit import FileEntry
from onrecord.warehouse.declaration import Table
from onrecord.warehouse.layout import bucket_count, decode, encode, spread
from onrecord.warehouse.patches import Assignment
from onrecord.warehouse.snapshot import Snapshot, touched
from onrecord.warehouse.staging import Partition
from onrecord.warehouse.tables import TABLES, UNKNOWN_MONTH
from onrecord.warehouse.transaction import Transaction, entries_of

Tables = dict[str, tuple[FileEntry, ...]]

#: Partitions written at once; each holds the rows of one file or two in memory.
THREADS = 2


class Builder:
    """Writes the tables of a transaction under `folder`, which is empty and not yet seen by anyone."""

    def __init__(self, transaction: Transaction, folder: Path) -> None:
        self.transaction = transaction
        self.folder = folder
        self._parent = transaction.parent
        self._drops = transaction.drops()

    def build(self) -> Tables:
        """All files of the new snapshot, durable, by table. Raises OSError (a full disk)."""
        for name in TABLES:
            (self.folder / name).mkdir()
        with ThreadPoolExecutor(THREADS) as pool:
            made = list(pool.map(self._partition, self.transaction.partitions()))
        tables: dict[str, list[FileEntry]] = defaultdict(list)
        for (name, _), entries in zip(self.transaction.partitions(), made, strict=True):
            tables[name].extend(entries)
        for name, table in TABLES.items():
            if not tables[name]:
                month = UNKNOWN_MONTH if table.monthly else None
                tables[name].append(self._write(table, month, 0, 1, table.schema.empty_table()))
        return {name: tuple(tables[name]) for name in TABLES}

    def _partition(self, place: Partition) -> list[FileEntry]:
        name = place[0]
        table = TABLES[name]
        before = (
            []
            if self.transaction.is_emptied(name)
            else entries_of(self._parent.commit if self._parent else None, place)
        )
        dropped = self._dropped_rows(table, place, before)
        rows = sum(entry.rows for entry in before) - dropped + self.transaction.staged.rows[place]
        buckets = bucket_count(rows, table.rows_per_file)
        if before and before[0].buckets == buckets:
            made = self._some_buckets(table, place, before, buckets)
        else:
            made = self._all_buckets(table, place, before, buckets)
        return made

    def _some_buckets(self, table: Table, place: Partition, before: list[FileEntry], buckets: int) -> list[FileEntry]:
        """The layout stays: only files that have rows to lose, to gain or to change are looked into."""
        fresh = self.transaction.staged.buckets(table, place[1], buckets)
        open_ = {entry.bucket for entry in self._losing(place, before)} | fresh
        open_ |= self._patched(table, before)
        kept = {entry.bucket: entry for entry in before}
        made = []
        for bucket in sorted(kept.keys() | open_):
            if bucket not in open_:
                made.append(self._link(table, kept[bucket]))
                continue
            old = [self._load(table, kept[bucket], place)] if bucket in kept else []
            rows = pa.concat_tables([*old, self.transaction.staged.bucket(table, place[1], bucket, buckets)])
            if rows.num_rows:
                made.append(self._write(table, place[1], bucket, buckets, self._patch(table, rows)))
        return made

    def _all_buckets(self, table: Table, place: Partition, before: list[FileEntry], buckets: int) -> list[FileEntry]:
        """The number of files changes: every row goes to the file that it belongs to now."""
        made = []
        for bucket, old in self._respread(table, place, before, buckets):
            rows = pa.concat_tables([*old, self.transaction.staged.bucket(table, place[1], bucket, buckets)])
            if rows.num_rows:
                made.append(self._write(table, place[1], bucket, buckets, self._patch(table, rows)))
        return made

    def _respread(
        self, table: Table, place: Partition, before: list[FileEntry], buckets: int
    ) -> Iterator[tuple[int, list[pa.Table]]]:
        """For each new bucket the old rows that belong to it. Buckets are ranges of hashes: each file is read once."""
        held: dict[int, list[pa.Table]] = defaultdict(list)
        done = 0
        for entry in before:
            first = entry.bucket * buckets // entry.buckets
            for bucket in range(done, first):
                yield bucket, held.pop(bucket, [])
            done = max(done, first)
            for bucket, rows in spread(table, self._load(table, entry, place), buckets).items():
                held[bucket].append(rows)
        for bucket in range(done, buckets):
            yield bucket, held.pop(bucket, [])

    def _dropped_rows(self, table: Table, place: Partition, before: list[FileEntry]) -> int:
        count = 0
        for entry in self._losing(place, before):
            drops = self._drops[place]
            count += pc.sum(drops.gone(decode(self._path(table, entry), drops.columns))).as_py() or 0
        return count

    def _losing(self, place: Partition, before: list[FileEntry]) -> list[FileEntry]:
        """The files that rows that go may lie in."""
        drops = self._drops.get(place)
        return touched(before, pa.chunked_array([string_array(drops.touched)])) if drops else []

    def _load(self, table: Table, entry: FileEntry, place: Partition) -> pa.Table:
        rows = decode(self._path(table, entry))
        drops = self._drops.get(place)
        return rows.filter(pc.invert(drops.gone(rows))) if drops else rows

    def _patched(self, table: Table, before: list[FileEntry]) -> set[int]:
        """The buckets of a partition that have rows to change."""
        found: set[int] = set()
        for patch in self.transaction.patches(table.name):
            concerned = before
            if isinstance(patch, Assignment):
                concerned = touched(before, patch.values.column(table.spread_by))
            for entry in concerned:
                if entry.bucket not in found:
                    column = decode(self._path(table, entry), [patch.scanned]).column(0)
                    found |= {entry.bucket} if patch.concerns(column) else set()
        return found

    def _patch(self, table: Table, rows: pa.Table) -> pa.Table:
        for patch in self.transaction.patches(table.name):
            rows = patch.apply(rows)
        return rows

    @property
    def _open_parent(self) -> Snapshot:
        if self._parent is None:
            raise AssertionError("files of a parent, without a parent")
        return self._parent

    def _path(self, table: Table, entry: FileEntry) -> Path:
        return self._open_parent.file(table.name, entry)

    def _has_whole(self, table: Table, entry: FileEntry) -> bool:
        """Whether the parent has a file of these bytes."""
        if self._parent is None or (table.name, entry.path) in self._parent.without:
            return False
        return self._path(table, entry).exists()

    def _link(self, table: Table, entry: FileEntry) -> FileEntry:
        target = self.folder / table.name / entry.path
        target.parent.mkdir(exist_ok=True)
        disk.link(self._path(table, entry), target)
        return entry

    def _write(self, table: Table, month: str | None, bucket: int, buckets: int, rows: pa.Table) -> FileEntry:
        file = encode(table, rows)
        entry = FileEntry(month, bucket, buckets, file.sha256, rows.num_rows, file.data.size)
        target = self.folder / table.name / entry.path
        target.parent.mkdir(exist_ok=True)
        if self._has_whole(table, entry):
            disk.link(self._path(table, entry), target)  # rewritten to the same bytes
        else:
            disk.write_durably(target, file.data)
        return entry


def link_all(snapshot: Snapshot, folder: Path) -> Tables:
    """Links all of a snapshot's files into the empty folder of a new one."""
    for name, entries in snapshot.commit.tables.items():
        (folder / name).mkdir()
        for entry in entries:
            target = folder / name / entry.path
            target.parent.mkdir(exist_ok=True)
            disk.link(snapshot.file(name, entry), target)
    return dict(snapshot.commit.tables)
