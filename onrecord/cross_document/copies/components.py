"""Which signatures hang together: the connected components of the pairs that are alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from onrecord.cross_document.copies.candidates import Places, pairs_among
from onrecord.cross_document.copies.signature import Signatures, similarity

#: Pairs compared at a time: about 30 MB.
CHUNK = 16_384


class Components:
    """A forest over the places 0 to n - 1 (union-find); a component is named by its lowest place."""

    def __init__(self, count: int) -> None:
        self._parent = np.arange(count)

    def roots(self) -> npt.NDArray[np.int64]:
        """For each place the lowest place of its component."""
        while (self._parent[self._parent] != self._parent).any():
            self._parent = self._parent[self._parent]
        return self._parent

    def join(self, pairs: Iterable[tuple[int, int]]) -> None:
        for one, other in pairs:
            a, b = self._root(one), self._root(other)
            self._parent[max(a, b)] = min(a, b)

    def _root(self, place: int) -> int:
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = int(parent[place])
        return place


def components(signatures: Signatures, bar: float) -> list[Places]:
    """The places of each component, ascending, where pairs found in the bands and as alike as `bar` are joined."""
    forest = Components(len(signatures))
    for ours, theirs in pairs_among(signatures):
        for i, j in chunks(ours, theirs):
            roots = forest.roots()
            apart = roots[i] != roots[j]
            one, other = i[apart], j[apart]
            alike = similarity(signatures[one], signatures[other]) >= bar
            forest.join(zip(one[alike].tolist(), other[alike].tolist(), strict=True))
    roots = forest.roots()
    order = np.argsort(roots, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(roots[order])) + 1) if len(order) else []


def chunks(ours: Places, theirs: Places) -> Iterator[tuple[Places, Places]]:
    """The pairs, `CHUNK` at a time."""
    for start in range(0, len(ours), CHUNK):
        yield ours[start : start + CHUNK], theirs[start : start + CHUNK]
