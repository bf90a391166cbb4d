"""What a body or a place is compared by: its words in one order, its country as a code, its kind."""

from __future__ import annotations

import re

from onrecord.document.article import EntityType
from onrecord.lexicon.name_words import fold, organisation_words, small_words
from onrecord.lexicon.territories import territory_names
from onrecord.names.spans import Named
from onrecord.names.territories import territory_code

_MINISTRIES = {("ministry",), ("department",)}
_PLACE_KIND = re.compile(r"(?:state|city|town|village|county|province|island) of (?P<place>.+)$|(?P<city>.+) city$")


def key_of(name: Named) -> str:
    """What equal names of one type have in common."""
    code = territory_code(name.parts.core, name.entity_type)
    if code:
        return f"={code}"
    tokens = name.parts.tokens
    if name.entity_type is EntityType.NORP and tokens and len(tokens[-1]) > 4 and tokens[-1].endswith("s"):
        tokens = (*tokens[:-1], tokens[-1][:-1])
    if name.entity_type is EntityType.ORG and len(tokens) > 1:
        tokens = _named_first(_with_code(tokens))
    return " ".join(tokens) or fold(name.parts.core)


def _with_code(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """`tokens` with a leading country as its code, so that "U.S. Senate" and "United States Senate" are one.

    Of a body of the state also a people before it and a country behind "of": "Norlandish Government" and "Government of
    Norland" are one, "Norlandish Bank" and "Bank of Norland" are not.
    """
    _, heads, _ = organisation_words()
    of_state = not heads.isdisjoint(tokens)
    for size in (3, 2, 1):
        code = territory_code(" ".join(tokens[:size]), EntityType.LOC) if size < len(tokens) else None
        if not code and of_state and size == 1:
            code = territory_code(tokens[0], EntityType.NORP)
        if code:
            return (f"={code}", *tokens[size:])
    for size in (3, 2, 1) if of_state else ():
        before = tokens[:-size]
        before = before[:-1] if before and before[-1] == "the" else before
        code = territory_code(" ".join(tokens[-size:]), EntityType.LOC) if before and before[-1] == "of" else None
        if code and len(before) > 1:
            return (f"={code}", *before[:-1])
    return tokens


def _named_first(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a ministry with what it is for first: "Ministry of the Interior" is the "Interior Ministry"."""
    at = 1 if tokens[0].startswith("=") else 0
    if tokens[at : at + 1] not in _MINISTRIES or tokens[at + 1 : at + 2] != ("of",):
        return tokens
    field = tokens[at + 2 :]
    return (*tokens[:at], *(field[1:] if field[:1] == ("the",) else field), tokens[at])


def is_head(key: str) -> bool:
    """Whether a name is words for a kind of organisation only ("Brigade", "Supreme Court")."""
    kinds, heads, generals = organisation_words()
    words = key.split()
    return bool(words) and all(w in kinds or w in heads or w in generals for w in words) and words[-1] not in generals


def heads_of(name: str) -> set[str]:
    """The words that may say what kind of body a name is of: at its end, or before its first "of" or other small word.

    "tarn water board" and "tarn water board of works" are a board and a water board; "bank of the archives" is no
    archives, since these stand behind a small word.
    """
    words = name.split()
    first = next((at for at, word in enumerate(words) if word in small_words()), 0)
    ends = {" ".join(words[at:]) for at in range(len(words)) if not at or words[at - 1] not in small_words()}
    return ends | {" ".join(words[at:first]) for at in range(first)}


def plain_place(key: str) -> str:
    """A place's key without "state of" before or "city" behind it; "Kuwait City" is not Kuwait, though."""
    match = _PLACE_KIND.match(key)
    if not match:
        return key
    city = match.group("city")
    if city:
        return key if fold(city) in territory_names() else city
    return match.group("place")
