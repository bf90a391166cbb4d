"""Named features of a candidate speaker, for the ranker."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.quotes.speaker.candidates import Track
from onrecord.quotes.speaker.features import candidate, links, source, turns
from onrecord.quotes.speaker.features.case import GROUPS, OF_CANDIDATES, OF_MOMENTS, Case, Moment

__all__ = ["GROUPS", "Case", "Moment", "candidate", "features_of", "links", "source", "turns"]


def features_of(moment: Moment, candidates: Sequence[Track | None]) -> list[dict[str, float]]:
    """The features of each candidate for an attribution, by name."""
    shared = {name: float(function(moment)) for name, function in OF_MOMENTS.items()}
    cases = (Case(moment, track) for track in candidates)
    return [shared | {name: float(function(case)) for name, function in OF_CANDIDATES.items()} for case in cases]
