"""Fits the labeller of lines: `python -m training.layout --corpora FOLDER [--out FOLDER] [--folds FOLDER]`.

First a bag of words (logistic regression over hashed words), then trees over a line's columns, then trees over what
those say of the lines around, then a ranker of headlines: each learns from what the one before says of pages that it
has not seen. With `--folds`, the models that have not seen fold N are written to its folder N, for measuring with
`ONRECORD_LEARNED=FOLDER/N`. Prints body F1 and headlines by style of dump, out of fold (folds 0 to 3).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import SGDClassifier

from onrecord.layout.characters import Floats, Hashes
from onrecord.layout.features import REACH, knows_words, matrix
from onrecord.layout.headline import address_words, headline_columns, is_candidate, story_start
from onrecord.layout.labeller import BAG, HEADLINES, LINES, SEQUENCE, page_of
from onrecord.layout.neighbours import neighbour_columns
from training.boosting import Rows, fit, write_trees
from training.layout_gold import FOLDS
from training.layout_pages import Page, read_pages
from training.layout_scores import body_scores, headline_scores

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "onrecord/layout"
TREES: dict[str, Any] = {
    "learning_rate": 0.09,
    "num_leaves": 31,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.2,
    "bagging_fraction": 0.6,
    "lambda_l2": 5.0,
    "max_bin": 63,
}
SMALL_TREES: dict[str, Any] = TREES | {"num_leaves": 15, "feature_fraction": 0.4, "min_data_in_leaf": 30}
LINE_ROUNDS, SEQUENCE_ROUNDS, HEADLINE_ROUNDS = 200, 120, 140
#: Columns of the line that the second stage sees beside the first one's probabilities.
SEQUENCE_OWN = [
    "characters",
    "words",
    "capitalised",
    "upper",
    "ends_stop",
    "ends_comma",
    "starts_lower",
    "sentences",
    "marker",
    "indent",
    "blanks",
    "links",
    "function_share",
    "repeats",
    "recurring",
    "of_site",
    "bag",
    "in_run",
    "place",
    "from_top",
    "from_end",
    "since_related",
    "since_comment",
    "until_legal",
    "until_subscribe",
    "picture",
    "related",
    "biography",
    "prose",
    "common_indent",
    "alike",
    "short_run",
    "run_share",
    "prose_before",
    "lines",
]


def fit_bag(pages: Sequence[Page]) -> tuple[Floats, float]:
    """The weights of the bag of words and its intercept, from these pages."""
    rows = sp.vstack([page.bag[page.learned] for page in pages])
    labels = np.concatenate([page.labels[page.learned] for page in pages])
    weights = np.concatenate([page.weights[page.learned] for page in pages])
    model = SGDClassifier(loss="log_loss", alpha=3e-6, max_iter=6, tol=None, average=True, random_state=0)
    model.fit(rows, labels, sample_weight=weights)
    return model.coef_[0].astype(np.float16).astype(np.float32), float(model.intercept_[0])


def put_bag(page: Page, bag: tuple[Floats, float]) -> None:
    """Write the bag's score of each line, and of those around, into the page's columns; mask what knows words."""
    score = np.asarray(page.bag @ bag[0] + bag[1], np.float32)
    padded = np.pad(score, REACH, constant_values=-1.0)
    for i, name in enumerate(page.names):
        if name == "bag":
            page.values[:, i] = score
        elif name.startswith("bag"):
            start = REACH + int(name.removeprefix("bag"))
            page.values[:, i] = padded[start : start + len(score)]
        if page.masked and knows_words(name):
            page.values[:, i] = np.nan


def fit_lines(pages: Sequence[Page]) -> lgb.Booster:
    """The first stage."""
    return _fit(pages, pages[0].names, lambda page: page.values, LINE_ROUNDS, TREES)


def sequence_names() -> tuple[str, ...]:
    """The columns of the second stage."""
    return (*sorted(neighbour_columns(np.zeros(1), np.zeros(1))), *SEQUENCE_OWN)


def sequence_values(page: Page) -> Floats:
    """The second stage's rows of a page whose first stage has spoken."""
    own = page.values[:, [page.names.index(name) for name in SEQUENCE_OWN]]
    around = neighbour_columns(page.first, np.expm1(page.values[:, page.names.index("characters")]))
    return np.concatenate((matrix(around, sorted(around)), own), axis=1)


def fit_sequence(pages: Sequence[Page]) -> lgb.Booster:
    """The second stage."""
    return _fit(pages, sequence_names(), sequence_values, SEQUENCE_ROUNDS, SMALL_TREES)


def _fit(
    pages: Sequence[Page], names: tuple[str, ...], values: Callable[[Page], Floats], rounds: int, trees: dict[str, Any]
) -> lgb.Booster:
    rows = Rows(
        names,
        np.concatenate([values(page)[page.learned] for page in pages]),
        np.concatenate([page.labels[page.learned] for page in pages]).astype(np.int64),
        np.concatenate([np.full(page.learned.sum(), page.fold) for page in pages]),
        np.concatenate([page.weights[page.learned] for page in pages]),
    )
    return fit(rows, rounds, trees)


def headline_rows(page: Page, *, known: bool) -> tuple[NDArray[np.int64], tuple[str, ...], Floats]:
    """The candidates of a page, and their columns, with its address known or not."""
    read = page_of(page.example.parts)
    columns = page.columns()
    start = story_start(columns, page.body)
    candidates = np.flatnonzero(is_candidate(read, start))
    ranks = np.array([part.rank for part in page.example.parts], np.int64)
    address: Hashes = address_words(page.example.address if known else None)
    columns |= headline_columns(read, columns, page.body, address, ranks, start)
    names = tuple(sorted(columns))
    return candidates, names, matrix({name: columns[name][candidates] for name in names}, names)


def fit_headlines(pages: Sequence[Page]) -> tuple[lgb.Booster, tuple[str, ...]]:
    """The ranker of headlines, from each page with its address known and not known."""
    chance = np.random.default_rng(1)
    values, labels = [], []
    names: tuple[str, ...] = ()
    for page in pages:
        if page.example.headline is None or page.masked:
            continue
        for known in (False, True) if page.example.address else (False,):
            candidates, names, rows = headline_rows(page, known=known)
            right = page.example.headline[candidates]
            kept = right | (chance.random(len(right)) < 0.35)
            values.append(rows[kept])
            labels.append(right[kept])
    every = np.concatenate(labels).astype(np.int64)
    found = Rows(names, np.concatenate(values), every, np.zeros(len(every), np.int64))
    return fit(found, HEADLINE_ROUNDS, SMALL_TREES), names


@dataclass
class Models:
    """The labeller's parts, as fitted."""

    bag: tuple[Floats, float]
    lines: lgb.Booster
    sequence: lgb.Booster
    headlines: lgb.Booster
    headline_names: tuple[str, ...]

    def write(self, folder: Path, page: Page) -> None:
        """Write the files that `onrecord.layout.labeller` reads."""
        folder.mkdir(parents=True, exist_ok=True)
        weights = self.bag[0].astype(np.float16)
        np.savez_compressed(folder / BAG, weights=weights, intercept=np.float64(self.bag[1]))
        write_trees(self.lines, page.names, folder / LINES)
        write_trees(self.sequence, sequence_names(), folder / SEQUENCE)
        write_trees(self.headlines, self.headline_names, folder / HEADLINES)


def by_fold(pages: Sequence[Page]) -> Iterator[tuple[int, list[Page], list[Page]]]:
    """Each fold with the pages outside of it and those in it."""
    for fold in range(FOLDS):
        yield fold, [page for page in pages if page.fold != fold], [page for page in pages if page.fold == fold]


def learn_out_of_fold(pages: Sequence[Page]) -> dict[int, dict[str, Any]]:
    """The models of each fold; each page gets what those of its own fold say of it."""
    models: dict[int, dict[str, Any]] = {fold: {} for fold in range(FOLDS)}
    for fold, others, held_out in by_fold(pages):
        models[fold]["bag"] = fit_bag(others)
        for page in held_out:
            put_bag(page, models[fold]["bag"])
    for fold, others, held_out in by_fold(pages):
        models[fold]["lines"] = fit_lines(others)
        for page in held_out:
            page.first = np.asarray(models[fold]["lines"].predict(page.values))
        print("lines, fold", fold, flush=True)
    for fold, others, held_out in by_fold(pages):
        models[fold]["sequence"] = fit_sequence(others)
        for page in held_out:
            page.body = np.asarray(models[fold]["sequence"].predict(sequence_values(page)))
        print("sequence, fold", fold, flush=True)
    print(json.dumps(body_scores(pages)), flush=True)
    for fold, others, held_out in by_fold(pages):
        models[fold]["headlines"], models[fold]["headline_names"] = fit_headlines(others)
        for page in held_out:
            _rank(page, models[fold]["headlines"])
        print("headlines, fold", fold, flush=True)
    print(json.dumps(headline_scores(pages)), flush=True)
    return models


def _rank(page: Page, booster: lgb.Booster) -> None:
    if page.example.headline is None or page.masked:
        return
    for known in (False, True):
        candidates, _, rows = headline_rows(page, known=known)
        page.headline[known] = np.zeros(len(page.example.parts))
        if len(candidates):
            page.headline[known][candidates] = np.asarray(booster.predict(rows))


def learn_all(pages: Sequence[Page]) -> Models:
    """The models that are shipped: each stage learns from all pages what the out-of-fold ones said of them."""
    lines, sequence = fit_lines(pages), fit_sequence(pages)
    headlines, names = fit_headlines(pages)
    return Models(fit_bag(pages), lines, sequence, headlines, names)


def main() -> None:
    """Fit, measure out of fold, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--folds", type=Path)
    arguments = parser.parse_args()
    pages = read_pages(arguments.corpora)
    print(len(pages), "examples", flush=True)
    models = learn_out_of_fold(pages)
    if arguments.folds:
        for fold, held in models.items():
            Models(**held).write(arguments.folds / str(fold), pages[0])
    learn_all(pages).write(arguments.out, pages[0])


if __name__ == "__main__":
    main()
