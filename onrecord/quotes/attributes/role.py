"""The role that the article gives a speaker, as printed: "a senior aide to the leader of the harbour guard"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import Description, PersonProfile
from onrecord.coreference.referents import Speaker
from onrecord.coreference.source_phrases import Form, parsed
from onrecord.document.article import EntityType, Mention, Span, SpeakerKind
from onrecord.lexicon.name_words import title_key, titles
from onrecord.lexicon.people import people_words
from onrecord.quotes.attributes.role_words import (
    LONGEST,
    as_role,
    is_role,
    names_office,
    only_points,
    printed,
    without_examples,
)

#: What may stand between a name and its apposition: the name in another script, a party, letters, an age.
_BEHIND_NAME = re.compile(r"(?:\s?\([^()\n]*\))?(?:\s[A-Z]{2,4})?,\s(?:(?:aged\s)?\d{1,3},\s)?")
#: A relative clause, a second apposition or a mark of its own ends a role.
_ENDS = re.compile(
    r",?\s(?:who|whom|whose|which|where|when|while|during|after)\s|,\s(?:an?|the|one\sof|also)\s"
    r"|,?\sand\sothers?\b|\s?[;—–]|[.,]?\Z"
)
_AND = re.compile(r",?\s(?:and|&)\s*\Z")
#: A party in brackets behind the name, or what may pass for one.
_PARTY = re.compile(r"\s?\((?P<party>[A-Z][A-Za-z&+]?[A-Z]{1,5})\)?")
_MR = frozenset({"mr", "mrs", "ms", "miss"})
_COURTESIES = frozenset({"sheikh", "prof"})  # behind an office; alone they say what somebody is
_FROM = re.compile(r"\s(?P<role>(?:from|of|at|with)\s(?:the\s)?)")


def roles_of(
    text: str,
    sources: Sequence[Span | None],
    speakers: Sequence[Speaker],
    people: Mapping[int, PersonProfile],
    names: Mentions,
) -> list[str | None]:
    """The role of each source's speaker, in order; of an unnamed source its words.

    It is the one that stands in the source, else the first in any source of the person that is more than a bare
    "Minister", else the one given elsewhere in the article.
    """
    persons = [_person(speaker) for speaker in speakers]
    own = [
        None if source is None or person is None else _beside(text, source, person, names)
        for source, person in zip(sources, persons, strict=True)
    ]
    beside: dict[int | None, str | None] = {}
    for person, role in zip(persons, own, strict=True):
        beside[person] = _better(beside.get(person), role)
    coming: dict[int | None, str] = {}
    for source, person in zip(sources, persons, strict=True):
        if source is not None and person is not None and (body := _from(text, source, person, names)) is not None:
            coming.setdefault(person, body)
    elsewhere = {person: _elsewhere(text, people[person], names) for person in set(persons) if person is not None}
    return [
        _unnamed(text, source, speaker, names)
        if person is None
        else _better(_better(role, beside[person]), elsewhere[person]) or coming.get(person)
        for source, speaker, person, role in zip(sources, speakers, persons, own, strict=True)
    ]


def _person(speaker: Speaker) -> int | None:
    """The local id of a named person."""
    return speaker.mention.local_id if speaker.kind is SpeakerKind.PERSON and speaker.mention is not None else None


def _better(first: str | None, second: str | None) -> str | None:
    """The first role, unless the second says more than a bare "Minister" and the first does not."""
    if first is None or (second is not None and _is_bare(first) and not _is_bare(second)):
        return second
    return first


def _is_bare(role: str) -> bool:
    """Whether a role is one word, which a fuller one says better: ``Minister``, ``the spokesman``."""
    return len([word for word in role.split() if word.lower() not in people_words().definite]) == 1


def _beside(text: str, source: Span, local_id: int, names: Mentions) -> str | None:
    """The role in a source that holds the speaker's name: behind it, between commas, or before it; with the party."""
    inside = names.within(source)
    own = _name_in(source, local_id, names)
    if own is None:
        return None
    behind = _behind(text, Span(own.end, source.end), inside)
    if behind is not None and not behind.lower().startswith(("a former", "once")):
        return behind
    before = text[source.start : own.start].rstrip(" \t\n\u00a0,")
    before = _without_courtesy(before)
    before = re.split(r"\bby\s", before)[-1]  # "a study by professor Orla Venn"
    of_another = any(m.entity_type is EntityType.PERSON and m.start < own.start for m in inside)
    role = None if of_another else as_role(before)
    party = _party(text, own, names)
    if role is not None:
        return role if party is None else f"{role} ({party})"
    return behind or party


def _name_in(source: Span, local_id: int, names: Mentions) -> Mention | None:
    people = (m for m in names.within(source) if m.entity_type is EntityType.PERSON)
    return next((m for m in people if m.local_id == local_id), None)


def _party(text: str, name: Mention, names: Mentions) -> str | None:
    """The body in initials in the bracket behind a name: not the name's own initials, nor a country's."""
    match = _PARTY.match(text, name.end)
    initials = "".join(word[0] for word in name.name.split())
    if match is None or match["party"] == initials:
        return None
    held = names.within(Span(*match.span("party")))
    return match["party"] if held and held[0].entity_type in (EntityType.ORG, EntityType.NORP) else None


def _from(text: str, source: Span, local_id: int, names: Mentions) -> str | None:
    """``from the Corran office of the Harbour Board``, where nothing else says who somebody is."""
    own = _name_in(source, local_id, names)
    match = None if own is None else _FROM.match(text, own.end, source.end)
    if match is None:
        return None
    body = next((m for m in names.within(Span(match.end(), source.end)) if m.start == match.end()), None)
    held = body is not None and body.entity_type is EntityType.ORG
    return _closed(text, Span(match.start("role"), source.end)) if held else None


def _behind(text: str, rest: Span, names: Sequence[Mention]) -> str | None:
    """The apposition that `rest`, what stands behind a name, begins with: up to its end, or to the next person."""
    comma = _BEHIND_NAME.match(text, rest.start, rest.end)
    if comma is None or text.startswith(("who", "which", "whose", "and "), comma.end()):
        return None
    people = (m.start for m in names if m.entity_type is EntityType.PERSON and m.start > comma.end())
    end = next((start for start in people if _AND.search(text, comma.end(), start)), rest.end)
    role = re.sub(_AND, "", _closed(text, Span(comma.end(), end)))
    return as_role(role) if is_role(role.split(",")[0], head_last=True) else None


def _without_courtesy(before: str) -> str:
    """``Works director`` of ``Works director Dr.``; ``Mayor`` of ``Mayor Tan Sri``, ``Prime Minister Sheikh``."""
    words = before.split()
    while words:
        size = next((n for n in (2, 1) if title_key(" ".join(words[-n:])) in titles().honorifics), 0)
        office = people_words().is_person(words[-1].lower())
        if title_key(words[-1]) in _COURTESIES and len(words) > 1 and people_words().is_person(words[-2].lower()):
            size, office = 1, False
        if not size or office:
            break
        words = words[:-size]
    return " ".join(words).rstrip(",")


def _closed(text: str, span: Span) -> str:
    """The words up to what ends a role, with the bracket that closes one opened in it."""
    end = _ENDS.search(text, span.start, span.end)
    until = span.end if end is None else end.start()
    if text.count("(", span.start, until) > text.count(")", span.start, until) and text[until : until + 1] == ")":
        until += 1
    return printed(text[span.start : until])


def _elsewhere(text: str, person: PersonProfile, names: Mentions) -> str | None:
    """The first role beside a name of the person, or a description that says more."""
    roles = (as_role(r) for m in person.mentions for r in m.roles if not _names_another(r, person, names))
    given = next((_without_courtesy(role) for role in roles if role is not None), None) or None
    told = ((as_role(d.span.of(text)), _fullness(text, d)) for d in person.descriptions)
    fitting = [(fullness, role) for role, fullness in told if role and fullness and not _joins(role, person, names)]
    described = _without_courtesy(max(fitting, key=lambda found: found[0])[1]) or None if fitting else None
    if described is None or given is None:
        return given or described
    return described if _says_more(described, given) else given


def _names_another(role: str, person: PersonProfile, names: Mentions) -> bool:
    """Whether a role has somebody else's name in it who is not the owner: ``President Venn and Mayor`` Quill."""
    others = names.surnames - {mention.name.split()[-1] for mention in person.mentions}
    return any(name in role and re.search(rf"\b{re.escape(name)}(?!['’])\b", role) for name in others)


def _joins(role: str, person: PersonProfile, names: Mentions) -> bool:
    """Whether a role runs over somebody else: ``President Venn and Mayor``, not ``Venn campaign manager``."""
    others = names.surnames - {mention.name.split()[-1] for mention in person.mentions}
    return any(name in role and re.search(rf"\b{re.escape(name)}(?:,|\sand\b|\Z)", role) for name in others)


def _says_more(fuller: str, role: str) -> bool:
    """Whether a bare role (``the spokesman``) is part of a fuller one (``the spokesman for the guard``)."""
    bare = [word for word in role.lower().split() if word not in people_words().definite]
    return len(bare) == 1 and bare[0] in fuller.lower().split() and len(fuller) > len(role)


def _fullness(text: str, description: Description) -> int:
    """A role of many words says more than a bare title."""
    words = description.span.of(text).split()
    if len(words) == 1 and people_words().is_title(words[0].lower().strip(".")):
        return 0
    return len(words) if description.span.end - description.span.start < LONGEST else 0


def _unnamed(text: str, source: Span | None, speaker: Speaker, names: Mentions) -> str | None:
    """The words of a source without name that say what somebody is; nothing for a pronoun, a paper or a crowd."""
    if source is None or speaker.kind not in (SpeakerKind.UNNAMED_PERSON, SpeakerKind.UNNAMED_GROUP):
        return None
    phrase = parsed(text, source, names)
    if phrase.form not in (Form.PERSON, Form.GROUP) or not names_office(phrase.head):
        return None
    named = (m.start for m in names.within(source) if m.entity_type is EntityType.PERSON and m.start > source.start)
    listed = next((start for start in named if text[source.start : start].rstrip().endswith(",")), source.end)
    role = without_examples(_closed(text, Span(source.start, listed)))
    return None if only_points(role) or _is_only_a_name(role, names) else role


def _is_only_a_name(role: str, names: Mentions) -> bool:
    """``Mr. Quill``, whom no mention covers."""
    *courtesies, last = role.split() or [""]
    keys = [title_key(word) for word in courtesies]
    called = last in names.surnames or not _MR.isdisjoint(keys)
    return bool(keys) and called and all(key in titles().honorifics for key in keys)
