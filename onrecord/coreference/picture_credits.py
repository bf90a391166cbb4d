"""Names that only tell who took a picture: ``Photo: Orla Venn``, ``(Orla Venn/Harbour Courier)``."""

from __future__ import annotations

import re

from onrecord.document.article import Mention

_BEFORE = re.compile(
    r"\b(?:P(?:hoto(?:graph)?|icture|ic|HOTO)|Image|Illustration)[sS]?"
    r"(?:\s(?:by|courtesy(?:\sof)?|credit))?(?:\s?:|(?<=by)|(?<=of))\s\Z"
)
_AGENCY = re.compile(r"\s?/\s?[A-Z][\w. ]{1,30}\)")  # behind a name that a bracket opens
_NEAR = 30


def is_picture_credit(text: str, mention: Mention) -> bool:
    """Whether a name stands there as that of a photographer."""
    if _BEFORE.search(text, max(0, mention.start - _NEAR), mention.start) is not None:
        return True
    return text[max(0, mention.start - 1) : mention.start] == "(" and _AGENCY.match(text, mention.end) is not None
