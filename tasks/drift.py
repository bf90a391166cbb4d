"""Drift: figures of a run that are unlike those of the last ten runs, each with its likely cause. Warnings only."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Runs looked back on, and the least that a comparison needs.
LOOK_BACK, LEAST_RUNS = 10, 4
#: Articles that a run needs for its shares to mean something.
LEAST_ARTICLES = 20
#: How many median absolute deviations away from the median counts as drift (about three standard deviations).
DEVIATIONS = 4.5


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that is watched: what a high or a low value usually means, and the least change that matters."""

    name: str
    says: str
    high: str
    low: str
    matters: float


FIGURES = (
    Figure(
        "quotes_per_article",
        "quotes an article",
        "boilerplate may be read as quotes, or the kind of articles has changed",
        "a new page layout may hide the text, or quotation marks are damaged (look at `encoding`)",
        0.5,
    ),
    Figure(
        "named_speakers",
        "share of quotes with a named speaker",
        "speakers may be guessed where they were null before: look at a sample",
        "names may be damaged or in a script that is not read",
        0.05,
    ),
    Figure(
        "without_date",
        "share of articles without a date",
        "an outlet may have changed its date line, or metadata no longer arrives",
        "metadata may have begun to arrive",
        0.05,
    ),
    Figure(
        "rejected",
        "share of files rejected",
        "files may arrive truncated or in another format: see the rejects",
        "fewer files are broken than usual",
        0.02,
    ),
)


def figures_of(articles: int, quotes: int, named: int, undated: int, seen: int, rejected: int) -> dict[str, float]:
    """A run's figures; empty where it read too few articles to say."""
    if articles < LEAST_ARTICLES:
        return {}
    return {
        "quotes_per_article": quotes / articles,
        "named_speakers": named / max(1, quotes),
        "without_date": undated / articles,
        "rejected": rejected / max(1, seen),
    }


def drift(now: Mapping[str, float], before: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    """What is unlike the last runs (`before`, newest last), in words: the figure, what was usual, the likely cause."""
    told = []
    for figure in FIGURES:
        past = [run[figure.name] for run in before if figure.name in run][-LOOK_BACK:]
        if figure.name not in now or len(past) < LEAST_RUNS:
            continue
        usual = statistics.median(past)
        spread = statistics.median(abs(value - usual) for value in past)
        change = now[figure.name] - usual
        if abs(change) > max(DEVIATIONS * spread, figure.matters):
            cause = figure.high if change > 0 else figure.low
            told.append(f"{figure.says}: {now[figure.name]:.2f}, usually {usual:.2f}; {cause}")
    return tuple(told)
