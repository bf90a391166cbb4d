"""What the network is not shown as it stands: words that are hidden, passages that are read as headlines."""

from __future__ import annotations

import random

import numpy as np
from numpy.typing import NDArray

from onrecord.tagger.windows import Window
from onrecord.tagger.words import CASE_EVIDENCE, SHAPES

MASK_PIECE = 103
CAPITALISED, UPPER = SHAPES.index("capitalised"), SHAPES.index("upper")


#: Small words that a headline in title case mostly leaves in lower case.
SMALL = frozenset([
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "nor", "of", "on", "or", "over",
    "than", "that", "the", "to", "up", "via", "with",
])  # fmt: skip
#: Chance that a short passage is read in headline case, and the share of those in which everything is in capitals: each
#: article has a headline, the corpora have next to none, and verbs in them would pass for names.
HEADLINE, CAPITALS = 0.12, 0.2
LONGEST_HEADLINE = 40


def as_headline(window: Window, at: int, to: int, rng: random.Random) -> list[int]:
    """Shapes of the window's words `at` to `to` as a headline has them.

    A word that stands in lower case in another passage of the window keeps that evidence; of the others half do, since
    the rest of the article is not seen here.
    """
    norms = [norm for chunk in window.chunks for norm in chunk.words.norms]
    shapes = [shape for chunk in window.chunks for shape in chunk.words.shapes]
    elsewhere = {n for i, (n, s) in enumerate(zip(norms, shapes, strict=True)) if s == 0 and not at <= i < to}
    capitals, keep_small = rng.random() < CAPITALS, rng.random() < 0.8
    seen = []
    for norm, shape in zip(norms[at:to], shapes[at:to], strict=True):
        kind, evidence = divmod(shape, CASE_EVIDENCE)
        if kind not in (0, CAPITALISED) or (keep_small and not capitals and norm in SMALL and kind == 0):
            seen.append(shape)
            continue
        if kind == 0:
            evidence = 1 if norm in elsewhere or rng.random() < 0.5 else 2
        seen.append((UPPER if capitals else CAPITALISED) * CASE_EVIDENCE + evidence)
    return seen


def disguise(window: Window, rng: random.Random, hidden: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pieces and shapes of a window with some words hidden, and some short passages in headline case."""
    pieces, shapes = window.pieces.copy(), window.shapes.copy()
    lengths = np.diff(np.append(window.first, len(pieces)))
    draw = np.random.default_rng(rng.randrange(1 << 30))
    for word in np.flatnonzero(draw.random(len(window.first)) < hidden):
        at = window.first[word]
        last = min(at + lengths[word], len(pieces))
        keep = pieces[at:last] == 102
        pieces[at:last] = np.where(keep, pieces[at:last], MASK_PIECE)
    for chunk, (at, to) in zip(window.chunks, window.ranges, strict=True):
        if len(chunk.pieces) < LONGEST_HEADLINE and rng.random() < HEADLINE:
            first, count = window.first[at], len(chunk.pieces)
            each = np.diff(np.append(chunk.first, count))
            shapes[first : first + count] = np.repeat(as_headline(window, at, to, rng), each)
    return pieces, shapes
