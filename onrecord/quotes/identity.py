"""Who a source is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.article import EntityType, Mention, Span, SpeakerKind
from onrecord.quotes.draft import Draft


class Method(StrEnum):
    """By what evidence a speaker was identified."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"
    AUTHOR = "author"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: `mention` is null for a source without a name. `method` is the evidence."""

    kind: SpeakerKind
    mention: Mention | None = None
    name: str | None = None
    method: Method = Method.NONE


NOBODY = Speaker(SpeakerKind.NONE)


def speakers(drafts: Sequence[Draft], mentions: Sequence[Mention]) -> list[Speaker]:
    """The speaker of each draft, by the names inside its source."""
    result: list[Speaker] = []
    for draft in drafts:
        if draft.source is None:
            result.append(result[draft.floor] if draft.floor is not None else NOBODY)
        else:
            result.append(_named(draft.source, mentions))
    return result


def _named(source: Span, mentions: Sequence[Mention]) -> Speaker:
    for mention in mentions:
        if source.start <= mention.start and mention.end <= source.end:
            if mention.entity_type is EntityType.PERSON:
                return Speaker(SpeakerKind.PERSON, mention, mention.name, Method.NAME)
            if mention.entity_type is EntityType.ORG:
                return Speaker(SpeakerKind.ORGANIZATION, mention, mention.name, Method.NAME)
    return Speaker(SpeakerKind.UNNAMED_PERSON)
