"""From the tagger's spans to the names themselves: trimmed to the name, one reading for each stretch of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.document.article import Block, EntityType, NameSpan
from onrecord.lexicon.name_words import crowd_words, fold, is_body_word, name_words, programme_words, title_key, titles
from onrecord.names.parse import NameParts, parse_name
from onrecord.names.territories import territory_code


@dataclass(frozen=True, slots=True)
class Named:
    """One name in the text: `parts` is read from the span, `passage` the index of its block (-1: outside of all)."""

    start: int
    end: int
    entity_type: EntityType
    score: float
    parts: NameParts
    passage: int


def clean_spans(text: str, blocks: Sequence[Block], names: Sequence[NameSpan]) -> list[Named]:
    """The names at `names`, trimmed, without empty ones, none overlapping another, in reading order.

    Titles before a person's name, possessives, marks at the edges and a lower-case article are cut off. Of spans
    that overlap the one with the higher score stays, of equal scores the longer.
    """
    starts = [b.start for b in blocks]
    kept: list[tuple[int, int]] = []
    out: list[Named] = []
    for span in sorted(names, key=lambda s: (-s.score, s.start - s.end, s.start)):
        named = _trimmed(text, span, starts, blocks)
        if named is None:
            continue
        place = bisect_left(kept, (named.start, named.end))
        free_left = place == 0 or kept[place - 1][1] <= named.start
        free_right = place == len(kept) or kept[place][0] >= named.end
        if free_left and free_right:
            kept.insert(place, (named.start, named.end))
            out.append(named)
    return sorted(out, key=lambda n: n.start)


def _trimmed(text: str, span: NameSpan, starts: list[int], blocks: Sequence[Block]) -> Named | None:
    start, end = max(0, span.start), min(len(text), span.end)
    if start >= end:
        return None
    kind, parts = _read(text[start:end], span.entity_type)
    if not any(c.isalnum() for c in parts.core) or _is_no_name(parts):
        return None
    article = parts.article or ""
    # "The Hague", "The Guardian": the tagger takes a capital article in where it is part of the name.
    offset = text[start:end].index(article) if article[:1].isupper() else parts.start
    index = bisect_right(starts, start + offset) - 1
    passage = index if index >= 0 and start + offset < blocks[index].end else -1
    return Named(start + offset, start + _end(text[start:end], parts), kind, span.score, parts, passage)


def _is_no_name(parts: NameParts) -> bool:
    """Whether the words describe ("Norland senator", "Senator from Norland", "Norland Rebels") or are two people
    ("Ada T. and Omar Quill")."""
    words = parts.core.split()
    if parts.entity_type is EntityType.PERSON and not {"and", "from", "for"}.isdisjoint(words[1:-1]):
        return True
    if len(words) > 1 and parts.entity_type is not EntityType.MISC and words[-1].lower() in crowd_words():
        return True
    return len(words) > 1 and words[-1].islower() and title_key(words[-1]) in titles().offices


def _read(printed: str, kind: EntityType) -> tuple[EntityType, NameParts]:
    """The name taken apart, and its type. A programme is no person.

    "Norland Sen. Ada Quill" is a person, whatever the tagger says: a title with words before it ("Norland Sen."),
    then a given and a family name that is no word for a body ("King Faro Hospital" has neither).
    """
    words = printed.split()
    if (
        kind is EntityType.PERSON
        and len(words) > 2
        and words[-1][0].isupper()
        and words[-1].lower() in programme_words()
    ):
        return EntityType.MISC, parse_name(printed, EntityType.MISC)
    parts = parse_name(printed, kind)
    if kind in (EntityType.PERSON, EntityType.NORP):
        return kind, parts
    person = parse_name(printed, EntityType.PERSON)
    titled = any(len(role.split()) > 1 for role in person.roles)
    clause = any(word.islower() and fold(word) not in _particles() for word in person.core.split())
    if titled and not clause and person.given and person.family and not is_body_word(person.family[-1]):
        return EntityType.PERSON, person
    return kind, parts


@cache
def _particles() -> frozenset[str]:
    known = name_words()
    return known.particles | known.lowercase_particles


def _end(printed: str, parts: NameParts) -> int:
    """Where the name ends: before a possessive, unless it may be part of the name ("St Paul's", "Lloyd's")."""
    if parts.possessive and parts.entity_type is not EntityType.PERSON:
        named = printed[: parts.end + 2].rstrip()
        if not territory_code(parts.core, parts.entity_type):
            return len(named)
    return parts.end
