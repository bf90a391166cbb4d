"""Fits what weighs authors: `python -m training.authors --corpora FOLDER --folds FOLDER [--out FOLDER]`.

`--folds` holds the labeller's models by fold (`training.layout --folds`): each page is read by those that have not
seen it, so that the weigher learns from the blocks that it will meet. Its own fold models are written there as well.
Prints precision and recall of names out of fold (folds 0 to 3).
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from onrecord.publication.authors import LIKELY, Candidate, author_candidates
from training.boosting import Rows, fit, write_trees
from training.layout_gold import FOLDS, STYLES, normal
from training.pages_gold import read_out_of_fold

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "onrecord/publication"
FILE = "authors.onnx"
TREES: dict[str, Any] = {
    "learning_rate": 0.06,
    "num_leaves": 12,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.4,
    "lambda_l2": 3.0,
}
ROUNDS = 140
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
class Page:
    """The candidates of a page, which of them are authors, and the authors that it prints."""

    style: str
    fold: int
    candidates: Sequence[Candidate]
    right: NDArray[np.bool_]
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
        pages.append(Page(read.style, read.fold, candidates, right, printed))
    return pages


def fit_pages(pages: Sequence[Page], names: tuple[str, ...]) -> lgb.Booster:
    """The trees that weigh candidates, from these pages."""
    values = np.concatenate([_values(page, names) for page in pages if page.candidates])
    labels = np.concatenate([page.right for page in pages if page.candidates]).astype(np.int64)
    return fit(Rows(names, values, labels, np.zeros(len(labels), np.int64)), ROUNDS, TREES)


def _values(page: Page, names: tuple[str, ...]) -> NDArray[np.float32]:
    return np.array([[candidate.features[name] for name in names] for candidate in page.candidates], np.float32)


def scores(pages: Sequence[Page], found: Sequence[NDArray[np.float64]]) -> dict[str, tuple[float, float]]:
    """By style: right of the names given, and found of those printed, on pages that print an author."""
    result = {}
    for style in STYLES:
        given = right = hit = printed = 0
        for page, probabilities in zip(pages, found, strict=True):
            if page.style != style or not page.printed or page.fold == FOLDS - 1:
                continue
            likely = {
                person(candidate.name): bool(true)
                for candidate, true, probability in zip(page.candidates, page.right, probabilities, strict=True)
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    pages = read_pages(arguments.corpora, arguments.folds)
    names = tuple(sorted(next(page for page in pages if page.candidates).candidates[0].features))
    found: list[NDArray[np.float64]] = [np.zeros(0)] * len(pages)
    for fold in range(FOLDS):
        booster = fit_pages([page for page in pages if page.fold != fold], names)
        write_trees(booster, names, arguments.folds / str(fold) / FILE)
        for i, page in enumerate(pages):
            if page.fold == fold and page.candidates:
                found[i] = np.asarray(booster.predict(_values(page, names)))
    print(json.dumps(scores(pages, found)))
    write_trees(fit_pages(pages, names), names, arguments.out / FILE)


if __name__ == "__main__":
    main()
