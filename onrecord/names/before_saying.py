"""Names that the tagger doubts and cuts, made whole by the words around them: "Ines Corrandal said"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from onrecord.document.article import EntityType, NameSpan
from onrecord.lexicon.name_words import fold, genders_of_given_names, is_body_word, months, title_key, titles, weekdays
from onrecord.lexicon.reporting import reporting_words
from onrecord.names.territories import territory_code

#: A word in capitals that opens a sentence or a clause, right before a name.
_GIVEN = re.compile(r"(?:(?<=[\n“\"‘(])|(?<=[.!?:,”\"] )|\A)(?P<given>[^\W\d_a-z][\w’'-]*[a-z]) \Z")
_VERB = re.compile(r" (?:has |had )?(?P<verb>[a-z]+)\b")
_LONGEST_GIVEN = 20  # letters
_OF = " of "
#: A name is doubted that the tagger was less sure of than this.
_SURE = 0.8


def whole_subjects(text: str, names: Sequence[NameSpan]) -> list[NameSpan]:
    """`names` (in reading order, not overlapping) with the doubted ones made whole that a sentence shows to be cut.

    A given name, one word and a verb of saying are a person, be it that the word alone was taken for a place. A body
    behind "the" whose last word says what it is goes on with the place behind "of": "the Pilots Guild of Corran".
    """
    out: list[NameSpan] = []
    border = 0
    for name, following in zip_longest(names, names[1:]):
        if name.start < border:
            continue  # the place of the body before it
        name = _person(text, name, border) or _body(text, name, following) or name  # noqa: PLW2901
        out.append(name)
        border = name.end
    return out


def _person(text: str, name: NameSpan, border: int) -> NameSpan | None:
    """The person whose given name stands before a doubted word, and a verb of saying behind it."""
    printed = text[name.start : name.end]
    if name.score >= _SURE or not printed.isalpha() or is_body_word(printed):
        return None
    given = _GIVEN.search(text, max(border, name.start - _LONGEST_GIVEN), name.start)
    verb = _VERB.match(text, name.end)
    if given is None or verb is None or not reporting_words().is_in(verb["verb"], "speech", "telling", "asking"):
        return None
    word = fold(given["given"])
    if word not in genders_of_given_names() or word in weekdays() | months() or title_key(word) in titles().offices:
        return None
    if territory_code(printed, EntityType.LOC):
        return None
    return NameSpan(given.start("given"), name.end, EntityType.PERSON, _SURE)


def _body(text: str, name: NameSpan, following: NameSpan | None) -> NameSpan | None:
    """A doubted body with the place that it is of."""
    if name.entity_type is not EntityType.ORG or name.score >= _SURE or following is None:
        return None
    place = following.entity_type is EntityType.LOC and text[name.end : following.start] == _OF
    words = text[name.start : name.end].split()
    behind_the = text[max(0, name.start - 4) : name.start].lower() == "the "
    if not place or len(words) < 2 or not is_body_word(words[-1]) or not behind_the:
        return None
    return NameSpan(name.start, following.end, EntityType.ORG, min(name.score, following.score))
