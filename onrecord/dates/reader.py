"""Finding time expressions in the passages of an article and resolving each in the order of reading."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.dates.builders import BUILDERS
from onrecord.dates.candidates import Candidate, candidates, without_context
from onrecord.dates.chooser import DOUBTFUL, Chooser, default_chooser
from onrecord.dates.context import Context, Matched
from onrecord.dates.features import Situation, vectors
from onrecord.dates.grammar import Grammar, Rule, grammar
from onrecord.dates.memory import Memory
from onrecord.dates.named import named_as_times, people_named_as_months
from onrecord.dates.order import FigureOrder
from onrecord.dates.points import names_no_day
from onrecord.dates.tense import Clue, Outlook, Tense, outlook, same_sentence
from onrecord.dates.topic import Topic
from onrecord.dates.values import Meaning
from onrecord.dates.vocabulary import CAPITALISED, TOKEN
from onrecord.document.article import Precision, Span, TimeExpression

_JOINS = frozenset({"and", "or", "to", "through", "until", "till", ",", "&", "-", "–", "—"})
_UNTIL = frozenset({"to", "through", "until", "till", "thru", "-", "–", "—"})


def find_dates(
    text: str,
    spans: Sequence[Span],
    published: dt.date | None,
    *,
    precision: Precision | None = None,
    day_first: bool | None = None,
    chooser: Chooser | None = None,
    names: Sequence[Span] = (),
    until: int | None = None,
) -> tuple[TimeExpression, ...]:
    """Every time expression in the passages, in reading order, with offsets into `text`.

    `spans` are the passages (paragraphs, headlines) in reading order; a line break inside one counts as a space.
    `published` is the publication date against which relative expressions resolve, `precision` how much of it is known
    (the day, if not given). Without it they keep their TIMEX form with unknown parts and have no interval, but a month
    or day without a year takes that of the last month or day which the passage has dated ("on 3 March 2020 and again on
    7 March"); a bare year before it does not fix it. With a publication date the tense of the sentence decides, and a
    year named elsewhere in the article does not. Expressions relative to another event ("the day before", "two weeks
    later") count from the last point resolved in the same passage, or stay open.

    `day_first` tells whether the outlet writes the day before the month in figures (None: not known). A date in figures
    that two days may be meant by (7/8/07) is the one next to publication, else the one that other dates of the text,
    then `day_first` tell, else it keeps unknown parts.

    `names` are people and organisations that the text names: no day or month begins inside one of several words
    ("Monday Motors"), nor where a sentence begins with one ("Sunday Obi told reporters").

    From the offset `until` on the text is of another day, which is not known: nothing counts from `published` there.

    Where evidence competes (past or to come? this story's year or that of publication?) the rule's answer and its
    alternatives are weighed by `chooser` (the shipped one, if not given), which also gives each its confidence.
    """
    order = FigureOrder(text, day_first)
    reader = Reader(text, published, precision or Precision.DAY, chooser or default_chooser(), order)
    named = named_as_times(text, names)
    reader.named, reader.doubtful = sorted(named.sure), sorted(named.doubtful)
    for span in spans:
        if until is not None and span.start >= until:
            reader.forget_publication()
        reader.passage(span)
    return reader.expressions()


@dataclass(slots=True)
class Resolved:
    """An expression that has been read: its place in tokens until the passage ends, then in characters."""

    start: int
    end: int
    meaning: Meaning
    confidence: float | None
    #: the features of the only candidate, which is weighed when all have been read
    vector: list[float] | None = None


class Reader:
    """One article being read; holds nothing that outlives `find_dates`. Without a chooser the rules decide alone."""

    def __init__(
        self,
        text: str,
        published: dt.date | None,
        precision: Precision,
        chooser: Chooser | None,
        order: FigureOrder | None = None,
    ) -> None:
        self._grammar = grammar()
        self._text = text
        self._published = published
        self._precision = precision
        self._names = people_named_as_months(text)
        self._topic = Topic(text)
        self._order = order or FigureOrder(text)
        self._memory = Memory(published)
        self._chooser = chooser
        self._found: list[Resolved] = []
        #: where days and months stand that are names, in order
        self.named: Sequence[int] = ()
        #: where they stand that may be names, and are left open, in order
        self.doubtful: Sequence[int] = ()
        self._open: frozenset[int] = frozenset()

    def expressions(self) -> tuple[TimeExpression, ...]:
        """All expressions read so far, each with its confidence."""
        if self._chooser is not None:
            waiting = [found for found in self._found if found.vector is not None]
            weighed = self._chooser.confidences([found.vector for found in waiting if found.vector is not None])
            for found, confidence in zip(waiting, weighed, strict=True):
                found.confidence, found.vector = confidence, None
        return tuple(_expression(found) for found in self._found)

    def forget_publication(self) -> None:
        """Read what follows as of an unknown day, with nothing told before it."""
        if self._published is not None:
            self._published, self._memory = None, Memory(None)

    def passage(self, span: Span) -> None:
        """Read the next passage."""
        tokens = TOKEN.findall(self._text, span.start, span.end)
        self._memory.open_passage()
        self._open = self._tokens_at(self.doubtful, span)
        codes = self._grammar.lexicon.encode(tokens)
        for i in self._tokens_at(self.named, span):
            codes = codes[:i] + CAPITALISED + codes[i + 1 :]
        found = self._scan(tokens, codes)
        if not found:
            return
        starts = [m.start() for m in TOKEN.finditer(self._text, span.start, span.end)]
        for resolved in found:  # from tokens to characters
            last = resolved.end - 1
            resolved.start, resolved.end = starts[resolved.start], starts[last] + len(tokens[last])
        self._found += found

    def _tokens_at(self, offsets: Sequence[int], span: Span) -> frozenset[int]:
        """The numbers of a passage's tokens that begin at one of the offsets, which are in order."""
        inside = frozenset(offsets[bisect_left(offsets, span.start) : bisect_left(offsets, span.end)])
        if not inside:
            return inside
        found = enumerate(TOKEN.finditer(self._text, span.start, span.end))
        return frozenset(i for i, match in found if match.start() in inside)

    def _scan(self, tokens: list[str], codes: str) -> list[Resolved]:
        found: list[Resolved] = []
        rules_at, search = self._grammar.rules_at, self._grammar.start.search
        place = search(codes)
        while place:
            position = place.start()
            resume = position + 1
            possible = rules_at[codes[position : position + 2]]
            for match, rule in _matches(possible, codes, position) if possible else ():
                if rule.make == "never":
                    resume = match.end()
                    break
                resolved = self._resolve(match, rule, tokens, found)
                if resolved is not None:
                    found.append(resolved)
                    resume = match.end()
                    break
                if rule.make == "calendar" and self._names_no_day(match, rule, tokens):
                    resume = match.end()
                    break
            place = search(codes, resume)
        return found

    def _names_no_day(self, match: re.Match[str], rule: Rule, tokens: list[str]) -> bool:
        """Whether a day is printed that no calendar has; its month alone is none either. Not "In June 31 men fled"."""
        counts = self._grammar.lexicon.values["COUNTED"]
        counted = match.end() < len(tokens) and tokens[match.end()] in counts
        return not counted and names_no_day(_matched(match, rule, tokens, self._grammar))

    def _resolve(self, match: re.Match[str], rule: Rule, tokens: list[str], found: list[Resolved]) -> Resolved | None:
        first, last = match.span()
        memory = self._memory
        around = outlook(tokens, first, last)
        context = Context(
            now=self._published,
            precision=self._precision,
            anchor=memory.anchor,
            tense=self._tense(around, tokens, first, found) if rule.looks else Tense.UNKNOWN,
            last_day=memory.last_day,
            begins=_begins(found, tokens, first) if rule.looks and found else None,
            names=self._names,
            joined=_joined(found, tokens, first) if found else None,
            period=memory.period,
            reported=memory.reported,
            weekdays=memory.weekdays,
            earlier=memory.earlier,
            before=memory.before,
            will=(around.before or around.after) is Clue.WILL,
            topic=self._topic,
            order=self._order,
            era=memory.era,
        )
        matched = _matched(match, rule, tokens, self._grammar)
        answer = BUILDERS[rule.make](matched, context)
        if answer is None:
            return None
        possible = candidates(rule, matched, context, answer)
        previous = found[-1].end if found else 0
        situation = Situation(tokens, first, last, rule, matched, context, around, previous, memory, len(possible))
        resolved = self.weigh(situation, possible)
        if first in self._open:
            resolved.meaning = without_context(rule, matched, context) or resolved.meaning
        memory.remember(matched, resolved.meaning)
        return resolved

    def _tense(self, around: Outlook, tokens: list[str], first: int, found: list[Resolved]) -> Tense:
        """The tense around an expression; where nothing tells, ahead if the one before in its sentence is."""
        if around.tense is not Tense.UNKNOWN or around.possessive or not found or self._published is None:
            return around.tense
        days = found[-1].meaning.interval
        ahead = days is not None and days[0] > self._published
        return Tense.FUTURE if ahead and same_sentence(tokens, found[-1].end, first) else Tense.UNKNOWN

    def weigh(self, situation: Situation, possible: Sequence[Candidate]) -> Resolved:
        """What the expression means. One with a single candidate gets its confidence when all have been read."""
        first, last = situation.first, situation.last
        if self._chooser is None:
            return Resolved(first, last, possible[0].meaning, None)
        weighed = vectors(situation, possible)
        if len(weighed) == 1:
            return Resolved(first, last, possible[0].meaning, None, weighed[0])
        best, confidence = self._chooser.choose(weighed)
        meaning = possible[best].meaning
        if confidence < DOUBTFUL and meaning.interval is not None:
            meaning = without_context(situation.rule, situation.matched, situation.context) or meaning
        return Resolved(first, last, meaning, confidence)


def _expression(found: Resolved) -> TimeExpression:
    interval = found.meaning.interval
    return TimeExpression(
        start=found.start,
        end=found.end,
        timex_type=found.meaning.timex_type,
        value=found.meaning.value,
        mod=found.meaning.mod,
        date_from=interval[0] if interval else None,
        date_to=interval[1] if interval else None,
        confidence=found.confidence,
    )


def _begins(found: list[Resolved], tokens: list[str], position: int) -> dt.date | None:
    """The first day of the expression before, where a word for "until" and nothing else lies between."""
    last, meaning = found[-1].end, found[-1].meaning
    between = tokens[last:position]
    if len(between) == 1 and between[0].lower() in _UNTIL and meaning.interval:
        return meaning.interval[0]
    return None


def _joined(found: list[Resolved], tokens: list[str], position: int) -> Meaning | None:
    """The expression before, where words that join a list or a range and nothing else lie between."""
    last, meaning = found[-1].end, found[-1].meaning
    between = tokens[last:position]
    if between and between[-1] in ("on", "in"):
        between = between[:-1]
    if 1 <= len(between) <= 2 and all(token.lower() in _JOINS for token in between):
        return meaning
    return None


def _matches(rules: Sequence[Rule], codes: str, position: int) -> list[tuple[re.Match[str], Rule]]:
    """What matches here, longest first; of two equally long the one that stands first in the file."""
    found = [(match, rule) for rule in rules if (match := rule.expression.match(codes, position))]
    if len(found) > 1:
        found.sort(key=lambda pair: -pair[0].end())
    return found


def _matched(match: re.Match[str], rule: Rule, tokens: list[str], rules: Grammar) -> Matched:
    captured = {}
    for name, numbers in rule.groups.items():
        for number in numbers:
            if (at := match.start(number)) >= 0:
                captured[name] = (tokens[at] if at < len(tokens) else "", rule.classes[number])
                break
    return Matched(rule, rules.lexicon, captured)
