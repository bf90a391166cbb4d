"""Family names with particles, in the article's own ways of writing them."""

from __future__ import annotations

import pytest

from tests.onrecord.marked_names import names


@pytest.mark.parametrize(
    ("full", "bare"),
    [
        ("Ada ter Holt-Venn", "Ter Holt-Venn"),
        ("Omar bin Said Al Wari", "Al Wari"),
        ("Omar bin Said al-Wari", "al-Wari"),
        ("Omar bin Said", "bin Said"),
        ("Omar ould Tarek", "Tarek"),
    ],
)
def test_a_family_name_with_its_particle_is_its_bearers(full: str, bare: str) -> None:
    assert names(f"[P:{full}] came.\n\n[P:{bare}] left.") == [full] * 2


def test_a_father_name_is_not_what_its_bearer_is_called() -> None:
    assert names("[P:Omar bin Said] came.\n\n[P:Said] left.")[-1] == "Said"


def test_a_given_name_that_is_a_particle_elsewhere_stays() -> None:
    assert names("[P:Ada Holt] came.\n\n[P:Ter Holt] left.")[-1] == "Ter Holt"


def test_a_person_takes_in_the_names_behind_a_particle() -> None:
    assert names("[P:Omar] ould [P:Sidi Tarek] came.") == ["Omar ould Sidi Tarek"]
    assert names("[P:Mirjam] op den [P:Holt] came.") == ["Mirjam op den Holt"]
    assert names("[P:Omar] mint [O:Sidi Tarek Hospital] came.")[0] == "Omar"
