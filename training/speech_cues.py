"""Tells cues of speech and writing from others, by what the linking graph reads of a cue.

A logistic regression on the speech gold: of the cues that the tagger proposes in its articles, those are right whose
words the gold has as a cue. The rest are cues of thoughts and deeds, or none. `training.adapting` fits it for each
fold.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from onrecord.tagger.decoding import decode_cues
from onrecord.tagger.default import NetworkTagger
from onrecord.tagger.labels import OUTSIDE
from training.corpora import SEED, GoldDocument
from training.examples import read_documents, windows_of_epoch

#: What the weights, of values with a spread of one, are drawn towards nothing with; chosen out of fold (0 to 3).
PENALTY = 5.0

Reals = NDArray[np.float64]
Cue = tuple[NDArray[np.float32], bool]


def proposed(documents: Sequence[GoldDocument], tagger: NetworkTagger) -> Iterator[Cue]:
    """What the linking graph reads of each cue that a tagger proposes in annotated articles, and whether the gold has
    it."""
    for example in windows_of_epoch(read_documents(documents, tagger.pieces), random.Random(SEED)):  # noqa: S311
        encoded = tagger.network.encode(example.window)
        gold = np.zeros(len(encoded.cues), bool)
        for (start, end), chunk in zip(example.window.ranges, example.gold, strict=True):
            gold[start:end] = chunk.cues != OUTSIDE
        (found,), (possible,) = decode_cues(tagger.parameters.cues, [encoded.cues], tagger.parameters.cue_bonus)
        for span in (*found, *possible):
            yield encoded.cue(span.start, span.end), bool(gold[span.start : span.end].any())


def add_speech_cues(about: Path, cues: Sequence[Cue], to: Path) -> None:
    """Fit what tells cues of speech from others, and write it into a model's `tagger.json` at `to`."""
    vectors, right = zip(*cues, strict=True)
    weight, bias = logistic_regression(np.array(vectors, np.float64), np.array(right))
    rounded = np.round(weight, 5).tolist()
    held = json.loads(about.read_text("utf-8")) | {"speech": {"weight": rounded, "bias": round(bias, 5)}}
    to.write_text(json.dumps(held) + "\n", encoding="utf-8")


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
