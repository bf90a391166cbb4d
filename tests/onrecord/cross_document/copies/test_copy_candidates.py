from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cross_document.copies import candidates
from onrecord.cross_document.copies.candidates import BANDS, pairs_among, pairs_between
from onrecord.cross_document.copies.signature import EMPTY, LAYOUT


def made(seed: int, count: int) -> np.ndarray:
    """Signatures that agree on a band now and then, by a value or by being empty there."""
    signatures = np.zeros(count, LAYOUT)
    sketch = np.random.default_rng(seed).integers(0, 25, (count, 2 * BANDS))
    signatures["word_sketch"] = np.where(sketch > 18, EMPTY, sketch)
    return signatures


def agree(one: np.ndarray, other: np.ndarray) -> bool:
    a, b = one["word_sketch"].reshape(BANDS, 2), other["word_sketch"].reshape(BANDS, 2)
    return bool(((a == b).all(axis=1) & ~(a == EMPTY).all(axis=1)).any())


def pairs(found: Iterator[tuple[np.ndarray, np.ndarray]]) -> set[tuple[int, int]]:
    return {pair for i, j in found for pair in zip(i.tolist(), j.tolist(), strict=True)}


@pytest.mark.parametrize("few", [0, 100], ids=["by sorting", "one by one"])
@settings(deadline=None, max_examples=15)
@given(st.integers(0, 1_000), st.integers(0, 6), st.integers(0, 6))
def test_pairs_between_are_those_that_agree_on_a_band(few: int, seed: int, new: int, known: int) -> None:
    ours, theirs = made(seed, new), made(seed + 1, known)
    expected = {(a, b) for a, b in product(range(new), range(known)) if agree(ours[a], theirs[b])}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "FEW", few)
        assert pairs(pairs_between(ours, theirs)) == expected


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 1_000), st.integers(0, 8))
def test_pairs_among_are_those_that_agree_on_a_band(seed: int, count: int) -> None:
    signatures = made(seed, count)
    expected = {(a, b) for a, b in combinations(range(count), 2) if agree(signatures[a], signatures[b])}
    found = [tuple(sorted(pair)) for pair in pairs(pairs_among(signatures))]
    assert sorted(found) == sorted(expected)


def test_the_made_up_signatures_agree_sometimes_and_not_always() -> None:
    signatures = made(1, 40)
    agreed = [agree(signatures[a], signatures[b]) for a, b in combinations(range(40), 2)]
    assert 0.05 < np.mean(agreed) < 0.95
