"""Fits what weighs authors: `python -m training.authors --corpora FOLDER --folds FOLDER [--out FOLDER]`.

`--folds` holds the labeller's models by fold (`training.layout --folds`): each page is read by those that have not
seen it, so that the weigher learns from the blocks that it will meet. Its own fold models are written there as well.
Prints precision and recall of names out of fold (folds 0 to 3).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.publication.authors import AUTHORS, LIKELY, author_candidates
from training.candidates import CandidatePage, Weighing, arguments
from training.layout_gold import FOLDS, STYLES, normal
from training.pages_gold import read_out_of_fold

WEIGHING = Weighing(
    AUTHORS,
    600,
    {"learning_rate": 0.05, "num_leaves": 12, "min_data_in_leaf": 15, "feature_fraction": 0.25, "lambda_l2": 3.0},
)
#: What stands in gold author strings and is no person.
_NO_PERSON = frozenset(
    [
        "team",
        "staff",
        "editor",
        "editors",
        "editorial",
        "desk",
        "news",
        "newsroom",
        "inc",
        "llc",
        "ltd",
        "press",
        "agency",
        "correspondent",
        "reporter",
        "admin",
        "contributor",
        "contributors",
        "media",
        "group",
        "company",
        "university",
        "institute",
        "association",
        "foundation",
        "council",
        "blog",
        "magazine",
        "studio",
        "online",
        "services",
        "marketing",
        "support",
        "department",
    ]
)
_DEGREES = re.compile(
    r",?\s+(?:M\.?D|Ph\.?D|R\.?D|R\.?N|MBA|M\.?S|B\.?A|DO|CPA|Esq|Jr|Sr|MPH|LCSW|PT|DPT|CFA|CFP)\b\.?"
)
_COURTESIES = frozenset({"by", "mr", "mrs", "dr"})


@dataclass(frozen=True)
class Page(CandidatePage):
    """The names of a page, which of them are authors, and the authors that it prints."""

    names: Sequence[str]
    printed: frozenset[str]


def person(name: str) -> str:
    """A name for comparing: without case, signs and courtesies."""
    return " ".join(word for word in normal(unicodedata.normalize("NFKD", name)).split() if word not in _COURTESIES)


def gold_people(names: Iterable[str]) -> frozenset[str]:
    """The people in author strings; teams, brands and single names left out."""
    parts = [part for name in names for part in re.split(r"\s+(?:and|&|with)\s+|[;,|/]", _DEGREES.sub("", name))]
    found = {person(part) for part in parts}
    return frozenset(name for name in found if 2 <= len(name.split()) <= 4 and not set(name.split()) & _NO_PERSON)


def read_pages(corpora: Path, folds: Path) -> list[Page]:
    """The pages with a gold author in all styles, read by the labeller that has not seen their fold."""
    pages = []
    for read in read_out_of_fold(corpora, folds):
        wanted = gold_people(read.row["authors"] or ())
        if read.style not in STYLES or not wanted:
            continue
        candidates = author_candidates(read.words)
        right = np.array([person(candidate.name) in wanted for candidate in candidates], bool)
        text = normal(read.row["text"])
        printed = frozenset(name for name in wanted if name in text)
        names, features = [c.name for c in candidates], [c.features for c in candidates]
        pages.append(Page(read.style, read.fold, features, right, names, printed))
    return pages


def scores(pages: Sequence[Page], found: Sequence[NDArray[np.float64]]) -> dict[str, tuple[float, float]]:
    """By style: right of the names given, and found of those printed, on pages that print an author."""
    result = {}
    for style in STYLES:
        given = right = hit = printed = 0
        for page, probabilities in zip(pages, found, strict=True):
            if page.style != style or not page.printed or page.fold == FOLDS - 1:
                continue
            likely = {
                person(name): bool(true)
                for name, true, probability in zip(page.names, page.right, probabilities, strict=True)
                if probability >= LIKELY
            }
            given += len(likely)
            right += sum(likely.values())
            hit += len(page.printed & set(likely))
            printed += len(page.printed)
        result[style] = (round(100 * right / max(given, 1), 1), round(100 * hit / max(printed, 1), 1))
    return result


def main() -> None:
    """Fit, measure out of fold, write."""
    given = arguments(__doc__)
    pages = read_pages(given.corpora, given.folds)
    print(json.dumps(scores(pages, WEIGHING.learn(pages, given.folds, given.out))))


if __name__ == "__main__":
    main()
