"""Words, shapes and quotation states of a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Span
from onrecord.document.quotations import quotations
from onrecord.tagger.words import CLOSING, IN_DOUBLE, IN_SINGLE, OPENING, Words, read_words, shape_of


def read(text: str, lower: frozenset[str] = frozenset()) -> Words:
    whole = [Span(0, len(text))]
    return read_words(text, 0, len(text), lower, quotations(text, whole))


def inside(text: str) -> list[str]:
    """The words that are inside a quotation."""
    words = read(text)
    rows = zip(words.starts, words.ends, words.quotation, strict=True)
    return [text[s:e] for s, e, state in rows if state in (IN_DOUBLE, IN_SINGLE, IN_DOUBLE + IN_SINGLE)]


@pytest.mark.parametrize(
    ("word", "shape"),
    [("vote", 0), ("Mira", 1), ("BORU", 2), ("K", 3), ("McAdo", 4), ("1987", 5), ("G20", 6), (",", 7), ("日本", 8)],
)
def test_shape(word: str, shape: int) -> None:
    assert shape_of(word) == shape


@pytest.mark.parametrize(
    "text",
    [
        'Mira Boru said "we go home" today.',
        "Mira Boru said “we go home” today.",
        "Mira Boru said ''we go home'' today.",
        "Mira Boru said ``we go home'' today.",
        "Mira Boru said «we go home» today.",
        "Mira Boru said ‘we go home’ today.",
        "Mira Boru said 'we go home' today.",
        "Mira Boru said ”we go home“ today.",
    ],
)
def test_marks_of_every_kind_hold_the_same_words(text: str) -> None:
    assert inside(text) == ["we", "go", "home"]


def test_apostrophes_open_nothing() -> None:
    assert inside("The miners' union didn't strike; Boru's men of '68 did, and the farmers’ too.") == []


def test_a_mark_without_a_close_holds_to_the_end_of_the_passage() -> None:
    assert inside("“We go home.") == ["We", "go", "home", "."]


def test_the_next_opening_ends_a_quotation_whose_close_is_missing() -> None:
    states = read('He said "we go. Then "they stay" again.').quotation
    assert states.count(OPENING) == 2
    assert states.count(CLOSING) == 1
    assert states[-1] == 0


def test_a_word_seen_in_lower_case_elsewhere_is_told_apart() -> None:
    words = read("Police Boru", frozenset({"police"}))
    assert words.shapes[0] != words.shapes[1]


def test_a_word_without_end_is_cut() -> None:
    words = read("x" * 1_000_000 + " end")
    assert len(words) < 20
    assert words.norms[-1] == "end"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_words_cover_everything_but_space_in_order(text: str) -> None:
    words = read(text)
    assert "".join(text[s:e] for s, e in zip(words.starts, words.ends, strict=True)) == "".join(text.split())
    assert len(words.quotation) == len(words.shapes) == len(words.glued) == len(words.norms) == len(words)
    assert all(0 <= state < 12 for state in words.quotation)


@given(st.text(alphabet="ab '\"“”‘’`«».", max_size=60))
def test_states_of_marks_in_any_order_are_legal(text: str) -> None:
    words = read(text)
    marks = {"'", '"'}
    for norm, state in zip(words.norms, words.quotation, strict=True):
        assert state in (0, 1, 2, 3, OPENING, CLOSING)
        assert state < OPENING or norm in marks
