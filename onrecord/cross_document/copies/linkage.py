"""Average linkage: two groups are one only where their members are alike on average, so no chain joins two stories."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Similarities = npt.NDArray[np.float64]


def average_linkage(similarities: Similarities, threshold: float) -> list[int]:
    """For each item the lowest place of an item in its group.

    `similarities`: symmetric, n by n. Groups are joined, most alike first, while the mean similarity between the
    members of the two is at least `threshold`. By nearest-neighbour chains (Murtagh: A Survey of Recent Advances in
    Hierarchical Clustering Algorithms, 1983): time and memory in the order of n². Ties go to the lower place.
    """
    count = len(similarities)
    table, sizes = similarities.copy(), np.ones(count)
    np.fill_diagonal(table, -1.0)
    group, live, chain = np.arange(count), np.ones(count, bool), [0] if count else []
    while chain:
        last = chain[-1]
        near = _nearest(table[last], chain[-2] if len(chain) > 1 else None)
        if near is None or table[last, near] < threshold:
            # Nothing is near enough to this group, nor will be: averages never rise above the best of their parts.
            live[last] = False
            table[last, :] = table[:, last] = -1.0
            chain.pop()
        elif len(chain) > 1 and near == chain[-2]:
            del chain[-2:]
            keep, lose = min(last, near), max(last, near)
            _join(table, sizes, keep, lose)
            group[group == lose] = keep
            live[lose] = False
        else:
            chain.append(near)
        if not chain and live.any():
            chain = [int(np.argmax(live))]
    return [int(place) for place in group]


def _nearest(row: npt.NDArray[np.float64], before: int | None) -> int | None:
    best = int(np.argmax(row))
    if row[best] < 0:
        return None
    return before if before is not None and row[before] == row[best] else best


def _join(table: Similarities, sizes: npt.NDArray[np.float64], keep: int, lose: int) -> None:
    gone = (table[keep] < 0) | (table[lose] < 0)
    mean = (sizes[keep] * table[keep] + sizes[lose] * table[lose]) / (sizes[keep] + sizes[lose])
    mean[gone] = -1.0
    table[keep], table[:, keep] = mean, mean
    table[lose, :] = table[:, lose] = -1.0
    sizes[keep] += sizes[lose]
