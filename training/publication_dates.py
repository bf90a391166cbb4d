"""Fits what weighs printed dates: `python -m training.publication_dates --corpora FOLDER --folds FOLDER`.

`--folds` holds the labeller's models by fold (`training.layout --folds`); the models of the dates' own folds are
written there as well. A date is right within a day of the gold (time zones), a month where it is the gold's month.
Pages without a gold date teach nothing. Prints, out of fold (folds 0 to 3) by style and threshold, the share of printed
dates that are right and of pages that get a wrong one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence

import numpy as np

from onrecord.document.article import Precision
from onrecord.publication.date_candidates import DateCandidate, date_candidates
from onrecord.publication.published_date import DATES
from training.candidates import CandidatePage, Found, Weighing, arguments
from training.layout_gold import FOLDS
from training.pages_gold import ReadPage, read_out_of_fold

WEIGHING = Weighing(
    DATES,
    200,
    {
        "learning_rate": 0.05,
        "num_leaves": 10,
        "min_data_in_leaf": 15,
        "feature_fraction": 0.3,
        "bagging_fraction": 0.7,
        "lambda_l2": 3.0,
    },
    crowding=0.5,
)
THRESHOLDS = (0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def page_of(read: ReadPage) -> CandidatePage | None:
    """The page's candidates with their labels; null where the gold has no day."""
    try:
        gold = dt.date.fromisoformat(read.row["date"] or "")
    except ValueError:
        return None
    candidates = date_candidates(read.words)
    right = np.array([is_right(found, gold) for found in candidates], bool)
    return CandidatePage(read.style, read.fold, [found.features for found in candidates], right)


def is_right(candidate: DateCandidate, gold: dt.date) -> bool:
    """Whether a printed date is the gold's, as far as it is precise; a day of difference is a time zone's."""
    written = candidate.written
    if written.precision is Precision.DAY:
        return abs((written.date - gold).days) <= 1
    return (written.date.year, written.date.month) == (gold.year, gold.month)


def scores(pages: Sequence[CandidatePage], found: Sequence[Found]) -> dict[str, dict[float, tuple[float, float]]]:
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
    given = arguments(__doc__)
    read = read_out_of_fold(given.corpora, given.folds, articles=True)
    pages = [page for item in read if (page := page_of(item))]
    for style, rates in scores(pages, WEIGHING.learn(pages, given.folds, given.out)).items():
        print(style, json.dumps(rates))


if __name__ == "__main__":
    main()
