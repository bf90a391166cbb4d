"""Passages packed into windows of word pieces: what the encoder reads at once.

A window holds consecutive passages of one article, so that each is read with its neighbours, or a part of one long
passage. Which words stand together depends on the article alone, never on what else is tagged beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.document.article import Span
from onrecord.document.document import Document
from onrecord.tagger.words import Words, lower_forms, read_words

Ints = NDArray[np.int64]

#: Word pieces in a window, the separators included.
MAX_PIECES = 192
#: A word of more pieces than this is cut: its first ones say enough.
MAX_WORD_PIECES = 12
#: Distinct lower-case words that are remembered of an article: bounds memory, far above what an article has.
MAX_LOWER_FORMS = 100_000
CLS, SEP = 101, 102
SENTENCE_END = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage, or the part of a long one that fits a window. Piece features run in parallel to `pieces`."""

    passage: int
    words: Words
    pieces: Ints
    shapes: Ints
    quotation: Ints
    glued: Ints
    first: Ints  # index in `pieces` of each word's first piece


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder reads at once, and the chunks (word ranges) in it."""

    pieces: Ints
    shapes: Ints
    quotation: Ints
    glued: Ints
    first: Ints
    chunks: tuple[Chunk, ...]
    ranges: tuple[tuple[int, int], ...]  # words of each chunk, in the window's word numbering


class Pieces:
    """Cuts words into the encoder's pieces. Remembers frequent words; the memory of it is bounded."""

    def __init__(self, tokenizer: Tokenizer, remembered: int = 50_000) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}
        self._remembered = remembered

    def of(self, norms: Sequence[str]) -> list[list[int]]:
        """The pieces of each word; at least one each."""
        new = list({norm for norm in norms if norm not in self._known})
        if new:
            if len(self._known) + len(new) > self._remembered:
                self._known = {}
                new = list(set(norms))
            for norm, encoding in zip(new, self._tokenizer.encode_batch(new, add_special_tokens=False), strict=True):
                self._known[norm] = encoding.ids[:MAX_WORD_PIECES] or [100]
        return [self._known[norm] for norm in norms]


def article_lower_forms(text: str, spans: Iterable[Span]) -> set[str]:
    """Words that stand in lower case anywhere in the article: what is capitalised in a headline only is no name."""
    found: set[str] = set()
    for span in spans:
        for word in lower_forms(text, span.start, span.end):
            found.add(word)
            if len(found) >= MAX_LOWER_FORMS:
                return found
    return found


#: A passage longer than this many characters is read part by part, so that memory does not grow with it.
LONG_PASSAGE = 20_000


def read_chunks(document: Document, cut: Pieces, budget: int = MAX_PIECES) -> Iterator[Chunk]:
    """The passages of a document as chunks of at most `budget` pieces, in order; lazily, so memory stays bounded."""
    text, quotations = document.text, document.quotations
    lower = article_lower_forms(text, document.passages)
    starts = [quotation.start for quotation in quotations]
    for passage, span in enumerate(document.passages):
        held = quotations[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        for start, end in _parts(text, span):
            here = [quotation for quotation in held if quotation.start < end and start < quotation.end]
            words = read_words(text, start, end, lower, here)
            pieces = cut.of(words.norms)
            for a, b in _cuts(words, [len(p) for p in pieces], budget - 2):
                yield _chunk(passage, words.part(a, b), pieces[a:b])


def _parts(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    while span.end - start > LONG_PASSAGE:
        end = text.rfind(" ", start + LONG_PASSAGE // 2, start + LONG_PASSAGE)
        end = end if end > 0 else start + LONG_PASSAGE
        yield start, end
        start = end
    yield start, span.end


def _cuts(words: Words, lengths: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """Ranges of words that fit `room` pieces each, ended at a sentence's end where there is one in the later half."""
    start = 0
    while start < len(words):
        size, end, sentence = 0, start, 0
        while end < len(words) and size + lengths[end] <= room:
            size += lengths[end]
            end += 1
            if size > room // 2 and words.norms[end - 1] in SENTENCE_END and not _inside_sentence(words, end):
                sentence = end
        if end < len(words) and sentence:
            end = sentence
        yield start, end
        start = end


def _inside_sentence(words: Words, end: int) -> bool:
    """Whether what follows is still the same sentence: a closing mark, or a point inside an abbreviation."""
    return end < len(words) and bool(words.glued[end])


def _chunk(passage: int, words: Words, pieces: Sequence[list[int]]) -> Chunk:
    lengths = np.fromiter((len(p) for p in pieces), np.int64, len(pieces))
    return Chunk(
        passage,
        words,
        np.fromiter((i for p in pieces for i in p), np.int64, int(lengths.sum())),
        np.repeat(np.asarray(words.shapes, np.int64), lengths),
        np.repeat(np.asarray(words.quotation, np.int64), lengths),
        np.repeat(np.asarray(words.glued, np.int64), lengths),
        np.cumsum(lengths) - lengths,
    )


def pack(chunks: Iterable[Chunk], budget: int = MAX_PIECES, first_budget: int | None = None) -> Iterator[Window]:
    """Consecutive chunks as windows of at most `budget` pieces. `first_budget` shifts the windows (training only)."""
    room = first_budget or budget
    held: list[Chunk] = []
    size = 1
    for chunk in chunks:
        if held and size + len(chunk.pieces) + 1 > room:
            yield join(held)
            held, size, room = [], 1, budget
        held.append(chunk)
        size += len(chunk.pieces) + 1
    if held:
        yield join(held)


def join(chunks: Sequence[Chunk]) -> Window:
    """One window: [CLS] chunk [SEP] chunk [SEP] ..."""
    features: list[list[Ints]] = [[np.array([CLS])], [np.array([0])], [np.array([0])], [np.array([0])]]
    first: list[Ints] = []
    ranges: list[tuple[int, int]] = []
    at, word = 1, 0
    zero = np.array([0])
    for chunk in chunks:
        for parts, values, end in zip(
            features,
            (chunk.pieces, chunk.shapes, chunk.quotation, chunk.glued),
            (np.array([SEP]), zero, zero, zero),
            strict=True,
        ):
            parts += [values, end]
        first.append(chunk.first + at)
        at += len(chunk.pieces) + 1
        ranges.append((word, word + len(chunk.words)))
        word += len(chunk.words)
    pieces, shapes, quotation, glued = (np.concatenate(parts) for parts in features)
    return Window(pieces, shapes, quotation, glued, np.concatenate(first), tuple(chunks), tuple(ranges))
