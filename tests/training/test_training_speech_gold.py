"""The gold that was read for the project: no word of a text is stored, and all of them come back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import speech_gold
from training.speech_gold import FILES, READ, read_invented, read_speech_gold, with_words, without_words

TEXT = "Harbour mayor Orla Venn told\nHarbour Radio on Friday that the pier is safe. “It’s sound,” Venn’s deputy said."
PLACE = {"file": "pages/invented.jsonl", "id": "7", "field": "body", "outlet": "harbour", "fold": 2}


def span(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def annotated(**changes: object) -> dict[str, object]:
    attribution = {
        "type": "indirect",
        "source": [span("Harbour mayor Orla Venn")],
        "cue": [span("told")],
        "content": [span("the pier is safe")],
        "speaker": "Orla Venn",
        "kind": "person",
        "role": "Harbour mayor",
        "medium": "Harbour Radio",
        "date_text": "on Friday",
        "date_said": "2026-11-27",
        **changes,
    }
    return {
        "id": "a",
        "text": TEXT,
        "attributions": [attribution],
        "people": [{"name": "Orla Venn", "aliases": ["Venn"]}],
    }


def test_words_come_back_from_their_places() -> None:
    told: list[str] = []
    stored = without_words(annotated(), PLACE, told.append)
    assert not told
    back = with_words(stored, TEXT)
    (attribution,) = back["attributions"]
    for key, value in annotated()["attributions"][0].items():  # type: ignore[index]
        assert attribution[key] == value
    assert back["people"] == [{"name": "Orla Venn", "aliases": ["Venn"]}]
    assert (back["id"], back["outlet"], back["fold"]) == ("7", "harbour", 2)


def test_no_word_of_the_text_is_stored() -> None:
    stored = json.dumps(without_words(annotated(), PLACE, print))
    for words in ("Orla", "Venn", "mayor", "Radio", "Friday", "pier"):
        assert words not in stored


def test_the_nearest_place_of_the_words_is_taken() -> None:
    gold = annotated(
        source=[span("Venn’s deputy")],
        cue=[span("said")],
        content=[span("It’s sound")],
        speaker="Venn",
        role="Venn's deputy",
    )
    stored = without_words(gold, PLACE, print)["attributions"][0]
    assert stored["speaker"] == [TEXT.rindex("Venn"), TEXT.rindex("Venn") + 4]
    assert stored["role"] == span("Venn’s deputy")  # another form of the mark is the same


def test_parts_that_are_not_there_are_empty() -> None:
    gold = annotated(source=[], cue=[], speaker=None, kind="none", role=None, medium=None)
    (attribution,) = with_words(without_words(gold, PLACE, print), TEXT)["attributions"]
    assert (attribution["source"], attribution["cue"], attribution["medium"]) == ([], [], None)


def test_a_speaker_whose_name_is_not_printed_is_told_and_in_doubt() -> None:
    told: list[str] = []
    stored = without_words(annotated(speaker="Ivo Marsh"), PLACE, told.append)
    assert told == ["a: not in the text: 'Ivo Marsh'"]
    assert stored["attributions"][0]["doubt"]
    assert "speaker" not in stored["attributions"][0]


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles of the speech corpora, of folds 0 and 1, and one of fold 2 that was read for the project."""
    stored = tmp_path / "stored.jsonl"
    stored.write_text(json.dumps(without_words(annotated(), PLACE, print)) + "\n", encoding="utf-8")
    monkeypatch.setattr(speech_gold, "READ", stored)
    files: dict[str, dict[str, object]] = {
        file: {"id": file, "text": "x", "attributions": [], "people": [], "fold": n} for n, file in enumerate(FILES)
    }
    files[str(PLACE["file"])] = {"id": "7", "body": TEXT}
    for file, row in files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(json.dumps(row) + "\n", encoding="utf-8")
    return tmp_path


def test_gold_is_read_by_fold(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech_gold, "keys_aside", lambda _: frozenset())
    assert [row["id"] for row in read_speech_gold(corpora)] == [*FILES, "7"]
    assert [row["id"] for row in read_speech_gold(corpora, (1, 2))] == [FILES[1], "7"]
    assert read_speech_gold(corpora, (2,))[0]["text"] == TEXT


def test_articles_that_the_encoder_was_taught_with_are_left_out(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech_gold, "TAUGHT", PLACE["file"])
    monkeypatch.setattr(speech_gold, "keys_aside", lambda _: frozenset())
    assert [row["id"] for row in read_speech_gold(corpora)] == [*FILES]
    monkeypatch.setattr(speech_gold, "keys_aside", lambda _: frozenset({"7"}))
    assert [row["id"] for row in read_speech_gold(corpora)] == [*FILES, "7"]


@given(st.text(alphabet="ab ’'\n-", min_size=1), st.text(alphabet="ab ’'\n-", max_size=4))
def test_a_place_that_is_found_has_the_words(text: str, words: str) -> None:
    attribution = {"source": [], "cue": [], "content": [[0, 1]], "kind": "none", "type": "direct", "medium": words}
    gold = {"id": "a", "text": text, "attributions": [attribution], "people": []}
    stored = without_words(gold, PLACE, lambda _: None)
    medium = with_words(stored, text)["attributions"][0]["medium"]
    plain = str.maketrans("’", "'")
    assert medium is None or medium.translate(plain) == " ".join(words.split()).translate(plain)


def test_what_is_stored_has_numbers_and_short_words_only() -> None:
    """No value but an id, an outlet, a kind or a day is a text."""
    for line in READ.read_text("utf-8").splitlines():
        row = json.loads(line)
        for attribution in row["attributions"]:
            texts = {key for key, value in attribution.items() if isinstance(value, str)}
            assert texts <= {"type", "kind", "date_said"}
        assert all(isinstance(number, int) for person in row["people"] for place in person for number in place)


def test_the_invented_articles_have_what_is_annotated_of_them() -> None:
    rows = read_invented()
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["fold"] for row in rows if row["outlet"] == "invented-s"} == {4}
    folds: dict[str, set[int]] = {}
    for row in rows:
        folds.setdefault(row["outlet"], set()).add(row["fold"])
        for attribution in row["attributions"]:
            spans = [span for key in ("source", "cue", "content") for span in attribution[key]]
            assert attribution["content"]
            assert all(0 <= start < end <= len(row["text"]) for start, end in spans)
            assert (attribution["speaker"] is not None) == (attribution["kind"] in ("person", "org", "author"))
    assert all(len(own) == 1 for own in folds.values())
