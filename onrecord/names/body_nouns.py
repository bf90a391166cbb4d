"""Takes the noun that says what a body is off its name: "Promoter Tarn Live", "Land union Corran Growers".

At the beginning of a sentence such a noun has a capital as a name has, and the tagger takes it, or the words before it,
into the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.document.article import EntityType, NameSpan
from onrecord.document.words import word_start
from onrecord.lexicon.body_kinds import body_kinds
from onrecord.lexicon.name_words import fold, is_body_word
from onrecord.lexicon.people import given_names, people_words
from onrecord.names.occupations import is_before_within, opens_sentence

#: Bodies whose names may begin with a noun for another: "Charity Finance Association", "Developer Relations Board".
_OF_OTHERS = frozenset({"association", "board", "state"})
_AGENT = ("er", "or")  # "Promoter", unlike "Charity"
_SURE = 0.9  # of a name


def without_body_nouns(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (in any order) with those of bodies without the nouns before them that say what they are."""
    return [_without(text, name) if name.entity_type is EntityType.ORG else name for name in names]


def is_before_body(noun: str, name: NameSpan, printed: str) -> bool:
    """Whether a noun before a name that was taken for a body's says what body it is: "Publisher" Tarn Books."""
    may_be_person = fold(printed.partition(" ")[0]) in given_names() and "&" not in printed
    return name.entity_type is EntityType.ORG and not may_be_person and noun.lower() in people_words().before_bodies


def _without(text: str, name: NameSpan) -> NameSpan:
    printed = text[name.start : name.end]
    words = printed.split()
    taken = _opening(text, name, words) or _inner(words)
    return replace(name, start=name.start + word_start(printed, taken)) if taken else name


def _opening(text: str, name: NameSpan, words: Sequence[str]) -> int:
    """1 if a noun for a body opens the name and the sentence, and other words than "Association" follow."""
    if len(words) < 2 or words[0].lower() not in people_words().before_bodies or name.score >= _SURE:
        return 0
    first, *rest = words
    if not opens_sentence(text, name.start) or not rest[0][0].isupper() or is_before_within(text, first, rest[0]):
        return 0
    if len(rest) > 1 and people_words().is_plural(rest[0].lower()):  # "Airline Pilots Guild"
        return 0
    ends = is_body_word(rest[-1]) and not (first.endswith(_AGENT) and len(rest) > 1)
    return 0 if ends or not _OF_OTHERS.isdisjoint(body_kinds().told(" ".join(rest))) else 1


def _inner(words: Sequence[str]) -> int:
    """The number of words up to a noun in small letters, as no name has inside it, with a name behind it."""
    known = people_words()
    nouns = known.kinds | known.any_body | known.before_bodies | {"union"}
    for index in range(len(words) - 2, 0, -1):
        rest = words[index + 1 :]
        if words[index] in nouns and rest[0][0].isupper() and not all(map(is_body_word, rest)):
            return index + 1
    return 0
