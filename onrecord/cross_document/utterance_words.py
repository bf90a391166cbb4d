"""The words of a quote as small numbers, and whether two quotes are the same words.

A number stands for a word's sound rather than its letters, so that British and American spellings and
transliterations agree (neighbour, neighbor; Khadari, Khadary), and tells whether the word carries meaning, negates,
or is a figure. What an editor put into the quote in square brackets, and every ellipsis, is left out.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from onrecord.lexicon.word_lists import word_list

CONTENT = 1
NEGATION = 2
FIGURE = 4
_FLAGS = CONTENT | NEGATION | FIGURE

#: A quote longer than this (a speech printed in full) is known by its beginning.
MOST_WORDS = 2_000

#: Words count as common where so many stand together: any words can be picked out of a long quote one by one.
TOGETHER = 3
#: The fewest common words, and common words that carry meaning, ...
FEWEST = 6
FEWEST_CONTENT = 3
#: ... or one less, where the shorter quote has little else in it and is this long.
CLOSE = 0.8
CLOSE_LENGTH = 8
#: ... as a part of the shorter quote, or in one unbroken run.
SHARE = 0.7
RUN = 14
#: Fewer common words than `SURE` may be said twice: the quotes must then be so many days apart at most.
SURE = 10
DAYS = 7
#: Without a date for one of them, so many words must be common.
UNDATED = 8
#: Quotes shorter than `FEWEST` must be the same word for word, both dated, and so many days apart at most.
SHORTEST = 3
SHORTEST_CONTENT = 2
SHORT_DAYS = 2
#: A gap between common words, if no longer than this, and as many words before the first of them, may not negate on
#: one side only, or differ in their figures.
GAP = 3

_INSERTED = re.compile(r"\[[^\[\]]{0,200}\]")
_WORD = re.compile(r"\w+(?:['’ʼ]\w+)*")
_SOUNDS = (("ph", "f"), ("ck", "k"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("qu", "k"), ("q", "k"), ("c", "k"))


def word_keys(content: str) -> list[int]:
    """A number for each word of the quote, in order, below 2**32 and the same on every machine."""
    plain = unicodedata.normalize("NFKD", _INSERTED.sub(" ", content)).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = (re.sub(r"\W", "", word) for word in _WORD.findall(plain))
    return [_key(word) for _, word in zip(range(MOST_WORDS), words, strict=False)]


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> int:
    negations, function_words = _listed("negations"), _listed("function_words")
    figure = word[0].isdigit()
    flags = FIGURE * figure | NEGATION * (word in negations)
    flags |= CONTENT * (word not in function_words and word not in negations)
    sound = word if figure or len(word) <= 3 or not flags & CONTENT else _sound(word)
    return (zlib.crc32(sound.encode("utf-8", "surrogatepass")) & ~_FLAGS) | flags


def _sound(word: str) -> str:
    """The first letter and the consonants after it, those that sound alike as one, none twice in a row."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    kept = [word[0]]
    for letter in word[1:].replace("z", "s"):
        if letter not in "aeiouyhw" and letter != kept[-1]:
            kept.append(letter)
    return "".join(kept)


@cache
def _listed(name: str) -> frozenset[str]:
    rules = word_list("utterance_words.yaml")
    return frozenset(rules[name].split())


def same_words(one: Sequence[int], other: Sequence[int], days: int | None) -> bool:
    """Whether two quotes of one speaker, as `word_keys`, are the same utterance, cut or re-worded at its edges.

    `days`: between the days on which they were said or published; null where one is not known. Symmetric.
    """
    common = words_in_common(one, other)
    return common is not None and is_near(common, days)


def is_near(common: int, days: int | None) -> bool:
    """Whether two quotes are of days near enough to be the same utterance, with so many words in common.

    It holds at any distance or none, up to some number of days, or never without a day for both.
    """
    if common >= SURE:
        return True
    if days is None:
        return common >= UNDATED
    return days <= (DAYS if common >= FEWEST else SHORT_DAYS)


def words_in_common(one: Sequence[int], other: Sequence[int]) -> int | None:
    """How many words two quotes have in common that are one utterance if their days are near (:func:`is_near`).

    Null where they are none whatever the days. Symmetric; of a quote with itself at least as many as with any other.
    """
    if min(len(one), len(other)) < FEWEST:
        return _same_and_short(one, other)
    runs = _common_runs(one, other)
    common = sum(length for _, _, length in runs)
    meaning = sum(one[i + k] & CONTENT for i, _, length in runs for k in range(length))
    share = common / min(len(one), len(other))
    close = share >= CLOSE and common >= CLOSE_LENGTH
    if common < FEWEST or meaning < FEWEST_CONTENT - close:
        return None
    whole = share >= SHARE or max(length for _, _, length in runs) >= RUN
    return common if whole and not any(_contradict(*gap) for gap in _gaps(one, other, runs)) else None


def _same_and_short(one: Sequence[int], other: Sequence[int]) -> int | None:
    same = len(one) >= SHORTEST and list(one) == list(other)
    return len(one) if same and sum(key & CONTENT for key in one) >= SHORTEST_CONTENT else None


Run = tuple[int, int, int]


def _common_runs(one: Sequence[int], other: Sequence[int]) -> list[Run]:
    """Runs of words that stand in both in the same order, not overlapping: (place in one, place in other, length)."""
    if (len(one), tuple(one)) > (len(other), tuple(other)):  # the same runs, whichever comes first
        return [(i, j, length) for j, i, length in _common_runs(other, one)]
    equal = (op for op in LCSseq.opcodes(one, other) if op.tag == "equal")
    longest = {_extended(one, other, op.src_start, op.dest_start) for op in equal}
    kept: list[Run] = []
    # Which of several equal words a longest common subsequence takes is chance: long runs come before it.
    for run in sorted(longest, key=lambda run: (-run[2], run)):
        if run[2] >= TOGETHER and all(_apart(run, before) for before in kept):
            kept.append(run)
    return sorted(kept)


def _extended(one: Sequence[int], other: Sequence[int], i: int, j: int) -> Run:
    """The run through these two places, as far as it goes."""
    while i and j and one[i - 1] == other[j - 1]:
        i, j = i - 1, j - 1
    length = 0
    while i + length < len(one) and j + length < len(other) and one[i + length] == other[j + length]:
        length += 1
    return i, j, length


def _apart(run: Run, other: Run) -> bool:
    (i, j, length), (k, m, size) = run, other
    return (i + length <= k and j + length <= m) or (k + size <= i and m + size <= j)


def _gaps(one: Sequence[int], other: Sequence[int], runs: list[Run]) -> list[tuple[Sequence[int], Sequence[int]]]:
    """What stands just before the first common run, and between the runs, in the one and in the other."""
    i, j, _ = runs[0]
    # A quote that begins with the run was cut there: what the other says before it is another matter.
    before = [(one[max(0, i - GAP) : i], other[max(0, j - GAP) : j])] if i and j else []
    between = [(one[i + length : k], other[j + length : m]) for (i, j, length), (k, m, _) in pairwise(runs)]
    return [*before, *between]


def _contradict(ours: Sequence[int], theirs: Sequence[int]) -> bool:
    """Whether a short gap negates on one side only, or has a figure on each side and not the same ones."""
    if max(len(ours), len(theirs)) > GAP:
        return False
    negations = [sum(bool(key & NEGATION) for key in side) for side in (ours, theirs)]
    figures = [sorted(key for key in side if key & FIGURE) for side in (ours, theirs)]
    return negations[0] % 2 != negations[1] % 2 or (all(figures) and figures[0] != figures[1])
