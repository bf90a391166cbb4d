"""Adds PERSON spans that the tagger missed after "Mr", "Mrs" and "Ms"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from onrecord.document.article import READ_KINDS, Block, EntityType, NameSpan
from onrecord.lexicon.name_words import title_key, titles

#: One capitalised word that no other follows: of two, the second may be a verb in a headline or a second name.
_COURTESY = re.compile(r"\b(?:Mr|Mrs|Ms)\.?[ \u00a0](?P<name>[^\W\d_a-z][\w’'-]*\w)(?![\w-]|[ \u00a0][^\W\d_a-z])")
_SCORE = 0.9


def courtesies(text: str, blocks: Sequence[Block], names: Sequence[NameSpan]) -> list[NameSpan]:
    """A person for each name after a courtesy title that `names` (in reading order, not overlapping) do not touch.

    "Mr. Speaker" and the like are offices and no names.
    """
    ends = [name.end for name in names]
    found = []
    for block in blocks:
        if block.kind not in READ_KINDS:
            continue
        for match in _COURTESY.finditer(text, block.start, block.end):
            start, end = match.span("name")
            next_name = bisect_left(ends, start + 1)
            taken = next_name < len(names) and names[next_name].start < end
            if not taken and title_key(match["name"]) not in titles().offices:
                found.append(NameSpan(start, end, EntityType.PERSON, _SCORE))
    return found
