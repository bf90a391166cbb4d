"""Which bodies of like names are one over several articles."""

from __future__ import annotations

from tests.onrecord.cross_document.entities.conftest import Local, Told, Warehouse


def test_only_a_ministry_is_one_whichever_way_its_name_runs(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    governor = Local("PERSON", "Orla Venn")
    wh.run(
        [
            Told("j1", (Local("ORG", "Bank of Quenby"), Local("ORG", "Ministry of Tides"))),
            Told("j2", (Local("ORG", "Quenby Bank"), Local("ORG", "Tides Ministry"))),
            Told("j3", (Local("ORG", "University of Tarn"), governor)),
            Told("j4", (Local("ORG", "Tarn University"), governor)),
        ]
    )
    wh.check()
    assert wh.entity("j1", 0) != wh.entity("j2", 0)
    assert wh.entity("j1", 1) == wh.entity("j2", 1)
    assert wh.entity("j3", 0) == wh.entity("j4", 0)
