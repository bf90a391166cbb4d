"""Roles of a sentence's subject: "A clerk at the board, Marsh wants a vote"; "Marsh is one of its clerks"."""

from __future__ import annotations

import re

from onrecord.lexicon.name_words import title_key, titles

_ONE_OF = re.compile(r"\sis\s(?P<role>one\sof\s[^\n,.;:!?“”\"]{5,70})(?=[,.;])")
_OPENS = re.compile(r"(?:\A|[.!?]\s+|\n\s*)\Z")
_OPENING = re.compile(r"(?:.*[.!?\n]\s+)?(?P<role>An?\s[^\n,.;:!?“”\"]{3,90}),\s\Z", re.DOTALL)
_FOLLOWING = re.compile(r"\s(?P<verb>[a-z]+)")
_LINKS = frozenset({"of", "for", "at", "in", "to", "on", "with", "from", "by"})
_CLAUSES = frozenset(
    {"is", "was", "has", "had", "who", "whom", "whose", "which", "that", "when", "where", "while", "after"}
)


def of_several(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Bounds of "one of the clerks" behind a name that opens its sentence: in quotations and reports it says less."""
    match = _ONE_OF.match(text, end)
    if match is None or _OPENS.search(text, max(0, start - 4), start) is None:
        return None
    last = title_key(match["role"].split()[-1])
    return match.span("role") if last.endswith("s") and last[:-1] in titles().offices else None


def opening(text: str, start: int, end: int, reach: int) -> tuple[int, int] | None:
    """Bounds of "A clerk at the board" at the head of the sentence of which a name is the subject.

    Not where a verb of saying follows: "A clerk, Marsh said, had left". `reach`: how far before the name to read, in
    characters.
    """
    following = _FOLLOWING.match(text, end)
    if text[max(0, start - 2) : start] != ", " or following is None or following["verb"] in titles().saying:
        return None
    match = _OPENING.match(text[max(0, start - reach) : start])
    if match is None:
        return None
    words = [title_key(word) for word in match["role"].split()]
    head = next((words[i - 1] for i, word in enumerate(words) if i > 1 and word in _LINKS), words[-1])
    if head not in titles().offices or not _CLAUSES.isdisjoint(words):
        return None
    offset = max(0, start - reach)
    return match.start("role") + offset, match.end("role") + offset
