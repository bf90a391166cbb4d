"""Tells cues of speech and writing from others, by what the linking graph reads of a cue.

A logistic regression on the speech gold: of the cues that the tagger proposes in its articles, those are right whose
words the gold has as a cue. The rest are cues of thoughts and deeds, or none. `training.adapting` fits it for each
fold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.tagger.decoding import decode_cues
from onrecord.tagger.default import Parameters
from onrecord.tagger.labels import OUTSIDE
from training.seen import Seen

#: What the weights, of values with a spread of one, are drawn towards nothing with; chosen out of fold (0 to 3).
PENALTY = 5.0

Reals = NDArray[np.float64]


def proposed(seen: Sequence[Seen], parameters: Parameters) -> Iterator[tuple[NDArray[np.float32], bool]]:
    """What the linking graph reads of each cue that the tagger proposes, and whether the gold has it."""
    for held in seen:
        encoded = parameters.adapter.adapted(held.encoded) if parameters.adapter else held.encoded
        gold = np.zeros(len(encoded.cues), bool)
        for (start, end), chunk in zip(held.example.window.ranges, held.example.gold, strict=True):
            gold[start:end] = chunk.cues != OUTSIDE
        (found,), (possible,) = decode_cues(parameters.cues, [encoded.cues], parameters.cue_bonus)
        for span in (*found, *possible):
            yield encoded.cue(span.start, span.end), bool(gold[span.start : span.end].any())


def fit_speech_cues(seen: Sequence[Seen], parameters: Parameters) -> tuple[Reals, float]:
    """The weights (3 x link width,) and the bias."""
    vectors, right = zip(*proposed(seen, parameters), strict=True)
    return logistic_regression(np.array(vectors, np.float64), np.array(right))


def logistic_regression(values: Reals, right: NDArray[np.bool_]) -> tuple[Reals, float]:
    """The weights and bias that make the outcomes likeliest, drawn towards nothing by `PENALTY`."""
    middle, spread = values.mean(0), values.std(0) + 1e-9
    rows = torch.from_numpy((values - middle) / spread)
    wanted = torch.from_numpy(right.astype(np.float64))
    weight = torch.zeros(rows.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weight], max_iter=200, line_search_fn="strong_wolfe")

    def cost() -> torch.Tensor:
        optimiser.zero_grad()
        odds = rows @ weight[:-1] + weight[-1]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, wanted, reduction="sum")
        loss = loss + PENALTY / 2 * (weight[:-1] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(cost)
    found = weight.detach().numpy()
    scaled: Reals = found[:-1] / spread
    return scaled, float(found[-1] - scaled @ middle)
