"""What the second stage sees of the first one's probabilities."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.layout.neighbours import neighbour_columns

#: A story of two lines, a gap of three, a teaser of one.
BODY = np.array([0.9, 0.8, 0.1, 0.2, 0.1, 0.7])
CHARACTERS = np.array([200.0, 100.0, 10.0, 10.0, 10.0, 60.0])


def test_runs_of_likely_lines_and_the_gaps_between_them() -> None:
    columns = neighbour_columns(BODY, CHARACTERS)
    assert columns["run_lines"].tolist() == [2, 2, -3, -3, -3, 1]
    assert columns["lines_over"].tolist() == [0, 0, 2, 2, 2, 3]
    assert columns["lines_under"].tolist() == [3, 3, 1, 1, 1, 0]
    assert columns["run_of_largest"].round(6).tolist() == [1, 1, -1, -1, -1, 0.2]
    assert np.expm1(columns["size_over"]).round(6).tolist() == [0, 0, 300, 300, 300, 30]


def test_the_densest_stretch_leaves_out_what_follows_from_afar() -> None:
    columns = neighbour_columns(BODY, CHARACTERS)
    assert columns["in_core"].tolist() == [1, 1, 0, 0, 0, 0]
    assert columns["until_core_end"].tolist() == [2, 1, 0, -1, -2, -3]
    assert columns["core_share"][0].round(3) == round(260 / 302, 3)


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 5000)), min_size=1, max_size=40))
def test_any_page_has_finite_columns(lines: list[tuple[float, int]]) -> None:
    body, characters = (np.array(values, np.float64) for values in zip(*lines, strict=True))
    columns = neighbour_columns(body, characters)
    assert all(len(values) == len(lines) and np.isfinite(values).all() for values in columns.values())
