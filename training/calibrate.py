"""Makes a model's scores honest, on documents that it was not trained on and that nothing is reported on.

Chooses how readily cues are taken (`cue_bonus`) and fits, for each kind of score, Platt's (1999) correction.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.tagger.default import NetworkTagger, default_tagger
from training.corpora import Document
from training.evaluate import Report, evaluate

BONUSES = (-0.25, 0.0, 0.25)
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


def with_parameters(tagger: NetworkTagger, **changes: object) -> NetworkTagger:
    """The same network, decoded otherwise."""
    parameters = dataclasses.replace(tagger.parameters, **changes)  # type: ignore[arg-type]
    return NetworkTagger(tagger.network, tagger.pieces, parameters)


def quality(report: Report) -> float:
    """What the bonus is chosen by: parts and triples exact, equally."""
    keys = ("quotes source", "quotes cue", "quotes content", "quotes triples exact")
    return sum(report.counts[key].scores()["F1"] for key in keys) / len(keys)


def calibrate(folder: Path, aside: Sequence[Document]) -> dict[str, object]:
    """Measure on `aside`, and write what was found into the folder's `tagger.json`. Returns what was found."""
    tagger = default_tagger(folder)
    raw = with_parameters(tagger, calibration=dict.fromkeys(tagger.parameters.calibration, (1.0, 0.0)))
    quotes = [document for document in aside if document.attributions is not None]
    by_bonus = {bonus: quality(evaluate(with_parameters(raw, cue_bonus=bonus), quotes)) for bonus in BONUSES}
    bonus = max(by_bonus, key=lambda key: by_bonus[key])
    outcomes = evaluate(with_parameters(raw, cue_bonus=bonus), aside).outcomes
    calibration = {kind: fit_platt(outcomes[kind]) for kind in tagger.parameters.calibration}
    path = folder / "tagger.json"
    about = json.loads(path.read_text(encoding="utf-8")) | {"cue_bonus": bonus, "calibration": calibration}
    path.write_text(json.dumps(about) + "\n", encoding="utf-8")
    return {"cue_bonus": bonus, "quality_by_bonus": by_bonus, "calibration": calibration}
