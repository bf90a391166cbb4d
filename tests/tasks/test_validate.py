"""What does not pass leaves, and nothing that stays refers to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from onrecord.cross_document.copies import signature
from onrecord.document.article import Article, Span, SpeakerCandidate
from onrecord.warehouse.rows import Lineage, article_rows
from onrecord.warehouse.tables import to_table
from tasks.resolve import identified
from tasks.staging import Staged, write
from tasks.validate import validate_batch

TODAY = dt.date(2024, 5, 9)


def staged(article: Article, lineage: Lineage, folder: Path) -> Staged:
    made = article_rows(article, lineage)
    (row,) = made["articles"]
    made["signatures"] = [
        {
            "article_id": row["article_id"],
            "date_published": row["date_published"],
            "signature": signature(row["body"]),
        }
    ]
    return write(folder, 0, {name: to_table(name, rows, staging=True) for name, rows in made.items()}, ())


def test_a_quote_whose_parent_does_not_pass_stays_and_is_nested_in_nothing(
    read_by_hand: Article, lineage: Lineage, tmp_path: Path
) -> None:
    parent, child = read_by_hand.quotes
    quotes = (replace(parent, confidence=7.0), replace(child, parent=0))
    batch = staged(replace(read_by_hand, quotes=quotes), lineage, tmp_path)
    before = batch.read("quotes").to_pylist()
    assert before[1]["parent_quote_id"] == before[0]["quote_id"]
    judged = validate_batch(batch, TODAY)
    assert {(r.table, r.row_id) for r in judged.rejects} == {("quotes", before[0]["quote_id"])}
    (left,) = judged.read("quotes").to_pylist()
    assert left == before[1] | {"parent_quote_id": None}


def test_a_batch_that_is_judged_again_is_judged_the_same(
    read_by_hand: Article, lineage: Lineage, tmp_path: Path
) -> None:
    """A worker that is lost with its answer costs no reject: what was thrown away is seen again."""
    parent, child = read_by_hand.quotes
    batch = staged(replace(read_by_hand, quotes=(replace(parent, confidence=7.0), child)), lineage, tmp_path)
    first, second = validate_batch(batch, TODAY), validate_batch(batch, TODAY)
    assert len(first.rejects) == 1 and first == second
    assert first.read("quotes").num_rows == 1 and batch.read("quotes").num_rows == 2
    assert not list(tmp_path.rglob("*.partial"))


def test_a_quote_whose_pieces_are_spliced_is_rejected(read_by_hand: Article, lineage: Lineage, tmp_path: Path) -> None:
    parent = read_by_hand.quotes[0]
    span = parent.content_spans[0]
    words = span.of(read_by_hand.text).split()
    cut = span.start + len(words[0])
    pieces = (Span(span.start, cut), Span(span.end - len(words[-1]), span.end))
    for content, kept in ((f"{words[0]} … {words[-1]}", 1), (f"{words[0]} {words[-1]}", 0)):
        quote = replace(parent, content_spans=pieces, content=content)
        judged = validate_batch(staged(replace(read_by_hand, quotes=(quote,)), lineage, tmp_path / str(kept)), TODAY)
        assert judged.read("quotes").num_rows == kept
        assert [reject.expectation for reject in judged.rejects] == [
            "expect_column_values_to_be_in_set(content_in_text)"
        ] * (1 - kept)


def test_a_quote_keeps_the_parent_that_passes(read_by_hand: Article, lineage: Lineage, tmp_path: Path) -> None:
    parent, child = read_by_hand.quotes
    third = replace(parent, confidence=7.0, content_spans=child.content_spans, content=child.content)
    batch = staged(replace(read_by_hand, quotes=(parent, replace(child, parent=0), third)), lineage, tmp_path)
    judged = validate_batch(batch, TODAY)
    first, second = judged.read("quotes").to_pylist()
    assert second["parent_quote_id"] == first["quote_id"]


def test_a_speaker_of_whom_no_mention_was_let_in_has_no_entity(
    read_by_hand: Article, lineage: Lineage, tmp_path: Path
) -> None:
    batch = staged(read_by_hand, lineage, tmp_path)
    tables = {name: batch.read(name) for name in ("articles", "mentions", "quotes")}
    tables["mentions"] = tables["mentions"].slice(0, 0)
    nobody = pa.table({"article_id": pa.array([], pa.string()), "local_id": [], "entity_id": []})
    assert identified(tables, nobody)["quotes"]["speaker_entity_id"].null_count == 2


def test_each_candidate_has_the_entity_of_its_number(read_by_hand: Article, lineage: Lineage, tmp_path: Path) -> None:
    candidates = (SpeakerCandidate("Orla Venn", 0, 0.75), SpeakerCandidate("Norland police", None, 0.25))
    quotes = tuple(replace(quote, speaker_candidates=candidates) for quote in read_by_hand.quotes)
    batch = staged(replace(read_by_hand, quotes=quotes), lineage, tmp_path)
    tables = {name: batch.read(name) for name in ("articles", "mentions", "quotes")}
    article = tables["articles"]["article_id"][0].as_py()
    assigned = pa.table({"article_id": [article], "local_id": [0], "entity_id": ["e0"]})
    for row in identified(tables, assigned)["quotes"].to_pylist():
        assert row["speaker_candidates"] == [
            {"name": "Orla Venn", "entity_id": "e0", "probability": 0.75},
            {"name": "Norland police", "entity_id": None, "probability": 0.25},
        ]


@pytest.mark.parametrize(
    "change",
    [
        {"speaker_confidence": 1.5},
        {"speaker_name": None, "speaker_confidence": 0.5},
        {"speaker_candidates": (SpeakerCandidate("A", None, 0.25), SpeakerCandidate("B", None, 0.5))},
        {"speaker_candidates": (SpeakerCandidate("A", None, 0.25),) * 4},
    ],
)
def test_a_row_with_a_wrong_chance_is_not_let_in(
    read_by_hand: Article, lineage: Lineage, tmp_path: Path, change: dict[str, Any]
) -> None:
    quotes = (replace(read_by_hand.quotes[0], **change), *read_by_hand.quotes[1:])
    judged = validate_batch(staged(replace(read_by_hand, quotes=quotes), lineage, tmp_path), TODAY)
    assert len([r for r in judged.rejects if r.table == "quotes"]) == 1
