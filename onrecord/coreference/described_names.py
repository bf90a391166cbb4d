"""The name to which a description in a source leads: "head of works Orla Venn", "the spokesman, Tam Quill"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.coreference.source_pieces import JOINTS, LINKS, Piece, ends_office, is_body, is_courtesy, parts_of
from onrecord.document.article import EntityType, Mention
from onrecord.lexicon.name_words import titles
from onrecord.lexicon.people import people_words

#: Between a noun and the name of the one who is meant: ``a student named``, ``a clerk who gave his name as``,
#: ``the man, identified by police as``, ``the driver, whom police named as``, ``the buyer, a clerk from Corran named``.
NAMED = re.compile(
    r"(?:,\san?\s(?:[\w-]+\s){0,3}?[\w-]+(?:\s(?:from|in)\s[A-Z][\w-]*)?)?,?\s"
    r"(?:(?:(?:who\s)?(?:is|was|has\sbeen)\s)?(?:named|called|surnamed"
    r"|(?:identified|known|named)(?:\s(?:only|locally|simply|later))?(?:\sby\s(?:[\w-]+\s){0,2}[\w-]+)?\sas)\s"
    r"|whom\s(?:[\w-]+\s){1,3}(?:named|identified)\sas\s"
    r"|(?:who\s)?(?:by|with)\sthe\s(?:first\s|last\s)?name\s(?:of\s)?|(?:who\s)?goes\sby\s(?:the\sname\s(?:of\s)?)?"
    r"|(?:who\s)?g[ai]ves?\s(?:us\s)?(?:his|her|their|the)\s(?:first\s|full\s)?name\s(?:only\s)?(?:as\s)?)[“\"‘']?"
)
_OFFICE_LINKS = frozenset({"of", "for", "in", "at", "on", "to", "and", "&", ","})
_FIELD_LINKS = frozenset({"in"})  # "a specialist in harbour law Orla Venn", not "a lawyer for the magnate Orla Venn"


def named_last(core: Sequence[Piece], rest: Sequence[Piece]) -> Mention | None:
    """A person named last whom the words before describe: ``Harbour Board (HB), head of works Orla Venn``.

    Not ``the family of activist Orla Venn``, where a preposition stands before what describes her.
    """
    words = people_words()
    pieces = [*core, *rest]
    last = pieces.pop().mention
    if last is not None and last.entity_type is EntityType.PERSON and ends_office(pieces):
        return last
    people = [p for p in pieces if p.mention is not None and p.mention.entity_type is EntityType.PERSON]
    if people and any(p.lower in JOINTS and p.start > people[0].end for p in pieces):
        return None  # "minister of works Tam Quill and aide Orla Venn"
    if last is None or last.entity_type is not EntityType.PERSON or words.is_plural(core[-1].lower):
        return None
    phrases = parts_of(pieces)
    if not phrases or not phrases[-1].nouns:
        return None
    if words.is_person(phrases[-1].nouns[-1].lower):
        if phrases[-1].link in JOINTS:  # "director and Corran delegate Orla Venn", not "Quill and aide Orla Venn"
            two_offices = len(phrases) > 1 and phrases[-2].nouns and words.is_person(phrases[-2].nouns[-1].lower)
            return last if two_offices else None
        owner = phrases[-2].nouns[-1].mention if len(phrases) > 1 and phrases[-2].nouns else None
        of_body = owner is not None and (phrases[-1].link == "of" or is_body(owner))  # "Guild of Corran chair Venn"
        return None if phrases[-1].link in words.prepositions and not of_body else last
    links = set()
    while phrases and phrases[-1].link in _OFFICE_LINKS:  # "minister for works in Corran Orla Venn"
        links.add(phrases.pop().link)
        if phrases and phrases[-1].nouns and words.is_person(phrases[-1].nouns[-1].lower):
            free = phrases[-1].link not in words.prepositions
            definite = phrases[-1].nouns[0].lower not in words.indefinite
            return last if free and (definite or links == _FIELD_LINKS) else None
    return None


def set_off(core: Sequence[Piece], rest: Sequence[Piece], *, definite: bool) -> Mention | None:
    """A person set off by commas behind what describes one: ``the spokesman, Tam Quill``."""
    noun = core[-1].lower
    opposite = noun == "number" and len(core) > 1 and core[-2].lower == "opposite"
    if not opposite and (people_words().is_plural(noun) or noun in people_words().documents):
        return None
    for i, piece in enumerate(rest):
        if piece.mention is None or piece.mention.entity_type is not EntityType.PERSON:
            continue
        first = next((j for j in range(i, 0, -1) if not is_courtesy(rest[j - 1])), 0)
        before = rest[first - 1].lower if first else ""
        if before in {",", "(", "–", "—"} and _closes(rest[i + 1 :], longer=first == 1):
            of_another = first > 1 and not definite and people_words().is_person(rest[first - 2].lower)
            return None if of_another else piece.mention
    return None


def _closes(behind: Sequence[Piece], *, longer: bool) -> bool:
    """Whether a name set off ends before a mark, perhaps behind letters and a place: ``Orla Venn KC of Corran``."""
    if longer and behind and behind[0].mention is None and behind[0].lower in titles().post_nominals:
        behind = behind[1:]
    if longer and len(behind) > 1 and behind[0].lower in {"of", "from"} and behind[1].mention is not None:
        behind = behind[2:]
    return not behind or behind[0].lower in {",", ")", "(", "–", "—"}


def called(text: str, core: Sequence[Piece], rest: Sequence[Piece]) -> Mention | None:
    """A person whose name a clause gives: ``the driver, identified as Orla Venn``; ``a clerk named Tam Quill``."""
    people = (p.mention for p in rest if p.mention is not None and p.mention.entity_type is EntityType.PERSON)
    first = next(people, None)
    if first is None or not people_words().may_be_person(core[-1].lower):
        return None
    owns = text.startswith(("'s ", "’s "), first.end)
    return first if not owns and NAMED.fullmatch(text, core[-1].end, first.start) else None


def body_set_off(core: Sequence[Piece], rest: Sequence[Piece], *, definite: bool) -> Mention | None:
    """``The product's maker, Corran-based Harbour Foods``: a body behind the noun for it, at the end."""
    noun, last = core[-1].lower.removesuffix("s"), rest[-1].mention if rest else None
    if last is None or not is_body(last) or not definite:
        return None
    between = [p.lower for p in rest[:-1]]
    joined = any(p.lower in JOINTS for p in core)  # "its owner and rival, Corran Rail"
    if noun in people_words().parties and not joined and between in ([","], [",", "the"]):
        return last
    if rest[0].lower != ",":
        return None
    hyphened = (b for a, b in pairwise(rest[1:-1]) if a.lower not in {"-", "–"})
    stops = people_words().prepositions | LINKS - {"-", "–"}
    apart = any(p.mention is None and p.lower in stops for p in (*rest[1:2], *hyphened))
    return last if noun in people_words().organizations and not apart else None
