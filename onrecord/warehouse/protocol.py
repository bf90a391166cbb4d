"""The snapshot protocol: how a finished folder becomes what everybody reads, in one step, whatever happens meanwhile.

    warehouse/quotes -> .store/current/quotes        one link a table, made once
    warehouse/views.sql -> .store/current/views.sql, and README.md likewise
    .store/current -> snapshots/00000042             the only thing that is swapped, by one rename
    .store/snapshots/00000042/quotes/month=2015-10/part-<sha256>.parquet
    .store/snapshots/00000042/commit.json            parent, run, schema version, row counts, checksums
    .store/history/00000042.json                     what remains of a commit when its snapshot is no longer kept
    .store/retention.json                            how many snapshots are kept, and for how long
    .store/purged/00000042/                          what takes the place of a snapshot from which articles are removed
    .store/building/, .store/trash/                  never seen through the links; emptied by the next writer

A reader that lists a table's folder and opens the files by name sees one snapshot, or is told that a file is gone:
names carry the hash of what is in them. See `SnapshotStore._announce` for the case that this alone does not cover.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import itertools
import json
import os
import time
from pathlib import Path

from onrecord.warehouse import disk, file_locks
from onrecord.warehouse.commit import Commit
from onrecord.warehouse.dictionary import README_FILE, dictionary_markdown
from onrecord.warehouse.errors import NoLinks
from onrecord.warehouse.lock import WriterLock
from onrecord.warehouse.retention import Retention
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.views import VIEWS_FILE, views_sql

#: Seconds between showing new months as empty folders and filling them; see `_announce`.
SETTLE = 0.25


class SnapshotStore:
    """The folder `.store` of a warehouse. All methods but the first four are for the holder of `lock`."""

    def __init__(self, root: Path, keep: int | None = None, age: dt.timedelta | None = None) -> None:
        self.root = root
        self.folder = root / ".store"
        self.lock = WriterLock(self.folder / "lock")
        self._keep = keep
        self._age = age

    @property
    def retention_file(self) -> Path:
        return self.folder / "retention.json"

    def current(self) -> int | None:
        """The number of the current snapshot; null where nothing was ever committed.

        Raises NoLinks where the warehouse was copied without its symbolic links.
        """
        try:
            return int((self.folder / "current").readlink().name)
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            raise NoLinks(
                f"{self.root} is a copy without the symbolic links of a warehouse: copy the first one again, with"
                " `cp -a`, `rsync -a`, `tar` or `zip --symlinks`"
            ) from error

    def snapshot(self, number: int) -> Path:
        return self.folder / "snapshots" / f"{number:08d}"

    def kept(self) -> list[int]:
        """The numbers of the snapshots that can be read, oldest first."""
        return self._numbers("snapshots")

    def past(self) -> list[int]:
        """The numbers of all commits, oldest first."""
        return self._numbers("history")

    def remembered(self, number: int) -> Path:
        return self.folder / "history" / f"{number:08d}.json"

    def publish(self, commit: Commit, folder: Path) -> None:
        """Makes a finished folder the current snapshot. The rename in `disk.point` is the moment of the commit."""
        text = commit.to_json()
        target = self.snapshot(commit.number)
        disk.write_durably(folder / "commit.json", text.encode())
        self._write_guides(folder, target)
        self._remember(commit.number, text)
        disk.sync_tree(folder)
        target.parent.mkdir(exist_ok=True)
        folder.rename(target)
        disk.sync_folder(target.parent)
        self._links()
        self._announce(commit)
        disk.point(self.folder / "current", f"snapshots/{target.name}")
        self.prune()

    def replace(self, commit: Commit, folder: Path) -> bool:
        """Puts a finished folder in the place of a snapshot that is not the current one; false where it is being read.

        Killed in between, `recover` brings it to its end.
        """
        target = self.snapshot(commit.number)
        purged = self.folder / "purged" / target.name
        text = commit.to_json()
        disk.write_durably(folder / "commit.json", text.encode())
        self._write_guides(folder, target)
        current_until = (target / "commit.json").stat().st_mtime_ns
        os.utime(folder / "commit.json", ns=(current_until, current_until))
        disk.sync_tree(folder)
        purged.parent.mkdir(exist_ok=True)
        folder.rename(purged)
        disk.sync_folder(purged.parent)
        if not self._discard(target):
            disk.remove(purged)
            return False
        self._put_in_place(purged)
        return True

    def _put_in_place(self, purged: Path) -> None:
        target = self.folder / "snapshots" / purged.name
        purged.rename(target)
        disk.sync_folder(target.parent)
        self._remember(int(target.name), (target / "commit.json").read_text("utf-8"))

    def recover(self) -> None:
        """Clears what a writer that was killed left behind; none of it was ever seen through the links."""
        disk.remove(self.folder / "building")
        disk.remove(self.folder / "trash")
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "current.new").unlink()
        purged = self.folder / "purged"
        for path in purged.iterdir() if purged.is_dir() else ():
            if not self.snapshot(int(path.name)).exists():
                self._put_in_place(path)
        disk.remove(purged)
        current = self.current()
        for name in ("snapshots", "history"):
            path = self.folder / name
            for orphan in path.iterdir() if path.is_dir() else ():
                if current is None or int(orphan.stem) > current:
                    disk.remove(orphan)

    def _remember(self, number: int, text: str) -> None:
        summary = {key: value for key, value in json.loads(text).items() if key != "tables"}
        self.remembered(number).parent.mkdir(exist_ok=True)
        fresh = self.folder / "history.new"
        disk.remove(fresh)
        disk.write_durably(fresh, json.dumps(summary, ensure_ascii=False).encode())
        fresh.replace(self.remembered(number))
        disk.sync_folder(self.remembered(number).parent)

    def _write_guides(self, folder: Path, target: Path) -> None:
        """The views and the dictionary, for whoever opens the warehouse without this program."""
        disk.write_durably(folder / VIEWS_FILE, views_sql(target.relative_to(self.root)).encode())
        disk.write_durably(folder / README_FILE, dictionary_markdown().encode())

    def _links(self) -> None:
        """A link for each table, and for the guides; a README that somebody put there stays."""
        for name in (*TABLES, VIEWS_FILE, README_FILE):
            place = self.root / name
            if not place.is_symlink() and not (name == README_FILE and place.exists()):
                disk.point(place, f".store/current/{name}")

    def _announce(self, commit: Commit) -> None:
        """Shows the months that are new as empty folders of the current snapshot, a moment before they are filled.

        A reader lists a table's folder, then each month's. Where the swap falls between, it would list the old months
        and the new files in them, and never learn of a new month: wrong, and silently so. With the new months there
        (empty) for longer than a listing takes, it meets them, or files of the old months that are gone, which is an
        error. Not needed where the old months stay as they are: what it reads then is the old snapshot.
        """
        if commit.parent is None:
            return
        parent = Commit.from_json((self.snapshot(commit.parent) / "commit.json").read_text("utf-8"))
        shown = False
        for name, entries in commit.tables.items():
            before = {entry.path for entry in parent.tables.get(name, ())}
            known = {entry.month for entry in parent.tables.get(name, ())}
            stays = before <= {entry.path for entry in entries}
            for month in () if stays else {entry.month for entry in entries} - known:
                (self.snapshot(commit.parent) / name / f"month={month}").mkdir(exist_ok=True)
                shown = True
        if shown:
            time.sleep(SETTLE)

    def prune(self) -> list[int]:
        """Removes the snapshots that are no longer to be kept and are not open; their numbers."""
        retention = Retention.read(self.retention_file)
        keep = retention.snapshots if self._keep is None else self._keep
        age = retention.age if self._age is None else self._age
        kept, gone = self.kept(), []
        for number, successor in itertools.pairwise(kept):
            if number in kept[-keep:]:
                break
            left = dt.datetime.fromtimestamp((self.snapshot(successor) / "commit.json").stat().st_mtime, dt.UTC)
            if dt.datetime.now(dt.UTC) - left < age:
                break
            if self._discard(self.snapshot(number)):
                gone.append(number)
        return gone

    def discard(self, number: int) -> bool:
        """Removes a snapshot that is not the current one; false where somebody has it open."""
        return self._discard(self.snapshot(number))

    def _discard(self, path: Path) -> bool:
        lease = os.open(path / "commit.json", os.O_RDONLY)
        trash = self.folder / "trash"
        trash.mkdir(exist_ok=True)
        try:
            file_locks.take(lease)
            path.rename(trash / path.name)
        except BlockingIOError:
            return False  # a reader has it open
        finally:
            os.close(lease)
        disk.remove(trash / path.name)
        return True

    def _numbers(self, name: str) -> list[int]:
        current = self.current()
        if current is None:
            return []
        numbers = (int(path.stem) for path in (self.folder / name).iterdir() if path.stem.isdigit())
        return sorted(number for number in numbers if number <= current)
