"""The words of a source: whole names, words and marks; its noun phrase, and the parts behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.document.article import EntityType, Mention, Span
from onrecord.lexicon.name_words import is_body_word, titles
from onrecord.lexicon.outlets import outlets
from onrecord.lexicon.people import people_words

_TOKEN = re.compile(r"\w+(?:[’'.\-&]\w+)*[’']?(?=\W|$)|[^\w\s]")
BREAKS = frozenset(",;:()[]-–—/")
_BRACKETS = frozenset("()")
JOINTS = frozenset({"and", "&", "or"})
LINKS = BREAKS | JOINTS
_COMPARED = frozenset({"like", "unlike", "alongside"})  # "Like Orla Venn, Tam Quill said": he says it
_LONGEST_ASIDE = 3  # pieces between brackets that are left out
#: A phrase in front of the subject that ends in a preposition: ``In a statement read by`` Quill.
_FRONTED = re.compile(
    r"(?:\A|[.!?:”\"\n]\s*)(?!According\b)(?:In|At|On|During|After|Before|Following|[A-Z]\w+(?:ed|ing))\b[^.!?\n”\"]*"
    r"(?<!according)\s(?:by|to|with|from|about|alongside)\s(?:the\s)?\Z"
)
_LONGEST_FRONTED = 160  # letters
_SPEAKERS = frozenset({EntityType.PERSON, EntityType.ORG})


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a punctuation mark or a whole name."""

    start: int
    end: int
    lower: str
    mention: Mention | None = None


def pieces_of(text: str, source: Span, inside: Sequence[Mention]) -> list[Piece]:
    """The names inside a source, and the words and marks between them."""
    pieces: list[Piece] = []
    start = source.start
    for mention in inside:
        pieces += _plain(text, start, mention.start)
        pieces.append(Piece(mention.start, mention.end, text[mention.start : mention.end].lower(), mention))
        start = mention.end
    return [*pieces, *_plain(text, start, source.end)]


def without_asides(pieces: list[Piece]) -> list[Piece]:
    """The pieces without a rank, a party or initials in brackets: ``Gen. (retd) Orla Venn``, ``Harbour Board (HB)``."""
    kept: list[Piece] = []
    for piece in pieces:
        kept.append(piece)
        if piece.lower != ")":
            continue
        aside = next((i for i in range(len(kept) - 2, -1, -1) if kept[i].lower == "("), len(kept))
        within = kept[aside + 1 : -1]
        initials = len(within) == 1 and within[0].mention is not None and is_body(within[0].mention)
        if len(within) <= _LONGEST_ASIDE and (initials or all(p.mention is None for p in within)):
            del kept[aside:]
    return kept


def without_setting(pieces: list[Piece]) -> list[Piece]:
    """The pieces without where, doing what or like whom one speaks: ``Outside court, Venn``, ``Like Venn, Quill``."""
    first = pieces[0] if pieces else None
    comma = next((i for i, piece in enumerate(pieces) if piece.lower == ","), len(pieces))
    rest = pieces[comma + 1 :]
    if first is None or first.mention is not None or not any(p.mention is not None for p in rest):
        return pieces
    words = people_words()
    compared = first.lower in _COMPARED and pieces[comma + 1].mention is not None
    opens = first.lower in words.prepositions - words.definite or first.lower.endswith("ing")
    person = any(p.mention is not None and p.mention.entity_type is EntityType.PERSON for p in pieces[:comma])
    return rest if compared or (opens and not person) else pieces


def behind_setting(text: str, source: Span, pieces: Sequence[Piece]) -> Span | None:
    """Who speaks behind a phrase in front: ``In a statement read by Quill, her mother, Orla Venn, said``."""
    people = [p for p in pieces if p.mention is not None and p.mention.entity_type in _SPEAKERS]
    if len(people) < 2 or not _FRONTED.search(text, max(0, source.start - _LONGEST_FRONTED), source.start):
        return None
    first, second = people[0], people[1]
    between = [p for p in pieces if first.end <= p.start < second.start]
    if not between or between[0].lower != "," or any(p.lower in JOINTS for p in between):
        return None
    return Span(between[1].start if len(between) > 1 else second.start, source.end)


def _plain(text: str, start: int, end: int) -> list[Piece]:
    return [Piece(m.start(), m.end(), m[0].lower()) for m in _TOKEN.finditer(text, start, end) if m[0] not in "’'"]


def core_of(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The noun phrase up to its first comma or preposition, and what follows."""
    words = people_words()
    core: list[Piece] = []
    for i, piece in enumerate(pieces):
        glued = i > 0 and piece.start == pieces[i - 1].end and piece.lower in {"-", "–"}  # "the Corran-based guild"
        compound = i > 0 and pieces[i - 1].lower in {"-", "–"} and piece.start == pieces[i - 1].end
        starts = bool(core) and piece.mention is None and piece.lower in words.prepositions and not compound
        if core and piece.mention is None and _begins_clause(core[-1], piece):
            return core, list(pieces[i:])
        if starts or (core and piece.mention is None and piece.lower in BREAKS and not glued):
            return _without_reflexive(core), list(pieces[i:])
        if piece.mention is not None or piece.lower[0].isalnum():
            core.append(piece)
    return _without_reflexive(core), []


def _begins_clause(noun: Piece, piece: Piece) -> bool:
    """Whether a word behind a noun says more of it: ``data published by``, ``a poll last``."""
    words = people_words()
    if noun.lower not in words.documents and not (noun.mention is None and words.is_person(noun.lower)):
        return False
    return piece.lower.endswith(("ed", "ing")) or piece.lower in words.times


def _without_reflexive(core: list[Piece]) -> list[Piece]:
    """``Venn herself`` is Venn, and so is ``Venn MP``."""
    last = core[-1].lower if len(core) > 1 and core[-1].mention is None else ""
    person = bool(last) and core[-2].mention is not None and core[-2].mention.entity_type is EntityType.PERSON
    lettered = person and last in titles().post_nominals
    return core[:-1] if lettered or last in people_words().reflexives else core


def is_body(mention: Mention) -> bool:
    """Whether a name is that of a body."""
    return mention.entity_type is EntityType.ORG


def is_courtesy(piece: Piece) -> bool:
    """``Mr.``, before a name."""
    return piece.mention is None and (piece.lower == "." or piece.lower in titles().honorifics)


def is_office(mention: Mention) -> bool:
    """Whether what was taken for a body is somebody's office: ``U.N. Special Rapporteur``, ``Commissioner for Ports``.

    Not ``Board of Justice``, ``Coast Guard``, ``Harbour Police``, ``The Corran Pilot``, ``Corran Observer``.
    """
    words = mention.name.lower().split()
    bodies = people_words().organizations
    body = (not bodies.isdisjoint(words) and "of" in words) or is_body_word(words[-1]) or words[-1] in bodies
    body = body or mention.name.startswith("The ") or words[-1].capitalize() in outlets().endings
    head = next((i for i, word in enumerate(words) if word in {"of", "for"} and i), 0)
    office = head and words[head - 1] in {"commissioner", "rapporteur", "secretary", "envoy", "representative"}
    return mention.entity_type is EntityType.ORG and (people_words().is_person(words[-1]) or bool(office)) and not body


def ends_office(pieces: Sequence[Piece]) -> bool:
    """Whether the words before a person are an office and whose it is: ``head of works of the Harbour Board``.

    A second name right behind the first can only be that of the one who holds the office.
    """
    words = [piece for piece in pieces if piece.lower not in _BRACKETS]
    owner = words[-1].mention if words else None
    if owner is None or owner.entity_type is EntityType.PERSON:
        return False
    if any(piece.mention is not None and piece.mention.entity_type is EntityType.PERSON for piece in words):
        return False
    return any(piece.mention is None and people_words().is_person(piece.lower) for piece in words)


@dataclass(frozen=True, slots=True)
class Part:
    """The words of a source up to the next comma, bracket, conjunction or preposition; `link` is the one before."""

    link: str
    nouns: list[Piece]


def parts_of(pieces: Sequence[Piece]) -> list[Part]:
    """The parts of a source, in order."""
    parts = [Part(",", [])]
    for piece in pieces:
        if piece.mention is None and (piece.lower in people_words().prepositions or piece.lower in LINKS):
            parts.append(Part(piece.lower, []))
        elif piece.mention is not None or piece.lower[0].isalnum():
            parts[-1].nouns.append(piece)
    return parts
