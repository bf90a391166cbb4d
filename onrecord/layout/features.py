"""Features of a page's lines: of the line itself, of its place on the page, of the lines around it.

Each is a named column: of the line alone, of its place on the whole page (`page_features.py`), and those in
`NEIGHBOURED` for four lines before and after as well. Everything is vectorised over the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.layout import characters as ch
from onrecord.layout.characters import Floats, Hashes, Numbers, Page, word_hashes
from onrecord.layout.page_features import Column, Columns, floats, is_prose, near_markers, placed
from onrecord.lexicon.word_lists import word_list

#: So many lines before and after are seen.
REACH = 4
#: Columns that are also given for the lines around.
NEIGHBOURED = (
    "characters",
    "words",
    "capitalised",
    "upper",
    "digits",
    "ends_stop",
    "ends_comma",
    "starts_lower",
    "sentences",
    "commas",
    "marker",
    "indent",
    "blanks",
    "links",
    "function_share",
    "share",
    "related",
    "navigation",
    "comment",
    "legal",
    "date",
    "by_name",
    "picture",
    "subscribe",
    "repeats",
    "recurring",
    "of_site",
    "bag",
)
#: Columns beside the groups of words that depend on English words.
_WORD_COLUMNS = ("function_share", "function_count", "function_6", "first_word_by", "bag", "by_name", "age_form")
#: Prose in English has a larger share of function words than this.
_FUNCTION_SHARE = 0.13
_WORD_GROUPS = "line_words.yaml"


@dataclass(frozen=True, slots=True)
class Shape:
    """What the raw text tells of each line beside its words."""

    blanks: Numbers
    indent: Numbers
    marker: Numbers
    links: Numbers
    raw_length: Numbers
    lines: Numbers


@cache
def _groups() -> tuple[tuple[str, ...], Hashes, NDArray[np.bool_]]:
    """The names of the word groups, the hashes of all their words in order, and which group has which word."""
    data: dict[str, list[str]] = word_list(_WORD_GROUPS)
    words = sorted({word for group in data.values() for word in group})
    hashes = word_hashes(words)
    order = np.argsort(hashes)
    member = np.array([[word in set(group) for group in data.values()] for word in words], bool)
    return tuple(data), hashes[order], member[order]


def word_groups() -> tuple[str, ...]:
    """The names of the groups of words, each a feature."""
    return _groups()[0]


@cache
def _word_columns() -> frozenset[str]:
    return frozenset({*word_groups(), *_WORD_COLUMNS})


def line_columns(page: Page, shape: Shape, bag: Column, of_site: Column) -> Columns:
    """Every column by name, of a page of at least one line.

    `bag` is what the bag of words says of each line; `of_site` is 1 where a line is known to stand in many articles of
    the publisher, else 0.
    """
    columns = _own(page, shape)
    columns |= _grouped(page)
    columns["bag"] = bag
    columns["of_site"] = of_site
    columns |= _dated(page, columns)
    columns |= _repeated(page, columns)
    columns |= placed(page, columns)
    columns |= near_markers(columns)
    columns |= _around(columns)
    return columns


def is_foreign(columns: Columns) -> bool:
    """Whether sentence-like lines hold so few English function words that the page is in another language."""
    prose = is_prose(columns)
    words = np.expm1(columns["words"][prose])
    return bool(words.sum() >= 60) and columns["function_count"][prose].sum() < _FUNCTION_SHARE * words.sum()


def knows_words(name: str) -> bool:
    """Whether a column (of the line or of one around it) depends on knowing English words."""
    own = name.removeprefix("since_").removeprefix("until_")
    own = own[:-2] if own[-2:-1] in ("+", "-") else own
    return own in _word_columns()


def without_words(columns: Columns) -> Columns:
    """The columns with all that depends on English words missing (NaN)."""
    missing = np.full(len(columns["words"]), np.nan)
    return {name: missing if knows_words(name) else values for name, values in columns.items()}


def matrix(columns: Columns, names: Sequence[str]) -> Floats:
    """The columns of these names side by side."""
    return np.stack([columns[name] for name in names], axis=1).astype(np.float32)


def _own(page: Page, shape: Shape) -> Columns:
    bits, first, last = page.bits, page.first, page.last

    def has(kind: int) -> NDArray[np.bool_]:
        return np.asarray((bits & kind) != 0, bool)

    length = (last - first + 1).astype(np.float64)
    words = np.diff(page.word_first).astype(np.float64)
    letters = page.per_line(has(ch.LETTER))
    stop_blank = has(ch.STOP)[:-2] & has(ch.SPACE)[1:-1] & has(ch.UPPER)[2:]
    sentences = page.per_line(np.concatenate((stop_blank, [False, False])))
    capital = has(ch.UPPER)[page.word_start]
    capitals = page.per_line_of_words(capital)
    opening, closing = bits[first], bits[last]
    inner = np.maximum(last - 1, first)
    quoted_end = (closing & (ch.QUOTE | ch.BRACKET)) != 0
    stop = ((closing & ch.STOP) != 0) | (quoted_end & ((bits[inner] & ch.STOP) != 0))
    most = np.maximum(words, 1)
    columns: dict[str, NDArray[Any]] = {
        "characters": np.log1p(length),
        "words": np.log1p(words),
        "word_length": length / most,
        "capitalised": capitals / most,
        "capitals": np.log1p(capitals),
        "upper": page.per_line(has(ch.UPPER)) / np.maximum(letters, 1),
        "letters": letters / length,
        "digits": page.per_line(has(ch.DIGIT)) / length,
        "quotes": np.log1p(page.per_line(has(ch.QUOTE))),
        "commas": page.per_line(has(ch.COMMA)) / most,
        "stops": page.per_line(has(ch.STOP)) / most,
        "bars": page.per_line(has(ch.BAR)),
        "brackets": page.per_line(has(ch.BRACKET)) / most,
        "money": page.per_line(has(ch.MONEY)),
        "signs": page.per_line(has(ch.AT | ch.SLASH)) / most,
        "odd": page.per_line(has(ch.ODD)) / length,
        "sentences": np.log1p(sentences),
        "ends_stop": stop,
        "ends_colon": (closing & ch.COLON) != 0,
        "ends_comma": (closing & (ch.COMMA | ch.LETTER)) != 0,
        "ends_digit": (closing & ch.DIGIT) != 0,
        "starts_lower": (opening & ch.LOWER) != 0,
        "starts_upper": (opening & ch.UPPER) != 0,
        "starts_digit": (opening & ch.DIGIT) != 0,
        "starts_quote": (opening & ch.QUOTE) != 0,
        "longest_word": _longest(page),
        "blanks": np.minimum(shape.blanks, 4),
        "indent": np.minimum(shape.indent, 60),
        "marker": shape.marker,
        "links": shape.links,
        "linked": shape.links / most,
        "raw_length": shape.raw_length / length,
        "wrapped": np.minimum(shape.lines, 9),
    }
    return floats(columns)


def _longest(page: Page) -> NDArray[np.float64]:
    longest = np.zeros(page.count)
    np.maximum.at(longest, page.word_line, page.word_length)
    return longest


def _grouped(page: Page) -> Columns:
    """How many words of each group stand in the line, as a share of its words, and the density of function words."""
    names, hashes, member = _groups()
    at = np.minimum(np.searchsorted(hashes, page.words), len(hashes) - 1)
    found = member[at] & (hashes[at] == page.words)[:, None]
    total = np.concatenate((np.zeros((1, len(names))), np.cumsum(found, axis=0)))
    counts = total[page.word_first[1:]] - total[page.word_first[:-1]]
    words = np.maximum(np.diff(page.word_first), 1)
    columns = {name: counts[:, i] / np.sqrt(words) for i, name in enumerate(names)}
    columns["function_share"] = counts[:, names.index("function")] / words
    columns["function_count"] = counts[:, names.index("function")]
    columns["first_word_by"] = _opens_with(page, np.asarray(found[:, names.index("by")]))
    return columns


def _opens_with(page: Page, flag: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Whether a line's first word has the flag."""
    opens = np.zeros(page.count)
    some = np.flatnonzero(np.diff(page.word_first))
    opens[some] = flag[page.word_first[some]]
    return opens


def _dated(page: Page, columns: Columns) -> Columns:
    """Years, days and clocks by their form, and "by" before capitalised words."""
    digit = (page.bits[page.word_start] & ch.DIGIT) != 0
    year = digit & (page.word_length == 4)
    number = digit & (page.word_length <= 2)
    years, numbers = page.per_line_of_words(year), page.per_line_of_words(number)
    months, age = columns["month"] > 0, columns["age"] > 0
    date = (months & (numbers > 0)) * 2.0 + (years > 0) + (numbers >= 2)
    return {
        "years": years,
        "numbers": np.minimum(numbers, 9),
        "date": date * (columns["characters"] < 5),
        "age_form": age & (numbers > 0) & (columns["characters"] < 4),
        "by_name": columns["first_word_by"] * columns["capitalised"] * (columns["words"] < 2.8),
    }


def _repeated(page: Page, columns: Columns) -> Columns:
    """How often the line stands on the page, and how often its long words stand in the page's prose."""
    key = line_hashes(page)
    _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    prose = is_prose(columns)
    long = page.word_length >= 5
    in_prose = long & prose[page.word_line]
    words, at, _ = np.unique(page.words, return_inverse=True, return_counts=True)
    told = np.bincount(at[in_prose], minlength=len(words))
    shared = np.log1p(told[at]) * long - np.where(in_prose, 0.69, 0.0) * long
    share = page.per_line_of_words(shared) / np.maximum(page.per_line_of_words(long), 1)
    return {"repeats": np.minimum(counts[inverse], 9).astype(np.float64), "recurring": share}


def line_hashes(page: Page) -> Hashes:
    """A hash of each line's words in their order; of lines without words, zero."""
    total = np.concatenate((np.zeros(1, np.uint64), np.cumsum(placed_hashes(page), dtype=np.uint64)))
    return total[page.word_first[1:]] - total[page.word_first[:-1]]


def placed_hashes(page: Page) -> Hashes:
    """A hash of each word and its place in its line; those of a line's first words add up to a hash of its start."""
    place = np.arange(len(page.words)) - page.word_first[page.word_line]
    weights = (np.minimum(place, 40).astype(np.uint64) * np.uint64(2) + np.uint64(1)) * np.uint64(0xD6E8FEB86659FD93)
    return np.asarray(page.words * weights)


def _around(columns: Columns) -> Columns:
    """`NEIGHBOURED` of the lines before ("-1") and after ("+1"); -1 beyond the page's edges."""
    block = np.stack([columns[name] for name in NEIGHBOURED])
    width = block.shape[1]
    padded = np.pad(block, ((0, 0), (REACH, REACH)), constant_values=-1.0)
    return {
        f"{name}{step:+d}": padded[i, REACH + step : REACH + step + width]
        for step in range(-REACH, REACH + 1)
        if step
        for i, name in enumerate(NEIGHBOURED)
    }
