"""Names of the known table that bodies of other countries have too."""

from __future__ import annotations

import pytest

from onrecord.cross_document.entities import KnownError, load_known
from tests.onrecord.cross_document.entities.conftest import Local, Told, Warehouse


def test_a_shared_acronym_means_the_known_body_only_at_home(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    nigeria, us = Local("LOC", "Nigeria"), Local("LOC", "United States")
    wh.run(
        [
            Told("a1", (Local("ORG", "NBA"), nigeria)),
            Told("a2", (Local("ORG", "NBA"), us)),
            Told("a3", (Local("ORG", "NBA"),)),
            Told("a4", (Local("ORG", "National Basketball Association"), nigeria)),
            Told("a5", (Local("ORG", "Department of Justice"), nigeria)),
            Told("a6", (Local("ORG", "Department of Justice"), us)),
            Told("a7", (Local("ORG", "U.S. Justice Department"), nigeria)),
        ]
    )
    wh.check()
    assert wh.entity("a2", 0) == wh.entity("a3", 0) == wh.entity("a4", 0) != wh.entity("a1", 0)
    assert wh.entity("a6", 0) == wh.entity("a7", 0) != wh.entity("a5", 0)


def test_names_at_home_need_a_country() -> None:
    with pytest.raises(KnownError, match="at_home"):
        load_known("same: [{name: Tarn Bar Society, exact: [TBS], at_home: [TBS]}]")
