"""The label scheme of every head: outside, and begin, inside, end, single for each kind of span (BIOES)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.document.article import EntityType

NAME_KINDS = tuple(EntityType)
CUE_KINDS = ("cue",)
LINK_KINDS = ("source", "content")
BEGIN, INSIDE, END, SINGLE = 0, 1, 2, 3
OUTSIDE = 0


def label_count(kinds: int) -> int:
    """How many labels a head with so many kinds of spans has."""
    return 1 + 4 * kinds


def label(kind: int, position: int) -> int:
    """The label of a word at `position` (BEGIN, INSIDE, END, SINGLE) of a span of the given kind."""
    return 1 + 4 * kind + position


def span_labels(kind: int, length: int) -> list[int]:
    """The labels of a whole span of `length` words."""
    if length == 1:
        return [label(kind, SINGLE)]
    return [label(kind, BEGIN), *[label(kind, INSIDE)] * (length - 2), label(kind, END)]


def allowed_transitions(kinds: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Which label may follow which (from, to), which may begin and which may end a sequence."""
    count = label_count(kinds)
    may_start = np.ones(count, bool)
    may_end = np.ones(count, bool)
    for kind in range(kinds):
        may_start[[label(kind, INSIDE), label(kind, END)]] = False
        may_end[[label(kind, BEGIN), label(kind, INSIDE)]] = False
    allowed = may_end[:, None] & may_start[None, :]
    for kind in range(kinds):
        for before in (BEGIN, INSIDE):
            for after in (INSIDE, END):
                allowed[label(kind, before), label(kind, after)] = True
    return allowed, may_start, may_end


def spans_of(path: NDArray[np.int64] | list[int]) -> list[tuple[int, int, int]]:
    """The spans (first word, end word exclusive, kind) of a legal label sequence."""
    spans = []
    start = 0
    for i, value in enumerate(path):
        if value == OUTSIDE:
            continue
        kind, position = divmod(int(value) - 1, 4)
        if position in (BEGIN, SINGLE):
            start = i
        if position in (END, SINGLE):
            spans.append((start, i + 1, kind))
    return spans
