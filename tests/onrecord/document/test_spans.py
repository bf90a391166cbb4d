"""How two spans lie to one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import EntityType, Mention, Span

SPANS = st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda ends: Span(min(ends), max(ends)))


@given(SPANS, SPANS)
def test_spans_with_a_character_in_common_meet_and_one_holds_all_of_the_other(one: Span, other: Span) -> None:
    first, second = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.meets(other) is other.meets(one)
    if first and second:
        assert one.meets(other) is bool(first & second)
        assert one.holds(other) is (second <= first)


@pytest.mark.parametrize(
    ("empty", "meets", "holds"), [(2, False, True), (3, True, True), (5, False, True), (6, False, False)]
)
def test_an_empty_span_meets_what_it_stands_inside_of(empty: int, meets: bool, holds: bool) -> None:
    assert Span(2, 5).meets(Span(empty, empty)) is meets
    assert Span(2, 5).holds(Span(empty, empty)) is holds
    assert not Span(empty, empty).meets(Span(empty, empty))


def test_a_span_may_hold_a_mention() -> None:
    mention = Mention(3, 5, EntityType.PERSON, "Orla Venn", 1.0, 0)
    assert Span(2, 5).holds(mention)
    assert not Span(4, 5).holds(mention)
    assert Span(4, 9).meets(mention)
