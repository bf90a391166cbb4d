"""What ties an attribution to others of the article: the same head noun, the same document, the turns around it."""

from __future__ import annotations

from bisect import bisect_left

from onrecord.coreference.source_phrases import Form
from onrecord.quotes.speaker.features.case import Case, Moment, of_candidate, of_moment


def _last_of_head(moment: Moment) -> int | None:
    """The last attribution before this one whose source has the same head; null where there is none."""
    if not moment.head or moment.phrase is None or moment.phrase.form is Form.NAME:
        return None
    places = moment.scene.by_head[moment.head]
    before = bisect_left(places, moment.index)
    return places[before - 1] if before else None


@of_candidate("links")
def spoke_same_head(case: Case) -> float:
    """The candidate spoke the last attribution whose source had the same head ("the minister"); -1 for none before."""
    last = _last_of_head(case.moment)
    return -1 if last is None else case.moment.spoken[last] == case.key


@of_candidate("links")
def between_turns(case: Case) -> float:
    """The candidate spoke last and is the next source that is a name (1), only one of both (0.5), or neither (0)."""
    moment = case.moment
    last = bool(moment.spoken) and moment.spoken[-1] == case.key
    following = bool(moment.ahead) and moment.ahead[0][1] == case.key
    return (last + following) / 2 if case.key is not None else -1


@of_moment("links")
def attributions_with_head(moment: Moment) -> float:
    """How many attributions of the article have a source with the same head."""
    return len(moment.scene.by_head[moment.head]) if moment.head else 0
