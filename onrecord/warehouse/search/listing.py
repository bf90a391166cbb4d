"""Statements without words that are looked for: the newest, those of a person, those of these ids.

The index says which they are; what a statement is says the view `statements`, over the few rows that it is made of.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.warehouse.search.find import IN_SNAPSHOT, named_rows
from onrecord.warehouse.search.index import SearchIndex
from onrecord.warehouse.search.schema import ARTICLES, QUOTES
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.views import JOINS

#: Newest quotes looked at for each statement that is wanted: several may be of one.
_QUOTES_EACH = 4

#: A report of speech or writing: what the view `statements` takes, of those that name somebody.
_STATED = "coalesce(d.report_kind, 'speech') in ('speech', 'writing')"

_OF_ARTICLE = ("article_id", "source_path", "headline", "url", "date_published_precision", "copy_of")


@dataclass(frozen=True, slots=True)
class Spoken:
    """What an entity said, in numbers. `statements`: ids, the latest first, those without a day last.

    `months`: statements by month (YYYY-MM) of the day on which they were first said or printed; `outlets`: statements
    that each printed, most first.
    """

    statements: tuple[str, ...]
    months: dict[str, int]
    outlets: tuple[tuple[str, int], ...]


def spoken_by(index: SearchIndex, snapshot: Snapshot, entity: str) -> Spoken:
    """What an entity said, over all articles. Raises SearchUnavailable."""
    index.ask_at(snapshot)
    rows = index.connection.execute(
        f"select d.statement, d.day, d.outlet from {QUOTES.documents} d where d.entity = ? and {_stated()}",
        (entity,),
    ).fetchall()
    first: dict[str, str | None] = {}
    for statement, day, _ in rows:
        first[statement] = min(filter(None, (first.get(statement), day)), default=None)
    outlets = Counter(outlet for _, outlet in {(statement, outlet) for statement, _, outlet in rows} if outlet)
    return Spoken(
        statements=tuple(sorted(first, key=lambda one: (first[one] or "", one), reverse=True)),
        months=dict(sorted(Counter(day[:7] for day in first.values() if day).items())),
        outlets=tuple(sorted(outlets.items(), key=lambda found: (-found[1], found[0]))),
    )


def newest(index: SearchIndex, snapshot: Snapshot, limit: int) -> list[str]:
    """Ids of the statements said or printed last, the latest first. Raises SearchUnavailable."""
    index.ask_at(snapshot)
    rows = index.connection.execute(
        f"select d.statement from {QUOTES.documents} d where d.day is not null and d.name is not null and {_stated()}"
        " order by d.day desc, d.article_id, d.quote_index limit ?",
        (limit * _QUOTES_EACH,),
    )
    return list(dict.fromkeys(statement for (statement,) in rows))[:limit]


def latest_by(index: SearchIndex, snapshot: Snapshot, entity: str, limit: int) -> list[str]:
    """Ids of a few statements of an entity, the latest first; those without a day are left out.

    Raises SearchUnavailable.
    """
    index.ask_at(snapshot)
    rows = index.connection.execute(
        f"select d.statement from {QUOTES.documents} d where d.entity = ? and d.day is not null and {_stated()}"
        " order by d.day desc, d.statement limit ?",
        (entity, limit * _QUOTES_EACH),
    )
    return list(dict.fromkeys(statement for (statement,) in rows))[:limit]


def statements(index: SearchIndex, snapshot: Snapshot, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the view `statements` with these ids, in their order. Raises SearchUnavailable."""
    index.ask_at(snapshot)
    quotes = _documents(index, QUOTES.documents, "statement", ids, "d.*", _stated())
    articles = _documents(
        index, ARTICLES.documents, "article_id", {quote["article_id"] for quote in quotes},
        ", ".join(f"d.{name}" for name in _OF_ARTICLE), IN_SNAPSHOT.format(absent=ARTICLES.absent),
    )  # fmt: skip
    columns = ("entity_id", "name", "entity_type")
    tables = {
        "quotes": _table("quotes", [_as_row(quote) for quote in quotes]),
        "articles": _table("articles", articles),
        "entities": snapshot.rows_of("entities", {q["entity"] for q in quotes if q["entity"]}, columns),
    }
    found = {row["statement_id"]: row for row in _by_view(index.engine(), tables)}
    return [found[one] for one in ids if one in found]


def _by_view(engine: duckdb.DuckDBPyConnection, tables: dict[str, pa.Table]) -> list[dict[str, Any]]:
    """The rows of the view over these rows of the tables."""
    for name, table in tables.items():
        engine.register(f"rows_of_{name}", table)
    given = [f"{name} as (from rows_of_{name})" for name in tables]
    made = [f"{name} as ({query})" for name, _, query in JOINS if name in ("quotes_by_speaker", "statements")]
    rows: list[dict[str, Any]] = (
        engine.sql(f"with {', '.join(given + made)} from statements").to_arrow_table().to_pylist()
    )
    return rows


def _stated() -> str:
    return f"{_STATED} and {IN_SNAPSHOT.format(absent=QUOTES.absent)}"


def _documents(
    index: SearchIndex, documents: str, key: str, values: Iterable[str], columns: str, where: str
) -> list[dict[str, Any]]:
    wanted = sorted(set(values))
    places = ", ".join("?" * len(wanted))
    query = f"select {columns} from {documents} d where d.{key} in ({places}) and {where}"
    return list(named_rows(index.connection.execute(query, wanted)))


def _as_row(quote: dict[str, Any]) -> dict[str, Any]:
    """A document as the row of `quotes` that it was."""
    renamed = {
        "speaker_name": "name",
        "speaker_entity_id": "entity",
        "publisher": "outlet",
        "utterance_id": "statement",
    }
    days = {name: quote[name] and dt.date.fromisoformat(quote[name]) for name in ("date_said", "date_published")}
    return quote | {name: quote[stored] for name, stored in renamed.items()} | days | {"month": None}


def _table(name: str, rows: Sequence[dict[str, Any]]) -> pa.Table:
    """Rows with the columns that the views take, by their declared types; a column that a row lacks is null."""
    schema = TABLES[name].schema.remove_metadata()
    kept = [field for field in schema if pa.types.is_nested(field.type) is False]
    columns = [pa.array([row.get(field.name) for row in rows], field.type) for field in kept]
    made = pa.table(columns, names=[field.name for field in kept])
    return made if "month" in made.column_names else made.append_column("month", pa.nulls(len(rows), pa.string()))
