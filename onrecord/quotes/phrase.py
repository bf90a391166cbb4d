"""A source taken apart: pronoun, name or description; of one, of several or of a body; and its head."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.article import EntityType, Mention, Span
from onrecord.quotes.people import Pronoun, given_names, people_words

_TOKEN = re.compile(r"\w+(?:[’'.\-&]\w+)*[’']?(?=\W|$)|[^\w\s]")
_BREAKS = frozenset(",;:()[]-–—/")
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


class Mentions:
    """The mentions of an article, to be asked by place."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.all = sorted(mentions, key=lambda m: (m.start, -m.end))
        self._starts = [m.start for m in self.all]
        self._by_form: dict[str, dict[int, Mention]] = {}
        self._by_label: dict[str, dict[int, Mention]] = {}
        for mention in self.all:
            if mention.entity_type is EntityType.PERSON:
                words = mention.name.split()
                for form in {mention.name, words[-1]} if words else set():
                    self._by_form.setdefault(form, {})[mention.local_id] = mention
                    if not mention.name.isupper():
                        self._by_label.setdefault(form.casefold(), {})[mention.local_id] = mention

        self._full_names: dict[str, dict[str, str]] = {}  # surname -> given name -> the fullest form
        for mention in self.all:
            words = mention.name.split()
            if 2 <= len(words) <= 3 and words[0].lower() in given_names() and all(w[0].isupper() for w in words):
                forms = self._full_names.setdefault(words[-1], {})
                forms[words[0]] = max(forms.get(words[0], ""), mention.name, key=len)

    def person_called(self, form: str) -> Mention | None:
        """The one person of the article who bears this full name or surname: for a name that no mention covers."""
        called = self._by_form.get(form, {})
        return next(iter(called.values())) if len(called) == 1 else None

    def person_labelled(self, label: str) -> Mention | None:
        """The one person of the article whose full name or last name is `label`'s, in whatever case."""
        wanted = label.casefold()
        for form in (wanted, wanted.split()[-1] if wanted else ""):
            called = self._by_label.get(form, {})
            if len(called) == 1:
                return next(iter(called.values()))
        return None

    def full_name(self, mention: Mention) -> str:
        """A person's fullest name: for a bare surname the one full name that ends in it, whatever that was taken for.

        Brackets that a tagger took along (a party, a place) are left out.
        """
        name = mention.name.partition(" (")[0] or mention.name
        fuller = self._full_names.get(name, {})
        return next(iter(fuller.values())) if len(fuller) == 1 else name

    def person_behind(self, mention: Mention) -> Mention | None:
        """The person whose full name a mention is that was taken for something else, if the surname alone is one's."""
        words = mention.name.split()
        known = self._full_names.get(words[-1], {}) if words else {}
        return self.person_called(words[-1]) if mention.name in known.values() else None

    def within(self, span: Span) -> list[Mention]:
        """The mentions that lie inside `span`, none inside another."""
        found: list[Mention] = []
        for mention in self.all[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]:
            if mention.end <= span.end and (not found or mention.start >= found[-1].end):
                found.append(mention)
        return found

    def ending_before(self, offset: int, at_most: int) -> Mention | None:
        """The last mention that ends at or before `offset`, at most `at_most` letters away."""
        index = bisect_left(self._starts, offset) - 1
        if index < 0:
            return None
        mention = self.all[index]
        return mention if mention.end <= offset and offset - mention.end <= at_most else None


def parsed(text: str, source: Span, mentions: Mentions) -> Phrase:
    """Take a source apart."""
    words = people_words()
    inside = mentions.within(source)
    pieces = _pieces(text, source, inside)
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
        if core and core[-1].lower in words.documents and piece.mention is None and piece.lower.endswith("ed"):
            return core, list(pieces[i:])  # "data published by"
        if starts or (core and piece.mention is None and piece.lower in _BREAKS and not glued):
            return _without_reflexive(core), list(pieces[i:])
        if piece.mention is not None or piece.lower[0].isalnum():
            core.append(piece)
    return _without_reflexive(core), []


def _without_reflexive(core: list[_Piece]) -> list[_Piece]:
    """``Venn herself`` is Venn."""
    last = core[-1].lower if len(core) > 1 and core[-1].mention is None else ""
    return core[:-1] if last in {"s", "himself", "herself", "itself", "themselves", "alone", "too", "also"} else core


def _last_word(mention: Mention) -> str:
    return mention.name.split()[-1].lower()


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

    def _led_by(self, first: Mention | None) -> Phrase:
        person = first is not None and first.entity_type is EntityType.PERSON
        return Phrase(Form.GROUP, mention=first if person else None, inside=tuple(self.inside))

    def name(self) -> Phrase | None:
        """A name as the head, or set off by commas behind a description: ``the spokesman, Tam Quill``."""
        head = self.core[-1].mention or self._known_name() or self._titled()
        if head is not None and head.entity_type is EntityType.ORG and people_words().is_person(_last_word(head)):
            head = None  # "the U.N. special rapporteur on prisons, Orla Venn"
        plural = any(p.lower in people_words().plural_determiners for p in self.core[:1])
        if head is not None and not plural:
            if head.entity_type is EntityType.NORP or self.core[-1].lower.split()[-1] in people_words().peoples:
                return None
            return self._phrase(Form.NAME, head)
        beside = self._set_off()
        return None if beside is None else self._phrase(Form.NAME, beside)

    def _titled(self) -> Mention | None:
        """``Secretary for Harbours Orla Venn``: a name right behind a capitalised office."""
        last = self.rest[-1].mention if self.rest else None
        office = self.core[-1]
        if last is None or last.entity_type is not EntityType.PERSON or len(self.rest) < 3:
            return None
        titled = self.text[office.start].isupper() and people_words().is_person(office.lower)
        before = self.rest[-2]
        joined = before.mention is not None or self.text[before.start].isupper()
        return last if titled and joined and self.rest[0].lower in {"for", "of"} else None

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
            before = self.rest[i - 1].lower if i else ""
            after = self.rest[i + 1].lower if i + 1 < len(self.rest) else ","
            if before in {",", "(", "–", "—"} and after in {",", ")", "(", "–", "—"}:
                of_another = i > 1 and not self.definite and people_words().is_person(self.rest[i - 2].lower)
                return None if of_another else piece.mention
        return None

    def nominal(self) -> Phrase:
        """A description: of a person, a group, a body or a document."""
        words = people_words()
        head_piece = self.core[-1]
        noun = _POSSESSIVE.sub("", head_piece.lower)
        plural = self.core[0].lower in words.plural_determiners
        if head_piece.mention is not None:
            person = people_words().is_person(_last_word(head_piece.mention))
            return self._phrase(Form.PERSON if person else Form.GROUP)
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
