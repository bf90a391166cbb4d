"""The warehouse on disk: snapshots of plain Parquet, one of them current, replaced all at once.

    warehouse/quotes -> .store/current/quotes        one link a table, made once
    warehouse/views.sql -> .store/current/views.sql
    .store/current -> snapshots/00000042             the only thing that is swapped, by one rename
    .store/snapshots/00000042/quotes/month=2015-10/part-<sha256>.parquet
    .store/snapshots/00000042/commit.json            parent, run, schema version, row counts, checksums
    .store/history/00000042.json                     what remains of a commit when its snapshot is no longer kept
    .store/building/, .store/trash/                  never seen through the links; emptied by the next writer

A reader that lists a table's folder and opens the files by name sees one snapshot, or is told that a file is gone:
names carry the hash of what is in them. See `Warehouse._announce` for the one case that this alone does not cover.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import itertools
import json
import os
import time
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.warehouse import disk
from onrecord.warehouse.build import Builder
from onrecord.warehouse.commit import Commit
from onrecord.warehouse.declaration import SCHEMA_VERSION
from onrecord.warehouse.errors import NoSnapshot, NoWarehouse, Overtaken
from onrecord.warehouse.lock import WriterLock
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.transaction import Transaction

#: Snapshots kept whatever their age.
KEEP = 10

#: A snapshot that was current within this time is kept, so that no reader's files are pulled away.
RETENTION = dt.timedelta(hours=1)

#: Seconds between showing new months as empty folders and filling them; see `_announce`.
SETTLE = 0.25


class Warehouse:
    """A folder of tables. Reading needs no lock; writing takes the one writer's lock for the whole transaction."""

    def __init__(self, root: Path | str, *, keep: int = KEEP, retention: dt.timedelta = RETENTION) -> None:
        self.root = Path(root).absolute()
        self.keep = keep
        self.retention = retention
        self._store = self.root / ".store"
        self._lock = WriterLock(self._store / "lock")

    # --- reading

    def exists(self) -> bool:
        """Whether anything was ever committed."""
        return (self._store / "current").is_symlink()

    def latest(self) -> Snapshot:
        """The current snapshot. Raises NoWarehouse where nothing was ever committed."""
        while True:
            number = self._current()
            if number is None:
                raise NoWarehouse(f"{self.root} holds no warehouse yet")
            try:
                return self.at(number)
            except NoSnapshot:
                if self._current() == number:
                    raise

    def at(self, number: int) -> Snapshot:
        """A snapshot that is still kept. Raises NoSnapshot."""
        current = self._current()
        if current is None or number > current:
            raise NoSnapshot(f"{self.root} has no snapshot {number}")
        return Snapshot(self._snapshot(number))

    def kept(self) -> list[int]:
        """The numbers of the snapshots that can be read, oldest first."""
        current = self._current()
        if current is None:
            return []
        numbers = (int(path.name) for path in (self._store / "snapshots").iterdir() if path.name.isdigit())
        return sorted(number for number in numbers if number <= current)

    # --- writing

    @contextlib.contextmanager
    def writing(self, purpose: str = "write", timeout: float = 0.0) -> Iterator[None]:
        """Keeps other writers out for as long as the block runs, so that what is read in it stays what is current.

        Waits up to `timeout` seconds for another writer. Raises Locked, which names it.
        """
        self._store.mkdir(parents=True, exist_ok=True)
        self._lock.acquire(purpose, timeout)
        try:
            self._recover()
            yield
        finally:
            self._lock.release()

    @contextlib.contextmanager
    def transaction(
        self,
        run_id: str | None = None,
        *,
        kind: str = "ingest",
        pipeline_version: str | None = None,
        inputs: Mapping[str, Any] | None = None,
        expected: int | None = None,
        timeout: float = 0.0,
    ) -> Iterator[Transaction]:
        """A transaction that is committed at the end of the block, and forgotten where the block raises.

        Inside `writing` it uses that lock. A transaction to which nothing was done makes no commit. `inputs` (JSON)
        goes into `commit.json`; the transaction's own `inputs` can be added to until the end.

        Raises Locked; Overtaken where `expected` is given and is not the current snapshot; SchemaVersionDiffers;
        OSError where the disk is full or the folder read-only, with the warehouse as it was.
        """
        with contextlib.ExitStack() as stack:
            if not self._lock.held:
                stack.enter_context(self.writing(f"{kind} {run_id or ''}".strip(), timeout))
            current = self._current()
            if expected is not None and current != expected:
                raise Overtaken(f"{self.root} is at snapshot {current}, not {expected}: read it again")
            parent = None if current is None else stack.enter_context(self.at(current))
            if parent is not None:
                parent.require_current_schema()
            work = self._store / "building" / uuid.uuid4().hex
            work.mkdir(parents=True)
            stack.callback(disk.remove, work)
            transaction = Transaction(parent, work)
            transaction.inputs.update(inputs or {})
            yield transaction
            if parent is None or not transaction.is_empty:
                self._commit(transaction, work, kind, run_id, pipeline_version)

    def _commit(
        self, transaction: Transaction, work: Path, kind: str, run_id: str | None, pipeline_version: str | None
    ) -> None:
        folder = work / "snapshot"
        folder.mkdir()
        parent = transaction.parent
        commit = Commit(
            number=0 if parent is None else parent.number + 1,
            parent=None if parent is None else parent.number,
            kind=kind,
            run_id=run_id,
            pipeline_version=pipeline_version,
            created_at=dt.datetime.now(dt.UTC),
            schema_version=SCHEMA_VERSION,
            tables=Builder(transaction, folder).build(),
            inputs=transaction.inputs,
        )
        self._publish(commit, folder)

    def _publish(self, commit: Commit, folder: Path) -> None:
        """Makes a finished folder the current snapshot. The rename in `disk.point` is the moment of the commit."""
        text = commit.to_json()
        disk.write_durably(folder / "commit.json", text.encode())
        summary = {key: value for key, value in json.loads(text).items() if key != "tables"}
        (self._store / "history").mkdir(exist_ok=True)
        (self._store / "snapshots").mkdir(exist_ok=True)
        disk.write_durably(self._store / "history" / f"{commit.number:08d}.json", json.dumps(summary).encode())
        disk.sync_folder(self._store / "history")
        disk.sync_tree(folder)
        target = self._snapshot(commit.number)
        folder.rename(target)
        disk.sync_folder(target.parent)
        self._links()
        self._announce(commit)
        disk.point(self._store / "current", f"snapshots/{target.name}")
        self._prune()

    def _announce(self, commit: Commit) -> None:
        """Shows the months that are new as empty folders of the current snapshot, a moment before they are filled.

        A reader lists a table's folder, then each month's. Where the swap falls between, it would list the old months
        and the new files in them, and never learn of a new month: wrong, and silently so. With the new months there
        (empty) for longer than a listing takes, it meets them, or files of the old months that are gone, which is an
        error. Not needed where the old months stay as they are: what it reads then is the old snapshot.
        """
        if commit.parent is None:
            return
        parent = Commit.from_json((self._snapshot(commit.parent) / "commit.json").read_text("utf-8"))
        shown = False
        for name, entries in commit.tables.items():
            before = {entry.path for entry in parent.tables.get(name, ())}
            known = {entry.month for entry in parent.tables.get(name, ())}
            fresh = {entry.month for entry in entries} - known
            stays = before <= {entry.path for entry in entries}
            if TABLES[name].monthly and fresh and not stays:
                for month in fresh:
                    (self._snapshot(commit.parent) / name / f"month={month}").mkdir(exist_ok=True)
                shown = True
        if shown:
            time.sleep(SETTLE)

    # --- housekeeping, with the lock held

    def _recover(self) -> None:
        """Clears what a writer that was killed left behind; none of it was ever seen through the links."""
        disk.remove(self._store / "building")
        disk.remove(self._store / "trash")
        with contextlib.suppress(FileNotFoundError):
            (self._store / "current.new").unlink()
        current = self._current()
        for folder in ("snapshots", "history"):
            path = self._store / folder
            for orphan in path.iterdir() if path.is_dir() else ():
                if current is None or int(orphan.stem) > current:
                    disk.remove(orphan) if orphan.is_dir() else orphan.unlink()

    def _links(self) -> None:
        for name in TABLES:
            place = self.root / name
            if not place.is_symlink():
                disk.point(place, f".store/current/{name}")

    def _prune(self) -> None:
        """Removes snapshots beyond the last `keep` that have not been current within `retention` and are not open."""
        kept = self.kept()
        for number, successor in itertools.pairwise(kept):
            if number in kept[-self.keep :]:
                break
            left = dt.datetime.fromtimestamp((self._snapshot(successor) / "commit.json").stat().st_mtime, dt.UTC)
            if dt.datetime.now(dt.UTC) - left < self.retention:
                break
            self._discard(number)

    def _discard(self, number: int) -> None:
        path = self._snapshot(number)
        lease = os.open(path / "commit.json", os.O_RDONLY)
        try:
            fcntl.flock(lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
            trash = self._store / "trash"
            trash.mkdir(exist_ok=True)
            path.rename(trash / path.name)
        except BlockingIOError:
            return  # a reader has it open
        finally:
            os.close(lease)
        disk.remove(trash / path.name)

    def _current(self) -> int | None:
        try:
            return int((self._store / "current").readlink().name)
        except FileNotFoundError:
            return None

    def _snapshot(self, number: int) -> Path:
        return self._store / "snapshots" / f"{number:08d}"
