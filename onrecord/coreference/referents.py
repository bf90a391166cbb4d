"""A speaker: who speaks an attribution, and by what evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention, SpeakerKind


class Method(StrEnum):
    """By what evidence a speaker was identified."""

    NAME = "name"
    PRONOUN = "pronoun"
    RELATIVE = "relative"
    DESCRIPTION = "description"
    AUTHOR = "author"
    NONE = "none"
    WITHHELD = "withheld"  # said not to be named


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: `mention` is null for a source that the article does not name."""

    kind: SpeakerKind
    mention: Mention | None = None
    name: str | None = None
    method: Method = Method.NONE


NOBODY = Speaker(SpeakerKind.NONE)
GROUP = Speaker(SpeakerKind.UNNAMED_GROUP)
SOMEBODY = Speaker(SpeakerKind.UNNAMED_PERSON)
UNNAMED = Speaker(SpeakerKind.UNNAMED_PERSON, method=Method.WITHHELD)
BODY = Speaker(SpeakerKind.ORGANIZATION)


def unlisted_body(name: str) -> Speaker:
    """A body with a name that no mention covers: ``Norlandish police``."""
    return Speaker(SpeakerKind.ORGANIZATION, None, name, Method.NAME)


def named(mentions: Mentions, mention: Mention) -> Speaker:
    """The bearer of a name, as a speaker: a person, a body, or (for a people's name) a group."""
    if mention.entity_type is EntityType.NORP:
        return GROUP
    if mention.entity_type is EntityType.PERSON:
        return Speaker(SpeakerKind.PERSON, mention, mentions.full_name(mention), Method.NAME)
    return Speaker(SpeakerKind.ORGANIZATION, mention, mention.name, Method.NAME)
