"""The noun that says what a body is does not belong to its name."""

from __future__ import annotations

import pytest

from onrecord.document.article import EntityType, NameSpan
from onrecord.names.body_nouns import without_body_nouns
from tests.onrecord.marked_names import read


def left(text: str, printed: str, score: float = 0.6) -> str:
    """What is left of a body's name in a text."""
    start = text.index(printed)
    (name,) = without_body_nouns(text, [NameSpan(start, start + len(printed), EntityType.ORG, score)])
    return text[name.start : name.end]


@pytest.mark.parametrize(
    ("text", "printed", "name"),
    [
        ("It rained. Promoter Tarn Live Union left.", "Promoter Tarn Live Union", "Tarn Live Union"),
        ("Developer Corran Homes left.", "Developer Corran Homes", "Corran Homes"),
        ("Charity Safe Quay left.", "Charity Safe Quay", "Safe Quay"),
        ("Land union Corran Growers left.", "Land union Corran Growers", "Corran Growers"),
        ("We met harbour union Corran Pilots.", "harbour union Corran Pilots", "Corran Pilots"),
    ],
)
def test_the_noun_before_a_body_is_no_name(text: str, printed: str, name: str) -> None:
    assert left(text, printed) == name


@pytest.mark.parametrize(
    ("text", "printed", "score"),
    [
        ("Airline Pilots Guild left.", "Airline Pilots Guild", 0.6),  # of several people
        ("Charity Finance Group left.", "Charity Finance Group", 0.6),
        ("Developer Relations Board left.", "Developer Relations Board", 0.6),
        ("Publisher Council left.", "Publisher Council", 0.6),
        ("We met Developer Corran Homes.", "Developer Corran Homes", 0.6),  # within a sentence
        ("Developer Corran left. We met Developer Corran.", "Developer Corran", 0.6),
        ("Operator Tarn left.", "Operator Tarn", 0.95),  # the tagger is sure
        ("The Corran union Council left.", "Corran union Council", 0.6),  # only a kind behind it
        ("Client Watch left.", "Client Watch", 0.6),
    ],
)
def test_other_words_stay(text: str, printed: str, score: float) -> None:
    assert left(text, printed, score) == printed


def test_such_a_noun_makes_a_body_no_person() -> None:
    assert read("It rained. Publisher [O:Tarn Books] left.")[1][0].entity_type is EntityType.ORG
    assert read("It rained. Publisher [O:Ada Quill] left.")[1][0].entity_type is EntityType.PERSON
