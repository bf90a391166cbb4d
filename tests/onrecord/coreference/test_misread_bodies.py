"""Names taken for people's that the words beside them make those of bodies, in invented sentences."""

import pytest

from onrecord.coreference.misread_bodies import with_bodies
from onrecord.document.article import EntityType, NameSpan
from tests.onrecord.tagged_texts import span_of

PERSON, ORG = EntityType.PERSON, EntityType.ORG


@pytest.mark.parametrize(
    ("text", "name", "printed", "kind"),
    [
        ("The mining company Orvane sued.", "Orvane", "Orvane", ORG),
        ("Norlandish carmaker Orvane sued.", "Orvane", "Orvane", ORG),
        ("The company Orvane sued.", "Orvane", "Orvane", PERSON),
        ("A mining company Mary Orvane built sued.", "Mary Orvane", "Mary Orvane", PERSON),
        ("The head of mining company Orvane sued.", "Orvane", "Orvane", PERSON),
        ("Parts supplier Orvane sued.", "Orvane", "Orvane", PERSON),
        ("Orvane, the bootmaker founded by a monk, sued.", "Orvane", "Orvane", PERSON),
        ("Orvane, the bootmaker who sued, left.", "Orvane", "Orvane", PERSON),
        ("The Orvane Inquiry sat.", "Orvane", "Orvane Inquiry", ORG),
        ("The Orvane Administration sat.", "Orvane", "Orvane", PERSON),
        ("Orvane Inquiry sat.", "Orvane", "Orvane", PERSON),
    ],
)
def test_a_name_is_a_bodys(text: str, name: str, printed: str, kind: EntityType) -> None:
    span = span_of(text, name)
    (found,) = with_bodies(text, [NameSpan(span.start, span.end, PERSON, 0.9)])
    assert (text[found.start : found.end], found.entity_type) == (printed, kind)


def test_a_name_is_a_bodys_wherever_it_is_printed_alone() -> None:
    text = "The mining company Orvane sued. Orvane left. Ada Venn stayed."
    spans = [NameSpan(19, 25, PERSON, 0.9), NameSpan(32, 38, PERSON, 0.9), NameSpan(45, 53, PERSON, 0.9)]
    assert [found.entity_type for found in with_bodies(text, spans)] == [ORG, ORG, PERSON]


def test_a_surname_is_nobodys_company() -> None:
    text = "The mining company Orvane runs sank. Ada Orvane left."
    spans = [NameSpan(19, 25, PERSON, 0.9), NameSpan(37, 47, PERSON, 0.9)]
    assert [found.entity_type for found in with_bodies(text, spans)] == [PERSON, PERSON]
