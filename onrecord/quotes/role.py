"""The role that the article gives a speaker, as printed: "a senior aide to the leader of the harbour guard"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.article import EntityType, Mention, Span, SpeakerKind
from onrecord.names.lexicon import title_key, titles
from onrecord.quotes.dossier import Description, Dossier
from onrecord.quotes.named import Mentions
from onrecord.quotes.people import people_words
from onrecord.quotes.phrase import Form, parsed
from onrecord.quotes.speaker import Speaker

_LONGEST = 200  # letters; a longer stretch is a clause, not a role
_WORD = re.compile(r"\w+(?:[’'.&-]\w+)*")
#: What may stand between a name and its apposition: the name in another script, a party, letters, an age.
_BEHIND_NAME = re.compile(r"(?:\s?\([^()\n]*\))?(?:\s[A-Z]{2,4})?,\s(?:(?:aged\s)?\d{1,3},\s)?")
#: A relative clause, a second apposition or a mark of its own ends a role.
_ENDS = re.compile(
    r",?\s(?:who|whom|whose|which|where|when|while|during|after)\s|,\s(?:an?|the|one\sof|also)\s|\s?[;—–]|[.,]?\Z"
)
_AND = re.compile(r",?\s(?:and|&)\s*\Z")
_JOINS = frozenset({"and", "or", "but", "as", "both"})
_OWNERS = frozenset({"his", "her", "their", "its", "my", "our"})
_CLAUSES = frozenset({"is", "was", "are", "were", "has", "had", "said", "says", "told"})


def roles_of(
    text: str,
    sources: Sequence[Span | None],
    speakers: Sequence[Speaker],
    people: Mapping[int, Dossier],
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
    elsewhere = {person: _elsewhere(text, people[person], names) for person in set(persons) if person is not None}
    return [
        _unnamed(text, source, speaker, names)
        if person is None
        else _better(_better(role, beside[person]), elsewhere[person])
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
    """The role in a source that holds the speaker's name: behind it, between commas, or before it."""
    inside = names.within(source)
    own = next((m for m in inside if m.local_id == local_id and m.entity_type is EntityType.PERSON), None)
    if own is None:
        return None
    behind = _behind(text, Span(own.end, source.end), inside)
    if behind is not None and not behind.lower().startswith(("a former", "once")):
        return behind
    before = text[source.start : own.start].rstrip(" \t\n\u00a0,")
    before = _without_courtesy(before)
    before = re.split(r"\bby\s", before)[-1]  # "a study by professor Orla Venn"
    of_another = any(m.entity_type is EntityType.PERSON and m.start < own.start for m in inside)
    return _printed(before) if not of_another and _is_role(before, head_last=False) else behind


def _behind(text: str, rest: Span, names: Sequence[Mention]) -> str | None:
    """The apposition that `rest`, what stands behind a name, begins with: up to its end, or to the next person."""
    comma = _BEHIND_NAME.match(text, rest.start, rest.end)
    if comma is None or text.startswith(("who", "which", "whose", "and "), comma.end()):
        return None
    people = (m.start for m in names if m.entity_type is EntityType.PERSON and m.start > comma.end())
    end = next((start for start in people if _AND.search(text, comma.end(), start)), rest.end)
    role = re.sub(_AND, "", _closed(text, Span(comma.end(), end)))
    return role if _is_role(role.split(",")[0], head_last=True) else None


def _without_courtesy(before: str) -> str:
    """``Works director`` of ``Works director Dr.``; ``Mayor`` of ``Mayor Tan Sri``."""
    words = before.split()
    while words:
        size = next((n for n in (2, 1) if title_key(" ".join(words[-n:])) in titles().honorifics), 0)
        if not size or people_words().is_person(words[-1].lower()):
            break
        words = words[:-size]
    return " ".join(words).rstrip(",")


def _closed(text: str, span: Span) -> str:
    """The words up to what ends a role, with the bracket that closes one opened in it."""
    end = _ENDS.search(text, span.start, span.end)
    until = span.end if end is None else end.start()
    if text.count("(", span.start, until) > text.count(")", span.start, until) and text[until : until + 1] == ")":
        until += 1
    return _printed(text[span.start : until])


def _is_role(printed: str, *, head_last: bool) -> bool:
    """Whether words name an office, a trade or a standing that is more than a courtesy or "his brother".

    :param head_last: the head is the last word before the first preposition; else it may be any word.
    """
    words = [word.lower() for word in _WORD.findall(printed)]
    if not words or len(printed) > _LONGEST or not _CLAUSES.isdisjoint(words):
        return False
    if all(title_key(word) in titles().honorifics and not people_words().is_person(word) for word in words):
        return False
    if words[0] in _JOINS or (words[0] in _OWNERS and not titles().kin.isdisjoint(words)):
        return False
    stop = next((i for i, word in enumerate(words) if i and word in people_words().prepositions), len(words))
    heads = words[stop - 1 : stop] if head_last else words
    return any(people_words().may_be_person(h) or title_key(h) in titles().offices for h in heads)


def _elsewhere(text: str, person: Dossier, names: Mentions) -> str | None:
    """The first role beside a name of the person, or a description that says more."""
    roles = (r for m in person.mentions for r in m.roles if not _names_another(r, person, names))
    given = next((r for r in roles if _is_role(r, head_last=False)), None)
    fullest = max(person.descriptions, key=lambda d: _fullness(text, d), default=None)
    if fullest is None or _fullness(text, fullest) == 0:
        return given
    printed = _printed(fullest.span.of(text))
    if _is_role(printed, head_last=False) and (given is None or _says_more(printed, given)):
        return printed
    return given


def _names_another(role: str, person: Dossier, names: Mentions) -> bool:
    """Whether a role has somebody else's name in it who is not the owner: ``President Venn and Mayor`` Quill."""
    others = names.surnames - {mention.name.split()[-1] for mention in person.mentions}
    return any(name in role and re.search(rf"\b{re.escape(name)}(?!['’])\b", role) for name in others)


def _says_more(fuller: str, role: str) -> bool:
    """Whether a bare role (``the spokesman``) is part of a fuller one (``the spokesman for the guard``)."""
    bare = [word for word in role.lower().split() if word not in people_words().definite]
    return len(bare) == 1 and bare[0] in fuller.lower().split() and len(fuller) > len(role)


def _fullness(text: str, description: Description) -> int:
    """A role of many words says more than a bare title."""
    words = description.span.of(text).split()
    if len(words) == 1 and people_words().is_title(words[0].lower().strip(".")):
        return 0
    return len(words) if description.span.end - description.span.start < _LONGEST else 0


def _unnamed(text: str, source: Span | None, speaker: Speaker, names: Mentions) -> str | None:
    """The words of a source without name that say what somebody is; nothing for a pronoun, a paper or a crowd."""
    if source is None or speaker.kind not in (SpeakerKind.UNNAMED_PERSON, SpeakerKind.UNNAMED_GROUP):
        return None
    phrase = parsed(text, source, names)
    if phrase.form not in (Form.PERSON, Form.GROUP) or not people_words().is_person(phrase.head):
        return None
    return _closed(text, source)


def _printed(words: str) -> str:
    printed = " ".join(words.split()).strip(" ,;")
    return printed.rstrip(".") if printed.endswith(".") and "." not in printed[:-1] and len(printed) > 6 else printed
