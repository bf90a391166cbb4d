"""The first word of a body's name alone is the body, where nobody is called so."""

from __future__ import annotations

import pytest

from onrecord.document.article import EntityType, NameSpan
from onrecord.names.short_forms import bodies_by_first_word

ORG, PERSON = EntityType.ORG, EntityType.PERSON


def _kind_of_last(text: str, *printed: tuple[str, EntityType, float]) -> EntityType:
    names, at = [], 0
    for words, kind, score in printed:
        at = text.index(words, at)
        names.append(NameSpan(at, at + len(words), kind, score))
        at += len(words)
    return bodies_by_first_word(text, names)[-1].entity_type


@pytest.mark.parametrize(
    ("story", "score", "kind"),
    [
        ("Halvik Optics shrank. Halvik said it would grow.", 0.8, ORG),
        ("Halvik Optics shrank. Halvik said he would grow.", 0.95, PERSON),  # the tagger is sure
        ("Halvik Optics shrank. Mr Halvik said so.", 0.8, PERSON),  # a title
        ("Halvik Optics shrank. Director Halvik said so.", 0.8, PERSON),
    ],
)
def test_the_first_word_of_a_body_is_the_body(story: str, score: float, kind: EntityType) -> None:
    assert _kind_of_last(story, ("Halvik Optics", ORG, 0.9), ("Halvik", PERSON, score)) is kind


def test_a_given_name_or_a_family_name_is_no_body() -> None:
    given = "Grace Optics shrank. Grace said so."
    assert _kind_of_last(given, ("Grace Optics", ORG, 0.9), ("Grace", PERSON, 0.8)) is PERSON
    family = "Halvik Optics shrank. Ada Halvik left. Halvik said so."
    full = ("Halvik Optics", ORG, 0.9), ("Ada Halvik", PERSON, 0.9), ("Halvik", PERSON, 0.8)
    assert _kind_of_last(family, *full) is PERSON


def test_a_person_named_before_the_body_is_none() -> None:
    text = "Halvik said so. Halvik Optics shrank. Halvik left."
    names = ("Halvik", PERSON, 0.8), ("Halvik Optics", ORG, 0.9), ("Halvik", PERSON, 0.8)
    assert _kind_of_last(text, *names) is PERSON


def test_two_words_of_a_longer_name_are_the_body_unless_the_first_is_a_given_name() -> None:
    story = "Halvik Ostra Holdings shrank. Halvik Ostra said it would grow."
    assert _kind_of_last(story, ("Halvik Ostra Holdings", ORG, 0.9), ("Halvik Ostra", PERSON, 0.8)) is ORG
    story = "The Anna Ostra Foundation shrank. Anna Ostra said she would grow."
    assert _kind_of_last(story, ("Anna Ostra Foundation", ORG, 0.9), ("Anna Ostra", PERSON, 0.8)) is PERSON
