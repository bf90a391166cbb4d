"""The same words of one speaker, however often they are printed: which of them are one utterance, day by day.

Whether two quotes are one depends on their words, and on how far their days are apart (`utterance_words.is_near`). So
of words that are repeated it is enough to join each day with the next, and of two texts that have words in common each
day of the one with those of the other next to it: that is linear in the repeats, where pairs are not.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.cross_document.utterance_words import SURE, is_near

Pair = tuple[int, int]


@dataclass(slots=True)
class Repeats:
    """Quotes of one speaker in the very same words: their `places`, by day (proleptic ordinals) and without.

    `is_one` tells that they are known to be one utterance.
    """

    places: list[int]
    dated: list[tuple[int, int]]
    undated: list[int]
    is_one: bool

    @classmethod
    def of(cls, places: list[int], days: Sequence[dt.date | None]) -> Repeats:
        """Those at `places`, of which each has one of `days`."""
        dated = sorted((day.toordinal(), place) for place in places if (day := days[place]) is not None)
        undated = [place for place in places if days[place] is None]
        return cls(places, dated, undated, len(places) == 1)


def joined_within(text: Repeats, common: int | None) -> Iterator[Pair]:
    """The pairs of places to join, so that what is one utterance hangs together; `common` as with itself."""
    if common is None:
        return
    for (day, one), (later, other) in pairwise(text.dated):
        if is_near(common, later - day):
            yield one, other
    if text.undated and is_near(common, None):
        for place in text.places:
            yield text.undated[0], place
    text.is_one = common >= SURE or (not text.undated and text.dated[0][0] == text.dated[-1][0])


def joined(ours: Repeats, theirs: Repeats, common: int | None) -> Iterator[Pair]:
    """The same of two texts with `common` words, each joined within before."""
    if common is None:
        return
    if common >= SURE:
        yield ours.places[0], theirs.places[0]
        return
    if is_near(common, None):
        for undated, places in ((ours.undated, theirs.places), (theirs.undated, ours.places)):
            yield from ((undated[0], place) for place in places if undated)
    few, many = sorted((ours.dated, theirs.dated), key=len)
    for day, place in few:
        after = bisect_left(many, (day, -1))
        for other_day, other in many[max(0, after - 1) : after + 1]:
            if is_near(common, abs(other_day - day)):
                yield place, other
