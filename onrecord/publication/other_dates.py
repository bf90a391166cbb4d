"""Which printed dates are of something else than a story's publication: events, comments, other stories, history.

`other_dates.yaml` has the patterns, each with an example and a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.document.article import BlockKind
from onrecord.lexicon.word_lists import read_yaml

#: A longer line says more than what its date is of.
_SHORT = 200
#: Blocks so far above or below a date that tell of its event.
_BESIDE = 2
#: Words between which and the end of a headline its date is the subject: "The fire of May 3, 2021".
_SUBJECT = re.compile(r"\b(?:of|on|in|from|since|after|before|to|for)(?: \w+day,?)?\s*\Z", re.IGNORECASE)
#: "News of the week for", "The weekly quiz for": what appears each day or week is for the day of its publication.
_EDITION = re.compile(
    r"\b(?:news|week(?:ly)?|daily|letters|quiz|briefing|headlines|digest|round-?up|crossword|horoscopes?|edition)\b"
    r".{0,60}\bfor(?: \w+day,?)?\s*\Z",
    re.IGNORECASE,
)
#: What a page calls its own date, right before it.
_PUBLISHED = re.compile(
    r"\b(?:published|posted)(?: on)?\W*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\W*)?\Z", re.IGNORECASE
)

Words = Sequence[tuple[BlockKind, str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, where it is looked for, and whether it counts also against a date that is called published."""

    name: str
    scope: str
    pattern: re.Pattern[str]
    always: bool
    #: what the date itself must look like
    form: re.Pattern[str] | None
    #: what the whole line right below the date's must be
    under: re.Pattern[str] | None


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of `other_dates.yaml`, in order."""
    return tuple(
        Rule(
            row["name"],
            row["scope"],
            re.compile(_framed(row["pattern"], row["scope"]), re.IGNORECASE),
            row.get("always", False),
            re.compile(row["form"]) if "form" in row else None,
            re.compile(row["under"]) if "under" in row else None,
        )
        for row in read_yaml("onrecord.publication", "other_dates.yaml")
    )


def _framed(pattern: str, scope: str) -> str:
    return rf"(?:{pattern})\W*\Z" if scope == "before" else f"(?:{pattern})"


@cache
def _of(scope: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.scope == scope)


def is_so_long_ago(line: str) -> bool:
    """Whether a line is the heading of old news: "50 years ago"."""
    return any(rule.name == "so long ago" and rule.pattern.fullmatch(line) for rule in _of("over"))


def is_subject(headline: str, start: int, end: int) -> bool:
    """Whether a headline is about its date: "The fire of May 3, 2021", "May 3, 2021: the day it burned"."""
    lead = headline[:start]
    subject = _SUBJECT.search(lead) and not _EDITION.search(lead)
    return bool(subject) or bool(re.match(r"\s?[:,–—-]\s\w", headline[end:]))


class OtherDates:
    """Which of a page's dates are not its story's: single ones, by what stands beside them, and parts of the page.

    `first` is the block of the story's first paragraph.
    """

    def __init__(self, words: Words, first: int) -> None:
        self._words = words
        self._section: dict[bool, int] = {}
        for i in range(first + 1, len(words)):
            for rule in _of("section"):
                if len(words[i][1]) <= _SHORT and rule.pattern.fullmatch(words[i][1]):
                    self._section.setdefault(rule.always, i)

    def is_beyond(self, block: int, *, called: bool, before: str = "") -> bool:
        """Whether a block stands behind the heading of such a part.

        `called`: its date is called published. Where `before`, the words right before it, ends so, it is in no part.
        """
        return not _PUBLISHED.search(before) and any(
            block > at for always, at in self._section.items() if always or not called
        )

    def rule_for(self, block: int, start: int, end: int, *, called: bool) -> str | None:
        """The name of the rule by which the date in a block's `[start:end]` is another's; None if it may be its own."""
        found = (rule for rule in rules() if rule.always or not called)
        return next((rule.name for rule in found if self._fits(rule, block, start, end)), None)

    def _fits(self, rule: Rule, block: int, start: int, end: int) -> bool:
        line = self._words[block][1]
        if rule.form and not rule.form.fullmatch(line[start:end]):
            return False
        if rule.under and not (block + 1 < len(self._words) and rule.under.fullmatch(self._words[block + 1][1])):
            return False
        match rule.scope:
            case "before":
                return rule.pattern.search(line, max(0, start - _SHORT), start) is not None
            case "after":
                return rule.pattern.match(line[end : end + _SHORT]) is not None
            case "line":
                return len(line) <= _SHORT and rule.pattern.search(line) is not None
            case "over":
                return block > 0 and rule.pattern.fullmatch(self._words[block - 1][1]) is not None
            case "beside":
                near = self._words[max(0, block - _BESIDE) : block + _BESIDE + 1]
                return any(len(line) <= _SHORT and rule.pattern.fullmatch(line) for _, line in near)
        return False
