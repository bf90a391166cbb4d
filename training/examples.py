"""Documents as training windows with their gold labels, and windows as batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.document.article import Span
from onrecord.tagger.labels import CUE_KINDS, NAME_KINDS, OUTSIDE, label_count, span_labels
from onrecord.tagger.windows import MAX_PIECES, Chunk, Pieces, Window, pack, read_chunks
from onrecord.tagger.words import CASE_EVIDENCE, SHAPES, Words
from training.corpora import GoldDocument
from training.disguise import disguise

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Flags = NDArray[np.bool_]
Held = TypeVar("Held", bound="DataclassInstance")
SOURCE, CONTENT = 0, 1


@dataclass(frozen=True)
class GoldLink:
    """A cue in a chunk (words, end exclusive) and the allowed labels of the chunk's words."""

    start: int
    end: int
    labels: NDArray[np.int64]


@dataclass(frozen=True)
class GoldChunk:
    """A chunk with its gold; `names` (words, labels) is null where none are annotated, `links` likewise."""

    chunk: Chunk
    names: Flags | None
    cues: NDArray[np.int64] | None
    links: tuple[GoldLink, ...]


def word_range(words: Words, start: int, end: int, bare: bool) -> tuple[int, int] | None:
    """The words that a span of characters touches; with `bare`, without marks at its edges. Null if none."""
    a = int(np.searchsorted(words.ends, start, "right"))
    b = int(np.searchsorted(words.starts, end, "left"))
    while bare and a < b and not words.norms[a][0].isalnum():
        a += 1
    while bare and b > a and not words.norms[b - 1][0].isalnum():
        b -= 1
    return (a, b) if a < b else None


def gold_names(document: GoldDocument, words: Words) -> Flags:
    """(words, labels): which labels the annotation allows each word."""
    flags = np.zeros((len(words), label_count(len(NAME_KINDS))), bool)
    flags[:, OUTSIDE] = True
    if document.partial:
        flags[open_words(words)] = True
    for name in document.names or ():
        place = word_range(words, name.start, name.end, bare=False)
        if place is None:
            continue
        a, b = place
        flags[a:b] = False
        for entity_type in name.types:
            labels = span_labels(NAME_KINDS.index(entity_type), b - a)
            flags[np.arange(a, b), labels] = True
    return flags


def open_words(words: Words) -> Flags:
    """Of a partly annotated text, the words that may be in a name: capitalised ones, and what stands between two."""
    shapes = np.array(words.shapes) // CASE_EVIDENCE
    capital = np.isin(shapes, [SHAPES.index(s) for s in ("capitalised", "upper", "initial", "mixed", "digits_letters")])
    between = np.zeros(len(words), bool)
    between[1:-1] = capital[:-2] & capital[2:]
    return capital | between


def link_labels(words: Words, source: Sequence[Span], content: Sequence[Span]) -> NDArray[np.int64]:
    """One label a word. Pieces of a content with nothing but marks between them are one piece."""
    labels = np.full(len(words), OUTSIDE, np.int64)
    for kind, spans in ((CONTENT, content), (SOURCE, source)):
        held: list[tuple[int, int]] = []
        for span in sorted(spans):
            place = word_range(words, span.start, span.end, bare=True)
            if place is None:
                continue
            if held and not any(norm[0].isalnum() for norm in words.norms[held[-1][1] : place[0]]):
                place = (held.pop()[0], place[1])
            held.append(place)
        for a, b in held:
            if (labels[a:b] == OUTSIDE).all():
                labels[a:b] = span_labels(kind, b - a)
    return labels


def gold_chunk(document: GoldDocument, chunk: Chunk) -> GoldChunk:
    """A chunk with the gold in it. Parts of an attribution beyond the chunk of its cue are not seen."""
    words = chunk.words
    names = None if document.names is None else gold_names(document, words)
    if document.attributions is None:
        return GoldChunk(chunk, names, None, ())
    cues = np.full(len(words), OUTSIDE, np.int64)
    links = []
    low, high = words.starts[0], words.ends[-1]
    for item in document.attributions:
        for cue in item.cue[:1]:
            if cue.start >= high or cue.end <= low:
                continue
            place = word_range(words, cue.start, cue.end, bare=True) or word_range(
                words, cue.start, cue.end, bare=False
            )
            if place is None:
                continue
            a, b = place
            if (cues[a:b] == OUTSIDE).all():
                cues[a:b] = span_labels(0, b - a)
            links.append(GoldLink(a, b, link_labels(words, item.source, item.content)))
    return GoldChunk(chunk, names, cues, tuple(links))


def read_documents(documents: Sequence[GoldDocument], cut: Pieces) -> list[list[GoldChunk]]:
    """The chunks of each document, with their gold."""
    return [[gold_chunk(document, chunk) for chunk in read_chunks(document.document, cut)] for document in documents]


#: Outlets that print single marks outside: some quotation documents are read a second time so.
SINGLE_MARKS = str.maketrans({"“": "‘", "”": "’", '"': "'"})


def with_single_marks(document: GoldDocument) -> GoldDocument:
    """The document with every double mark replaced by a single one; offsets stay."""
    return GoldDocument(
        document.key, document.text.translate(SINGLE_MARKS), document.names, document.attributions, document.region
    )


@dataclass(frozen=True)
class Example:
    """A window and the gold of its chunks."""

    window: Window
    gold: tuple[GoldChunk, ...]


def windows_of_epoch(documents: Sequence[list[GoldChunk]], rng: random.Random) -> list[Example]:
    """Each document's chunks in windows that begin elsewhere each epoch."""
    examples = []
    for chunks in documents:
        by_id = {id(gold.chunk): gold for gold in chunks}
        first = rng.randint(MAX_PIECES // 4, MAX_PIECES)
        examples += [
            Example(window, tuple(by_id[id(chunk)] for chunk in window.chunks))
            for window in pack((gold.chunk for gold in chunks), first_budget=first)
        ]
    return examples


def batches_of_epoch(examples: list[Example], pieces: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches of about `pieces` pieces, of windows about as long, in random order."""
    order = sorted(examples, key=lambda e: len(e.window.pieces) + rng.random() * 24)
    batches: list[list[Example]] = []
    held: list[Example] = []
    for example in order:
        longest = max(len(example.window.pieces), *(len(e.window.pieces) for e in held), 1)
        if held and longest * (len(held) + 1) > pieces:
            batches.append(held)
            held = []
        held.append(example)
    batches.append(held)
    rng.shuffle(batches)
    yield from batches


@dataclass
class Batch:
    """Windows as tensors. Names and cues are rows of windows; `names_rows` says which windows have names."""

    pieces: Tensor
    shapes: Tensor
    quotation: Tensor
    glued: Tensor
    lengths: Tensor
    first: Tensor
    word_quotation: Tensor
    word_counts: Tensor
    names_rows: Tensor
    names: Tensor
    cues_rows: Tensor
    cues: Tensor
    examples: list[Example]

    def to(self, device: torch.device) -> Batch:
        """The same with its tensors elsewhere."""
        return on_device(self, device)


def on_device(held: Held, device: torch.device) -> Held:
    """A dataclass with its tensors elsewhere."""
    tensors = {f.name: getattr(held, f.name) for f in fields(held) if isinstance(getattr(held, f.name), Tensor)}
    return replace(held, **{name: tensor.to(device, non_blocking=True) for name, tensor in tensors.items()})


def _pad(rows: Sequence[NDArray[np.int64]], width: int) -> Tensor:
    out = np.zeros((len(rows), width), np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)


def to_batch(examples: list[Example], rng: random.Random | None, hidden: float = 0.0) -> Batch:
    """`rng` null: the windows as they are."""
    windows = [e.window for e in examples]
    seen = [disguise(w, rng, hidden) if rng else (w.pieces, w.shapes) for w in windows]
    longest = max(len(w.pieces) for w in windows)
    most = max(len(w.first) for w in windows)
    n_names, n_cues = label_count(len(NAME_KINDS)), label_count(len(CUE_KINDS))
    names_rows, cues_rows, names, cues = [], [], [], []
    for row, example in enumerate(examples):
        if example.gold[0].names is not None:
            flags = np.zeros((most, n_names), bool)
            for (a, b), gold in zip(example.window.ranges, example.gold, strict=True):
                flags[a:b] = gold.names
            names_rows.append(row)
            names.append(flags)
        if example.gold[0].cues is not None:
            flags = np.zeros((most, n_cues), bool)
            for (a, b), gold in zip(example.window.ranges, example.gold, strict=True):
                flags[np.arange(a, b), gold.cues] = True
            cues_rows.append(row)
            cues.append(flags)
    return Batch(
        _pad([p for p, _ in seen], longest),
        _pad([s for _, s in seen], longest),
        _pad([w.quotation for w in windows], longest),
        _pad([w.glued for w in windows], longest),
        torch.tensor([len(w.pieces) for w in windows]),
        _pad([w.first for w in windows], most),
        _pad([w.quotation[w.first] for w in windows], most),
        torch.tensor([len(w.first) for w in windows]),
        torch.tensor(names_rows, dtype=torch.long),
        torch.from_numpy(np.array(names) if names else np.zeros((0, most, n_names), bool)),
        torch.tensor(cues_rows, dtype=torch.long),
        torch.from_numpy(np.array(cues) if cues else np.zeros((0, most, n_cues), bool)),
        examples,
    )
