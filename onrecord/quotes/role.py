"""The role that the article gives a speaker, as printed: "a senior aide to the leader of the harbour guard"."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.article import Span, SpeakerKind
from onrecord.quotes.dossier import Description, Dossier
from onrecord.quotes.people import people_words
from onrecord.quotes.speaker import Speaker

_LONGEST = 200  # letters; a longer stretch is a clause, not a role


def role_of(text: str, source: Span | None, speaker: Speaker, people: Mapping[int, Dossier]) -> str | None:
    """The role given beside the source, else the one given elsewhere in the article; of an unnamed source its words."""
    if speaker.kind in (SpeakerKind.UNNAMED_PERSON, SpeakerKind.UNNAMED_GROUP):
        return None if source is None else _unnamed(text, source)
    if speaker.kind is not SpeakerKind.PERSON or speaker.mention is None:
        return None
    person = people[speaker.mention.local_id]
    beside = [d for d in person.descriptions if source is not None and _touches(d.span, source)]
    best = max(beside, key=lambda d: _fullness(text, d), default=None)
    if best is not None and _fullness(text, best) > 0:
        alike = [d for d in person.descriptions if d.head == best.head] if _fullness(text, best) < 3 else [best]
        return _printed(text, _clipped(max(alike, key=lambda d: _fullness(text, d)).span, source))
    given = next((role for mention in person.mentions for role in mention.roles), None)
    fullest = max(person.descriptions, key=lambda d: _fullness(text, d), default=None)
    if fullest is not None and (given is None or _says_more(_printed(text, fullest.span), given)):
        return _printed(text, fullest.span)
    return given


def _says_more(fuller: str, role: str) -> bool:
    """Whether a bare role (``the spokesman``) is part of a fuller one (``the spokesman for the guard``)."""
    bare = [word for word in role.lower().split() if word not in people_words().definite]
    return len(bare) == 1 and bare[0] in fuller.lower().split() and len(fuller) > len(role)


def _clipped(description: Span, source: Span | None) -> Span:
    """Not beyond the source that the description lies in: ``Venn, a clerk at the board said``."""
    if source is not None and source.start <= description.start < source.end < description.end:
        return Span(description.start, source.end)
    return description


def _touches(description: Span, source: Span) -> bool:
    return description.start <= source.end + 3 and source.start - 3 <= description.end


def _fullness(text: str, description: Description) -> int:
    """A role of many words says more than a bare title."""
    words = description.span.of(text).split()
    if len(words) == 1 and people_words().is_title(words[0].lower().strip(".")):
        return 0
    return len(words) if description.span.end - description.span.start < _LONGEST else 0


def _unnamed(text: str, source: Span) -> str | None:
    printed = _printed(text, source)
    return None if printed.lower() in people_words().pronouns else printed


def _printed(text: str, span: Span) -> str:
    return " ".join(span.of(text).split()).strip(" ,;")
