"""What ties an attribution to others of the article: the same head noun, the same document, the turns around it."""

from __future__ import annotations

from onrecord.quotes.speaker.features.case import Case, Moment, of_moment, of_turns
from onrecord.quotes.speaker.turns import Turns


@of_turns("links")
def spoke_same_head(case: Case, spoken: Turns) -> float:
    """The candidate spoke the last attribution whose source had the same head ("the minister"); -1 for none before."""
    last = case.moment.last_of_head
    return -1 if last is None else spoken[last] == case.key


@of_turns("links")
def between_turns(case: Case, spoken: Turns) -> float:
    """The candidate spoke last and is the next source that is a name (1), only one of both (0.5), or neither (0)."""
    ahead = case.moment.ahead
    last = bool(spoken) and spoken[-1] == case.key
    following = bool(ahead) and ahead[0][1] == case.key
    return (last + following) / 2 if case.key is not None else -1


@of_moment("links")
def attributions_with_head(moment: Moment) -> float:
    """How many attributions of the article have a source with the same head."""
    return len(moment.scene.by_head[moment.head]) if moment.head else 0
