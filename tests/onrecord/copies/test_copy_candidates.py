from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.copies.candidates import BANDS, bands, pairs_among, pairs_between
from onrecord.copies.signature import EMPTY, LAYOUT


def made(seed: int, count: int) -> np.ndarray:
    """Signatures whose sketches are drawn from few values, empty bins among them, so that many agree."""
    signatures = np.zeros(count, LAYOUT)
    signatures["word_sketch"] = np.random.default_rng(seed).choice([1, 2, 3, EMPTY], (count, 2 * BANDS))
    return signatures


def agree(one: np.ndarray, other: np.ndarray) -> list[bool]:
    """For each band whether the two agree on it."""
    a, b = one["word_sketch"].reshape(BANDS, 2), other["word_sketch"].reshape(BANDS, 2)
    return ((a == b).all(axis=1) & ~(a == EMPTY).all(axis=1)).tolist()


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 1_000), st.integers(0, 6), st.integers(0, 6))
def test_pairs_between_are_those_that_agree_on_a_band(seed: int, new: int, known: int) -> None:
    ours, theirs = made(seed, new), made(seed + 1, known)
    agreed = {(a, b): agree(ours[a], theirs[b]) for a in range(new) for b in range(known)}
    for band, (i, j) in enumerate(pairs_between(bands(ours), bands(theirs))):
        expected = {pair for pair, by_band in agreed.items() if by_band[band]}
        assert sorted(zip(i.tolist(), j.tolist(), strict=True)) == sorted(expected)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 1_000), st.integers(0, 8))
def test_pairs_among_are_those_that_agree_on_a_band(seed: int, count: int) -> None:
    signatures = made(seed, count)
    agreed = {(a, b): agree(signatures[a], signatures[b]) for a, b in combinations(range(count), 2)}
    for band, (i, j) in enumerate(pairs_among(bands(signatures))):
        expected = {pair for pair, by_band in agreed.items() if by_band[band]}
        assert sorted(tuple(sorted(pair)) for pair in zip(i.tolist(), j.tolist(), strict=True)) == sorted(expected)
