"""Articles that `since` and `until` leave out: which, and how a repeated run knows them without reading them again.

What the survey found of each is remembered below the warehouse; the file may go at any time, at the cost of reading
those articles once more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.settings import Settings
from onrecord.version import pipeline_version
from tasks.cache import read_cached, write_cached

#: Below the warehouse.
LEFT_OUT_FILE = Path(".cache", "left-out.parquet")
#: In a batch's folder.
STAGED = "left_out.parquet"

_TEXTS = ("path", "sha256", "metadata_sha256", "pipeline_version")
_TYPES: list[tuple[str, pa.DataType]] = [*((name, pa.string()) for name in _TEXTS), ("date_published", pa.date32())]
_SCHEMA = pa.schema(_TYPES)


class Reading(NamedTuple):
    """A source path as it was read: the digests of its file and its metadata, and the version that read it."""

    path: str
    sha256: str
    metadata_sha256: str | None
    pipeline_version: str


#: The day of publication (null where none is told) of what was left out.
Days = dict[Reading, dt.date | None]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Source paths of a run: those of another day than was asked for, and those that tell no day."""

    other_days: frozenset[str] = frozenset()
    undated: frozenset[str] = frozenset()

    @property
    def paths(self) -> frozenset[str]:
        return self.other_days | self.undated

    def __or__(self, other: LeftOut) -> LeftOut:
        return LeftOut(self.other_days | other.other_days, self.undated | other.undated)


def is_wanted(day: dt.date | None, settings: Settings) -> bool:
    """Whether a day of publication lies within `since` to `until`; without either, every article does."""
    if settings.since is None and settings.until is None:
        return True
    if day is None:
        return False
    return (settings.since is None or day >= settings.since) and (settings.until is None or day <= settings.until)


def left_out(days: Days) -> LeftOut:
    """The paths of readings that were left out."""
    return LeftOut(
        frozenset(reading.path for reading, day in days.items() if day is not None),
        frozenset(reading.path for reading, day in days.items() if day is None),
    )


def stage(folder: Path, days: Days) -> None:
    """Write what a batch leaves out. Raises `OSError`."""
    pq.write_table(_table(days), folder / STAGED, compression="zstd", write_page_checksum=True)


def staged(surveyed: Sequence[Path]) -> Days:
    """What the batches of these surveys leave out. Raises `OSError`."""
    found: Days = {}
    for path in surveyed:
        found.update(_days(pq.read_table(path.parent / STAGED, page_checksum_verification=True)))
    return found


def remembered(settings: Settings) -> Days:
    """What earlier runs left out that these settings leave out too."""
    if settings.full or (settings.since is None and settings.until is None):
        return {}
    version = pipeline_version(settings.tagger)
    days = _days(read_cached(settings.warehouse / LEFT_OUT_FILE, _SCHEMA))
    return {r: day for r, day in days.items() if r.pipeline_version == version and not is_wanted(day, settings)}


def remember(settings: Settings, days: Days) -> None:
    """Keep what a run left out, beside what earlier ones did."""
    if not days:
        return
    file = settings.warehouse / LEFT_OUT_FILE
    before = _days(read_cached(file, _SCHEMA))
    paths = {reading.path for reading in days}
    kept = {reading: day for reading, day in before.items() if reading.path not in paths}
    write_cached(_table(kept | days), file, compression="zstd")


def _days(table: pa.Table | None) -> Days:
    columns = [column.to_pylist() for column in table.columns] if table is not None else [[]] * len(_SCHEMA)
    return {Reading(*texts): day for *texts, day in zip(*columns, strict=True)}


def _table(days: Days) -> pa.Table:
    rows = [[*reading, day] for reading, day in days.items()]
    columns = zip(*rows, strict=True) if rows else [()] * len(_SCHEMA)
    arrays = [pa.array(list(values), field.type) for values, field in zip(columns, _SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)
