"""What every part of a page probably is, by trees in two stages and a ranker of headlines (`training/layout.py`).

The first stage sees the line, its place and the lines around; the second what the first says of them all. Pages in
other languages are read without what knows English words: those columns are missing (NaN), as in part of the training.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from onrecord.layout.bag import bag_score
from onrecord.layout.characters import Floats, Hashes, Page, read_page
from onrecord.layout.features import is_foreign, line_columns, matrix, without_words
from onrecord.layout.headline import address_words, headline_columns, is_candidate, story_start
from onrecord.layout.lines import Part
from onrecord.layout.neighbours import neighbour_columns
from onrecord.layout.page_features import Columns
from onrecord.layout.recurring import is_recurring
from onrecord.layout.scores import Scores, story_scores
from onrecord.layout.shape import shape_of
from onrecord.learned import load_trees
from onrecord.learned.trees import model_bytes

_PACKAGE = "onrecord.layout"
#: A line from this probability on is preferred to the headline that holds it.
_CONTAINED = 0.15
#: The headline stands no more lines from a trail of sections that ends in it.
_BY_TRAIL = 3
#: The files of the labeller: its bag of words, its two stages, its ranker of headlines.
BAG, LINES, SEQUENCE, HEADLINES = "line_bag.npz", "lines.onnx", "line_sequence.onnx", "headlines.onnx"


def score_parts(
    text: str, parts: Sequence[Part], address: str | None = None, boilerplate: frozenset[int] = frozenset()
) -> Scores:
    """The scores of a page's parts.

    `address` is the article's, where it is known; `boilerplate` holds the keys of lines that stand in many articles of
    the publisher.
    """
    if not parts:
        return story_scores((), ())
    page = page_of(parts)
    weights, intercept = _bag()
    of_site = np.array([is_recurring(part.plain, boilerplate) for part in parts], np.float64)
    columns = line_columns(page, shape_of(text, parts), bag_score(page, weights, intercept), of_site)
    body = _body(columns)
    headline = _headline(page, columns, body, address_words(address), parts)
    return story_scores(body.tolist(), headline.tolist())


def page_of(parts: Sequence[Part]) -> Page:
    """The characters and words of parts; one without words is a blank."""
    return read_page([part.plain or " " for part in parts])


def _body(columns: Columns) -> NDArray[np.float64]:
    if is_foreign(columns):
        columns = without_words(columns)
    lines, sequence = load_trees(_PACKAGE, LINES), load_trees(_PACKAGE, SEQUENCE)
    first = lines.probabilities(matrix(columns, lines.features))
    return sequence.probabilities(
        matrix(columns | neighbour_columns(first, np.expm1(columns["characters"])), sequence.features)
    )


def _headline(
    page: Page, columns: Columns, body: NDArray[np.float64], address: Hashes, parts: Sequence[Part]
) -> NDArray[np.float64]:
    model = load_trees(_PACKAGE, HEADLINES)
    found = np.zeros(page.count)
    start = story_start(columns, body)
    candidates = np.flatnonzero(is_candidate(page, start))
    if len(candidates):
        ranks = np.fromiter((part.rank for part in parts), np.int64, len(parts))
        known = columns | headline_columns(page, columns, body, address, ranks, start)
        found[candidates] = model.probabilities(matrix(known, model.features)[candidates])
        prefer_contained(found, parts)
    return found


def prefer_contained(probabilities: NDArray[np.float64], parts: Sequence[Part]) -> None:
    """Put a likely headline over the likelier line that only has it at an end: a trail of sections, a title line.

    Right by a trail of sections the line that it ends in need not be likely.
    """
    best = int(np.argmax(probabilities))
    line = parts[best].plain.casefold()
    for i, part in enumerate(parts):
        words = part.plain.casefold()
        likely = probabilities[i] >= _CONTAINED
        if not (likely or abs(i - best) <= _BY_TRAIL) or len(words) >= len(line) or len(words.split()) < 3:
            continue
        if (likely and line.startswith(words)) or (
            line.endswith(words) and (likely or line.removesuffix(words).rstrip().endswith(("/", ">", "»", "›")))
        ):
            probabilities[i] = max(probabilities[best], probabilities[i])
            probabilities[best] = 0.0
            return


@cache
def _bag() -> tuple[Floats, float]:
    """The weights of the bag of words and its intercept, from where `load_trees` reads as well."""
    with np.load(BytesIO(model_bytes(_PACKAGE, BAG)), allow_pickle=False) as held:
        return held["weights"].astype(np.float32), float(held["intercept"])


def forget_models() -> None:
    """Load the models anew when they are next used: from another folder, where `ONRECORD_LEARNED` has changed."""
    load_trees.cache_clear()
    _bag.cache_clear()
