"""Who may have spoken so far, where that is not sure: several histories of an article's speakers, each with a share.

A quote whose source is open is asked once for each of them. So a doubt is passed on to those that hang on it, as long
as it is not small: where the first quote is one person's by .6 and another's by .4, "he added" is hardly surer. This is
a beam search (as of Luo et al. 2004, who link mentions in reading order) that sums over what it keeps instead of taking
the best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from onrecord.quotes.speaker.turns import Turns

#: At most so many histories are followed. Of the names that are .9 sure and more, out of fold, 97.4 % are right with
#: one, 97.6 with two, 97.7 with four, 97.9 with eight (fold 4 and the sealed articles: 95.3, 95.9, 96.1, 96.2). All of
#: finding the quotes of 60,000 words takes 5.4, 5.9, 5.6 to 6.5 and 7.2 s with them.
MOST = 4
#: One that has less than this beside the most probable is dropped.
LEAST = 0.1


class Histories:
    """The speakers of the attributions so far, as they may be: iterates over shares, which add up to one, and turns.

    The most probable comes first. The turns change with the next answers.
    """

    def __init__(self) -> None:
        self._held: list[tuple[float, Turns]] = [(1.0, Turns())]

    def __iter__(self) -> Iterator[tuple[float, Turns]]:
        return iter(self._held)

    def append(self, key: int | None) -> None:
        """Adds a speaker who is certain."""
        for _, turns in self._held:
            turns.append(key)

    def branch(self, answers: Sequence[Mapping[int | None, float]]) -> None:
        """Adds what was answered: for each history the probability of each speaker of the next attribution."""
        longer = [
            (share * probability, place, key)
            for place, ((share, _), answer) in enumerate(zip(self._held, answers, strict=True))
            for key, probability in answer.items()
        ]
        longer.sort(key=lambda one: -one[0])
        kept = [one for one in longer[:MOST] if one[0] >= LEAST * longer[0][0]]
        whole = sum(share for share, _, _ in kept)
        uses = Counter(place for _, place, _ in kept)
        going_on: list[tuple[float, Turns]] = []
        for share, place, key in kept:
            uses[place] -= 1
            turns = self._held[place][1]
            if uses[place]:  # others go on from it, too; the last one needs no copy
                turns = turns.copy()
            turns.append(key)
            going_on.append((share / whole, turns))
        self._held = going_on
