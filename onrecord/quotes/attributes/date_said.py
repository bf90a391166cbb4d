"""When something was said, where the sentence of its attribution says so: "told Reuters on Monday", "said in 2014".

Only a time that belongs to the act of saying counts. It stands right after the cue or its addressee ("said on Monday",
"told reporters in Geneva on Monday", "said Ms Lind on Monday"), right before the cue ("Lind on Monday said"), or opens
the sentence ("On Monday, Lind said", "In an interview on Monday, Lind said"). A time inside what was said, in a clause
about something else ("after the raid on Monday", "who resigned on Monday") or beyond such words is none of it.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any

from onrecord.dates.values import month_interval
from onrecord.document.article import Precision, Span, TimeExpression, TimexType
from onrecord.document.words import ACCOUNT, WORD
from onrecord.lexicon.word_lists import word_list

_AT_THE = re.compile(r"\b(?:during|at|in) (?:(?:an?|the|his|her|its|their) )?\Z")
_CLOSING = frozenset("”\"’'»")
_BRACKET = re.compile(r"\s?\([^()]*\)")
_AT_ITS_END = re.compile(r"\s(?:on|in|from|of|dated)\s\Z")
_APART = 150  # letters between a day that opens a sentence and the subject, both behind commas
_BESIDE = 3  # words between a paper and its day
_LEADS = frozenset({"", "on", "in", "late", "early", "earlier", "late on", "earlier on", "early on", "back in"})
_SHORTEST_SEASON = 28  # days; what lies in two months and is shorter tells no month, and hardly a year
#: Full stops that end no sentence: ``U.S.``, ``Sen.``.
_ABBREVIATION = re.compile(r"\b(?:(?:[A-Z]\.)+|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|St|Rev|Hon)\.)")
_SEASON = re.compile(r"-(?:SP|SU|FA|WI)\Z")
_LONGEST_LEAD = 14  # words before a time that a sentence opens with
_REACH = 90  # characters that the addressee and place between cue and time may take


@cache
def _words() -> dict[str, Any]:
    return {name: frozenset(words) for name, words in word_list("date_said.yaml").items()}


@cache
def _published() -> re.Pattern[str]:
    """A writing with "published" behind it, which is when its author says something."""
    return re.compile(rf"\b(?:{'|'.join(sorted(_words()['papers']))})\s(?:published|printed)\b")


def said_on(
    text: str,
    sentence: Span,
    cue: Span,
    source: Span | None,
    content: Sequence[Span],
    dates: Sequence[TimeExpression],
    *,
    published: dt.date | None = None,
) -> tuple[dt.date, Precision] | None:
    """The day, month or year on which something was said, or None where the sentence does not give it.

    `sentence` is the one that `cue` stands in, `cue` and `source` are an attribution's spans, `content` the spans of
    what was said, `dates` the article's resolved expressions in order; all offsets are code points into `text`. The
    date is the first day of the month or year where no day is given; "last week" gives its month, and nothing where
    the week lies in two months. What begins after `published`, if that is given, has not been said.
    """
    best: tuple[int, tuple[dt.date, Precision]] | None = None
    for expression in dates:
        if not sentence.meets(expression) or _inside(text, expression, cue, content):
            continue
        when = None if _is_bare_season(text, expression) else _calendar_date(expression)
        if when is None or (published is not None and when[0] > published):
            continue
        if text[expression.start : expression.end] == "9/11":
            continue  # "said a 9/11 widow"
        if source is not None and source.meets(expression):
            if _in_source(text, source, cue, expression) and best is None:
                best = 0, when
            continue  # "said the mayor from 1995 to 1997"
        if expression.start >= cue.start:
            fits = _follows(text, cue, source, expression) or _behind_quotation(text, content, expression)
            distance = expression.start - cue.end
        else:
            fits = _precedes(text, sentence.start, cue, source, expression, dates)
            distance = cue.start - expression.end + _REACH  # a time after the cue is nearer to it than one before
        if fits and (best is None or distance < best[0]):
            best = distance, when
    return best[1] if best else None


class Times:
    """The time expressions of an article, to be asked by place."""

    def __init__(self, dates: Sequence[TimeExpression]) -> None:
        self._all = sorted(dates, key=lambda e: e.start)
        self._starts = [e.start for e in self._all]
        self._ends = list(accumulate((e.end for e in self._all), max))

    def around(self, span: Span) -> Sequence[TimeExpression]:
        """Those that may share a letter with `span`, in order."""
        return self._all[bisect_right(self._ends, span.start) : bisect_left(self._starts, span.end)]

    def at(self, offset: int) -> TimeExpression | None:
        """The first one that starts at `offset`."""
        index = bisect_left(self._starts, offset)
        return self._all[index] if index < len(self._all) and self._starts[index] == offset else None


_BEFORE_DAY = re.compile(rf"{ACCOUNT.pattern}\s+")


def day_of_post(text: str, source: Span, times: Times) -> tuple[dt.date, Precision] | None:
    """The day behind the account of whoever wrote a post: ``— Orla Venn (@orla) May 3, 2024``."""
    account = _BEFORE_DAY.match(text, source.end)
    posted = None if account is None else times.at(account.end())
    return None if posted is None else _calendar_date(posted)


def _in_source(text: str, source: Span, cue: Span, e: TimeExpression) -> bool:
    """Whether a time in a source is that of saying: ``a 2014 report said``; ``the guild this week said``."""
    lead = _AT_ITS_END.sub("", text[source.start : e.start])
    if e.end >= source.end and cue.start - source.end in (0, 1) and not _blocked(lead):
        return True
    if "," in lead:
        return False  # "Lind, author of a 2014 report"
    before, after = WORD.findall(lead), WORD.findall(text, e.end, source.end)
    near = [*before[-_BESIDE:], *after[: _BESIDE + 1]]
    return any(word.lower() in _words()["papers"] for word in near)


def _inside(text: str, e: TimeExpression, cue: Span, content: Sequence[Span]) -> bool:
    """Whether the time is part of what was said; one that opens an indirect content right after the cue is not."""
    for span in content:
        if not span.meets(e):
            continue
        opens = span.start >= cue.end and not text[cue.end : span.start].strip()
        lead = text[span.start : e.start].strip().lower()
        after = WORD.match(text, e.end + 1) if e.end < span.end else None
        verb = after is not None and after[0].lower() in _words()["verbs"]
        return not (opens and lead in _LEADS and not verb)
    return False


def _follows(text: str, cue: Span, source: Span | None, e: TimeExpression) -> bool:
    begin = cue.end
    if source is not None and cue.end <= source.start < e.start:
        begin = source.end
        if _blocked(text[cue.end : source.start]):
            return False
    gap = text[begin : e.start] if begin <= e.start else ""
    at = _AT_THE.search(gap) if _at_an_occasion(text, e) else None
    if at:
        gap = gap[: at.start()]  # "said during a Monday rally"
    elif _possessive(text, e):
        return False
    return len(gap) <= _REACH and not _blocked(_without_occasion(gap))


def _behind_quotation(text: str, content: Sequence[Span], e: TimeExpression) -> bool:
    """``called for "a new bridge" on Monday``."""
    last = max((span.end for span in content if span.end <= e.start), default=None)
    if last is None or (text[last : last + 1] not in _CLOSING and text[last - 1 : last] not in _CLOSING):
        return False
    return text[last : e.start].strip(f" {''.join(_CLOSING)}").lower() in _LEADS


def _without_occasion(gap: str) -> str:
    """Words between a cue and a time without "during" and the occasion behind it: ``said during a long rally on``."""
    lead, during, rest = gap.partition(" during ")
    words = WORD.findall(rest)
    at = next((i for i, word in enumerate(words) if word.lower() in _words()["occasions"]), None)
    return f"{lead} {' '.join(words[at + 1 :])}" if during and at is not None else gap


def _blocked(gap: str) -> bool:
    gap = _published().sub("", _ABBREVIATION.sub("", gap))
    if any(mark in gap for mark in '.;:!?"“”—') or gap.count("(") > gap.count(")"):
        return True  # a bracket is about something else: "according to the board (the mill made 2 tons in 2012)"
    return any(word.lower() in _words()["other_clause"] for word in WORD.findall(gap))


def _precedes(
    text: str, first: int, cue: Span, source: Span | None, e: TimeExpression, dates: Sequence[TimeExpression]
) -> bool:
    if _possessive(text, e) and not _at_an_occasion(text, e):
        return False
    if _goes_with_participle(text, cue, e, first):
        return True
    if source is not None and source.end <= e.start:
        lead = _BRACKET.sub("", text[source.end : e.start]).strip(" ,").lower()
        if text.startswith(",", source.end) and not _words()["occasions"].isdisjoint(WORD.findall(lead)):
            return not _blocked(lead)  # "Lind, speaking to reporters on Monday in Harrow, said"
        return lead in _LEADS and not _blocked(text[e.end : cue.start])
    if source is not None and not e.end <= source.start <= cue.start:
        return False
    between = text[e.end : source.start if source else cue.start]
    if between.startswith(",") and between.rstrip().endswith(",") and _opens(text[first : e.start], occasion=False):
        later = any(e.end <= other.start < cue.start and _calendar_date(other) for other in dates)
        return (
            len(between) <= _APART
            and not later
            and not any(mark in _ABBREVIATION.sub("", between) for mark in '.;:!?"“”')
        )
    if _blocked(between) or len(between) > _REACH:
        return False
    return _opens(text[first : e.start], occasion=_at_an_occasion(text, e))


def _goes_with_participle(text: str, cue: Span, e: TimeExpression, first: int) -> bool:
    """``made a statement on Monday, saying``; ``in a Monday brief urging``. `first`: where the sentence begins."""
    verb = WORD.match(text, cue.start)
    if verb is None or not verb[0].endswith("ing") or cue.start - e.end > _REACH:
        return False
    before = WORD.findall(text, max(first, e.start - _REACH), e.start)[-_BESIDE:]
    occasion = any(word.lower() in _words()["occasions"] for word in before) or _at_an_occasion(text, e)
    return occasion and not _blocked(text[e.end : cue.start])


def _possessive(text: str, e: TimeExpression) -> bool:
    return text[e.end : e.end + 2] in ("'s", "’s")


def _at_an_occasion(text: str, e: TimeExpression) -> bool:
    """Whether an interview, a speech or the like follows the time: "Monday's debate", "a 2013 memo"."""
    words = WORD.findall(text, e.end, min(len(text), e.end + 50))
    return any(word.lower() in _words()["occasions"] for word in words[: 4 if words[:1] == ["s"] else 3])


def _opens(lead: str, *, occasion: bool) -> bool:
    """Whether these words before a time leave it to the whole sentence: none, "In Harrow", "Addressing a rally on"."""
    printed = WORD.findall(lead)
    words = [word.lower() for word in printed]
    openers, occasions = _words()["openers"], _words()["occasions"]
    allowed = openers | _words()["articles"] if occasion else openers
    if all(
        low in allowed or (i and word[0].isupper()) for i, (word, low) in enumerate(zip(printed, words, strict=True))
    ):
        return True
    if len(words) > _LONGEST_LEAD or _blocked(lead):
        return False
    raised = any(word.endswith("ed") for word in words[-2:])  # "Addressing fears raised on Monday"
    speaks = words[0] in _words()["speaking"] and not raised
    return speaks or (words[0] in openers and any(word in occasions for word in words))


def last_day_of(day: dt.date, precision: Precision) -> dt.date:
    """The last day of the day, month or year that begins with `day`."""
    if precision is Precision.DAY:
        return day
    first, months = (day.month, 1) if precision is Precision.MONTH else (1, 12)
    return month_interval(day.year, first, months)[1]


def _is_bare_season(text: str, e: TimeExpression) -> bool:
    """Whether a season is told without its year: "said in the spring" tells neither a month nor a whole year."""
    return _SEASON.search(e.value) is not None and not any(character.isdigit() for character in text[e.start : e.end])


def _calendar_date(e: TimeExpression) -> tuple[dt.date, Precision] | None:
    if e.timex_type not in (TimexType.DATE, TimexType.TIME) or e.date_from is None or e.date_to is None:
        return None
    if e.date_from == e.date_to:
        return e.date_from, Precision.DAY
    if (e.date_from.year, e.date_from.month) == (e.date_to.year, e.date_to.month):
        return e.date_from.replace(day=1), Precision.MONTH
    if e.date_from.year == e.date_to.year and (e.date_to - e.date_from).days >= _SHORTEST_SEASON:
        return e.date_from.replace(month=1, day=1), Precision.YEAR
    return None
