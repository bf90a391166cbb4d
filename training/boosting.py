"""Fits boosted trees out of fold with LightGBM and writes them as the ONNX files that `onrecord.learned` reads.

Rows belong to groups (articles, pages) and groups to folds (by outlet), so that nothing is measured on an outlet that
it was fitted on. `out_of_fold` gives each row the score of a model that has not seen its fold; `calibration`
turns those scores into the knots of an honest probability (isotonic regression); `write_trees` writes a model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

#: One thread and fixed seeds: the same rows give the same trees on every machine.
PARAMETERS: Mapping[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 31,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}

_LARGEST = float(np.finfo(np.float32).max)


@dataclass(frozen=True)
class Rows:
    """Training rows: `values` has shape (rows, features), `labels` 0 or 1 or the number of a class.

    `folds` gives each row the fold of its outlet; `sizes`, for a rank objective, the number of rows of each query in
    order. `weights` may be empty.
    """

    features: tuple[str, ...]
    values: Floats
    labels: npt.NDArray[np.int64]
    folds: npt.NDArray[np.int64]
    weights: Doubles = field(default_factory=lambda: np.zeros(0))

    def where(self, chosen: npt.NDArray[np.bool_]) -> Rows:
        weights = self.weights[chosen] if len(self.weights) else self.weights
        return Rows(self.features, self.values[chosen], self.labels[chosen], self.folds[chosen], weights)


def fit(rows: Rows, rounds: int, parameters: Mapping[str, Any] | None = None) -> lgb.Booster:
    """Trees fitted on all the rows given, `rounds` of them for each output."""
    data = lgb.Dataset(
        rows.values,
        rows.labels,
        weight=rows.weights if len(rows.weights) else None,
        feature_name=[f"f{i}" for i in range(len(rows.features))],
    )
    return lgb.train({**PARAMETERS, **(parameters or {})}, data, rounds)


def out_of_fold(
    rows: Rows,
    rounds: int,
    parameters: Mapping[str, Any] | None = None,
    *,
    folds: Iterable[int] | None = None,
    keep: Callable[[int, lgb.Booster], object] = lambda _fold, _booster: None,
) -> Doubles:
    """For each row the raw score(s) of trees fitted on the rows of all other folds.

    `folds`: those that are held out (unasked, all that there are; scores of others are 0); `keep` is given the trees
    that have not seen a fold.
    """
    found: Doubles | None = None
    for fold in sorted(set(rows.folds.tolist())) if folds is None else folds:
        held_out = rows.folds == fold
        booster = fit(rows.where(~held_out), rounds, parameters)
        keep(fold, booster)
        scores = np.asarray(booster.predict(rows.values[held_out], raw_score=True), dtype=np.float64)
        if found is None:
            found = np.zeros((len(rows.labels), *scores.shape[1:]))
        found[held_out] = scores
    return np.zeros(0) if found is None else found


def calibration(probabilities: Doubles, right: npt.NDArray[np.bool_], most: int = 20) -> list[tuple[float, float]]:
    """At most `most` knots of the rising curve that fits how often each probability is right (isotonic regression).

    Bins of equal size that fall are joined until none does (pool adjacent violators); a knot stands at each bin's mean.
    """
    if not len(probabilities):
        return []
    order = np.argsort(probabilities, kind="stable")
    bins = [
        (float(np.sum(probabilities[part])), float(np.sum(right[part])), len(part))
        for part in np.array_split(order, min(most, max(1, len(order) // 25)))
        if len(part)
    ]
    pooled: list[tuple[float, float, int]] = []
    for item in bins:
        pooled.append(item)
        while len(pooled) > 1 and pooled[-2][1] / pooled[-2][2] >= pooled[-1][1] / pooled[-1][2]:
            last, before = pooled.pop(), pooled.pop()
            pooled.append((last[0] + before[0], last[1] + before[1], last[2] + before[2]))
    # A bin of n that was always right is (n + 1) / (n + 2) sure (Laplace): no probability is 0 or 1.
    heights = np.maximum.accumulate([(hits + 1) / (count + 2) for _, hits, count in pooled])
    return [(total / count, float(height)) for (total, _, count), height in zip(pooled, heights, strict=True)]


def write_trees(
    booster: lgb.Booster,
    features: Sequence[str],
    path: Path,
    *,
    classes: Sequence[str] = (),
    knots: Sequence[tuple[float, float]] = (),
) -> None:
    """Write a booster as an ONNX file with the names of its features (and classes) and its calibration."""
    dump = booster.dump_model()
    outputs = max(1, len(classes))
    nodes = _Nodes()
    for number, tree in enumerate(dump["tree_info"]):
        nodes.add(number, number % outputs, tree["tree_structure"])
    attributes: dict[str, Any] = {"n_targets": outputs, "aggregate_function": "SUM", "post_transform": "NONE"}
    attributes |= nodes.attributes()
    ensemble = helper.make_node(
        "TreeEnsembleRegressor",
        ["rows"],
        ["scores"],
        domain="ai.onnx.ml",
        **attributes,
    )
    graph = helper.make_graph(
        [ensemble],
        "trees",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, len(features)])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [None, outputs])],
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    held = {"features": list(features), "classes": list(classes), "knots": [[float(a), float(b)] for a, b in knots]}
    helper.set_model_props(model, {key: json.dumps(value) for key, value in held.items()})
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


class _Nodes:
    """The nodes of all trees as the parallel lists that ONNX's TreeEnsembleRegressor takes."""

    def __init__(self) -> None:
        self.nodes: dict[str, list[Any]] = {
            name: []
            for name in (
                "treeids",
                "nodeids",
                "featureids",
                "values",
                "modes",
                "truenodeids",
                "falsenodeids",
                "missing_value_tracks_true",
            )
        }
        self.targets: dict[str, list[Any]] = {name: [] for name in ("treeids", "nodeids", "ids", "weights")}
        self._next = 0

    def attributes(self) -> dict[str, list[Any]]:
        return {f"nodes_{key}": value for key, value in self.nodes.items()} | {
            f"target_{key}": value for key, value in self.targets.items()
        }

    def add(self, tree: int, target: int, root: Mapping[str, Any]) -> None:
        """Add a tree whose leaves count for the output `target`."""
        self._next = 0
        self._node(tree, target, root)

    def _node(self, tree: int, target: int, held: Mapping[str, Any]) -> int:
        number, self._next = self._next, self._next + 1
        if "leaf_value" in held:
            self._append(tree, number, 0, 0.0, "LEAF", 0)
            for key, value in zip(self.targets, (tree, number, target, held["leaf_value"]), strict=True):
                self.targets[key].append(value)
            return number
        if held["decision_type"] != "<=":
            raise ValueError(f"splits by {held['decision_type']!r} are not written: make the feature a number")
        missing_left = held["missing_type"] == "NaN" and held["default_left"]
        threshold = _rounded_down(held["threshold"])
        at = self._append(tree, number, held["split_feature"], threshold, "BRANCH_LEQ", int(missing_left))
        self.nodes["truenodeids"][at] = self._node(tree, target, held["left_child"])
        self.nodes["falsenodeids"][at] = self._node(tree, target, held["right_child"])
        return number

    def _append(self, tree: int, number: int, feature: int, value: float, mode: str, missing: int) -> int:
        for key, item in zip(self.nodes, (tree, number, feature, value, mode, 0, 0, missing), strict=True):
            self.nodes[key].append(item)
        return len(self.nodes["treeids"]) - 1


def _rounded_down(threshold: float) -> float:
    """The largest 32-bit number that is not above a threshold: it parts 32-bit values as the threshold itself does."""
    near = np.float32(np.clip(threshold, -_LARGEST, _LARGEST))
    return float(near if float(near) <= threshold else np.nextafter(near, np.float32(-np.inf)))
