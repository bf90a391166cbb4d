"""Weighs the type of a name with the evidence of its other occurrences in the article.

A name stands several times in an article, with better evidence at one place than at another: "Arequipa" in "the city of
Arequipa", "Tarn" in "Ilse Tarn". Each occurrence takes the others' evidence into account (as the second pass of
Krishnan and Manning 2006, on types alone).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.document.article import EntityType
from onrecord.tagger.labels import NAME_KINDS

Reals = NDArray[np.float64]

PERSON = NAME_KINDS.index(EntityType.PERSON)
FLOOR = 1e-3


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """A name as found: its place, and the probability of this span under each type (in the order of NAME_KINDS)."""

    start: int
    end: int
    words: tuple[str, ...]
    by_kind: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the mean evidence of other occurrences counts beside a name's own, and that of fuller names."""

    same: float
    part: float


def agreed_kinds(names: Sequence[NameEvidence], weights: Weights) -> list[tuple[int, float]]:
    """For each name of one article, its type (index in NAME_KINDS) and the probability of span and type."""
    if not names:
        return []
    found = np.array([name.by_kind for name in names])
    edges = found.sum(1)
    own = np.log(np.maximum(found / np.maximum(edges, 1e-12)[:, None], FLOOR))
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        places[name.words].append(i)
    sums = {words: own[held].sum(0) for words, held in places.items()}
    fuller = _people_by_part(names, own)
    out = []
    for i, name in enumerate(names):
        others = len(places[name.words]) - 1
        evidence = own[i].copy()
        if others:
            evidence += weights.same * (sums[name.words] - own[i]) / np.sqrt(others)
        if len(name.words) == 1 and name.words[0] in fuller:
            evidence += weights.part * fuller[name.words[0]]
        shares = np.exp(evidence - evidence.max())
        shares /= shares.sum()
        kind = int(shares.argmax())
        out.append((kind, float(shares[kind] * min(1.0, edges[i]))))
    return out


def _people_by_part(names: Sequence[NameEvidence], own: Reals) -> dict[str, Reals]:
    """For the last word of each person's full name, the mean evidence of these names."""
    held: dict[str, list[Reals]] = defaultdict(list)
    for name, evidence in zip(names, own, strict=True):
        if len(name.words) > 1 and int(evidence.argmax()) == PERSON:
            held[name.words[-1]].append(evidence)
    return {word: np.mean(rows, 0) for word, rows in held.items()}
