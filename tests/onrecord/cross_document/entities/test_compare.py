"""Names compared by the names alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cross_document.entities import Verdict, compare_names

TRAPS = [
    ("George H. W. Bush", "George W. Bush"),
    ("Kim Jong Un", "Kim Jong Il"),
    ("Abu Bakr al-Baghdadi", "Abu Omar al-Baghdadi"),
    ("Bashar al-Assad", "Hafez al-Assad"),
    ("Haider al-Abadi", "Hassan al-Abadi"),
]


@pytest.mark.parametrize(("a", "b"), TRAPS)
def test_two_people_of_one_family_are_two(a: str, b: str) -> None:
    assert compare_names(a, b, "PERSON").verdict is Verdict.CONFLICT
    assert not compare_names(a, b, "PERSON").is_match


def test_an_organisation_is_not_the_one_that_it_is_named_after() -> None:
    assert not compare_names("Kataib Hezbollah", "Hezbollah", "ORG").is_match


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Muen Kadhimi", "Muen al-Kadhimi"),
        ("Muammar Gaddafi", "Moammar Kadafi"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
        ("Volodymyr Zelenskyy", "Wolodymyr Selenskyj"),
        ("Muhammad Karim", "Mohammed Karim"),
        ("Abd al-Rahman Saleh", "Abdulrahman Saleh"),
        ("Chiang Wei", "Jiang Wei"),
        ("Bill Tarnower", "William Tarnower"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Tarnower, William", "William Tarnower"),
    ],
)
def test_spellings_of_one_name(a: str, b: str) -> None:
    assert compare_names(a, b, "PERSON").verdict is Verdict.EQUAL


def test_a_fuller_form_is_partial_and_father_and_son_are_two() -> None:
    assert compare_names("Haider Abadi", "Haider Jawad al-Abadi", "PERSON").verdict is Verdict.PARTIAL
    assert compare_names("Abadi", "Haider Abadi", "PERSON").verdict is Verdict.PARTIAL
    assert compare_names("Carl Amber Jr.", "Carl Amber Sr.", "PERSON").verdict is Verdict.CONFLICT
    assert compare_names("Carl Amber Jr.", "Carl Amber", "PERSON").verdict is Verdict.PARTIAL


def test_legal_form_and_order_of_an_organisation_do_not_matter() -> None:
    assert compare_names("Quenby Holdings Ltd.", "Quenby Holdings Limited", "ORG").verdict is Verdict.EQUAL
    assert compare_names("Ministry of Defence", "Defence Ministry", "ORG").verdict is Verdict.EQUAL


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["PERSON", "ORG", "LOC", "NORP", "MISC"]))
def test_comparison_is_symmetric_and_bounded(a: str, b: str, entity_type: str) -> None:
    found = compare_names(a, b, entity_type)
    assert found == compare_names(b, a, entity_type)
    assert 0.0 <= found.score <= 1.0
