"""Names are taken apart as their languages have them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import EntityType
from onrecord.names import parse_name
from onrecord.names.parse import NameParts


def person(text: str) -> NameParts:
    return parse_name(text, EntityType.PERSON)


@pytest.mark.parametrize(
    ("text", "core", "roles", "honorifics"),
    [
        ("Prime Minister Karim al-Wari", "Karim al-Wari", ("Prime Minister",), ()),
        ("Water Board Spokesman Lee Marsh’s", "Lee Marsh", ("Water Board Spokesman",), ()),
        ("former deputy defense minister Karl Voss", "Karl Voss", ("former deputy defense minister",), ()),
        ("Lt. Gen. Omar Reth", "Omar Reth", ("Lt. Gen.",), ()),
        ("Mr. King", "King", (), ("Mr.",)),
        ("King Oren", "Oren", ("King",), ()),
        ("Stella King", "Stella King", (), ()),
        ("Jane Orr MP", "Jane Orr", (), ("MP",)),
        ("Major", "Major", (), ()),
        ("Dr", "Dr", (), ()),
        ("Sultan Orlen", "Sultan Orlen", (), ()),
        ("Orlen [Red Dawn", "Orlen", (), ()),
        ("Sheikh Hasina", "Sheikh Hasina", (), ()),
        ("Hojjat al-Islam Omid Karan", "Omid Karan", (), ("Hojjat al-Islam",)),
        ("Grand Ayatollah Karan", "Karan", (), ("Grand Ayatollah",)),
        ("Very Rev. Canon Ruth Pell", "Ruth Pell", (), ("Very Rev.", "Canon")),
        ("Swami Anandvir", "Anandvir", (), ("Swami",)),
        ("Togbe Kwasi Ordan IV", "Kwasi Ordan IV", (), ("Togbe",)),
        ("Puan Sri Aida Rahim", "Aida Rahim", (), ("Puan Sri",)),
        ("Sgt. Maj. Omar Reth", "Omar Reth", ("Sgt. Maj.",), ()),
        ("Additional Superintendent of Police Ruma Lall", "Ruma Lall", ("Additional Superintendent of Police",), ()),
        ("Pol Maj Gen Arun Sutham", "Arun Sutham", ("Pol Maj Gen",), ()),
        ("SI Dev Sorn", "Dev Sorn", ("SI",), ()),
        ("DCI Brandt", "Brandt", ("DCI",), ()),
        ("SP Sorn", "SP Sorn", (), ()),
        ("Si Newman", "Si Newman", (), ()),
        ("Prophet Muhammad", "Prophet Muhammad", (), ()),
    ],
)
def test_titles_are_kept_apart(text: str, core: str, roles: tuple[str, ...], honorifics: tuple[str, ...]) -> None:
    parts = person(text)
    assert (parts.core, parts.roles, parts.honorifics) == (core, roles, honorifics)
    assert text[parts.start : parts.end] == parts.core


@pytest.mark.parametrize(
    ("text", "given_", "family", "family_first"),
    [
        ("Karim al-Wari", ("Karim",), ("al-Wari",), False),
        ("Wu Jianmin", ("Jianmin",), ("Wu",), True),
        ("Park Ji-hoon", ("Ji-hoon",), ("Park",), True),
        ("Kim Su Ryong", ("Su", "Ryong"), ("Kim",), True),
        ("Kim Bassett", ("Kim",), ("Bassett",), False),
        ("Lee Marsh", ("Lee",), ("Marsh",), False),
        ("Nguyen Van Minh", ("Van", "Minh"), ("Nguyen",), True),
        ("Abd al-Karim al-Wari", ("Abd al-Karim",), ("al-Wari",), False),
        ("Jack Ma", ("Jack",), ("Ma",), False),
        ("Carrie Lam", ("Carrie",), ("Lam",), False),
        ("Lee Carter", ("Lee",), ("Carter",), False),
        ("Lin Harper", ("Lin",), ("Harper",), False),
        ("Lee Mason", ("Lee",), ("Mason",), False),
        ("Lee Mei-ling", ("Mei-ling",), ("Lee",), True),
        ("Karim Al- Wari", ("Karim",), ("Wari",), False),
    ],
)
def test_given_and_family_names(
    text: str, given_: tuple[str, ...], family: tuple[str, ...], family_first: bool
) -> None:
    parts = person(text)
    assert parts.family == family
    assert parts.family_first is family_first
    if parts.particles == ():
        assert parts.given == given_


def test_suffix_nickname_and_initials() -> None:
    parts = person("Robert “Bob” J.K. Dunn III")
    assert (parts.suffix, parts.nickname) == ("III", "Bob")
    assert parts.tokens == ("robert", "j", "k", "dunn")
    assert parts.initials == ("j", "k")


@pytest.mark.parametrize("text", ["Tolva's", "Tolva’s", "“Tolva’s", " Tolva,"])
def test_possessives_and_marks_are_stripped(text: str) -> None:
    assert person(text).core == "Tolva"
    assert person("Jones’").core == "Jones"
    assert person("Oko’").possessive is False


@pytest.mark.parametrize(
    ("text", "core", "legal_form", "tokens"),
    [
        ("the Tarn Brigade", "Tarn Brigade", None, ("tarn", "brigade")),
        ("Orlen Electronics Co., Ltd.", "Orlen Electronics Co., Ltd.", "Co., Ltd.", ("orlen", "electronics")),
        ("Orlen Motor Company", "Orlen Motor Company", "Company", ("orlen", "motor")),
        ("AS Orlen", "AS Orlen", None, ("as", "orlen")),
        ("the U.N.", "U.N.", None, ("un",)),
    ],
)
def test_organisations(text: str, core: str, legal_form: str | None, tokens: tuple[str, ...]) -> None:
    parts = parse_name(text, EntityType.ORG)
    assert (parts.core, parts.legal_form, parts.tokens) == (core, legal_form, tokens)


@given(st.text(max_size=60), st.sampled_from(EntityType))
def test_core_is_always_a_slice(text: str, entity_type: EntityType) -> None:
    parts = parse_name(text, entity_type)
    assert text[parts.start : parts.end] == parts.core
    assert parts.core == parts.core.strip()


@given(
    st.lists(
        st.sampled_from(["Dr", "Prime", "Minister", "al-Wari", "Abd", "Jr", "van", "Kim", "J.K.", "'s", "“B”"]),
        max_size=8,
    )
)
def test_words_of_names_in_any_order(words: list[str]) -> None:
    text = " ".join(words)
    parts = person(text)
    assert text[parts.start : parts.end] == parts.core
    assert bool(parts.tokens) or not parts.core


def test_a_surname_that_is_a_given_name_too_may_stand_in_either_order() -> None:
    assert person("Lee Mason").either_order
    assert not person("Wu Jianmin").either_order
    assert not person("Lee Carter").either_order
