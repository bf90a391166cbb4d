"""A source taken apart: pronoun, name or description; of one, of several or of a body; and its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.coreference.described_names import body_set_off, called, named_last, set_off
from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.source_pieces import (
    BREAKS,
    JOINTS,
    Piece,
    behind_setting,
    core_of,
    is_office,
    pieces_of,
    without_asides,
    without_setting,
)
from onrecord.document.article import EntityType, Mention, Span
from onrecord.lexicon.people import Gender, Pronoun, people_words
from onrecord.names.territories import names_one_of_a_people

#: Of several that are named, the first is given where it is a person, a body or a country.
_SPEAK = frozenset({EntityType.PERSON, EntityType.ORG, EntityType.LOC})
_THEIRS = frozenset({"his", "her"})
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

    @property
    def gender(self) -> Gender | None:
        """The gender that its pronoun, or its noun for a person, asks for: "she", "the spokesman"; null for neither."""
        if self.pronoun in (Pronoun.MALE, Pronoun.FEMALE):
            return Gender(self.pronoun.value)
        return people_words().noun_genders.get(self.head) if self.form is Form.PERSON else None


def parsed(text: str, source: Span, mentions: Mentions) -> Phrase:
    """Take a source apart: once for each place of the text that `mentions` are of."""
    if source not in mentions.phrases:
        mentions.phrases[source] = _parsed(text, source, mentions)
    return mentions.phrases[source]


def _parsed(text: str, source: Span, mentions: Mentions) -> Phrase:
    words = people_words()
    inside = mentions.within(source)
    pieces = without_setting(without_asides(pieces_of(text, source, inside)))
    content = [p for p in pieces if p.lower[0].isalnum()]
    if not content:
        return Phrase(Form.EMPTY)
    first = _POSSESSIVE.sub("", content[0].lower)
    acronym = text[content[0].start : content[0].end].isupper() and len(first) > 2  # "WHO", not "who"
    if len(content) == 1 and first in words.pronouns and content[0].mention is None and not acronym:
        return Phrase(Form.PRONOUN, pronoun=words.pronouns[first])
    if (one := _first_of_two(content) or behind_setting(text, source, pieces)) is not None:
        return parsed(text, one, mentions)
    core, rest = core_of(pieces)
    if not core:
        return Phrase(Form.EMPTY, inside=tuple(inside))
    definite = core[0].lower in words.definite or _POSSESSIVE.sub("", core[0].lower) != core[0].lower
    described = _Described(text, core, rest, inside, definite, mentions)
    return described.several() or described.name() or described.nominal()


def _first_of_two(pieces: Sequence[Piece]) -> Span | None:
    """Who is joined to people of theirs: "she" of ``she and her backers``, the mayor of ``the mayor and his aides``.

    A name there is found by its place; this is for pronouns and descriptions of one person.
    """
    words = people_words()
    joint = next((i for i, piece in enumerate(pieces[1:-1], start=1) if piece.lower == "and"), None)
    if joint is None or pieces[joint + 1].lower not in _THEIRS or any(p.mention is not None for p in pieces):
        return None
    left = pieces[:joint]
    pronoun = words.pronouns.get(left[0].lower) in (Pronoun.MALE, Pronoun.FEMALE) and joint == 1
    one = left[0].lower == "the" and words.is_person(left[-1].lower) and joint > 1
    return Span(left[0].start, left[-1].end) if pronoun or one else None


@dataclass(frozen=True, slots=True)
class _Described:
    text: str
    core: list[Piece]
    rest: list[Piece]
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
                return self._led_by(None if self._share_a_noun(left, self.core[i + 1 :]) else left.mention)
        if (first := self._listed()) is not None:
            return self._led_by(first)
        followed = [p.lower for p in self.rest if p.lower != ","]
        if self.rest and self.rest[0].lower == "," and self.core[-1].mention is not None and "and" in followed:
            after = followed.index("and") + 1
            apposition = len(followed) > 1 and followed[0] in {"a", "an", "the", "who", "one"}
            names = [p for p in self.rest if p.mention is not None]
            if not apposition and after < len(followed) and len(names) > 1 and self.rest[1].mention is not None:
                return self._led_by(self.core[-1].mention)
        return None

    def _share_a_noun(self, left: Piece, rest: Sequence[Piece]) -> bool:
        """Whether a body only says which people are meant: ``Harbour Board and ambulance officials``."""
        words = people_words()
        body = left.mention is not None and left.mention.entity_type is not EntityType.PERSON
        named = any(piece.mention is not None for piece in rest) or rest[0].lower in words.definite
        return body and len(rest) > 1 and not named and words.is_plural(rest[-1].lower)

    def _listed(self) -> Mention | None:
        """The first of several who are listed behind what they are: ``three members: Orla Venn and Tam Quill``."""
        names = [p.mention for p in self.rest if p.mention is not None]
        people = len(names) > 1 and all(mention.entity_type is EntityType.PERSON for mention in names)
        if not people or self.rest[0].lower not in BREAKS or self.rest[1].mention is None:
            return None
        joined = self.rest[-1].mention is not None and self.rest[-2].lower in JOINTS
        return names[0] if joined and people_words().is_plural(self.core[-1].lower) else None

    def _is_one_office(self, left: Piece) -> bool:
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
            head = named_last(self.core, self.rest) or head
        if head is not None and (is_office(head) or self._is_nobodys_name(head)):
            head = None  # "the U.N. special rapporteur on prisons, Orla Venn"
        plural = any(p.lower in people_words().plural_determiners for p in self.core[:1])
        if head is not None and not plural:
            if head.entity_type is EntityType.NORP or self._is_a_people(head):
                return None
            return self._phrase(Form.NAME, head)
        beside = (
            set_off(self.core, self.rest, definite=self.definite)
            or called(self.text, self.core, self.rest)
            or body_set_off(self.core, self.rest, definite=self.definite)
        )
        return None if beside is None else self._phrase(Form.NAME, beside)

    def _is_a_people(self, head: Mention) -> bool:
        """Whether a name ends in that of a people: ``Harbour Norlanders``.

        Not ``Guidelines for Norlanders``, nor ``Harbour Police``, which is a body.
        """
        *before, last = self.core[-1].lower.split()
        whole = last == "police" and head.name.endswith("Police") if before else False
        whole = whole or not people_words().prepositions.isdisjoint(before)
        return last in people_words().peoples and not (whole and head.entity_type is EntityType.ORG)

    def _is_nobodys_name(self, head: Mention) -> bool:
        """Whether a word behind "the" was taken for a name that nobody has: ``the Swede said``."""
        alone = len(self.core) == 2 and self.core[0].lower == "the" and " " not in head.name
        return alone and head.entity_type is EntityType.PERSON

    def _known_name(self) -> Mention | None:
        """A surname or full name that other mentions have, where this place of it was not taken for a name."""
        last = self.core[-1]
        printed = _POSSESSIVE.sub("", self.text[last.start : last.end])
        return None if last.mention is not None else self.mentions.person_called(printed)

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
            one = one or is_office(head_piece.mention)
            return self._phrase(Form.PERSON if one else Form.GROUP)
        if words.is_person(noun) and not plural:
            return self._phrase(Form.PERSON)
        if noun in words.documents or noun.removesuffix("s") in words.documents:
            return self._phrase(Form.DOCUMENT)
        if plural or words.is_plural(noun):
            return self._phrase(Form.GROUP)
        if noun in words.organizations or self._is_printed_as_a_name():
            return self._phrase(Form.BODY)
        return self._phrase(Form.PERSON if self._looks_like_one() else Form.GROUP)

    def _is_printed_as_a_name(self) -> bool:
        """Whether all words behind "the" have a capital, though no name was found: ``The Retail Forum``."""
        named = [p for p in self.core if p.lower not in people_words().definite]
        capitals = all(p.mention is None and self.text[p.start].isupper() for p in named)
        behind_the = self.core[0].lower == "the" and len(named) > 1
        return behind_the and capitals and not people_words().may_be_person(named[-1].lower)

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
