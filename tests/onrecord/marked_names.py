"""Texts with their names in brackets, read as the article's mentions."""

from __future__ import annotations

import re

from onrecord.coreference import find_mentions
from onrecord.document.article import Block, BlockKind, EntityType, Mention, NameSpan
from onrecord.document.document import Document

PERSON, ORG, LOC, NORP = EntityType.PERSON, EntityType.ORG, EntityType.LOC, EntityType.NORP


def read(marked: str) -> tuple[str, tuple[Mention, ...]]:
    """`marked` has names as [P:Lee Marsh], [O:...], [L:...], [N:...]; returns the plain text and its mentions."""
    kinds = {"P": PERSON, "O": ORG, "L": LOC, "N": NORP}
    text, spans, last = "", [], 0
    for match in re.finditer(r"\[([POLN]):([^\]]*)\]", marked):
        text += marked[last : match.start()]
        spans.append(NameSpan(len(text), len(text) + len(match.group(2)), kinds[match.group(1)], 0.9))
        text += match.group(2)
        last = match.end()
    text += marked[last:]
    blocks, position = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, position, position + len(paragraph)))
        position += len(paragraph) + 2
    return text, find_mentions(Document(text, tuple(blocks)), spans)


def names(marked: str) -> list[str]:
    return [m.name for m in read(marked)[1]]


def ids(marked: str) -> list[int]:
    return [m.local_id for m in read(marked)[1]]
