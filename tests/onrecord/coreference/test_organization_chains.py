"""Bodies of an article under their several names; marked as in `test_mentions`."""

from __future__ import annotations

import pytest

from onrecord.coreference import find_mentions
from onrecord.coreference.organization_keys import heads_of
from onrecord.document.article import EntityType, NameSpan, Span
from onrecord.document.document import Document
from tests.onrecord.marked_names import ids, names, read


def test_an_outlet_that_two_names_end_in_is_neither() -> None:
    assert len(set(ids("the [O:Corran Times], the [O:Orlen Times] and the [O:Times]"))) == 3


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("the [O:State Department], the [O:U.S. State Department]", "U.S. State Department"),
        ("the [O:Senate] met. The [O:U.S. Senate] rose.", "U.S. Senate"),
        ("the [O:Tide Observatory]. The [O:U.S. Tide Observatory] shut.", "U.S. Tide Observatory"),
        ("the [O:Orlen University of the Tarn]. [O:Orlen University] shut.", "Orlen University of the Tarn"),
        ("the [O:Government of Kenya]. The [O:Kenyan Government] left.", "Government of Kenya"),
        ("[O:Kenya Flood Office], the [O:Flood Office of Kenya]", "Kenya Flood Office"),
        (
            "[O:Rowing Federation of Kenya], [O:Kenyan Rowing Federation], [O:Kenyan Rowing Federation]",
            "Rowing Federation of Kenya",
        ),
        ("the [O:U.S. Congress], the [O:United States Congress], [O:Congress]", "United States Congress"),
    ],
)
def test_several_names_of_one_body(marked: str, name: str) -> None:
    assert set(names(marked)) == {name}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[O:Rovers] sack Orr\n\nThe [O:Corran Rovers] have left. [O:Rovers] said so.", ["Corran Rovers"] * 3),
        ("[O:Rovers] met [O:Corran Rovers] and [O:Orlen Rovers].", ["Rovers", "Corran Rovers", "Orlen Rovers"]),
        ("The [O:Kenyan Rovers] beat [O:Rovers].", ["Kenyan Rovers", "Rovers"]),
        ("The [O:150px Rovers] beat [O:Rovers].", ["150px Rovers", "Rovers"]),
        ("The [O:Corran Glass] bought [O:Glass].", ["Corran Glass", "Glass"]),
        ("[O:Merry Tarn Toys] rose. [O:Merry Tarn] said so.", ["Merry Tarn Toys", "Merry Tarn"]),
        ("[O:Merry Tarn] rose. [O:Merry Tarn Toys] fell.", ["Merry Tarn", "Merry Tarn Toys"]),
        ("[O:Merry Tarn Toys] and [O:Merry Tarn Games]. [O:Merry Tarn] rose.", ["Merry Tarn"]),
    ],
)
def test_a_team_or_a_firm_is_one_with_its_short_form(marked: str, expected: list[str]) -> None:
    assert names(marked)[-len(expected) :] == expected


def test_a_short_form_of_two_bodies_is_neither() -> None:
    of_two = "the [O:Orlen University of the Tarn], the [O:Orlen University of Veda], the [O:Orlen University]"
    assert len(set(ids(of_two))) == 3
    assert len(set(ids("the [O:Corran Bank], the [O:U.S. Orlen Bank], the [O:Orlen Bank of Veda]"))) == 3
    assert len(set(ids("the [O:Tide Society] and then the [O:Tide Society of Chemistry]"))) == 2


def test_a_bank_of_a_country_is_not_a_countrys_bank() -> None:
    assert names("the [O:Bank of Kenya] and the [O:Kenyan Bank]") == ["Bank of Kenya", "Kenyan Bank"]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[L:Norland] is cold. [O:Norland's Fair Trade Board] met.", ["Norland", "Fair Trade Board"]),
        ("[O:Iraq's Interior Ministry] met.", ["Interior Ministry"]),
        (
            "[O:Lloyd's Banking Group] met. [O:Kuwait's Orchestra] left.",
            ["Lloyd's Banking Group", "Kuwait's Orchestra"],
        ),
    ],
)
def test_the_place_whose_a_body_is_is_no_part_of_its_name(marked: str, expected: list[str]) -> None:
    assert names(marked) == expected


def test_the_place_whose_a_place_is_is_no_part_of_its_name() -> None:
    assert names("It is in [L:Corran]. [L:Corran’s Tarn Zoo] shut.") == ["Corran", "Tarn Zoo"]
    assert names("[L:King’s Cross Road] shut.") == ["King’s Cross Road"]


def test_behind_an_unsure_span_a_body_begins_after_any_owner_but_people() -> None:
    for text, expected in (
        ("Norland's Fair Trade Board met.", "Fair Trade Board"),
        ("Women's Affairs Ministry met.", "Women's Affairs Ministry"),
        ("Lloyd's Register met.", "Lloyd's Register"),
    ):
        spans = [NameSpan(0, text.index(" met"), EntityType.ORG, 0.4)]
        assert [m.name for m in find_mentions(Document.of_passages(text, [Span(0, len(text))]), spans)] == [expected]


@pytest.mark.parametrize("joined", ["Tarn Rail and Corran", "Tarn Rail-Corran"])
def test_a_form_that_joins_two_bodies_is_not_the_fullest(joined: str) -> None:
    text = (
        f"[O:{joined}] met. [O:Tarn Rail] paid. [O:Tarn Rail] left. [O:Marks and Marks] met. [O:Marks and Marks] left."
    )
    assert names(text)[1:] == ["Tarn Rail", "Tarn Rail", "Marks and Marks", "Marks and Marks"]


@pytest.mark.parametrize(
    ("forms", "name"),
    [
        (["Ministry of Works", "Ministry of the Works"], "Ministry of the Works"),
        (["Ministry of the Works", "Works Ministry", "Works Ministry"], "Works Ministry"),
        (["U.S. Harbour Department", "U.S. Department of the Harbour"], "U.S. Harbour Department"),
    ],
)
def test_a_ministry_is_one_in_either_order_of_words(forms: list[str], name: str) -> None:
    _, mentions = read(" ".join(f"The [O:{form}] met." for form in forms))
    assert {(m.name, m.local_id) for m in mentions} == {(name, 0)}


def test_a_university_is_another_in_the_other_order_of_words() -> None:
    _, mentions = read("[O:Corran University] met the [O:University of Corran].")
    assert len({m.local_id for m in mentions}) == 2


@pytest.mark.parametrize("kind", "OP")
def test_a_body_is_shortened_by_what_stands_in_brackets_behind_it(kind: str) -> None:
    told = f"The [O:Norland Centre for Civil Rights] ([{kind}:Cendih]) spoke. [{kind}:Cendih] wrote."
    assert names(told) == ["Norland Centre for Civil Rights"] * 3


@pytest.mark.parametrize(
    "told",
    [
        "[O:Tarn Rail Council] ([L:Orlen]) met. [L:Orlen] slept.",  # its town
        "[O:Tarn United] ([P:Quill]) won. [P:Ada Quill] ran. [P:Quill] slept.",  # its scorer
        "[O:Tarn Rail Council] ([O:Orlen]) met.",  # said once
        "[O:Tarn Rail Council] ([O:Orlen], north) met. [O:Orlen] slept.",
    ],
)
def test_not_all_in_brackets_shortens_a_body(told: str) -> None:
    assert len(set(ids(told))) > 1
    assert names(told)[0] != names(told)[1]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("tarn water board", "board", True),
        ("tarn water board", "water board", True),
        ("tarn water board", "water", False),
        ("board of the tarn", "board", True),
        ("tarn board for works", "board", True),
        ("archives of the bank", "archives", True),
        ("bank of the archives", "archives", False),
        ("board of works board", "board", True),
        ("sea fund", "sea", False),
        ("", "", False),
    ],
)
def test_a_bodys_kind_is_at_its_end_or_before_of(name: str, kind: str, expected: bool) -> None:
    assert (kind in heads_of(name)) is expected


def test_a_bare_kind_is_the_body_of_that_kind_named_before() -> None:
    told = "the [O:Tarn Board] and the [O:Veda Board of Works] met. The [O:Board] left. The [O:Orlen Board] stayed."
    assert ids(told) == [0, 1, 1, 2]
    assert len(set(ids("the [O:Bank of the Museum], the [O:Tarn Museum], the [O:Museum]"))) == 2


def test_initials_of_an_office_are_no_acronym_of_a_body_named_later() -> None:
    office = "Cabinet Secretary [P:Orla Venn] left. The [O:CS] told the [O:Corran Standard]."
    assert len(set(ids(office))) == 3
    assert len(set(ids("The [O:CS] left. The [O:Corran Standard] fell."))) == 1
    assert len(set(ids("Corran Standard: [O:Corran Standard] said a Cabinet Secretary left the [O:CS]."))) == 1
