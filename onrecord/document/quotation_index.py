"""The quotations of an article, to be asked by place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from onrecord.document.article import Span
from onrecord.document.quotations import Quotation

_WORD = re.compile(r"\w")


class Marks:
    """The quotations of an article, to be asked by place."""

    def __init__(self, text: str, passages: Sequence[Span], quotations: Sequence[Quotation]) -> None:
        self.text = text
        self.passages = passages
        self.outermost = [q for q in quotations if q.depth == 0]
        self._nested = [q for q in quotations if q.depth == 1]
        self._starts = [q.start for q in self.outermost]
        self._nested_starts = [q.start for q in self._nested]
        self._passage_starts = [p.start for p in passages]
        carried = ((q, quotations[q.continues]) for q in self.outermost if q.continues is not None)
        #: Where the words of a quotation begin that carries another on → where the words of that one do.
        self.continued = {q.inner.start: before.inner.start for q, before in carried}

    def touching(self, span: Span, nested: bool = False) -> list[Quotation]:
        """The outermost quotations that share a letter with `span`; or the ones nested one deep."""
        all_of_depth, starts = (self._nested, self._nested_starts) if nested else (self.outermost, self._starts)
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


def overlap(a: Span, b: Span) -> Span:
    """What two spans share; empty where they share nothing."""
    start = max(a.start, b.start)
    return Span(start, max(start, min(a.end, b.end)))


def letters(text: str, span: Span) -> int:
    """How many letters and digits a span has."""
    return len(_WORD.findall(text, span.start, span.end))
