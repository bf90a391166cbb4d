"""The quotation marks of a passage: which glyphs are marks, and whether each may open, close or do both.

A mark opens or closes by the white space and punctuation beside it, then by its glyph. A single mark is the likelier an
apostrophe, feet and inches are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.document.article import Span
from onrecord.document.words import LETTERS
from onrecord.lexicon.word_lists import word_list

_OPENING_NEIGHBOURS = frozenset("([{<—–-―/…*_>")
_STRONG_BEFORE = frozenset(",.!?…;:—–-")
_STRONG_AFTER = frozenset(",.!?…;:—–)]")
_INCHES = re.compile(r"\d['’′]\s?\d{1,2}\Z")
_DECADE = re.compile(r"\d\ds?\b")


@dataclass(frozen=True, slots=True)
class _Glyphs:
    family: dict[str, str]
    opens: frozenset[str]
    closes: frozenset[str]
    elisions: frozenset[str]
    lexer: re.Pattern[str]


@cache
def _glyphs() -> _Glyphs:
    data = word_list("quotation_marks.yaml")
    family: dict[str, str] = {}
    opens: set[str] = set()
    closes: set[str] = set()
    for entry in data["families"]:
        for role in ("open", "close", "both"):
            for glyph in entry.get(role, ()):
                family[glyph] = entry["name"]
                if role == "open":
                    opens.add(glyph)
                elif role == "close":
                    closes.add(glyph)
    longest_first = sorted(family, key=len, reverse=True)
    lexer = re.compile("|".join(re.escape(glyph) for glyph in longest_first))
    return _Glyphs(family, frozenset(opens), frozenset(closes), frozenset(data["elisions"]["words"]), lexer)


@dataclass(slots=True)
class Mark:
    """One mark: where, of which family, and whether its neighbours let it open, close or both."""

    start: int
    end: int
    family: str
    can_open: bool
    can_close: bool
    prefers_open: bool | None
    strong: bool = True

    @property
    def is_single(self) -> bool:
        return self.family == "single"


def marks_of(text: str, passage: Span) -> Iterator[Mark]:
    """The marks of a passage in reading order, without those that can neither open nor close."""
    glyphs = _glyphs()
    found = list(glyphs.lexer.finditer(text, passage.start, passage.end))
    starts, ends = {m.start() for m in found}, {m.end() for m in found}
    for match in found:
        start, end = match.span()
        before = text[start - 1] if start > passage.start else " "
        after = text[end] if end < passage.end else " "
        if (before.isalnum() and after.isalnum() and glyphs.family[match[0]] == "single") or _is_inches(
            text, passage, match
        ):
            continue
        if _is_bullet(text, match, passage.start, passage.end):
            continue
        mark = _by_neighbours(match, before, after, start in ends, end in starts)
        if mark.is_single:
            _weigh_single(mark, match[0], text, passage)
        if mark.can_open or mark.can_close:
            yield mark


def _is_bullet(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether a guillemet begins a passage, stands apart, and has no partner there: it marks an item of a list."""
    if match[0] not in "»›«‹" or match.start() != start or not text[match.end() : match.end() + 1].isspace():
        return False
    return not any(text.find(glyph, match.end(), end) >= 0 for glyph in "«»‹›")


def _is_inches(text: str, passage: Span, match: re.Match[str]) -> bool:
    start = match.start()
    return match[0] in {'"', "''", "”"} and _INCHES.search(text, max(passage.start, start - 5), start) is not None


def _by_neighbours(match: re.Match[str], before: str, after: str, mark_before: bool, mark_after: bool) -> Mark:
    glyphs = _glyphs()
    prefers = True if match[0] in glyphs.opens else False if match[0] in glyphs.closes else None
    free_before = before.isspace() or before in _OPENING_NEIGHBOURS
    free_after = after.isspace() or not (after.isalnum() or after in "([{$£€@#_*")
    if mark_before or mark_after or free_before == free_after:
        can_open = can_close = True  # the glyph and what is open decide
        if mark_before and not mark_after and prefers is None:
            can_open, can_close = not after.isspace(), not after.isalnum()
        elif mark_after and not mark_before and prefers is None:
            can_open, can_close = free_before, not before.isspace()
    elif prefers is not None and prefers != free_before and glyphs.family[match[0]] != "single":
        can_open, can_close, prefers = True, True, None  # the wrong way round, or a space on the wrong side
    else:
        can_open, can_close = free_before, free_after
    return Mark(match.start(), match.end(), glyphs.family[match[0]], can_open, can_close, prefers)


def _weigh_single(mark: Mark, glyph: str, text: str, passage: Span) -> None:
    """An apostrophe is the likelier reading of a single mark: ask for more before it opens or closes."""
    before = text[mark.start - 1] if mark.start > passage.start else " "
    after = text[mark.end] if mark.end < passage.end else " "
    mark.can_close = mark.can_close and not before.isspace() and mark.prefers_open is not True
    mark.can_open = mark.can_open and not after.isspace() and (glyph != "’" or before.isspace())
    if mark.can_open and not mark.prefers_open:
        word = LETTERS.match(text, mark.end, passage.end)
        elided = word is not None and word[0].lower() in _glyphs().elisions
        mark.can_open = not elided and not _DECADE.match(text, mark.end, passage.end) and not before.isalnum()
    elif mark.can_open:
        mark.can_open = not _DECADE.match(text, mark.end, min(passage.end, mark.end + 3))
    plural = before in "sSzZxX" or text[max(passage.start, mark.start - 2) : mark.start].lower() == "in"
    mark.strong = before in _STRONG_BEFORE or after in _STRONG_AFTER or not plural or mark.end == passage.end


def without_possessives(marks: list[Mark], goes_on: bool) -> list[Mark]:
    """Leave out single marks that follow a plural where a surer close comes before the next opening.

    ``'The rebels' line is thin,' he said``: the first close is a possessive, the second one closes.

    :param goes_on: whether the passage opens with a single mark and the next one too: the close is still to come.
    """
    kept: list[Mark] = []
    surer_ahead = goes_on
    for mark in reversed(marks):
        if mark.is_single:
            if mark.can_close and not mark.can_open and not mark.strong and surer_ahead:
                continue
            surer_ahead = mark.can_close and not mark.can_open and (mark.strong or surer_ahead)
        else:
            surer_ahead = False
        kept.append(mark)
    return kept[::-1]


def opening_family(text: str, start: int, end: int) -> str | None:
    """The family of the mark at `start`; null where none stands there, or one that marks an item of a list."""
    match = _glyphs().lexer.match(text, start, end)
    return None if match is None or _is_bullet(text, match, start, end) else _glyphs().family[match[0]]
