"""An occupation at the beginning of a sentence is no part of the name behind it, but what its bearer is."""

from __future__ import annotations

import pytest

from onrecord.document.article import EntityType, NameSpan
from onrecord.names.occupations import without_occupations
from tests.onrecord.marked_names import names, read


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("It rained. [P:Oboist Lars Venn] left.", "Lars Venn", "Oboist"),
        ("[P:Workmate Davie Orr] left.", "Davie Orr", "Workmate"),
        ("“No.” [P:Trawlerman Jean-Marc Orr] left.", "Jean-Marc Orr", "Trawlerman"),
        ("Former ferrywoman [P:Ada Quill] left.", "Ada Quill", "Former ferrywoman"),
        ("Corporator [P:Ada Quill] left.", "Ada Quill", "Corporator"),
    ],
)
def test_an_occupation_that_opens_a_sentence_is_the_role(text: str, name: str, role: str) -> None:
    mention = read(text)[1][-1]
    assert (mention.name, mention.roles) == (name, (role,))


@pytest.mark.parametrize(("score", "kind", "start"), [(0.4, EntityType.PERSON, 8), (0.9, EntityType.LOC, 0)])
def test_a_doubted_place_behind_an_occupation_is_a_person(score: float, kind: EntityType, start: int) -> None:
    text = "Farrier Agneta Orr left."
    (name,) = without_occupations(text, [NameSpan(0, 18, EntityType.LOC, score)])
    assert (name.entity_type, name.start) == (kind, start)


def test_a_noun_that_the_article_has_in_small_letters_opens_no_name() -> None:
    assert names("Two baristas came.\n\n[P:Barista Ada Quill] left.") == ["Ada Quill"]
    assert names("[P:Ada Quill] came, a barista.\n\n[P:Barista Quill] left.") == ["Ada Quill", "Ada Quill"]


@pytest.mark.parametrize(
    "text",
    [
        "[P:Hunter Thomas Orr] left.",  # a listed given name
        "[P:Naseer Ahmad Orr] left.",  # a transliterated one
        "[P:Surinder Kumar Orr] left.",
        "[P:Shashikant Prasad Orr] left.",
        "[P:Minder Ahmad Orr] left. They met [P:Minder Ahmad Orr].",  # printed so within a sentence
        "[P:Kestrel Umbo Orr] left.",  # no given name behind it
        "[P:Nuvolau Ada Orr] left.",  # no noun for a person
        "[P:Lister Orr] left. [P:Orr] said no.",  # only the surname behind it
        "We met [P:Oboist Lars Venn].",  # within a sentence
        "[O:Baker Anna Hospital] closed.",  # a body
    ],
)
def test_other_words_stay_in_the_name(text: str) -> None:
    printed, mentions = read(text)
    assert printed[mentions[0].start : mentions[0].end] == text.partition(":")[2].partition("]")[0]


@pytest.mark.parametrize(
    "text",
    ["[O:Three Court of Appeal] judges met.", "However [P:Ada Quill] left.", "Norwegian [P:Ada Quill] left.",
     "Victor [P:Orr] left.", "Number [P:Ada Quill] left."],
)  # fmt: skip
def test_an_opening_word_that_is_no_noun_for_a_person_is_no_role(text: str) -> None:
    assert read(text)[1][-1].roles == ()
