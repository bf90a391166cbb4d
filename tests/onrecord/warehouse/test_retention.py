"""A warehouse remembers how many snapshots it keeps; snapshots can be removed and rewritten before their time."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.warehouse import disk
from onrecord.warehouse.arrow import strings
from onrecord.warehouse.check import check
from onrecord.warehouse.errors import NoSnapshot
from onrecord.warehouse.retention import Retention
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.transaction import Transaction
from tests.onrecord.warehouse.made_up_rows import path_of, tables_of


def commit(warehouse: Warehouse, *numbers: int) -> None:
    with warehouse.transaction() as made:
        made.upsert_articles(tables_of(numbers))


def age(warehouse: Warehouse, days: int) -> None:
    """Let all snapshots be so many days older than they are."""
    for number in warehouse.kept():
        file = warehouse.root / ".store" / "snapshots" / f"{number:08d}" / "commit.json"
        then = file.stat().st_mtime - days * 86400
        os.utime(file, (then, then))


def paths(warehouse: Warehouse, number: int) -> set[str]:
    with warehouse.at(number) as snapshot:
        return set(strings(snapshot.read("articles", ["source_path"]).column(0)))


def drop(number: int) -> Callable[[Transaction], None]:
    def change(made: Transaction) -> None:
        made.remove_articles([article_id(path_of(number))])
        made.inputs["purged"] = [number]

    return change


def test_what_is_said_once_is_remembered(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    for number in range(4):
        commit(warehouse, number)
    age(warehouse, 1)
    warehouse.retain(2, None)
    assert Warehouse(tmp_path).retention == Retention(2, 0)
    assert warehouse.kept() == [0, 1, 2, 3]
    assert Warehouse(tmp_path).prune() == [0, 1]
    Warehouse(tmp_path).retain(None, 30)
    assert Warehouse(tmp_path).retention == Retention(2, 30)
    commit(Warehouse(tmp_path), 4)
    assert warehouse.kept() == [2, 3, 4]  # the last month's stay
    age(warehouse, 31)
    assert warehouse.prune() == [2]


def test_what_was_current_within_the_hour_stays(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    for number in range(3):
        commit(warehouse, number)
    warehouse.retain(1, 0)
    assert warehouse.prune() == [] and warehouse.retention.age == dt.timedelta(hours=1)


def test_a_damaged_retention_is_said(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    commit(warehouse, 1)
    (tmp_path / ".store" / "retention.json").write_text("[]", "utf-8")
    with pytest.raises(ValueError, match="say it again, with --keep and --keep-days"):
        warehouse.prune()
    warehouse.retain(3, 4)
    assert warehouse.retention == Retention(3, 4)


def test_an_earlier_snapshot_is_rewritten_in_its_place(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    commit(warehouse, 1, 2)
    commit(warehouse, 3)
    was = warehouse.history()[-1]
    assert warehouse.rewrite(0, drop(1))
    assert (paths(warehouse, 0), paths(warehouse, 1)) == ({path_of(2)}, {path_of(1), path_of(2), path_of(3)})
    now = warehouse.history()[-1]
    assert (now.number, now.created_at, now.kind) == (was.number, was.created_at, was.kind)
    assert (was.rows["articles"], now.rows["articles"], now.inputs) == (2, 1, {"purged": [1]})
    with warehouse.at(0) as snapshot:
        assert [problem for problem in check(snapshot) if problem.rule != "reference"] == []  # no runs, no entities
    warehouse.rollback(0)
    assert paths(warehouse, 2) == {path_of(2)}


def test_a_snapshot_that_is_current_or_being_read_is_not_rewritten(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    commit(warehouse, 1)
    commit(warehouse, 2)
    with pytest.raises(NoSnapshot):
        warehouse.rewrite(1, drop(1))
    with warehouse.at(0) as held:
        assert not warehouse.rewrite(0, drop(1))
        assert held.rows("articles") == 1
    assert paths(warehouse, 0) == {path_of(1)}


@pytest.mark.parametrize("is_discarded", [False, True])
def test_a_rewriting_that_was_killed_is_brought_to_its_end(
    is_discarded: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the old snapshot is gone it has not been; after that it is done by the next writer."""
    warehouse = Warehouse(tmp_path)
    commit(warehouse, 1, 2)
    commit(warehouse, 3)
    snapshots = tmp_path / ".store" / "snapshots"

    class KilledError(BaseException):
        pass

    def killed(path: Path) -> None:
        if is_discarded == (snapshots / "00000000").exists():
            return remove(path)
        raise KilledError

    remove = disk.remove
    with monkeypatch.context() as patch, pytest.raises(KilledError):
        if is_discarded:
            patch.setattr(disk, "remove", killed)
        else:
            patch.setattr("onrecord.warehouse.file_locks.take", lambda _: (_ for _ in ()).throw(KilledError))
        warehouse.rewrite(0, drop(1))
    left = Warehouse(tmp_path)
    commit(left, 4)
    assert paths(left, 0) == ({path_of(2)} if is_discarded else {path_of(1), path_of(2)})
    assert not (tmp_path / ".store" / "purged").exists()
