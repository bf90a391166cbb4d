"""The learned chooser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from onrecord.dates.candidates import Candidate
from onrecord.dates.features import Situation

#: Below this probability what the context gave is taken back.
DOUBTFUL = 0.0


class Chooser(Protocol):
    """Weighs the candidates of an expression."""

    def choose(self, situation: Situation, possible: Sequence[Candidate]) -> tuple[int, float]:
        """The number of the best candidate, and its probability."""
        ...


@cache
def default_chooser() -> Chooser | None:
    return None
