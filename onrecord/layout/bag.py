"""A hashed bag of words: one weight for each hashed word, pair of words and opening or closing word of a line.

A linear model over some 65,000 buckets, learned by `training/layout.py`. Its score is one feature of the trees.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onrecord.layout.characters import Floats, Numbers, Page, sums

BUCKET_BITS = 16
#: Lines with no more words than this are also known as a whole.
_WHOLE_LINE = 8
_PAIR, _OPENING, _CLOSING, _WHOLE = (
    np.uint64(number) for number in (0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63)
)
_SHIFT = np.uint64(64 - BUCKET_BITS)


def buckets(page: Page) -> tuple[Numbers, Numbers]:
    """The buckets of a page's lines in order, and where those of each line begin (one entry more than lines)."""
    words, count = page.words, page.count
    if not len(words):
        return np.zeros(0, np.int64), np.zeros(count + 1, np.int64)
    same_line = page.word_line[1:] == page.word_line[:-1]
    pairs = (words[:-1] * _PAIR + words[1:])[same_line]
    filled = np.flatnonzero(np.diff(page.word_first))
    opening = words[page.word_first[filled]] * _OPENING
    closing = words[page.word_first[filled + 1] - 1] * _CLOSING
    short = np.flatnonzero((np.diff(page.word_first) >= 2) & (np.diff(page.word_first) <= _WHOLE_LINE))
    whole = np.array(_whole_lines(page, short), np.uint64)
    every = np.concatenate((words, pairs, opening, closing, whole))
    lines = np.concatenate((page.word_line, page.word_line[1:][same_line], filled, filled, short))
    order = np.argsort(lines, kind="stable")
    found = ((every * np.uint64(0x9FB21C651E98DF25)) >> _SHIFT).astype(np.int64)[order]
    return found, np.searchsorted(lines[order], np.arange(count + 1), "left")


def _whole_lines(page: Page, short: Numbers) -> NDArray[np.uint64]:
    place = np.arange(len(page.words)) - page.word_first[page.word_line]
    mixed = page.words * (place.astype(np.uint64) * np.uint64(2) + _WHOLE)
    total = np.concatenate((np.zeros(1, np.uint64), np.cumsum(mixed, dtype=np.uint64)))
    return np.asarray(total[page.word_first[short + 1]] - total[page.word_first[short]])


def bag_score(page: Page, weights: Floats, intercept: float) -> NDArray[np.float64]:
    """The linear model's score of each line: the sum of its buckets' weights over the root of their number."""
    found, first = buckets(page)
    total = sums(weights[found], first[:-1], first[1:])
    return np.asarray(total / np.sqrt(np.maximum(np.diff(first), 1)) + intercept, np.float64)
