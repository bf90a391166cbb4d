"""What an article has told so far, as far as later expressions count from it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from onrecord.dates.context import Matched
from onrecord.dates.values import Meaning
from onrecord.document.article import TimexType

_PERIOD = re.compile(r"\d{4}-[QH]\d\Z")
#: Builders of the period that the one reported is compared with.
_COMPARES = frozenset({"year_before", "offset"})
#: Years before publication from which on a point belongs to history.
_LONG_AGO = 2
#: Days from publication within which a point belongs to the news.
_NEWS = 60


@dataclass(slots=True)
class Memory:
    """The points named so far in one article, in the order of reading."""

    published: dt.date | None
    #: the last point of this passage
    anchor: Meaning | None = None
    #: the last point of the passages before
    earlier: Meaning | None = None
    #: the last point of the passage right before this one
    before: Meaning | None = None
    #: the day named last, in whatever passage
    last_day: dt.date | None = None
    #: the quarter or half named last
    period: str | None = None
    #: the same where this passage named it
    reported: str | None = None
    values: set[str] = field(default_factory=set)
    #: days printed with their year and the name of their weekday, by its number
    weekdays: dict[int, dt.date] = field(default_factory=dict)
    #: the last point of this passage where it lies before Christ
    era: str | None = None
    points: int = 0
    #: how many of the points lie long before publication
    old: int = 0
    #: how many lie within two months of publication
    recent: int = 0
    passages: int = -1
    #: the passage that `earlier` stands in
    earlier_passage: int = -1

    def open_passage(self) -> None:
        """A new passage begins."""
        self.before = self.anchor
        if self.anchor is not None:
            self.earlier, self.earlier_passage = self.anchor, self.passages
        self.anchor = None
        self.reported = self.era = None
        self.passages += 1

    def remember(self, m: Matched, meaning: Meaning) -> None:
        """A point or an unplaced value has been read."""
        self.values.add(meaning.value)
        if meaning.timex_type is TimexType.DATE and (meaning.interval or meaning.value.startswith("BC")):
            self.era = meaning.value if meaning.interval is None else None
        if meaning.interval is None or meaning.timex_type not in (TimexType.DATE, TimexType.TIME):
            return
        first, last = meaning.interval
        self.anchor = meaning
        self.points += 1
        self.recent += self.published is not None and abs((last - self.published).days) <= _NEWS
        self.old += self.published is not None and last.year < self.published.year - _LONG_AGO
        if first == last:
            self.last_day = first
            if m.has("y") and (m.has("w") or m.has("wk")):
                self.weekdays[first.isoweekday()] = first
        elif _PERIOD.match(meaning.value) and m.rule.make not in _COMPARES:
            self.period = self.reported = meaning.value
