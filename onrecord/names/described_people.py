"""Takes what a person is off the name behind it: "Briton Gary Venn", "Ngāti Salwen kaumātua Wiremu Quill"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.document.article import EntityType, NameSpan
from onrecord.document.words import word_start
from onrecord.lexicon.name_words import fold, name_words
from onrecord.lexicon.people import given_names
from onrecord.names.territories import territory_code

_SHORTEST = 5  # letters of a noun; shorter ones may be particles of any language


def without_descriptions(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (in any order) with those of people without the words before a given name that describe its bearer.

    The noun or adjective for one of a people, before two names or more: "Briton Gary Venn", not "French Venn", nor
    "Dane Cook Venn", as Dane is a given name. All up to a word in small letters that is no particle.
    """
    return [_without(text, name) if name.entity_type is EntityType.PERSON else name for name in names]


def _without(text: str, name: NameSpan) -> NameSpan:
    printed = text[name.start : name.end]
    words = printed.split()
    taken = max(_people(words), _noun(words))
    if not taken or len(words) < taken + 2 or not _is_given(words[taken]):
        return name
    return replace(name, start=name.start + word_start(printed, taken))


def _people(words: Sequence[str]) -> int:
    """1 if the first word is one of a people and no given name."""
    first = words[0] if words else ""
    one = first[:1].isupper() and not _is_given(first) and territory_code(first, EntityType.NORP) is not None
    return int(one and territory_code(first, EntityType.LOC) is None)


def _noun(words: Sequence[str]) -> int:
    """The number of words up to the last in small letters that is no particle."""
    if not words or _is_given(words[0]):  # "Maria delos Santos Orr"
        return 0
    known = name_words()
    particles = known.particles | known.lowercase_particles | known.joined_particles | known.compounds
    places = (i for i, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha() and word.islower())
    return max((i + 1 for i in places if fold(words[i]) not in particles), default=0)


def _is_given(word: str) -> bool:
    return word[:1].isupper() and all(fold(part) in given_names() for part in word.split("-"))
