"""The SHA-256 of raw files, remembered between runs: a file that nobody has touched is not read again.

Touched is what the file system says of it: size, times of change of content and inode, inode and device. A file that is
changed within the tick of the file system's clock in which it was looked at keeps its stamp, so one that was changed
less than `SETTLED_NS` before is not remembered (git calls such entries of its index racily clean).

The file of hashes may go at any time, at the cost of reading everything once.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasks.cache import read_cached, write_cached
from tasks.listing import Listing, Stamp, opened

#: The coarsest clock of a file system in use: FAT counts in two seconds.
SETTLED_NS = 2_000_000_000

#: Below the warehouse.
HASHES_FILE = Path(".cache", "raw-hashes.parquet")

_SCHEMA = pa.schema(
    [
        pa.field("path", pa.string(), nullable=False),
        pa.field("sha256", pa.string(), nullable=False),
        *(pa.field(name, pa.uint64() if name in ("inode", "device") else pa.int64()) for name in Stamp._fields),
    ]
)


class Hashes:
    """The hashes of the files of one listing. `file`: where they are kept; null: every file is read."""

    def __init__(self, raw: Path, listing: Listing, file: Path | None) -> None:
        self._raw = raw
        self._listing = listing
        self._before = _load(file) if file else {}
        self._known = {path: known for path, known in self._before.items() if listing.stamp(path)}

    def untouched(self) -> dict[str, str]:
        """The hex digests of the files of one article that still have the stamp that they had: a run skips them."""
        files = self._listing.files
        return {path: digest for path, (digest, stamp) in self._known.items() if files.get(path) == stamp}

    def of(self, path: str) -> str:
        """The hex digest of a listed file. Raises `OSError` where it cannot be read."""
        stamp = self._listing.stamp(path)
        if stamp is None:
            raise KeyError(path)
        known = self._known.get(path)
        if known is not None and known[1] == stamp:
            return known[0]
        digest = file_sha256(self._raw / path, stamp)
        self._known.pop(path, None)
        if max(stamp.mtime_ns, stamp.ctime_ns) < self._listing.began_ns - SETTLED_NS:
            self._known[path] = digest, stamp
        return digest

    def save(self, file: Path) -> None:
        """Keeps what is known of the files that are listed, where that has changed."""
        if self._known == self._before:
            return
        stamps = zip(*(stamp for _, stamp in self._known.values()), strict=True) if self._known else [()] * 5
        columns: list[Any] = [list(self._known), [digest for digest, _ in self._known.values()], *stamps]
        arrays = [pa.array(values, field.type) for values, field in zip(columns, _SCHEMA, strict=True)]
        table = pa.Table.from_arrays(arrays, schema=_SCHEMA)
        write_cached(table, file, compression="none", use_dictionary=False, write_statistics=False)


def _load(file: Path) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Digest and stamp by path; none where they are not kept."""
    table = read_cached(file, _SCHEMA)
    if table is None:
        return {}
    columns: list[list[Any]] = [column.to_numpy().tolist() for column in table.columns]  # quicker than `to_pylist`
    stamps = zip(*columns[2:], strict=True)
    return dict(zip(columns[0], zip(columns[1], stamps, strict=True), strict=True))


def file_sha256(path: Path, stamp: Stamp) -> str:
    """The hex digest of a listed file's bytes. Raises `OSError`."""
    with opened(path, stamp) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
