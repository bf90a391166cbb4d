"""Names that the tagger doubts and cuts, made whole by the words around them."""

import pytest

from onrecord.document.article import EntityType, NameSpan
from onrecord.names.before_saying import whole_subjects

PERSON, ORG, LOC = EntityType.PERSON, EntityType.ORG, EntityType.LOC


def made_whole(text: str, *found: tuple[str, EntityType, float]) -> list[tuple[str, EntityType]]:
    spans = [NameSpan(text.index(name), text.index(name) + len(name), kind, score) for name, kind, score in found]
    return [(text[name.start : name.end], name.entity_type) for name in whole_subjects(text, spans)]


def test_a_given_name_before_a_doubted_word_that_speaks_makes_a_person() -> None:
    text = "The quay is shut. Ines Corrandal said it was sold."
    assert made_whole(text, ("Corrandal", LOC, 0.5)) == [("Ines Corrandal", PERSON)]


@pytest.mark.parametrize(
    ("text", "name", "score"),
    [
        ("Ines Corrandal said no.", "Corrandal", 0.9),
        ("Ines Corrandal lies by the sea.", "Corrandal", 0.5),
        ("Sunday Corrandal said no.", "Corrandal", 0.5),
        ("On Ines Corrandal said no.", "Corrandal", 0.5),
        ("Ines Norway said no.", "Norway", 0.5),
        ("Ines Council said no.", "Council", 0.5),
    ],
)
def test_what_is_no_full_name_before_a_verb_of_saying_stays(text: str, name: str, score: float) -> None:
    assert made_whole(text, (name, LOC, score)) == [(name, LOC)]


def test_a_doubted_body_goes_on_with_its_place() -> None:
    text = "The Pilots Union of Corran said no."
    found = made_whole(text, ("Pilots Union", ORG, 0.4), ("Corran", LOC, 0.9))
    assert found == [("Pilots Union of Corran", ORG)]


@pytest.mark.parametrize(
    ("text", "body", "score"),
    [
        ("The Pilots Union of Corran said no.", "Pilots Union", 0.9),
        ("The Tarn Pilots of Corran said no.", "Tarn Pilots", 0.4),
        ("The Pilots Union in Corran said no.", "Pilots Union", 0.4),
        ("Reed Union of Corran said no.", "Reed Union", 0.4),
    ],
)
def test_another_body_does_not(text: str, body: str, score: float) -> None:
    assert made_whole(text, (body, ORG, score), ("Corran", LOC, 0.9)) == [(body, ORG), ("Corran", LOC)]
