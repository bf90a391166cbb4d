"""Which raw folder a run reads, and under which name: what one folder gave must not overwrite what another did.

A warehouse remembers its raw folders in the table `raw_roots`. The first has no name, and the ids of its articles are
hashes of their paths below it. A further one has a name, its source, which stands before those paths.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from onrecord.settings import Settings, UsageError
from onrecord.storage import is_remote, storage_path
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import to_table

Value = TypeVar("Value")

TABLE = "raw_roots"
#: The source of a warehouse's first raw folder.
UNNAMED = ""


class RawFolderError(RuntimeError):
    """The raw folder is not the one that the warehouse was read from, and nobody said what it is."""


class NoRawFolderError(UsageError, FileNotFoundError):
    """There is no folder where the raw folder is said to be."""


def require_folder(raw: Path) -> None:
    """Raises `NoRawFolderError` where the raw folder is not there, or its storage does not let it be looked at."""
    try:
        is_there = raw.is_dir()
    except Exception as error:  # the boundary: storages have errors of their own, of credentials, say
        raise NoRawFolderError(f"the raw folder {raw} cannot be looked at: {error}") from error
    if not is_there:
        raise NoRawFolderError(f"no raw folder at {raw}: give one with --raw")


def matches_nothing(settings: Settings) -> str:
    """What is said where the settings' `only` matches no path."""
    return f"--only {settings.only!r} matches nothing: it is a glob over paths below {settings.raw}"


@dataclass(frozen=True, slots=True)
class Roots:
    """The raw folders of a warehouse: `folders`, absolute paths by source; `source` is the one that a run reads.

    `changed`: the warehouse does not know that folder under that source yet.
    """

    folders: Mapping[str, Path]
    source: str = UNNAMED
    changed: bool = False

    @property
    def folder(self) -> Path:
        return self.folders[self.source]

    def source_of(self, source_path: str) -> str:
        """The source that a `source_path` belongs to."""
        first, slash, _ = source_path.partition("/")
        return first if slash and first in self.folders else UNNAMED

    def own(self, by_path: Mapping[str, Value]) -> dict[str, Value]:
        """What belongs to the run's source, by its `source_path`."""
        if self.folders.keys() == {UNNAMED}:
            return dict(by_path)
        return {path: value for path, value in by_path.items() if self.source_of(path) == self.source}

    def row(self) -> pa.Table:
        """The run's source and folder as a row of `raw_roots`."""
        return to_table(TABLE, [{"source": self.source, "folder": str(self.folder)}])


def roots_of(warehouse: Warehouse) -> dict[str, Path]:
    """The raw folders that the warehouse was read from, by source.

    A warehouse of schema version 1 did not remember any; of these the parameters of the last run tell.
    """
    if not warehouse.exists():
        return {}
    with warehouse.latest() as snapshot:
        rows = snapshot.read(TABLE).to_pylist()
        if rows or not snapshot.rows("articles"):
            return {row["source"]: storage_path(row["folder"]) for row in rows}
        runs = snapshot.read("runs", ("started_at", "parameters")).sort_by("started_at").to_pylist()
    told = [raw for run in runs if (raw := json.loads(run["parameters"] or "{}").get("raw"))]
    return {UNNAMED: _absolute(storage_path(told[-1]))} if told else {}


def choose(settings: Settings, known: Mapping[str, Path], paths: Iterable[str]) -> Roots:
    """The source that the settings' raw folder is read as. `paths`: the `source_path`s that the warehouse has.

    Raises `RawFolderError` where the folder is another one than the warehouse knows and the settings do not say what
    it is, where it is the warehouse itself, or where paths of two sources could be taken for one another;
    `NoRawFolderError` where there is no folder.
    """
    require_folder(settings.raw)
    here = _absolute(settings.raw)
    if _is_same(_absolute(settings.warehouse), here):
        raise RawFolderError(f"the raw texts and the tables cannot be in one folder, {here}: give another --warehouse")
    as_known = next((source for source, folder in known.items() if _is_same(folder, here)), None)
    source = settings.source
    if source is None:
        source = as_known if as_known is not None else _moved(settings, known, here)
    elif as_known not in (None, source):
        raise RawFolderError(f"{settings.raw} is known to the warehouse as {_named(as_known)}, and not as {source!r}")
    elif source in known and as_known is None and not settings.same_source:
        raise RawFolderError(
            f"the source {source!r} was read from {known[source]}, and not from {settings.raw}; if that folder has"
            " moved, say --same-source; if this is another one, give it another name"
        )
    roots = Roots({**known, source: here}, source, changed=as_known is None)
    if source not in known:
        _refuse_clash(source, paths)
    if UNNAMED in roots.folders:
        for name in roots.folders.keys() - {UNNAMED}:
            if (roots.folders[UNNAMED] / name).exists():
                raise RawFolderError(
                    f"{roots.folders[UNNAMED] / name} has the name of the source {name!r}, and its files could be"
                    " taken for those of that source: rename it, or choose another --source"
                )
    return roots


def _moved(settings: Settings, known: Mapping[str, Path], here: Path) -> str:
    """The source of a folder that the warehouse does not know and that was given no name."""
    if not known:
        return UNNAMED
    if settings.same_source and len(known) == 1:
        return next(iter(known))
    folders = ", ".join(f"{folder}" + (f" ({source})" if source else "") for source, folder in known.items())
    if settings.same_source:
        raise RawFolderError(f"which of the raw folders of this warehouse has moved? Say --source NAME: {folders}")
    within = next((folder for folder in known.values() if _is_below(here, folder)), None)
    part = f" To read a part of {within} only: --only '{here.relative_to(within)}/*'." if within else ""
    raise RawFolderError(
        f"this warehouse was read from {folders}, and {settings.raw} is another folder: a file of the same name in it"
        f" would overwrite what was read there.{part} If it is a further folder, name it: --source NAME. If the folder"
        " has moved: --same-source"
    )


def _refuse_clash(source: str, paths: Iterable[str]) -> None:
    """A new name must not be the first folder of a path that is there."""
    if taken := next((path for path in paths if path.startswith(f"{source}/")), None):
        raise RawFolderError(
            f"--source {source}: the warehouse has an article of that beginning ({taken}); choose another name"
        )


def reading_of(settings: Settings, roots: Roots, source: str) -> Settings:
    """The settings with the folder and the name of one source; the run's own folder is as it was given."""
    raw = settings.raw if source == roots.source else roots.folders.get(source, settings.raw)
    return replace(settings, raw=raw, source=source or None)


def _absolute(folder: Path) -> Path:
    if is_remote(folder):
        return folder
    return Path(os.path.abspath(folder))  # noqa: PTH100 - a link that leads to the folder may lead to another later


def _is_same(known: Path, here: Path) -> bool:
    if is_remote(known) or is_remote(here):
        return str(known).rstrip("/") == str(here).rstrip("/")
    return known == here or (known.exists() and known.samefile(here))


def _is_below(here: Path, folder: Path) -> bool:
    return not (is_remote(here) or is_remote(folder)) and here.is_relative_to(folder)


def _named(source: str | None) -> str:
    return f"the source {source!r}" if source else "its first folder, which has no name"
