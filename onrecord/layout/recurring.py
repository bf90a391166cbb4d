"""Lines that are known to stand in many articles of one publisher: what the labeller is told of them, what they are."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from onrecord.document.article import BlockKind
from onrecord.layout.byline import is_person, is_role
from onrecord.layout.head import HEADLINE_LENGTH
from onrecord.layout.lines import line_key
from onrecord.layout.parts import Labelled, has_quotation
from onrecord.layout.scores import LIKELY

#: Longer lines are not counted: boilerplate that stands in many articles is short.
_LONGEST = 400
#: A speaker's label in a transcript: "ORLA VENN, HOST:".
_SPEAKER = re.compile(r"[A-Z][A-Z .,’'-]{1,40}:")


def is_recurring(words: str, boilerplate: frozenset[int]) -> bool:
    """Whether the key of a line is in `boilerplate`."""
    return bool(boilerplate) and counted_key(words) in boilerplate


def label_recurring(labelled: list[Labelled], boilerplate: frozenset[int]) -> None:
    """Label in place, as boilerplate, the open parts whose keys are in `boilerplate`, but for those likely the story's.

    Of such parts over the story the last stays open where nothing else could be the headline: a column has one
    headline for many issues.
    """
    if not boilerplate:
        return
    opened = [i for i, item in enumerate(labelled) if item.kind is None]
    recurring = [i for i in opened if labelled[i].body < LIKELY and is_recurring(labelled[i].words, boilerplate)]
    over = list(takewhile(set(recurring).__contains__, opened))
    if over and len(over) < len(opened) and not _could_be_headline(labelled[opened[len(over)]].words):
        recurring.remove(over[-1])
    for i in recurring:
        labelled[i] = replace(labelled[i], kind=BlockKind.BOILERPLATE, headline=0.0)


def counted_key(words: str) -> int | None:
    """The key of a line that could be boilerplate; null for quotations, authors' names and roles, speakers' labels."""
    if len(words) > _LONGEST or has_quotation(words) or is_person(words) or is_role(words) or _SPEAKER.match(words):
        return None
    return line_key(words)


def _could_be_headline(words: str) -> bool:
    return len(words) <= HEADLINE_LENGTH and not words.rstrip("\"'”’)").endswith((".", ":", ";", ",", "…"))
