"""A source taken apart: pronoun, name or description; of one, of several or of a body; and its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention, Span
from onrecord.lexicon.name_words import is_body_word, titles
from onrecord.lexicon.people import Pronoun, people_words
from onrecord.names.territories import names_one_of_a_people

_TOKEN = re.compile(r"\w+(?:[’'.\-&]\w+)*[’']?(?=\W|$)|[^\w\s]")
_BREAKS = frozenset(",;:()[]-–—/")
_BRACKETS = frozenset("()")
_JOINTS = frozenset({"and", "&", "or"})
_LINKS = _BREAKS | _JOINTS
_OFFICE_LINKS = frozenset({"of", "for", "in", "at", "on", "to", "and", "&", ","})
_FIELD_LINKS = frozenset({"in"})  # "a specialist in harbour law Orla Venn", not "a lawyer for the magnate Orla Venn"
#: Of several that are named, the first is given where it is a person, a body or a country.
_SPEAK = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.LOC})
_LONGEST_ASIDE = 3  # pieces between brackets that are left out
_POSSESSIVE = re.compile(r"[’']s?$")


class Form(StrEnum):
    """How a source is worded."""

    PRONOUN = "pronoun"
    NAME = "name"
    PERSON = "person"  # a description of one person
    GROUP = "group"  # a description of several, or several names
    BODY = "body"  # a description of an organisation
    DOCUMENT = "document"  # a report, a poll
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One source. `mention` is the name that it is (its head, or set off by commas beside the head; of several that
    are named, the first, if a person).

    `head` is the head noun of a description, lower case and singular; `words` are all its words before the first
    preposition. `definite` tells "the senator" from "a senator", `determiner` is the word that does. `inside` are
    its other names.
    """

    form: Form
    pronoun: Pronoun | None = None
    mention: Mention | None = None
    head: str = ""
    words: tuple[str, ...] = ()
    definite: bool = False
    determiner: str = ""
    inside: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, a punctuation mark or a whole name."""

    start: int
    end: int
    lower: str
    mention: Mention | None = None


def parsed(text: str, source: Span, mentions: Mentions) -> Phrase:
    """Take a source apart: once for each place of the text that `mentions` are of."""
    if source not in mentions.phrases:
        mentions.phrases[source] = _parsed(text, source, mentions)
    return mentions.phrases[source]


def _parsed(text: str, source: Span, mentions: Mentions) -> Phrase:
    words = people_words()
    inside = mentions.within(source)
    pieces = _without_setting(_without_asides(_pieces(text, source, inside)))
    content = [p for p in pieces if p.lower[0].isalnum()]
    if not content:
        return Phrase(Form.EMPTY)
    first = _POSSESSIVE.sub("", content[0].lower)
    if len(content) == 1 and first in words.pronouns and content[0].mention is None:
        return Phrase(Form.PRONOUN, pronoun=words.pronouns[first])
    core, rest = _core(pieces)
    if not core:
        return Phrase(Form.EMPTY, inside=tuple(inside))
    definite = core[0].lower in words.definite or _POSSESSIVE.sub("", core[0].lower) != core[0].lower
    described = _Described(text, core, rest, inside, definite, mentions)
    return described.several() or described.name() or described.nominal()


def _pieces(text: str, source: Span, inside: Sequence[Mention]) -> list[_Piece]:
    pieces: list[_Piece] = []
    start = source.start
    for mention in inside:
        pieces += _plain(text, start, mention.start)
        pieces.append(_Piece(mention.start, mention.end, text[mention.start : mention.end].lower(), mention))
        start = mention.end
    return [*pieces, *_plain(text, start, source.end)]


def _without_asides(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces without a rank, a party or initials in brackets: ``Gen. (retd) Orla Venn``, ``Harbour Board (HB)``."""
    kept: list[_Piece] = []
    for piece in pieces:
        kept.append(piece)
        if piece.lower != ")":
            continue
        aside = next((i for i in range(len(kept) - 2, -1, -1) if kept[i].lower == "("), len(kept))
        within = kept[aside + 1 : -1]
        initials = len(within) == 1 and within[0].mention is not None and _is_body(within[0].mention)
        if len(within) <= _LONGEST_ASIDE and (initials or all(p.mention is None for p in within)):
            del kept[aside:]
    return kept


def _without_setting(pieces: list[_Piece]) -> list[_Piece]:
    """The pieces without where, or doing what, somebody speaks: ``Outside court, Venn``, ``Prosecuting, Venn``."""
    first = pieces[0] if pieces else None
    comma = next((i for i, piece in enumerate(pieces) if piece.lower == ","), len(pieces))
    rest = pieces[comma + 1 :]
    if first is None or first.mention is not None or not any(p.mention is not None for p in rest):
        return pieces
    words = people_words()
    opens = first.lower in words.prepositions - words.definite or first.lower.endswith("ing")
    person = any(p.mention is not None and p.mention.entity_type is EntityType.PERSON for p in pieces[:comma])
    return rest if opens and not person else pieces


def _plain(text: str, start: int, end: int) -> list[_Piece]:
    return [_Piece(m.start(), m.end(), m[0].lower()) for m in _TOKEN.finditer(text, start, end) if m[0] not in "’'"]


def _core(pieces: Sequence[_Piece]) -> tuple[list[_Piece], list[_Piece]]:
    """The noun phrase up to its first comma or preposition, and what follows."""
    words = people_words()
    core: list[_Piece] = []
    for i, piece in enumerate(pieces):
        glued = i > 0 and piece.start == pieces[i - 1].end and piece.lower in {"-", "–"}  # "the Corran-based guild"
        compound = i > 0 and pieces[i - 1].lower in {"-", "–"} and piece.start == pieces[i - 1].end
        starts = bool(core) and piece.mention is None and piece.lower in words.prepositions and not compound
        if core and piece.mention is None and _begins_clause(core[-1], piece):
            return core, list(pieces[i:])
        if starts or (core and piece.mention is None and piece.lower in _BREAKS and not glued):
            return _without_reflexive(core), list(pieces[i:])
        if piece.mention is not None or piece.lower[0].isalnum():
            core.append(piece)
    return _without_reflexive(core), []


def _begins_clause(noun: _Piece, piece: _Piece) -> bool:
    """Whether a word behind a noun says more of it: ``data published by``, ``a poll last``."""
    words = people_words()
    if noun.lower not in words.documents and not (noun.mention is None and words.is_person(noun.lower)):
        return False
    return piece.lower.endswith(("ed", "ing")) or piece.lower in words.times


def _without_reflexive(core: list[_Piece]) -> list[_Piece]:
    """``Venn herself`` is Venn, and so is ``Venn MP``."""
    last = core[-1].lower if len(core) > 1 and core[-1].mention is None else ""
    person = bool(last) and core[-2].mention is not None and core[-2].mention.entity_type is EntityType.PERSON
    lettered = person and last in titles().post_nominals
    return core[:-1] if lettered or last in people_words().reflexives else core


def _is_body(mention: Mention) -> bool:
    return mention.entity_type is EntityType.ORG


def _is_courtesy(piece: _Piece) -> bool:
    """``Mr.``, before a name."""
    return piece.mention is None and (piece.lower == "." or piece.lower in titles().honorifics)


def _is_office(mention: Mention) -> bool:
    """Whether what was taken for a body is somebody's office: ``U.N. Special Rapporteur``.

    Not ``Board of Justice``, ``Coast Guard``.
    """
    words = mention.name.lower().split()
    body = (not people_words().organizations.isdisjoint(words) and "of" in words) or is_body_word(words[-1])
    return mention.entity_type is EntityType.ORG and people_words().is_person(words[-1]) and not body


def _ends_office(pieces: Sequence[_Piece]) -> bool:
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
class _Part:
    """The words of a source up to the next comma, bracket, conjunction or preposition; `link` is the one before."""

    link: str
    nouns: list[_Piece]


def _phrases(pieces: Sequence[_Piece]) -> list[_Part]:
    parts = [_Part(",", [])]
    for piece in pieces:
        if piece.mention is None and (piece.lower in people_words().prepositions or piece.lower in _LINKS):
            parts.append(_Part(piece.lower, []))
        elif piece.mention is not None or piece.lower[0].isalnum():
            parts[-1].nouns.append(piece)
    return parts


@dataclass(frozen=True, slots=True)
class _Described:
    text: str
    core: list[_Piece]
    rest: list[_Piece]
    inside: list[Mention]
    definite: bool
    mentions: Mentions

    def several(self) -> Phrase | None:
        """``Venn and Quill``, ``Venn and her lawyers``: more than one source under one verb."""
        for i, piece in enumerate(self.core[1:-1], start=1):
            joins = piece.mention is None and piece.lower in {"and", "or", "&"}
            left = self.core[i - 1]
            if joins and self._is_one_office(left):
                continue
            if joins and (left.mention is not None or people_words().is_plural(left.lower)):
                return self._led_by(left.mention)
        followed = [p.lower for p in self.rest if p.lower != ","]
        if self.rest and self.rest[0].lower == "," and self.core[-1].mention is not None and "and" in followed:
            after = followed.index("and") + 1
            apposition = len(followed) > 1 and followed[0] in {"a", "an", "the", "who", "one"}
            names = [p for p in self.rest if p.mention is not None]
            if not apposition and after < len(followed) and len(names) > 1 and self.rest[1].mention is not None:
                return self._led_by(self.core[-1].mention)
        return None

    def _is_one_office(self, left: _Piece) -> bool:
        """``the Corran and Aldermoor lieutenant governor``: two places, or a people of two, with one office."""
        words, noun = people_words(), self.core[-1].lower
        person = left.mention is not None and left.mention.entity_type is EntityType.PERSON
        return not person and self.core[0].lower == "the" and (words.is_person(noun) or words.is_epithet(noun))

    def _led_by(self, first: Mention | None) -> Phrase:
        named = first is not None and first.entity_type in _SPEAK
        return Phrase(Form.GROUP, mention=first if named else None, inside=tuple(self.inside))

    def name(self) -> Phrase | None:
        """A name as the head, or set off by commas behind a description: ``the spokesman, Tam Quill``."""
        head = self.core[-1].mention or self._known_name()
        of_body = head is not None and self.rest and self.rest[0].lower == "of"  # "Tarn of Corran chair Orla Venn"
        if head is None or head.entity_type is not EntityType.PERSON or of_body:
            head = self._named_last() or head
        if head is not None and (_is_office(head) or self._is_nobodys_name(head)):
            head = None  # "the U.N. special rapporteur on prisons, Orla Venn"
        plural = any(p.lower in people_words().plural_determiners for p in self.core[:1])
        if head is not None and not plural:
            if head.entity_type is EntityType.NORP or self.core[-1].lower.split()[-1] in people_words().peoples:
                return None
            return self._phrase(Form.NAME, head)
        beside = self._set_off() or self._body_set_off()
        return None if beside is None else self._phrase(Form.NAME, beside)

    def _is_nobodys_name(self, head: Mention) -> bool:
        """Whether a word behind "the" was taken for a name that nobody has: ``the Swede said``."""
        alone = len(self.core) == 2 and self.core[0].lower == "the" and " " not in head.name
        return alone and head.entity_type is EntityType.PERSON

    def _named_last(self) -> Mention | None:
        """A person named last whom the words before describe: ``Harbour Board (HB), head of works Orla Venn``.

        Not ``the family of activist Orla Venn``, where a preposition stands before what describes her.
        """
        words = people_words()
        pieces = [*self.core, *self.rest]
        while len(pieces) > 1 and (not pieces[-1].lower.isascii() or pieces[-1].lower in _BRACKETS):
            pieces.pop()  # the name in another script
        last = pieces.pop().mention
        if last is not None and last.entity_type is EntityType.PERSON and _ends_office(pieces):
            return last
        people = [p for p in pieces if p.mention is not None and p.mention.entity_type is EntityType.PERSON]
        if people and any(p.lower in _JOINTS and p.start > people[0].end for p in pieces):
            return None  # "minister of works Tam Quill and aide Orla Venn"
        if last is None or last.entity_type is not EntityType.PERSON or words.is_plural(self.core[-1].lower):
            return None
        phrases = _phrases(pieces)
        if not phrases or not phrases[-1].nouns:
            return None
        if words.is_person(phrases[-1].nouns[-1].lower):
            if phrases[-1].link in _JOINTS:  # "director and Corran delegate Orla Venn", not "Quill and aide Orla Venn"
                two_offices = len(phrases) > 1 and phrases[-2].nouns and words.is_person(phrases[-2].nouns[-1].lower)
                return last if two_offices else None
            owner = phrases[-2].nouns[-1].mention if len(phrases) > 1 and phrases[-2].nouns else None
            of_body = owner is not None and (
                phrases[-1].link == "of" or _is_body(owner)
            )  # "Guild of Corran chair Venn"
            return None if phrases[-1].link in words.prepositions and not of_body else last
        links = set()
        while phrases and phrases[-1].link in _OFFICE_LINKS:  # "minister for works in Corran Orla Venn"
            links.add(phrases.pop().link)
            if phrases and phrases[-1].nouns and words.is_person(phrases[-1].nouns[-1].lower):
                free = phrases[-1].link not in words.prepositions
                definite = phrases[-1].nouns[0].lower not in words.indefinite
                return last if free and (definite or links == _FIELD_LINKS) else None
        return None

    def _known_name(self) -> Mention | None:
        """A surname or full name that other mentions have, where this place of it was not taken for a name."""
        last = self.core[-1]
        printed = _POSSESSIVE.sub("", self.text[last.start : last.end])
        return None if last.mention is not None else self.mentions.person_called(printed)

    def _set_off(self) -> Mention | None:
        noun = self.core[-1].lower
        if people_words().is_plural(noun) or noun in people_words().documents:
            return None
        for i, piece in enumerate(self.rest):
            if piece.mention is None or piece.mention.entity_type is not EntityType.PERSON:
                continue
            first = next((j for j in range(i, 0, -1) if not _is_courtesy(self.rest[j - 1])), 0)
            before = self.rest[first - 1].lower if first else ""
            after = self.rest[i + 1].lower if i + 1 < len(self.rest) else ","
            if before in {",", "(", "–", "—"} and after in {",", ")", "(", "–", "—"}:
                of_another = first > 1 and not self.definite and people_words().is_person(self.rest[first - 2].lower)
                return None if of_another else piece.mention
        return None

    def _body_set_off(self) -> Mention | None:
        """``The product's maker, Corran-based Harbour Foods``: a body behind the noun for it, at the end."""
        noun, last = self.core[-1].lower.removesuffix("s"), self.rest[-1].mention if self.rest else None
        if last is None or not _is_body(last) or self.rest[0].lower != "," or not self.definite:
            return None
        hyphened = (b for a, b in pairwise(self.rest[1:-1]) if a.lower not in {"-", "–"})
        stops = people_words().prepositions | _LINKS - {"-", "–"}
        apart = any(p.mention is None and p.lower in stops for p in (*self.rest[1:2], *hyphened))
        return last if noun in people_words().organizations and not apart else None

    def nominal(self) -> Phrase:
        """A description: of a person, a group, a body or a document."""
        words = people_words()
        head_piece = self.core[-1]
        noun = _POSSESSIVE.sub("", head_piece.lower)
        plural = self.core[0].lower in words.plural_determiners
        if head_piece.mention is not None:
            printed = self.text[head_piece.start : head_piece.end]
            noun_of_one = head_piece.mention.entity_type is EntityType.PERSON or names_one_of_a_people(printed)
            one = noun_of_one and self._looks_like_one() and not noun.endswith("s")
            one = one or _is_office(head_piece.mention)
            return self._phrase(Form.PERSON if one else Form.GROUP)
        if words.is_person(noun) and not plural:
            return self._phrase(Form.PERSON)
        if noun in words.documents or noun.removesuffix("s") in words.documents:
            return self._phrase(Form.DOCUMENT)
        if plural or words.is_plural(noun):
            return self._phrase(Form.GROUP)
        if noun in words.organizations:
            return self._phrase(Form.BODY)
        return self._phrase(Form.PERSON if self._looks_like_one() else Form.GROUP)

    def _looks_like_one(self) -> bool:
        return self.definite or self.core[0].lower in people_words().indefinite

    def _phrase(self, form: Form, mention: Mention | None = None) -> Phrase:
        words = people_words()
        noun = _POSSESSIVE.sub("", self.core[-1].lower)
        plain = tuple(_POSSESSIVE.sub("", p.lower) for p in self.core if p.lower not in words.definite)
        return Phrase(
            form,
            mention=mention,
            head=words.singular(noun) if form is not Form.NAME else noun,
            words=plain,
            definite=self.definite,
            determiner=self.core[0].lower,
            inside=tuple(self.inside),
        )
