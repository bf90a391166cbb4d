"""Fit the chooser of dates: which candidate an expression means, and how sure that is.

    python -m training.dates_chooser GOLD.jsonl... [--partial GOLD.jsonl] [--history GOLD.jsonl] [--folds FOLDER]
        [--out FILE]

Each GOLD file has articles with `text`, `dct` and `timexes`. Articles belong to five folds by their name; rows of the
`--history` file, whose articles tell of wars long ago, weigh a third. A `--partial` file does not mark all that is a
time: of its articles only what it marks is learned. The articles are read twice: by the rules alone,
then with the models of the first reading, each article by one that has not seen it, so that what is counted from is
what the chooser itself makes of it. Prints the right values out of fold, and writes one model for all and, with
`--folds`, the model of each fold to FOLDER/N/chooser.onnx (`ONRECORD_LEARNED=FOLDER/N` has it read with).
"""

from __future__ import annotations

import argparse
import pathlib
import sys
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np

from onrecord.dates.chooser import Chooser, TreeChooser
from onrecord.dates.features import FEATURES
from onrecord.learned.trees import trees_of
from training.boosting import Rows, calibration, fit, write_trees
from training.dates_examples import Example, examples, read_gold

FOLDS = 5
_ROUNDS = 150
_PARAMETERS = {"num_leaves": 12, "min_data_in_leaf": 20, "feature_fraction": 0.6, "lambda_l2": 5.0}
_HISTORY_WEIGHT = 0.3
_KNOTS = 60  # most expressions are sure; the doubtful ones need bins of their own


@dataclass(frozen=True)
class Article:
    """A gold article with the file it came from, its fold, and the weight of its rows."""

    corpus: str
    row: dict[str, Any]
    fold: int
    weight: float
    partial: bool


def load_chooser(path: pathlib.Path) -> Chooser:
    """The chooser of a model file."""
    return TreeChooser(trees_of(path.read_bytes()))


def fold_of(article: str) -> int:
    """The fold of an article, by its name: the same on every machine."""
    return zlib.crc32(article.encode()) % FOLDS


def read_articles(paths: list[pathlib.Path], history: list[pathlib.Path], partial: list[pathlib.Path]) -> list[Article]:
    """All articles of the gold files."""
    return [
        Article(
            path.stem,
            row,
            fold_of(f"{path.stem}/{row['id']}"),
            _HISTORY_WEIGHT if path in history else 1.0,
            path in partial,
        )
        for path in [*paths, *partial, *history]
        for row in read_gold(path)
    ]


def rows_of(read: list[tuple[Article, list[Example]]]) -> Rows:
    """One row for each candidate."""
    flat = [
        (article, vector, right)
        for article, found in read
        for example in found
        for vector, right in zip(example.vectors, example.right, strict=True)
    ]
    return Rows(
        FEATURES,
        np.array([vector for _, vector, _ in flat], dtype=np.float32),
        np.array([right for *_, right in flat], dtype=np.int64),
        np.array([article.fold for article, *_ in flat], dtype=np.int64),
        np.array([article.weight for article, *_ in flat]),
    )


def fold_models(read: list[tuple[Article, list[Example]]], folder: pathlib.Path, knots: Any = ()) -> list[Chooser]:
    """For each fold the chooser that has not seen its articles; written to FOLDER/N/chooser.onnx."""
    rows = rows_of(read)
    found: list[Chooser] = []
    for fold in range(FOLDS):
        path = folder / str(fold) / "chooser.onnx"
        write_trees(fit(rows.where(rows.folds != fold), _ROUNDS, _PARAMETERS), FEATURES, path, knots=knots)
        found.append(load_chooser(path))
    return found


def read_all(articles: list[Article], choosers: list[Chooser] | None) -> list[tuple[Article, list[Example]]]:
    """The examples of every article, read by the rules, or by the chooser of its fold."""
    return [
        (a, [e for e in examples(a.row, choosers[a.fold] if choosers else None) if e.marked or not a.partial])
        for a in articles
    ]


def chosen(
    read: list[tuple[Article, list[Example]]], choosers: list[Chooser]
) -> dict[str, list[tuple[float, bool, bool]]]:
    """For each corpus the probability of the chosen candidate, whether it is right, and whether the rule's was."""
    found: dict[str, list[tuple[float, bool, bool]]] = {}
    for article, seen in read:
        for example in seen:
            best, probability = choosers[article.fold].choose(example.vectors)
            found.setdefault(article.corpus, []).append((probability, example.right[best], example.right[0]))
    return found


def knots_of(outcomes: dict[str, list[tuple[float, bool, bool]]], histories: set[str]) -> list[tuple[float, float]]:
    """The calibration of what was chosen out of fold; every third expression of a history counts."""
    weighed = [o for corpus, outcome in outcomes.items() for o in (outcome[::3] if corpus in histories else outcome)]
    found = calibration(np.array([p for p, *_ in weighed]), np.array([right for _, right, _ in weighed]), _KNOTS)
    return [(0.0, 0.0), *found]  # below the doubtful ones that the gold has, down to none


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path, nargs="+")
    parser.add_argument("--history", type=pathlib.Path, action="append", default=[])
    parser.add_argument("--partial", type=pathlib.Path, action="append", default=[])
    parser.add_argument("--folds", type=pathlib.Path, default=pathlib.Path("training/folds"))
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("onrecord/dates/chooser.onnx"))
    options = parser.parse_args()
    articles = read_articles(options.gold, options.history, options.partial)
    histories = {path.stem for path in options.history}
    read = read_all(articles, None)
    choosers = fold_models(read, options.folds)
    # calibrated, so that what is doubtful is left open in the second reading as in use
    choosers = fold_models(read, options.folds, knots_of(chosen(read, choosers), histories))
    read = read_all(articles, choosers)
    choosers = fold_models(read, options.folds)
    outcomes = chosen(read, choosers)
    for corpus, outcome in outcomes.items():
        print(f"{corpus}: {len(outcome)} expressions; right by the rules {sum(r for *_, r in outcome)}", end=", ")
        print(f"by the chooser, out of fold, {sum(right for _, right, _ in outcome)}")
    knots = knots_of(outcomes, histories)
    fold_models(read, options.folds, knots)
    write_trees(fit(rows_of(read), _ROUNDS, _PARAMETERS), FEATURES, options.out, knots=knots)
    return 0


if __name__ == "__main__":
    sys.exit(main())
