"""Statements from the index are those of the view, whoever asks for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from onrecord.warehouse.query import connect
from onrecord.warehouse.search import SearchIndex, newest, spoken_by, statements
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import to_table
from tests.onrecord.warehouse.made_up_rows import entities_of, entity_id, speaker_of, tables_of

Opened = tuple[SearchIndex, Snapshot]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """Thirty articles; of each third one the first quote is an utterance of speaker 0, every fifth is an act."""
    root = tmp_path_factory.mktemp("listed")
    tables = tables_of(range(30), months=3)
    quotes = tables["quotes"].to_pylist()
    for number, quote in enumerate(quotes):
        quote |= {"report_kind": "act" if number % 5 == 4 else "speech", "utterance_id": quote["quote_id"]}
        if number % 9 == 0:
            name = speaker_of(0, 0)
            quote |= {"speaker_name": name, "speaker_entity_id": entity_id(name), "utterance_id": f"u{number % 2}"}
        if number % 4 == 0:
            quote |= {"date_said": dt.date(2014, 12, 24), "date_said_precision": "day"}
    with Warehouse(root).transaction() as tx:
        tx.upsert_articles({**tables, "quotes": to_table("quotes", quotes)})
        tx.upsert("entities", entities_of(range(30)))
    with Warehouse(root).latest() as snapshot, SearchIndex(root) as index:
        yield index, snapshot


def by_view(snapshot: Snapshot, where: str = "true") -> list[dict[str, Any]]:
    with connect(snapshot) as connection:
        rows: list[dict[str, Any]] = (
            connection.sql(f"from statements where {where} order by statement_id").to_arrow_table().to_pylist()
        )
    return rows


def test_statements_are_the_rows_of_the_view_in_the_order_asked_for(opened: Opened) -> None:
    expected = by_view(opened[1])
    ids = [row["statement_id"] for row in expected]
    assert len(ids) > 50 and {"u0", "u1"} <= set(ids)
    assert statements(*opened, ids) == expected
    assert [row["statement_id"] for row in statements(*opened, ["u1", "none", "u0"])] == ["u1", "u0"]
    assert statements(*opened, []) == []


def test_what_one_person_said_is_told_in_numbers(opened: Opened) -> None:
    entity = entity_id(speaker_of(0, 0))
    spoken = spoken_by(*opened, entity)
    expected = by_view(opened[1], f"speaker_entity_id = '{entity}'")
    assert sorted(spoken.statements) == [row["statement_id"] for row in expected] == ["u0", "u1"]
    first = [min(filter(None, (row["date_said"], row["first_published"]))) for row in expected]
    assert spoken.months == {f"{day:%Y-%m}": 1 for day in first} == {"2014-12": 1, "2015-01": 1}
    outlets = {outlet: sum(outlet in row["outlets"] for row in expected) for outlet in expected[0]["outlets"]}
    assert {name: dict(spoken.outlets)[name] for name in outlets} == outlets
    assert [count for _, count in spoken.outlets] == sorted((count for _, count in spoken.outlets), reverse=True)


def test_nobody_said_nothing(opened: Opened) -> None:
    spoken = spoken_by(*opened, "ent_none")
    assert (spoken.statements, spoken.months, spoken.outlets) == ((), {}, ())


def test_the_newest_come_first_and_each_once(opened: Opened) -> None:
    found = newest(*opened, 12)
    assert len(found) == len(set(found)) == 12
    days = {row["statement_id"]: row for row in by_view(opened[1])}
    last = [max(filter(None, (days[one]["last_published"], days[one]["date_said"]))) for one in found]
    assert all(day >= dt.date(2015, 3, 1) for day in last)
    assert set(found) <= set(days)
