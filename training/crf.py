"""A linear-chain conditional random field over BIOES labels, with partial annotation and a teacher, as a loss.

The sum over all label sequences is a product of matrices, one a word. On a GPU they are multiplied pair by pair, so
that n words take log2(n) steps (a parallel scan, Blelloch 1990); on a CPU one after the other, which is less work. What
is expected of labels and steps are the sum's derivatives.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from onrecord.tagger.labels import allowed_transitions, label_count

#: What a product is divided by at least: a sequence whose every path is impossible has a total of about its logarithm.
LEAST = 1e-300


@dataclass(frozen=True)
class Lesson:
    """What teachers expect of the sequences of a batch, each sequence counted by its share.

    `labels`: (sequences, words, labels), how often each label is expected; `steps`: (from, to), summed over all;
    `share`: (sequences,), how much of what is to be learnt is the teachers', 1 where nothing is annotated.
    """

    labels: Tensor
    steps: Tensor
    share: Tensor


def log_totals(kinds: int, weights: Tensor, emissions: Tensor, lengths: Tensor, flags: Tensor | None = None) -> Tensor:
    """The logarithm of the summed weight of all legal label sequences: (sequences,), in float64.

    `weights`: (from, to) of the steps; `emissions`: (sequences, words, labels); `lengths`: (sequences,), at least 1;
    `flags`: as the emissions, false where a label is ruled out. Words past a length are not read.
    """
    allowed, start, end = (torch.from_numpy(flag).to(emissions.device) for flag in allowed_transitions(kinds))
    scores = emissions.double()
    top = scores.amax(-1, keepdim=True).detach()
    potentials = (scores - top).exp()
    if flags is not None:
        potentials = potentials * flags
    inside = torch.arange(scores.shape[1], device=scores.device)[None] < lengths[:, None]
    totals = (top[..., 0] * inside).sum(-1)
    steps = weights.double().exp() * allowed
    message = potentials[:, 0] * start
    if scores.shape[1] > 1:
        product = _in_pairs if scores.is_cuda else _in_order
        message, scales = product(message, steps, potentials[:, 1:], inside[:, 1:])
        totals = totals + scales
    return totals + (message * end).sum(-1).clamp_min(LEAST).log()


def _in_order(message: Tensor, steps: Tensor, potentials: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
    """The message (sequences, labels) behind the last word, and the logarithm of what it was divided by."""
    scales = torch.zeros(len(message), dtype=message.dtype, device=message.device)
    for here, within in zip(potentials.unbind(1), inside.unbind(1), strict=True):
        message = torch.where(within[:, None], (message @ steps) * here, message)
        largest = message.detach().amax(-1).clamp_min(LEAST)
        message, scales = message / largest[:, None], scales + largest.log()
    return message, scales


def _in_pairs(message: Tensor, steps: Tensor, potentials: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
    """The same in fewer and larger steps."""
    scales = torch.zeros(len(message), dtype=message.dtype, device=message.device)
    one = torch.eye(len(steps), dtype=steps.dtype, device=steps.device)
    products = torch.where(inside[:, :, None, None], steps * potentials[:, :, None], one)
    while products.shape[1] > 1:
        if products.shape[1] % 2:
            products = torch.cat([products, one.expand(len(products), 1, -1, -1)], 1)
        products = products[:, 0::2] @ products[:, 1::2]
        largest = products.detach().amax((-1, -2), keepdim=True).clamp_min(LEAST)
        products, scales = products / largest, scales + largest.log().sum((1, 2, 3))
    return (message[:, None] @ products[:, 0])[:, 0], scales


def expectations(
    kinds: int, weights: Tensor, emissions: Tensor, lengths: Tensor, counts: Tensor
) -> tuple[Tensor, Tensor]:
    """The expected labels (sequences, words, labels) and the expected steps (from, to), summed; each sequence counts
    as often as `counts` says."""
    with torch.enable_grad():
        scores, steps = emissions.detach().double().requires_grad_(), weights.detach().double().requires_grad_()
        total = (log_totals(kinds, steps, scores, lengths) * counts).sum()
        labels, pairs = torch.autograd.grad(total, (scores, steps))
    return labels, pairs


class ChainLoss(nn.Module):
    """Scores label sequences; illegal ones are ruled out, the weights of legal steps are learnt."""

    def __init__(self, kinds: int) -> None:
        super().__init__()
        self.kinds = kinds
        self.steps = nn.Parameter(torch.zeros(label_count(kinds), label_count(kinds)))

    def loss(self, emissions: Tensor, lengths: Tensor, gold: Tensor, lesson: Lesson | None = None) -> Tensor:
        """Summed negative log likelihood of the gold; with a lesson, of what the teachers expect in its place.

        `emissions`: (sequences, words, labels), float; `lengths`: (sequences,), at least 1; `gold`: (sequences,
        words, labels), true where the annotation allows the label. Words past a length are not read.
        """
        free = log_totals(self.kinds, self.steps, emissions, lengths)
        bound = log_totals(self.kinds, self.steps, emissions, lengths, gold)
        if lesson is None:
            return (free - bound).sum()
        taught = (lesson.labels * emissions).sum() + (lesson.steps * self.steps).sum()
        return free.sum() - (bound * (1 - lesson.share)).sum() - taught
