"""Corrections applied to the rows of one article: found by id or by words, what they set, what no longer fits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Metadata
from onrecord.warehouse.corrections.applying import LIKENESS, corrected_metadata, corrected_rows
from onrecord.warehouse.corrections.correction import (
    Correction,
    CorrectionError,
    as_table,
    checked,
    day_of,
    from_row,
    merged,
)
from onrecord.warehouse.corrections.exchange import as_yaml, from_yaml
from onrecord.warehouse.corrections.making import Editor, anchor_of, correct_article, correct_entities, correct_quote
from onrecord.warehouse.corrections.table import CorrectedColumn
from onrecord.warehouse.rows import article_id

DESK = Editor("desk", dt.datetime(2024, 5, 9, 12, tzinfo=dt.UTC), "the printed edition")
TEXT = "Bridge closed\n\nMayor Ada Quill said the bridge is safe. Bo Tarn, a sheriff, said nothing was paid.\n"
PATH = "herald/1.txt"


def rows() -> dict[str, list[dict[str, Any]]]:
    """One article of two quotes, the second nested in the first, with two people named in it."""
    key = article_id(PATH)
    article: dict[str, Any] = {
        "article_id": key, "source_path": PATH, "headline": "Bridge closed", "body": TEXT.split("\n\n")[1],
        "text": TEXT, "date_published": None, "authors": [], "corrected": False,
    }  # fmt: skip
    mentions = [
        {"article_id": key, "local_id": n, "name": name, "text": text, "entity_type": kind}
        for n, (name, text, kind) in enumerate(
            [("Ada Quill", "Ada Quill", "PERSON"), ("Bo Tarn", "Tarn", "PERSON"), ("Harbour Board", "board", "ORG")]
        )
    ]
    quotes = [
        quote("q1", "the bridge is safe", "Ada Quill", 0, speaker="Mayor Ada Quill", speaker_role="Mayor"),
        quote("q2", "nothing was paid", "Bo Tarn", 1, speaker_role="a sheriff", parent_quote_id="q1"),
    ]
    return {"articles": [article], "quotes": quotes, "mentions": mentions, "dates": []}


def quote(key: str, content: str, name: str | None, local: int | None, **more: Any) -> dict[str, Any]:
    return {
        "quote_id": key, "article_id": article_id(PATH), "content": content, "speaker": None, "speaker_name": name,
        "speaker_local_id": local, "speaker_kind": "person", "speaker_role": None, "speaker_confidence": 0.5,
        "date_said": None, "date_said_precision": None, "parent_quote_id": None, "corrected": False, **more,
    }  # fmt: skip


def of(number: int, **values: Any) -> list[Correction]:
    """Corrections of the quote of that number, by column."""
    return correct_quote(rows()["quotes"][number], {CorrectedColumn(name): v for name, v in values.items()}, DESK)


def test_a_speaker_of_the_article_is_set_with_his_number_and_fullest_name() -> None:
    found = corrected_rows(rows(), of(0, speaker_name="tarn"))
    row = found.rows["quotes"][0]
    assert (row["speaker_name"], row["speaker_local_id"], row["speaker_kind"]) == ("Bo Tarn", 1, "person")
    assert row["speaker_confidence"] == 1.0 and row["corrected"] and found.named == ()
    (fit,) = found.corrections
    assert (fit.applied, fit.old_value, fit.new_value) == (True, "Ada Quill", "tarn")
    assert row["correction_ids"] == [fit.correction_id]
    assert not found.rows["quotes"][1]["corrected"]


def test_a_body_speaks_as_a_body() -> None:
    row = corrected_rows(rows(), of(0, speaker_name="Harbour Board")).rows["quotes"][0]
    assert (row["speaker_kind"], row["speaker_local_id"]) == ("organization", 2)


def test_a_speaker_whom_the_article_does_not_name_is_one_more_of_its_people() -> None:
    both = [*of(0, speaker_name="Cy Marlow"), *of(1, speaker_name="Cy Marlow", speaker_kind="organization")]
    found = corrected_rows(rows(), both)
    assert [row["speaker_local_id"] for row in found.rows["quotes"]] == [3, 3]
    assert [row["speaker_kind"] for row in found.rows["quotes"]] == ["person", "organization"]
    assert found.named == (
        {"article_id": article_id(PATH), "local_id": 3, "name": "Cy Marlow", "entity_type": "PERSON"},
    )


def test_nobody_speaks_where_an_editor_takes_the_name_away() -> None:
    row = corrected_rows(rows(), of(0, speaker_name=None)).rows["quotes"][0]
    assert (row["speaker_name"], row["speaker_local_id"], row["speaker_confidence"]) == (None, None, None)
    assert row["speaker_kind"] == "unnamed_person"


def test_a_role_goes_with_the_one_it_was_given_unless_it_is_printed_at_the_quote() -> None:
    found = corrected_rows(rows(), [*of(0, speaker_name="Bo Tarn"), *of(1, speaker_name="Ada Quill")])
    assert [row["speaker_role"] for row in found.rows["quotes"]] == ["Mayor", None]
    given = corrected_rows(rows(), of(1, speaker_role="clerk", speaker_name="Ada Quill"))
    assert given.rows["quotes"][1]["speaker_role"] == "clerk"
    assert {fit.column: fit.old_value for fit in given.corrections} == {
        "speaker_name": "Bo Tarn",
        "speaker_role": "a sheriff",
    }


def test_a_date_said_has_the_precision_that_it_is_given() -> None:
    row = corrected_rows(rows(), of(0, date_said="2024-05")).rows["quotes"][0]
    assert (row["date_said"], row["date_said_precision"]) == (dt.date(2024, 5, 1), "month")
    row = corrected_rows({**rows(), "quotes": [row]}, of(0, date_said=None)).rows["quotes"][0]
    assert (row["date_said"], row["date_said_precision"]) == (None, None)


@pytest.mark.parametrize(("precision", "shown"), [("day", "2024-05-01"), ("month", "2024-05"), ("year", "2024")])
def test_a_date_that_stood_there_is_as_precise_as_it_was_known(precision: str, shown: str) -> None:
    known = {"date_said": dt.date(2024, 5, 1), "date_said_precision": precision}
    read = rows()
    read["quotes"][0] |= known
    (made,) = correct_quote(read["quotes"][0], {CorrectedColumn.DATE_SAID: None}, DESK)
    assert made.old_value == shown
    assert [fit.old_value for fit in corrected_rows(read, [made]).corrections] == [shown]
    published = {"date_published": dt.date(2024, 5, 1), "date_published_precision": precision}
    article = rows()["articles"][0] | published
    (of_article,) = correct_article(article, {CorrectedColumn.DATE_PUBLISHED: "2024-05-02"}, DESK)
    assert of_article.old_value == shown


def test_what_is_no_quote_has_no_row_and_what_was_nested_in_it_stands_alone() -> None:
    found = corrected_rows(rows(), of(0, quote_id=None))
    assert [(row["quote_id"], row["parent_quote_id"]) for row in found.rows["quotes"]] == [("q2", None)]
    assert found.corrections[0].applied and found.corrections[0].old_value == "the bridge is safe"


def test_a_quote_is_found_by_its_words_when_they_are_cut_otherwise() -> None:
    made = of(0, speaker_name="Bo Tarn")
    moved = rows()
    moved["quotes"][0] |= {"quote_id": "other", "content": "that the bridge is safe"}
    found = corrected_rows(moved, made)
    assert found.rows["quotes"][0]["speaker_name"] == "Bo Tarn"
    assert (found.corrections[0].row_id, found.corrections[0].applied) == ("other", True)
    assert found.corrections[0].anchor == "the bridge is safe"


def test_other_words_are_not_taken_for_it() -> None:
    moved = rows()
    moved["quotes"][0] |= {"quote_id": "other", "content": "the river is deep"}
    found = corrected_rows(moved, of(0, speaker_name="Cy Marlow"))
    assert [row["speaker_name"] for row in found.rows["quotes"]] == ["Ada Quill", "Bo Tarn"]
    assert found.corrections[0].applied is False and found.named == ()


def test_two_that_are_equally_near_are_neither() -> None:
    moved = rows()
    for row, words in zip(moved["quotes"], ("the bridge is safe a", "the bridge is safe b"), strict=True):
        row |= {"quote_id": words, "content": words}
    assert corrected_rows(moved, of(0, speaker_name="Cy Marlow")).corrections[0].applied is False


def test_that_something_is_no_quote_holds_where_no_reader_finds_one_any_more() -> None:
    without = {**rows(), "quotes": []}
    assert corrected_rows(without, of(0, quote_id=None)).corrections[0].applied is True
    gone = {**without, "articles": [rows()["articles"][0] | {"text": "Another story."}]}
    assert corrected_rows(gone, of(0, quote_id=None)).corrections[0].applied is False


def test_an_article_is_read_with_what_the_editor_says() -> None:
    article = rows()["articles"][0]
    made = correct_article(
        article, {CorrectedColumn.DATE_PUBLISHED: "2024-05", CorrectedColumn.AUTHORS: ["Tam Reed"]}, DESK
    )
    known = corrected_metadata(Metadata(publisher="Herald", authors=("A",)), TEXT, made)
    assert known == Metadata(dt.date(2024, 5, 1), "month", publisher="Herald", authors=("Tam Reed",))  # type: ignore[arg-type]
    found = corrected_rows(rows(), made)
    assert found.rows["articles"][0]["corrected"] and [fit.applied for fit in found.corrections] == [True, True]
    assert corrected_metadata(None, "Another story.", made) is None
    other = {**rows(), "articles": [article | {"text": "Another story."}]}
    assert [fit.applied for fit in corrected_rows(other, made).corrections] == [False, False]


def test_that_nobody_wrote_an_article_can_be_said() -> None:
    made = correct_article(rows()["articles"][0], {CorrectedColumn.AUTHORS: []}, DESK)
    written = {**rows(), "articles": [rows()["articles"][0] | {"authors": ["Harbour Board"]}]}
    assert corrected_rows(written, made).rows["articles"][0]["authors"] == []


@pytest.mark.parametrize(
    ("article", "anchor"),
    [
        ({"headline": "Bridge closed", "body": "x", "text": TEXT}, "Bridge closed"),
        ({"headline": "From metadata", "body": "Mayor Ada Quill said\n\nMore", "text": TEXT}, "Mayor Ada Quill said"),
        ({"headline": None, "body": None, "text": "word " * 100}, ("word " * 23).strip()),
        ({"headline": None, "body": "", "text": " A. "}, "A."),
    ],
)
def test_an_article_is_known_by_words_that_stand_in_it(article: dict[str, Any], anchor: str) -> None:
    assert anchor_of(article) == anchor


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"quote_id": None, "speaker_name": "A"}, "no speaker, role or date"),
        ({"date_said": "2024-05-31"}, "still to come"),
        ({"date_said": "last week"}, "no calendar date"),
        ({"date_said": "2024-02-30"}, "no calendar date"),
        ({"speaker_name": "  "}, "must be words"),
        ({"speaker_kind": "unnamed_person"}, "must be person or organization"),
        ({"authors": ["A"]}, "quotes can be corrected in"),
        ({"quote_id": "q"}, "has no value"),
    ],
)
def test_what_cannot_be_is_not_taken(values: dict[str, Any], reason: str) -> None:
    with pytest.raises(CorrectionError, match=reason):
        of(0, **values)


def test_an_article_needs_a_date_and_an_editor_a_name() -> None:
    with pytest.raises(CorrectionError, match="no calendar date"):
        correct_article(rows()["articles"][0], {CorrectedColumn.DATE_PUBLISHED: None}, DESK)
    with pytest.raises(CorrectionError, match="say who"):
        correct_quote(rows()["quotes"][0], {CorrectedColumn.SPEAKER_ROLE: "x"}, replace(DESK, name=" "))
    with pytest.raises(CorrectionError, match="is one entity"):
        correct_entities(entity("ent_a", "A"), entity("ent_a", "A"), DESK, same=True)


def entity(key: str, name: str) -> dict[str, str]:
    return {"entity_id": key, "name": name}


def test_the_later_of_two_corrections_of_one_thing_holds_under_the_first_ones_id() -> None:
    first, second = of(0, speaker_name="A")[0], replace(of(0, speaker_name="B")[0], old_value="A")
    together = merged([first], [second])
    assert list(together) == [first.correction_id]
    assert together[first.correction_id].new_value == "B" and together[first.correction_id].old_value == "Ada Quill"
    same = correct_entities(entity("ent_a", "A"), entity("ent_b", "B"), DESK, same=True)
    other = correct_entities(entity("ent_b", "B"), entity("ent_a", "A"), DESK, same=False)
    assert [c.column for c in merged([same], [other]).values()] == ["not_same_as"]


def every_kind() -> list[Correction]:
    return [
        *of(0, speaker_name='Bo: "Tarn" #1', speaker_role=None, date_said="2024"),
        *of(1, quote_id=None),
        *correct_article(
            rows()["articles"][0],
            {CorrectedColumn.AUTHORS: ["A", "B"], CorrectedColumn.DATE_PUBLISHED: "2024-05-08"},
            DESK,
        ),
        correct_entities(entity("ent_a", "A"), entity("ent_b", "Ünal"), DESK, same=False),
    ]


def test_rows_and_files_give_back_what_was_put_in() -> None:
    made = every_kind()
    assert [from_row(row) for row in as_table(made).to_pylist()] == made
    text = as_yaml(made, {article_id(PATH): PATH})
    assert f"article: {PATH}" in text and "Ünal" in text
    assert sorted(from_yaml(text), key=str) == sorted(made, key=str)
    assert sorted(from_yaml(as_yaml(made, {})), key=str) == sorted(made, key=str)
    assert as_yaml(reversed(made), {}) == as_yaml(made, {})


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_words_survive_the_file(name: str, anchor: str) -> None:
    made = replace(of(0, speaker_name="A")[0], new_value=name, anchor=anchor)
    try:
        checked(made)
    except CorrectionError:
        return
    try:
        assert from_yaml(as_yaml([made], {})) == [made]
    except CorrectionError as error:
        assert "not YAML" in str(error) and any(ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF for c in name + anchor)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("speaker: A", "expected a mapping"),
        ({"speaker": "A"}, "speaker means nothing here"),
        ({"anchor": None}, "anchor is missing"),
        ({"row_id": 12}, "row_id must be text"),
        ({"table": "mentions"}, "mentions"),
        ({"column": "content"}, "content"),
        ({"column": "authors"}, "quotes can be corrected in"),
        ({"article": None}, "name their `article`"),
        ({"made_at": "yesterday"}, "yesterday"),
        ({"new_value": ["A"]}, "must be words"),
    ],
)
def test_a_faulty_entry_is_named(entry: Any, reason: str) -> None:
    sound = {
        "article": PATH, "anchor": "the bridge is safe", "column": "speaker_name", "new_value": "A", "made_by": "desk",
        "made_at": "2024-05-09", "table": "quotes", "row_id": "q1",
    }  # fmt: skip
    import yaml

    def file(one: Any) -> str:
        return str(yaml.safe_dump({"version": 1, "corrections": [sound, one]}))

    with pytest.raises(CorrectionError, match=f"entry 2: .*{reason}"):
        from_yaml(file(entry if isinstance(entry, str) else {**sound, **entry}))
    with pytest.raises(CorrectionError, match="2 entries set speaker_name of q1"):
        from_yaml(file(sound))


@pytest.mark.parametrize("text", ["", "[]", "version: 2", "version: 1\ncorrections: {}", "a: [b"])
def test_what_is_no_such_file_is_refused(text: str) -> None:
    with pytest.raises(CorrectionError):
        from_yaml(text)


def test_a_date_is_a_day_a_month_or_a_year() -> None:
    assert [day_of(value) for value in ("2024-05-08", "2024-05", "2024")] == [
        (dt.date(2024, 5, 8), "day"),
        (dt.date(2024, 5, 1), "month"),
        (dt.date(2024, 1, 1), "year"),
    ]
    assert 50 < LIKENESS < 100
