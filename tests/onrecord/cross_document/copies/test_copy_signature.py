from __future__ import annotations

import hashlib
import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cross_document.copies.shingles import shingles
from onrecord.cross_document.copies.signature import LAYOUT, signature, similarity, unpacked
from tests.onrecord.cross_document.copies.copied_stories import edited, story

BODY = (
    "The mayor of Aldermoor said on Friday that the tankers would stay until the pipes were mended. "
    "“Nobody will be left with a dry tap,” she told the council, which met behind closed doors."
)


def alike(one: str, other: str) -> float:
    pair = unpacked([signature(one), signature(other)])
    return float(similarity(pair[:1], pair[1:])[0])


def test_a_signature_is_the_same_on_every_machine() -> None:
    assert hashlib.sha256(signature(BODY)).hexdigest()[:16] == "73bce7613eee1eee"


def test_case_marks_spacing_and_hard_wraps_do_not_count() -> None:
    other = BODY.upper().replace("“", '"').replace("”", '"').replace(" ", "\u00a0 \n").replace(",", " —")
    assert signature(other) == signature(BODY)


def test_sizes_are_those_of_the_sets() -> None:
    words, letters = shingles("one two three four. One two three four.")
    assert len(words) == len({"one two three", "two three four", "three four one", "four one two"})
    text = "one two three four one two three four"
    assert len(letters) == len({text[i : i + 8] for i in range(len(text) - 7)})


@pytest.mark.parametrize("edit", range(3))
def test_edited_copies_are_alike_and_other_stories_are_not(edit: int) -> None:
    assert alike(story(1), edited(1, edit)) > 0.5
    assert alike(story(1), story(2)) < 0.05


@pytest.mark.parametrize(
    ("one", "other"),
    [(story(3), edited(3, 2)), (story(3, 1_500), story(4, 1_500))],
    ids=["copies", "long and different"],
)
def test_the_estimate_is_near_the_jaccard_similarity(one: str, other: str) -> None:
    a, b = set(shingles(one)[1].tolist()), set(shingles(other)[1].tolist())
    pair = unpacked([signature(one), signature(other)])
    estimate = (pair["letter_sketch"][0] == pair["letter_sketch"][1]).mean()
    assert estimate == pytest.approx(len(a & b) / len(a | b), abs=0.12)


def test_texts_too_short_are_like_nothing_not_even_themselves() -> None:
    assert alike("No comment, he said.", "No comment, he said.") == 0


def test_a_signature_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="another version"):
        unpacked([b"\0" * (LAYOUT.itemsize - 1)])


def test_a_column_in_pieces_is_read_as_one() -> None:
    made = [signature(story(seed, 3)) for seed in range(6)]
    column = pa.array(made, pa.binary())
    pieces = pa.chunked_array([column.slice(0, 2), column.slice(2, 0), column.slice(2, 3), pa.array(made[5:])])
    assert unpacked(pieces).tobytes() == b"".join(made) == unpacked(made).tobytes()


@settings(deadline=None)
@given(st.text())
def test_any_text_has_a_signature(text: str) -> None:
    made = unpacked([signature(text)])
    assert len(signature(text)) == LAYOUT.itemsize
    assert 0 <= float(similarity(made, made)[0]) <= 1


def test_a_lone_surrogate_is_text_too() -> None:
    assert len(signature("a \ud800 b c d")) == LAYOUT.itemsize


@pytest.mark.parametrize("text", ["a " * 500_000, "a" * 1_000_000, "\n" * 1_000_000], ids=["words", "word", "blank"])
def test_a_long_text_ends(text: str) -> None:
    """What grows with the square of a million would not end; how fast it is, `benchmarks/copies.py` says."""
    start = time.process_time()
    signature(text)
    assert time.process_time() - start < 60
