from __future__ import annotations

import duckdb
import pytest

from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.views import EXAMPLES
from tests.onrecord.warehouse.made_up_rows import entities_of, entity_id, speaker_of, tables_of


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    root = tmp_path_factory.mktemp("it's a warehouse")
    tables = tables_of(range(20), months=2)
    medium = ["the Gazette"] + [None] * (tables["quotes"].num_rows - 1)
    tables["quotes"] = tables["quotes"].set_column(
        tables["quotes"].column_names.index("medium"), tables["quotes"].schema.field("medium"), [medium]
    )
    with Warehouse(root).transaction() as tx:
        tx.upsert_articles(tables)
        tx.upsert("entities", entities_of(range(20)))
    connection = duckdb.connect()
    connection.execute((root / "views.sql").read_text())
    return connection


def test_there_is_a_view_for_each_table(views: duckdb.DuckDBPyConnection) -> None:
    for name, table in TABLES.items():
        expected = [*table.column_names, "month"] if table.monthly else list(table.column_names)
        assert views.table(name).columns == expected


def test_month_is_text(views: duckdb.DuckDBPyConnection) -> None:
    assert views.sql("select distinct month from quotes order by 1").fetchall() == [("2015-01",), ("2015-02",)]


def test_quotes_by_speaker_names_the_entity(views: duckdb.DuckDBPyConnection) -> None:
    name = speaker_of(4, 1)
    found = views.execute("select speaker, headline from quotes_by_speaker where speaker = ?", [name]).fetchall()
    assert (name, "Headline 4") in found


def test_entity_timeline_counts_mentions_and_quotes(views: duckdb.DuckDBPyConnection) -> None:
    name = speaker_of(4, 1)
    found = views.execute(
        "select mentions, quotes, headline from entity_timeline where entity_id = ?", [entity_id(name)]
    ).fetchall()
    assert (1, 1, "Headline 4") in found


def test_said_to_has_the_quotes_with_a_medium(views: duckdb.DuckDBPyConnection) -> None:
    assert views.sql("select distinct medium from said_to").fetchall() == [("the Gazette",)]


@pytest.mark.parametrize(("title", "query"), EXAMPLES)
def test_the_documented_queries_run(views: duckdb.DuckDBPyConnection, title: str, query: str) -> None:
    assert title.endswith(":")
    asked = query.replace("Maria Lindqvist", speaker_of(4, 1)).replace("Harbour Authority", speaker_of(4, 1))
    found = views.sql(asked).fetchall()
    assert bool(found) == ("confidence >= 0.8" not in query)  # the made-up quotes are all at 0.5
