"""How right the labeller is on pages that its models have not seen: bodies and headlines, by style of dump."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from training.layout_gold import shingles
from training.layout_pages import Page


def body_scores(pages: Sequence[Page], folds: Sequence[int] = (0, 1, 2, 3)) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 (of the means over pages) of bodies by style; "unworded" of those without words.

    Pages of which recurring lines are known are left out: which ones are was drawn by the gold.
    """
    found: dict[str, list[tuple[float, float]]] = {}
    for page in pages:
        gold = page.example
        if page.fold not in folds or gold.of_site is not None:
            continue
        wanted = shingles(" ".join(p.plain for p, y in zip(gold.parts, gold.body, strict=True) if y >= 0.5))
        given = shingles(
            " ".join(p.plain for p, y, b in zip(gold.parts, page.body, gold.body, strict=True) if y >= 0.5 and b >= 0)
        )
        both = (wanted & given).total()
        if wanted and given:
            style = "unworded" if page.masked else gold.style
            found.setdefault(style, []).append((both / given.total(), both / wanted.total()))
    scores = {}
    for style, pairs in found.items():
        precision, recall = np.mean(pairs, axis=0)
        scores[style] = tuple(
            round(100 * float(x), 1) for x in (precision, recall, 2 * precision * recall / (precision + recall))
        )
    return scores  # type: ignore[return-value]


def headline_scores(pages: Sequence[Page], folds: Sequence[int] = (0, 1, 2, 3)) -> dict[str, float]:
    """How often the likeliest line is the headline, of pages that print it in a line: by style and known address."""
    right: dict[str, list[bool]] = {}
    for page in pages:
        gold = page.example.headline
        if page.fold not in folds or gold is None or not gold.any() or not page.headline:
            continue
        for known, probabilities in page.headline.items():
            key = f"{page.example.style}, address {'known' if known else 'unknown'}"
            right.setdefault(key, []).append(bool(gold[int(np.argmax(probabilities))]))
    return {key: round(100 * float(np.mean(values)), 1) for key, values in sorted(right.items())}
