"""The cues of a batch, each with the words around it: what the linking head learns from."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.tagger.labels import LINK_KINDS, OUTSIDE, label_count
from onrecord.tagger.linking import distance_classes
from training.examples import Batch


@dataclass
class LinkBatch:
    """Cues as rows: where their chunk's words are among all words of the batch (row * words + word), and gold.

    `annotated`: false for a cue that only a teacher sees, whose gold allows everything.
    """

    place: Tensor
    first: Tensor
    last: Tensor
    distance: Tensor
    quotation: Tensor
    lengths: Tensor
    gold: Tensor
    annotated: Tensor


#: Widths (words) up to which cues are read together; padding every chunk to the longest would double the work.
LINK_WIDTHS = (32, 48, 72, 110, 1000)
#: At most so many wrong cues for each right one.
WRONG_SHARE = 0.25


@dataclass(frozen=True)
class _LinkRow:
    """A cue to read from: window, words of its chunk in it, the cue's words in the chunk, gold labels if any."""

    window: int
    start: int
    end: int
    cue_start: int
    cue_end: int
    labels: NDArray[np.int64] | None


def link_batches(
    batch: Batch, predicted: NDArray[np.bool_] | None, rng: random.Random, taught: NDArray[np.bool_] | None = None
) -> list[LinkBatch]:
    """The gold cues of a batch, and words that look like cues but are not (`predicted`: windows × words).

    Where no attributions are annotated, the cues that a teacher sees (`taught`: windows × words).
    """
    rows, wrong, unannotated = [], [], []
    for window, example in enumerate(batch.examples):
        for (a, b), gold in zip(example.window.ranges, example.gold, strict=True):
            if gold.cues is None:
                if taught is not None:
                    unannotated += [_LinkRow(window, a, b, s, e, None) for s, e in _runs(taught[window, a:b])]
                continue
            rows += [_LinkRow(window, a, b, link.start, link.end, link.labels) for link in gold.links]
            if predicted is not None:
                runs = _runs(predicted[window, a:b] & (gold.cues == OUTSIDE))
                wrong += [_LinkRow(window, a, b, s, e, np.full(b - a, OUTSIDE)) for s, e in runs]
    rows += rng.sample(wrong, min(len(wrong), round(WRONG_SHARE * len(rows))))
    rows += unannotated
    widths = np.digitize([row.end - row.start for row in rows], LINK_WIDTHS, right=True)
    return [
        _link_batch(batch, [row for row, width in zip(rows, widths, strict=True) if width == kind])
        for kind in sorted(set(widths.tolist()))
    ]


def _link_batch(batch: Batch, rows: Sequence[_LinkRow]) -> LinkBatch:
    most = batch.first.shape[1]
    width = max(row.end - row.start for row in rows)
    gold_flags = np.zeros((len(rows), width, label_count(len(LINK_KINDS))), bool)
    place = np.zeros((len(rows), width), np.int64)
    distance = np.zeros((len(rows), width), np.int64)
    for i, row in enumerate(rows):
        words = row.end - row.start
        place[i, :words] = row.window * most + np.arange(row.start, row.end)
        distance[i, :words] = distance_classes(words, row.cue_start, row.cue_end)
        if row.labels is None:
            gold_flags[i, :words] = True
        else:
            gold_flags[i, np.arange(words), row.labels] = True
    placed = torch.from_numpy(place)
    origin = [row.window * most + row.start for row in rows]
    return LinkBatch(
        placed,
        torch.tensor([at + row.cue_start for at, row in zip(origin, rows, strict=True)]),
        torch.tensor([at + row.cue_end - 1 for at, row in zip(origin, rows, strict=True)]),
        torch.from_numpy(distance),
        batch.word_quotation.reshape(-1)[placed],
        torch.tensor([row.end - row.start for row in rows]),
        torch.from_numpy(gold_flags),
        torch.tensor([row.labels is not None for row in rows]),
    )


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
