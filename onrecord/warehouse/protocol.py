"""The snapshot protocol: how a finished folder becomes what everybody reads, in one step, whatever happens meanwhile.

    warehouse/quotes -> .store/current/quotes        one link a table, made once
    warehouse/views.sql -> .store/current/views.sql
    .store/current -> snapshots/00000042             the only thing that is swapped, by one rename
    .store/snapshots/00000042/quotes/month=2015-10/part-<sha256>.parquet
    .store/snapshots/00000042/commit.json            parent, run, schema version, row counts, checksums
    .store/history/00000042.json                     what remains of a commit when its snapshot is no longer kept
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
from onrecord.warehouse.errors import NoLinks
from onrecord.warehouse.lock import WriterLock
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.views import VIEWS_FILE, views_sql

#: Seconds between showing new months as empty folders and filling them; see `_announce`.
SETTLE = 0.25


class SnapshotStore:
    """The folder `.store` of a warehouse. All methods but the first four are for the holder of `lock`."""

    def __init__(self, root: Path, keep: int, retention: dt.timedelta) -> None:
        self.root = root
        self.folder = root / ".store"
        self.lock = WriterLock(self.folder / "lock")
        self._keep = keep
        self._retention = retention

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
        disk.write_durably(folder / VIEWS_FILE, views_sql(target.relative_to(self.root)).encode())
        self._remember(commit.number, text)
        disk.sync_tree(folder)
        target.parent.mkdir(exist_ok=True)
        folder.rename(target)
        disk.sync_folder(target.parent)
        self._links()
        self._announce(commit)
        disk.point(self.folder / "current", f"snapshots/{target.name}")
        self._prune()

    def recover(self) -> None:
        """Clears what a writer that was killed left behind; none of it was ever seen through the links."""
        disk.remove(self.folder / "building")
        disk.remove(self.folder / "trash")
        with contextlib.suppress(FileNotFoundError):
            (self.folder / "current.new").unlink()
        current = self.current()
        for name in ("snapshots", "history"):
            path = self.folder / name
            for orphan in path.iterdir() if path.is_dir() else ():
                if current is None or int(orphan.stem) > current:
                    disk.remove(orphan)

    def _remember(self, number: int, text: str) -> None:
        summary = {key: value for key, value in json.loads(text).items() if key != "tables"}
        self.remembered(number).parent.mkdir(exist_ok=True)
        disk.write_durably(self.remembered(number), json.dumps(summary, ensure_ascii=False).encode())
        disk.sync_folder(self.remembered(number).parent)

    def _links(self) -> None:
        for name in (*TABLES, VIEWS_FILE):
            place = self.root / name
            if not place.is_symlink():
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

    def _prune(self) -> None:
        """Removes snapshots beyond the last `keep` that were not current within the retention and are not open."""
        kept = self.kept()
        for number, successor in itertools.pairwise(kept):
            if number in kept[-self._keep :]:
                break
            left = dt.datetime.fromtimestamp((self.snapshot(successor) / "commit.json").stat().st_mtime, dt.UTC)
            if dt.datetime.now(dt.UTC) - left < self._retention:
                break
            self._discard(self.snapshot(number))

    def _discard(self, path: Path) -> None:
        lease = os.open(path / "commit.json", os.O_RDONLY)
        trash = self.folder / "trash"
        trash.mkdir(exist_ok=True)
        try:
            file_locks.take(lease)
            path.rename(trash / path.name)
        except BlockingIOError:
            return  # a reader has it open
        finally:
            os.close(lease)
        disk.remove(trash / path.name)

    def _numbers(self, name: str) -> list[int]:
        current = self.current()
        if current is None:
            return []
        numbers = (int(path.stem) for path in (self.folder / name).iterdir() if path.stem.isdigit())
        return sorted(number for number in numbers if number <= current)
