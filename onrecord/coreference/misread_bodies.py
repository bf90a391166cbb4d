"""People's names that the words beside them make those of bodies: "the mining company Tarn", "the Venn Inquiry"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.document.article import EntityType, NameSpan
from onrecord.lexicon.body_kinds import body_kinds
from onrecord.lexicon.name_words import fold
from onrecord.lexicon.people import given_names, people_words

_LONGEST = 60  # letters before a name that hold the phrase with the noun
#: Two words or more up to the noun right before a name: "the mining company" Tarn, "Norlandish carmaker" Tarn.
_NOUN = re.compile(r"(?P<phrase>(?:[\w’'-]+\s){1,3})(?P<noun>[a-z][\w-]+)\s\Z")
#: Behind "the" and a name: "the Venn" Inquiry.
_BODY = re.compile(r"\s(?P<noun>[A-Z][a-z]+)\b(?![’'\s]?\s?[A-Z])")
_THE = re.compile(r"\b[Tt]he\s\Z")


def with_bodies(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` with those of people that are bodies' retyped, and made longer where the name goes on."""
    people = [n for n in names if n.entity_type is EntityType.PERSON]
    full = (text[n.start : n.end].split() for n in people)
    surnames = {words[-1] for words in full if len(words) > 1}  # "the mining company Venn runs"
    bodies = {text[n.start : n.end] for n in people if _is_body(text, n)} - surnames
    return list(_with_bodies(text, names, bodies))


def _with_bodies(text: str, names: Sequence[NameSpan], bodies: set[str]) -> Iterator[NameSpan]:
    starts = {name.start for name in names}
    for name in names:
        if name.entity_type is not EntityType.PERSON:
            yield name
        elif text[name.start : name.end] in bodies:
            yield replace(name, entity_type=EntityType.ORG)
        else:
            yield _gone_on(text, name, starts)


def _is_body(text: str, name: NameSpan) -> bool:
    """Whether a noun for a company stands right before a name."""
    before = _NOUN.search(text, max(0, name.start - _LONGEST), name.start)
    if before is None or not _is_company(before["noun"]):
        return False
    if not given_names().keys().isdisjoint(map(fold, text[name.start : name.end].split()[:1])):
        return False  # "a mining company Orla Venn built"
    words = before["phrase"].lower().split()
    modifier = words[-1] not in people_words().definite | people_words().indefinite
    office = any(people_words().is_person(word) for word in words)  # "head of mining company Orla Venn"
    return modifier and not office and people_words().prepositions.isdisjoint(words[-1:])


def _is_company(noun: str) -> bool:
    """Whether a noun before a name says that it is a company's: not "supplier", as somebody may be."""
    company = body_kinds().fit(frozenset({"company"}), body_kinds().meant([noun]))
    return company and (not people_words().may_be_person(noun) or noun in people_words().companies)


def _gone_on(text: str, name: NameSpan, starts: set[int]) -> NameSpan:
    """A name with the noun for a body that it goes on with: "the Venn Inquiry"."""
    behind = _BODY.match(text, name.end)
    if behind is None or behind.start("noun") in starts or not _THE.search(text, max(0, name.start - 4), name.start):
        return name
    noun = behind["noun"].lower()
    goes_on = noun in people_words().organizations - people_words().of_the_day
    return replace(name, end=behind.end(), entity_type=EntityType.ORG) if goes_on else name
