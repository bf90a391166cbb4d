"""One entity over all articles, in whatever order and runs they arrive."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.cross_document.entities import load_known
from tests.onrecord.cross_document.entities.conftest import Local, Told, Warehouse

PERSON, ORG, LOC, NORP = "PERSON", "ORG", "LOC", "NORP"

ARTICLES = (
    Told(
        "a1",
        (
            Local(PERSON, "Muen Kadhimi", ("a senior aide to the head of the Tulip Front",)),
            Local(ORG, "Tulip Front"),
            Local(ORG, "Islamic State", texts=("Islamic State", "Daesh")),
            Local(LOC, "United States", texts=("the United States", "U.S.")),
            Local(PERSON, "Haider Abadi", ("Iraqi Prime Minister",)),
        ),
        dt.date(2015, 10, 5),
        quoted=(0, 0),
    ),
    Told(
        "a2",
        (
            Local(ORG, "Kataib Hezbollah"),
            Local(ORG, "ISIS", texts=("IS", "ISIS")),
            Local(LOC, "US"),
            Local(PERSON, "Haider al-Abadi", ("Iraq's prime minister",)),
            Local(PERSON, "Jaffar al Husseini", ("spokesman",), ("Jaffar al Husseini", "Husseini")),
        ),
        dt.date(2015, 10, 7),
        quoted=(4,),
    ),
    Told(
        "a3",
        (
            Local(PERSON, "Muen al-Kadhimi", ("a senior aide",)),
            Local(ORG, "Tulip Front"),
            Local(PERSON, "Abadi", ("prime minister",)),
            Local(ORG, "Daesh"),
            Local(ORG, "Hezbollah"),
            Local(PERSON, "Bashar al-Assad"),
        ),
        dt.date(2015, 10, 8),
    ),
    Told(
        "a4",
        (Local(PERSON, "Hafez al-Assad"), Local(PERSON, "Hassan al-Abadi"), Local(ORG, "Tulip Front")),
        dt.date(2015, 9, 1),
    ),
    Told("a5", (Local(PERSON, "George Bush"), Local(ORG, "Quenby Mills")), dt.date(2004, 1, 1)),
    Told("a6", (Local(PERSON, "George W. Bush"), Local(ORG, "Quenby Mills")), dt.date(2004, 2, 1)),
    Told("a7", (Local(PERSON, "George H. W. Bush"), Local(ORG, "Quenby Mills")), None),
    Told(
        "a8",
        (Local(PERSON, "Carl Amber"), Local(PERSON, "Carl Amber"), Local(ORG, "Amber & Son Ltd")),
        dt.date(2004, 2, 1),
    ),
)


def test_the_names_of_the_issue(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    wh.run(ARTICLES)
    wh.check()
    assert wh.entity("a1", 0) == wh.entity("a3", 0)  # Muen (al-)Kadhimi
    assert wh.entity("a1", 4) == wh.entity("a2", 3)  # Haider (al-)Abadi
    assert wh.entity("a1", 2) == wh.entity("a2", 1) == wh.entity("a3", 3)  # Islamic State, ISIS, Daesh
    assert wh.entity("a1", 3) == wh.entity("a2", 2)  # United States, US
    assert wh.entity("a2", 0) != wh.entity("a3", 4)  # Kataib Hezbollah, Hezbollah
    assert wh.entity("a3", 5) != wh.entity("a4", 0)  # Bashar, Hafez al-Assad
    assert wh.entity("a1", 4) != wh.entity("a4", 1)  # Haider, Hassan al-Abadi
    assert wh.entity("a6", 0) != wh.entity("a7", 0)  # George W., George H. W. Bush
    assert wh.entity("a8", 0) != wh.entity("a8", 1)  # father and son of one name
    rows = {row["name"]: row for row in wh.table("entities").to_pylist()}
    assert rows["Muen al-Kadhimi"]["aliases"] == ["Muen Kadhimi"]
    assert rows["Muen al-Kadhimi"]["quote_count"] == 2
    assert "Daesh" in rows["Islamic State"]["aliases"]
    assert "Husseini" in rows["Jaffar al Husseini"]["aliases"]
    assert rows["United States"]["first_seen"] == dt.date(2015, 10, 5)
    assert rows["United States"]["last_seen"] == dt.date(2015, 10, 7)
    assert rows["United States"]["mention_count"] == 3


def test_every_order_of_arrival_gives_the_same_entities(warehouse: type[Warehouse]) -> None:
    whole = warehouse()
    whole.run(ARTICLES)
    for order in itertools.permutations(ARTICLES[4:7]):
        wh = warehouse()
        for article in order:
            wh.run([article])
            wh.check()
        wh.run([*ARTICLES[:4], *ARTICLES[7:]])
        wh.check()
        assert wh.partition() == whole.partition()
        assert wh.entities() == whole.entities()


def _names() -> st.SearchStrategy[Local]:
    given_names = st.sampled_from(
        ["George", "George W.", "George H. W.", "Haider", "Hassan", "G.", "Bill", "William", "Kim Jong"]
    )
    families = st.sampled_from(
        ["Bush", "Abadi", "al-Abadi", "Un", "Il", "Kadhimi", "Smith", "Quent Jr.", "Quent Sr.", "Quent"]
    )
    person = st.one_of(st.builds("{} {}".format, given_names, families), families)
    roles = st.sampled_from([(), ("prime minister",), ("goalkeeper",), ("singer",), ("spokesman for the Tulip Front",)])
    bodies = st.sampled_from(
        ["Hezbollah", "Kataib Hezbollah", "Tulip Front", "Tulip Front Ltd", "Interior Ministry", "TF"]
    )
    places = st.sampled_from(["US", "United States", "Kyiv", "Kiev", "Quenby", "Tulip Front"])
    return st.one_of(
        st.builds(Local, st.just(PERSON), person, roles),
        st.builds(Local, st.just(ORG), bodies),
        st.builds(Local, st.just(LOC), places),
    )


@st.composite
def _corpora(draw: st.DrawFn) -> tuple[list[Told], list[list[Told]]]:
    """Articles, and the same articles shuffled and cut into runs."""
    count = draw(st.integers(2, 6))
    dates = st.one_of(st.none(), st.dates(dt.date(2001, 1, 1), dt.date(2003, 1, 1)))
    told = [Told(f"a{i}", tuple(draw(st.lists(_names(), min_size=1, max_size=5))), draw(dates)) for i in range(count)]
    order = draw(st.permutations(told))
    cuts = sorted(draw(st.sets(st.integers(1, count - 1))))
    return told, [list(order[a:b]) for a, b in itertools.pairwise([0, *cuts, count])]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_corpora())
def test_neither_order_nor_cut_matters(warehouse: type[Warehouse], corpus: tuple[list[Told], list[list[Told]]]) -> None:
    told, runs = corpus
    whole, parts = warehouse(), warehouse()
    whole.run(told)
    for run in runs:
        parts.run(run)
        parts.check()
    whole.check()
    assert parts.partition() == whole.partition()
    assert parts.entities() == whole.entities()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_corpora())
def test_what_is_taken_out_leaves_no_trace(
    warehouse: type[Warehouse], corpus: tuple[list[Told], list[list[Told]]]
) -> None:
    told, _ = corpus
    without, after = warehouse(), warehouse()
    without.run(told[1:])
    after.run(told)
    after.run(removed=[told[0].article_id])
    after.check()
    assert after.partition() == without.partition()
    assert after.entities() == without.entities()


def test_the_same_articles_again_change_nothing(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    wh.run(ARTICLES)
    rows, entities = dict(wh.rows), wh.table("entities").to_pylist()
    found = wh.run(ARTICLES)
    assert wh.rows == rows
    assert found.merges.num_rows == found.moves.num_rows == 0
    assert sorted(map(str, wh.table("entities").to_pylist())) == sorted(map(str, entities))
    assert wh.run().changes["entities"].upserts.num_rows == 0


def test_a_merge_keeps_the_older_id(warehouse: type[Warehouse]) -> None:
    front = Local(ORG, "Tulip Front")
    wh = warehouse()
    wh.run([Told("b1", (Local(PERSON, "Ana Quentova"), front), dt.date(2010, 1, 1))])
    wh.run([Told("b2", (Local(PERSON, "Quentova"),), dt.date(2009, 1, 1))])
    older, younger = wh.entity("b1", 0), wh.entity("b2", 0)
    assert older != younger
    found = wh.run([Told("b3", (Local(PERSON, "Quentova"), front, Local(ORG, "Quenby Mills")), None)])
    wh.check()
    assert wh.entity("b1", 0) == wh.entity("b2", 0) == wh.entity("b3", 0) == older
    assert found.merges.to_pylist() == [{"old_id": younger, "new_id": older}]
    row = next(r for r in wh.table("entities").to_pylist() if r["entity_id"] == older)
    assert row["merged_ids"] == [younger]
    assert row["name"] == "Ana Quentova"


def test_a_second_bearer_of_a_surname_parts_what_was_guessed(warehouse: type[Warehouse]) -> None:
    mill = Local(ORG, "Quenby Mills")
    wh = warehouse()
    wh.run([Told("c1", (Local(PERSON, "Ana Quentova"), mill)), Told("c2", (Local(PERSON, "Quentova"), mill))])
    assert wh.entity("c1", 0) == wh.entity("c2", 0)
    found = wh.run([Told("c3", (Local(PERSON, "Berta Quentova"), mill))])
    wh.check()
    assert len({wh.entity(f"c{i}", 0) for i in (1, 2, 3)}) == 3
    assert found.moves.num_rows == 1
    reasons = [r["reason"] for r in wh.table("near_misses").to_pylist()]
    assert any(reason.startswith("rivalled") for reason in reasons)


def test_namesakes_in_two_fields_stay_apart_until_names_beside_them_agree(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    beside = (Local(ORG, "Quenby Mills"), Local(PERSON, "Una Tarn"))
    wh.run(
        [
            Told("d1", (Local(PERSON, "Ivo Brandt", ("goalkeeper",)),)),
            Told("d2", (Local(PERSON, "Ivo Brandt", ("senator",)),)),
        ]
    )
    assert wh.entity("d1", 0) != wh.entity("d2", 0)
    (miss,) = wh.table("near_misses").to_pylist()
    assert miss["reason"].startswith("contradicted") and "sport" in miss["reason"]
    wh.run([Told("d3", (Local(PERSON, "Ivo Brandt", ("goalkeeper",)), *beside))])
    wh.run([Told("d4", (Local(PERSON, "Ivo Brandt", ("senator",)), *beside))])
    wh.check()
    assert wh.entity("d1", 0) == wh.entity("d2", 0)


def test_a_bare_common_name_stands_for_its_article_only(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    wh.run([Told("e1", (Local(PERSON, "Smith"),)), Told("e2", (Local(PERSON, "Smith"),))])
    assert wh.entity("e1", 0) != wh.entity("e2", 0)


def test_a_users_table_wins_and_is_applied_to_what_is_there(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    wh.run(ARTICLES)
    before = wh.partition()
    wh.user = (
        load_known("same: [[Tulip Front, Quenby Mills]]\ndifferent: [[ISIS, Daesh], [Muen Kadhimi, Haider Abadi]]"),
    )
    found = wh.run()
    wh.check()
    assert wh.entity("a1", 1) == wh.entity("a5", 1)
    assert wh.entity("a2", 1) != wh.entity("a3", 3)
    assert found.merges.num_rows == 1
    wh.user = ()
    wh.run()
    wh.check()
    assert wh.partition() == before


def test_a_users_different_parts_what_names_join(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    wh.run([Told("f1", (Local(PERSON, "Bill Tarnower"),)), Told("f2", (Local(PERSON, "William Tarnower"),))])
    kept = wh.entity("f1", 0)
    assert kept == wh.entity("f2", 0)
    wh.user = (load_known("different: [[Bill Tarnower, William Tarnower]]"),)
    found = wh.run()
    wh.check()
    assert wh.entity("f1", 0) != wh.entity("f2", 0)
    assert kept in (wh.entity("f1", 0), wh.entity("f2", 0))
    assert found.moves.num_rows == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_an_id_does_not_depend_on_which_spelling_arrives_first(
    warehouse: type[Warehouse], order: tuple[int, ...]
) -> None:
    wh = warehouse()
    told = [
        Told("g1", (Local(PERSON, "Muen Kadhimi"),)),
        Told("g2", (Local(PERSON, "Muen al-Kadhimi"),)),
        Told("g3", (Local(PERSON, "Mu'en al-Kadhemi"),)),
    ]
    for i in order:
        wh.run([told[i]])
    once = warehouse()
    once.run(told)
    assert {wh.entity(f"g{i}", 0) for i in (1, 2, 3)} == {once.entity("g1", 0)}


def test_a_ministry_is_its_countrys(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    iraq, france = Local(LOC, "Iraq", texts=("Iraq", "Iraq")), Local(NORP, "French", texts=("French",))
    wh.run(
        [
            Told("h1", (Local(ORG, "Interior Ministry"), iraq)),
            Told("h2", (Local(ORG, "Interior Ministry"), iraq, france)),
            Told("h3", (Local(ORG, "Interior Ministry"), france)),
            Told("h4", (Local(ORG, "Iraqi Interior Ministry"), france)),
            Told("h5", (Local(ORG, "Interior Ministry"),)),
        ]
    )
    wh.check()
    assert wh.entity("h1", 0) == wh.entity("h2", 0) == wh.entity("h4", 0)
    assert len({wh.entity(f"h{i}", 0) for i in (1, 3, 5)}) == 3


def test_a_company_with_and_without_its_kind_is_one(warehouse: type[Warehouse]) -> None:
    wh = warehouse()
    names = ("Quenby Motor Co.", "Quenby Motor Company", "The Quenby Motor", "Quenby Motor Group")
    wh.run([Told(f"i{i}", (Local(ORG, name),)) for i, name in enumerate(names)])
    assert len({wh.entity(f"i{i}", 0) for i in range(4)}) == 1
