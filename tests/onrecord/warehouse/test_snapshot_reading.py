"""A snapshot read file by file gives what a dataset over all of its files gives."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc
import pytest

from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from tests.onrecord.warehouse.made_up_rows import entities_of, tables_of


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    warehouse = Warehouse(tmp_path)
    with warehouse.transaction("r0") as tx:
        tx.upsert_articles(tables_of(range(120)))
        tx.upsert("entities", entities_of(range(120)))
    return warehouse.latest()


@pytest.mark.parametrize("columns", [["month"], ["month", "quote_id"], ["content", "quote_id", "content_spans"]])
def test_columns_come_in_the_order_asked_for_with_their_month(snapshot: Snapshot, columns: list[str]) -> None:
    rows = snapshot.read("quotes", columns)
    assert rows.column_names == columns
    assert rows.equals(snapshot.dataset("quotes").to_table(columns=columns).cast(rows.schema))


def test_months_and_filters_go_together(snapshot: Snapshot) -> None:
    columns, months = ["month", "article_id"], ["2015-03", "unknown"]
    rows = snapshot.read("articles", columns, months=months)
    assert set(rows["month"].to_pylist()) == set(months)
    everything = pc.is_valid(pc.field("article_id"))
    assert rows.equals(snapshot.read("articles", columns, everything, months).cast(rows.schema))


def test_a_few_keys_find_their_rows(snapshot: Snapshot) -> None:
    ids = [row["entity_id"] for row in snapshot.read("entities", ["entity_id"]).to_pylist()[3:9]]
    rows = snapshot.rows_of("entities", [*ids, "nobody"], ["name", "entity_id"])
    assert rows.column_names == ["name", "entity_id"]
    assert sorted(row["entity_id"] for row in rows.to_pylist()) == sorted(ids)
    assert snapshot.rows_of("entities", ["nobody"], ["name"]).num_rows == 0
