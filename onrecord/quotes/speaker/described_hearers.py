"""Whom a verb tells something, by a description: ``told the clerk``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.document.article import Span
from onrecord.quotes.attribution.draft import Draft

_TOLD = re.compile(r"(?:told|tells|asked|asks)\s(?P<hearer>the\s[a-z]+)\b", re.IGNORECASE)


def told_by(text: str, drafts: Sequence[Draft], keys: Sequence[int | None]) -> dict[str, set[int]]:
    """Who tells somebody of a description something, by its words: whoever told "the clerk" is not the clerk.

    :param keys: the tracks that the rules take for the speakers of `drafts`.
    """
    found: dict[str, set[int]] = {}
    for draft, key in zip(drafts, keys, strict=True):
        behind = None if draft.cue is None else _TOLD.match(text, draft.cue.start)
        if behind is not None and key is not None:
            found.setdefault(behind["hearer"].lower(), set()).add(key)
    return found


def tells(text: str, within: Span, hearer: str) -> bool:
    """Whether somebody tells one of a description something in a stretch of text: ``told the clerk``."""
    named = hearer.lower()
    return any(m["hearer"].lower() == named for m in _TOLD.finditer(text, within.start, within.end))
