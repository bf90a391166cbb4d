"""What an editor decides of two entities outranks users' tables, the shipped one, names and context."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from onrecord.cross_document.entities import DECISIONS, Batch, Resolution, apply_change, load_known, resolve
from onrecord.cross_document.entities.state import MENTIONS, STATE_TABLES, State
from tests.onrecord.cross_document.entities.conftest import Local, Told, Warehouse, batch_of

DAY = dt.date(2024, 5, 8)
TWO = (
    Told("a", (Local("PERSON", "Ada Quill"), Local("PERSON", "Bo Tarn")), DAY),
    Told("b", (Local("PERSON", "Ada Quill"), Local("ORG", "Harbour Board")), DAY),
)


def ids(wh: Warehouse) -> dict[str, str]:
    return {row["name"]: row["entity_id"] for row in wh.table("entities").to_pylist()}


def decide(wh: Warehouse, *decisions: tuple[str, str, bool], known: dict[str, str] | None = None) -> Resolution:
    """A run with decisions of pairs of names (their ids are those of now, or the given ones), and the state after."""
    found_ids = ids(wh) if known is None else known
    rows = [
        {"decision": f"{a} {b}", "entity_a": found_ids[a], "name_a": a, "entity_b": found_ids[b], "name_b": b,
         "same": same}
        for a, b, same in decisions
    ]  # fmt: skip
    return run(wh, rows)


def run(wh: Warehouse, rows: list[dict[str, object]]) -> Resolution:
    found = resolve(batch_of(()), wh.state, wh.user, decisions=pa.Table.from_pylist(rows, schema=DECISIONS))
    wh.state = State(
        **{
            name: apply_change(getattr(wh.state, name), found.changes[name], key)
            for name, (_, key) in STATE_TABLES.items()
        }
    )
    return found


def names(wh: Warehouse) -> set[tuple[str, bool]]:
    return {(row["name"], row["corrected"]) for row in wh.table("entities").to_pylist()}


@pytest.fixture
def wh() -> Warehouse:
    made = Warehouse()
    made.run(TWO)
    return made


def test_two_become_one_and_two_again_when_it_is_taken_back(wh: Warehouse) -> None:
    before = wh.table("entities").sort_by("entity_id").to_pylist()
    found = decide(wh, ("Bo Tarn", "Ada Quill", True))
    assert found.decided == {"Bo Tarn Ada Quill": True}
    assert names(wh) == {("Ada Quill", True), ("Harbour Board", False)}
    assert found.merges.num_rows == 1
    decide(wh)
    assert wh.table("entities").sort_by("entity_id").to_pylist() == before


def test_a_decision_outranks_a_users_table(wh: Warehouse) -> None:
    before = ids(wh)
    wh.user = (load_known("different: [[Ada Quill, Bo Tarn]]"),)
    wh.run()
    decide(wh, ("Ada Quill", "Bo Tarn", True))
    assert names(wh) == {("Ada Quill", True), ("Harbour Board", False)}
    wh.user = (load_known("same: [[Ada Quill, Bo Tarn]]"),)
    decide(wh, ("Ada Quill", "Bo Tarn", False), known=before)
    assert wh.table("entities").num_rows == 3
    assert {row["entity_id"] for row in wh.table("entities").to_pylist() if row["corrected"]} == {
        before["Ada Quill"],
        before["Bo Tarn"],
    }


def test_namesakes_that_are_parted_are_no_near_miss_and_those_that_are_one_are_joined() -> None:
    wh = Warehouse()
    wh.run(
        [
            Told("d1", (Local("PERSON", "Ivo Brandt", ("goalkeeper",)),)),
            Told("d2", (Local("PERSON", "Ivo Brandt", ("senator",)),)),
        ]
    )
    (near,) = wh.table("near_misses").to_pylist()
    decision = {"decision": "d", **{name: near[name] for name in ("entity_a", "name_a", "entity_b", "name_b")}}
    run(wh, [decision | {"same": False}])
    assert names(wh) == {("Ivo Brandt", True)} and wh.table("entities").num_rows == 2
    assert wh.table("near_misses").num_rows == 0
    run(wh, [decision | {"same": True}])
    assert wh.table("entities").num_rows == 1 and wh.table("near_misses").num_rows == 0
    run(wh, [])
    assert names(wh) == {("Ivo Brandt", False)} and wh.table("near_misses").to_pylist() == [near]


def test_a_decision_finds_its_entities_by_name_where_their_ids_are_others(wh: Warehouse) -> None:
    decision: dict[str, object] = {
        "decision": "d", "entity_a": "ent_x", "name_a": "ada quill", "entity_b": "ent_y", "name_b": "Zed Zorn",
        "same": True,
    }  # fmt: skip
    assert run(wh, [decision]).decided == {"d": False}
    found = run(wh, [decision | {"name_b": "Bo Tarn"}])
    assert found.decided == {"d": True} and found.merges.num_rows == 1


def test_whom_an_editor_names_is_an_entity_that_no_article_mentions(wh: Warehouse) -> None:
    batch = batch_of(())
    told = [{"article_id": "c", "local_id": 4, "text": None, "entity_type": "PERSON", "name": name, "roles": None}
            for name in ("Cy Marlow",)]  # fmt: skip
    articles = pa.Table.from_pylist(
        [{"article_id": "c", "date_published": DAY, "publisher": None}], schema=batch.articles.schema
    )
    quotes = pa.Table.from_pylist([{"article_id": "c", "local_id": 4}], schema=batch.quotes.schema)
    found = resolve(Batch(pa.Table.from_pylist(told, schema=MENTIONS), articles, quotes), wh.state)
    (row,) = found.changes["entities"].upserts.to_pylist()
    assert (row["name"], row["article_count"], row["mention_count"], row["quote_count"]) == ("Cy Marlow", 0, 0, 1)
    assert found.assigned.to_pylist() == [{"article_id": "c", "local_id": 4, "entity_id": row["entity_id"]}]
