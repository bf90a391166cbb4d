"""What an expression may mean: its rule's answer, and what the same words mean seen from elsewhere.

A month or a weekday may lie before or behind the publication date, or be told in a story that has its own time; a
distance may count from the last date of the paragraph, of the article, or from publication. Each such view is the rule
applied in another context; views that agree are one candidate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.dates.builders import BUILDERS
from onrecord.dates.context import Context, Matched
from onrecord.dates.grammar import Rule
from onrecord.dates.tense import Tense
from onrecord.dates.values import Meaning, point
from onrecord.document.article import Precision

#: Stories told day by day or month by month; a longer stretch than a year tells no year.
_LONGEST_STORY = 366
#: What settles a direction or a year by itself.
_SETTLED = ("y", "yy", "rel", "dir", "date")


class View:
    """From where a candidate is seen: bits, so that one number tells all views of it."""

    RULE = 1
    PAST = 2
    FUTURE = 4
    PUBLICATION = 8
    STORY_AHEAD = 16
    STORY_BACK = 32
    EARLIER_STORY_AHEAD = 64
    EARLIER_STORY_BACK = 128
    PASSAGE = 256
    ARTICLE = 512
    NOWHERE = 1024


@dataclass(slots=True)
class Candidate:
    """A meaning, and all views that lead to it."""

    meaning: Meaning
    views: int


def candidates(rule: Rule, m: Matched, c: Context, answer: Meaning) -> list[Candidate]:
    """The rule's answer first, then each other meaning once, in the order of the views."""
    found = {answer.value: Candidate(answer, View.RULE)}
    for view, context in _views(rule, m, c):
        meaning = BUILDERS[rule.make](m, context)
        if meaning is None:
            continue
        if known := found.get(meaning.value):
            known.views |= view
        else:
            found[meaning.value] = Candidate(meaning, view)
    return list(found.values())


def _views(rule: Rule, m: Matched, c: Context) -> Iterator[tuple[int, Context]]:
    if c.begins is not None:
        return  # the end of a range lies where its beginning says
    if rule.looks and not any(name in m.captured for name in _SETTLED):
        yield from _directions(c)
    if rule.anchored:
        yield from _anchors(c)
    elif rule.make == "offset" and m.value("u") == "Y" and c.anchor is not None:
        yield View.PASSAGE, c._replace(compared=True)
        yield View.PUBLICATION, c._replace(compared=False)


def _directions(c: Context) -> Iterator[tuple[int, Context]]:
    for view, tense in ((View.PAST, Tense.PAST), (View.FUTURE, Tense.FUTURE), (View.PUBLICATION, Tense.UNKNOWN)):
        if tense is not c.tense:
            yield view, c._replace(tense=tense)
    if c.will:
        return  # no story of the past says "will"
    if (told := _told(c, c.anchor)) is not None:
        yield View.STORY_AHEAD, told._replace(tense=Tense.FUTURE)
        yield View.STORY_BACK, told._replace(tense=Tense.PAST)
    elif (told := _told(c, c.earlier)) is not None:
        yield View.EARLIER_STORY_AHEAD, told._replace(tense=Tense.FUTURE)
        yield View.EARLIER_STORY_BACK, told._replace(tense=Tense.PAST)


def _told(c: Context, anchor: Meaning | None) -> Context | None:
    """The context of a story that has come to the anchor, as if told on that day, in that month or year."""
    if anchor is None or anchor.interval is None:
        return None
    first, last = anchor.interval
    days = (last - first).days
    if days > _LONGEST_STORY:
        return None
    precision = Precision.DAY if days == 0 else Precision.MONTH if days < 31 else Precision.YEAR
    return c._replace(now=first, precision=precision, story=True)


def _anchors(c: Context) -> Iterator[tuple[int, Context]]:
    if c.anchor is not None:
        yield View.PASSAGE, c
    if c.earlier is not None:
        yield View.ARTICLE, c._replace(anchor=c.earlier)
    if c.day is not None:
        yield View.PUBLICATION, c._replace(anchor=point(c.day.isoformat()), last_day=None)
    yield View.NOWHERE, c._replace(anchor=None, last_day=None)


def without_context(rule: Rule, m: Matched, c: Context) -> Meaning | None:
    """The expression with what its context would fill in left unknown."""
    blank = Context(now=None, precision=Precision.DAY, anchor=None, tense=Tense.UNKNOWN, names=c.names, topic=c.topic)
    return BUILDERS[rule.make](m, blank)
