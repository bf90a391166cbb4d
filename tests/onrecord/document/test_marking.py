"""Pieces of a marked text, and bars of a plot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.browse.plot import HEIGHT, MOST_MONTHS, WIDTH, bars
from onrecord.document.marking import Mark, pieces

KINDS = st.sampled_from(["content", "name", "cue"])
PLACES, NUMBERS = st.integers(0, 40), st.none() | st.integers(1, 9)
MARKS = st.lists(
    st.tuples(PLACES, PLACES, KINDS, NUMBERS).map(lambda m: Mark(m[0], m[0] + m[1], m[2], None, m[3])), max_size=8
)


@given(st.text(max_size=60), MARKS, st.integers(0, 20))
def test_pieces_are_the_text_and_each_has_the_marks_over_it(text: str, marks: list[Mark], start: int) -> None:
    start = min(start, len(text))
    found = list(pieces(text, start, len(text), marks))
    assert "".join(piece.text for piece in found) == text[start:]
    at = start
    for piece in found:
        for place in range(at, at + len(piece.text)):
            assert set(piece.kinds) == {mark.kind for mark in marks if mark.start <= place < mark.end}
        at += len(piece.text)


def test_a_quote_s_number_stands_where_it_begins() -> None:
    marks = [Mark(4, 9, "content", number=1), Mark(6, 8, "name", "/entity/x"), Mark(6, 8, "content", number=2)]
    found = list(pieces("He: a big lie.", 0, 14, marks))
    assert [(piece.text, piece.numbers, piece.link) for piece in found] == [
        ("He: ", (), None), ("a ", (1,), None), ("bi", (2,), "/entity/x"), ("g", (), None), (" lie.", (), None),
    ]  # fmt: skip


def test_months_without_a_statement_are_in_the_plot() -> None:
    found = bars({"2023-11": 2, "2024-02": 4})
    assert [(bar.label, bar.count) for bar in found] == [("2023-11", 2), ("2023-12", 0), ("2024-01", 0), ("2024-02", 4)]
    assert [bar.height for bar in found] == [HEIGHT / 2, 0, 0, HEIGHT]
    assert bars({}) == []


def test_many_months_are_years() -> None:
    assert len(bars({"2010-01": 1, f"{2010 + MOST_MONTHS // 12 - 1}-12": 1})) == MOST_MONTHS
    found = bars({"1990-05": 1, "1990-06": 2, "2024-05": 3})
    assert (found[0].label, found[0].count, len(found)) == ("1990", 3, 35)


@given(
    st.dictionaries(
        st.sampled_from([f"{y}-{m:02d}" for y in (1999, 2004, 2024) for m in range(1, 13)]), st.integers(1, 99)
    )
)
def test_bars_lie_within_the_drawing(months: dict[str, int]) -> None:
    for bar in bars(months):
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH + 0.01
        assert bar.y >= 0 and abs(bar.y + bar.height - HEIGHT) < 0.02
