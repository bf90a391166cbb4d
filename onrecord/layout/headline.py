"""Features that tell the line that the story is about: agreement with the story, the address, the page's title line."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from onrecord.layout.characters import Hashes, Page, word_hashes
from onrecord.layout.features import line_hashes, placed_hashes
from onrecord.layout.page_features import Columns, densest_run
from onrecord.layout.scores import LIKELY

#: Lines at the top among which the page's title line ("Bridge Shut | Quillbay Ledger") is looked for.
_TITLE_LINES = 6
#: First lines of the story that a headline agrees with.
_LEAD_LINES = 4
#: A headline has no more words than this, and stands no further behind the story's start.
_MOST_WORDS, _BEHIND_START = 45, 12
_TITLE_BAR = re.compile(r"(?<=\S)\s+(?:[|·»]|-{2,})\s+(?=\S)")
_ADDRESS_WORD = re.compile(r"[^\W\d_]{3,}")


def address_words(url: str | None) -> Hashes:
    """The hashes of the words in an address's path, without those of its host."""
    path = re.sub(r"^(?:https?://)?[^/]*", "", url or "")
    words = _ADDRESS_WORD.findall(path)
    return np.unique(word_hashes(words)) if words else np.zeros(0, np.uint64)


def story_start(columns: Columns, body: NDArray[np.floating]) -> int:
    """The first line of the longest run of likely lines, in which their characters outweigh what stands between."""
    characters = np.expm1(columns["characters"])
    start, _ = densest_run(np.where(body >= LIKELY, characters * body, 0.0))
    return int(start) if (body >= LIKELY).any() else int(np.argmax(body))


def is_candidate(page: Page, start: int) -> NDArray[np.bool_]:
    """Which lines can be the headline: not too long, and not far behind the story's start."""
    words = np.diff(page.word_first)
    return (words >= 1) & (words <= _MOST_WORDS) & (np.arange(page.count) <= start + _BEHIND_START)


def title_end(words: str) -> int:
    """Where a headline ends in a page's title line: before " | Outlet"; else at the line's end."""
    cut = _TITLE_BAR.search(words)
    return cut.start() if cut else len(words)


def headline_columns(
    page: Page, columns: Columns, body: NDArray[np.floating], address: Hashes, rank: NDArray[np.int64], start: int
) -> Columns:
    """The columns that a headline is known by.

    :param body: each line's probability of being the story's.
    :param start: what :func:`story_start` says of them.
    """
    count, at = page.count, np.arange(page.count)
    likely = np.flatnonzero(body >= LIKELY)
    long = page.word_length >= 4
    longs = np.maximum(page.per_line_of_words(long), 1)
    is_body = body >= 0.5
    lead = np.flatnonzero(is_body & (at >= start))[:_LEAD_LINES]
    in_lead = long & np.isin(page.words, page.words[np.isin(page.word_line, lead)])
    in_body = long & np.isin(page.words, page.words[is_body[page.word_line]])
    in_address = np.isin(page.words, address) & (page.word_length >= 3)
    hashes = line_hashes(page)
    keys, inverse, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    first_seen = np.full(len(keys), count)
    np.minimum.at(first_seen, inverse, at)
    extended, extends = _titles(page, hashes)
    above = np.where(is_body, 0.0, np.expm1(columns["characters"]))
    return {
        "body": body,
        "body-1": np.concatenate(([0.0], body[:-1])),
        "body+1": np.concatenate((body[1:], [0.0])),
        "body+2": np.concatenate((body[2:], [0.0, 0.0]))[:count],
        "to_first": np.clip((likely[0] if len(likely) else start) - at, -40, 80).astype(np.float64),
        "to_story": np.clip(start - at, -40, 80).astype(np.float64),
        "characters_to_story": np.log1p(np.maximum(_until(above, start), 0)),
        "in_lead": page.per_line_of_words(in_lead) / longs,
        "in_body": page.per_line_of_words(in_body) / longs,
        "in_lead_count": page.per_line_of_words(in_lead),
        "in_address": page.per_line_of_words(in_address) / np.maximum(np.diff(page.word_first), 1),
        "of_address": page.per_line_of_words(in_address) / max(len(address), 1),
        "address_known": np.full(count, float(len(address) > 1)),
        "copies": np.minimum(counts[inverse], 9).astype(np.float64),
        "copy_before": (first_seen[inverse] < at).astype(np.float64),
        "extended": extended,
        "extends": extends,
        "rank": rank.astype(np.float64),
        "top_rank": np.full(count, float(rank[rank > 0].min()) if (rank > 0).any() else 0.0),
        "headings_before": np.minimum(np.cumsum(rank > 0) - (rank > 0), 9).astype(np.float64),
    }


def _until(values: NDArray[np.float64], start: int) -> NDArray[np.float64]:
    """The sum of values from each line up to the story's start; negative behind it."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    return np.asarray(total[start] - total[:-1])


def _titles(page: Page, hashes: Hashes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Whether a line opens one of the page's first lines, and whether it is such a line that another one opens."""
    count = page.count
    extended, extends = np.zeros(count), np.zeros(count)
    words = np.diff(page.word_first)
    placed = placed_hashes(page)
    for i in range(min(_TITLE_LINES, count)):
        first, end = page.word_first[i], page.word_first[i + 1]
        if not 4 <= end - first <= 40:
            continue
        prefixes = np.cumsum(placed[first : end - 1], dtype=np.uint64)[1:]
        opens = np.isin(hashes, prefixes) & (words >= 2)
        extended = np.maximum(extended, opens * words / (end - first))
        extends[i] = float(opens.any())
    return extended, extends
