"""What kind of body a name tells, by its last or its first words."""

from __future__ import annotations

import pytest

from onrecord.lexicon.body_kinds import body_kinds


@pytest.mark.parametrize(
    ("name", "noun", "fits"),
    [
        ("Banco Tarn del Sur", "bank", True),
        ("Bank Negara Tarnia", "lender", False),
        ("Universiti Tarn", "university", True),
        ("Universal Tarn", "university", False),
        ("General Workers' Alliance", "union", True),
        ("Harbour Alliance", "union", False),
        ("Tarn Water Inspectorate", "regulator", True),
        ("Tarn Vale Council", "regulator", False),
    ],
)
def test_the_kind_that_a_name_tells(name: str, noun: str, fits: bool) -> None:
    assert body_kinds().fit(body_kinds().meant([noun]), body_kinds().told(name)) is fits
