"""Raw folders on object storage (`s3://bucket/folder`), through fsspec and universal-pathlib (the extra `s3`)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/+")
#: What storages call the mark by which the content of an object is told from another, the surest first.
_MARKS = ("ETag", "etag", "md5Hash", "content_md5", "generation", "version_id")
#: What they call the time of its last change.
_TIMES = ("LastModified", "last_modified", "updated", "mtime", "created")


def address_in(path: str) -> str | None:
    """The scheme with which the path is an address (`s3://`); None for a path of this machine."""
    match = _ADDRESS.match(path)
    return f"{match[0].rstrip('/')}//" if match else None


def storage_path(path: str) -> Path:
    """The path, or, of an address, what can be used as one. Raises `ValueError` where its storage cannot be reached."""
    if (scheme := address_in(path)) is None:
        return Path(path)
    if find_spec("upath") is None:
        raise ValueError(f"{scheme} needs universal-pathlib: pip install 'onrecord[s3]'; or fetch or mount it first")
    from upath import UPath

    try:
        found = UPath(path)
        _ = found.fs
    except (ImportError, ValueError) as error:
        raise ValueError(f"{scheme} cannot be reached: {error}") from error
    return cast(Path, found)


def is_remote(path: Path) -> bool:
    """Whether the path is one of `storage_path` that lies elsewhere."""
    return not isinstance(path, Path)


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object below a folder: its path there, bytes, time of change in nanoseconds since 1970, and a number that is
    another when its content is, where the storage gives one."""

    path: str
    size: int
    mtime_ns: int
    mark: int


def objects_below(folder: Path) -> Iterator[StoredObject]:
    """The objects below a remote folder, in order of their names. Raises `OSError`."""
    remote = cast(Any, folder)
    beginning = remote.path.rstrip("/") + "/"
    found: Mapping[str, Mapping[str, Any]] = remote.fs.find(remote.path, detail=True)
    for name, about in sorted(found.items()):
        if about.get("type", "file") == "file":
            mark = next((str(about[key]) for key in _MARKS if about.get(key)), None)
            changed = next((about[key] for key in _TIMES if about.get(key)), 0)
            path = name[len(beginning) :] if name.startswith(beginning) else name.rpartition("/")[2]
            yield StoredObject(path, int(about.get("size") or 0), 0 if mark else _nanoseconds(changed), _number(mark))


def _nanoseconds(time: Any) -> int:
    if isinstance(time, str):
        time = dt.datetime.fromisoformat(time)
    return int((time.timestamp() if isinstance(time, dt.datetime) else float(time)) * 1e9)


def _number(mark: str | None) -> int:
    return 0 if mark is None else int.from_bytes(hashlib.sha256(mark.encode()).digest()[:8], "big")


@contextmanager
def local_copy(file: Path) -> Iterator[Path]:
    """The file, or, where it is remote, a copy of its name on the disk for the time of reading. Raises `OSError`."""
    if not is_remote(file):
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        copy = Path(folder, file.name)
        with file.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
        yield copy
