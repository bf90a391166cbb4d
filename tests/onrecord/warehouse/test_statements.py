"""The view `statements`: a row an utterance, whoever printed it and in whatever words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pytest

from onrecord.warehouse.tables import TABLES, to_table
from onrecord.warehouse.views import JOINS

SAFE = "The bridge is safe."
SAFE_TODAY = "The bridge is safe, and it will be safe tomorrow."


def article(name: str, publisher: str | None, day: dt.date | None, copy_of: str | None = None) -> dict[str, Any]:
    return {
        "article_id": name, "source_path": f"{name}.txt", "source_sha256": "0", "source_bytes": 1, "encoding": "utf-8",
        "publisher": publisher, "date_published": day, "date_published_precision": "day" if day else None,
        "headline": f"Headline of {name}", "text": "x", "copy_of": copy_of, "corrected": False,
        "run_id": "r", "pipeline_version": "1",
        "ingested_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    }  # fmt: skip


def quote(name: str, of: dict[str, Any], content: str, utterance: str | None = "u", **other: Any) -> dict[str, Any]:
    row = {
        "quote_id": name, "article_id": of["article_id"], "quote_index": 0, "quote_type": "direct", "content": content,
        "content_spans": [{"start": 0, "end": 1}], "speaker_name": "Quill", "speaker_entity_id": "ada",
        "speaker_kind": "person", "report_kind": "speech", "utterance_id": utterance, "confidence": 0.9,
        "publisher": of["publisher"], "date_published": of["date_published"],
        "corrected": False, "run_id": "r",
    }  # fmt: skip
    return row | other


FIRST = article("first", None, dt.date(2024, 5, 7))
SECOND = article("second", "The Gazette", dt.date(2024, 5, 8))
THIRD = article("third", "The Post", dt.date(2024, 5, 9), copy_of="second")
UNDATED = article("undated", "The Gazette", None)


def statements(*quotes: dict[str, Any]) -> list[dict[str, Any]]:
    connection = duckdb.connect()
    counts = dict.fromkeys(("article_count", "mention_count", "quote_count"), 1)
    entity: dict[str, Any] = {
        "entity_id": "ada",
        "name": "Ada Quill",
        "entity_type": "PERSON",
        "corrected": False,
        **counts,
    }
    rows = {"articles": [FIRST, SECOND, THIRD, UNDATED], "quotes": list(quotes), "entities": [entity], "mentions": []}
    for name, made in rows.items():
        connection.register(f"rows_of_{name}", to_table(name, made))
        month = ", 'unknown' as month" if TABLES[name].monthly else ""
        connection.sql(f"select *{month} from rows_of_{name}").create_view(name)  # noqa: S608 - names of tables
    for name, _, query in JOINS:
        connection.execute(f"create view {name} as {query}")
    found = connection.sql("from statements order by statement_id")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_a_statement_names_everybody_who_printed_it_and_every_wording() -> None:
    (found,) = statements(
        quote("c", THIRD, SAFE, speaker_role="mayor of Northgate"),
        quote("d", UNDATED, "the bridge was safe", quote_type="indirect"),
        quote("a", FIRST, SAFE_TODAY),
        quote("b", SECOND, SAFE, speaker_role="Mayor"),
    )
    assert (found["speaker"], found["speaker_type"], found["speaker_role"]) == ("Ada Quill", "PERSON", "Mayor")
    assert (found["content"], found["quote_type"]) == (SAFE_TODAY, "direct")
    assert found["outlets"] == ["The Gazette", "The Post"]
    assert found["wordings"] == [SAFE_TODAY, SAFE, "the bridge was safe"]
    assert [report["source_path"] for report in found["reports"]] == [
        "first.txt", "second.txt", "third.txt", "undated.txt",
    ]  # fmt: skip
    assert [report["is_copy"] for report in found["reports"]] == [False, False, True, False]
    assert (found["article_count"], found["copy_count"]) == (4, 1)
    assert (found["first_published"], found["last_published"]) == (dt.date(2024, 5, 7), dt.date(2024, 5, 9))


def test_a_longer_paraphrase_is_not_shown_for_the_words_themselves() -> None:
    (found,) = statements(
        quote("a", FIRST, "that the bridge was safe and would be so for years to come", quote_type="indirect"),
        quote("b", SECOND, SAFE),
    )
    assert (found["content"], found["quote_type"]) == (SAFE, "direct")


@pytest.mark.parametrize(
    ("days", "said", "no_later_than"),
    [
        ([None, None], (None, None), dt.date(2024, 5, 7)),
        ([None, ("2024-05-06", "day")], (dt.date(2024, 5, 6), "day"), dt.date(2024, 5, 6)),
        ([("2024-05-01", "month"), ("2024-05-06", "day")], (dt.date(2024, 5, 6), "day"), dt.date(2024, 5, 6)),
        ([("2024-05-01", "month"), None], (dt.date(2024, 5, 1), "month"), dt.date(2024, 5, 7)),
        ([("2024-05-01", "month"), ("2024-05-07", "day")], (dt.date(2024, 5, 7), "day"), dt.date(2024, 5, 7)),
    ],
)
def test_the_day_is_the_earliest_that_a_report_gives_and_never_one_of_publication(
    days: list[tuple[str, str] | None], said: tuple[object, object], no_later_than: dt.date
) -> None:
    rows = [quote(name, of, SAFE) for name, of in (("a", FIRST), ("b", SECOND))]
    for row, day in zip(rows, days, strict=True):
        if day is not None:
            row |= {"date_said": dt.date.fromisoformat(day[0]), "date_said_precision": day[1]}
    (found,) = statements(*rows)
    assert (found["date_said"], found["date_said_precision"]) == said
    assert found["said_no_later_than"] == no_later_than


@pytest.mark.parametrize(
    "other",
    [{"speaker_name": None, "speaker_entity_id": None}, *({"report_kind": kind} for kind in ("thought", "act"))],
)
def test_only_what_a_named_speaker_said_or_wrote_is_a_statement(other: dict[str, Any]) -> None:
    assert statements(quote("a", FIRST, SAFE, **other)) == []
    assert len(statements(quote("a", FIRST, SAFE, report_kind="writing"))) == 1


def test_a_quote_without_an_utterance_is_a_statement_of_its_own() -> None:
    found = statements(quote("a", FIRST, SAFE, None), quote("b", SECOND, SAFE, None))
    assert [row["statement_id"] for row in found] == ["a", "b"]
