"""A linear-chain conditional random field over BIOES labels, with partial annotation and a teacher, as a loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from onrecord.tagger.chain import Chain, Lattice, lattice, potentials_of
from onrecord.tagger.labels import label_count


@dataclass(frozen=True)
class Lesson:
    """What a teacher says of the sequences of a batch.

    `scores`: its emissions (sequences, words, labels); `chain`: its steps; `share`: (sequences,), how much of what is
    to be learnt is the teacher's, 1 where nothing is annotated.
    """

    scores: np.ndarray
    chain: Chain
    share: np.ndarray


def _expected(chain: Chain, held: Lattice, lengths: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The expected labels (sequences, words, labels) and the expected steps (from, to), summed; each sequence counts
    as often as `counts` says."""
    inside = (np.arange(held.forward.shape[1])[None] < lengths[:, None]) * counts[:, None]
    marginals = held.marginals() * inside[..., None]
    before = held.forward[:, :-1]
    after = held.potentials[:, 1:] * held.backward[:, 1:]
    totals = ((before @ chain.steps) * after).sum(-1)
    scale = inside[:, 1:] / np.maximum(totals, 1e-300)
    labels = before.shape[-1]
    steps = before.reshape(-1, labels).T @ (after * scale[..., None]).reshape(-1, labels)
    return marginals, steps * chain.steps


class _Loss(torch.autograd.Function):
    """Forward-backward in NumPy: hundreds of small steps, which PyTorch's threads only slow down."""

    @staticmethod
    def forward(
        ctx: Any,
        emissions: Tensor,
        weights: Tensor,
        lengths: Tensor,
        gold: Tensor,
        kinds: int,
        lesson: Lesson | None,
    ) -> Tensor:
        chain, scores = Chain.of(kinds, weights.detach().numpy()), emissions.detach().numpy()
        sizes = lengths.numpy()
        all_of_each = np.ones(len(sizes))
        potentials, scales = potentials_of(scores)
        free = lattice(chain, potentials, scales, sizes)
        labels, steps = _expected(chain, free, sizes, all_of_each)
        total = free.log_total.sum()
        own = all_of_each if lesson is None else 1 - lesson.share
        bound = lattice(chain, potentials * gold.numpy(), scales, sizes)
        wanted_labels, wanted_steps = _expected(chain, bound, sizes, own)
        total -= (bound.log_total * own).sum()
        if lesson is not None:
            taught = lattice(lesson.chain, *potentials_of(lesson.scores), sizes)
            taught_labels, taught_steps = _expected(lesson.chain, taught, sizes, lesson.share)
            total -= (taught_labels * scores).sum() + (taught_steps * weights.detach().numpy()).sum()
            wanted_labels, wanted_steps = wanted_labels + taught_labels, wanted_steps + taught_steps
        ctx.save_for_backward(
            torch.from_numpy(labels - wanted_labels).float(), torch.from_numpy(steps - wanted_steps).float()
        )
        return torch.tensor(float(total))

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:
        labels, steps = ctx.saved_tensors
        return labels * grads[0], steps * grads[0], None, None, None, None


class ChainLoss(nn.Module):
    """Scores label sequences; illegal ones are ruled out, the weights of legal steps are learnt."""

    def __init__(self, kinds: int) -> None:
        super().__init__()
        self.kinds = kinds
        self.steps = nn.Parameter(torch.zeros(label_count(kinds), label_count(kinds)))

    def loss(self, emissions: Tensor, lengths: Tensor, gold: Tensor, lesson: Lesson | None = None) -> Tensor:
        """Summed negative log likelihood of the gold; with a lesson, of what the teacher expects in its place.

        `emissions`: (sequences, words, labels), float; `lengths`: (sequences,), at least 1; `gold`: (sequences,
        words, labels), true where the annotation allows the label. Words past a length are not read.
        """
        total: Tensor = _Loss.apply(emissions, self.steps, lengths, gold, self.kinds, lesson)
        return total
