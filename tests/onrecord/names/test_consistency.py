"""What the tagger was sure of in one place of an article holds in the others."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Block, BlockKind, EntityType, NameSpan
from onrecord.names.consistency import agree

PERSON, ORG, LOC = EntityType.PERSON, EntityType.ORG, EntityType.LOC


def whole(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[Block]:
    return [Block(kind, 0, len(text))]


def agreed(
    text: str, *names: tuple[str, EntityType, float], kind: BlockKind = BlockKind.PARAGRAPH
) -> list[tuple[str, str, float]]:
    """Agreed names of `text` with their scores; each of `names` is taken where it next stands."""
    spans, position = [], 0
    for name, entity_type, score in names:
        start = text.index(name, position)
        position = start + len(name)
        spans.append(NameSpan(start, position, entity_type, score))
    return [
        (text[n.start : n.end], n.entity_type.value, round(n.score, 6)) for n in agree(text, whole(text, kind), spans)
    ]


def found(
    text: str, *names: tuple[str, EntityType, float], kind: BlockKind = BlockKind.PARAGRAPH
) -> list[tuple[str, str]]:
    """Agreed names of `text` without their scores."""
    return [(name, entity_type) for name, entity_type, _ in agreed(text, *names, kind=kind)]


def test_a_doubtful_type_yields_to_the_article() -> None:
    text = "Tolva left. Tolva slept. Tolva woke."
    names = [("Tolva", PERSON, 0.95), ("Tolva", LOC, 0.5), ("Tolva", PERSON, 0.9)]
    assert {t for _, t in found(text, *names)} == {"PERSON"}


def test_the_type_with_the_greater_weight_decides_where_none_has_most_of_it() -> None:
    text = "Tolva left. Tolva slept. Tolva woke. Tolva ate."
    names = [("Tolva", ORG, 0.7), ("Tolva", LOC, 0.85), ("Tolva", ORG, 0.7), ("Tolva", PERSON, 0.3)]
    assert {t for _, t in found(text, *names)} == {"ORG"}


def test_a_sure_type_stays() -> None:
    text = "Washington left. Washington slept. In Washington."
    names = [("Washington", PERSON, 0.95), ("Washington", PERSON, 0.95), ("Washington", LOC, 0.9)]
    assert [t for _, t in found(text, *names)] == ["PERSON", "PERSON", "LOC"]


def test_a_surname_is_backed_by_full_names() -> None:
    text = "Ana Tolva left. Ana Tolva slept. Near Tolva."
    names = [("Ana Tolva", PERSON, 0.95), ("Ana Tolva", PERSON, 0.95), ("Tolva", LOC, 0.5)]
    assert found(text, *names)[-1] == ("Tolva", "PERSON")


def test_a_missed_name_is_found() -> None:
    text = "Red Dawn met. The Red Dawn rose."
    assert found(text, ("Red Dawn", ORG, 0.95)) == [("Red Dawn", "ORG")] * 2


def test_a_doubtful_part_gives_way_to_the_whole() -> None:
    text = "Red Dawn met. The Red Dawn rose."
    assert found(text, ("Red Dawn", ORG, 0.95), ("Red", LOC, 0.4)) == [("Red Dawn", "ORG")] * 2
    assert found(text, ("Red Dawn", ORG, 0.95), ("Red", LOC, 0.9)) == [("Red Dawn", "ORG"), ("Red", "LOC")]


def test_nothing_is_added_where_it_is_not_sure_or_not_read() -> None:
    assert len(found("Red Dawn met. Red Dawn rose.", ("Red Dawn", ORG, 0.6))) == 1
    assert len(found("Red Dawn met. Red Dawn rose.", ("Red Dawn", ORG, 0.95), kind=BlockKind.RELATED)) == 1
    assert len(found("Red Dawn met. Pre-Red Dawn, Red Dawning.", ("Red Dawn", ORG, 0.95))) == 1
    # A single word is looked for only if it is no ordinary word of the article and stands twice already.
    assert len(found("Bank fell. Bank rose. The bank. Bank won.", ("Bank", ORG, 0.95), ("Bank", ORG, 0.95))) == 2
    assert len(found("Tarn fell. Tarn rose. Tarn won.", ("Tarn", ORG, 0.95), ("Tarn", ORG, 0.95))) == 3


def test_a_title_makes_a_person() -> None:
    text = "Prime Minister Karim al-Wari left. Pressure on Wari grew. Near Wari."
    names = [("Karim al-Wari", LOC, 0.3), ("Wari", LOC, 0.85), ("Wari", PERSON, 0.9)]
    assert {t for _, t in found(text, *names)} == {"PERSON"}
    assert found("Chief Cabinet Secretary", ("Cabinet", ORG, 0.5)) == [("Cabinet", "ORG")]
    assert found("coach France", ("France", LOC, 0.5)) == [("France", "LOC")]


def test_an_armed_group_is_an_organisation() -> None:
    text = "Islamic State fell. In Islamic State. Against IS."
    names = [("Islamic State", LOC, 0.8), ("Islamic", EntityType.NORP, 0.5), ("IS", LOC, 0.6)]
    assert found(text, *names) == [("Islamic State", "ORG")] * 2 + [("IS", "ORG")]


@pytest.mark.parametrize(
    ("text", "names", "scores"),
    [
        # The mean weight of the type, over all names of the form, those of another type too.
        ("Tolva left. Tolva slept.", [("Tolva", PERSON, 0.96), ("Tolva", LOC, 0.5)], [0.96, 0.48]),
        ("Red Dawn met. The Red Dawn rose.", [("Red Dawn", ORG, 0.95)], [0.95, 0.9]),
        # Full names back a surname, in weight and in number.
        ("Ana Tolva left. Near Tolva.", [("Ana Tolva", PERSON, 0.96), ("Tolva", LOC, 0.5)], [0.96, 0.48]),
        # A title counts as two names that are sure.
        ("Prime Minister Wari left.", [("Wari", LOC, 0.95)], [0.9]),
        (
            "Mr. Wari. In Wari. In Wari. In Wari.",
            [("Wari", PERSON, 0.1), *[("Wari", LOC, 0.6)] * 3],
            [0.1, *[0.525] * 3],
        ),
        # A name that is an organisation by a list keeps its score, and has no less than .5.
        ("Islamic State. Islamic State.", [("Islamic State", LOC, 0.99), ("Islamic State", LOC, 0.3)], [0.99, 0.5]),
    ],
)
def test_a_name_is_as_sure_as_the_names_of_its_form_together(
    text: str, names: list[tuple[str, EntityType, float]], scores: list[float]
) -> None:
    told = agreed(text, *names)
    assert [score for *_, score in told] == scores
    assert len({entity_type for _, entity_type, _ in told}) == 1


WORDS = ["Red", "Dawn", "Tolva", "Ana", "the", "-", ".", "\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=30), st.data())
def test_agreed_names_never_overlap(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    spans: list[NameSpan] = []
    position = 0
    for word in words:
        end = position + len(word)
        if word[0].isupper() and data.draw(st.booleans()):
            spans.append(NameSpan(position, end, data.draw(st.sampled_from(EntityType)), data.draw(st.floats(0, 1))))
        position = end + 1
    out = agree(text, whole(text), spans)
    assert all(a.end <= b.start for a, b in pairwise(out))
    assert all(0 <= n.score <= 1 for n in out)
    assert len(out) >= len(spans)
