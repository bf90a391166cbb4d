"""Damaged files of a warehouse: which articles' rows they held, and the snapshot without them that a repair goes by."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from onrecord.document.article import Metadata
from onrecord.files.parts import source_key
from onrecord.files.source import Precision
from onrecord.warehouse import disk
from onrecord.warehouse.arrow import strings
from onrecord.warehouse.check import Damaged, damaged_files
from onrecord.warehouse.errors import Unrepairable
from onrecord.warehouse.layout import bucket_of, spread_hash
from onrecord.warehouse.rows import article_id, source_keys
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import ARTICLE_TABLES, TABLES
from tasks.batches import RawFile

_KEYS = ("article_id", "source_path", "source_part")


@dataclass(frozen=True, slots=True)
class Repair:
    """What a run has to make good. `files`: the damaged ones, which it goes without; `again`: keys of the sources of
    articles whose other rows they held, by table; `lost`: ids of the articles whose own rows they held, by month."""

    files: tuple[Damaged, ...] = ()
    again: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lost: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        """The sources that are read again."""
        return frozenset(key for keys in self.again.values() for key in keys)

    @property
    def ids(self) -> frozenset[str]:
        """The articles whose own rows are lost."""
        return frozenset(key for keys in self.lost.values() for key in keys)

    @property
    def without(self) -> frozenset[tuple[str, str]]:
        """The damaged files, by table and path, as `Warehouse` takes them."""
        return frozenset((damaged.table, damaged.entry.path) for damaged in self.files)


def repair_of(warehouse: Warehouse) -> Repair:
    """What is damaged in the current snapshot that no other one has whole; those that one has are put in place.

    Raises `Unrepairable`, with what to do, where a table is damaged that reading articles again does not give.
    """
    with warehouse.latest() as snapshot:
        files = damaged_files(snapshot)
    if files:
        with warehouse.writing("repair"):
            files = [damaged for damaged in files if not _restored(warehouse, damaged)]
    if others := sorted({damaged.table for damaged in files} - set(ARTICLE_TABLES)):
        named = next(f"{damaged.table}/{damaged.entry.path}" for damaged in files if damaged.table == others[0])
        raise Unrepairable(f"{named} is damaged, which reading again does not give: {_way_out(warehouse)}")
    repair = Repair(tuple(files), {}, {})
    with Warehouse(warehouse.root, without=repair.without).latest() as whole:
        lost: dict[str, frozenset[str]] = {}
        again: dict[str, frozenset[str]] = {}
        for damaged in files:
            month = str(damaged.entry.month)
            if damaged.table == "articles":
                lost[month] = lost.get(month, frozenset()) | _ids_in(whole, damaged)
            elif damaged.table != "rejects":  # a reject that is not there is found again by any run
                again[damaged.table] = again.get(damaged.table, frozenset()) | _keys_in(whole, damaged)
    return replace(repair, again=again, lost=lost)


def _restored(warehouse: Warehouse, damaged: Damaged) -> bool:
    """Whether another snapshot has the file whole, which then takes the place of the damaged one."""
    place = Path(damaged.table) / damaged.entry.path
    with warehouse.latest() as current:
        broken = current.path / place
    for number in warehouse.kept():
        with warehouse.at(number) as other, contextlib.suppress(OSError):
            found = other.path / place
            if hashlib.sha256(found.read_bytes()).hexdigest() == damaged.entry.sha256:
                fresh = broken.with_name(f"{broken.name}.new")
                disk.remove(fresh)
                disk.link(found, fresh)
                fresh.replace(broken)
                disk.sync_folder(broken.parent)
                return True
    return False


def _keys_in(snapshot: Snapshot, damaged: Damaged) -> frozenset[str]:
    """The sources of the articles whose rows a file held."""
    rows = snapshot.read("articles", _KEYS, months=[str(damaged.entry.month)])
    return frozenset(source_keys(rows.filter(_held(rows, damaged))))


def _ids_in(snapshot: Snapshot, damaged: Damaged) -> frozenset[str]:
    """The articles whose own rows a file held, as the other tables tell."""
    found: set[str] = set()
    for name in ARTICLE_TABLES:
        if name != "articles" and TABLES[name].spread_by == "article_id":
            rows = snapshot.read(name, ("article_id",), months=[str(damaged.entry.month)])
            found.update(strings(rows.filter(_held(rows, damaged)).column("article_id")))
    return frozenset(found)


def _held(rows: pa.Table, damaged: Damaged) -> pa.Array[Any]:
    """Which rows' articles a file held rows of."""
    places = bucket_of(spread_hash(rows.column("article_id")), damaged.entry.buckets)
    held: pa.Array[Any] = pa.array(np.asarray(places == damaged.entry.bucket))
    return held


def _way_out(warehouse: Warehouse) -> str:
    """What is left to do: the newest snapshot that is whole, or a new warehouse."""
    for number in reversed(warehouse.kept()[:-1]):
        with warehouse.at(number) as snapshot:
            if not damaged_files(snapshot):
                return f"snapshot {number} is whole: `onrecord rollback {number}`, then ingest again"
    return "no kept snapshot is whole: ingest into another warehouse"


def from_rows(warehouse: Warehouse, keys: Collection[str]) -> list[RawFile]:
    """Sources whose raw files are gone, with the texts, and what was known from beside them, that the warehouse has."""
    if not keys:
        return []
    with warehouse.latest() as snapshot:
        rows = snapshot.of_articles("articles", [article_id(key) for key in keys]).to_pylist()
    return [_kept(row) for row in sorted(rows, key=lambda row: str(row["article_id"]))]


def _kept(row: dict[str, Any]) -> RawFile:
    precision = row["date_published_precision"]
    told = Metadata(
        **{
            name: row[name]
            for name in ("date_published", "url", "publisher", "agency", "headline", "byline", "language")
        },
        date_published_precision=precision and Precision(precision),
        authors=tuple(row["authors"] or ()),
    )
    beside = row["metadata_sha256"] is not None or row["source_part"] is not None
    return RawFile(
        path=source_key(row["source_path"], row["source_part"]),
        sha256=row["source_sha256"],
        size=row["source_bytes"],
        metadata=told if beside else None,
        metadata_sha256=row["metadata_sha256"],
        encoding=row["encoding"],
        text=row["text"],
    )


def still_lost(warehouse: Warehouse, repair: Repair) -> list[str]:
    """The ids of the articles that could not be made good: their own rows were lost, and their raw files are gone."""
    with warehouse.latest() as snapshot:
        return sorted(repair.ids.difference(strings(snapshot.read("articles", ("article_id",)).column("article_id"))))


def still_damaged(warehouse: Warehouse, repair: Repair) -> list[int]:
    """The earlier snapshots that share a damaged file."""
    found = []
    for number in warehouse.kept()[:-1]:
        with warehouse.at(number) as snapshot:
            files = {(name, entry.path) for name in TABLES for entry in snapshot.entries(name)}
            found += [number] if files & repair.without else []
    return found
