"""The parts of raw files on their way: those that a run reads, written to Parquet below its staging folder.

Each file that holds several sources is read once more, from its beginning to its end, and the parts that are wanted are
written in small groups of rows, so that a worker finds those of its batch without reading the file.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.document.article import Metadata, Precision
from onrecord.files import Unreadable
from onrecord.files.parts import Part, split_key
from onrecord.settings import Settings
from tasks.batches import RawFile
from tasks.containers import opened_parts
from tasks.step import Step

#: Bytes of text, and rows, that are written as one group.
_GROUP_BYTES, _GROUP_ROWS = 2_000_000, 64
_FIELDS: list[pa.Field[Any]] = [
    pa.field("row", pa.int64(), nullable=False),
    pa.field("part", pa.string(), nullable=False),
    pa.field("place", pa.string(), nullable=False),
    pa.field("ending", pa.string(), nullable=False),
    pa.field("sha256", pa.string(), nullable=False),
    pa.field("metadata", pa.string()),
    pa.field("data", pa.binary(), nullable=False),
]
_SCHEMA = pa.schema(_FIELDS)

Batches = Sequence[Sequence[RawFile]]


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A part of a raw file as it was unpacked."""

    place: str
    ending: str
    sha256: str
    metadata: Metadata | None
    data: bytes


def unpack(batches: Batches, settings: Settings, folder: Path) -> tuple[tuple[RawFile, ...], ...]:
    """The batches, with the parts in them unpacked below `folder`; the raw files of one article stay where they are.

    A part that is not found any more is not there, and the step that wants it says so. Raises `OSError`.
    """
    wanted: dict[Path, dict[str, RawFile]] = {}
    for file in (file for batch in batches for file in batch if file.is_part):
        of_file = wanted.setdefault(file.file, {})
        of_file[file.path] = file
    if not wanted:
        return tuple(map(tuple, batches))
    folder.mkdir(parents=True, exist_ok=True)
    placed: dict[str, RawFile] = {}
    for number, (path, parts) in enumerate(wanted.items()):
        target = folder / f"{number:06d}.parquet"
        for row, (key, file) in enumerate(parts.items()):
            placed[key] = replace(file, file=target, row=row)
        _write(path, {split_key(key)[1]: row for row, key in enumerate(parts)}, parts, settings, target)
    return tuple(tuple(placed.get(file.path, file) for file in batch) for batch in batches)


def _write(
    path: Path, rows: Mapping[str | None, int], parts: Mapping[str, RawFile], settings: Settings, target: Path
) -> None:
    encoding = next(iter(parts.values())).encoding
    with pq.ParquetWriter(target, _SCHEMA, compression="zstd") as writer, contextlib.suppress(Unreadable):
        # `discover` has made a reject of what the file holds no more of
        group: list[dict[str, Any]] = []
        size = 0
        for item in opened_parts(path, settings, encoding):
            if not isinstance(item, Part) or item.part not in rows:
                continue
            group.append(_row(item, rows[item.part]))
            size += len(item.data)
            if size >= _GROUP_BYTES or len(group) >= _GROUP_ROWS:
                writer.write_table(pa.Table.from_pylist(group, _SCHEMA))
                group, size = [], 0
        writer.write_table(pa.Table.from_pylist(group, _SCHEMA))


def _row(part: Part, row: int) -> dict[str, Any]:
    said = None if part.metadata is None else json.dumps(asdict(part.metadata), default=str)
    return {
        "row": row, "part": part.part, "place": part.place, "ending": part.ending, "sha256": part.sha256,
        "metadata": said, "data": part.data,
    }  # fmt: skip


def unpacked(files: Iterable[RawFile]) -> dict[str, Unpacked]:
    """Those of the parts that were unpacked, by key. Raises `OSError`."""
    wanted: dict[Path, list[RawFile]] = {}
    for file in files:
        wanted.setdefault(file.file, []).append(file)
    found: dict[str, Unpacked] = {}
    for target, of_file in wanted.items():
        keys = {file.row: file.path for file in of_file}
        for row in _rows_of(target, set(keys)):
            found[keys[row["row"]]] = Unpacked(
                row["place"], row["ending"], row["sha256"], _metadata(row["metadata"]), row["data"]
            )
    return found


def _rows_of(target: Path, rows: set[int]) -> Iterator[dict[str, Any]]:
    """Some rows of what `_write` has written, from the groups that hold them: these have their rows in order."""
    with pq.ParquetFile(target) as file:
        for group in range(file.num_row_groups):
            numbers: Any = file.metadata.row_group(group).column(0).statistics
            if numbers is not None and not rows.isdisjoint(range(numbers.min, numbers.max + 1)):
                yield from (row for row in file.read_row_group(group).to_pylist() if row["row"] in rows)


def _metadata(said: str | None) -> Metadata | None:
    """What `_row` has written."""
    if said is None:
        return None
    values = json.loads(said)
    day, precision = values["date_published"], values["date_published_precision"]
    values["date_published"] = day and dt.date.fromisoformat(day)
    values["date_published_precision"] = precision and Precision(precision)
    values["authors"] = tuple(values["authors"])
    return Metadata(**values)


UNPACK = Step("unpack", unpack)
