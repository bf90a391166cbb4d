"""Roles of the one whom a sentence is about, and offices that run long before a name."""

from __future__ import annotations

import pytest

from onrecord.names.roles import beside, role_words


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("It rained. A Tarn and Veld nation citizen, Marsh does not want it.", ["A Tarn and Veld nation citizen"]),
        ("A clerk at the board, Marsh wants a vote.", ["A clerk at the board"]),
        ("A clerk at the board, Marsh said, wants a vote.", []),
        ("In a letter to a clerk, Marsh wants a vote.", []),
        ("A clerk who left, Marsh wants a vote.", []),
        ("A long walk, Marsh knew, was best.", []),
        ("They met Head of Tarn Small Works and Harbour Parks Organization (TSWO) Marsh.",
         ["Head of Tarn Small Works and Harbour Parks Organization (TSWO)"]),
        ("They met the guild (TSWO) Marsh.", []),
    ],
)  # fmt: skip
def test_roles_of_a_subject_and_of_a_long_office(text: str, roles: list[str]) -> None:
    start = text.index("Marsh")
    _, bounds = beside(text, start, start + 5)
    assert [text[first:last] for first, last in bounds] == roles


def test_an_office_of_whose_kin_somebody_is_says_nothing_of_them() -> None:
    son, minister, mother = "son of President Orr", "minister of justice", "mother of two and president"
    assert "president" in role_words(mother, [(0, len(mother))])
    assert role_words(son, [(0, len(son))]) == {"son"}
    assert role_words(minister, [(0, len(minister))]) == {"minister", "justice"}
