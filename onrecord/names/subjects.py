"""Roles of a sentence's subject: "A clerk at the board, Marsh wants a vote"."""

from __future__ import annotations

import re

from onrecord.lexicon.name_words import title_key, titles

_OPENING = re.compile(r"(?:.*[.!?\n]\s+)?(?P<role>An?\s[^\n,.;:!?“”\"]{3,90}),\s\Z", re.DOTALL)
_FOLLOWING = re.compile(r"\s(?P<verb>[a-z]+)")
_LINKS = frozenset({"of", "for", "at", "in", "to", "on", "with", "from", "by"})
_CLAUSES = frozenset(
    {"is", "was", "has", "had", "who", "whom", "whose", "which", "that", "when", "where", "while", "after"}
)


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
