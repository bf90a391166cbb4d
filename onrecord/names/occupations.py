"""Takes the occupation with which a sentence begins off the name behind it: "Oboist Lars Venn", "Landlady Ada Quill".

At the beginning of a sentence a noun has a capital as a given name has, and the tagger takes rare ones for one. A word
is a noun there that is no listed given name where one follows it, and that ends as nouns for people do or stands in the
article in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from onrecord.document.article import EntityType, NameSpan
from onrecord.document.words import word_start
from onrecord.lexicon.name_words import fold, is_body_word
from onrecord.lexicon.people import given_names, people_words
from onrecord.names.territories import names_one_of_a_people, territory_code

#: What stands before the first word of a sentence or a line.
_OPENS = re.compile(r"(?:\A|\n\s*|[.!?:…][”\"’')\]]*\s+|[–—]\s+|\s-\s+)[“\"‘'(\[]?\Z")
#: Words in small letters, and pairs of words with capitals (of three both pairs).
_SMALL = re.compile(r"(?<![\w-])[^\W\dA-Z_][\w-]*(?![\w-])")
_PAIR = re.compile(r"(?<!\w)([A-Z][\w’'-]*)(?=\s+([A-Z][\w’'-]*)(?!\w))")
_REACH = 12
_SHORTEST = 4  # letters of a noun
#: A name of another kind than a person's is read again where the tagger was less sure of it than this.
_SURE = 0.8


def without_occupations(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (in any order) without the nouns at the beginning of sentences that say what their bearers are.

    What is left begins with a given name ("Lars Venn"), or is the family name of somebody whom the article names in
    full. A word that stands before the name within a sentence as well is one of its own: "met Naseer Ahmad Venn".
    """
    people = {" ".join(text[n.start : n.end].split()) for n in names if n.entity_type is EntityType.PERSON}
    return [_without(text, name, people) for name in names]


def _without(text: str, name: NameSpan, people: Collection[str]) -> NameSpan:
    printed = text[name.start : name.end]
    first, *rest = printed.split() or [""]
    person = name.entity_type is EntityType.PERSON or (len(rest) > 1 and name.score < _SURE and _are_names(rest))
    if not rest or not person or is_body_word(rest[-1]) or not opens_sentence(text, name.start):
        return name
    if not _may_be_noun(first) or is_before_within(text, first, rest[0]):
        return name
    bears = _is_given(rest[0]) if len(rest) > 1 else _is_of_another(first, rest[0], people)
    listed = people_words().is_person(first.lower()) if len(rest) == 1 else is_occupation(first)
    if not bears or not (listed or names_one_of_a_people(first) or _is_small(text, first)):
        return name
    start = name.start + word_start(printed, 1)
    return replace(name, start=start, entity_type=EntityType.PERSON, score=max(name.score, _SURE))


def opens_sentence(text: str, start: int) -> bool:
    """Whether the first word of a sentence or of a line begins at `start`."""
    return _OPENS.search(text, max(0, start - _REACH), start) is not None


def is_occupation(word: str) -> bool:
    """Whether a word is a noun for a person, or no name and looks like one: "Oboist", "Workmate", "Trawlerman"."""
    words, lower = people_words(), word.lower()
    if words.is_person(lower):
        return True
    if fold(word) in given_names() or lower in words.groups or territory_code(word, EntityType.NORP):
        return False
    agent = len(word) > _SHORTEST and words.may_be_person(lower) and not lower.endswith(words.foreign_name_endings)
    return agent or lower.endswith(words.compound_endings)


def _may_be_noun(word: str) -> bool:
    """Whether a word is printed as the first of a sentence and is no listed given name."""
    lower = word[1:].islower() and word.replace("-", "").isalpha()
    return word[:1].isupper() and lower and len(word) >= _SHORTEST and fold(word) not in given_names()


def _are_names(words: Sequence[str]) -> bool:
    """Whether all words have a capital and none is one for a body: not "Court of Appeal"."""
    return all(word[0].isupper() and not is_body_word(word) for word in words)


def _is_given(word: str) -> bool:
    """Whether a word is a given name, or two ("Jean-Marc")."""
    return word[:1].isupper() and all(fold(part) in given_names() for part in word.split("-"))


def _is_of_another(first: str, family: str, people: Collection[str]) -> bool:
    """Whether a word is the family name of somebody whose full name begins otherwise."""
    full = (words for person in people if len(words := person.split()) > 1)
    return any(words[-1] == family and words[0] != first and words[-2] != first for words in full)


def is_before_within(text: str, first: str, second: str) -> bool:
    """Whether a word stands before another where no sentence begins."""
    return (first, second) in _pairs_within(text)


def _is_small(text: str, word: str) -> bool:
    """Whether a word stands in the text in small letters, as one or as several."""
    small, lower = _small_words(text), word.lower()
    return lower in small or lower + "s" in small or lower + "es" in small


@lru_cache(maxsize=2)
def _small_words(text: str) -> frozenset[str]:
    """The words of a text that stand in it in small letters."""
    return frozenset(match[0] for match in _SMALL.finditer(text))


@lru_cache(maxsize=2)
def _pairs_within(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of words with capitals that stand where no sentence begins."""
    pairs = ((m[1], m[2]) for m in _PAIR.finditer(text) if not opens_sentence(text, m.start()))
    return frozenset(pairs)
