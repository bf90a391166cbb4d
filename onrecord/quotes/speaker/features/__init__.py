"""Named features of a candidate speaker, for the ranker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.quotes.speaker.features import candidate, links, salience, source, turns
from onrecord.quotes.speaker.features.case import GROUPS, OF_CANDIDATES, OF_MOMENTS, OF_TURNS, Case, Moment
from onrecord.quotes.speaker.turns import Turns

__all__ = [
    "GROUPS",
    "OF_CANDIDATES",
    "OF_MOMENTS",
    "OF_TURNS",
    "Case",
    "Moment",
    "candidate",
    "columns_of",
    "features_of",
    "links",
    "salience",
    "source",
    "turns",
]


def columns_of(asked: Iterable[tuple[Moment, Turns]]) -> Mapping[str, Sequence[float]]:
    """For each feature its value of each candidate for an attribution, after one history of speakers and the next."""
    found: dict[str, list[float]] = {name: [] for name in GROUPS}
    for moment, spoken in asked:
        for name, values in moment.columns.items():
            found[name] += values
        for name, function in OF_TURNS.items():
            found[name] += [function(case, spoken) for case in moment.cases]
    return found


def features_of(asked: Iterable[tuple[Moment, Turns]]) -> list[dict[str, float]]:
    """The features of each candidate, by name, in the order of :func:`columns_of`."""
    columns = columns_of(asked)
    return [dict(zip(columns, map(float, values), strict=True)) for values in zip(*columns.values(), strict=True)]
