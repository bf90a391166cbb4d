"""Cuts a text into pieces, each with all that is marked there: quotes, sources, cues, names and dates overlap."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """What the characters from `start` to `end` (code points, exclusive) are; `link`: the page of a name.

    `number`: of a quote of which this is the first piece.
    """

    start: int
    end: int
    kind: str
    link: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that have the same marks. `kinds` in the order of the marks; `numbers` of quotes that begin here."""

    text: str
    kinds: tuple[str, ...]
    link: str | None
    numbers: tuple[int, ...]


def pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The characters from `start` to `end`, in pieces; marks that reach beyond are cut off there."""
    here = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    edges = sorted({start, end, *_edges(here, start, end)})
    for first, last in itertools.pairwise(edges):
        over = [mark for mark in here if mark.start <= first and mark.end >= last]
        yield Piece(
            text[first:last],
            tuple(dict.fromkeys(mark.kind for mark in over)),
            next((mark.link for mark in over if mark.link), None),
            tuple(mark.number for mark in over if mark.number is not None and mark.start == first),
        )


def _edges(marks: Iterable[Mark], start: int, end: int) -> Iterator[int]:
    for mark in marks:
        yield min(max(mark.start, start), end)
        yield min(max(mark.end, start), end)
