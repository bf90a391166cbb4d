"""Raw files that hold several sources: which parts a file has, remembered between runs, and the parts on their way.

The parts of a file are listed once, by name, digest and size, and the list is kept below the warehouse under the digest
of the file: a file of many gigabytes that nobody has touched is not read again. The lists may go at any time, at the
cost of reading each file once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from onrecord.files import Metadata, Unreadable
from onrecord.files.containers import NotSeveral, parts_of
from onrecord.files.parts import BadPart, Note, Part
from onrecord.settings import Settings
from onrecord.storage import local_copy
from onrecord.version import STAGES
from tasks.cache import read_cached, write_cached

#: Below the warehouse.
LISTS = Path(".cache", "parts")
#: Parts that are held before they are written to the list.
_AT_ONCE = 4096
_FIELDS: list[pa.Field[Any]] = [
    pa.field("part", pa.string(), nullable=False),
    pa.field("sha256", pa.string()),
    pa.field("size", pa.int64(), nullable=False),
    pa.field("date", pa.date32()),
    pa.field("withdrawn", pa.bool_(), nullable=False),
    pa.field("reason", pa.string()),
]
_SCHEMA = pa.schema(_FIELDS)


class Entry(NamedTuple):
    """A part of a file: its digest and bytes, the day on which the file says that it was published, whether the file
    withdraws it, and, where it is not read, why."""

    part: str
    sha256: str | None
    size: int
    date: Any
    withdrawn: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a raw file holds.

    `fault`: why it is not read, or not to its end; `is_none`: it is not of the kind that holds several. `columns`: how
    its columns are read; `unread`: the names of members that are not; `warnings`: what is read otherwise than it stands
    there.
    """

    parts: pa.Table
    columns: str | None = None
    unread: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    fault: str | None = None
    is_none: bool = False

    def entries(self) -> Iterator[Entry]:
        """Its parts in order, a few at a time."""
        for batch in self.parts.to_batches(max_chunksize=_AT_ONCE):
            yield from map(Entry._make, zip(*(column.to_pylist() for column in batch.columns), strict=True))


@dataclass(slots=True)
class Lists:
    """The lists of parts of a run's raw files, kept in `folder`. `anew`: every file is read, whatever is kept of it."""

    settings: Settings
    folder: Path
    anew: bool = False
    _used: set[str] = field(default_factory=set)

    def of(self, path: str, sha256: str, encoding: str | None) -> Contents:
        """What the file of that path and digest holds. Raises `OSError` where it cannot be read."""
        options = (
            STAGES["files"],
            self.settings.read_formats,
            tuple(self.settings.columns_of_roles.items()),
            self.settings.file_bytes,
            encoding,
        )
        key = hashlib.sha256(f"{Path(path).name}\0{sha256}\0{options}".encode()).hexdigest()
        kept = self.folder / f"{key[:40]}.parquet"
        self._used.add(kept.name)
        if not self.anew and (known := _load(kept)) is not None:
            return known
        contents = _listed(self.settings.raw / path, self.settings, encoding)
        refused = contents.fault is not None and not contents.parts.num_rows  # what reads it may be missing here
        if not (self.settings.dry_run or contents.is_none or refused):
            _save(contents, kept)
        return contents

    def prune(self) -> None:
        """Drops the lists of files that are not there any more, or are others now: all that was not asked for."""
        if not self.folder.is_dir():
            return
        for file in self.folder.iterdir():
            if file.name not in self._used:
                with contextlib.suppress(OSError):
                    file.unlink()


def _listed(file: Path, settings: Settings, encoding: str | None) -> Contents:
    told: dict[str, list[str]] = {"columns": [], "unread": [], "warning": []}
    batches: list[pa.RecordBatch] = []
    rows: list[Entry] = []
    fault, is_none = None, False
    try:
        for item in opened_parts(file, settings, encoding):
            if isinstance(item, Note):
                told[item.kind].append(item.text)
                continue
            rows.append(_entry(item))
            if len(rows) == _AT_ONCE:
                batches.append(_batch(rows))
                rows = []
    except NotSeveral:
        is_none = True
    except Unreadable as error:
        fault = str(error)
    table = pa.Table.from_batches([*batches, _batch(rows)], _SCHEMA)
    return Contents(
        table, "; ".join(told["columns"]) or None, tuple(told["unread"]), tuple(told["warning"]), fault, is_none
    )


def opened_parts(file: Path, settings: Settings, encoding: str | None) -> Iterator[Part | BadPart | Note]:
    """What `parts_of` finds in the file under these settings."""
    with local_copy(file) as copy:
        yield from parts_of(
            copy,
            formats=settings.read_formats,
            columns=settings.columns_of_roles,
            encoding=encoding,
            limit=settings.file_bytes,
        )


def _entry(item: Part | BadPart) -> Entry:
    if isinstance(item, BadPart):
        return Entry(item.part, item.sha256, 0, None, False, item.reason)
    said = item.metadata or Metadata()
    return Entry(item.part, item.sha256, len(item.data), said.date_published, said.withdrawn, None)


def _batch(rows: list[Entry]) -> pa.RecordBatch:
    columns: list[Any] = list(zip(*rows, strict=True)) or [()] * len(_SCHEMA)
    return pa.record_batch(
        [pa.array(values, field.type) for values, field in zip(columns, _SCHEMA, strict=True)], schema=_SCHEMA
    )


def _save(contents: Contents, file: Path) -> None:
    told = {name: getattr(contents, name) for name in ("columns", "unread", "warnings", "fault")}
    write_cached(contents.parts.replace_schema_metadata({"told": json.dumps(told)}), file, compression="zstd")


def _load(file: Path) -> Contents | None:
    table = read_cached(file, _SCHEMA)
    metadata: Mapping[bytes, bytes] = (table.schema.metadata if table is not None else None) or {}
    if table is None or b"told" not in metadata:
        return None
    told = json.loads(metadata[b"told"])
    return Contents(
        table.replace_schema_metadata(None),
        told["columns"],
        tuple(told["unread"]),
        tuple(told["warnings"]),
        told["fault"],
    )
