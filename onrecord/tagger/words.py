"""A passage as words, with what the encoder's uncased pieces do not say: shape, quotation state, glue.

The state of each word with respect to quotation marks is known exactly from the document's quotations, so it is handed
to the model instead of being learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.document.quotations import Quotation

#: A run of letters and digits is read in parts of so many characters, and of one without end only so many parts:
#: what has no space for pages (an encoded image) is not language, and costs time.
LONGEST_PART, MOST_PARTS = 64, 8
#: A word is a run of letters and digits, a doubled single mark, or one mark.
WORD = re.compile(rf"[^\W_]{{1,{LONGEST_PART}}}|''|``|[^\s]")

_DOUBLE_MARKS = ("“", "„", "«", "”", "»", '"', "''", "``", "‟", "〝", "＂")
_SINGLE_MARKS = ("'", "‘", "’", "‚", "‛", "`")

#: What each mark looks like to the encoder, whose vocabulary was learnt on plain marks.
PLAIN_MARK = (
    dict.fromkeys(_DOUBLE_MARKS, '"') | dict.fromkeys(_SINGLE_MARKS, "'") | dict.fromkeys("–—―−", "-") | {"…": "."}
)

SHAPES = ("lower", "capitalised", "upper", "initial", "mixed", "digits", "digits_letters", "mark", "uncased")
#: Of a capitalised word: nothing known, its lower-case form stands elsewhere in the article, or it does not.
CASE_EVIDENCE = 3
#: in double (1) + in single (2) + role of the mark itself (4 opening, 8 closing)
QUOTATION_STATES = 12
IN_DOUBLE, IN_SINGLE, OPENING, CLOSING = 1, 2, 4, 8


@dataclass(slots=True)
class Words:
    """The words of one passage or part of one; the lists run in parallel. Offsets are code points into the article."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    norms: list[str] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    quotation: list[int] = field(default_factory=list)
    glued: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.starts)

    def part(self, start: int, end: int) -> Words:
        return Words(
            self.starts[start:end],
            self.ends[start:end],
            self.norms[start:end],
            self.shapes[start:end],
            self.quotation[start:end],
            self.glued[start:end],
        )


def shape_of(word: str) -> int:
    """The index in `SHAPES` of a word's outer form."""
    if word.isalpha():
        if word.islower():
            return 0
        if word.isupper():
            return 3 if len(word) == 1 else 2
        if word[0].isupper() and word[1:].islower():
            return 1
        return 4 if word.upper() != word.lower() else 8
    if word.isdigit():
        return 5
    return 6 if word.isalnum() else 7


def lower_forms(text: str, start: int, end: int) -> Iterator[str]:
    """The words of a passage that stand in lower case."""
    for match in WORD.finditer(text, start, end):
        word = match.group()
        if len(word) > 1 and word.islower():
            yield word


def read_words(
    text: str, start: int, end: int, lower: frozenset[str] | set[str], quotations: Sequence[Quotation] = ()
) -> Words:
    """The words of `text[start:end]`.

    `lower` are words that stand in lower case somewhere in the article, `quotations` those that touch the span.
    """
    words = Words()
    previous_end = start
    unbroken = 0
    for match in WORD.finditer(text, start, end):
        word, at = match.group(), match.start()
        unbroken = unbroken + 1 if at == previous_end and len(word) == LONGEST_PART else 0
        if unbroken >= MOST_PARTS:
            previous_end = match.end()
            continue
        shape = shape_of(word)
        evidence = 0
        if shape in (1, 2):
            evidence = 1 if word.lower() in lower else 2
        words.starts.append(at)
        words.ends.append(match.end())
        words.norms.append(PLAIN_MARK.get(word) or word.lower())
        words.shapes.append(shape * CASE_EVIDENCE + evidence)
        words.glued.append(int(at == previous_end and at > start))
        previous_end = match.end()
    words.quotation = quotation_states(words, quotations)
    return words


def quotation_states(words: Words, quotations: Sequence[Quotation]) -> list[int]:
    """For each word, whether it is inside a quotation or is a mark that opens or closes one.

    `quotations` are those that touch the words, outer before inner, in reading order.
    """
    states: list[int] = []
    around: list[Quotation] = []
    ahead = 0
    for start, end in zip(words.starts, words.ends, strict=True):
        while ahead < len(quotations) and quotations[ahead].start < end:
            around.append(quotations[ahead])
            ahead += 1
        if around:
            around = [quotation for quotation in around if quotation.end > start]
        states.append(_state(start, end, around) if around else 0)
    return states


def _state(start: int, end: int, around: Sequence[Quotation]) -> int:
    if any(q.opened and q.start == start and q.inner.start >= end for q in around):
        return OPENING
    if any(q.closed and q.end == end and q.inner.end <= start for q in around):
        return CLOSING
    single = any(q.single and q.start <= start for q in around)
    double = any(not q.single and q.start <= start for q in around)
    return IN_DOUBLE * double + IN_SINGLE * single
