from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from onrecord.warehouse.query import quoted
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.views import EXAMPLES, JOINS
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
    connection.execute(f"set file_search_path = {quoted(root)}")
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


def said(date_said: str | None, precision: str | None, published: str | None, of: str | None) -> tuple[object, object]:
    """What `said_to` gives of one quote."""
    connection = duckdb.connect()
    connection.execute(
        "create table articles as select 'a' article_id, ? date_published_precision, null headline, null url,"
        " null source_path, null source_part, null copy_of",
        [of],
    )
    connection.execute(
        "create table quotes as select 'q' quote_id, 'a' article_id, 'Ada Quill' speaker_name, null speaker,"
        " null speaker_role, 'x' content, 'direct' quote_type, 'speech' report_kind,"
        " 'the Gazette' medium, null cue, null speaker_kind,"
        " ?::date date_said, ? date_said_precision, 1 confidence, null speaker_confidence, null publisher,"
        " ?::date date_published, null utterance_id, null speaker_entity_id, null as month",
        [date_said, precision, published],
    )
    connection.execute("create table entities as select 'e' entity_id, 'Ada Quill' as name, 'PERSON' entity_type")
    queries = {name: query for name, _, query in JOINS}
    days = [
        connection.sql(queries[name]).project("date_said, said_no_later_than").fetchall()
        for name in ("said_to", "quotes_by_speaker")
    ]
    assert days[0] == days[1]
    (found,) = days[0]
    return found


DAY = dt.date(2024, 5, 8)


@pytest.mark.parametrize(
    ("date_said", "precision", "published", "of", "no_later_than"),
    [
        ("2024-05-06", "day", "2024-05-08", "day", dt.date(2024, 5, 6)),
        (None, None, "2024-05-08", "day", DAY),
        (None, None, "2024-05-01", "month", dt.date(2024, 5, 31)),
        (None, None, "2024-01-01", "year", dt.date(2024, 12, 31)),
        (None, None, None, None, None),
        ("2024-05-01", "month", "2024-05-08", "day", DAY),
        ("2024-02-01", "month", "2024-05-08", "day", dt.date(2024, 2, 29)),
        ("2023-01-01", "year", "2024-05-08", "day", dt.date(2023, 12, 31)),
        ("2024-05-01", "month", None, None, dt.date(2024, 5, 31)),
    ],
)
def test_a_day_of_publication_is_never_given_as_the_day_said(
    date_said: str | None, precision: str | None, published: str | None, of: str | None, no_later_than: dt.date | None
) -> None:
    expected = dt.date.fromisoformat(date_said) if date_said else None
    assert said(date_said, precision, published, of) == (expected, no_later_than)


def test_no_view_has_a_day_that_is_now_one_and_now_the_other(views: duckdb.DuckDBPyConnection) -> None:
    for name, _, _ in JOINS:
        assert "said_on" not in views.table(name).columns


@pytest.mark.parametrize(("title", "query"), EXAMPLES)
def test_the_documented_queries_run(views: duckdb.DuckDBPyConnection, title: str, query: str) -> None:
    assert title.endswith(":")
    asked = query.replace("Maria Lindqvist", speaker_of(4, 1)).replace("Harbour Authority", speaker_of(4, 1))
    found = views.sql(asked).fetchall()
    assert bool(found) == ("confidence >= 0.8" not in query)  # the made-up quotes are all at 0.5
