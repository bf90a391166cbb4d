from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cross_document.copies.linkage import average_linkage


def by_definition(table: np.ndarray, threshold: float) -> set[frozenset[int]]:
    """Join the two groups that are most alike on average, again and again."""
    groups = [[place] for place in range(len(table))]
    while len(groups) > 1:
        mean, i, j = max(
            (table[np.ix_(a, b)].mean(), i, j) for i, a in enumerate(groups) for j, b in enumerate(groups) if i < j
        )
        if mean < threshold:
            break
        groups[i] += groups.pop(j)
    return {frozenset(group) for group in groups}


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 9), st.integers(0, 10_000), st.floats(0.1, 0.9))
def test_groups_are_those_of_the_definition(count: int, seed: int, threshold: float) -> None:
    table = np.random.default_rng(seed).random((count, count))
    table = (table + table.T) / 2
    found = average_linkage(table, threshold)
    groups = {frozenset(place for place in range(count) if found[place] == name) for name in found}
    assert groups == by_definition(table, threshold)
    assert all(name == min(group) for group in groups for name in {found[place] for place in group})


def test_nothing_is_grouped_as_nothing() -> None:
    assert average_linkage(np.empty((0, 0)), 0.5) == []
