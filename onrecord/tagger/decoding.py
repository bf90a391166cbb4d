"""From label scores to spans with probabilities: best paths of the three chains, and what each span's path weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.tagger.chain import Chain, Lattice, best_paths, lattice, log_totals, potentials_of
from onrecord.tagger.labels import OUTSIDE, span_labels, spans_of

#: kinds in `LINK_KINDS`
SOURCE, CONTENT = 0, 1


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """Words `start` to `end` (exclusive) of a kind; the probability of just this span, and of it under each kind."""

    start: int
    end: int
    kind: int
    probability: float
    by_kind: tuple[float, ...]


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


def decode_spans(chain: Chain, rows: Sequence[NDArray[np.float32]]) -> list[list[FoundSpan]]:
    """The best legal label sequence of each row as spans."""
    if not rows:
        return []
    paths, held = _decoded(chain, rows)
    return [[_found(chain, held, i, *span) for span in spans_of(path)] for i, path in enumerate(paths)]


def _decoded(
    chain: Chain, rows: Sequence[NDArray[np.float32]], bonus: float = 0.0
) -> tuple[list[NDArray[np.int64]], Lattice]:
    """The best legal label sequence of each row, and what the probabilities of spans are read from.

    `bonus` on every label but outside makes the sequences hold more spans.
    """
    scores, lengths = pad(rows)
    paths = best_paths(chain, scores + bonus * (np.arange(scores.shape[-1]) != OUTSIDE), lengths)
    best = [path[:length] for path, length in zip(paths, lengths, strict=True)]
    return best, lattice(chain, *potentials_of(scores), lengths)


#: From this probability on that a word belongs to a cue, a word that is not in the best path is a possible one.
POSSIBLE_FROM = 0.05
#: Neighbours of the likeliest word of a possible cue belong to it if they are at least so likely, as a share of it.
_ALIKE = 0.4


def decode_cues(
    chain: Chain, rows: Sequence[NDArray[np.float32]], bonus: float = 0.0
) -> tuple[list[list[FoundSpan]], list[list[FoundSpan]]]:
    """For each row the spans of its best legal label sequence, and the possible ones that lie outside of these.

    `bonus` on every label but outside makes it find more.
    """
    if not rows:
        return [], []
    paths, held = _decoded(chain, rows, bonus)
    found, possible = [], []
    for i, path in enumerate(paths):
        found.append([_found(chain, held, i, *span) for span in spans_of(path)])
        likely = np.where(path == OUTSIDE, 1 - held.marginals_of(i)[: len(path), OUTSIDE], 0.0)
        possible.append([_found(chain, held, i, start, end, 0) for start, end in peaks(likely)])
    return found, possible


def peaks(likely: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Ranges of words around those that are likeliest, none beside another, in order.

    >>> peaks(np.array([0.0, 0.01, 0.05, 0.2, 0.01, 0.0]))
    [(3, 4)]
    """
    free = likely >= POSSIBLE_FROM
    ranges = []
    for word in np.argsort(-likely, kind="stable"):
        if not free[word]:
            continue
        alike = free & (likely >= _ALIKE * likely[word])
        start, end = int(word), int(word) + 1
        while start > 0 and alike[start - 1]:
            start -= 1
        while end < len(likely) and alike[end]:
            end += 1
        free[max(0, start - 1) : end + 1] = False
        ranges.append((start, end))
    return sorted(ranges)


def _found(chain: Chain, held: Lattice, row: int, start: int, end: int, kind: int) -> FoundSpan:
    by_kind = span_probabilities(chain, held, row, start, end)
    return FoundSpan(start, end, kind, by_kind[kind], by_kind)


def span_probabilities(chain: Chain, held: Lattice, row: int, start: int, end: int) -> tuple[float, ...]:
    """The probability that just these words are a span, for each kind of span."""
    kinds = (held.forward.shape[-1] - 1) // 4
    paths = np.array([span_labels(kind, end - start) for kind in range(kinds)])
    first = held.forward[row, start] * held.backward[row, start]
    shares = first[paths[:, 0]] / max(first.sum(), 1e-300)
    for t in range(start + 1, end):
        weights = held.potentials[row, t] * held.backward[row, t]
        before, now = paths[:, t - start - 1], paths[:, t - start]
        shares = shares * chain.steps[before, now] * weights[now] / np.maximum(chain.steps[before] @ weights, 1e-300)
    return tuple(float(share) for share in shares)


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
