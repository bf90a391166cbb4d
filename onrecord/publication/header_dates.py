"""The date that a page prints for its story: beside the headline, or under the last paragraph.

A page prints other dates as well: of other stories, of comments, of events. Those stand elsewhere, or are announced by
other words ("ends", "as of").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.dates.written import WrittenDate, stamps
from onrecord.document.article import BODY_KINDS, BlockKind

#: So many blocks over the headline, and between paragraphs under it, are of the head; so many behind the story are of
#: its foot.
_OVER, _UNDER, _BEHIND = 6, 4, 5
#: Longer lines that hold a date are sentences.
_LONGEST = 150
#: A line that is a date and little else: so many characters beside it.
_BESIDE = 70
#: A line among the story's paragraphs that only dates it is labelled, and no longer than this.
_LABELLED_LENGTH = 80
_OTHER = frozenset(
    {
        BlockKind.HEADLINE,
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.HEADING,
        BlockKind.CAPTION,
        BlockKind.RELATED,
        BlockKind.COMMENT,
        BlockKind.LIVE_ENTRY,
        BlockKind.URL,
        BlockKind.DATELINE,
    }
)
_CORRECTION = re.compile(r"correct(?:ed|ion)|clarification|editor", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:published|posted|issued|released|dated?|publication|created|written|updated|modified)\b", re.IGNORECASE
)
#: Words right before a date that is not of publication.
_ANNOUNCED = re.compile(
    r"(?:\b(?:as of|ends?|until|till|through|before|effective|expires?|join us|register|sign up|event|starts?|begins?|"
    r"due|deadline|from|between|copyright|session|webinar|conference|accessed|retrieved|valid)|©)\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)

Words = Sequence[tuple[BlockKind, str]]


@dataclass(frozen=True, slots=True)
class _Printed:
    at: int
    updated: bool
    labelled: bool
    written: WrittenDate


def header_date(words: Words) -> WrittenDate | None:
    """The date printed for the story, before that of an update; null where lines of the same sort disagree.

    `words` are the blocks in order with what a person reads of them.
    """
    story = [i for i, (kind, line) in enumerate(words) if kind in BODY_KINDS and len(line) > 1]
    first, last = (story[0], story[-1]) if story else (len(words), len(words))
    headline = next((i for i, (kind, _) in enumerate(words) if kind is BlockKind.HEADLINE), None)
    first = next((i for i in story if headline is None or i > headline), first)
    top = (first if headline is None else min(first, headline)) - _OVER
    head = [found for i in range(max(top, 0), min(first + _UNDER, len(words))) for found in _in_block(words, i)]
    beside = [found for found in head if headline is None or found.at > headline]
    over = [found for found in head if found not in beside]
    return _choose(beside) or _choose(over[::-1]) or _choose(_foot(words, first, last))


def _choose(found: Sequence[_Printed]) -> WrittenDate | None:
    """The first date of publication, a labelled one before others; else the first of an update."""
    for labelled in (True, False):
        for printed in found:
            if not printed.updated and printed.labelled is labelled:
                return printed.written
    return found[0].written if found else None


def _in_block(words: Words, i: int) -> Iterator[_Printed]:
    kind, line = words[i]
    if len(line) > _LONGEST or (i and _CORRECTION.match(words[i - 1][1])):
        return
    if kind in _OTHER and not (kind in BODY_KINDS and len(line) <= _LABELLED_LENGTH and _LABEL.search(line[:30])):
        return
    before = 0
    for updated, written in stamps(line):
        announced = _ANNOUNCED.search(line[before : written.start])
        if not announced and (
            kind in (BlockKind.DATE, BlockKind.BYLINE) or len(line) - (written.end - written.start) <= _BESIDE
        ):
            labelled = _LABEL.search(line[before : written.start]) is not None or (i > 0 and _is_label(words[i - 1][1]))
            yield _Printed(i, updated, labelled, written)
        before = written.end


def _is_label(line: str) -> bool:
    """Whether a line only announces the date on the next one: "Published:"."""
    return len(line) <= 24 and _LABEL.match(line) is not None


def _foot(words: Words, first: int, last: int) -> list[_Printed]:
    """Dates behind the story, and those with a label of their own inside of it."""
    if any(_CORRECTION.match(line) for _, line in words[last + 1 : last + 9]):
        return []
    inside = [found for i in range(first, min(last, len(words))) for found in _in_block(words, i)]
    behind = [found for i in range(last + 1, min(last + 1 + _BEHIND, len(words))) for found in _in_block(words, i)]
    return [found for found in inside if found.labelled] + [
        found for found in behind if found.labelled or words[found.at][0] is BlockKind.DATE
    ]
