"""The warehouse: reads and commits all tables at once. How that is kept safe on disk is in `protocol`."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.warehouse import disk
from onrecord.warehouse.build import Builder, Tables, link_all
from onrecord.warehouse.commit import Commit
from onrecord.warehouse.declaration import SCHEMA_VERSION
from onrecord.warehouse.errors import NoSnapshot, NoWarehouse, Overtaken
from onrecord.warehouse.migrate import MIGRATIONS, Steps, migrated
from onrecord.warehouse.protocol import SnapshotStore
from onrecord.warehouse.retention import Retention
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.transaction import Transaction

#: What `transaction` expects of a warehouse to which nothing was ever committed.
EMPTY = -1


@dataclass(frozen=True, slots=True)
class Past:
    """One commit of the history. `rows`: of each table, after it. `kept`: it can still be read and rolled back to."""

    number: int
    parent: int | None
    kind: str
    run_id: str | None
    pipeline_version: str | None
    created_at: dt.datetime
    schema_version: int
    rows: Mapping[str, int]
    inputs: Mapping[str, Any]
    kept: bool
    current: bool


class Warehouse:
    """A folder of tables. Reading needs no lock; writing takes the one writer's lock for the whole transaction.

    `keep` and `retention` (how long) stand in for what the warehouse remembers. `without`: damaged files of the current
    snapshot, by table and path, that are read and built on as if they had no rows.
    """

    def __init__(
        self,
        root: Path | str,
        *,
        keep: int | None = None,
        retention: dt.timedelta | None = None,
        without: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._without = without
        self.root = Path(root).absolute()
        self._store = SnapshotStore(self.root, keep, retention)

    # --- reading

    def exists(self) -> bool:
        """Whether anything was ever committed."""
        return self._store.current() is not None

    def latest(self) -> Snapshot:
        """The current snapshot. Raises NoWarehouse where nothing was ever committed."""
        while True:
            number = self._store.current()
            if number is None:
                raise NoWarehouse(f"{self.root} holds no warehouse yet")
            try:
                return Snapshot(self._store.snapshot(number), self._without)
            except NoSnapshot:
                if self._store.current() == number:
                    raise

    def at(self, number: int) -> Snapshot:
        """A snapshot that is still kept. Raises NoSnapshot."""
        if number not in self._store.kept():
            raise NoSnapshot(f"{self.root} has no snapshot {number}; there are {self._store.kept()}")
        return Snapshot(self._store.snapshot(number))

    def open(self, at: int | None = None) -> Snapshot:
        """The snapshot of that number, or the current one. Raises NoSnapshot, NoWarehouse."""
        return self.latest() if at is None else self.at(at)

    def kept(self) -> list[int]:
        """The numbers of the snapshots that can be read, oldest first."""
        return self._store.kept()

    def history(self) -> list[Past]:
        """All commits, the newest first, also those whose snapshots are no longer kept."""
        kept, current = set(self._store.kept()), self._store.current()
        return [self._past(number, kept, current) for number in reversed(self._store.past())]

    @property
    def retention(self) -> Retention:
        """How many snapshots are kept, and for how long."""
        return Retention.read(self._store.retention_file)

    # --- writing

    def retain(self, snapshots: int | None, days: int | None) -> None:
        """Remembers how many snapshots are kept from now on, and for how many days; null leaves it as it was.

        Raises Locked.
        """
        if snapshots is None and days is None:
            return
        before = self.retention if snapshots is None or days is None else Retention()
        said = before.updated(snapshots, days)
        if not said.is_in(self._store.retention_file):
            with self._locked("retain"):
                said.write(self._store.retention_file)

    def prune(self) -> list[int]:
        """Removes the snapshots that are no longer kept; their numbers. Raises Locked."""
        with self._locked("prune"):
            return self._store.prune()

    def rewrite(self, number: int, change: Callable[[Transaction], None]) -> bool:
        """Changes a kept snapshot that is not the current one; false where somebody is reading it.

        What the transaction's `inputs` say is added to the commit's. Raises NoSnapshot, Locked, SchemaVersionDiffers.
        """
        with self._changing("rewrite", None, 0.0) as (current, work):
            if current is None or number == current.number:
                raise NoSnapshot(f"{number} is no earlier snapshot of {self.root}")
            folder = work / "snapshot"
            folder.mkdir()
            with self.at(number) as snapshot:
                snapshot.require_current_schema()
                transaction = Transaction(snapshot, work)
                change(transaction)
                tables = Builder(transaction, folder).build()
                inputs = {**snapshot.commit.inputs, **transaction.inputs}
                commit = replace(snapshot.commit, tables=tables, inputs=inputs)
            return self._store.replace(commit, folder)

    def discard(self, number: int) -> bool:
        """Removes a snapshot before its time; false where somebody is reading it. Raises NoSnapshot, Locked."""
        with self._locked("discard"):
            if number == self._store.current():
                raise NoSnapshot(f"{number} is the current snapshot of {self.root}")
            return self._store.discard(number)

    @contextlib.contextmanager
    def writing(self, purpose: str = "write", timeout: float = 0.0) -> Iterator[None]:
        """Keeps other writers out for as long as the block runs, so that what is read in it stays what is current.

        Waits up to `timeout` seconds for another writer. Raises Locked, which names it.
        """
        self._store.folder.mkdir(parents=True, exist_ok=True)
        self._store.lock.acquire(purpose, timeout)
        try:
            self._store.recover()
            yield
        finally:
            self._store.lock.release()

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

        Inside `writing` it uses that lock. A transaction to which nothing was done makes no commit (but for the first,
        which makes all tables). `inputs` (JSON) goes into `commit.json`; the transaction's own `inputs` can be added
        to until the end, and its `committed` says what was committed.

        Raises Locked; Overtaken where `expected` is given and is not the current snapshot (`EMPTY`: where there is
        one); SchemaVersionDiffers; OSError where the disk is full or the folder read-only. The warehouse is then as
        it was.
        """
        with self._changing(kind, run_id, timeout) as (parent, work):
            current = EMPTY if parent is None else parent.number
            if expected not in (None, current):
                raise Overtaken(
                    f"{self.root} is {_state(current)} and was {_state(expected)} when this run read it: another run"
                    " committed meanwhile, and this one committed nothing; run it again"
                )
            if parent is not None:
                parent.require_current_schema()
            transaction = Transaction(parent, work)
            transaction.inputs.update(inputs or {})
            yield transaction
            if parent is None or not transaction.is_empty:
                made = self._commit(
                    parent, work, lambda folder: Builder(transaction, folder).build(),
                    kind=kind, run_id=run_id, pipeline_version=pipeline_version, inputs=transaction.inputs,
                )  # fmt: skip
                transaction.committed = made

    def rollback(self, number: int, run_id: str | None = None, *, timeout: float = 0.0) -> Commit:
        """Makes the tables again what they were in an earlier snapshot, as a new commit; nothing is lost by it.

        Raises NoSnapshot where that one is not kept, SchemaVersionDiffers where it has another schema version, Locked.
        """
        with self._changing("rollback", run_id, timeout) as (parent, work), self.at(number) as earlier:
            earlier.require_current_schema()
            return self._commit(
                parent, work, lambda folder: link_all(earlier, folder),
                kind="rollback", run_id=run_id, pipeline_version=earlier.commit.pipeline_version,
                inputs={"rolled_back_to": number},
            )  # fmt: skip

    def migrate(
        self,
        run_id: str | None = None,
        *,
        steps: Steps = MIGRATIONS,
        timeout: float = 0.0,
    ) -> Commit | None:
        """Rewrites all files in one commit where they have an older schema version; null where they have not.

        Raises SchemaVersionDiffers where a step is missing or the files come from a newer version, Locked.
        """
        with self._changing("migrate", run_id, timeout) as (parent, work):
            if parent is None or parent.commit.schema_version == SCHEMA_VERSION:
                return None
            return self._commit(
                parent, work, lambda folder: Builder(migrated(parent, work, steps), folder).build(),
                kind="migrate", run_id=run_id, pipeline_version=parent.commit.pipeline_version,
                inputs={"schema_version": [parent.commit.schema_version, SCHEMA_VERSION]},
            )  # fmt: skip

    @contextlib.contextmanager
    def _locked(self, purpose: str, timeout: float = 0.0) -> Iterator[None]:
        """As `writing`, which this may stand in."""
        with contextlib.nullcontext() if self._store.lock.held else self.writing(purpose, timeout):
            yield

    @contextlib.contextmanager
    def _changing(self, kind: str, run_id: str | None, timeout: float) -> Iterator[tuple[Snapshot | None, Path]]:
        """With the lock: the current snapshot, and a folder to work in that is removed at the end."""
        with contextlib.ExitStack() as stack:
            stack.enter_context(self._locked(f"{kind} {run_id or ''}".strip(), timeout))
            parent = stack.enter_context(self.latest()) if self.exists() else None
            work = self._store.folder / "building" / uuid.uuid4().hex
            stack.callback(disk.remove, work)
            work.mkdir(parents=True)
            yield parent, work

    def _commit(
        self, parent: Snapshot | None, work: Path, build: Callable[[Path], Tables], *,
        kind: str, run_id: str | None, pipeline_version: str | None, inputs: Mapping[str, Any],
    ) -> Commit:  # fmt: skip
        folder = work / "snapshot"
        folder.mkdir()
        commit = Commit(
            number=0 if parent is None else parent.number + 1,
            parent=None if parent is None else parent.number,
            kind=kind,
            run_id=run_id,
            pipeline_version=pipeline_version,
            created_at=dt.datetime.now(dt.UTC),
            schema_version=SCHEMA_VERSION,
            tables=build(folder),
            inputs=inputs,
        )
        self._store.publish(commit, folder)
        return commit

    def _past(self, number: int, kept: set[int], current: int | None) -> Past:
        read = json.loads(self._store.remembered(number).read_text("utf-8"))
        read["created_at"] = dt.datetime.fromisoformat(read["created_at"])
        return Past(**read, kept=number in kept, current=number == current)


def _state(number: int) -> str:
    return "empty" if number == EMPTY else f"at snapshot {number}"
