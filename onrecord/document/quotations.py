"""Quotation marks, exactly: which stretches of an article stand between marks, and how they nest and continue.

One pass from left to right, in time linear in the text. A mark opens or closes by what stands beside it and by its
glyph (`quotation_marks.py`), then by what is open; so marks that are set the wrong way round, or touch the next word,
still pair. A single mark counts only if it pairs: all others are apostrophes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from onrecord.document.article import Span
from onrecord.document.quotation_marks import Mark, marks_of, opening_family, without_possessives


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks. `start`..`end` includes the marks, `inner` does not (nor white space inside).

    `depth` is 0 for an outermost quotation and `parent` the index of the one around it. `closed` is false where the
    closing mark is missing, `opened` where the opening one is. `continues` is the index of the quotation in an
    earlier passage that this one carries on (each paragraph of a long quotation opens anew, only the last closes).
    `single` says that its marks are single ones.
    """

    start: int
    end: int
    inner: Span
    depth: int = 0
    parent: int | None = None
    opened: bool = True
    closed: bool = True
    continues: int | None = None
    single: bool = False


def quotations(text: str, spans: Sequence[Span]) -> tuple[Quotation, ...]:
    """Read the quotation marks of the passages `spans` of `text` (paragraphs in reading order).

    :return: every quotation, outer before inner, in reading order; each lies within one passage.
    """
    found: list[Quotation] = []
    carried: int | None = None  # the quotation that the passage before left open
    openers = [opening_family(text, span.start, span.end) for span in spans]
    for number, passage in enumerate(spans):
        next_opener = openers[number + 1] if number + 1 < len(spans) else None
        marks = without_possessives(list(marks_of(text, passage)), openers[number] == next_opener == "single")
        pairing = _pair(marks)
        pieces = list(pairing.done)
        unclosed = _unclosed(text, passage, pairing, next_opener)
        pieces.extend(unclosed)
        headless = _headless(text, passage, pairing, carried is not None)
        if headless is not None:
            pieces.append(headless)
        first = len(found)
        found.extend(_nest(text, sorted(pieces, key=lambda p: (p[0], -p[1])), first))
        resumes = first < len(found) and found[first].start == passage.start
        if carried is not None and resumes and _may_continue(text, found, carried, found[first]):
            found[first] = replace(found[first], continues=carried)
        carried = _left_open(found, first, passage)
    return tuple(found)


@dataclass(slots=True)
class _Open:
    mark: Mark
    first_child: int | None = None  # start of the first quotation opened inside this one


class _Piece(NamedTuple):
    """A quotation before nesting: `start`..`end` with its marks, `inner_start`..`inner_end` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    single: bool
    opened: bool
    closed: bool


@dataclass(slots=True)
class _Pairing:
    """The pairs of one passage, and what found no partner."""

    done: list[_Piece]
    left_open: list[_Open]
    first_close: Mark | None  # a close before anything opened


def _pair(marks: Sequence[Mark]) -> _Pairing:
    stack: list[_Open] = []
    open_families: Counter[str] = Counter()
    pairing = _Pairing([], stack, None)
    doubles_open = 0
    for mark in marks:
        if _opens(mark, stack, open_families, doubles_open):
            if stack and stack[-1].first_child is None:
                stack[-1].first_child = mark.start
            stack.append(_Open(mark))
            open_families[mark.family] += 1
            doubles_open += not mark.is_single
            continue
        partner = _partner(mark, stack, open_families)
        if partner is None:
            if not mark.is_single and not doubles_open and not pairing.done and pairing.first_close is None:
                pairing.first_close = mark
            continue
        while True:
            opened = stack.pop()
            open_families[opened.mark.family] -= 1
            doubles_open -= not opened.mark.is_single
            if opened.mark.family == partner:
                break
        pairing.done.append(
            _Piece(opened.mark.start, mark.end, opened.mark.end, mark.start, opened.mark.is_single, True, True)
        )
    return pairing


def _opens(mark: Mark, stack: Sequence[_Open], families: Counter[str], doubles_open: int) -> bool:
    if not mark.can_close:
        return True
    if not mark.can_open:
        return False
    if mark.is_single:
        top_is_single = bool(stack) and stack[-1].mark.is_single
        return bool(mark.prefers_open) or (mark.prefers_open is None and not top_is_single)
    if mark.prefers_open is None:
        return families[mark.family] == 0
    return mark.prefers_open or doubles_open == 0


def _partner(mark: Mark, stack: Sequence[_Open], families: Counter[str]) -> str | None:
    """The family of the open mark that this one closes: its own, else (mixed glyphs) the innermost double one."""
    if mark.is_single:
        return "single" if stack and stack[-1].mark.is_single else None
    if families[mark.family]:
        return mark.family
    if not stack:
        return None
    innermost = stack[-1].mark.family
    if innermost != "single":
        return innermost
    below = [name for name, count in families.items() if count and name != "single"]
    return below[0] if len(below) == 1 else None


def _may_continue(text: str, found: Sequence[Quotation], carried: int, quotation: Quotation) -> bool:
    """Whether a quotation at a passage's start may carry on the one left open: not with the marks nested in that one.

    ``"Orla walked in, chanting “Hold!” ¶ “That is right,” Tam said.`` quotes somebody whose own people speak.
    """
    if quotation.single != found[carried].single:
        return False
    opener, carried_opener = (opening_family(text, q.start, q.end) for q in (quotation, found[carried]))
    nested = {opening_family(text, q.start, q.end) for q in found[carried + 1 :] if q.parent == carried}
    return opener == carried_opener or opener not in nested


def _unclosed(text: str, passage: Span, pairing: _Pairing, next_opener: str | None) -> list[_Piece]:
    pieces = []
    for opened in pairing.left_open:
        mark = opened.mark
        goes_on = next_opener is not None and (next_opener == "single") == mark.is_single
        announced = text[passage.start : mark.start].rstrip()[-1:] in ("", ":", ",")
        if mark.is_single and not (goes_on and announced):
            continue  # an apostrophe
        end = passage.end if goes_on or opened.first_child is None else opened.first_child
        while end > mark.end and text[end - 1].isspace():
            end -= 1
        if end > mark.end:
            pieces.append(_Piece(mark.start, end, mark.end, end, mark.is_single, True, False))
    return pieces


def _headless(text: str, passage: Span, pairing: _Pairing, carried: bool) -> _Piece | None:
    """A close before anything opened: the quotation began at the passage's start (or in the passage before)."""
    mark = pairing.first_close
    if mark is None or mark.start == passage.start:
        return None
    if not carried and text[mark.start - 1] not in ",.!?…":
        return None
    if any(pair.start < mark.start < pair.end for pair in pairing.done):
        return None  # it stands inside of another quotation
    return _Piece(passage.start, mark.end, passage.start, mark.start, False, False, True)


def _nest(text: str, pieces: Sequence[_Piece], first: int) -> list[Quotation]:
    nested: list[Quotation] = []
    around: list[int] = []
    for piece in pieces:
        inner = _stripped(text, piece.inner_start, piece.inner_end)
        if inner is None:
            continue
        while around and nested[around[-1]].end <= piece.start:
            around.pop()
        parent = first + around[-1] if around else None
        nested.append(
            Quotation(
                piece.start,
                piece.end,
                inner,
                depth=len(around),
                parent=parent,
                opened=piece.opened,
                closed=piece.closed,
                single=piece.single,
            )
        )
        around.append(len(nested) - 1)
    return nested


def _stripped(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _left_open(found: Sequence[Quotation], first: int, passage: Span) -> int | None:
    for index in range(len(found) - 1, first - 1, -1):
        quotation = found[index]
        if quotation.depth == 0:
            return index if not quotation.closed and quotation.end == passage.end else None
    return None
