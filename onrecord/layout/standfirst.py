"""Standfirsts, and what stands in their place: who wrote and when, copies of the headline, lines of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from onrecord.dates.written import full_dates
from onrecord.document.article import BlockKind
from onrecord.document.words import LETTERS, LETTERS_OR_DIGITS
from onrecord.layout.byline import is_person, split_names
from onrecord.layout.parts import Labelled
from onrecord.layout.scores import LIKELY

#: A standfirst has no fewer words, and is among so many open parts under the headline.
_WORDS, _PLACE = 4, 3
#: One that is not likely the story's is so likely at least, and the story or the headline has so many of its words.
_BODY, _TOLD = 0.08, 0.4
#: A story of fewer different words need not have those of its standfirst.
_DIFFERENT = 40
#: Shorter words are in every story.
_LONG = 4
#: A line that tells who wrote or when is no longer.
_STAMP_LENGTH = 150
#: "By Orla Venn", "Medically reviewed by: Orla Venn"; not "Our trip by boat", nor "By Monday".
_SIGNED = re.compile(r"(?P<how>(?:[\w-]+\s){0,2}?)by\b:?\s+(?=[A-Z@])", re.IGNORECASE)
#: Who checked a story did not write it.
_CHECKED = re.compile(r"\b(?:review|edit|check|verifi|approv)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<=[^\W\d_])\d{1,2}$")
_DEGREE = re.compile(r"[A-Z]{2,6}|Ph\.?D\.?")
#: Fewer letters than these are no copy of a headline.
_COPIED = 10


def stamp_kind(words: str) -> BlockKind | None:
    """What a line under the headline is that tells who wrote or when; null where it is no such line.

    >>> stamp_kind("By Orla VennPublished: Jan 29, 2025"), stamp_kind("Jan 29, 2025 - 3 min read")
    (<BlockKind.BYLINE: 'byline'>, <BlockKind.DATE: 'date'>)
    """
    if len(words) > _STAMP_LENGTH:
        return None
    signed = _SIGNED.match(words)
    if signed and _opens_with_name(words[signed.end() :]):
        return BlockKind.CREDIT if _CHECKED.search(signed["how"]) else BlockKind.BYLINE
    if _is_list_of_people(words):
        return BlockKind.BYLINE
    return BlockKind.DATE if full_dates(words) else None


def _opens_with_name(words: str) -> bool:
    tokens = words.split()
    return words.startswith("@") or any(is_person(" ".join(tokens[:end]).strip(",;:")) for end in (2, 3, 4))


def _is_list_of_people(words: str) -> bool:
    """ "Orla Venn,Tam Okoro1 & Ines Falk"."""
    if "/" in words:  # A picture's credit: "Orla Venn // Meridian Images".
        return False
    pieces = [_NUMBER.sub("", name.strip()) for part in words.split(";") for name in split_names(part)]
    names = [piece for piece in pieces if not _DEGREE.fullmatch(piece)]
    return len(names) >= 2 and all(map(is_person, names))


def may_be_standfirst(labelled: Sequence[Labelled], headline: int, i: int, opened: int) -> bool:
    """Whether a part that is not likely the story's can be a standfirst all the same.

    It is near the headline (the part at `headline`; `opened` tells how many open parts there are up to it), no copy of
    that, and tells what the story tells.
    """
    item, words = labelled[i], labelled[i].words
    if opened > _PLACE or item.body < _BODY or len(words.split()) < _WORDS or "|" in words:
        return False
    if _letters(labelled[headline].words) in _letters(words):
        return len(_letters(labelled[headline].words)) < _COPIED
    told = {word for other in islice(labelled, i + 1, None) if other.body >= LIKELY for word in _long(other.words)}
    told |= set(_long(labelled[headline].words))
    found = _long(words)
    return len(told) < _DIFFERENT or sum(word in told for word in found) >= _TOLD * len(found)


def _letters(words: str) -> str:
    return "".join(LETTERS_OR_DIGITS.findall(words.casefold()))


def _long(words: str) -> list[str]:
    return [word for word in LETTERS.findall(words.casefold()) if len(word) >= _LONG]
