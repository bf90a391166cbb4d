"""Fit the confidence of quotes: scores and circumstances to the share that is right, on articles put aside.

    python -m training.quotes_confidence CORPORA [--weights FOLDER] [--seed 7] [--aside 0.04]

Seed and share must be those with which the tagger was trained, so that the articles are ones that it has not seen
(a tagger is surer of its training data than it should be). Writes onrecord/quotes/speaker/confidence.yaml, prints the
calibration error by cross-validation over the articles.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from onrecord.coreference import find_mentions
from onrecord.document.article import Block, BlockKind, Publication, Tagging
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.find import read_drafts
from onrecord.quotes.speaker.confidence import features
from onrecord.tagger.default import NetworkTagger, default_tagger
from onrecord.tagger.protocol import Passages
from training.corpora import Document, read_corpora
from training.quote_matching import calibration_error, continued, matched, right, triple

TARGET = Path(__file__).parent.parent / "onrecord/quotes/speaker/confidence.yaml"
RIDGE = 1.0  # draws weights towards those of the tagger's own score alone
FOLDS = 5

Row = tuple[dict[str, float], bool]


def rows_of(document: Document, tagger: NetworkTagger) -> Iterator[Row]:
    """The features of each quote found in an article, and whether it is right.

    The article is read twice: with the tagger's attributions, and without, as by plain patterns alone.
    """
    text, publication = document.text, Publication()
    blocks = tuple(Block(BlockKind.PARAGRAPH, p.start, p.end) for p in document.passages)
    tagging = tagger.tag([Passages(text, document.passages)])[0]
    mentions = find_mentions(text, blocks, tagging.names, publication)
    golds = [triple(text, a.source, a.cue, a.content) for a in document.attributions or () if a.content]
    for given in (tagging, Tagging(tagging.names)):
        reading = read_drafts(text, blocks, given, mentions, publication)
        found = [triple(text, [d.source], [d.cue], d.contents) for d in reading.drafts]
        hits = set(matched(golds, found, right).values())
        for index, (draft, speaker) in enumerate(zip(reading.drafts, reading.who.speakers, strict=True)):
            goes_on = draft.floor is not None and continued(golds, found[index], found[_giver(reading.drafts, index)])
            yield features(draft, speaker), index in hits or goes_on


def _giver(drafts: Sequence[Draft], index: int) -> int:
    """The draft with a source at the end of a chain of floors."""
    floor = drafts[index].floor
    return index if floor is None else _giver(drafts, floor)


def fitted(rows: Sequence[Row], rounds: int = 60) -> dict[str, float]:
    """The likeliest logistic weights under a ridge, by Newton's method."""
    names = sorted({name for row, _ in rows for name in row})
    design = np.array([[row.get(name, 0.0) for name in names] for row, _ in rows])
    outcome = np.array([float(hit) for _, hit in rows])
    neutral = np.array([1.0 if name == "score" else 0.0 for name in names])
    weights: NDArray[np.float64] = neutral.copy()
    for _ in range(rounds):
        guess = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (guess - outcome) + RIDGE * (weights - neutral)
        curve = (design * (guess * (1 - guess))[:, None]).T @ design + RIDGE * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        weights = weights - np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def guessed(weights: dict[str, float], row: dict[str, float]) -> float:
    """The probability that the weights give a quote."""
    odds = sum(value * weights.get(name, 0.0) for name, value in row.items())
    return float(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def main() -> None:
    """Fit on the articles put aside, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--weights", type=Path, help="folder of a tagger, if not the package's own")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--aside", type=float, default=0.04)
    given = parser.parse_args()
    tagger = default_tagger(given.weights)
    aside = [d for d in read_corpora(given.corpora, given.seed, given.aside).aside if d.attributions is not None]
    by_article = [list(rows_of(document, tagger)) for document in aside]
    guesses = []
    for fold in range(FOLDS):
        weights = fitted([row for i, rows in enumerate(by_article) if i % FOLDS != fold for row in rows])
        guesses += [(guessed(weights, row), hit) for rows in by_article[fold::FOLDS] for row, hit in rows]
    weights = fitted([row for rows in by_article for row in rows])
    share = sum(hit for _, hit in guesses) / len(guesses)
    print(f"{len(aside)} articles, {len(guesses)} quotes, {share:.3f} right")
    print(f"calibration error, {FOLDS}-fold over articles: {calibration_error(guesses):.3f}")
    head = "# Written by training/quotes_confidence.py; not by hand.\n"
    TARGET.write_text(head + yaml.safe_dump({"tagger": tagger.name, "weights": weights}), encoding="utf-8")


if __name__ == "__main__":
    main()
