"""From label scores to spans with probabilities: best paths of the three chains, and what each span's path weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.tagger.chain import Chain, Lattice, best_paths, lattice, log_totals, potentials_of
from onrecord.tagger.labels import OUTSIDE, spans_of

#: kinds in `LINK_KINDS`
SOURCE, CONTENT = 0, 1


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """Words `start` to `end` (exclusive) of a kind, and the probability of just this span."""

    start: int
    end: int
    kind: int
    probability: float


@dataclass(frozen=True, slots=True)
class FoundLink:
    """What belongs to a cue: source and content as word ranges, and the probabilities of each and of all at once."""

    source: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    source_probability: float
    content_probability: float
    probability: float


def pad(rows: Sequence[NDArray[np.float32]]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Score rows of several lengths as one array (rows, longest, labels), and the lengths."""
    lengths = np.array([len(row) for row in rows], np.int64)
    out = np.zeros((len(rows), int(lengths.max()), rows[0].shape[-1]))
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out, lengths


def decode_spans(chain: Chain, rows: Sequence[NDArray[np.float32]], bonus: float = 0.0) -> list[list[FoundSpan]]:
    """The best legal label sequence of each row as spans. `bonus` on every label but outside makes it find more."""
    if not rows:
        return []
    scores, lengths = pad(rows)
    paths = best_paths(chain, scores + bonus * (np.arange(scores.shape[-1]) != OUTSIDE), lengths)
    held = lattice(chain, *potentials_of(scores), lengths)
    found = []
    for i, length in enumerate(lengths):
        path = paths[i, :length]
        conditionals = path_conditionals(chain, held, i, path)
        marginals = held.marginals_of(i)
        found.append(
            [
                FoundSpan(a, b, kind, float(marginals[a, path[a]] * np.prod(conditionals[a + 1 : b])))
                for a, b, kind in spans_of(path)
            ]
        )
    return found


def path_conditionals(chain: Chain, held: Lattice, row: int, path: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of each word's label on a path, the probability given the label before; of the first, its own."""
    length = len(path)
    weights = held.potentials[row, :length] * held.backward[row, :length]
    before = np.concatenate([chain.start[None], chain.steps[path[:-1]]])
    possible = before * weights
    total = possible.sum(-1)
    chosen = possible[np.arange(length), path]
    shares: NDArray[np.float64] = np.divide(chosen, total, out=np.zeros(length), where=total > 0)
    return shares


def decode_links(chain: Chain, rows: Sequence[NDArray[np.float32]]) -> list[FoundLink]:
    """The best legal labelling of the words around each cue."""
    if not rows:
        return []
    scores, lengths = pad(rows)
    paths = best_paths(chain, scores, lengths)
    potentials, scales = potentials_of(scores)
    free = log_totals(chain, potentials, scales, lengths)
    labels = np.arange(scores.shape[-1])
    kind_of = np.where(labels == OUTSIDE, -1, (labels - 1) // 4)
    shares = {}
    for kind in (SOURCE, CONTENT):
        agree = agreement(paths, labels, kind_of, kind)
        shares[kind] = np.exp(log_totals(chain, potentials * agree, scales, lengths) - free)
    exact = np.exp(log_totals(chain, potentials * (labels == paths[..., None]), scales, lengths) - free)
    return [
        _link(paths[i, :length], float(shares[SOURCE][i]), float(shares[CONTENT][i]), float(exact[i]))
        for i, length in enumerate(lengths)
    ]


def agreement(
    paths: NDArray[np.int64], labels: NDArray[np.int64], kind_of: NDArray[np.int64], kind: int
) -> NDArray[np.bool_]:
    """(rows, words, labels): the labels that leave a path's spans of one kind as they are."""
    same = labels == paths[..., None]
    of_kind = kind_of[paths] == kind
    kept: NDArray[np.bool_] = np.where(of_kind[..., None], same, kind_of != kind)
    return kept


def _link(path: NDArray[np.int64], source_share: float, content_share: float, exact: float) -> FoundLink:
    spans = spans_of(path)
    sources = [(a, b) for a, b, kind in spans if kind == SOURCE]
    content = tuple((a, b) for a, b, kind in spans if kind == CONTENT)
    source = max(sources, key=lambda s: s[1] - s[0]) if sources else None
    return FoundLink(source, content, source_share, content_share, exact)
