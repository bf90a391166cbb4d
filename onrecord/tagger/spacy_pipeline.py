"""A user's own spaCy pipeline for the names; attributions stay with the shipped network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from onrecord.document.article import EntityType, NameSpan, Tagging
from onrecord.document.document import Document
from onrecord.tagger.protocol import Tagger

#: Labels of spaCy's English pipelines (OntoNotes), of CoNLL-2003 and of this project, as ours; others are no names.
TYPES = {
    "PERSON": EntityType.PERSON,
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORG,
    "GPE": EntityType.LOC,
    "LOC": EntityType.LOC,
    "FAC": EntityType.LOC,
    "NORP": EntityType.NORP,
    "EVENT": EntityType.MISC,
    "LAW": EntityType.MISC,
    "MISC": EntityType.MISC,
    "PRODUCT": EntityType.MISC,
    "WORK_OF_ART": EntityType.MISC,
}
#: spaCy gives no probabilities: every name gets the share of its names that is right on news (F1 of its small
#: pipelines there, rounded).
ASSUMED_SCORE = 0.75
BATCH = 64


@dataclass(frozen=True, slots=True)
class SpacyTagger:
    """Names from `pipeline` (a `spacy.language.Language`), attributions from `base`."""

    pipeline: Any
    base: Tagger

    @property
    def name(self) -> str:
        meta = self.pipeline.meta
        return f"spacy:{meta['lang']}_{meta['name']}-{meta['version']}+{self.base.name}"

    def tag(self, documents: Sequence[Document]) -> list[Tagging]:
        """As `Tagger.tag`; a passage longer than the pipeline's `max_length` raises spaCy's ValueError."""
        names: list[list[NameSpan]] = [[] for _ in documents]
        read = self.pipeline.pipe(_passages(documents), as_tuples=True, batch_size=BATCH)
        for parsed, (number, start) in read:
            names[number] += [
                NameSpan(start + e.start_char, start + e.end_char, TYPES[e.label_], ASSUMED_SCORE)
                for e in parsed.ents
                if e.label_ in TYPES
            ]
        tagged = self.base.tag(documents)
        return [Tagging(tuple(n), t.attributions, t.possible) for n, t in zip(names, tagged, strict=True)]


def _passages(documents: Sequence[Document]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each passage with its document's number and where it begins; line breaks as spaces, so that offsets stay."""
    for number, document in enumerate(documents):
        for span in document.passages:
            yield span.of(document.text).replace("\n", " "), (number, span.start)


def load_spacy(pipeline: str, base: Tagger) -> SpacyTagger:
    """The installed pipeline of that name or path.

    Raises ModuleNotFoundError without spaCy (`pip install onrecord[spacy]`), OSError without the pipeline.
    """
    try:
        spacy = import_module("spacy")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("a spaCy tagger needs spaCy: pip install 'onrecord[spacy]'") from error
    return SpacyTagger(spacy.load(pipeline), base)
