"""What the bodies of an article are, where it says so beside a name: "the lobby group Harbour Watch"."""

from __future__ import annotations

import re

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention
from onrecord.lexicon.people import people_words

#: A noun with the words of its phrase, right before a name: ``the lobby group`` Harbour Watch.
_BEFORE = re.compile(r"(?:\b[\w’'&-]+\s){0,6}\b(?P<noun>[a-z][a-z-]+)\s\Z")
#: The same with a comma, where it opens a sentence: ``Lobby group,`` Harbour Watch.
_OPENING = re.compile(
    r"(?:\A|[.!?:]\s+|\n\s*)(?P<kind>[A-Z][\w’'&-]*(?:\s[\w’'&-]+){0,6}?\s(?P<noun>[a-z][a-z-]+)),\s\Z"
)
_LONGEST = 80  # letters


def kinds_of_bodies(text: str, names: Mentions) -> dict[int, str]:
    """What bodies are, by local id, without article; of several kinds the first."""
    found: dict[int, str] = {}
    for mention in names.all:
        if mention.entity_type is EntityType.ORG and mention.local_id not in found:
            kind = _before(text, mention)
            if kind is not None:
                found[mention.local_id] = kind
    return found


def _before(text: str, mention: Mention) -> str | None:
    start = max(0, mention.start - _LONGEST)
    known = people_words()
    opening = _OPENING.search(text, start, mention.start)
    if opening is not None and opening["noun"] in known.organizations and not _governs(opening["kind"]):
        return opening["kind"]
    before = _BEFORE.search(text, start, mention.start)
    if before is None or before["noun"] not in known.organizations:
        return None
    ends = known.prepositions | known.definite | known.indefinite | known.stops | known.times | {"and"}
    words = before[0].split()
    first = next((i + 1 for i in range(len(words) - 1, -1, -1) if words[i].lower() in ends), 0)
    return " ".join(words[first:])


def _governs(kind: str) -> bool:
    """Whether a phrase has a preposition, as what only ends in a body has: ``Speaking for the group``."""
    return not people_words().prepositions.isdisjoint(word.lower() for word in kind.split())
