"""The lines of a page as arrays: classes of characters, words as numbers. No loop over lines or words in Python.

All of a page's lines are read at once by numpy: a table gives each code point its classes and its folded form, a word
is the polynomial hash of its folded characters (digits as "0"), and sums over lines are segment sums.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Floats = NDArray[np.float32]
Hashes = NDArray[np.uint64]

UPPER, LOWER, LETTER, DIGIT, SPACE, QUOTE, STOP, COMMA, BAR, BRACKET, MONEY, WORD, COLON, AT, SLASH, ODD = (
    1 << bit for bit in range(16)
)
_TABLE = 0x3000
_MULTIPLIER = 0x9E3779B97F4A7C15
_LONGEST_WORD = 48
_SIGNS = {
    QUOTE: '"“”„«»‘’',
    STOP: ".!?…。",
    COMMA: ",;",
    BAR: "|>»›•·→▸◆",
    BRACKET: "()[]{}",
    MONEY: "$€£¥%",
    COLON: ":",
    AT: "@#",
    SLASH: "/\\",
}


@cache
def _tables() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Classes and folded code points of the code points below `_TABLE`; those above are letters."""
    classes = np.zeros(_TABLE + 1, np.uint32)
    folded = np.arange(_TABLE + 1, dtype=np.uint32)
    for code in range(_TABLE):
        char = chr(code)
        category = unicodedata.category(char)
        if char.isalpha() or category.startswith("M"):
            classes[code] = LETTER | WORD | (UPPER if char.isupper() else LOWER if char.islower() else 0)
            low = char.lower()
            folded[code] = ord(low) if len(low) == 1 else code
        elif char.isdigit():
            classes[code] = DIGIT | WORD
            folded[code] = ord("0")
        elif char.isspace():
            classes[code] = SPACE
        elif code > 0x7F:
            classes[code] = ODD
        for sign, chars in _SIGNS.items():
            if char in chars:
                classes[code] |= sign
    classes[ord("_")] |= WORD
    classes[_TABLE] = LETTER | WORD
    return classes, folded


@cache
def _powers() -> Hashes:
    return np.cumprod(np.full(_LONGEST_WORD, _MULTIPLIER, np.uint64), dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Page:
    """The characters and words of a page's lines.

    `bits` are the classes of each character of all lines, joined with one blank after each; `first` and `last` index
    a line's first and last character. Words: their hashes, lines, lengths and the index of their first character;
    `word_first` is the number of words before each line, with one entry more than there are lines.
    """

    bits: NDArray[np.uint32]
    first: Numbers
    last: Numbers
    words: Hashes
    word_line: Numbers
    word_length: Numbers
    word_start: Numbers
    word_first: Numbers

    @property
    def count(self) -> int:
        return len(self.first)

    def per_line(self, values: NDArray[np.generic]) -> NDArray[np.float64]:
        """The sum of a value of each character over each line."""
        return sums(values, self.first, self.last + 1)

    def per_line_of_words(self, values: NDArray[np.generic]) -> NDArray[np.float64]:
        """The sum of a value of each word over each line."""
        return sums(values, self.word_first[:-1], self.word_first[1:])


def sums(values: NDArray[np.generic], start: Numbers, end: Numbers) -> NDArray[np.float64]:
    """The sums of `values[start:end]` for each pair."""
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return np.asarray(total[end] - total[start], np.float64)


def read_page(lines: Sequence[str]) -> Page:
    """The page of these lines, each with at least one character."""
    joined = " ".join(lines) + " "
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    small = np.minimum(codes, _TABLE)
    classes, fold = _tables()
    bits = classes[small]
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    end = np.cumsum(lengths + 1)
    first = end - lengths - 1
    word = (bits & WORD) != 0
    before = np.concatenate(([False], word[:-1]))
    starts = np.flatnonzero(word & ~before)
    ends = np.flatnonzero(~word & before)
    hashes = _hash_words(np.where(codes < _TABLE, fold[small], codes), word, starts, ends - starts)
    line = np.searchsorted(first, starts, "right") - 1
    word_first = np.searchsorted(starts, np.append(first, len(codes)), "left")
    return Page(bits, first, end - 2, hashes, line, ends - starts, starts, word_first)


def _hash_words(folded: NDArray[np.uint32], word: NDArray[np.bool_], starts: Numbers, lengths: Numbers) -> Hashes:
    """The polynomial hash of each word: the sum of its folded characters times powers of an odd number, mod 2^64."""
    if not len(starts):
        return np.zeros(0, np.uint64)
    chars = folded[word].astype(np.uint64)
    offsets = np.cumsum(lengths) - lengths
    places = np.arange(len(chars)) - np.repeat(offsets, lengths)
    return np.add.reduceat(chars * _powers()[np.minimum(places, _LONGEST_WORD - 1)], offsets)


def word_hashes(words: Iterable[str]) -> Hashes:
    """The hashes of single words, as `read_page` gives them."""
    return read_page(list(words)).words
