"""Products in int8, with an eye on what they multiply: half the error of plain rounding.

Activations have one scale for a whole window, weights one for each output. Two things are done before:

- Channels that run far beyond the others would take their digits. They are divided down before the product, and the
  weights that read them are multiplied up (SmoothQuant, Xiao et al. 2023; here by the channel's own size alone).
- Weights are rounded one input channel after the other, and the error that one leaves is made good by those still to
  come, as far as their inputs go together (GPTQ, Frantar et al. 2023).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.corpora import GoldDocument
from training.examples import Example, read_documents, to_batch, windows_of_epoch
from training.minilm import load_pieces
from training.network import Network
from training.reading import word_vectors

#: Weights keep 7 bits: on CPUs without VNNI, products of 8 bits by 8 overflow 16-bit sums and results would differ.
WEIGHT_TOP = 63
#: The products whose inputs are evened out. That of the attention's output has even inputs as it is.
EVENED = ("qkv", "up", "down")
PRODUCTS = (*EVENED, "out")
#: How much of a channel's excess over the median channel is taken away: the method's middle way.
MIGRATION = 0.5
#: Added to the diagonal, as a share of its mean, so that channels that are never used do no harm; GPTQ's own.
DAMPING = 0.01
#: Windows to look at, from so many documents: more changes nothing.
WINDOWS, DOCUMENTS = 250, 120


@dataclass(frozen=True)
class Observed:
    """The inputs of a product over some windows: the largest magnitude of each channel (inputs,), and the summed
    products of the channels with each other (inputs, inputs). `evened`: whether large channels are divided down."""

    top: np.ndarray
    moments: np.ndarray
    evened: bool

    @property
    def divisor(self) -> np.ndarray:
        """(inputs,); 1 for a channel no larger than the median one."""
        if not self.evened:
            return np.ones_like(self.top)
        divisor: np.ndarray = np.maximum(1.0, self.top / max(float(np.median(self.top)), 1e-9)) ** MIGRATION
        return divisor.astype(np.float32)


@dataclass(frozen=True)
class Quantised:
    """int8 `values` (inputs, outputs) and `scales` (outputs,) of weights for inputs divided by `divisor` (inputs,)."""

    values: np.ndarray
    scales: np.ndarray
    divisor: np.ndarray | None


def some_windows(documents: Sequence[GoldDocument], seed: int) -> list[Example]:
    """Windows from all over the documents."""
    rng = random.Random(seed)  # noqa: S311 - reproducible
    chosen = rng.sample(list(documents), min(DOCUMENTS, len(documents)))
    windows = windows_of_epoch(read_documents(chosen, load_pieces()), rng)
    return rng.sample(windows, min(WINDOWS, len(windows)))


def observe(network: Network, examples: Sequence[Example]) -> dict[str, Observed]:
    """The inputs of each product of the encoder, by the product's name."""
    tops: dict[str, Tensor] = {}
    moments: dict[str, Tensor] = {}

    def watch(name: str) -> Any:
        def see(_module: Any, inputs: tuple[Tensor, ...]) -> None:
            rows = inputs[0].detach().flatten(0, -2)
            top, product = rows.abs().amax(0), rows.T @ rows
            tops[name] = torch.maximum(tops[name], top) if name in tops else top
            moments[name] = moments[name] + product if name in moments else product

        return see

    modules = dict(network.named_modules())
    names = [f"layers.{i}.{product}" for i in range(len(network.layers)) for product in PRODUCTS]
    hooks = [modules[name].register_forward_pre_hook(watch(name)) for name in names]
    network.eval()
    with torch.no_grad():
        for example in examples:
            word_vectors(network, to_batch([example], None))
    for hook in hooks:
        hook.remove()
    return {name: Observed(tops[name].numpy(), moments[name].numpy(), name.endswith(EVENED)) for name in names}


def quantise(weight: np.ndarray, observed: Observed | None) -> Quantised:
    """`weight`: (inputs, outputs). Without an observation it is rounded plainly."""
    if observed is None:
        scales = _scales(weight)
        return Quantised(_whole(weight / scales).astype(np.int8), scales, None)
    divisor = observed.divisor
    weight = weight * divisor[:, None]
    scales = _scales(weight)
    values = _rounded(weight, observed.moments / np.outer(divisor, divisor), scales)
    return Quantised(values, scales, divisor if observed.evened else None)


def _scales(weight: np.ndarray) -> np.ndarray:
    scales: np.ndarray = (np.maximum(np.abs(weight).max(0), 1e-12) / WEIGHT_TOP).astype(np.float32)
    return scales


def _whole(steps: np.ndarray) -> np.ndarray:
    whole: np.ndarray = np.clip(np.round(steps), -WEIGHT_TOP, WEIGHT_TOP)
    return whole


def _rounded(weight: np.ndarray, moments: np.ndarray, scales: np.ndarray) -> np.ndarray:
    order = np.argsort(-np.diag(moments), kind="stable")
    damped = moments[np.ix_(order, order)].astype(np.float64)
    damped[np.diag_indices_from(damped)] += DAMPING * np.diag(damped).mean() + 1e-9
    upper = np.linalg.cholesky(np.linalg.inv(damped)).T
    left = weight[order].astype(np.float64)
    steps = np.zeros_like(left)
    for i in range(len(left)):
        steps[i] = _whole(left[i] / scales)
        error = (left[i] - steps[i] * scales) / upper[i, i]
        left[i + 1 :] -= np.outer(upper[i, i + 1 :], error)
    out = np.zeros(weight.shape, np.int8)
    out[order] = steps
    return out
