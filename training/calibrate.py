"""Makes a model's scores honest, on documents that it was not trained on and that nothing is reported on.

Fits, for each kind of score, Platt's (1999) correction.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.tagger.default import NetworkTagger, default_tagger
from training.corpora import GoldDocument
from training.evaluate import evaluate

#: Draws the correction towards none where there is little to fit it on.
PRIOR = 1.0


def fit_platt(rows: Sequence[tuple[float, bool]], rounds: int = 50) -> tuple[float, float]:
    """Slope and shift of the log odds that make the outcomes likeliest, by Newton's method."""
    p = np.clip(np.array([probability for probability, _ in rows]), 1e-6, 1 - 1e-6)
    right = np.array([float(outcome) for _, outcome in rows])
    design = np.stack([np.log(p / (1 - p)), np.ones(len(p))], 1)
    neutral = np.array([1.0, 0.0])
    weights = neutral

    def cost(at: NDArray[np.float64]) -> float:
        odds = design @ at
        return float((np.logaddexp(0, odds) - right * odds).sum() + PRIOR / 2 * ((at - neutral) ** 2).sum())

    for _ in range(rounds):
        guess = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (guess - right) + PRIOR * (weights - neutral)
        curve = (design * (guess * (1 - guess))[:, None]).T @ design + PRIOR * np.eye(2)
        step = np.linalg.solve(curve, slope)
        while cost(weights - step) > cost(weights) and np.abs(step).max() > 1e-9:
            step = step / 2
        weights = weights - step
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def calibrate(folder: Path, aside: Sequence[GoldDocument]) -> dict[str, tuple[float, float]]:
    """Measure on `aside`, and write the corrections into the folder's `tagger.json`. Returns them by kind of score."""
    tagger = default_tagger(folder)
    neutral = dict.fromkeys(tagger.parameters.calibration, (1.0, 0.0))
    raw = NetworkTagger(tagger.network, tagger.pieces, dataclasses.replace(tagger.parameters, calibration=neutral))
    outcomes = evaluate(raw, aside).outcomes
    calibration = {kind: fit_platt(outcomes[kind]) for kind in neutral}
    path = folder / "tagger.json"
    about = json.loads(path.read_text(encoding="utf-8")) | {"calibration": calibration}
    path.write_text(json.dumps(about) + "\n", encoding="utf-8")
    return calibration
