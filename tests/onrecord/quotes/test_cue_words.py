"""The head of a cue, its base form and its counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotes.attribution.cue_words import CueStatistics, cue_head, lemma, parse_statistics, statistics


@pytest.mark.parametrize(
    ("cue", "head"),
    [
        ("said", "say"),
        ("has also repeatedly denied", "deny"),
        ("called for", "call"),
        ("is planning to announce", "announce"),
        ("according to", "accord"),
        ("noted", "note"),
        ("has been", "be"),
    ],
)
def test_the_head_of_a_cue(cue: str, head: str) -> None:
    found = cue_head(cue)
    assert found is not None
    assert found.lemma == head
    assert found.words[found.place] == found.form


def test_marks_alone_have_no_head() -> None:
    assert cue_head("— :") is None


def test_the_stem_that_is_met_most_is_the_base_form() -> None:
    assert lemma("planning", {"plan": 3, "plane": 1}) == "plan"
    assert lemma("planing", {"plan": 3, "plane": 5}) == "plane"
    assert lemma("rusting", {}) == "rusting"
    assert lemma("told", {}) == "tell"


@given(st.text(max_size=30))
def test_any_word_has_a_base_form(word: str) -> None:
    assert isinstance(lemma(word), str)


def test_counts_are_read_by_word() -> None:
    table = ["word\ta", "say\t8\t4\t1\t2\t0\t3\t1\t10"]
    assert parse_statistics(table) == {"say": CueStatistics(8, 4, 1, 2, 0, 3, 1, 10)}


def test_to_say_is_quoted_more_than_to_want() -> None:
    say, want = statistics()["say"], statistics()["want"]
    assert say.direct / say.attributions > 0.3 > want.direct / want.attributions
