"""Killed at any moment, out of space, read-only, two at once: nothing is lost, nothing mixed, the next run carries on.

A longer run of the same: `python -m benchmarks.warehouse_kill`.
"""

from __future__ import annotations

import errno
import itertools
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pytest

from onrecord.warehouse.errors import Locked
from onrecord.warehouse.store import Warehouse
from tests.onrecord.warehouse import crash_run
from tests.onrecord.warehouse.made_up_rows import tables_of

#: Under half a minute on two cores; `benchmarks/warehouse_kill.py` goes on for longer.
KILLS = 30


@pytest.fixture(scope="module")
def context() -> ForkServerContext:
    """Starts processes in milliseconds: what they import is imported once."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["tests.onrecord.warehouse.crash_run", "duckdb", "pyarrow.dataset"])
    return made


def test_a_writer_is_killed_and_readers_never_see_it(tmp_path: Path, context: ForkServerContext) -> None:
    outcome = crash_run.kill_at_random(tmp_path, KILLS, context, random.Random(8))  # noqa: S311
    assert outcome.kills == KILLS
    assert outcome.reads > 20
    assert (outcome.lost, outcome.mixed, outcome.problems, outcome.orphans) == ([], [], [], 0)


#: What Python tells before each change of the disk (see its table of audit events).
CHANGES = {"open", "os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "shutil.rmtree"}


def in_child(root: Path, number: int, at: int, action: Callable[[], None]) -> int:
    """Makes a commit in a child process that does `action` before its change of the disk of that number (from 0).

    The changes are listed in `root.changes`. Returns the child's status.
    """
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    changes: list[str] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in CHANGES or str(root) not in str(arguments) or (event == "open" and arguments[1] in ("r", "rb")):
            return
        changes.append(f"{event} {arguments[1] if event == 'os.rename' else ''}")
        if len(changes) == at + 1:
            action()

    sys.addaudithook(hook)
    try:
        crash_run.step(Warehouse(root, keep=crash_run.KEEP), number)
    except OSError as error:
        os._exit(3 if error.errno == errno.ENOSPC else 4)
    except BaseException:
        os._exit(5)
    root.with_suffix(".changes").write_text("\n".join(changes))
    os._exit(0)


def prepared(root: Path, commits: int) -> Warehouse:
    warehouse = Warehouse(root, keep=crash_run.KEEP)
    for number in range(commits):
        crash_run.step(warehouse, number)
    return warehouse


def moments(before: Path, number: int) -> tuple[list[int], int]:
    """Of all changes of the disk in a commit some of the first, and all around the swap; and which one is the swap."""
    root = before.with_name("whole")
    shutil.copytree(before, root, symlinks=True)
    assert in_child(root, number, -1, crash_run.die) == 0
    changes = root.with_suffix(".changes").read_text().splitlines()
    rows = [list(group) for _, group in itertools.groupby(range(len(changes)), key=lambda at: changes[at])]
    (swap,) = (at for at, change in enumerate(changes) if change.endswith("/.store/current"))
    return sorted({*(row[0] for row in rows[::5]), *range(swap - 6, len(changes))}), swap


def twin(source: str, target: str) -> None:
    """Copies a file; one that never changes gets a second name, which is faster."""
    (os.link if source.endswith(".parquet") else shutil.copy2)(source, target)


def unharmed(warehouse: Warehouse, number: int) -> None:
    """The snapshot of that number is current and whole, and the next commit succeeds and leaves nothing about."""
    with warehouse.latest() as latest:
        assert latest.number == number
        for table in ("articles", "quotes", "runs"):
            assert latest.read(table).num_rows == latest.rows(table)
    crash_run.step(warehouse, number + 1)
    assert warehouse.latest().number == number + 1
    store = warehouse.root / ".store"
    assert not any((store / "building").iterdir())
    assert len(list((store / "snapshots").iterdir())) == len(list((store / "history").iterdir())) == number + 2


@pytest.mark.parametrize("number", [1, 4])  # one with new months, a rollback
def test_dying_at_any_change_of_the_disk_leaves_the_old_state_or_the_new(tmp_path: Path, number: int) -> None:
    before = tmp_path / "before"
    before.mkdir()
    prepared(before, number)
    chosen, swap = moments(before, number)
    assert len(chosen) > 8
    for at in chosen:
        root = tmp_path / f"died{at}"
        shutil.copytree(before, root, symlinks=True, copy_function=twin)
        assert os.WIFSIGNALED(in_child(root, number, at, crash_run.die))
        left = Warehouse(root, keep=crash_run.KEEP)
        unharmed(left, number if at > swap else number - 1)
        shutil.rmtree(root)


def test_a_disk_that_is_full_at_any_change_leaves_the_old_state(tmp_path: Path) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = tmp_path / "before"
    prepared(before, 2)
    chosen, swap = moments(before, 2)
    stopped = 0
    for at in [at for at in chosen if at <= swap][::2]:
        root = tmp_path / f"full{at}"
        shutil.copytree(before, root, symlinks=True, copy_function=twin)
        code = os.waitstatus_to_exitcode(in_child(root, 2, at, full))
        assert code in (3, 0)  # 0: what failed was not needed (a folder that is there already)
        unharmed(Warehouse(root, keep=crash_run.KEEP), 1 if code else 2)
        stopped += code == 3
        shutil.rmtree(root)
    assert stopped > 2


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one and a half megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("mounting a small tmpfs needs root")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_stops_the_commit_and_not_the_warehouse(small_disk: Path) -> None:
    warehouse = prepared(small_disk, 3)
    with pytest.raises(OSError, match="No space left on device"), warehouse.transaction("large") as tx:
        tx.upsert_articles(tables_of(range(100, 400), words=2000))
    assert not any((small_disk / ".store" / "building").iterdir())
    unharmed(warehouse, 2)


def test_a_read_only_folder_is_read_and_a_commit_says_why_not(small_disk: Path) -> None:
    warehouse = prepared(small_disk, 3)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with warehouse.latest() as snapshot:
        assert snapshot.read("articles").num_rows == snapshot.rows("articles")
    with pytest.raises(OSError, match="Read-only file system"):
        crash_run.step(warehouse, 3)
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    unharmed(warehouse, 2)


def write_own(root: Path, first: int) -> None:
    warehouse = Warehouse(root, keep=crash_run.KEEP)
    for number in range(first, first + 8):
        with warehouse.transaction(f"run{number}", timeout=600) as tx:
            tx.upsert_articles(tables_of([number], months=3, words=30))


def test_two_writers_take_turns(tmp_path: Path, context: ForkServerContext) -> None:
    writers = [context.Process(target=write_own, args=(tmp_path, first)) for first in (0, 100)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    warehouse = Warehouse(tmp_path)
    assert warehouse.latest().rows("articles") == 16
    assert len(warehouse.history()) == 16


def hold(root: Path, held: Any, done: Any) -> None:
    with Warehouse(root).writing("backfill b7"):
        held.set()
        done.wait()


def test_a_writer_in_another_process_is_named_and_its_lock_goes_with_it(
    tmp_path: Path, context: ForkServerContext
) -> None:
    held, done = context.Event(), context.Event()
    holder = context.Process(target=hold, args=(tmp_path, held, done))
    holder.start()
    held.wait()
    with (
        pytest.raises(Locked, match=rf"being written by process {holder.pid} on .* \(backfill b7, since 20"),
        Warehouse(tmp_path).transaction(),
    ):
        pass
    holder.kill()
    holder.join()
    crash_run.step(Warehouse(tmp_path), 0)
    assert Warehouse(tmp_path).latest().number == 0
