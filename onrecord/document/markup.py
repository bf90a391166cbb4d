"""Markup of Markdown in a stretch of raw text: link targets and emphasis, also where the stretch cuts them."""

from __future__ import annotations

import re

#: What stands behind a link's words: the bracket that closes them, and the target.
LINK_TARGET = r"\]\(\s*<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_LINK = re.compile(r"!?\[([^\[\]]*)" + LINK_TARGET)
_END_OF_LINK = re.compile(LINK_TARGET)
_START_OF_LINK = re.compile(r"\[([^\[\]]*)(?:\]\([^()]*)?$")


def without_links(words: str) -> str:
    """`words` without link targets and without double asterisks.

    >>> without_links("the [office](/o) and **the [USDA](/u)**")
    'the office and the USDA'
    >>> without_links("USDA](/u)'s count of [seats](/s")
    "USDA's count of seats"
    """
    if "](" in words:
        words = _END_OF_LINK.sub("", _LINK.sub(r"\1", words))
        words = _START_OF_LINK.sub(r"\1", words) if "](" in words else words
    return words.replace("**", "")
