"""Boosted trees as data: an ONNX file that carries the names of its features and its calibration.

`training.boosting` fits and writes such files; onnxruntime evaluates them, with one thread a process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import onnxruntime as ort  # type: ignore[import-untyped]

#: Folders, parted as those of PATH are, whose models take the place of the shipped ones of the same file name: how
#: models that have not seen a fold of the gold are measured on it (`training/folds/N`).
FOLDER_VARIABLE = "ONRECORD_LEARNED"

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TreeModel:
    """Boosted trees with one output (a yes or no, or a rank) or one for each of `classes`.

    `features` names the columns of the rows that the model takes, in order. `knots` are pairs of an uncalibrated and a
    calibrated probability, rising in both, between which probabilities are interpolated; empty where none are needed.
    """

    session: ort.InferenceSession
    features: tuple[str, ...]
    classes: tuple[str, ...]
    knots: tuple[tuple[float, float], ...]

    def rows(self, values: Sequence[Mapping[str, float]]) -> Floats:
        """The feature values of several candidates as rows, shape (candidates, features).

        A feature that a mapping lacks is missing (NaN). Raises ValueError for one that the model does not know.
        """
        known = frozenset(self.features)
        for given in values:
            if not given.keys() <= known:
                raise ValueError(f"the model knows no feature {min(given.keys() - known)!r}")
        table = [[*map(given.get, self.features, repeat(np.nan))] for given in values]
        return np.array(table, dtype=np.float32).reshape(len(values), len(self.features))

    def table(self, columns: Mapping[str, Sequence[float]]) -> Floats:
        """As :meth:`rows`, of the candidates' values feature by feature, one column or more."""
        if not columns.keys() <= frozenset(self.features):
            raise ValueError(f"the model knows no feature {min(columns.keys() - frozenset(self.features))!r}")
        missing = [np.nan] * len(next(iter(columns.values())))
        return np.array([columns.get(name, missing) for name in self.features], dtype=np.float32).T

    def scores(self, rows: Floats) -> Doubles:
        """The sums of the trees' leaves (log odds), shape (rows,), or (rows, classes) where there are classes."""
        if rows.ndim != 2 or rows.shape[1] != len(self.features):
            raise ValueError(f"rows have shape {rows.shape}; the model takes {len(self.features)} features")
        width = max(1, len(self.classes))
        if not len(rows):
            found = np.zeros((0, width))
        else:
            found = np.asarray(self.session.run(None, {"rows": rows})[0], dtype=np.float64)
        return found if self.classes else found[:, 0]

    def probabilities(self, rows: Floats) -> Doubles:
        """Calibrated probabilities, shaped as :meth:`scores`; those of classes add up to one."""
        return self.probabilities_of(self.scores(rows))

    def probabilities_of(self, scores: Doubles) -> Doubles:
        """Calibrated probabilities of scores that :meth:`scores` gave."""
        if not self.classes:
            return self.calibrated(1 / (1 + np.exp(-scores)))
        weights = np.exp(scores - scores.max(axis=1, keepdims=True))
        calibrated = self.calibrated(weights / weights.sum(axis=1, keepdims=True))
        totals: Doubles = calibrated.sum(axis=1, keepdims=True)
        shares: Doubles = calibrated / np.where(totals > 0, totals, 1)
        return shares

    def calibrated(self, probabilities: Doubles) -> Doubles:
        """Uncalibrated probabilities as the model's curve makes them true."""
        if not self.knots:
            return probabilities
        before, after = zip(*self.knots, strict=True)
        found: Doubles = np.interp(probabilities, before, after)
        return found


@cache
def load_trees(package: str, file: str) -> TreeModel:
    """The model `file` of a package, or the one of that name in a folder of `ONRECORD_LEARNED`; loaded once.

    Raises FileNotFoundError where there is neither, ValueError where the file carries no features.
    """
    return trees_of(model_bytes(package, file))


def model_bytes(package: str, file: str) -> bytes:
    """The file of a package, or the one of that name in the first folder that has it of those in `ONRECORD_LEARNED`.

    Raises FileNotFoundError where there is neither.
    """
    for folder in filter(None, os.environ.get(FOLDER_VARIABLE, "").split(os.pathsep)):
        if (instead := Path(folder) / file).exists():
            return instead.read_bytes()
    return resources.files(package).joinpath(file).read_bytes()


def trees_of(data: bytes) -> TreeModel:
    """The model that the bytes of an ONNX file hold."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    held = session.get_modelmeta().custom_metadata_map
    if "features" not in held:
        raise ValueError("the model does not name its features; training.boosting.write_trees writes them")
    return TreeModel(
        session,
        tuple(json.loads(held["features"])),
        tuple(json.loads(held["classes"])),
        tuple((float(before), float(after)) for before, after in json.loads(held["knots"])),
    )
