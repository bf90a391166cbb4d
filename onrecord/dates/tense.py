"""Which way a sentence looks from the day it was printed: the verb nearest to an expression, by word lists.

The clue is looked for leftwards to the start of the sentence, then rightwards to its end: "will open on Monday" looks
ahead, "said on Monday that it will open" looks back, and so does "on Monday the firm said it will open".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from onrecord.dates.context import Tense
from onrecord.lexicon.word_lists import read_yaml

_STOPS = frozenset(".!?;:")
_REACH = 14  # tokens; a clue further away than a dozen words rarely governs the expression


@cache
def _clues() -> dict[str, Tense]:
    loaded = read_yaml("onrecord.dates", "tense.yaml")
    return {word: Tense(kind) for kind in ("past", "future") for word in loaded[kind]}


def _clue(tokens: Sequence[str], i: int) -> Tense | None:
    word = tokens[i].lower()
    before = tokens[i - 1].lower() if i else ""
    found = _clues().get(word)
    if found is None and word.endswith("ed") and len(word) > 4:
        found = Tense.PAST
    if found is not None:
        return None if found is Tense.PAST and before in ("be", "being", "to") else found
    if word == "to" and before in ("is", "are", "were", "set", "due", "about", "going"):
        return Tense.FUTURE
    if word == "ll" and before in ("'", "’"):
        return Tense.FUTURE
    return None


def _ends_sentence(tokens: Sequence[str], i: int) -> bool:
    """A full stop after a capitalised word of up to four letters (Mr., Gov., U.S.) ends nothing."""
    if tokens[i] not in _STOPS:
        return False
    before = tokens[i - 1] if i else ""
    return not (tokens[i] == "." and len(before) <= 4 and before[:1].isupper() and before.isalpha())


def tense_at(tokens: Sequence[str], first: int, last: int) -> Tense:
    """The tense that governs the expression which is `tokens[first:last]`."""
    leading = tokens[first - 1].lower() if first else ""
    if leading in ("until", "till"):
        return Tense.FUTURE
    for i in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if _ends_sentence(tokens, i):
            break
        if (found := _clue(tokens, i)) is not None:
            return found
    for i in range(last, min(len(tokens), last + _REACH)):
        if _ends_sentence(tokens, i):
            break
        if (found := _clue(tokens, i)) is not None:
            return found
    return Tense.FUTURE if leading == "by" else Tense.UNKNOWN
