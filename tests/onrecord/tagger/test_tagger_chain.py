"""Chains against sums and maxima over every label sequence."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.tagger.chain import Chain, best_paths, lattice, log_totals, potentials_of
from onrecord.tagger.decoding import POSSIBLE_FROM, decode_cues, decode_links, decode_spans, peaks
from onrecord.tagger.labels import allowed_transitions, label_count, span_labels, spans_of

KINDS = 2
LABELS = label_count(KINDS)


def legal_paths(length: int) -> list[tuple[int, ...]]:
    allowed, start, end = allowed_transitions(KINDS)
    return [
        path
        for path in itertools.product(range(LABELS), repeat=length)
        if start[path[0]] and end[path[-1]] and all(allowed[a, b] for a, b in itertools.pairwise(path))
    ]


def score(path: tuple[int, ...], scores: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    steps = sum(weights[a, b] for a, b in itertools.pairwise(path))
    return float(steps + sum(scores[t, label] for t, label in enumerate(path)))


@pytest.fixture(params=range(4))
def case(request: pytest.FixtureRequest) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    draw = np.random.default_rng(request.param)
    return draw.normal(size=(4, LABELS)) * 2, draw.normal(size=(LABELS, LABELS))


def test_best_path_and_total(case: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    scores, weights = case
    chain = Chain.of(KINDS, weights)
    paths = legal_paths(4)
    values = np.array([score(p, scores, weights) for p in paths])
    lengths = np.array([4])
    assert tuple(best_paths(chain, scores[None], lengths)[0]) == paths[int(values.argmax())]
    assert log_totals(chain, *potentials_of(scores[None]), lengths)[0] == pytest.approx(np.log(np.exp(values).sum()))


def test_marginals(case: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    scores, weights = case
    chain = Chain.of(KINDS, weights)
    expected = np.zeros((4, LABELS))
    for path in legal_paths(4):
        for t, label in enumerate(path):
            expected[t, label] += np.exp(score(path, scores, weights))
    expected /= expected[0].sum()
    held = lattice(chain, *potentials_of(scores[None]), np.array([4]))
    np.testing.assert_allclose(held.marginals_of(0), expected, atol=1e-9)


def test_the_probability_of_a_span_is_that_of_all_sequences_with_it(
    case: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    scores, weights = case
    weight_of = {p: np.exp(score(p, scores, weights)) for p in legal_paths(4)}
    total = sum(weight_of.values())
    for span in decode_spans(Chain.of(KINDS, weights), [scores.astype(np.float32)])[0]:
        wanted = (span.start, span.end, span.kind)
        share = sum(w for p, w in weight_of.items() if wanted in spans_of(list(p))) / total
        assert span.probability == pytest.approx(share, abs=1e-5)


def test_the_probabilities_of_a_link(case: tuple[NDArray[np.float64], NDArray[np.float64]]) -> None:
    scores, weights = case
    weight_of = {p: np.exp(score(p, scores, weights)) for p in legal_paths(4)}
    total = sum(weight_of.values())
    best = max(weight_of, key=lambda p: weight_of[p])
    (link,) = decode_links(Chain.of(KINDS, weights), [scores.astype(np.float32)])
    of_kind = [[(a, b) for a, b, k in spans_of(list(best)) if k == kind] for kind in range(KINDS)]

    def share(kind: int) -> float:
        same = (w for p, w in weight_of.items() if [s[:2] for s in spans_of(list(p)) if s[2] == kind] == of_kind[kind])
        return float(sum(same) / total)

    assert link.probability == pytest.approx(weight_of[best] / total, abs=1e-5)
    assert link.source_probability == pytest.approx(share(0), abs=1e-5)
    assert link.content_probability == pytest.approx(share(1), abs=1e-5)
    assert list(link.content) == of_kind[1]


def test_rows_of_several_lengths_are_read_each_for_itself() -> None:
    draw = np.random.default_rng(0)
    chain = Chain.of(KINDS, draw.normal(size=(LABELS, LABELS)))
    rows = [draw.normal(size=(n, LABELS)).astype(np.float32) * 3 for n in (1, 7, 30, 2)]
    together = decode_spans(chain, rows)
    alone = [decode_spans(chain, [row])[0] for row in rows]
    for a, b in zip(together, alone, strict=True):
        assert [(s.start, s.end, s.kind) for s in a] == [(s.start, s.end, s.kind) for s in b]
        assert [s.probability for s in a] == pytest.approx([s.probability for s in b])


def test_a_long_row_neither_over_nor_underflows() -> None:
    draw = np.random.default_rng(1)
    chain = Chain.of(KINDS, draw.normal(size=(LABELS, LABELS)))
    scores = (draw.normal(size=(1, 5000, LABELS)) * 30).astype(np.float32)
    assert np.isfinite(log_totals(chain, *potentials_of(scores), np.array([5000]))).all()
    assert all(0 <= span.probability <= 1.000001 for span in decode_spans(chain, list(scores))[0])


def test_labels_and_spans_are_inverse() -> None:
    path = [0, *span_labels(1, 3), *span_labels(0, 1), *span_labels(0, 2), 0]
    assert spans_of(path) == [(1, 4, 1), (4, 5, 0), (5, 7, 0)]


def test_possible_cues_lie_outside_of_those_that_are_found(
    case: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    scores, weights = case
    chain = Chain.of(KINDS, weights)
    rows = [scores.astype(np.float32)]
    found, possible = decode_cues(chain, rows)
    assert found == decode_spans(chain, rows)
    taken = {word for span in found[0] for word in range(span.start, span.end)}
    assert all(taken.isdisjoint(range(span.start, span.end)) for span in possible[0])
    assert decode_cues(chain, []) == ([], [])


def test_peaks_are_the_likeliest_words_with_those_beside_them_that_are_alike() -> None:
    assert peaks(np.array([0.0, 0.2, 0.1, 0.01, 0.0, 0.05])) == [(1, 3), (5, 6)]
    assert peaks(np.array([0.9 * POSSIBLE_FROM, 0.0])) == []
    assert peaks(np.array([0.1, 0.02, 0.1])) == [(0, 1), (2, 3)]
