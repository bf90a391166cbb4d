"""Asking: filters, words as the index sees them, and text that would be syntax."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Span
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.search import Search, SearchIndex, article_hits, quote_hits, speakers_named
from onrecord.warehouse.search.expression import terms
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import to_table

SAFE = "The bridges are safe"
TEXT = f"""Harbour bridge shut

“{SAFE},” Mayor Ada Quill told the Gazette. She added that the café would stay shut. Nobody argued.

Tolls will rise, said José Brandt.

Privacy policy: bridge, safe, tolls
"""
DAYS = {"a": dt.date(2024, 5, 7), "b": dt.date(2024, 6, 1), "c": None}


def span(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def block(kind: str, first: str, last: str) -> dict[str, Any]:
    return {"kind": kind, "start": TEXT.index(first), "end": TEXT.index(last) + len(last)}


def rows(name: str, publisher: str, day: dt.date | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    identity = article_id(f"{name}.txt")
    article = {
        "article_id": identity, "source_path": f"{name}.txt", "source_sha256": "0", "source_bytes": 1,
        "encoding": "utf-8", "publisher": publisher, "date_published": day, "headline": "Harbour bridge shut",
        "text": TEXT, "corrected": False, "run_id": "r", "pipeline_version": "1",
        "ingested_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        "blocks": [
            block("headline", "Harbour", "bridge shut"), block("paragraph", "“The", "argued."),
            block("paragraph", "Tolls", "Brandt."), block("boilerplate", "Privacy", "safe, tolls"),
        ],
    }  # fmt: skip
    said = (
        (SAFE, "Ada Quill", "ada", "Mayor Ada Quill", "Mayor", None),
        ("that the café would stay shut", "Ada Quill", "ada", "She", "Mayor", dt.date(2024, 5, 6)),
        ("Tolls will rise", "José Brandt", "brandt", "José Brandt", None, None),
    )
    quotes = [
        {
            "quote_id": f"{name}{number}", "article_id": identity, "quote_index": number, "quote_type": "indirect",
            "content": content, "content_spans": [span(content)], "speaker_name": who, "speaker_entity_id": entity,
            "speaker": printed, "speaker_role": role, "speaker_kind": "person", "date_said": on,
            "date_said_precision": "day" if on else None, "confidence": 0.9, "publisher": publisher,
            "date_published": day, "report_kind": "speech", "corrected": False, "run_id": "r",
        }
        for number, (content, who, entity, printed, role, on) in enumerate(said)
    ]  # fmt: skip
    return article, quotes


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SearchIndex, Snapshot]]:
    root = tmp_path_factory.mktemp("search")
    made = [rows(name, outlet, DAYS[name]) for name, outlet in (("a", "The Gazette"), ("b", "Post"), ("c", "Post"))]
    count = dict.fromkeys(("article_count", "mention_count", "quote_count"), 3) | {"corrected": False}
    entities: list[dict[str, Any]] = [
        {"entity_id": "ada", "name": "Ada Quill", "aliases": ["Adelaide Quill-Marsh"], "entity_type": "PERSON"},
        {"entity_id": "brandt", "name": "José Brandt", "entity_type": "PERSON"},
        {"entity_id": "other", "name": "Ada Marsh", "entity_type": "PERSON"},
    ]
    with Warehouse(root).transaction() as tx:
        quotes = [quote for _, found in made for quote in found]
        tx.upsert_articles(
            {"articles": to_table("articles", [row for row, _ in made]), "quotes": to_table("quotes", quotes)}
        )
        tx.upsert("entities", to_table("entities", [entity | count for entity in entities]))
    with Warehouse(root).latest() as snapshot, SearchIndex(root) as index:
        yield index, snapshot


Asked = tuple[SearchIndex, Snapshot]


def found(asked: Asked, words: str = "", **other: Any) -> list[str]:
    return sorted(str(hit.quote_id) for hit in quote_hits(*asked, Search(words, **other)))


def test_all_words_must_stand_there_in_any_form(asked: Asked) -> None:
    assert found(asked, "bridge safe") == ["a0", "b0", "c0"]
    assert found(asked, "BRIDGE") == found(asked, "bridges") == ["a0", "b0", "c0"]
    assert found(asked, "cafe") == ["a1", "b1", "c1"]
    assert found(asked, "bridge tolls") == []
    assert found(asked, '"are safe"') == ["a0", "b0", "c0"]
    assert found(asked, '"safe are"') == []


def test_who_spoke_is_found_by_words_too(asked: Asked) -> None:
    assert found(asked, "mayor shut") == ["a1", "b1", "c1"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Quill", "ada"),
        ("marsh adelaide", "ada"),
        ("Quill-Marsh", "ada"),
        ("jose", "brandt"),
        ("Qui", None),
        ("Ada Brandt", None),
    ],
)
def test_a_speaker_is_named_by_words_of_a_name_or_alias(asked: Asked, name: str, expected: str | None) -> None:
    quotes = quote_hits(*asked, Search(speaker=name))
    assert {hit.speaker_entity_id for hit in quotes} == ({expected} if expected else set())


def test_of_an_aide_s_role_no_speaker_is_made(asked: Asked) -> None:
    assert found(asked, speaker="Mayor") == []


def test_entities_are_those_of_which_a_form_has_all_words(asked: Asked) -> None:
    assert speakers_named(*asked, "Ada") == ["ada", "other"]
    assert speakers_named(*asked, "quill marsh") == ["ada"]
    assert speakers_named(*asked, "%") == speakers_named(*asked, "'; drop table entities; --") == []


def test_outlet_and_days_bound_what_is_found(asked: Asked) -> None:
    assert found(asked, "bridge", outlet="gazette") == ["a0"]
    assert found(asked, "bridge", since=dt.date(2024, 5, 7)) == ["a0", "b0"]
    assert found(asked, "bridge", since=dt.date(2024, 5, 8), until=dt.date(2024, 6, 1)) == ["b0"]
    # The day on which it was said goes before that of publication, and is known where that is not.
    assert found(asked, "café", until=dt.date(2024, 5, 6)) == ["a1", "b1", "c1"]
    assert found(asked, speaker="Quill", outlet="Post", since=dt.date(2024, 6, 1)) == ["b0"]


def test_a_quote_is_shown_in_its_sentence_with_what_matches(asked: Asked) -> None:
    (hit,) = quote_hits(*asked, Search("bridges", outlet="gazette"))
    assert hit.sentence == f"“{SAFE},” Mayor Ada Quill told the Gazette."
    assert [TEXT[m.start : m.end] for m in hit.matches] == ["bridges"]
    assert hit.start is not None and TEXT[hit.start : hit.end] == hit.sentence
    assert hit.spans == (Span(**span(SAFE)),)


def test_an_article_is_shown_by_the_sentence_that_has_most_and_not_by_boilerplate(asked: Asked) -> None:
    (hit,) = article_hits(*asked, Search("bridge safe tolls", outlet="gazette"))
    assert hit.sentence == f"“{SAFE},” Mayor Ada Quill told the Gazette."
    assert article_hits(*asked, Search("privacy")) == []


def test_a_page_of_hits_follows_the_one_before(asked: Asked) -> None:
    both = [quote_hits(*asked, Search("bridge", limit=2, offset=offset)) for offset in (0, 2)]
    assert [len(hits) for hits in both] == [2, 1]
    assert len({hit.quote_id for hits in both for hit in hits}) == 3


@pytest.mark.parametrize(
    "words", ['"', "NEAR(bridge safe)", "bridge NOT x", "content : bridge", "brid*", "{a}:", "^", "- +"]
)
def test_what_would_be_syntax_is_text(asked: Asked, words: str) -> None:
    assert found(asked, words) == []


@given(st.text())
def test_no_text_is_an_error(asked: Asked, words: str) -> None:
    for search in (Search(words), Search("bridge", outlet=words), Search("bridge", speaker=words)):
        quote_hits(*asked, search)
        article_hits(*asked, search)


@given(st.text(), st.text())
def test_terms_have_a_letter_or_digit_and_no_control_character(before: str, behind: str) -> None:
    for term in terms(f'{before} "{behind}" word'):
        assert any(c.isalnum() for c in term) or any(ord(c) > 0xFF for c in term)
        assert "\0" not in term


def test_the_folder_of_the_index_is_all_that_it_writes(asked: Asked) -> None:
    root: Path = asked[0].warehouse.root
    assert [path.name for path in (root / ".search").iterdir()] == ["index.sqlite"]
