"""Names near a story that wrote it not: who took the pictures, who translated it, who signed one of several letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.document.article import STORY_KINDS, BlockKind

#: What somebody else than the author did: "Photos by ...", "Video: ..."; not "Story and photos by".
_DID = re.compile(
    r"(?:(?<!and )(?<!& )\b(?:photo\w*|pictures?|images?|illustrat\w+|graphics?|videos?|videography|film(?:ed|ing)"
    r"|artwork|translat\w+)\s*(?:by\b|:)\s*:?\s*|\bas told to [^|,;]{3,60} by )"
    r"(?:(?:(?!\bby\b)[^|/•·;:]){3,60}?(?:,|\band\b|&)\s*)?$",
    re.IGNORECASE,
)
_DID_BEHIND = re.compile(r"\s?\((?:photos?|photographs?|photographer|pictures?|video|illustrations?|graphics?)\)", re.I)
#: A signature is a line of its own, with a place behind it at most.
_SIGNATURE = 60

#: What heads a page of letters, and how they begin.
_LETTERS = re.compile(r"(?:.{0,40}\b)?(?:letters\b.*|readers write\b.*|mailbag)", re.IGNORECASE)
_BEGINNING = re.compile(r"(?:dear (?:editor|sir|madam)|editor|sir|madam|to the editor)[,:.]", re.IGNORECASE)

Words = Sequence[tuple[BlockKind, str]]


def did_something_else(line: str, name: str) -> bool:
    """Whether a line says that somebody took the pictures, filmed, drew, translated or told the story to its author."""
    at = line.find(name)
    if at < 0:
        return False
    return _DID.search(line[:at]) is not None or _DID_BEHIND.match(line, at + len(name)) is not None


def signatures(words: Words, named: Sequence[tuple[int, str]]) -> frozenset[int]:
    """The blocks of names that sign one of several letters; `named` are blocks and the names in them, none introduced.

    A page of letters has "Letters" in its head, or two that begin with "Sir," or "To the Editor:".
    A signature stands below a paragraph, at most with "Sincerely," between; between two of them stands another letter.
    """
    if not _has_letters(words):
        return frozenset()
    below = sorted({at for at, name in named if _signs(words, at, name)})
    parted = [
        (first, second)
        for first, second in pairwise(below)
        if any(kind in STORY_KINDS and len(line) > _SIGNATURE for kind, line in words[first + 1 : second])
    ]
    return frozenset(at for pair in parted for at in pair)


def _has_letters(words: Words) -> bool:
    short = [(kind, line) for kind, line in words if len(line) <= _SIGNATURE]
    headed = any(kind is BlockKind.HEADLINE and _LETTERS.fullmatch(line) for kind, line in short)
    return headed or sum(_BEGINNING.fullmatch(line) is not None for _, line in short) > 1


def _signs(words: Words, at: int, name: str) -> bool:
    line = words[at][1].lstrip(" -–—")
    above = any(len(line) > _SIGNATURE for _, line in words[max(0, at - 2) : at])
    return line.casefold().startswith(name.casefold()) and len(line) <= _SIGNATURE and above
