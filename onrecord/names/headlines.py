"""Cuts names in headlines down to the forms in the story: in title case, a verb looks like a surname."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.document.article import Block, BlockKind, EntityType, NameSpan
from onrecord.lexicon.name_words import fold
from onrecord.names.spans import Named

HEADLINES = frozenset({BlockKind.HEADLINE, BlockKind.ALTERNATIVE_HEADLINE, BlockKind.HEADING})


def in_headlines(text: str, blocks: Sequence[Block], named: Sequence[Named]) -> list[NameSpan]:
    """The names as spans, people's names in headlines cut down to those that the story has.

    "Ada Quill Slams" is Ada Quill where the story calls somebody so and has nobody with "Slams" in the name;
    "Quill Slams" likewise. What the story does not tell stays as it is, and so does a family name before a given one:
    "Cheung Ka-wai" where the story goes on with "Cheung".
    """
    starts = [block.start for block in blocks]

    def in_headline(name: Named) -> bool:
        index = bisect_right(starts, name.start) - 1
        return index >= 0 and name.start < blocks[index].end and blocks[index].kind in HEADLINES

    above = [in_headline(name) for name in named]
    story = [n for n, is_above in zip(named, above, strict=True) if not is_above]
    people = {tuple(_words(n, text)) for n in story if n.entity_type is EntityType.PERSON}
    people |= {words[-1:] for words in people}
    known = {word for n in story for word in _words(n, text)}
    spans = []
    for name, is_above in zip(named, above, strict=True):
        start, end = _of_story(text, name, people, known) if is_above else (name.start, name.end)
        spans.append(NameSpan(start, end, name.entity_type, name.score))
    return spans


def _words(name: Named, text: str) -> list[str]:
    return [fold(word) for word in text[name.start : name.end].split()]


def _of_story(text: str, name: Named, people: set[tuple[str, ...]], known: set[str]) -> tuple[int, int]:
    """Bounds of the part of a headline's name that the story has, if what is left over is in no name of the story."""
    words = _words(name, text)
    if name.entity_type is not EntityType.PERSON or tuple(words) in people or name.parts.family_first:
        return name.start, name.end
    for size in range(len(words) - 1, 0, -1):
        for first in (0, len(words) - size):
            part, rest = words[first : first + size], words[:first] + words[first + size :]
            if tuple(part) in people and known.isdisjoint(rest):
                return _bounds(text, name, first, first + size)
    return name.start, name.end


def _bounds(text: str, name: Named, first: int, last: int) -> tuple[int, int]:
    """Where the words `first` to `last` (exclusive) of a name stand."""
    places, at = [], name.start
    for word in text[name.start : name.end].split():
        at = text.index(word, at)
        places.append((at, at + len(word)))
        at += len(word)
    return places[first][0], places[last - 1][1]
