"""The noun phrases beside a body's name that say what it is: "the gym chain Tarn", "Tarn, a ferry line,"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import Mention, Span
from onrecord.document.sentences import Sentence, sentence_around
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import finite_verbs

_NOUN = r"(?P<noun>[a-z][a-z-]+|NGO)"
#: A noun with the words of its phrase, right before a name: ``the lobby group`` Harbour Watch.
_BEFORE = re.compile(rf"(?:\b[\w’'&-]+\s){{0,6}}\b{_NOUN}\s\Z")
#: The same with a comma, where it opens a sentence: ``Lobby group,`` Harbour Watch.
_OPENING = re.compile(rf"(?:\A|[.!?:]\s+|\n\s*)(?P<phrase>[A-Z][\w’'&-]*(?:\s[\w’'&-]+){{0,6}}?\s{_NOUN}),\s\Z")
#: Right behind a name: the Corran Herald ``newspaper``.
_RIGHT_BEHIND = re.compile(r"\s(?P<noun>[a-z-]+)\b")
_INITIALS = r"(?:\s?\([^()\n]{1,60}\))?"
#: Behind a name, perhaps with its initials: ``Corran Air (CA),`` a ferry line.
_COMMA = re.compile(rf"{_INITIALS},\s+(?=(?:an?|the|its|one\sof)\s)")
#: ``Corran Air is`` a ferry line.
_IS = re.compile(rf"{_INITIALS}\s(?:is|was)\s+(?=(?:an?|one\sof)\s)")
_ONE_OF = re.compile(r"one\sof\s(?:the\s)?", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;:()–—!?\"“”]+")
_RELATIVE = frozenset({"that", "which", "who", "whose", "where"})
#: Participles behind the head of a noun phrase: ``a union`` founded in May.
_PARTICIPLES = frozenset({"founded", "owned", "run"})
_LONGEST = 80  # letters before a name


class Position(StrEnum):
    """Where a noun phrase stands, from the name."""

    BEFORE = "before"  # the gym chain Tarn
    RIGHT_BEHIND = "right behind"  # the Corran Herald newspaper
    BEHIND = "behind"  # Tarn, a gym chain, and Tarn is a gym chain


@dataclass(frozen=True, slots=True)
class Apposition:
    """A noun phrase beside a name, from its first word to its head; `head`: in lower case.

    `one_of`: whether the head is a plural of which the body is one: ``one of the oldest charities``.
    """

    mention: Mention
    position: Position
    phrase: Span
    head: str
    one_of: bool = False


def appositions(text: str, names: Mentions, sentences: Sequence[Sentence]) -> Iterator[Apposition]:
    """The noun phrases beside the names of an article, in order, of whatever noun.

    :param sentences: of the article, in order.
    """
    for mention in names.all:
        yield from _before(text, mention)
        right_behind = _RIGHT_BEHIND.match(text, mention.end)
        if right_behind is not None and right_behind["noun"] in people_words().kinds:
            phrase = Span(*right_behind.span("noun"))
            yield Apposition(mention, Position.RIGHT_BEHIND, phrase, right_behind["noun"])
        behind = _behind(text, mention, sentence_around(sentences, mention))
        if behind is not None:
            yield behind


def _before(text: str, mention: Mention) -> Iterator[Apposition]:
    start = max(0, mention.start - _LONGEST)
    opening = _OPENING.search(text, start, mention.start)
    if opening is not None and not _is_clause(opening["phrase"]):
        yield Apposition(mention, Position.BEFORE, Span(*opening.span("phrase")), opening["noun"].lower())
    before = _BEFORE.search(text, start, mention.start)
    if before is None:
        return
    known = people_words()
    ends = known.prepositions | known.definite | known.indefinite | known.stops | known.times | {"and"}
    first = before.start()
    for word in re.finditer(r"\S+", before[0]):
        if word[0].lower() in ends:
            first = before.start() + word.end() + 1
    if first < before.end("noun"):
        yield Apposition(mention, Position.BEFORE, Span(first, before.end("noun")), before["noun"].lower())


def _is_clause(phrase: str) -> bool:
    """Whether a phrase only ends in a noun: ``Speaking for the group``, ``The deal saves the group``."""
    known = people_words()
    first, *others = phrase.lower().split()
    inside = known.prepositions | known.definite | known.indefinite
    return first in known.prepositions or not inside.isdisjoint(others)


def _behind(text: str, mention: Mention, around: Span) -> Apposition | None:
    """``Harbour Watch, an independent lobby group, said``; ``Harbour Watch is a club``.

    None behind a comma that ends a phrase before the subject: ``Unlike Corran Air, the board said no``.
    """
    opened = _IS.match(text, mention.end, around.end)
    if opened is None:
        known = people_words()
        opened = _COMMA.match(text, mention.end, around.end)
        opening = text[around.start : mention.start].lower()
        fronting = known.prepositions | known.subordinators | known.fronting
        if "," not in opening and not fronting.isdisjoint(opening.split()[:1]):
            return None
    one_of = None if opened is None else _ONE_OF.match(text, opened.end())
    phrase = (
        None if opened is None else _noun_phrase(text, opened.end() if one_of is None else one_of.end(), around.end)
    )
    if opened is None or phrase is None:
        return None
    printed = phrase.of(text).split()
    words = [word.lower() for word in printed]
    behind = text[phrase.end : around.end].split()[:1]
    if words[:1] == ["the"] and len(words) == 2 and _RELATIVE.isdisjoint(behind):  # "the group" says nothing
        return None
    if not (printed[-1].islower() or printed[-1].isupper()):  # "the Corran Institute" is another one
        return None
    return Apposition(mention, Position.BEHIND, Span(opened.end(), phrase.end), words[-1], one_of is not None)


def _noun_phrase(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that begins at `start`, up to its head; None where a clause goes on: ``the group announced``."""
    known, verbs = people_words(), reporting_words()
    head_end, last, joined, before = None, start, start, ""
    for word in _WORD.finditer(text, start, end):
        lower = word[0].lower().rstrip(".")
        mark = text[last : word.start()].strip()
        if mark.startswith("("):  # initials: the name of another body
            return None
        if mark or lower in _RELATIVE:  # a clause of its own
            break
        finite = lower in finite_verbs() or (
            verbs.is_in(lower, "speech", "telling") and lower not in known.organizations
        )
        if finite and before == "and":  # "is a club and has a pool"
            last = joined
            break
        if lower in known.subordinators or (finite and word[0][0].islower() and before not in known.prepositions):
            return None
        if head_end is None and (lower in known.prepositions or lower in _PARTICIPLES):
            head_end = last
        last, joined, before = word.end(), last, lower
    phrase = text[start : last if head_end is None else head_end].rstrip(".")
    return Span(start, start + len(phrase)) if phrase else None
