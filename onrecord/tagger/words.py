"""A passage as words, with what the encoder's uncased pieces do not say: shape, quotation state, glue.

The state of each word with respect to quotation marks is known exactly from the marks, so it is read here by rule and
handed to the model instead of being learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

#: A run of letters and digits is read in parts of so many characters, and of one without end only so many parts:
#: what has no space for pages (an encoded image) is not language, and costs time.
LONGEST_PART, MOST_PARTS = 64, 8
#: A word is a run of letters and digits, a doubled single mark, or one mark.
WORD = re.compile(rf"[^\W_]{{1,{LONGEST_PART}}}|''|``|[^\s]")

DOUBLE_OPEN = frozenset("“„«")
DOUBLE_CLOSE = frozenset("”»")
DOUBLE_EITHER = frozenset(('"', "''", "``", "‟", "〝", "＂"))
SINGLE = frozenset("'‘’‚‛`")
OPENING_BEFORE = frozenset("([{—–-/")

#: What each mark looks like to the encoder, whose vocabulary was learnt on plain marks.
PLAIN_MARK = (
    dict.fromkeys([*DOUBLE_OPEN, *DOUBLE_CLOSE, *DOUBLE_EITHER], '"')
    | dict.fromkeys(SINGLE, "'")
    | dict.fromkeys("–—―−", "-")
    | {"…": "."}
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


def read_words(text: str, start: int, end: int, lower: frozenset[str] | set[str]) -> Words:
    """The words of `text[start:end]`. `lower`: words that stand in lower case somewhere in the article."""
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
    words.quotation = quotation_states(text, words)
    return words


def quotation_states(text: str, words: Words) -> list[int]:
    """For each word of a passage, whether it is inside an open quotation or is a mark that opens or closes one.

    Nothing is carried from passage to passage: a quotation that runs on is opened again by convention, and a mark
    that was forgotten then costs one passage only.
    """
    states: list[int] = []
    in_double = in_single = False
    closers = _single_closers(text, words)
    last_closer = closers[-1] if closers else -1
    closing = set(closers)
    for i, (start, end) in enumerate(zip(words.starts, words.ends, strict=True)):
        mark = text[start:end]
        role = 0
        if mark in DOUBLE_OPEN or mark in DOUBLE_CLOSE or mark in DOUBLE_EITHER:
            role = _double_role(mark, in_double, bool(words.glued[i]), _glued_after(words, i))
            in_double, in_single = role == OPENING, False
        elif mark in SINGLE:
            if in_single and i in closing:
                role, in_single = CLOSING, False
            elif not in_single and i < last_closer and _opens_single(text, words, i):
                role, in_single = OPENING, True
        inside = in_double and role != OPENING
        states.append(role or (IN_DOUBLE * inside + IN_SINGLE * in_single))
    return states


def _glued_after(words: Words, i: int) -> bool:
    return i + 1 < len(words) and bool(words.glued[i + 1])


def _double_role(mark: str, inside: bool, glued_before: bool, glued_after: bool) -> int:
    wrong_way = glued_after and not glued_before
    if mark in DOUBLE_OPEN:
        return CLOSING if inside and glued_before and not glued_after else OPENING
    if mark in DOUBLE_CLOSE:
        return OPENING if not inside and wrong_way else CLOSING
    if inside:
        return OPENING if wrong_way else CLOSING
    return CLOSING if glued_before and not glued_after else OPENING


def _single_closers(text: str, words: Words) -> list[int]:
    """Single marks that can close: glued to what stands before, not to a letter behind."""
    found = []
    for i, start in enumerate(words.starts):
        if text[start] in "'’" and words.ends[i] == start + 1 and words.glued[i]:
            after = text[start + 1 : start + 2]
            if not after.isalnum():
                found.append(i)
    return found


def _opens_single(text: str, words: Words, i: int) -> bool:
    start = words.starts[i]
    if text[start] == "’" or not _glued_after(words, i) or text[start + 1 : start + 2].isdigit():
        return False
    before = text[start - 1] if start and words.glued[i] else " "
    return before.isspace() or before in OPENING_BEFORE or before in DOUBLE_OPEN or before in DOUBLE_EITHER
