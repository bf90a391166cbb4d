from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.warehouse.diff import Difference, TableChange, changed_rows, diff, row_changes
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.store import Warehouse
from tests.onrecord.warehouse.made_up_rows import path_of, run_of, tables_of


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path)
    with made.transaction("r0") as tx:
        tx.upsert_articles(tables_of(range(10), months=2))
        tx.upsert("runs", run_of("r0"))
    return made


def test_nothing_differs_from_itself(warehouse: Warehouse) -> None:
    with warehouse.latest() as same:
        assert diff(same, same) == Difference(0, 0, ())


def test_rows_are_counted_by_table_and_month(warehouse: Warehouse) -> None:
    with warehouse.transaction("r1") as tx:
        tx.upsert_articles(tables_of([10, 11, 4], months=2, edition=1, run_id="r1"))
        tx.remove_articles([article_id(path_of(1))])
    found = diff(warehouse.at(0), warehouse.at(1))
    by_place = {(change.table, change.month): change for change in found.changes}
    even, odd = by_place["articles", "2015-01"], by_place["articles", "2015-02"]
    assert (even.added, even.removed, even.changed) == (1, 0, 1)
    assert set(even.columns) == {"source_sha256", "source_bytes", "text", "body"} or set(even.columns) == {
        "source_sha256", "source_bytes", "text", "body", "blocks",
    }  # fmt: skip
    assert (odd.added, odd.removed, odd.changed, odd.columns) == (1, 1, 0, {})
    assert found.totals("quotes") == (6, 3, 3)
    assert found.totals("entities") == (0, 0, 0)


def test_a_new_run_alone_is_no_change_unless_asked_for(warehouse: Warehouse) -> None:
    with warehouse.transaction("r1") as tx:
        tx.upsert_articles(tables_of([2], months=2, run_id="r1"))
    before, after = warehouse.at(0), warehouse.at(1)
    assert diff(before, after).changes == ()
    found = diff(before, after, lineage=True)
    assert TableChange("articles", "2015-01", 0, 0, 1, {"run_id": 1}) in found.changes


def test_the_rows_themselves_are_named(warehouse: Warehouse) -> None:
    with warehouse.transaction("r1") as tx:
        tx.upsert_articles(tables_of([4, 10], months=2, edition=1))
        tx.remove_articles([article_id(path_of(1))])
    rows = changed_rows(warehouse.at(0), warehouse.at(1), "articles").to_pylist()
    assert {(row["key"], row["change"]) for row in rows} == {
        (article_id(path_of(1)), "removed"),
        (article_id(path_of(4)), "changed"),
        (article_id(path_of(10)), "added"),
    }
    assert [row["key"] for row in rows] == sorted(row["key"] for row in rows)
    (changed,) = [row for row in rows if row["change"] == "changed"]
    assert "text" in changed["columns"]


def test_changed_rows_have_their_values_before_and_after(warehouse: Warehouse) -> None:
    with warehouse.transaction("r1") as tx:
        tx.upsert_articles(tables_of([4, 10], months=2, edition=1))
        tx.remove_articles([article_id(path_of(1))])
    found = {change.words: change for change in row_changes(warehouse.at(0), warehouse.at(1), "articles")}
    assert {words: change.change for words, change in found.items()} == {
        path_of(1): "removed", path_of(4): "changed", path_of(10): "added",
    }  # fmt: skip
    old, new = found[path_of(4)].values["text"]
    assert "edition 0" in old and "edition 1" in new
    assert "run_id" not in found[path_of(4)].values and found[path_of(1)].values == {}
    assert len(row_changes(warehouse.at(0), warehouse.at(1), "articles", limit=2)) == 2
    assert row_changes(warehouse.at(0), warehouse.at(1), "entities") == []


def test_a_null_that_becomes_a_value_is_a_change(warehouse: Warehouse) -> None:
    quotes = tables_of([2], months=2)["quotes"].slice(0, 1)
    values = quotes.select(["quote_id", "article_id"]).append_column("utterance_id", [["u"]])
    with warehouse.transaction("r1") as tx:
        tx.assign("quotes", values)
    (change,) = diff(warehouse.at(0), warehouse.at(1)).changes
    assert (change.table, change.changed, change.columns) == ("quotes", 1, {"utterance_id": 1})
