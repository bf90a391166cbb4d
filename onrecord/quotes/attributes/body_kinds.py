"""What the bodies of an article are, where it says so: "the lobby group Harbour Watch"; "Corran Air, a ferry line"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention, Span
from onrecord.document.sentences import Sentence
from onrecord.lexicon.people import people_words
from onrecord.quotes.attributes.role_appositions import up_to_end
from onrecord.quotes.attributes.role_candidates import sentence_around
from onrecord.quotes.attributes.role_words import LONGEST, role_words

_NOUN = r"(?P<noun>[a-z][a-z-]+|NGO)"
#: A noun with the words of its phrase, right before a name: ``the lobby group`` Harbour Watch.
_BEFORE = re.compile(rf"(?:\b[\w’'&-]+\s){{0,6}}\b{_NOUN}\s\Z")
#: The same with a comma, where it opens a sentence: ``Lobby group,`` Harbour Watch.
_OPENING = re.compile(rf"(?:\A|[.!?:]\s+|\n\s*)(?P<kind>[A-Z][\w’'&-]*(?:\s[\w’'&-]+){{0,6}}?\s{_NOUN}),\s\Z")
_INITIALS = r"(?:\s?\([^()\n]{1,60}\))?"
#: Behind a name, perhaps with its initials: ``Corran Air (CA),`` a ferry line.
_COMMA = re.compile(rf"{_INITIALS},\s+(?=(?:an?|the|one\sof)\s)")
#: ``Corran Air is`` a ferry line.
_IS = re.compile(rf"{_INITIALS}\s(?:is|was)\s+(?=(?:an?|one\sof)\s)")
#: What an apposition ends before; what goes on is a clause: ``Corran Air, the group announced``.
_CLOSED = re.compile(r"\s*(?:[,;:)–—.!?\"”]|\Z)|\s(?:that|which|who|whose|where)\b")
_ONE_OF = re.compile(r"one\sof\s(?:the\s)?", re.IGNORECASE)
_LONGEST = 80  # letters before a name
#: Words that open a phrase which the subject follows: ``Unlike Corran Air, the board said no``.
_FRONTED = frozenset(
    {"according", "unlike", "like", "besides", "because", "as", "after", "before", "when", "while", "if"}
)


def kinds_of_bodies(text: str, names: Mentions, sentences: Sequence[Sentence]) -> dict[int, str]:
    """What bodies are, by local id; of several kinds the first.

    :param sentences: of the article, in order.
    """
    found: dict[int, str] = {}
    for mention in names.all:
        if mention.entity_type is EntityType.ORG and mention.local_id not in found:
            kind = _before(text, mention) or _behind(text, mention, names, sentences)
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


def _behind(text: str, mention: Mention, names: Mentions, sentences: Sequence[Sentence]) -> str | None:
    """What stands behind a name: ``Harbour Watch, an independent lobby group, said``; ``Harbour Watch is a club``."""
    around = sentence_around(sentences, mention)
    opened = _IS.match(text, mention.end, around.end) or _COMMA.match(text, mention.end, around.end)
    if opened is None:
        return None
    kind = up_to_end(text, Span(opened.end(), around.end), names)
    if "," in opened[0]:
        behind = " ".join(text[opened.end() : around.end].split()).removeprefix(kind)
        fronted = text[around.start : mention.start].lower().split()[:1]
        governs = people_words().prepositions | _FRONTED
        if not _CLOSED.match(behind) or not governs.isdisjoint(fronted):
            return None
    return kind if _names_kind(kind) else None


def _names_kind(kind: str) -> bool:
    """Whether the head of a phrase, its last word before a preposition or a relative pronoun, is a noun for a body."""
    one_of = _ONE_OF.match(kind)
    words = kind[0 if one_of is None else one_of.end() :].lower().split()
    ends = people_words().prepositions | {"that", "which", "who", "whose"}
    first = next((i for i, word in enumerate(words) if word in ends), len(words))
    bare = words[:1] == ["the"] and first == 2  # "the group" says nothing
    if bare or not first or not words or words[-1] in ends or len(kind) > LONGEST:
        return False
    head = words[first - 1].rstrip(",")
    return _is_kind(head if one_of is None else re.sub(r"s\Z", "", re.sub(r"ies\Z", "y", head)))


def _is_kind(noun: str) -> bool:
    noun, words = noun.lower(), role_words()
    return noun in words.bodies or (noun in people_words().organizations and noun not in words.places)


def _governs(kind: str) -> bool:
    """Whether a phrase has a preposition, as what only ends in a body has: ``Speaking for the group``."""
    return not people_words().prepositions.isdisjoint(word.lower() for word in kind.split())
