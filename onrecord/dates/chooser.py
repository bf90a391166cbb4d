"""The learned chooser: which candidate an expression means, and how sure that is.

Boosted trees score each candidate by the features of `features.py`; the best one counts, the rule's answer unless
another is more likely by far. The score of the chosen one, calibrated, is the confidence. Fitted by
`training/dates_chooser.py`; MODEL.md tells on what, and how well it does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import numpy as np

from onrecord.dates.features import FEATURES
from onrecord.learned import TreeModel, load_trees

#: Below this probability what the context gave is taken back: the value keeps its form with unknown parts.
DOUBTFUL = 0.3
#: The rule's answer stands unless the odds of another are twice as high (a difference of log odds).
MARGIN = 0.7

Vector = list[float]


class Chooser(Protocol):
    """Weighs the candidates of expressions by their features."""

    def choose(self, vectors: Sequence[Vector]) -> tuple[int, float]:
        """The number of the best candidate of one expression, the rule's answer being the first; its probability."""
        ...

    def confidences(self, vectors: Sequence[Vector]) -> list[float]:
        """The probabilities of candidates, one for each row."""
        ...


@dataclass(frozen=True, slots=True)
class TreeChooser:
    """A chooser that a model decides for. ValueError if the model was fitted on other features."""

    model: TreeModel

    def __post_init__(self) -> None:
        if self.model.features != FEATURES:
            raise ValueError("chooser.onnx was fitted on other features; run python -m training.dates_chooser")

    def choose(self, vectors: Sequence[Vector]) -> tuple[int, float]:
        scores = self.model.scores(np.array(vectors, dtype=np.float32))
        best = int(scores.argmax())
        if scores[best] - scores[0] < MARGIN:
            best = 0
        return best, float(self.model.probabilities_of(scores[best : best + 1])[0])

    def confidences(self, vectors: Sequence[Vector]) -> list[float]:
        if not vectors:
            return []
        found: list[float] = self.model.probabilities(np.array(vectors, dtype=np.float32)).tolist()
        return found


@cache
def default_chooser() -> Chooser:
    """The chooser that the package ships."""
    return TreeChooser(load_trees("onrecord.dates", "chooser.onnx"))
