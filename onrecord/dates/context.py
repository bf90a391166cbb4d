"""What a builder may look at: the words that matched, the publication date, and what the passage said before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from onrecord.dates.grammar import Rule
from onrecord.dates.order import FigureOrder
from onrecord.dates.tense import Tense
from onrecord.dates.topic import Topic
from onrecord.dates.values import Meaning
from onrecord.dates.vocabulary import Lexicon
from onrecord.document.article import Precision


class Context(NamedTuple):
    """`now` is the publication date; `precision` says how much of it is known (the rest of `now` is filler).

    `anchor` is the last point resolved in the same passage: "two days later" counts from it.
    """

    now: dt.date | None
    precision: Precision
    anchor: Meaning | None
    tense: Tense
    #: the day that the article named last, in whatever passage
    last_day: dt.date | None = None
    #: the first day of the expression before, where "to" or "until" joins this one to it
    begins: dt.date | None = None
    #: months that are also people in this article
    names: frozenset[str] = frozenset()
    #: the expression before, where only "and", "or", "to", a comma or a dash joins this one to it
    joined: Meaning | None = None
    #: the value of the quarter, half or month that the article named last
    period: str | None = None
    #: the same where this passage named it
    reported: str | None = None
    #: the day that the article printed in full with the name of its weekday, by the number of the weekday
    weekdays: Mapping[int, dt.date] = MappingProxyType({})
    #: the last point of the passages before
    earlier: Meaning | None = None
    #: the last point of the passage right before this one
    before: Meaning | None = None
    #: whether `now` is a day, month or year that a story has come to, and not the publication date
    story: bool = False
    #: whether "will" or the like governs the expression
    will: bool = False
    #: whether "a year ago" is told of what the passage named last; None where that has to be found out
    compared: bool | None = None
    topic: Topic = Topic()
    order: FigureOrder = FigureOrder()
    #: the value of the year before Christ that the passage named last, if it named no other point after it
    era: str | None = None

    @property
    def day(self) -> dt.date | None:
        """The publication date where its day is known."""
        return self.now if self.precision is Precision.DAY else None

    @property
    def month(self) -> dt.date | None:
        """The publication date where at least its month is known."""
        return self.now if self.precision is not Precision.YEAR else None

    def anchor_day(self, unit: str) -> dt.date | None:
        """The day that the passage last spoke of, if it did so at least as precisely as the unit asks."""
        if self.anchor is None or self.anchor.interval is None:
            return None
        first, last = self.anchor.interval
        room = {"D": 1, "W": 7, "WE": 7, "M": 31, "Q": 92, "H": 184, "Y": 366}.get(unit, 36_525)
        return first if (last - first).days < room else None

    def told_day(self, unit: str) -> dt.date | None:
        """As `anchor_day`; of the passage right before where this one has named no point yet."""
        if self.anchor is None and self.before is not None:
            return self._replace(anchor=self.before).anchor_day(unit)
        return self.anchor_day(unit)

    def known(self, unit: str) -> dt.date | None:
        """The publication date where it is precise enough to place a unit (D, W, WE, M, Q, H, Y, DE, CE)."""
        if unit in ("D", "W", "WE"):
            return self.day
        return self.month if unit in ("M", "Q", "H") else self.now


@dataclass(frozen=True, slots=True)
class Matched:
    """The tokens that a rule captured, by name."""

    rule: Rule
    lexicon: Lexicon
    captured: dict[str, tuple[str, str]]

    def has(self, name: str) -> bool:
        return name in self.captured

    def text(self, name: str) -> str | None:
        """The token captured under the name, as printed."""
        found = self.captured.get(name)
        return found[0] if found else None

    @property
    def mod(self) -> str | None:
        """START, MID or END from early, mid, late, the beginning of."""
        found = self.value("mod")
        return str(found) if found else None

    def kind(self, name: str) -> str | None:
        """The class that the token was captured as."""
        found = self.captured.get(name)
        return found[1] if found else None

    def value(self, name: str) -> Any:
        """What the captured word stands for in its class; a number for digits; its small letters for a plain word."""
        if name not in self.captured:
            return self.rule.fixed.get(name)
        token, kind = self.captured[name]
        if kind in self.lexicon.values:
            return self.lexicon.value(kind, token)
        if token[0].isdigit():
            return leading_number(token)
        return token.lower()

    def number(self, name: str) -> int | None:
        """The captured number as an integer, None where nothing was captured."""
        found = self.value(name)
        return int(found) if found is not None else None


def leading_number(token: str) -> int | float:
    """The number that a token such as `1,000`, `2.5`, `19th` or `1990s` starts with."""
    digits = token.replace(",", "")
    end = 0
    while end < len(digits) and (digits[end].isdigit() or digits[end] == "."):
        end += 1
    number = float(digits[:end].rstrip("."))
    return int(number) if number.is_integer() else number
