"""Rows of a table whose files are spread by a part of its key go one by one, or all of one part together."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import to_table


def misses(*pairs: tuple[str, str], score: float = 0.5) -> pa.Table:
    rows = [
        {"name_a": a, "name_b": b, "entity_a": a, "entity_b": b, "entity_type": "PERSON", "score": score, "reason": "-"}
        for a, b in pairs
    ]
    return to_table("near_misses", rows)


def held(warehouse: Warehouse) -> set[tuple[str, str, float]]:
    rows = warehouse.latest().read("near_misses").to_pylist()
    return {(row["entity_a"], row["entity_b"], row["score"]) for row in rows}


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path)
    with made.transaction("r0") as tx:
        tx.upsert("near_misses", misses(("a", "b"), ("a", "c"), ("d", "e")))
    return made


def test_a_row_is_replaced_by_its_whole_key(warehouse: Warehouse) -> None:
    with warehouse.transaction("r1") as tx:
        tx.upsert("near_misses", misses(("a", "c"), ("a", "f"), score=0.75))
    assert held(warehouse) == {("a", "b", 0.5), ("a", "c", 0.75), ("a", "f", 0.75), ("d", "e", 0.5)}


def test_a_row_is_dropped_by_its_whole_key_and_others_of_its_part_stay(warehouse: Warehouse) -> None:
    with warehouse.transaction("r1") as tx:
        tx.delete("near_misses", pa.table({"entity_a": ["a", "d"], "entity_b": ["b", "nobody"]}))
    assert held(warehouse) == {("a", "c", 0.5), ("d", "e", 0.5)}


def test_all_rows_of_a_part_of_the_key_are_dropped_together(warehouse: Warehouse) -> None:
    with warehouse.transaction("r1") as tx:
        tx.delete("near_misses", pa.table({"entity_a": ["a"]}))
        tx.upsert("near_misses", misses(("a", "f")))
        tx.delete("near_misses", pa.table({"entity_a": ["d"], "entity_b": ["e"]}))
    assert held(warehouse) == {("a", "f", 0.5)}


@pytest.mark.parametrize("columns", [["entity_b"], ["entity_a", "score"]])
def test_what_is_no_part_of_the_key_is_refused(warehouse: Warehouse, columns: list[str]) -> None:
    with pytest.raises(ValueError, match="near_misses: rows go by entity_a"), warehouse.transaction("r1") as tx:
        tx.delete("near_misses", misses(("a", "b")).select(columns))


def test_a_delete_of_nothing_makes_no_commit(warehouse: Warehouse) -> None:
    with warehouse.transaction("r1") as tx:
        tx.delete("near_misses", misses().select(["entity_a"]))
    assert warehouse.latest().number == 0
