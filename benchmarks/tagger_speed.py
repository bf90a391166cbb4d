"""The shipped tagger beside a spaCy tok2vec (96 × 4) NER pipeline: words a second on one core, and scores of names.

    python -m benchmarks.tagger_speed --corpora FOLDER [--pipeline FOLDER] [--epochs 12]

The pipeline is loaded from `--pipeline` where it is there; otherwise it is trained on the Worldwide training articles
(two minutes an epoch on a busy core) and kept there. Both read the same passages of the same dev articles, of
Worldwide and of PolNeAR. Needs the extra `spacy`.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.training import Example

from onrecord.document.article import Tagging
from onrecord.document.document import Document
from onrecord.tagger import default_tagger
from onrecord.tagger.spacy_pipeline import SpacyTagger
from training.corpora import GoldDocument, read_corpora
from training.evaluate import Report, score_names

SEED = 7
ROUNDS = 3


class NoAttributions:
    """Stands in for the base of a spaCy tagger, so that its names alone are timed."""

    name = "none"

    def tag(self, documents: Sequence[Document]) -> list[Tagging]:
        """Nothing found anywhere."""
        return [Tagging() for _ in documents]


def train_pipeline(documents: Sequence[GoldDocument], epochs: int) -> Any:
    """spaCy's default English NER: four convolutional layers of width 96 over hashed embeddings."""
    pipeline = spacy.blank("en")
    pipeline.add_pipe("ner")
    examples = []
    for document in documents:
        for span in document.passages:
            names = [n for n in document.names or () if span.start <= n.start and n.end <= span.end]
            doc = pipeline.make_doc(span.of(document.text))
            marked = [doc.char_span(n.start - span.start, n.end - span.start, str(n.types[0])) for n in names]
            reference = doc.copy()
            reference.ents = [m for m in marked if m is not None]
            examples.append(Example(doc, reference))
    optimiser = pipeline.initialize(lambda: examples)
    draw = random.Random(SEED)  # noqa: S311 - reproducible order
    for epoch in range(epochs):
        draw.shuffle(examples)
        lost: dict[str, float] = {}
        for at in range(0, len(examples), 32):
            pipeline.update(examples[at : at + 32], sgd=optimiser, drop=0.1, losses=lost)
        print(f"spaCy epoch {epoch + 1}: loss {lost['ner']:.0f}", flush=True)
    return pipeline


def timed(
    tag: Callable[[Sequence[Document]], list[Tagging]], documents: Sequence[Document]
) -> tuple[float, list[Tagging]]:
    """The best of several rounds, in seconds, after one that is not counted; and the taggings."""
    taggings = tag(documents)
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        taggings = tag(documents)
        best = min(best, time.perf_counter() - began)
    return best, taggings


def show(name: str, tagger: Any, names: Sequence[GoldDocument], quotes: Sequence[GoldDocument]) -> None:
    """Both speeds, and the scores of names."""
    for kind, documents in (("Worldwide dev", names), ("PolNeAR dev", quotes)):
        words = sum(len(d.text.split()) for d in documents)
        seconds, taggings = timed(tagger.tag, [d.document for d in documents])
        print(f"{name}: {kind}: {words} words in {seconds:.1f} s, {words / seconds:.0f} words/s", flush=True)
        if kind == "Worldwide dev":
            report = Report()
            for document, tagging in zip(documents, taggings, strict=True):
                score_names(document, tagging, report)
            shown = {key: report.counts[key].scores()["F1"] for key in sorted(report.counts) if " in " not in key}
            print(f"{name}: F1 {shown}", flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--pipeline", type=Path)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--every", type=int, default=2, help="time on every so many dev documents only")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    corpora = read_corpora(given.corpora, SEED, 0.04)
    if given.pipeline and given.pipeline.exists():
        pipeline = spacy.load(given.pipeline)
    else:
        train = [d for d in corpora.train if d.names is not None and d.region]
        began = time.perf_counter()
        pipeline = train_pipeline(train, given.epochs)
        print(f"spaCy: trained in {time.perf_counter() - began:.0f} s", flush=True)
        if given.pipeline:
            pipeline.to_disk(given.pipeline)
    names = [d for d in corpora.dev if d.names is not None][:: given.every]
    quotes = [d for d in corpora.dev if d.attributions is not None][:: given.every]
    show("spaCy tok2vec NER", SpacyTagger(pipeline, NoAttributions()), names, quotes)
    show("onrecord", default_tagger(), names, quotes)


if __name__ == "__main__":
    main()
