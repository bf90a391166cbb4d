"""Which pairs of signatures are worth comparing: those that agree on two neighbouring bins of the word sketch.

Locality-sensitive hashing with 128 bands of two rows (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4):
a pair whose word shingles have Jaccard similarity j is found with probability 1 - (1 - j**2)**128, which is 0.72 at
0.1, 0.995 at 0.2 and 0.001 for articles that share nothing but phrases (0.003). Whether a pair is found depends on
the two texts alone, never on the others.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from onrecord.cross_document.copies.signature import BINS, EMPTY, Signatures

Places = npt.NDArray[np.int64]

BANDS = BINS // 2
_BOTH_EMPTY = (EMPTY << 16) | EMPTY


#: Up to so many new articles are each held against all known ones, which needs no sorting and no copy.
FEW = 32


def pairs_between(new: Signatures, known: Signatures) -> Iterator[tuple[Places, Places]]:
    """The pairs (place in new, place in known) that agree on a band, in pieces; a pair may come more than once."""
    if len(new) > FEW:
        for ours, theirs in zip(_by_band(new), _by_band(known), strict=True):
            order = np.argsort(ours, kind="stable")
            keys = ours[order]
            low, high = np.searchsorted(keys, theirs, "left"), np.searchsorted(keys, theirs, "right")
            found = np.flatnonzero((high > low) & (theirs != _BOTH_EMPTY))
            yield _spread(order, low[found], high[found], found)
        return
    all_keys = _keys(known)
    for place, keys in enumerate(_keys(new)):
        found = np.flatnonzero(((all_keys == keys) & (keys != _BOTH_EMPTY)).any(axis=1))
        yield np.full(len(found), place), found


def pairs_among(signatures: Signatures) -> Iterator[tuple[Places, Places]]:
    """The pairs (i, j) that agree on a band, in pieces; a pair may come more than once."""
    for keys in _by_band(signatures):
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        ends = np.searchsorted(ordered, ordered, "right")
        places = np.arange(len(ordered))
        found = np.flatnonzero((ends > places + 1) & (ordered != _BOTH_EMPTY))
        yield _spread(order, places[found] + 1, ends[found], order[found])


def _keys(signatures: Signatures) -> npt.NDArray[np.uint32]:
    """The band keys: a row a signature, a column a band."""
    keys: npt.NDArray[np.uint32] = signatures["word_sketch"].view("<u4")
    return keys


def _by_band(signatures: Signatures) -> npt.NDArray[np.uint32]:
    return np.ascontiguousarray(_keys(signatures).T)


def _spread(order: Places, low: Places, high: Places, other: Places) -> tuple[Places, Places]:
    """Pairs each of `other` with all of order[low:high]."""
    counts = high - low
    first = np.repeat(low - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) if len(counts) else counts
    return order[np.arange(len(first)) + first], np.repeat(other, counts)
