"""What is learned of a page's parts: how likely each is of the story's text, and how likely it is the headline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: A part is of the story from this probability on, and the headline from that.
LIKELY, HEADLINE = 0.5, 0.07
#: So many parts before the story, and behind it, are looked at for headlines, bylines, dates and credits.
NEAR_BEFORE, NEAR_AFTER = 12, 14


@dataclass(frozen=True, slots=True)
class Scores:
    """The probabilities of a page's parts, and the story's first and last part (its headline is one)."""

    body: Sequence[float]
    headline: Sequence[float]
    first: int
    last: int

    def near(self, index: int) -> bool:
        """Whether a part stands in the story or near it."""
        return self.first - NEAR_BEFORE <= index <= self.last + NEAR_AFTER


def story_scores(body: Sequence[float], headline: Sequence[float]) -> Scores:
    """The scores of parts with these probabilities. Where no part is likely of a story, all may be."""
    likely = [i for i, probability in enumerate(body) if probability >= LIKELY]
    first, last = (likely[0], likely[-1]) if likely else (0, len(body) - 1)
    best = likeliest(headline)
    return Scores(body, headline, first if best is None else min(first, best), last)


def likeliest(headline: Sequence[float]) -> int | None:
    """The index of the likeliest headline; null where none is likely."""
    best = max(range(len(headline)), key=headline.__getitem__, default=None)
    return best if best is not None and headline[best] >= HEADLINE else None
