"""Tables of known names: the shipped one, and what a user's may not say."""

from __future__ import annotations

import pytest

from onrecord.cross_document.entities import KnownError, load_known, shipped_known
from onrecord.cross_document.entities.known import forms_of, shipped_text


def _canonical(name: str, entity_type: str) -> list[str]:
    known = shipped_known()
    return [known.entry(ident).name for ident in known.entries(name, entity_type)]


@pytest.mark.parametrize(
    ("name", "entity_type", "expected"),
    [
        ("US", "LOC", ["United States"]),
        ("the U.S.", "LOC", ["United States"]),
        ("U.S", "LOC", ["United States"]),
        ("us", "LOC", []),
        ("US", "PERSON", []),
        ("IS", "ORG", ["Islamic State"]),
        ("Is", "ORG", []),
        ("Daesh", "ORG", ["Islamic State"]),
        ("the Islamic State", "ORG", ["Islamic State"]),
        ("WHO", "ORG", ["World Health Organization"]),
        ("Who", "ORG", []),
        ("Kiev", "LOC", ["Kyiv"]),
        ("Burma", "LOC", ["Myanmar"]),
        ("Americans", "NORP", ["Americans"]),
        ("American", "LOC", []),
        ("Georgia", "LOC", []),
    ],
)
def test_shipped_names_need_their_type_and_their_capitals(name: str, entity_type: str, expected: list[str]) -> None:
    assert _canonical(name, entity_type) == expected


def test_no_name_of_the_shipped_table_stands_in_two_entries_of_a_type() -> None:
    known = shipped_known()
    for entry in known.same:
        for name in (*entry.names, *entry.exact):
            for entity_type in entry.types:
                assert known.entries(name, entity_type) == [entry.ident], (name, entity_type)


def test_a_people_is_not_its_country() -> None:
    assert not set(_canonical("Americans", "NORP")) & set(_canonical("America", "LOC"))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("same: [[Quenby]]", "one name alone"),
        ("same: [{name: Quenby, kind: ORG}]", "expected a list"),
        ("same: [{name: Quenby, aliases: [Tarn], types: [COMPANY]}]", "types must be among"),
        ("same: [[Quenby, 7]]", "names must be text"),
        ("same: [[Quenby, No]]", "names must be text"),
        ("different: [[Quenby]]", "expected two names"),
        ("different: [[Muen Kadhimi, Muen al-Kadhimi]]", "read as one name"),
        ("same: [[Quenby, Tarn]]\ndifferent: [[Tarn, Quenby]]", "both same"),
        ("aliases: []", "expected a mapping"),
        ("same: [", "not YAML"),
        ("version: new", "no whole number"),
    ],
)
def test_a_faulty_table_is_refused_with_its_place(text: str, what: str) -> None:
    with pytest.raises(KnownError, match=what):
        load_known(text, "mine.yaml")


def test_an_empty_table_says_nothing() -> None:
    known = load_known("# nothing yet\n")
    assert (known.same, known.different) == ((), ())
    assert "quenby" in forms_of("Quenby")


def test_the_shipped_table_does_not_contradict_itself() -> None:
    assert load_known(shipped_text(), "known").same == shipped_known().same
    contradicted = shipped_text().replace("\ndifferent:\n", "\ndifferent:\n  - [Burma, Myanmar]\n")
    with pytest.raises(KnownError, match="'Burma' and 'Myanmar' are both same"):
        load_known(contradicted, "known")
