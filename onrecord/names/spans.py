"""From the tagger's spans to the names themselves: trimmed to the name, one reading for each stretch of text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.document.article import Block, EntityType, NameSpan
from onrecord.lexicon.name_words import (
    crowd_words,
    fold,
    is_body_word,
    name_words,
    programme_words,
    title_key,
    titles,
    weekdays,
)
from onrecord.lexicon.territories import abbreviated_regions
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
    kind = EntityType.LOC if _is_region(text, start, end) else span.entity_type
    kind, parts = _read(text[start:end], kind)
    if not any(c.isalnum() for c in parts.core) or _is_no_name(parts, text[start:end]):
        return None
    article = parts.article or ""
    # "The Hague", "The Guardian": the tagger takes a capital article in where it is part of the name.
    offset = text[start:end].index(article) if article[:1].isupper() else parts.start
    index = bisect_right(starts, start + offset) - 1
    passage = index if index >= 0 and start + offset < blocks[index].end else -1
    return Named(start + offset, start + _end(text[start:end], parts), kind, span.score, parts, passage)


#: A state behind a town or a party, abbreviated: "Aldermoor, Conn.", "D-Conn.".
_REGION = re.compile(r"[-,(]\s?(?P<name>[A-Z][a-z]+)\.")
#: An address ("ada@quill.example"), a mark-up's attribute, initials that are a word ("O.K."), a single initial ("D.").
_NO_NAME = re.compile(r".*(?:\w@\w|=[\"“]).*|[Oo]\.?[Kk]\.|[^\W\d_]\.", re.DOTALL)

#: A party and a state, as behind a lawmaker's name: "Orla Venn (D-MD)", "Ida Quill, R-Va.,".
_PARTY_AND_STATE = re.compile(r"[DRI]-(?:[A-Z]{2}|(?P<region>[A-Z][A-Za-z.]*[a-zA-Z])\.?)")


def _is_region(text: str, start: int, end: int) -> bool:
    """Whether the name is an abbreviated state."""
    region = _REGION.match(text, max(0, start - 2)) or _REGION.match(text, max(0, start - 1))
    return (
        region is not None
        and region.start("name") == start
        and end in (region.end("name"), region.end())
        and region["name"] in abbreviated_regions()
    )


def _is_no_name(parts: NameParts, printed: str) -> bool:
    """Whether the words describe ("Norland senator", "Senator from Norland", "Norland Rebels"), are two people
    ("Ada T. and Omar Quill"), a weekday, an address, a word's initials, or a lawmaker's party and state."""
    words = parts.core.split()
    if _NO_NAME.fullmatch(printed.strip()) or (len(words) == 1 and _is_weekday(words[0], parts.entity_type)):
        return True
    party = _PARTY_AND_STATE.fullmatch(printed.strip())
    if party is not None and (party["region"] is None or party["region"] in abbreviated_regions()):
        return True
    if parts.entity_type is EntityType.PERSON and not {"and", "from", "for"}.isdisjoint(words[1:-1]):
        return True
    if len(words) > 1 and parts.entity_type is not EntityType.MISC and words[-1].lower() in crowd_words():
        return True
    return len(words) > 1 and words[-1].islower() and title_key(words[-1]) in titles().offices


def _is_weekday(word: str, kind: EntityType) -> bool:
    """Whether a word is a weekday; a person may be called so."""
    return kind is not EntityType.PERSON and word.lower() in weekdays()


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
