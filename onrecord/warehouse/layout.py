"""How rows lie in files: which file a row goes to, in which order, and the bytes of a file.

A partition (a month of a table, or a whole table without months) is spread over 2^k files by the hash of the row's
`spread_by` value, k being the least that keeps the average file within the table's `rows_per_file`. So the layout
depends on the rows alone and not on the history of commits, a new row rewrites one bounded file however large the
partition, and nothing ever needs more memory than a file.
"""

from __future__ import annotations

import contextlib
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet

from onrecord.warehouse.arrow import Column as Values
from onrecord.warehouse.arrow import is_among, one, pc, strings
from onrecord.warehouse.declaration import Column, Table
from onrecord.warehouse.errors import DamagedFile

#: Level 3 is within 4 % of level 9 on news text and four times as fast.
ZSTD_LEVEL = 3

#: pyarrow's stubs know fewer of the writer's options than it has.
pq: Any = pyarrow.parquet

Hashes = npt.NDArray[np.uint64]


def spread_hash(keys: Values) -> Hashes:
    """A 32-bit hash (CRC-32 of the UTF-8 bytes) of each key; the same on every machine."""
    encoded: Any = one(keys).dictionary_encode()
    hashes = np.array([zlib.crc32(key.encode()) for key in strings(encoded.dictionary)], dtype=np.uint64)
    if not len(hashes):
        return np.zeros(0, dtype=np.uint64)
    of_row: Hashes = hashes[encoded.indices.to_numpy(zero_copy_only=False)]
    return of_row


def bucket_count(rows: int, rows_per_file: int) -> int:
    """The least power of two that keeps `rows / buckets` within `rows_per_file`."""
    files = -(-max(rows, 1) // rows_per_file)
    return 1 << (files - 1).bit_length()


def bucket_of(hashes: Hashes, buckets: int) -> Hashes:
    """The bucket of each hash: its leading bits, so that a bucket that is split gives two neighbours."""
    return (hashes * np.uint64(buckets)) >> np.uint64(32)


def ordered(table: Table, rows: pa.Table) -> pa.Table:
    """The rows in the table's order, in one chunk a column, so that the bytes depend on the rows alone."""
    keys = [(name, "ascending") for name in table.order]
    return rows.take(pc.sort_indices(rows, sort_keys=keys)).combine_chunks()


@dataclass(frozen=True, slots=True)
class Encoded:
    """The bytes of a Parquet file and their SHA-256."""

    data: pa.Buffer
    sha256: str


def encode(table: Table, rows: pa.Table) -> Encoded:
    """The Parquet file of these rows: zstd, statistics, dictionaries for whatever repeats, rows in order."""
    sink = pa.BufferOutputStream()
    order = [pq.SortingColumn(table.column_names.index(name)) for name in table.order]
    pq.write_table(
        ordered(table, rows),
        sink,
        version="2.6",
        compression="zstd",
        compression_level=ZSTD_LEVEL,
        row_group_size=table.rows_per_group,
        use_dictionary=_leaves(column for column in table.columns if column.repeats),
        write_statistics=_leaves(column for column in table.columns if not column.long),
        sorting_columns=order,
        store_schema=True,
    )
    data = sink.getvalue()
    return Encoded(data, hashlib.sha256(data).hexdigest())


def _leaves(columns: Iterable[Column]) -> list[str]:
    """The columns as Parquet names them: a list of structs is a column for each of its fields."""
    found = []
    for column in columns:
        kind = column.datatype
        if not pa.types.is_list(kind):
            found.append(column.name)
        elif pa.types.is_struct(kind.value_type):
            found.extend(f"{column.name}.list.element.{field.name}" for field in kind.value_type)
        else:
            found.append(f"{column.name}.list.element")
    return found


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """A Parquet file. Raises DamagedFile, which names it, where what is read of it in the block cannot be."""
    try:
        with pq.ParquetFile(path, memory_map=True) as file:
            yield file
    except (OSError, pa.ArrowInvalid) as error:
        raise DamagedFile(
            f"{path} is damaged or gone ({str(error).splitlines()[0]}): `onrecord check` names all such files,"
            " `onrecord check --repair` reads their articles again"
        ) from error


def decode(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of one file, all columns or some, in order; without the partition."""
    with _opened(path) as file:
        rows: pa.Table = file.read(columns=None if columns is None else list(columns))
    return rows


def decode_where(path: Path, key: str, wanted: pa.Array[Any], columns: Sequence[str]) -> pa.Table:
    """The rows of one file whose `key` is among the wanted; of groups of rows without one, only `key` is read."""
    with _opened(path) as file:
        found = [file.schema_arrow.empty_table().select(columns)]
        for group in range(file.num_row_groups):
            here = is_among(file.read_row_group(group, [key]).column(0), wanted)
            if pc.any(here).as_py():
                found.append(file.read_row_group(group, list(columns)).select(columns).filter(here))
    return pa.concat_tables(found)


def spread(table: Table, rows: pa.Table, buckets: int) -> Mapping[int, pa.Table]:
    """The rows by bucket; buckets without rows are left out."""
    places = bucket_of(spread_hash(rows.column(table.spread_by)), buckets)
    return {int(place): rows.filter(pa.array(places == place)) for place in np.unique(places)}
