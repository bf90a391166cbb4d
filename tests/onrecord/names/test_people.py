"""People carry their roles with exact spans, and man or woman only where the article tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import EntityType, NameSpan, Publication
from onrecord.names import find_mentions, people, roles_of
from onrecord.names.people import Person


def read(text: str, *names: str) -> tuple[Person, ...]:
    spans, position = [], 0
    for name in names:
        start = text.index(name, position)
        position = start + len(name)
        spans.append(NameSpan(start, position, EntityType.PERSON, 0.9))
    return people(text, find_mentions(text, [], spans, Publication()))


def test_one_person_with_roles_aliases_and_mentions() -> None:
    text = "Water Minister Lee Marsh left. Marsh, the head of the Tarn Board, slept."
    (marsh,) = read(text, "Lee Marsh", "Marsh")
    assert marsh.name == "Lee Marsh"
    assert marsh.aliases == ("Marsh",)
    assert marsh.mentions == (0, 1)
    assert [r.text for r in marsh.roles] == ["Water Minister", "the head of the Tarn Board"]
    assert all(text[r.start : r.end] == r.text for r in marsh.roles)


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Ms Marsh left.", "Marsh", "female"),
        ("Mr. Marsh left.", "Marsh", "male"),
        ("King Oren left.", "Oren", "male"),
        ("the spokeswoman, Lee Marsh.", "Lee Marsh", "female"),
        ("Lee Marsh, an aide to the chairwoman, left.", "Lee Marsh", None),
        ("Lee Marsh said she would leave.", "Lee Marsh", "female"),
        ("Lee Marsh left. “She lied,” Tom said.", "Lee Marsh", None),
        ("Dr Marsh left.", "Marsh", None),
        ("Mr Marsh left his wife. Her name is Ann.", "Marsh", "male"),
    ],
)
def test_gender_only_where_it_is_told(text: str, name: str, gender: str | None) -> None:
    assert read(text, name)[0].gender == gender


WORDS = ["Mr", "Marsh", "Lee", "said", "she", "his", ",", "the", "spokesman", "of", "Tarn’s", "“", "”", ".", "\n\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_spans_point_at_their_words(words: list[str]) -> None:
    text = " ".join(words)
    spans = [
        NameSpan(i, i + len(w), EntityType.PERSON, 0.9)
        for w in ("Marsh", "Lee")
        for i in range(len(text))
        if text.startswith(w, i)
    ]
    mentions = find_mentions(text, [], spans, Publication())
    for role in roles_of(text, mentions):
        assert " ".join(text[role.start : role.end].split()) == role.text
        assert role.text
    for person in people(text, mentions):
        for told in person.gender_evidence:
            assert text[told.span.start : told.span.end].strip() == text[told.span.start : told.span.end] != ""
