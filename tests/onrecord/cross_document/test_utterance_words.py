from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cross_document.utterance_words import CONTENT, FIGURE, NEGATION, same_words, word_keys

DRAWER = "Somebody measured this. Somebody typed it. And then somebody put it in a drawer."
WATER = "We will take their frigates, their radar and their fuel, but no foreign soldier will stand on our quay."


def same(one: str, other: str, days: int | None = 0) -> bool:
    found = same_words(word_keys(one), word_keys(other), days)
    assert found == same_words(word_keys(other), word_keys(one), days)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DRAWER, "“Somebody measured this,” “Somebody typed it. And then somebody put it in a drawer.”"),
        (DRAWER, "Somebody typed it. And then somebody put it in a drawer."),
        (DRAWER, "Somebody measured this. … Somebody typed it. … And then somebody put it in a drawer."),
        (DRAWER, "I still cannot believe it. " + DRAWER),
        (DRAWER, "Somebody measured this […]. And then somebody put it in a drawer."),
        (DRAWER, "Somebody measured this ... And then somebody put it in a drawer"),
        (WATER, "We will take their frigates, their radar and their fuel [from Velmora], but no foreign soldier"),
        (WATER, "that the Guard would take their frigates, their radar and their fuel, but no foreign soldier"),
        ("the union was “striking against a railway that does not exist yet”",
         "They are striking against a railway that does not exist yet"),
        ("The neighbours of our harbour defence organisation are honourable people.",
         "The neighbors of our harbor defense organization are honorable people."),
        ("Yusuf al-Khadari has sold the dock at Bandar Safra twice.",
         "Youssef al-Khadary has sold the dock at Bandar Saffra twice."),
        ("You can't resign from a blood test taken in March.", "You can’t resign from a blood-test taken in March"),
        ("He kept the café’s façade and sold naïve paintings.", "He kept the cafe's facade and sold naive paintings"),
    ],
    ids=["re-cut", "cut", "…", "not", "[…]", "...", "gloss", "edges", "mixed", "spelling", "names", "marks", "accent"],
)  # fmt: skip
def test_the_same_words_in_other_dress(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("No comment.", "No comment."),
        ("I don't know what to say about it, I really don't.", "I don't know what to say about it, I really don't."),
        ("We will attack the coves at dawn on Friday.", "We will not attack the coves at dawn on Friday."),
        ("The frigates have boarded 11 boats since Thursday morning.",
         "The frigates have boarded 37 boats since Thursday morning."),
        ("Our pilots are ready and the harbour is open.", "Our people are ready and the border is closed."),
        ("The council will meet again on Friday to discuss the budget.",
         "The council will meet the mayor in Hallam to hear about the pipes."),
        ("", ""),
    ],
    ids=["phrase", "function words", "negated", "figures", "frame", "beginning", "empty"],
)  # fmt: skip
def test_what_is_not_the_same_words(one: str, other: str) -> None:
    assert not same(one, other)


def test_words_picked_one_by_one_out_of_a_long_speech_are_not_common() -> None:
    speech = (
        "We came to this harbour in winter; we will not leave it in spring. Fight for a pier and you fight for bread. "
        "Our fathers knew that, and people who forget it will lose the coast."
    )
    assert not same(speech, "We will fight for our people and the coast.")


def test_a_short_quote_must_be_dated_and_near() -> None:
    short = "a gesture of contempt"
    assert same(short, short, 1)
    assert not same(short, short, 30)
    assert not same(short, short, None)
    assert not same(short, "a gesture of friendship", 0)


def test_a_common_phrase_may_be_said_again_but_a_long_sentence_is_the_same_utterance_whenever_printed() -> None:
    phrase = "a ban on foreign trawlers entering the strait"
    assert same(phrase, phrase, 3)
    assert not same(phrase, phrase, 100)
    assert same(DRAWER, DRAWER, 400)
    assert same(DRAWER, DRAWER, None)


def test_keys_tell_content_negation_and_figures() -> None:
    the, boats, never, eleven = word_keys("The boats never 11")
    assert (the & CONTENT, boats & CONTENT, never & NEGATION, eleven & FIGURE) == (0, CONTENT, NEGATION, FIGURE)
    assert word_keys("[sic]") == word_keys("…") == []


def test_keys_are_the_same_on_every_machine() -> None:
    assert word_keys("Frigates never left 11 harbours") == [3735116849, 438673938, 3661861457, 3596227957, 822118201]


@settings(deadline=None)
@given(st.text(), st.text(), st.one_of(st.none(), st.integers(0, 400)))
def test_any_text_is_compared_and_the_order_of_two_does_not_matter(one: str, other: str, days: int | None) -> None:
    same(one, other, days)
    assert all(0 <= key < 1 << 32 for key in word_keys(one))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["dock", "quay", "the", "of", "sail", "not", "7", "pilot"]), max_size=30), st.data())
def test_symmetry_among_few_words(words: list[str], data: st.DataObject) -> None:
    same(" ".join(words), " ".join(data.draw(st.permutations(words))), 0)


def test_a_speech_printed_in_full_is_known_by_its_beginning() -> None:
    assert len(word_keys("harbour " * 1_000_000)) == 2_000
