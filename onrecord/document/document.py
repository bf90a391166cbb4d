"""The document: a text with its blocks, and its quotations and sentences, made once and read by all that follows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from onrecord.document.article import DATED_KINDS, READ_KINDS, Block, BlockKind, Span
from onrecord.document.quotations import Quotation, quotations
from onrecord.document.sentences import Sentence, sentences
from onrecord.document.words import WORD


@dataclass(frozen=True, eq=False)
class Document:
    """A text and its blocks, in reading order. All offsets are code points into `text`, end exclusive.

    What is derived (passages, quotations, sentences) is made when it is first asked for, and kept.
    """

    text: str
    blocks: tuple[Block, ...]

    @classmethod
    def of_passages(cls, text: str, passages: Iterable[Span]) -> Document:
        """A document whose blocks are paragraphs: the spans `passages` of `text`, in reading order."""
        return cls(text, tuple(Block(BlockKind.PARAGRAPH, span.start, span.end) for span in passages))

    @cached_property
    def read(self) -> tuple[Block, ...]:
        """The blocks that hold the article's own sentences (`READ_KINDS`), by their start."""
        return tuple(sorted((b for b in self.blocks if b.kind in READ_KINDS), key=lambda b: b.start))

    @cached_property
    def passages(self) -> tuple[Span, ...]:
        """The spans of the blocks in `read`; a line break inside one counts as a space."""
        return tuple(Span(block.start, block.end) for block in self.read)

    @cached_property
    def dated(self) -> tuple[Span, ...]:
        """The spans of the blocks that hold time expressions (`DATED_KINDS`), in reading order."""
        return tuple(Span(block.start, block.end) for block in self.blocks if block.kind in DATED_KINDS)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations of the passages, outer before inner, in reading order."""
        return quotations(self.text, self.passages)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the passages, in reading order; an outermost quotation is one token of its sentence."""
        return sentences(self.text, self.passages, self.quotations)

    @cached_property
    def outermost(self) -> tuple[Quotation, ...]:
        """The quotations that stand in no other one."""
        return tuple(q for q in self.quotations if q.depth == 0)

    @cached_property
    def continued(self) -> Mapping[int, int]:
        """Where the words of a quotation begin that carries another on → where the words of that one begin."""
        carried = ((q, self.quotations[q.continues]) for q in self.outermost if q.continues is not None)
        return {q.inner.start: before.inner.start for q, before in carried}

    def touching(self, span: Span, nested: bool = False) -> list[Quotation]:
        """The outermost quotations that share a letter with `span`; or the ones nested one deep."""
        all_of_depth, starts = self._nested if nested else self._outermost
        found = []
        for quotation in islice(all_of_depth, max(0, bisect_right(starts, span.start) - 1), None):
            if quotation.start >= span.end:
                break
            if letters(self.text, overlap(quotation.inner, span)):
                found.append(quotation)
        return found

    def passage_of(self, offset: int) -> int:
        """The number of the passage that `offset` lies in."""
        return max(0, bisect_right(self._passage_starts, offset) - 1)

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence that `offset` lies in."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    @cached_property
    def _outermost(self) -> tuple[Sequence[Quotation], Sequence[int]]:
        return self.outermost, [q.start for q in self.outermost]

    @cached_property
    def _nested(self) -> tuple[Sequence[Quotation], Sequence[int]]:
        nested = [q for q in self.quotations if q.depth == 1]
        return nested, [q.start for q in nested]

    @cached_property
    def _passage_starts(self) -> Sequence[int]:
        return [passage.start for passage in self.passages]

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [sentence.span.start for sentence in self.sentences]


def overlap(a: Span, b: Span) -> Span:
    """What two spans share; empty where they share nothing."""
    start = max(a.start, b.start)
    return Span(start, max(start, min(a.end, b.end)))


def letters(text: str, span: Span) -> int:
    """How many letters and digits a span has."""
    return sum(map(len, WORD.findall(text, span.start, span.end)))
