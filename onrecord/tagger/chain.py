"""Linear-chain conditional random fields (Lafferty, McCallum and Pereira 2001): best path, totals and marginals.

All in float64 with scaling step by step, so that no sequence is too long; each row is computed from itself alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.tagger.labels import allowed_transitions

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chain:
    """Which labels follow which, and how readily: `steps` (from, to) is exp of the learnt weight, 0 where illegal."""

    steps: Reals
    start: Reals
    end: Reals

    @staticmethod
    def from_weights(kinds: int, weights: Sequence[Sequence[float]]) -> Chain:
        """From the learnt weights as a model folder keeps them."""
        return Chain.of(kinds, np.asarray(weights, np.float64))

    @staticmethod
    def of(kinds: int, weights: NDArray[np.floating]) -> Chain:
        allowed, start, end = allowed_transitions(kinds)
        return Chain(np.exp(weights.astype(np.float64)) * allowed, start.astype(np.float64), end.astype(np.float64))


@dataclass(frozen=True, slots=True)
class Lattice:
    """Forward and backward messages of several sequences, each scaled to sum one at every step.

    `potentials`, `forward`, `backward`: (sequences, words, labels); `log_total`: (sequences,); `norms`: (sequences,
    words), the scale taken out of `forward` at each step.
    """

    potentials: Reals
    forward: Reals
    backward: Reals
    norms: Reals
    log_total: Reals

    def marginals_of(self, row: int) -> Reals:
        """(words, labels) of one sequence."""
        product = self.forward[row] * self.backward[row]
        total = product.sum(-1, keepdims=True)
        marginals: Reals = product / np.where(total > 0, total, 1.0)
        return marginals

    def marginals(self) -> Reals:
        product = self.forward * self.backward
        total = product.sum(-1, keepdims=True)
        marginals: Reals = product / np.where(total > 0, total, 1.0)
        return marginals


def potentials_of(emissions: NDArray[np.floating]) -> tuple[Reals, Reals]:
    """exp of the scores, scaled to 1 at most at each word; and the logarithms of the scales."""
    scores = emissions.astype(np.float64)
    top = scores.max(-1, keepdims=True)
    return np.exp(scores - top), top[..., 0]


def _forward(chain: Chain, potentials: Reals) -> tuple[Reals, Reals]:
    """Forward messages, each scaled to sum one, and the scales."""
    count, words, _ = potentials.shape
    forward = np.zeros_like(potentials)
    norms = np.ones((count, words))
    message = potentials[:, 0] * chain.start
    for t in range(words):
        if t:
            message = (message @ chain.steps) * potentials[:, t]
        norm = message.sum(-1)
        norm = np.where(norm > 0, norm, 1.0)
        message = message / norm[:, None]
        forward[:, t] = message
        norms[:, t] = norm
    return forward, norms


def _log_total(chain: Chain, forward: Reals, norms: Reals, scales: Reals, lengths: NDArray[np.int64]) -> Reals:
    inside = np.arange(norms.shape[1])[None] < lengths[:, None]
    ended = (forward[np.arange(len(lengths)), lengths - 1] * chain.end).sum(-1)
    total: Reals = (np.log(norms) * inside).sum(-1) + (scales * inside).sum(-1) + np.log(np.maximum(ended, 1e-300))
    return total


def log_totals(chain: Chain, potentials: Reals, scales: Reals, lengths: NDArray[np.int64]) -> Reals:
    """The logarithm of the summed weight of all label sequences that have any. `lengths` at least 1.

    A sequence whose every path has a potential of zero counts as 1e-300 at most at each word.
    """
    return _log_total(chain, *_forward(chain, potentials), scales, lengths)


def lattice(chain: Chain, potentials: Reals, scales: Reals, lengths: NDArray[np.int64]) -> Lattice:
    """Forward and backward over sequences padded to one length. `lengths` at least 1."""
    count, words, _ = potentials.shape
    forward, norms = _forward(chain, potentials)
    backward = np.zeros_like(potentials)
    last = np.arange(words)[None] == (lengths - 1)[:, None]
    message = np.zeros((count, potentials.shape[-1]))
    for t in range(words - 1, -1, -1):
        if t < words - 1:
            message = (message * potentials[:, t + 1]) @ chain.steps.T
        message = np.where(last[:, t, None], chain.end, message)
        total = message.sum(-1, keepdims=True)
        message = message / np.where(total > 0, total, 1.0)
        backward[:, t] = message
    log_total = _log_total(chain, forward, norms, scales, lengths)
    return Lattice(potentials, forward, backward, norms, log_total)


def best_paths(chain: Chain, scores: Reals, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The best legal label sequence of each row (Viterbi 1967). `scores`: (sequences, words, labels), logarithms.

    Past a row's length the path is 0.
    """
    count, words, labels = scores.shape
    with np.errstate(divide="ignore"):
        steps, start, end = np.log(chain.steps), np.log(chain.start), np.log(chain.end)
    back = np.zeros((words, count, labels), np.int64)
    best = scores[:, 0] + start
    lasting = np.tile(np.arange(labels), (count, 1))
    for t in range(1, words):
        through = best[:, :, None] + steps[None]
        source = through.argmax(1)
        reached = through.max(1) + scores[:, t]
        running = (t < lengths)[:, None]
        best = np.where(running, reached, best)
        back[t] = np.where(running, source, lasting)
    at = (best + end).argmax(1)
    paths = np.zeros((count, words), np.int64)
    rows = np.arange(count)
    for t in range(words - 1, -1, -1):
        paths[:, t] = np.where(t < lengths, at, 0)
        at = back[t, rows, at]
    return paths
