"""Fits what weighs printed dates: `python -m training.publication_dates --corpora FOLDER --folds FOLDER`.

`--folds` holds the labeller's models by fold (`training.layout --folds`); the models of the dates' own folds are
written there as well. A date is right within a day of the gold (time zones), a month where it is the gold's month.
Pages without a gold date teach nothing. Prints, out of fold (folds 0 to 3) by style and threshold, the share of printed
dates that are right and of pages that get a wrong one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from onrecord.document.article import Precision
from onrecord.publication.date_candidates import DateCandidate, date_candidates
from onrecord.publication.published_date import DATES
from training.boosting import Rows, fit, write_trees
from training.layout_gold import FOLDS
from training.pages_gold import ReadPage, read_out_of_fold

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "onrecord/publication"
TREES: dict[str, Any] = {
    "learning_rate": 0.05,
    "num_leaves": 10,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "lambda_l2": 3.0,
}
ROUNDS = 200
THRESHOLDS = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


@dataclass(frozen=True)
class Page:
    """The printed dates of a page whose date is known, and which of them are right."""

    style: str
    fold: int
    candidates: Sequence[DateCandidate]
    right: NDArray[np.bool_]


def page_of(read: ReadPage) -> Page | None:
    """The page's candidates with their labels; null where the gold has no day."""
    try:
        gold = dt.date.fromisoformat(read.row["date"] or "")
    except ValueError:
        return None
    candidates = date_candidates(read.words)
    return Page(read.style, read.fold, candidates, np.array([is_right(found, gold) for found in candidates], bool))


def is_right(candidate: DateCandidate, gold: dt.date) -> bool:
    """Whether a printed date is the gold's, as far as it is precise; a day of difference is a time zone's."""
    written = candidate.written
    if written.precision is Precision.DAY:
        return abs((written.date - gold).days) <= 1
    return (written.date.year, written.date.month) == (gold.year, gold.month)


def values(page: Page, names: Sequence[str]) -> NDArray[np.float32]:
    """The features of a page's candidates as rows."""
    rows = [[candidate.features[name] for name in names] for candidate in page.candidates]
    return np.array(rows, np.float32).reshape(-1, len(names))


def fit_pages(pages: Sequence[Page], names: tuple[str, ...]) -> lgb.Booster:
    """The trees that weigh printed dates, from these pages; those of a page with many count less."""
    labels = np.concatenate([page.right for page in pages]).astype(np.int64)
    weights = np.concatenate([np.full(len(page.right), 1 / np.sqrt(max(len(page.right), 1))) for page in pages])
    rows = np.concatenate([values(page, names) for page in pages])
    return fit(Rows(names, rows, labels, np.zeros(len(labels), np.int64), weights), ROUNDS, TREES)


def scores(pages: Sequence[Page], found: Sequence[NDArray[np.float64]]) -> dict[str, dict[float, tuple[float, float]]]:
    """By style and threshold: right of the pages that print their date, and wrong of all pages; folds 0 to 3."""
    result: dict[str, dict[float, tuple[float, float]]] = {}
    for style in sorted({page.style for page in pages}):
        chosen = [
            (page, p) for page, p in zip(pages, found, strict=True) if page.style == style and page.fold < FOLDS - 1
        ]
        printed = sum(bool(page.right.any()) for page, _ in chosen)
        for threshold in THRESHOLDS:
            given = [page.right[int(np.argmax(p))] for page, p in chosen if len(p) and p.max() >= threshold]
            right, wrong = sum(map(bool, given)), sum(not hit for hit in given)
            rates = round(100 * right / max(printed, 1), 1), round(100 * wrong / max(len(chosen), 1), 1)
            result.setdefault(style, {})[threshold] = rates
    return result


def main() -> None:
    """Fit, measure out of fold, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    pages = [
        page for read in read_out_of_fold(arguments.corpora, arguments.folds, articles=True) if (page := page_of(read))
    ]
    names = tuple(sorted(next(page for page in pages if page.candidates).candidates[0].features))
    found: list[NDArray[np.float64]] = [np.zeros(0)] * len(pages)
    for fold in range(FOLDS):
        booster = fit_pages([page for page in pages if page.fold != fold], names)
        write_trees(booster, names, arguments.folds / str(fold) / DATES)
        for i, page in enumerate(pages):
            if page.fold == fold and page.candidates:
                found[i] = np.asarray(booster.predict(values(page, names)))
    for style, rates in scores(pages, found).items():
        print(style, json.dumps(rates))
    write_trees(fit_pages(pages, names), names, arguments.out / DATES)


if __name__ == "__main__":
    main()
