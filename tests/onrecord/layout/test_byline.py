"""Bylines and the people in them."""

from __future__ import annotations

import pytest

from onrecord.layout.byline import (
    continues_byline,
    is_organization,
    is_person,
    is_picture_credit,
    is_role,
    read_byline,
    unopened_byline,
    without_outlet,
    without_role,
    without_role_behind,
)


@pytest.mark.parametrize(
    ("words", "authors", "agency"),
    [
        ("By Orla Venn", ["Orla Venn"], None),
        ("by Orla Venn and Tam Okoro", ["Orla Venn", "Tam Okoro"], None),
        ("By Orla Venn, Tam Okoro and Ines Falk", ["Orla Venn", "Tam Okoro", "Ines Falk"], None),
        ("By Orla Venn in Eastmere", ["Orla Venn"], None),
        ("By Orla Venn in Eastmere and Tam Okoro in Port Ellery", ["Orla Venn", "Tam Okoro"], None),
        ("By Orla Venn, Staff Writer", ["Orla Venn"], None),
        ("By ORLA VENN, Associated Press", ["Orla Venn"], "AP"),
        ("By Orla Venn (Reuters)", ["Orla Venn"], "Reuters"),
        ("By Orla Venn for the Quillbay Ledger", ["Orla Venn"], None),
        ("By Jean-Luc de la Roche", ["Jean-Luc de la Roche"], None),
        ("By Siobhán O’Dwyer", ["Siobhán O’Dwyer"], None),
        ("By Anwar al-Telfasi", ["Anwar al-Telfasi"], None),
        ("By J. R. Marsh Jr.", ["J. R. Marsh Jr."], None),
        ("By Staff Writer", [], None),
        ("By Our Correspondent", [], None),
        ("By AFP", [], "AFP"),
        ("BYLINE: Orla Venn.", ["Orla Venn"], None),
        ("Written by Orla Venn", ["Orla Venn"], None),
    ],
)
def test_read(words: str, authors: list[str], agency: str | None) -> None:
    byline = read_byline(words)
    assert byline is not None
    assert (list(byline.authors), byline.agency, byline.printed) == (authors, agency, words)


@pytest.mark.parametrize(
    "words",
    [
        "By order of Mayor Ada Quill, no vehicle may cross.",
        "By then it may be too late to object",
        "By Monday Morning",
        "By Land and Sea",
        "By the time the boats came in, the market was shut",
        "By Design",
        "Orla Venn",
        "By Bloomberg:",
    ],
)
def test_a_by_that_is_no_byline(words: str) -> None:
    assert read_byline(words) is None


def test_without_by() -> None:
    found = unopened_byline("Orla Venn, Housing Correspondent")
    assert found is not None
    assert found.authors == ("Orla Venn",)
    assert unopened_byline("Ada Quill, Mayor of Eastmere") is None
    assert unopened_byline("Bread, Circus, Staff") is None


def test_roles_people_and_credits() -> None:
    assert is_role("Senior Political Correspondent")
    assert not is_role("the of")
    assert is_person("Orla Venn")
    assert not is_person("Quillbay News")
    assert not is_person("Middle East")
    assert is_picture_credit("Ines Falk / Meridian Wire")
    assert not is_picture_credit("and/or")


@pytest.mark.parametrize(
    ("words", "before", "continues"),
    [
        ("and Tam Okoro", "By Orla Venn", True),
        ("Tam Okoro", "By Orla Venn,", True),
        ("Tam Okoro", "and", True),
        ("and", "By Orla Venn", True),
        ("Tam Okoro", "By Orla Venn", False),
        ("and then the boats came in", "By Orla Venn", False),
    ],
)
def test_a_byline_over_several_lines(words: str, before: str, continues: bool) -> None:
    assert continues_byline(words, before) is continues


@pytest.mark.parametrize("name", ["Corran Broadcasting Corporation", "Harbor Post Staff", "Quill University"])
def test_a_body_is_no_person(name: str) -> None:
    assert is_organization(name)
    assert not is_person(name)


def test_a_role_before_a_name() -> None:
    assert without_role("Harbor Post health correspondent Thomas Sabel") == "Thomas Sabel"
    assert without_role("Thomas Sabel") == "Thomas Sabel"


@pytest.mark.parametrize(
    ("line", "authors"),
    [("By Jude Law", ("Jude Law",)), ("By Christopher Guest", ("Christopher Guest",)), ("By Harbor Post Guest", ())],
)
def test_a_word_for_a_body_may_be_a_surname_behind_a_given_name(line: str, authors: tuple[str, ...]) -> None:
    found = read_byline(line)
    assert (found.authors if found else ()) == authors


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Orla Venn Founder", "Orla Venn"),
        ("Orla Venn Senior Editor", "Orla Venn"),
        ("Orla Anne White", "Orla Anne White"),
        ("Senior Editor", "Senior Editor"),
        ("", ""),
    ],
)
def test_a_role_behind_a_name(words: str, name: str) -> None:
    assert without_role_behind(words) == name


def test_an_outlet_that_owns_a_name_is_left_out() -> None:
    assert without_outlet("Reuters' Ines Falk") == "Reuters' Ines Falk"
    assert without_outlet("CNN's Ines Falk") == "Ines Falk"
    assert without_outlet("Tam Okoro’s Ines") == "Tam Okoro’s Ines"


@pytest.mark.parametrize(
    ("words", "is_credit"),
    [
        ("Ines Falk | AFP | Getty Images", True),
        ("Ines Falk / Meridian Wire", True),
        ("Ines Falk | Meridian Wire", False),  # an author and her outlet
        ("Ines Falk | Meridian Images", False),
        ("Ines Falk | Tam Okoro/Getty Images", False),
    ],
)
def test_a_picture_credit_has_a_stroke_before_its_house(words: str, is_credit: bool) -> None:
    assert is_picture_credit(words) is is_credit
