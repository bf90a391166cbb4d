from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from onrecord.warehouse.errors import Locked, NoWarehouse, Overtaken
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.store import EMPTY, Warehouse
from onrecord.warehouse.tables import TABLES, to_table
from tests.onrecord.warehouse.made_up_rows import (
    entities_of,
    entity_id,
    path_of,
    reject_of,
    run_of,
    speaker_of,
    tables_of,
)


def fill(warehouse: Warehouse, numbers: range, run_id: str = "r0", **options: int) -> None:
    with warehouse.transaction(run_id) as tx:
        tx.upsert_articles(tables_of(numbers, run_id=run_id, **options))
        tx.upsert("entities", entities_of(numbers))
        tx.upsert("runs", run_of(run_id))


def by_glob(warehouse: Warehouse, table: str) -> duckdb.DuckDBPyRelation:
    found = duckdb.sql(f"from read_parquet('{warehouse.root}/{table}/**/*.parquet')")
    assert found is not None
    return found


def inodes(warehouse: Warehouse, table: str) -> dict[str, int]:
    folder = (warehouse.root / table).resolve()
    return {str(path.relative_to(folder)): path.stat().st_ino for path in folder.rglob("*.parquet")}


def test_nothing_is_there_before_the_first_commit(tmp_path: Path) -> None:
    with pytest.raises(NoWarehouse, match="holds no warehouse yet"):
        Warehouse(tmp_path).latest()


def test_all_tables_exist_from_the_first_commit(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    with warehouse.transaction():
        pass
    for name, table in TABLES.items():
        found = by_glob(warehouse, name).project(", ".join(f'"{c}"' for c in table.column_names))
        assert found.columns == list(table.column_names)
        assert found.fetchall() == []
        assert warehouse.latest().read(name).schema.equals(table.schema)


def test_what_is_committed_is_read_by_glob_by_dataset_and_by_snapshot(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(100))
    (rows,) = by_glob(warehouse, "quotes").aggregate("count(*), count(distinct month)").fetchall()
    assert rows == (300, 25)
    folder = (tmp_path / "quotes").resolve()
    assert ds.dataset(folder, format="parquet", partitioning="hive").count_rows() == 300
    with warehouse.latest() as snapshot:
        assert snapshot.rows("quotes") == snapshot.read("quotes").num_rows == 300
        assert snapshot.months()[-1] == "unknown"
        one = snapshot.read("articles", months=["2015-03"])
        assert {row["date_published"].month for row in one.to_pylist()} == {3}


def test_a_new_article_rewrites_its_month_and_no_other(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(100))
    before = inodes(warehouse, "quotes")
    fill(warehouse, range(146, 147), run_id="r1")  # 146 % 24: March 2015
    after = inodes(warehouse, "quotes")
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert {path.split("/")[0] for path in changed} == {"month=2015-03"}
    assert warehouse.latest().rows("articles") == 101


def test_a_changed_article_replaces_all_its_rows_in_whatever_month_it_stood(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(50), quotes=3)
    fill(warehouse, range(7, 8), quotes=1, edition=1, months=5)
    snapshot = warehouse.latest()
    assert snapshot.rows("articles") == 50
    assert snapshot.rows("quotes") == 49 * 3 + 1
    (row,) = snapshot.of_articles("articles", [article_id(path_of(7))], ["text"]).to_pylist()
    assert "edition 1" in row["text"]
    assert snapshot.of_articles("quotes", [article_id(path_of(7))]).num_rows == 1


def test_a_removed_article_leaves_nothing_behind(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(50))
    gone = article_id(path_of(9))
    with warehouse.transaction("r1") as tx:
        tx.remove_articles([gone, "no such article"])
    snapshot = warehouse.latest()
    for name in ("articles", "quotes", "mentions", "dates", "signatures"):
        assert snapshot.of_articles(name, [gone]).num_rows == 0
        assert gone not in snapshot.read(name, ["article_id"]).column(0).to_pylist()
    assert snapshot.rows("articles") == 49


def test_a_block_that_raises_commits_nothing(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(10))
    with pytest.raises(ZeroDivisionError), warehouse.transaction("r1") as tx:
        tx.upsert_articles(tables_of(range(10, 20)))
        raise ZeroDivisionError
    assert warehouse.latest().rows("articles") == 10
    assert list((tmp_path / ".store" / "building").iterdir()) == []


def test_a_transaction_without_changes_makes_no_commit(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(10))
    with warehouse.transaction("r1"):
        pass
    assert warehouse.latest().number == 0


def test_the_layout_depends_on_the_rows_and_not_on_the_history(tmp_path: Path) -> None:
    once, often = Warehouse(tmp_path / "once"), Warehouse(tmp_path / "often")
    fill(once, range(300))
    for first in (200, 0, 100):
        with often.transaction("r0") as tx:
            tx.upsert_articles(tables_of(range(first, first + 100), edition=first))
    for first in (0, 100, 200):
        fill(often, range(first, first + 100))
    with often.transaction("r0") as tx:
        tx.replace("entities", [entities_of(range(300))])
    assert once.latest().commit.tables == often.latest().commit.tables


def test_a_large_partition_is_spread_over_files_and_a_small_change_rewrites_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_files(monkeypatch)
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(600), months=1)
    snapshot = warehouse.latest()
    assert len(snapshot.files("articles", "2015-01")) == 16
    assert sorted(row["source_path"] for row in snapshot.read("articles").to_pylist()) == [
        path_of(i) for i in sorted(range(600), key=path_of)
    ]
    fill(warehouse, range(5, 6), months=1, edition=1)
    before, after = snapshot.files("articles"), warehouse.latest().files("articles")
    assert len({path.name for path in before} - {path.name for path in after}) == 1
    fill(warehouse, range(600, 1400), months=1)  # twice the files: every one is split
    assert len(warehouse.latest().files("articles", "2015-01")) == 32
    assert warehouse.latest().rows("quotes") == warehouse.latest().read("quotes").num_rows == 4200


def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty rows a file, so that a few hundred rows show what millions do."""
    import dataclasses

    for name, table in list(TABLES.items()):
        monkeypatch.setitem(TABLES, name, dataclasses.replace(table, rows_per_file=50))


def test_rows_that_went_to_disk_in_between_are_committed_too(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    with warehouse.transaction("r0") as tx:
        tx.staged._budget = 100_000
        for first in range(0, 500, 50):
            tx.upsert_articles(tables_of(range(first, first + 50)))
        assert tx.staged._spills > 3
        assert tx.staged_rows["quotes"] == 1500
    direct = Warehouse(tmp_path / "direct")
    with direct.transaction("r0") as tx:
        tx.upsert_articles(tables_of(range(500)))
    assert warehouse.latest().commit.tables == direct.latest().commit.tables


def test_an_article_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="an article comes twice"),
        Warehouse(tmp_path).transaction() as tx,
    ):
        tx.upsert_articles(tables_of([1, 2]))
        tx.upsert_articles(tables_of([2, 3]))


def test_quotes_of_an_article_that_is_not_there_are_refused(tmp_path: Path) -> None:
    tables = tables_of([1, 2])
    tables["articles"] = tables["articles"].slice(0, 1)
    with (
        pytest.raises(ValueError, match="rows of an article that is not in the same batch"),
        Warehouse(tmp_path).transaction() as tx,
    ):
        tx.upsert_articles(tables)


def test_rejects_of_a_file_are_replaced_when_it_is_read_again(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    with warehouse.transaction("r0") as tx:
        tx.upsert_articles({"rejects": to_table("rejects", [reject_of(path_of(1), "bad"), reject_of("x.txt", "bad")])})
    with warehouse.transaction("r1") as tx:
        tx.upsert_articles({"rejects": to_table("rejects", [reject_of("x.txt", "worse")])})
    assert warehouse.latest().read("rejects", ["reason"]).column(0).to_pylist() == ["bad", "worse"]
    fill(warehouse, range(5))
    assert warehouse.latest().read("rejects", ["source_path"]).column(0).to_pylist() == ["x.txt"]
    with warehouse.transaction("r2") as tx:
        tx.remove_rejects(["x.txt"])
    assert warehouse.latest().rows("rejects") == 0


def test_a_row_reject_stands_in_the_month_of_its_article_and_goes_with_it(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    tables = tables_of([3])
    tables["rejects"] = to_table("rejects", [reject_of(path_of(3), "a quote without marks")])
    with warehouse.transaction("r0") as tx:
        tx.upsert_articles(tables)
    assert warehouse.latest().months("rejects") == ["2015-04"]
    with warehouse.transaction("r1") as tx:
        tx.remove_articles([article_id(path_of(3))])
    assert warehouse.latest().rows("rejects") == 0


def test_columns_are_assigned_by_key_and_other_files_stay(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(100))
    before = inodes(warehouse, "articles")
    ids = [article_id(path_of(i)) for i in (2, 26)]  # both of March 2015
    values = pa.table(
        {"article_id": ids, "copy_cluster_id": ["c", "c"], "copy_of": pa.array([None, ids[0]], pa.string())}
    )
    with warehouse.transaction("r1") as tx:
        tx.assign("articles", values)
    snapshot = warehouse.latest()
    found = snapshot.of_articles("articles", ids, ["article_id", "copy_cluster_id", "copy_of"]).to_pylist()
    assert sorted(found, key=lambda row: ids.index(row["article_id"])) == values.to_pylist()
    assert snapshot.read("articles", ["copy_cluster_id"]).column(0).null_count == 98
    after = inodes(warehouse, "articles")
    assert {path.split("/")[0] for path in before if before[path] != after.get(path)} == {"month=2015-03"}


def test_rows_of_the_same_transaction_are_assigned_and_relabelled_too(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(30))
    name = speaker_of(31, 0)
    quotes = tables_of([31])["quotes"]
    with warehouse.transaction("r1") as tx:
        tx.relabel("quotes", "speaker_entity_id", {entity_id(name): "merged"})
        tx.assign(
            "quotes", quotes.select(["quote_id", "article_id"]).append_column("utterance_id", pa.array(["u"] * 3))
        )
        tx.upsert_articles(tables_of([31]))
    rows = warehouse.latest().of_articles("quotes", [article_id(path_of(31))]).to_pylist()
    assert {row["utterance_id"] for row in rows} == {"u"}
    assert {row["speaker_entity_id"] for row in rows if row["speaker_name"] == name} == {"merged"}


def test_relabelling_reaches_every_month_that_has_the_id(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(200))
    old = entity_id(speaker_of(5, 0))
    held = warehouse.latest().read("mentions", ["entity_id"]).column(0).to_pylist().count(old)
    assert held
    with warehouse.transaction("r1") as tx:
        tx.relabel("mentions", "entity_id", {old: "merged"})
    ids = warehouse.latest().read("mentions", ["entity_id"]).column(0).to_pylist()
    assert (ids.count(old), ids.count("merged")) == (0, held)


def test_relabelling_reaches_the_ids_that_a_column_lists(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(30))
    ids = warehouse.latest().read("quotes", ["quote_id", "article_id"]).slice(0, 3).to_pylist()
    column = TABLES["quotes"].schema.field("speaker_candidates")
    lists: list[list[dict[str, Any]]] = [
        [{"name": "A", "entity_id": "old", "probability": 0.5}, {"name": "B", "entity_id": None, "probability": 0.25}],
        [],
        [{"name": "C", "entity_id": "other", "probability": 0.5}],
    ]
    values = pa.table({name: [row[name] for row in ids] for name in ("quote_id", "article_id")})
    values = values.append_column(column, pa.array(lists, column.type))
    with warehouse.transaction("r1") as tx:
        tx.assign("quotes", values)
    with warehouse.transaction("r2") as tx:
        tx.relabel("quotes", "speaker_candidates", {"old": "merged"})
    found = {
        row["quote_id"]: row["speaker_candidates"]
        for row in warehouse.latest().read("quotes", ["quote_id", "speaker_candidates"]).to_pylist()
    }
    lists[0][0]["entity_id"] = "merged"
    assert [found.pop(row["quote_id"]) for row in ids] == lists
    assert set(map(str, found.values())) == {"None"}  # what is null stays null


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    with (
        Warehouse(tmp_path).transaction("first"),
        pytest.raises(Locked, match="is being written by another writer in this process"),
        Warehouse(tmp_path).transaction("second"),
    ):
        pass


def test_a_commit_in_between_is_noticed(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(3))
    seen = warehouse.latest().number
    fill(warehouse, range(3, 6))
    told = "is at snapshot 1 and was at snapshot 0 when"
    with pytest.raises(Overtaken, match=told), warehouse.transaction("r1", expected=seen):
        pass
    told = "is at snapshot 1 and was empty when"
    with pytest.raises(Overtaken, match=told), warehouse.transaction("r1", expected=EMPTY):
        pass
    with pytest.raises(Overtaken, match="is empty and was at"), Warehouse(tmp_path / "b").transaction(expected=seen):
        pass


def test_sources_say_what_was_read(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(50))
    sources = warehouse.latest().sources().to_pylist()
    assert len(sources) == 50
    assert {row["month"] for row in sources if row["source_path"] == path_of(2)} == {"2015-03"}


def months_shown(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, numbers: range, edition: int = 0
) -> list[tuple[int, set[str]]]:
    """Commits, and gives what a reader would see each time the commit waits: the snapshot and the months of quotes."""
    seen: list[tuple[int, set[str]]] = []

    def look(_: float) -> None:
        folder = warehouse.root / "quotes"
        seen.append((warehouse.latest().number, {path.name for path in folder.iterdir()}))

    monkeypatch.setattr("onrecord.warehouse.protocol.time.sleep", look)
    fill(warehouse, numbers, edition=edition)
    return seen


def test_a_new_month_is_shown_empty_before_old_months_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a reader that lists the months, and then the files while the swap falls in between, misses the new one."""
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(2))  # January and February
    seen = months_shown(warehouse, monkeypatch, range(1, 3), edition=1)  # February again, and March
    assert seen == [(0, {"month=2015-01", "month=2015-02", "month=2015-03"})]
    assert warehouse.at(0).read("quotes").num_rows == 6
    assert warehouse.latest().read("quotes").num_rows == 9


def test_a_new_month_alone_needs_no_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warehouse = Warehouse(tmp_path)
    fill(warehouse, range(2))
    assert months_shown(warehouse, monkeypatch, range(2, 3)) == []
