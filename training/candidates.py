"""Fits trees that weigh the candidates of a page (names, printed dates), and asks them out of fold.

A page has any number of candidates with named features; some of them are right. Pages belong to folds (by outlet), and
each page is asked of the trees that have not seen its fold; those are kept for measuring (`ONRECORD_LEARNED`).
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from numpy.typing import NDArray

from training.boosting import Rows, fit, write_trees
from training.layout_gold import FOLDS

SHIPPED = Path(__file__).parent.parent / "onrecord/publication"

Found = NDArray[np.float64]


@dataclass(frozen=True)
class CandidatePage:
    """A page's candidates by their features, and which of them are right. `style` names the sort of text."""

    style: str
    fold: int
    features: Sequence[Mapping[str, float]]
    right: NDArray[np.bool_]

    def values(self, names: Sequence[str]) -> NDArray[np.float32]:
        """The features as rows, in the order of `names`."""
        rows = [[features[name] for name in names] for features in self.features]
        return np.array(rows, np.float32).reshape(-1, len(names))


@dataclass(frozen=True)
class Weighing:
    """A model of candidates: its file, its trees, and how much the number of a page's candidates lowers their weight.

    A candidate weighs 1 / n ** `crowding` where its page has n of them.
    """

    file: str
    rounds: int
    trees: Mapping[str, Any]
    crowding: float = 0.0

    def fit(self, pages: Sequence[CandidatePage], names: Sequence[str]) -> lgb.Booster:
        """The trees that these pages teach."""
        pages = [page for page in pages if len(page.right)]
        labels = np.concatenate([page.right for page in pages]).astype(np.int64)
        weights = np.concatenate([np.full(len(page.right), len(page.right) ** -self.crowding) for page in pages])
        rows = np.concatenate([page.values(names) for page in pages])
        none = np.zeros(len(labels), np.int64)
        return fit(
            Rows(tuple(names), rows, labels, none, weights if self.crowding else np.zeros(0)), self.rounds, self.trees
        )

    def learn(self, pages: Sequence[CandidatePage], folds: Path, out: Path) -> list[Found]:
        """Write the model of each fold and the one of all pages; what those of their fold say of each page."""
        names = feature_names(pages)
        found: list[Found] = [np.zeros(0)] * len(pages)
        for fold in range(FOLDS):
            booster = self.fit([page for page in pages if page.fold != fold], names)
            write_trees(booster, names, folds / str(fold) / self.file)
            for i, page in enumerate(pages):
                if page.fold == fold and page.features:
                    found[i] = np.asarray(booster.predict(page.values(names)))
        write_trees(self.fit(pages, names), names, out / self.file)
        return found


def feature_names(pages: Sequence[CandidatePage]) -> tuple[str, ...]:
    """The names of the features, in order."""
    return tuple(sorted(next(page for page in pages if page.features).features[0]))


def arguments(description: str | None) -> argparse.Namespace:
    """The corpora to learn from, where the models of the folds are, and where the shipped model goes."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--folds", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    return parser.parse_args()
