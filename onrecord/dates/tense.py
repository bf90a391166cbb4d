"""Which way a sentence looks from the day it was printed: the verbs nearest to an expression, by word lists.

The clue is looked for leftwards to the start of the sentence, then rightwards to its end: "will open on Monday" looks
ahead, "said on Monday that it will open" looks back, and so does "on Monday the firm said it will open".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache, lru_cache

from onrecord.lexicon.word_lists import word_list

_STOPS = frozenset(".!?;:")
#: Tokens looked at on each side; a clue further away than a dozen words rarely governs the expression.
REACH = 14
#: How near the verb stands behind an expression that begins a clause.
_FRONTED_REACH = 4
#: Words behind which a verb stands in its base form, however it looks: "will shut", "would not set".
_BEFORE_BASE = frozenset(
    {"be", "being", "to", "will", "would", "shall", "should", "may", "might", "can", "could", "must", "not", "t"}
)
_CLAUSE_OPENERS = frozenset({",", "and", "but", "while", "as", "because", "that"})


class Tense(StrEnum):
    """Which way from the publication date the sentence looks."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


class Clue(IntEnum):
    """What a word says about the way that its sentence looks."""

    NONE = 0
    SAID = 1
    PAST = 2
    PLAN = 3
    MODAL = 4
    WILL = 5

    @property
    def tense(self) -> Tense:
        """SAID and PAST look back, PLAN, MODAL and WILL ahead."""
        if self is Clue.NONE:
            return Tense.UNKNOWN
        return Tense.PAST if self <= Clue.PAST else Tense.FUTURE


@dataclass(frozen=True, slots=True)
class Outlook:
    """The nearest clue on each side of an expression, within its sentence, and how many tokens away it is."""

    before: Clue
    before_distance: int
    after: Clue
    after_distance: int
    #: the word right before the expression, in small letters
    leading: str
    #: whether it is followed by 's
    possessive: bool
    #: whether its phrase begins a clause behind a comma or "and"
    fronted: bool

    @property
    def tense(self) -> Tense:
        """The clue before decides, then the one after; "until" and, where nothing else is found, "by" look ahead."""
        if self.leading in ("until", "till"):
            return Tense.PAST if self.after.tense is Tense.PAST and not self.before else Tense.FUTURE
        if self.possessive and self.before is not Clue.WILL:
            return Tense.UNKNOWN  # "they look for ways around Wednesday's ruling"
        if self.fronted and self.after and self.after_distance <= _FRONTED_REACH:
            return self.after.tense  # "it cut 40 jobs, and in December it will close"
        tense = (self.before or self.after).tense
        return Tense.FUTURE if tense is Tense.UNKNOWN and self.leading == "by" else tense


@cache
def _listed() -> dict[str, Clue]:
    lists = word_list("tense.yaml")
    return {word: clue for clue in Clue if clue for word in lists[clue.name.lower()]}


@cache
def _before_to() -> frozenset[str]:
    """The words behind which what is "to" be done is still to come."""
    return frozenset(word_list("tense.yaml")["before_to"])


@lru_cache(maxsize=65_536)
def _clue_of(token: str) -> Clue | None:
    """What the word says by itself; None where the words beside it decide."""
    word = token.lower()
    if word in ("set", "to", "ll"):
        return None
    found = _listed().get(word, Clue.NONE)
    return Clue.PAST if not found and word.endswith("ed") and len(word) > 4 else found


def _clue(tokens: Sequence[str], i: int) -> Clue:
    found = _clue_of(tokens[i])
    if found is Clue.NONE:
        return found
    word = tokens[i].lower()
    before = tokens[i - 1].lower() if i else ""
    after = tokens[i + 1] if i + 1 < len(tokens) else ""
    if word == "set":
        found = Clue.PLAN if after in ("for", "to") else Clue.PAST  # "a summit set for April"
    elif word == "to":
        return Clue.PLAN if before in _before_to() else Clue.NONE
    elif word == "ll":
        return Clue.WILL if before in ("'", "’") else Clue.NONE
    elif found is Clue.PAST and before[:1].isalpha() and tokens[i][0].isupper() and tokens[i][1:].islower():
        return Clue.NONE  # "the United States"
    return Clue.NONE if found in (Clue.SAID, Clue.PAST) and before in _BEFORE_BASE else found or Clue.NONE


def same_sentence(tokens: Sequence[str], first: int, last: int) -> bool:
    """Whether no sentence ends in `tokens[first:last]`."""
    return not any(_ends_sentence(tokens, i) for i in range(first, last))


def _ends_sentence(tokens: Sequence[str], i: int) -> bool:
    """A full stop after a capitalised word of up to four letters (Mr., Gov., U.S.) ends nothing."""
    if tokens[i] not in _STOPS:
        return False
    before = tokens[i - 1] if i else ""
    return not (tokens[i] == "." and len(before) <= 4 and before[:1].isupper() and before.isalpha())


def _nearest(tokens: Sequence[str], places: range) -> tuple[Clue, int]:
    for distance, i in enumerate(places, 1):
        if _ends_sentence(tokens, i):
            break
        if clue := _clue(tokens, i):
            return clue, distance
    return Clue.NONE, REACH + 1


def outlook(tokens: Sequence[str], first: int, last: int) -> Outlook:
    """What surrounds the expression which is `tokens[first:last]`."""
    fronted = first > 1 and tokens[first - 2] in _CLAUSE_OPENERS
    before = _nearest(tokens, range(first - 1, max(-1, first - 1 - REACH), -1))
    after = _nearest(tokens, range(last, min(len(tokens), last + REACH)))
    return Outlook(
        *before, *after, tokens[first - 1].lower() if first else "", tokens[last : last + 1] in (["'"], ["’"]), fronted
    )
