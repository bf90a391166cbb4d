"""Every date that a page prints, with what tells whether it is the day of the story's publication.

A page prints the dates of other stories, comments, events and updates as well. `training/publication_dates.py` learns
from these features which of them, if any, dates the story.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.dates.written import WrittenDate, writes_day_first
from onrecord.document.article import BODY_KINDS, STORY_KINDS, BlockKind, Precision
from onrecord.layout.lines import ends_sentence
from onrecord.publication.other_dates import OtherDates, is_subject
from onrecord.publication.printed_dates import LABELS, PrintedDate, nearness, printed_in
from onrecord.publication.stamps import stamps_the_story

#: Dates so many blocks before the headline or behind the first paragraph, and around the last one, are candidates.
_OVER, _UNDER = 60, 60
#: Where the story begins over what is taken for its headline, so many blocks before it.
_BY_START = 10
#: Lines of up to this length tell whether a page writes the day or the month first.
_NUMERIC_LENGTH = 200
#: A block of up to this length right over a date may be its label: "Published:".
_LABEL_LENGTH = 40
#: Other dates in so many blocks on both sides make a list of other stories.
_LISTED = 8
#: Two dates in so many blocks may be of one story: published and updated.
_BESIDE = 2

#: Words of these sorts right before a date say that it is not the story's.
_OTHER_LABELS = ("reviewed", "event", "copyright")
_RIGHT_BEFORE = 0.5
_LABELS_AFTER = tuple(name for name in LABELS if name != "on")
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_CLOCK_OR_READ = re.compile(r"\W{0,4}(?:at\s)?\d{1,2}(?::\d\d|\s?[ap]\.?m\b|\s*min)", re.IGNORECASE)
#: The year of a copyright notice, the later one of two: "© 2011-2019 Quillbay Ledger".
COPYRIGHT_YEAR = re.compile(r"(?:©|\(c\)|copyright)\D{0,80}?(?:\d{4}\s?[-–]\s?)?(\d{4})(?!\d)", re.IGNORECASE)
_CORRECTION = re.compile(r"correct(?:ed|ion)|clarification|editor['’]?s?\s+note", re.IGNORECASE)
_LOWER = re.compile(r"\b[a-z]{3,}\b")
_AROUND = (
    BlockKind.HEADLINE,
    BlockKind.ALTERNATIVE_HEADLINE,
    BlockKind.BYLINE,
    BlockKind.DATE,
    BlockKind.PARAGRAPH,
    BlockKind.NAVIGATION,
    BlockKind.BOILERPLATE,
    BlockKind.RELATED,
    BlockKind.COMMENT,
    BlockKind.CREDIT,
    BlockKind.CAPTION,
    BlockKind.HEADING,
)

_HEADLINES = (BlockKind.HEADLINE, BlockKind.ALTERNATIVE_HEADLINE)
#: Blocks whose dates are not the page's own, but for a stamp ("Updated ...", "... 6 min read") that is taken for one:
#: those of datelines are read elsewhere, those of captions tell when a picture was taken.
_OTHERS = (BlockKind.DATELINE, BlockKind.CAPTION)
#: Blocks of sentences, which tell of other days than their own.
_PROSE = STORY_KINDS | {BlockKind.ALTERNATIVE_HEADLINE}
#: A stamp is no longer.
_STAMP_LENGTH = 120

Words = Sequence[tuple[BlockKind, str]]


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A printed date, the index of its block, and the features that it is weighed by."""

    block: int
    written: WrittenDate
    features: dict[str, float]


def date_candidates(words: Words) -> list[DateCandidate]:
    """The dates printed near a story, in order; `words` are the page's blocks with what a person reads of them."""
    page = _Page(words)
    return [
        DateCandidate(item.block, item.written, page.features(number))
        for number, item in enumerate(page.printed)
        if not page.is_of_another_part(number)
    ]


class _Page:
    """The blocks of a page, its dates, and what is asked of them for each candidate."""

    def __init__(self, words: Words) -> None:
        self.words = words
        story = [i for i, (kind, line) in enumerate(words) if kind in BODY_KINDS and len(line) > 1]
        self.headline = next((i for i, (kind, _) in enumerate(words) if kind is BlockKind.HEADLINE), None)
        self.first = next(
            (i for i in story if self.headline is None or i > self.headline), story[0] if story else len(words)
        )
        self.last = story[-1] if story else len(words)
        self.top = self.first if self.headline is None else self.headline
        day_first = writes_day_first(line for _, line in words if len(line) <= _NUMERIC_LENGTH)
        near = {
            *range(max(self.top - _OVER, 0), min(self.first + _UNDER, len(words))),
            *range(max(self.last - _OVER, 0), min(self.last + _UNDER, len(words))),
            *(range(max(story[0] - _BY_START, 0), story[0] + 1) if story else ()),
        }
        self.others = OtherDates(words, self.first)
        found = [
            item
            for i in sorted(near)
            if words[i][0] is not BlockKind.URL and not (i and _CORRECTION.match(words[i - 1][1]))
            for item in printed_in(i, words[i][1], day_first)
        ]
        labelled = [(item, self._labels(item)) for item in found]
        labelled = [(item, labels) for item, labels in labelled if self._may_date_the_story(item, labels)]
        self.printed = [item for item, _ in labelled]
        self.labels = [labels for _, labels in labelled]
        self.kinds = [_kind_of(labels) for labels in self.labels]
        self.copies = Counter(line for _, line in words)
        self.in_block = Counter(item.block for item in self.printed)
        self.same = Counter(item.written.date for item in self.printed)
        self.order = {date: number for number, date in enumerate(sorted(self.same))}
        self.latest = max(self.same, default=dt.date.min)
        self.latest_told = max((item.written.date for item in found if self._is_told(item)), default=None)
        self.head = range(max(self.top - 6, 0), self.first + 4)
        in_head = [(item, kind) for item, kind in zip(self.printed, self.kinds, strict=True) if item.block in self.head]
        self.head_dates = sorted({item.written.date for item, _ in in_head})
        self.head_published = any(kind == "published" for _, kind in in_head)
        self.offsets = [0]
        for _, line in words:
            self.offsets.append(self.offsets[-1] + len(line))
        years = (int(year[1]) for _, line in words if len(line) < 400 for year in COPYRIGHT_YEAR.finditer(line))
        self.copyright = max(years, default=None)
        self.of_page = {
            "has_headline": float(self.headline is not None),
            "blocks": _within(len(words), 0, 500),
            "dates": _within(len(self.printed), 0, 60),
            "different": _within(len(self.same), 0, 40),
            "head_dates": _within(len(self.head_dates), 0, 8),
            "head_published": float(self.head_published),
        }

    def _may_date_the_story(self, item: PrintedDate, labels: dict[str, float]) -> bool:
        """Whether a date can be the story's own: not one in its prose, nor one of something else.

        Of something else are dates that are called so ("ends", "received"), and those of other stories and of comments
        behind the story. A headline ("When fairs are held") does not say what the date under it is of.
        """
        own = max(labels["published"], labels["updated"])
        under_headline = item.block and self.words[item.block - 1][0] in _HEADLINES
        called = nearness(item.before) if under_headline else labels
        if max(called[name] for name in _OTHER_LABELS) > max(own, _RIGHT_BEFORE):
            return False
        kind, line = self.words[item.block]
        place = (item.written.start, item.written.end)
        if self.others.rule_for(item.block, *place, called=own > 0):
            return False
        if kind in _HEADLINES and not own and is_subject(line, *place):
            return False
        if item.block > self.last and kind in (BlockKind.RELATED, BlockKind.COMMENT):
            return False
        if kind in _OTHERS:
            return len(line) <= _STAMP_LENGTH and (own > 0 or bool(_CLOCK_OR_READ.match(item.after)))
        if kind not in _PROSE or not ends_sentence(line):
            return True
        return own > 0 and stamps_the_story(line, *place)

    def is_of_another_part(self, number: int) -> bool:
        """Whether the candidate `number` stands below the comments' or other stories' heading.

        The features of the others still see it, as those of the pages did that they are weighed by.
        """
        item = self.printed[number]
        return self.others.is_beyond(item.block, called=bool(self.kinds[number]), before=item.before)

    def _is_told(self, item: PrintedDate) -> bool:
        """Whether a date stands in the story's prose."""
        kind, line = self.words[item.block]
        return kind in BODY_KINDS and len(line) > 150

    def _labels(self, item: PrintedDate) -> dict[str, float]:
        """How near before a date words of each sort stand, 1 right before it; the short block above counts as well."""
        over = self.words[item.block - 1][1] if item.block else ""
        is_label = len(over) <= _LABEL_LENGTH and not item.before.strip(" |•·-–—:")
        return nearness(f"{over if is_label else ''} {item.before}")

    def features(self, number: int) -> dict[str, float]:
        """The named features of the candidate `number`."""
        item = self.printed[number]
        kind, line = self.words[item.block]
        over = self.words[item.block - 1][0] if item.block else None
        under = self.words[item.block + 1][0] if item.block + 1 < len(self.words) else None
        return {
            **{f"before_{name}": value for name, value in self.labels[number].items()},
            **{f"after_{name}": float(bool(LABELS[name].search(item.after))) for name in _LABELS_AFTER},
            **{f"kind_{k}": float(kind is k) for k in BlockKind},
            **{f"over_{k}": float(over is k) for k in _AROUND},
            **{f"under_{k}": float(under is k) for k in _AROUND},
            **_form(item, line),
            **self.of_page,
            **self._place(number),
            **self._among_dates(number),
        }

    def _place(self, number: int) -> dict[str, float]:
        """Where the date stands: in blocks and characters from the headline and both ends of the story."""
        at = self.printed[number].block
        characters = self.offsets[at] - self.offsets[self.top]
        return {
            "from_headline": _within(at - self.top, -40, 60),
            "from_first": _within(at - self.first, -40, 60),
            "from_last": _within(at - self.last, -60, 40),
            "characters_from_headline": _within(characters, -3000, 3000),
            "in_story": float(self.first < at < self.last),
            "copies": _within(self.copies[self.words[at][1]] - 1, 0, 6),
        }

    def _among_dates(self, number: int) -> dict[str, float]:
        """What the page's other dates say of one: how many stand around, which are later, which have a label."""
        item = self.printed[number]
        date, at = item.written.date, item.block
        low, high = self._window(number, _LISTED)
        near = {other.written.date for other in self.printed[low:high]} - {date}
        low, high = self._window(number, _BESIDE)
        beside = [
            (other.written.date, kind)
            for other, kind in zip(self.printed[low:high], self.kinds[low:high], strict=True)
            if other.written.date != date
        ]
        told, before = self.latest_told, self.printed[max(number - 20, 0) : number]
        return {
            "order": _within(number, 0, 20),
            "order_below_headline": _within(sum(other.block >= self.top for other in before), 0, 20),
            "different_near": _within(len(near), 0, 12),
            "in_block": _within(self.in_block[at], 0, 6),
            "same_date": _within(self.same[date] - 1, 0, 6),
            "rank": self.order[date] / max(len(self.order) - 1, 1),
            "before_latest": _within((self.latest - date).days, 0, 2000),
            "before_latest_told": float("nan") if told is None else _within((told - date).days, -400, 400),
            "copyright": float("nan") if self.copyright is None else _within(self.copyright - date.year, -6, 10),
            "head_rank": bisect_left(self.head_dates, date) / max(len(self.head_dates), 1),
            "published_beside": float(any(kind == "published" for _, kind in beside)),
            "updated_beside": float(any(kind == "updated" for _, kind in beside)),
            "earlier_beside": float(any(other < date for other, _ in beside)),
            "later_beside": float(any(other > date for other, _ in beside)),
        }

    def _window(self, number: int, reach: int) -> tuple[int, int]:
        """The candidates [low, high) in at most `reach` blocks before and behind one's own; 40 on each side."""
        at, low, high = self.printed[number].block, number, number + 1
        while low > max(number - 40, 0) and self.printed[low - 1].block >= at - reach:
            low -= 1
        while high < min(number + 40, len(self.printed)) and self.printed[high].block <= at + reach:
            high += 1
        return low, high


def _kind_of(labels: dict[str, float]) -> str:
    return "updated" if labels["updated"] else "published" if labels["published"] else ""


def _form(item: PrintedDate, line: str) -> dict[str, float]:
    """What the date's own line looks like."""
    written = item.written
    return {
        "month_only": float(written.precision is not Precision.DAY),
        "form": 2.0 if line[written.start : written.start + 4].isdigit() else float(line[written.start].isdigit()),
        "length": _within(len(line), 0, 600),
        "beside": _within(len(line) - (written.end - written.start), 0, 600),
        "before_length": float(len(item.before.strip())),
        "after_length": float(len(item.after.strip())),
        "ends_sentence": float(ends_sentence(line)),
        "lower_words": _within(len(_LOWER.findall(line[:400])), 0, 20),
        "weekday": float(bool(_WEEKDAY.search(item.before[-14:]) or _WEEKDAY.search(item.after[:14]))),
        "clock": float(bool(_CLOCK.search(item.before[-20:]) or _CLOCK.search(item.after[:24]))),
    }


def _within(value: int, low: int, high: int) -> float:
    return float(max(low, min(value, high)))
