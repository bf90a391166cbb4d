"""What the bodies of an article are, where it says so: "the lobby group Harbour Watch"; "Corran Air, a ferry line"."""

from __future__ import annotations

import re

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention, Span
from onrecord.lexicon.people import people_words
from onrecord.quotes.attributes.role_appositions import up_to_end

#: A noun with the words of its phrase, right before a name: ``the lobby group`` Harbour Watch.
_BEFORE = re.compile(r"(?:\b[\w’'&-]+\s){0,6}\b(?P<noun>[a-z][a-z-]+|NGO)\s\Z")
#: The same with a comma, where it opens a sentence: ``Lobby group,`` Harbour Watch.
_OPENING = re.compile(
    r"(?:\A|[.!?:]\s+|\n\s*)(?P<kind>[A-Z][\w’'&-]*(?:\s[\w’'&-]+){0,6}?\s(?P<noun>[a-z][a-z-]+)),\s\Z"
)
#: Behind a name, perhaps with its initials: ``Corran Air (CA),`` a ferry line; ``Corran Air is`` a ferry line.
_BEHIND = re.compile(r"(?:\s?\([^()\n]{1,60}\))?(?:,|\s(?:is|was)(?=\s(?:an?|one\sof)\s))\s+(?=(?:an?|the|one\sof)\s)")
_ONE_OF = re.compile(r"one\sof\s(?:the\s)?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
_LONGEST = 80  # letters before a name
_FARTHEST = 200  # letters behind it
#: Nouns for bodies that are nouns for pages too, and initials.
_MORE = frozenset({"platform", "channel", "center", "centre", "ngo"})
#: Nouns for bodies that say nothing of one that has a name: where it is, or a part of it.
_PLACES = frozenset({"city", "country", "county", "kingdom", "nation", "office", "republic", "state", "town"})


def kinds_of_bodies(text: str, names: Mentions) -> dict[int, str]:
    """What bodies are, by local id; of several kinds the first."""
    found: dict[int, str] = {}
    for mention in names.all:
        if mention.entity_type is EntityType.ORG and mention.local_id not in found:
            kind = _before(text, mention) or _behind(text, mention, names)
            if kind is not None:
                found[mention.local_id] = kind
    return found


def _before(text: str, mention: Mention) -> str | None:
    start = max(0, mention.start - _LONGEST)
    known = people_words()
    opening = _OPENING.search(text, start, mention.start)
    if opening is not None and _is_kind(opening["noun"]) and not _governs(opening["kind"]):
        return opening["kind"]
    before = _BEFORE.search(text, start, mention.start)
    if before is None or not _is_kind(before["noun"]):
        return None
    ends = known.prepositions | known.definite | known.indefinite | known.stops | known.times | {"and"}
    words = before[0].split()
    first = next((i + 1 for i in range(len(words) - 1, -1, -1) if words[i].lower() in ends), 0)
    return " ".join(words[first:])


def _behind(text: str, mention: Mention, names: Mentions) -> str | None:
    """The apposition behind a name: ``Harbour Watch, an independent lobby group``."""
    farthest = min(len(text), mention.end + _FARTHEST)
    end = _SENTENCE_END.search(text, mention.end, farthest)
    opened = _BEHIND.match(text, mention.end, farthest)
    if opened is None or (end is not None and end.start() < opened.end()):
        return None
    kind = up_to_end(text, Span(opened.end(), farthest if end is None else end.start() + 1), names).rstrip(".!?")
    return kind if _names_kind(kind) else None


def _names_kind(kind: str) -> bool:
    """Whether a phrase without a name before its head has a noun for a body as its head."""
    one_of = _ONE_OF.match(kind)
    words = kind[0 if one_of is None else one_of.end() :].lower().split()
    prepositions = people_words().prepositions | {"that", "which", "who", "whose"}
    first = next((i for i, word in enumerate(words) if word in prepositions), len(words))
    head = words[first - 1].rstrip(",") if first else ""
    return _is_kind(head.removesuffix("s") if one_of is not None else head)


def _is_kind(noun: str) -> bool:
    noun = noun.lower()
    return noun in _MORE or (noun in people_words().organizations and noun not in _PLACES)


def _governs(kind: str) -> bool:
    """Whether a phrase has a preposition, as what only ends in a body has: ``Speaking for the group``."""
    return not people_words().prepositions.isdisjoint(word.lower() for word in kind.split())
