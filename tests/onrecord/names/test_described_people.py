"""What a person is does not belong to the name behind it."""

from __future__ import annotations

import pytest

from tests.onrecord.marked_names import names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In Corran, [P:Briton Gary Venn], 61, left.", "Gary Venn"),
        ("So [P:Norwegian Anna-Lena Orr] left.", "Anna-Lena Orr"),
        ("So [P:Salwen harbourmaster Ada Quill] left.", "Ada Quill"),
    ],
)
def test_what_describes_a_person_is_cut(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "Dane Anna Orr",  # a given name as well
        "Irish Orr",  # nothing but one name behind it
        "Briton Oxtoby Venn",  # no given name behind it
        "Maria delos Santos Orr",  # a particle of a language that is not listed
        "Omar bin Said Karim",
        "Jordan Thomas Venn",
    ],
)
def test_names_that_look_described_stay(name: str) -> None:
    assert names(f"So [P:{name}] left.") == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Then Member for [P:Aldermoor Jodie Quill] left.", "Jodie Quill"),
        ("Then [P:Sarpanch Kamla Orr] left.", "Kamla Orr"),
        ("Then [P:MK Tamar Ilvon] left.", "Tamar Ilvon"),
        ("Then [P:MK Ilvon] left.", "MK Ilvon"),  # two initials
        ("Then [P:Mk Tamar Ilvon] left.", "Mk Tamar Ilvon"),
        ("Then [P:Orla Venn TD] left.", "Orla Venn"),
        ("Then [P:Naib Tehsildar Irfan Orr] left.", "Irfan Orr"),
        ("Then [P:Wenfiasehene Nana Kofi Dartey] left.", "Nana Kofi Dartey"),
        ("Then [P:Mukhiya] left.", "Mukhiya"),
    ],
)
def test_offices_and_electorates_are_cut(text: str, name: str) -> None:
    assert names(text) == [name]
