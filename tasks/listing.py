"""What stands in the raw folder: articles, metadata, other files, and what cannot be read as a raw file and why."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from onrecord.files.parts import SEPARATOR
from onrecord.formats import METADATA_NAMES, TEXT, format_of
from onrecord.storage import StoredObject, is_remote, objects_below
from tasks.rejects import Reject

#: Why a file is not read that is another one, or has other bytes, than the run set out to read.
MOVED = "changed while the run was on; it is taken by the next run"


class Stamp(NamedTuple):
    """What the file system says of a file: bytes, times in nanoseconds since 1970, and which file it is."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    device: int


@dataclass(slots=True)
class Listing:
    """What stands in the raw folder, before anything is compared.

    `files`: those that hold one article each; `containers`: those that hold several. `unread`: paths of files that are
    neither articles nor metadata; `faulty`: of containers that cannot be read, or not to their end. `began_ns`: when
    the first file was looked at.
    """

    files: dict[str, Stamp] = field(default_factory=dict)
    containers: dict[str, Stamp] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    metadata: dict[str, Stamp] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    began_ns: int = field(default_factory=time.time_ns)

    def stamp(self, path: str) -> Stamp | None:
        """The stamp of a file that is read; None where it is not listed."""
        return self.files.get(path) or self.containers.get(path)


def list_raw(raw: Path, file_bytes: int, formats: Collection[str] = (), *, warehouse: Path | None = None) -> Listing:
    """Everything below the raw folder, sorted out; links are followed only where they stay inside it.

    `file_bytes`: the most that a file may have that holds one article; `formats`: what is read beside text files;
    `warehouse`: the folder of the tables, which is left alone where it lies in the raw folder.
    Files come in the order in which the file system has them, metadata and rejects in that of their paths.
    Folders whose names start with a full stop are left alone. Raises `OSError`, which names the folder, where one
    cannot be listed: what it holds must not pass for gone.
    """
    listing = Listing()
    if is_remote(raw):
        return _list_remote(raw, file_bytes, formats, listing)
    root = raw.resolve()
    tables = None if warehouse is None or is_remote(warehouse) else warehouse.resolve()
    folders = [""]
    while folders:
        prefix = folders.pop()
        for entry in _entries(root / prefix):
            path = prefix + entry.name
            if not entry.is_dir():
                _sort_out(entry, path, root, file_bytes, formats, listing)
            elif entry.is_symlink():
                reason = "a link to a folder; folders are not followed"
                listing.rejects.append(Reject.of_file(_printable(path), "read", reason))
            elif not entry.name.startswith(".") and root / path != tables:
                folders.append(f"{path}/")
    listing.metadata = dict(sorted(listing.metadata.items()))
    listing.rejects.sort(key=lambda reject: reject.source_path)
    return listing


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """From the open folder: the system need not find its way to it again for every file."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(opened) as entries:
            yield from entries
    finally:
        os.close(opened)


def _sort_out(
    entry: os.DirEntry[str], path: str, root: Path, file_bytes: int, formats: Collection[str], listing: Listing
) -> None:
    _place(entry.name, path, lambda most: _looked_at(entry, path, root, most), file_bytes, formats, listing)


def _place(
    name: str,
    path: str,
    look_at: Callable[[int | None], Stamp | str],
    file_bytes: int,
    formats: Collection[str],
    listing: Listing,
) -> None:
    """Lists a file as what its name tells; `look_at` gives its stamp, or why it is not read, for a limit of bytes."""
    found_format = format_of(name, formats)
    if found_format is not TEXT and name.casefold().startswith((".", "metadata.")):
        found_format = None
    if found_format is None and name not in METADATA_NAMES:
        listing.unread.append(_printable(path))
        return
    holds_one = found_format is None or found_format.holds_one
    found = look_at(file_bytes if holds_one else None)
    if isinstance(found, str):
        listing.rejects.append(Reject.of_file(_printable(path), "read", found))
    elif found_format is None:
        listing.metadata[path] = found
    elif holds_one:
        listing.files[path] = found
    else:
        listing.containers[path] = found


def _looked_at(entry: os.DirEntry[str], path: str, root: Path, file_bytes: int | None) -> Stamp | str:
    """The stamp of a directory entry that can be read as a raw file; otherwise why it cannot."""
    if _printable(path) != path:
        return "its name is not valid UTF-8; rename the file"
    try:
        if entry.is_symlink():
            target = (root / path).resolve()
            if not target.is_relative_to(root):
                return "a link that leaves the raw folder"
            status = target.lstat()
        else:
            status = entry.stat(follow_symlinks=False)  # a link that takes its place meanwhile is not followed
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if not stat.S_ISREG(status.st_mode):
        return "not a regular file"
    if file_bytes is not None and status.st_size > file_bytes:
        return _too_large(status.st_size, file_bytes)
    return stamp_of(status)


def _too_large(size: int, file_bytes: int) -> str:
    return f"{size:,} bytes is over the limit of {file_bytes:,} (setting file_bytes)"


def _list_remote(raw: Path, file_bytes: int, formats: Collection[str], listing: Listing) -> Listing:
    """As `list_raw`, of a folder on object storage; the stamp of an object is its ETag, where the storage gives one."""

    def look_at(item: StoredObject, most: int | None) -> Stamp | str:
        if SEPARATOR in item.path:
            return f"its name holds {SEPARATOR}; rename the object"
        if most is not None and item.size > most:
            return _too_large(item.size, most)
        return Stamp(item.size, item.mtime_ns, item.mtime_ns, item.mark, 0)

    for item in objects_below(raw):
        folder, _, name = item.path.rpartition("/")
        if not any(part.startswith(".") for part in folder.split("/")):
            _place(name, item.path, partial(look_at, item), file_bytes, formats, listing)
    listing.metadata = dict(sorted(listing.metadata.items()))
    listing.rejects.sort(key=lambda reject: reject.source_path)
    return listing


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


@contextlib.contextmanager
def opened(file: Path, stamp: Stamp) -> Iterator[BufferedReader]:
    """A listed file, open for reading. Raises `OSError` where it cannot be, or where another file is there by now.

    A link that was put in its place after the listing had looked at it leads to another file, and is not followed;
    nor is what is no regular file waited for. An object on a storage has no links, and is opened as it is.
    """
    if is_remote(file):
        with file.open("rb") as found:
            yield found
        return
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as found:
        status = os.fstat(found.fileno())
        if (status.st_ino, status.st_dev) != (stamp.inode, stamp.device) or not stat.S_ISREG(status.st_mode):
            raise OSError(errno.ESTALE, MOVED, str(file))
        yield found


def _printable(path: str) -> str:
    """A path as it can be stored: bytes that are no UTF-8 are written as \\x escapes."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")
