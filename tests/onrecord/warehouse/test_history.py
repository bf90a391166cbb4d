from __future__ import annotations

import dataclasses
import datetime as dt
import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from onrecord.warehouse import declaration, migrate, snapshot, store
from onrecord.warehouse.declaration import SCHEMA_VERSION
from onrecord.warehouse.errors import NoSnapshot, SchemaVersionDiffers
from onrecord.warehouse.query import quoted
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES
from tests.onrecord.warehouse.made_up_rows import path_of, run_of, tables_of

AT_ONCE = dt.timedelta(0)


def add(warehouse: Warehouse, *numbers: int, run_id: str = "r", edition: int = 0) -> None:
    with warehouse.transaction(run_id, pipeline_version="1", inputs={"numbers": list(numbers)}) as tx:
        tx.upsert_articles(tables_of(numbers, run_id=run_id, edition=edition, months=2))
        tx.upsert("runs", run_of(run_id))


def paths(warehouse: Warehouse) -> set[str]:
    with warehouse.latest() as latest:
        return {row["source_path"] for row in latest.read("articles", ["source_path"]).to_pylist()}


def test_history_tells_of_every_commit_the_newest_first(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    add(warehouse, 1, 2, run_id="first")
    add(warehouse, 3, run_id="second")
    second, first = warehouse.history()
    assert (second.number, second.parent, second.run_id, second.current, second.kept) == (1, 0, "second", True, True)
    assert (first.number, first.parent, first.current, first.rows["articles"]) == (0, None, False, 2)
    assert second.inputs == {"numbers": [3]}
    assert dt.datetime.now(dt.UTC) - second.created_at < dt.timedelta(minutes=10)


def test_an_earlier_snapshot_is_read_as_it_was(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    add(warehouse, 1, 2)
    add(warehouse, 1, 3, edition=1)
    with warehouse.at(0) as before:
        (row,) = before.of_articles("articles", [article_id(path_of(1))], ["text"]).to_pylist()
        assert "edition 0" in row["text"]
        connection = duckdb.connect()
        connection.execute(f"set file_search_path = {quoted(tmp_path)}")
        connection.execute((before.path / "views.sql").read_text())
        assert connection.sql("select count(*) from articles").fetchall() == [(2,)]


def test_rollback_is_a_new_commit_and_can_be_rolled_back(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    add(warehouse, 1, 2)
    add(warehouse, 3)
    made = warehouse.rollback(0, "oops")
    assert (made.number, made.kind, made.inputs) == (2, "rollback", {"rolled_back_to": 0})
    assert paths(warehouse) == {path_of(1), path_of(2)}
    assert warehouse.latest().commit.tables == warehouse.at(0).commit.tables
    warehouse.rollback(1)
    assert paths(warehouse) == {path_of(1), path_of(2), path_of(3)}


def test_old_snapshots_go_and_their_history_stays(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path, keep=2, retention=AT_ONCE)
    for number in range(5):
        add(warehouse, number)
    assert warehouse.kept() == [3, 4]
    assert [past.kept for past in warehouse.history()] == [True, True, False, False, False]
    with pytest.raises(NoSnapshot, match=r"has no snapshot 2; there are \[3, 4\]"):
        warehouse.rollback(2)


def test_a_snapshot_within_its_retention_stays(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path, keep=1, retention=dt.timedelta(hours=1))
    for number in range(3):
        add(warehouse, number)
    assert warehouse.kept() == [0, 1, 2]
    for number in (1, 2):  # the day before
        os.utime(tmp_path / ".store" / "snapshots" / f"{number:08d}" / "commit.json", (1e9, 1e9))
    add(warehouse, 3)
    assert warehouse.kept() == [2, 3]


def test_a_snapshot_that_a_reader_holds_stays(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path, keep=1, retention=AT_ONCE)
    add(warehouse, 0)
    with warehouse.latest() as held:
        for number in range(1, 4):
            add(warehouse, number)
        assert warehouse.kept() == [0, 2, 3]  # 2: the writer itself had it open
        assert held.read("articles").num_rows == 1
    add(warehouse, 4)
    assert warehouse.kept() == [3, 4]


def version(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Lets the code be of another schema version."""
    for module in (declaration, store, snapshot, migrate):
        monkeypatch.setattr(module, "SCHEMA_VERSION", number)


def test_files_of_an_older_version_are_migrated_in_one_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = Warehouse(tmp_path)
    articles = TABLES["articles"]
    old = dataclasses.replace(articles, columns=tuple(c for c in articles.columns if c.name != "located"))
    with monkeypatch.context() as before:
        version(before, 0)
        before.setitem(TABLES, "articles", old)
        with warehouse.transaction("r") as tx:
            tx.upsert_articles(tables_of(range(50)))
    with pytest.raises(
        SchemaVersionDiffers, match=f"has schema version 0, this is {SCHEMA_VERSION}: run `onrecord migrate`"
    ):
        add(warehouse, 99)

    def upper(name: str, rows: pa.Table) -> pa.Table:
        if name != "articles" or "located" in rows.column_names:
            return rows
        return rows.append_column("located", pa.array(["Here"] * rows.num_rows, pa.string()))

    commit = warehouse.migrate("m", steps=dict.fromkeys(range(SCHEMA_VERSION), lambda: migrate.Step(upper)))
    assert commit is not None
    assert (commit.number, commit.kind, commit.schema_version) == (1, "migrate", SCHEMA_VERSION)
    latest = warehouse.latest()
    assert set(latest.read("articles", ["located"]).column(0).to_pylist()) == {"Here"}
    assert {month: rows.num_rows for month, rows in latest.parts("quotes")} == {
        month: rows.num_rows for month, rows in warehouse.at(0).parts("quotes")
    }
    assert warehouse.migrate() is None
    with pytest.raises(SchemaVersionDiffers, match="run `onrecord migrate`"):
        warehouse.rollback(0)


def test_without_a_step_nothing_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = Warehouse(tmp_path)
    add(warehouse, 1)
    version(monkeypatch, SCHEMA_VERSION + 1)
    with pytest.raises(SchemaVersionDiffers, match=f"no way from it to {SCHEMA_VERSION + 1}"):
        warehouse.migrate()
    assert warehouse.kept() == [0]
