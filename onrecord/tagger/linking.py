"""Distances of words from a cue, in the classes that the linking graph takes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

#: Upper edges of the distance classes, in words; beyond the last is one more class.
EDGES = np.array([1, 2, 3, 4, 6, 9, 14, 22, 34, 60])
#: Classes before the cue, after it, and the cue itself.
DISTANCES = 2 * (len(EDGES) + 1) + 1


def distance_classes(words: int, cue_start: int, cue_end: int) -> NDArray[np.int64]:
    """The class of each of `words` words with respect to the cue, words `cue_start` to `cue_end` exclusive."""
    at = np.arange(words)
    before = np.searchsorted(EDGES, cue_start - at)
    after = np.searchsorted(EDGES, at - cue_end + 1)
    side = len(EDGES) + 1
    return np.where(at < cue_start, 1 + before, np.where(at >= cue_end, 1 + side + after, 0)).astype(np.int64)
