"""Contents that begin behind whom they are told."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Quote, Span
from onrecord.quotes.attribution.hearers import asks, behind_accused, behind_hearer
from tests.onrecord.tagged_texts import attribution, span_of

Read = Callable[..., tuple[Quote, ...]]


@pytest.mark.parametrize(
    ("cue", "tagged", "told"),
    [
        ("told", "the dockers on Monday that the quay is sold", "that the quay is sold"),
        ("reminded", "HB that under an old law the quay is sold", "that under an old law the quay is sold"),
        ("has warned", "friends of the board that it is old", "that it is old"),
        ("urged", "the board to sell the quay", "to sell the quay"),
        ("is calling on", "the board and its clerk to sell", "to sell"),
        ("called upon", "his people “to sell the quay” at once", "to sell the quay” at once"),
        ("told", "the board the quay was so old that it fell", "the board the quay was so old that it fell"),
        ("told", "them it was old and that it fell", "them it was old and that it fell"),
        ("told", "the board plans to sell", "the board plans to sell"),
        ("told", "dockers the claim that it fell was false", "dockers the claim that it fell was false"),
        ("asked", "whether it was safe to sell", "whether it was safe to sell"),
        ("called for", "the board to sell", "the board to sell"),
        ("said", "the board that met is old", "the board that met is old"),
        ("said in", "a long call that the quay is sold", "a long call that the quay is sold"),
        ("said", "in time that would end", "in time that would end"),
        ("warned", "those who told her that it fell", "those who told her that it fell"),
        ("asked", "whoever wrote the note to come forward", "to come forward"),
        ("urged", "the board not to sell the quay", "not to sell the quay"),
        ("advised", "dockers not to sell the quay", "not to sell the quay"),
        ("advised", "the board was too old to sell", "the board was too old to sell"),
        ("pleaded with", "dockers to leave the quay", "to leave the quay"),
        ("asked", "the board for a new quay", "for a new quay"),
        ("has asked", "Tam Quill about the quay", "about the quay"),
        ("asked", "about the plan for a quay", "about the plan for a quay"),
        ("asked", "for a new quay", "for a new quay"),
        ("asked", "the clerk who wrote the note to come forward", "the clerk who wrote the note to come forward"),
    ],
)
def test_a_content_begins_behind_whom_it_is_told(cue: str, tagged: str, told: str) -> None:
    text = f"Orla Venn {cue} {tagged}."
    found = behind_hearer(text, span_of(text, cue), span_of(text, tagged))
    assert found.of(text) == told


def test_a_setting_before_what_is_said_is_no_content(read: Read) -> None:
    text = "Orla Venn said in a virtual call that the quay is sold."
    (quote,) = read(text, attribution(text, "a virtual call that the quay is sold", "said", "Orla Venn"))
    assert (quote.content, quote.medium) == ("that the quay is sold", "virtual call")


def test_the_hearer_inside_a_content_is_its_medium(read: Read) -> None:
    text = "Orla Venn told the dockers on Monday that the quay is sold."
    (quote,) = read(text, attribution(text, "the dockers on Monday that the quay is sold", "told", "Orla Venn"))
    assert (quote.content, quote.medium) == ("that the quay is sold", "dockers")


@pytest.mark.parametrize(
    ("cue", "tagged", "told"),
    [
        ("accused", "the board and its chair, Tam Quill, of greed", "greed"),
        ("has accused", "it of being deaf", "being deaf"),
        ("accused", "the U.S., Norland and the board of greed", "greed"),
        ("accused", "of greed", "of greed"),
        ("was accused of", "greed on the part of the board", "greed on the part of the board"),
        ("said", "the board of Corran is deaf", "the board of Corran is deaf"),
    ],
)
def test_who_is_accused_is_not_what_is_said(cue: str, tagged: str, told: str) -> None:
    text = f"Orla Venn {cue} {tagged}."
    found = behind_accused(text, span_of(text, cue), span_of(text, tagged))
    assert found.of(text) == told


def test_an_accusation_begins_behind_the_accused(read: Read) -> None:
    text = "Orla Venn accused the board of selling the quay."
    (quote,) = read(text, attribution(text, "the board of selling the quay", "accused", "Orla Venn"))
    assert quote.content == "selling the quay"


@pytest.mark.parametrize(
    ("cue", "tagged", "told"),
    [
        ("accused", "the board of “selling the quay” for nothing", "“selling the quay” for nothing"),
        ("accused", "the board of “naked greed”", "naked greed"),
        ("called", "the plan a “slow end”", "the plan a “slow end”"),
        ("said", "the plan was a “slow end”", "the plan was a “slow end”"),
    ],
)
def test_quoted_words_begin_behind_what_they_are_said_of(read: Read, cue: str, tagged: str, told: str) -> None:
    text = f"Orla Venn {cue} {tagged}."
    (quote,) = read(text, attribution(text, tagged, cue, "Orla Venn"))
    assert quote.content == told


@pytest.mark.parametrize(
    ("cue", "expected"), [("has urged", True), ("called on", True), ("called for", False), ("", False)]
)
def test_what_asks_somebody(cue: str, expected: bool) -> None:
    assert asks(cue) is expected


WORDS = st.lists(
    st.sampled_from(
        ["told", "urged", "the", "board", "“", "to", "that", "on", "Monday", "was", ",", "\n", "in", "Venn’s"]
    ),
    min_size=2,
    max_size=30,
)


@given(WORDS, st.integers(0, 60), st.integers(1, 60))
def test_a_content_is_only_cut_at_its_beginning_and_never_empty(words: list[str], start: int, size: int) -> None:
    text = "urged " + " ".join(words)
    content = Span(min(len(text) - 1, 6 + start), min(len(text), 6 + start + size))
    found = behind_hearer(text, Span(0, 5), content)
    assert content.start <= found.start <= found.end == content.end
    assert found == content or text[found.start : found.end].split()[0] in {"to", "that"}
