"""A linear-chain conditional random field over BIOES labels, with partial annotation, as a loss."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.tagger.chain import Chain, Lattice, lattice, potentials_of
from onrecord.tagger.labels import label_count


def _gradients(chain: Chain, held: Lattice, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The expected labels (sequences, words, labels) and the expected steps (from, to), summed."""
    inside = np.arange(held.forward.shape[1])[None] < lengths[:, None]
    marginals = np.where(inside[..., None], held.marginals(), 0.0)
    before = held.forward[:, :-1]
    after = held.potentials[:, 1:] * held.backward[:, 1:]
    totals = ((before @ chain.steps) * after).sum(-1)
    scale = np.where(inside[:, 1:], 1 / np.maximum(totals, 1e-300), 0.0)
    labels = before.shape[-1]
    steps = before.reshape(-1, labels).T @ (after * scale[..., None]).reshape(-1, labels)
    return marginals, steps * chain.steps


class _Loss(torch.autograd.Function):
    """Forward-backward in NumPy: hundreds of small steps, which PyTorch's threads only slow down."""

    @staticmethod
    def forward(ctx: Any, emissions: Tensor, weights: Tensor, lengths: Tensor, gold: Tensor, kinds: int) -> Tensor:
        chain = Chain.of(kinds, weights.detach().numpy())
        sizes = lengths.numpy()
        potentials, scales = potentials_of(emissions.detach().numpy())
        free = lattice(chain, potentials, scales, sizes)
        bound = lattice(chain, potentials * gold.numpy(), scales, sizes)
        free_labels, free_steps = _gradients(chain, free, sizes)
        bound_labels, bound_steps = _gradients(chain, bound, sizes)
        ctx.save_for_backward(
            torch.from_numpy(free_labels - bound_labels).float(), torch.from_numpy(free_steps - bound_steps).float()
        )
        return torch.tensor(float((free.log_total - bound.log_total).sum()))

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        labels, steps = ctx.saved_tensors
        return labels * grads[0], steps * grads[0], None, None, None


class ChainLoss(nn.Module):
    """Scores label sequences; illegal ones are ruled out, the weights of legal steps are learnt."""

    def __init__(self, kinds: int) -> None:
        super().__init__()
        self.kinds = kinds
        self.steps = nn.Parameter(torch.zeros(label_count(kinds), label_count(kinds)))

    def loss(self, emissions: Tensor, lengths: Tensor, gold: Tensor) -> Tensor:
        """Summed negative log likelihood.

        `emissions`: (sequences, words, labels), float; `lengths`: (sequences,), at least 1; `gold`: (sequences,
        words, labels), true where the annotation allows the label. Words past a length are not read.
        """
        total: Tensor = _Loss.apply(emissions, self.steps, lengths, gold, self.kinds)
        return total
