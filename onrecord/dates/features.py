"""What the chooser looks at: one named function for each input, of a situation and one candidate in it.

Distances in days are signed and flattened by a logarithm, so that a week differs from a fortnight and ten years hardly
from eleven; UNKNOWN stands where there is nothing to measure.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.dates.candidates import Candidate, View
from onrecord.dates.context import Context, Matched
from onrecord.dates.grammar import Rule
from onrecord.dates.memory import Memory
from onrecord.dates.tense import Outlook, Tense
from onrecord.dates.values import Meaning

UNKNOWN = -99.0
#: Builders in a fixed order: the model knows them by number. New ones go to the end.
KINDS = (
    "calendar", "weekday", "day_word", "unit_reference", "named_reference", "offset", "same", "same_or_published",
    "weekend", "decade", "century", "clock", "part_of_day", "holiday", "range", "constant", "year_before", "reference",
    "duration", "span", "set", "quarter", "reported", "period_to", "fiscal_year", "months_of_year", "year_end",
    "joined_day", "dotted", "day_of_month", "days_of_month", "half_month", "week_of_month", "week_of_day",
    "nth_weekday", "told_weekday", "week_from", "word_year", "run_time", "next_part", "told_month",
    "figures", "weekday_of_month", "year_before_christ", "year_of_our_era", "century_before_christ",
    "year_from_one_before_christ",
)  # fmt: skip
_KIND_NUMBER = {name: float(number) for number, name in enumerate(KINDS)}
#: Words before an expression in a fixed order: the model knows them by number. New ones go to the end.
LEADS = (
    "in", "on", "by", "until", "since", "from", "for", "of", "at", "after", "before", "during", "to", "and", "the",
    "said", "between", "through", "over", "within", "this", "that", "late", "early",
)  # fmt: skip
_LEAD_NUMBER = {word: float(number) for number, word in enumerate(LEADS, 1)}


@dataclass(slots=True)
class Situation:
    """An expression where it stands."""

    tokens: Sequence[str]
    first: int
    last: int
    rule: Rule
    matched: Matched
    context: Context
    outlook: Outlook
    #: token after the last of the expression before in this passage, 0 if there is none
    previous: int
    memory: Memory
    #: how many candidates there are
    count: int


def _flattened(days: int) -> float:
    return math.copysign(math.log1p(abs(days)), days)


def _days(a: dt.date | None, meaning: Meaning) -> float:
    if a is None or meaning.interval is None:
        return UNKNOWN
    return _flattened((meaning.interval[0] - a).days)


def kind(s: Situation) -> float:
    """The builder that resolves it."""
    return _KIND_NUMBER.get(s.rule.make, UNKNOWN)


def tense(s: Situation) -> float:
    """The rule's tense: -1 back, 1 ahead, 0 not told."""
    return {Tense.PAST: -1.0, Tense.FUTURE: 1.0, Tense.UNKNOWN: 0.0}[s.context.tense]


def clue_before(s: Situation) -> float:
    """The clue to the tense before it."""
    return float(s.outlook.before)


def clue_before_distance(s: Situation) -> float:
    """How many tokens before it the clue stands."""
    return float(s.outlook.before_distance)


def clue_after(s: Situation) -> float:
    """The clue to the tense behind it."""
    return float(s.outlook.after)


def clue_after_distance(s: Situation) -> float:
    """How many tokens behind it the clue stands."""
    return float(s.outlook.after_distance)


def lead(s: Situation) -> float:
    """The word right before it, if it is a preposition or the like."""
    return _LEAD_NUMBER.get(s.outlook.leading, 0.0)


def trail(s: Situation) -> float:
    """What follows: 1 a possessive, 2 a comma, 3 a full stop or the end, 4 a capital, 0 other."""
    if s.last >= len(s.tokens):
        return 3.0
    following = s.tokens[s.last]
    if following[0].isupper():
        return 4.0
    return {"'": 1.0, "’": 1.0, ",": 2.0, ".": 3.0, ";": 3.0, ":": 3.0}.get(following, 0.0)


def length(s: Situation) -> float:
    """How many tokens it has."""
    return float(s.last - s.first)


def business(s: Situation) -> float:
    """Whether the article is about business."""
    return float(s.context.topic.business)


def sport(s: Situation) -> float:
    """Whether the article is about sport."""
    return float(s.context.topic.sport)


def history(s: Situation) -> float:
    """The share of the points before that lie more than two years before publication."""
    return s.memory.old / s.memory.points if s.memory.points else UNKNOWN


def years(s: Situation) -> float:
    """How many years the article prints, in a thousand characters."""
    return 1000 * s.context.topic.years / (s.context.topic.length + 1)


def sayings(s: Situation) -> float:
    """How often it tells what somebody said, in a thousand characters."""
    return 1000 * s.context.topic.sayings / (s.context.topic.length + 1)


def recent(s: Situation) -> float:
    """The share of the points before that lie within two months of publication."""
    return s.memory.recent / s.memory.points if s.memory.points else UNKNOWN


def passages_back(s: Situation) -> float:
    """How many passages back the last point of the passages before was named."""
    return float(min(s.memory.passages - s.memory.earlier_passage, 20)) if s.context.earlier else UNKNOWN


def points(s: Situation) -> float:
    """How many points the article has named before."""
    return float(min(s.memory.points, 20))


def passage(s: Situation) -> float:
    """Which passage of the article it stands in."""
    return float(min(s.memory.passages, 20))


def previous_distance(s: Situation) -> float:
    """How many tokens back the expression before ends."""
    return float(s.first - s.previous) if s.previous else UNKNOWN


def weekday_distance(s: Situation) -> float:
    """How many days before publication the last such weekday was."""
    number = s.matched.value("w")
    return float((s.context.day.isoweekday() - int(number)) % 7) if number and s.context.day else UNKNOWN


def month_distance(s: Situation) -> float:
    """How many months before publication the last such month was."""
    number = s.matched.value("m")
    return float((s.context.month.month - int(number)) % 12) if number and s.context.month else UNKNOWN


def has_year(s: Situation) -> float:
    """Whether a year is told."""
    return float(s.matched.has("y") or s.matched.has("yy"))


def count(s: Situation) -> float:
    """How many candidates there are."""
    return float(s.count)


def is_answer(_s: Situation, c: Candidate) -> float:
    """Whether it is the rule's answer."""
    return float(bool(c.views & View.RULE))


def seen_past(_s: Situation, c: Candidate) -> float:
    """Whether it is the last before publication."""
    return float(bool(c.views & View.PAST))


def seen_future(_s: Situation, c: Candidate) -> float:
    """Whether it is the next after publication."""
    return float(bool(c.views & View.FUTURE))


def seen_from_publication(_s: Situation, c: Candidate) -> float:
    """Whether it is seen from publication, whichever way is nearer."""
    return float(bool(c.views & View.PUBLICATION))


def seen_in_story(_s: Situation, c: Candidate) -> float:
    """Whether a story that has come to the last point of the passage leads to it: 1 going on, 2 back, 3 both."""
    return float(bool(c.views & View.STORY_AHEAD) + 2 * bool(c.views & View.STORY_BACK))


def seen_in_earlier_story(_s: Situation, c: Candidate) -> float:
    """The same for the last point of the passages before."""
    return float(bool(c.views & View.EARLIER_STORY_AHEAD) + 2 * bool(c.views & View.EARLIER_STORY_BACK))


def seen_from_anchor(_s: Situation, c: Candidate) -> float:
    """What it counts from: 1 the passage's last point, 2 the article's, 4 nothing, or their sum."""
    return float(bool(c.views & View.PASSAGE) + 2 * bool(c.views & View.ARTICLE) + 4 * bool(c.views & View.NOWHERE))


def views(_s: Situation, c: Candidate) -> float:
    """How many views lead to it."""
    return float(c.views.bit_count())


def from_publication(s: Situation, c: Candidate) -> float:
    """Days from publication to its beginning."""
    return _days(s.context.now, c.meaning)


def from_anchor(s: Situation, c: Candidate) -> float:
    """Days from the last point of the passage."""
    anchor = s.context.anchor
    return _days(anchor.interval[0] if anchor and anchor.interval else None, c.meaning)


def from_earlier(s: Situation, c: Candidate) -> float:
    """Days from the last point of the passages before."""
    earlier = s.context.earlier
    return _days(earlier.interval[0] if earlier and earlier.interval else None, c.meaning)


def width(_s: Situation, c: Candidate) -> float:
    """How many days it covers."""
    interval = c.meaning.interval
    return _flattened((interval[1] - interval[0]).days) if interval else UNKNOWN


def unknown_parts(_s: Situation, c: Candidate) -> float:
    """Whether parts of it are left unknown."""
    return float("X" in c.meaning.value)


def told_before(s: Situation, c: Candidate) -> float:
    """Whether the article has named the same value before."""
    return float(c.meaning.value in s.memory.values)


OF_SITUATION: tuple[Callable[[Situation], float], ...] = (
    kind, tense, clue_before, clue_before_distance, clue_after, clue_after_distance, lead, trail, length,
    business, sport, years, sayings, history, recent, passages_back, points, passage, previous_distance,
    weekday_distance, month_distance, has_year, count,
)  # fmt: skip
OF_CANDIDATE: tuple[Callable[[Situation, Candidate], float], ...] = (
    is_answer, seen_past, seen_future, seen_from_publication, seen_in_story, seen_in_earlier_story,
    seen_from_anchor, views, from_publication, from_anchor, from_earlier, width, unknown_parts, told_before,
)  # fmt: skip
#: The names of all features, in the order of the model's columns.
FEATURES = tuple(feature.__name__ for feature in (*OF_SITUATION, *OF_CANDIDATE))


def vectors(s: Situation, possible: Sequence[Candidate]) -> list[list[float]]:
    """All features of each candidate, in the order of FEATURES."""
    shared = [feature(s) for feature in OF_SITUATION]
    return [[*shared, *[feature(s, c) for feature in OF_CANDIDATE]] for c in possible]
