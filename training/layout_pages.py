"""The examples of the layout gold as the labeller learns from them: columns, a bag of words, which lines count."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from onrecord.layout.bag import BUCKET_BITS, buckets
from onrecord.layout.characters import Floats
from onrecord.layout.features import line_columns, matrix
from onrecord.layout.labeller import page_of
from onrecord.layout.page_features import Columns
from onrecord.layout.shape import shape_of
from training.layout_gold import LONG, STYLES, Example, read_examples

#: Of the examples of each style, so many are learned from (of news pages all); in every style a page tells nearly the
#: same.
SHARES = {
    "full": 0.6,
    "markdown": 0.35,
    "lines": 0.4,
    "mild": 0.3,
    "bare": 0.7,
    "article": 0.8,
    "long": 1.0,
    "recombined": 0.8,
}
#: Lines far from the body are learned from with this chance.
FAR = 0.25
#: Of a long story's lines so many are learned from.
OF_LONG = 0.1
#: So many pages are learned from a second time without what knows English words.
WITHOUT_WORDS = 0.08


@dataclass
class Page:
    """An example with its columns and what the models say of its lines that have not seen its fold."""

    example: Example
    names: tuple[str, ...]
    values: Floats
    bag: sp.csr_matrix
    tokens: NDArray[np.int64]
    learned: NDArray[np.bool_]
    masked: bool = False
    first: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    body: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    headline: dict[bool, NDArray[np.float64]] = field(default_factory=dict)

    @property
    def fold(self) -> int:
        return self.example.fold

    @property
    def labels(self) -> NDArray[np.bool_]:
        return np.asarray(self.example.body >= 0.5, bool)

    @property
    def weights(self) -> NDArray[np.float64]:
        """Long lines count more, and those of pages with a short body, since each page counts the same."""
        total = min(max(float(self.tokens[self.labels].sum()), 60.0), 3000.0)
        return (np.log1p(self.tokens) + 0.3) * float(np.sqrt(600 / total))

    def columns(self) -> Columns:
        return {name: self.values[:, i].astype(np.float64) for i, name in enumerate(self.names)}


def read_pages(corpora: Path) -> list[Page]:
    """All examples as pages, some of them a second time without words."""
    chance = np.random.default_rng(0)
    pages = []
    for example in read_examples(corpora):
        if not example.parts:
            continue
        page = _page(example, chance)
        pages.append(page)
        if example.style in STYLES and chance.random() < WITHOUT_WORDS:
            pages.append(Page(example, page.names, page.values.copy(), page.bag, page.tokens, page.learned, True))
    return pages


def _page(example: Example, chance: np.random.Generator) -> Page:
    read = page_of(example.parts)
    of_site = np.zeros(read.count) if example.of_site is None else example.of_site
    columns = line_columns(read, shape_of(example.text, example.parts), np.zeros(read.count), of_site)
    names = tuple(sorted(columns))
    found, first = buckets(read)
    lengths = np.diff(first)
    weights = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths).astype(np.float32)
    bag = sp.csr_matrix((weights, found, first), shape=(read.count, 1 << BUCKET_BITS))
    near = np.convolve(example.body >= 0.5, np.ones(21), "same")[: read.count] > 0 if read.count >= 21 else True
    learned = (example.body >= 0) & (near | (chance.random(read.count) < FAR))
    if example.style == LONG:
        learned &= (example.body < 0.5) | (chance.random(read.count) < OF_LONG)
    learned &= chance.random() < (1.0 if example.news else SHARES[example.style])
    return Page(example, names, matrix(columns, names), bag, np.diff(read.word_first), learned)
