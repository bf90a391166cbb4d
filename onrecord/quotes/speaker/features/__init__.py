"""Named features of a candidate speaker, for the ranker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.quotes.speaker.candidates import Track
from onrecord.quotes.speaker.features import candidate, links, source, turns
from onrecord.quotes.speaker.features.case import GROUPS, OF_CANDIDATES, OF_MOMENTS, Case, Moment

__all__ = ["GROUPS", "Case", "Moment", "candidate", "columns_of", "features_of", "links", "source", "turns"]


def columns_of(moment: Moment, candidates: Sequence[Track | None]) -> Mapping[str, Sequence[float]]:
    """For each feature its value of each candidate for an attribution."""
    cases = [Case(moment, track) for track in candidates]
    shared = {name: [function(moment)] * len(cases) for name, function in OF_MOMENTS.items()}
    return shared | {name: [function(case) for case in cases] for name, function in OF_CANDIDATES.items()}


def features_of(moment: Moment, candidates: Sequence[Track | None]) -> list[dict[str, float]]:
    """The features of each candidate for an attribution, by name."""
    columns = columns_of(moment, candidates)
    return [{name: float(values[n]) for name, values in columns.items()} for n in range(len(candidates))]
