"""What belongs to a person's name beside the tagger's span, and what does not."""

from __future__ import annotations

import pytest

from onrecord.document.article import EntityType, NameSpan
from onrecord.names.whole import whole_names
from tests.onrecord.marked_names import names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It rained. E.M.S. [P:Venn-Orr] left.", "E.M.S. Venn-Orr"),
        ("The buyer, J. [P:Paul Venn], left.", "J. Paul Venn"),
        ("It is in Corran, N.J. [P:Orla Venn] left.", "Orla Venn"),
        ("He takes vitamin D. [P:Orla Venn] left.", "Orla Venn"),
        ("It rained. U.S. [P:Venn] left.", "Venn"),
        ("He spoke.\nQ. [P:Orla Venn], is it so?", "Orla Venn"),
    ],
)
def test_initials_that_no_sentence_ends_with_are_of_the_name(text: str, name: str) -> None:
    assert names(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minister for [P:Ponds Orla Venn] left.", "Orla Venn"),
        ("Minister for [P:Ponds S.K. Venn] left.", "S.K. Venn"),
        ("He voted for [P:Anne Orla Venn] today.", "Anne Orla Venn"),
        ("Minister for [P:Orla Venn] left.", "Orla Venn"),
    ],
)
def test_what_an_office_is_for_is_no_name(text: str, name: str) -> None:
    assert names(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Brack & [O:Venn Works] left.", "Brack & Venn Works"),
        ("Brack & [P:Venn Hospital] left.", "Brack & Venn Hospital"),
        ("Anna & [O:Venn Works] left.", "Venn Works"),
        ("Brack & [P:Orla Venn] left.", "Orla Venn"),
        ("[O:Brack] & [O:Venn Works] left.", "Venn Works"),
    ],
)
def test_a_firm_of_two_partners_is_one_name(text: str, name: str) -> None:
    assert names(text)[-1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They met General Umbo Venn.\n\nGeneral [P:Venn] left.", "Umbo Venn"),
        ("They met Kestrel Umbo Venn.\n\nGeneral [P:Venn] left.", "Venn"),
        ("They met General Works Director Venn.\n\nGeneral [P:Venn] left.", "Venn"),
    ],
)
def test_what_stands_between_a_title_and_a_surname_is_a_given_name(text: str, name: str) -> None:
    assert names(text)[-1] == name


@pytest.mark.parametrize(("score", "start"), [(0.4, 0), (0.9, 8)])
def test_a_doubted_name_before_a_partner_is_of_the_firm(score: float, start: int) -> None:
    spans = [NameSpan(0, 5, EntityType.LOC, score), NameSpan(8, 18, EntityType.PERSON, 0.4)]
    assert whole_names("Brack & Venn Glass left.", spans)[-1].start == start
