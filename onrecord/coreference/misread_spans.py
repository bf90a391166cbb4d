"""Spans that take in more than a name, or have its type wrong, where the text beside them decides.

"Mr. Venn" as an organisation, "GETTY Venn", "Orla Venn met at the White House", "Corran's Venn", an acronym of a body
as a person, a body with the place whose it is ("Norland's Trade Board").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.coreference.acronyms import is_acronym
from onrecord.document.article import EntityType, NameSpan
from onrecord.lexicon.name_words import (
    fold,
    genders_of_given_names,
    is_body_word,
    organisation_words,
    title_key,
    titles,
)
from onrecord.lexicon.people import people_words
from onrecord.names.territories import territory_code

_COURTESY = re.compile(r"(?:Mr|Mrs|Ms)\.?\s(?P<name>[^\W\d_a-z][\w’'-]*(?:\s[^\W\d_a-z][\w’'-]*)?)")
#: A family name that the tagger takes for a pronoun: no "he" stands before a name ("He Zhaowen said").
_FAMILY_HE = re.compile(r"(?<!\w)He \Z")
_POSSESSIVE = re.compile(r"['’‘`]s?\Z")
_OWNER = re.compile(r".*['’‘]s\s+(?P<name>\S+)\Z", re.DOTALL)
_ARTICLE = re.compile(r"\b(?:the|an?)\s\Z", re.IGNORECASE)
#: Whose a body is, before its name of several words: "Norland's Trade Board".
_OF_PLACE = re.compile(r"(?P<name>[^’'‘]+)[’'‘]s\s+(?=\w\S*\s+\w)")
#: Picture agencies, whose credit stands in capitals before the name that a caption begins with.
_CREDIT = re.compile(r"(?:GETTY(?:\sIMAGES)?|REUTERS|EPA|AFP|AP|PA|REX|ALAMY|SHUTTERSTOCK)\b[\s/*|]+(?=[^\W\d_a-z])")
#: A word in small letters behind a body's name: "Tarn Institute study".
_DOCUMENT = re.compile(r"(?<=\w)\s+(?P<noun>[a-z]+)\Z")
#: A word in small letters that no name has: what follows is a clause.
_CLAUSE = re.compile(
    r"\s(?:at|in|on|with|by|to|during|after|before|as|while|who|is|was|has|had|met|meets|said|says|told)\s"
)
_FULL_NAME = re.compile(r"[^\W\d_a-z]\w+(?:\s[^\W\d_a-z][\w’'-]+){1,2}\Z")
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class _Known:
    """What the article's spans name: people by surname, all and of full names, places, bodies of several words by
    initial."""

    surnames: frozenset[str]
    of_full_names: frozenset[str]
    places: frozenset[str]
    bodies: Mapping[str, Sequence[str]]

    def has_body_of_initials(self, printed: str) -> bool:
        """Whether a name consists of the initials of a body."""
        if " " in printed or sum(map(str.isupper, printed)) < 2:
            return False
        return any(is_acronym(body, printed) for body in self.bodies.get(fold(printed)[:1], ()))


def _by_initial(bodies: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Names of bodies by the first letter of each of their words."""
    found: dict[str, list[str]] = {}
    for body in bodies:
        for letter in {word[0] for word in fold(body).split()}:
            found.setdefault(letter, []).append(body)
    return found


def corrected(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (code points, in any order) with those that the article itself shows to be misread cut or retyped."""
    printed = [(n.entity_type, text[n.start : n.end]) for n in names]
    people = [_POSSESSIVE.sub("", p) for kind, p in printed if kind is EntityType.PERSON and p.strip()]
    known = _Known(
        frozenset(p.split()[-1] for p in people if p.split()),
        frozenset(p.split()[-1] for p in people if len(p.split()) > 1),
        frozenset(_POSSESSIVE.sub("", p) for kind, p in printed if kind is EntityType.LOC),
        _by_initial({p for kind, p in printed if kind is EntityType.ORG and len(p.split()) > 1}),
    )
    return [_corrected(text, name, known) for name in names if not _is_office(text, name)]


def _corrected(text: str, name: NameSpan, known: _Known) -> NameSpan:
    printed = text[name.start : name.end]
    credit = _CREDIT.match(printed)
    if credit:
        return _corrected(text, replace(name, start=name.start + credit.end()), known)
    family = _FAMILY_HE.search(text, max(0, name.start - 4), name.start)
    if family and name.entity_type is EntityType.PERSON and known.of_full_names.isdisjoint(printed.split()[-1:]):
        return replace(name, start=family.start())
    courtesy = _COURTESY.match(printed)
    if courtesy and name.entity_type is not EntityType.PERSON and _is_whole(printed, courtesy.end()):
        return NameSpan(name.start, name.start + courtesy.end(), EntityType.PERSON, max(name.score, _SURE))
    owner = _OWNER.match(printed)
    if owner and owner["name"] in known.surnames and not is_body_word(owner["name"]):
        return NameSpan(name.start + owner.start("name"), name.end, EntityType.PERSON, max(name.score, _SURE))
    document = _DOCUMENT.search(printed) if name.entity_type is EntityType.ORG else None
    if document is not None and document["noun"] in people_words().documents:
        return replace(name, end=name.start + document.start())
    if name.entity_type in (EntityType.ORG, EntityType.LOC) and (owned := _behind_owner(name, printed, known)):
        return replace(name, start=name.start + owned)
    if name.entity_type is EntityType.PERSON and known.has_body_of_initials(printed):
        return replace(name, entity_type=EntityType.ORG)
    if name.score < _SURE and (end := _clause_start(printed, name.entity_type)):
        return NameSpan(name.start, name.start + end, EntityType.PERSON, name.score)
    if name.score < _SURE and (end := _name_before_employer(text, name)):
        return NameSpan(name.start, name.start + end, EntityType.PERSON, _SURE)
    return name


def _is_office(text: str, name: NameSpan) -> bool:
    """Whether an office behind an article was taken for a name: ``the Taoiseach``; as a person's only of two words."""
    printed = text[name.start : name.end]
    may_be_surname = name.entity_type is EntityType.PERSON and " " not in printed  # "the Dean who", a Mr Dean
    if may_be_surname or printed.isupper() or title_key(printed) not in titles().offices:
        return False
    return bool(_ARTICLE.search(text, max(0, name.start - 5), name.start))


def _behind_owner(name: NameSpan, printed: str, known: _Known) -> int | None:
    """Where the name of a body or place begins behind the place whose it is; of an unsure body, behind any word but
    "Women's"."""
    owner = _OF_PLACE.match(printed)
    if owner is None:
        return None
    place, word = owner["name"], owner["name"].lower()
    if place in known.places or territory_code(place, EntityType.LOC):
        return owner.end()
    if name.entity_type is EntityType.LOC:
        return None
    _, heads, _ = organisation_words()
    people = people_words().is_person(word) or people_words().is_plural(word)
    unsure = name.score < _SURE and " " not in place and not people
    return owner.end() if unsure and printed.split()[-1].lower() in heads else None


def _is_whole(printed: str, end: int) -> bool:
    """Whether nothing but marks stands behind `end`, or a possessive ("Mr. Venn’s speech at the Corran Fair")."""
    return not any(c.isalnum() for c in printed[end:]) or printed[end : end + 2] in {"'s", "’s", "‘s"}


def _clause_start(printed: str, kind: EntityType) -> int:
    """Where a clause begins behind a full name ("Orla Venn" before "met at the White House"); 0 for none."""
    clause = _CLAUSE.search(printed)
    if clause is None or not _FULL_NAME.match(printed[: clause.start()]):
        return 0
    person = kind is EntityType.PERSON or fold(printed.split()[0]) in genders_of_given_names()
    return clause.start() if person and not is_body_word(printed[: clause.start()].split()[-1]) else 0


def _name_before_employer(text: str, name: NameSpan) -> int:
    """Where a full name ends that runs into an employer before an office: "Orla Venn OK Harbour Marketing" Director."""
    words = text[name.start : name.end].split(" ")
    behind = text[name.end : name.end + 30].split()
    if name.entity_type is not EntityType.ORG or len(words) < 4 or not behind:
        return 0
    office = behind[0][0].isupper() and title_key(behind[0].strip(",.")) in titles().offices
    given = genders_of_given_names().get(fold(words[0])) is not None
    plain = words[1][:1].isupper() and not words[1].isupper() and not is_body_word(words[1])
    return len(words[0]) + 1 + len(words[1]) if office and given and plain else 0
