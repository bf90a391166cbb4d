"""Text as two sets of hashed shingles: runs of three words, and runs of eight letters.

Articles that are no copies share almost no run of three words, so these find candidates. A wrong letter costs a
long run of words but only eight runs of letters, so those tell a damaged copy from another story that shares a
paragraph. Case, punctuation, spacing and the style of quotation marks do not count.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

WORDS = 3
LETTERS = 8

_SPACE = 0x20
_LAST_LETTER = 0x3FFFF  # the end of the last plane that has letters; not a letter itself
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_BASE, -1, 1 << 64)


def shingles(text: str) -> tuple[Hashes, Hashes]:
    """Sorted distinct 64-bit hashes of the text's word and letter shingles. The same on every machine; linear time."""
    letters = _letters(text)
    ends = np.flatnonzero(letters == _SPACE)
    if len(ends) < WORDS:
        return _none(), _none()
    starts = np.concatenate(([0], ends[:-1] + 1))
    run = _Runs(letters[:-1])
    places = np.arange(max(0, len(letters) - LETTERS))
    return run.hashes(starts[: 1 - WORDS], ends[WORDS - 1 :]), run.hashes(places, places + LETTERS)


def _letters(text: str) -> Hashes:
    """The code points of the text's words, small and compatible forms alike, with one space after each word."""
    plain = unicodedata.normalize("NFKC", text).casefold() + " "
    points = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), "<u4")
    is_word = _is_word()[np.minimum(points, _LAST_LETTER)]
    after_word = np.concatenate(([False], is_word[:-1]))
    letters: Hashes = np.where(is_word, points, _SPACE)[is_word | after_word].astype(np.uint64)
    return letters


@cache
def _is_word() -> npt.NDArray[np.bool_]:
    """For every code point up to `_LAST_LETTER` whether it is a letter or a digit."""
    return np.fromiter(map(str.isalnum, map(chr, range(_LAST_LETTER + 1))), np.bool_, _LAST_LETTER + 1)


def _none() -> Hashes:
    return np.empty(0, np.uint64)


class _Runs:
    """Hashes any run of letters in constant time: a polynomial over the prefix, shifted back to the run's start."""

    def __init__(self, letters: Hashes) -> None:
        self._shift = _powers(_INVERSE, len(letters) + 1)
        self._prefix = np.zeros(len(letters) + 1, np.uint64)
        np.cumsum((letters + np.uint64(1)) * _powers(_BASE, len(letters)), out=self._prefix[1:])

    def hashes(self, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> Hashes:
        """Sorted distinct hashes of the runs."""
        found = _mixed((self._prefix[ends] - self._prefix[starts]) * self._shift[starts])
        found.sort()
        return found[np.concatenate(([True], found[1:] != found[:-1]))] if len(found) else found


def _powers(base: int, count: int) -> Hashes:
    """base**0, base**1, ... modulo 2**64; the lengths in which articles come are kept."""
    return _kept_powers(base)[:count] if count <= _KEPT else _made_powers(base, count)


_KEPT = 1 << 15


@cache
def _kept_powers(base: int) -> Hashes:
    return _made_powers(base, _KEPT)


def _made_powers(base: int, count: int) -> Hashes:
    factors = np.full(count, base, np.uint64)
    factors[:1] = 1
    return np.multiply.accumulate(factors)


def _mixed(values: Hashes) -> Hashes:
    """Every bit of the result depends on every bit of the value (the finaliser of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
