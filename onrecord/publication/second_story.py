"""Where a second dated story begins in one file: its days are not counted from the first one's day of publication."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from onrecord.dates.written import full_dates, is_date_line
from onrecord.document.article import STORY_KINDS, Block
from onrecord.layout.lines import ends_sentence, plain
from onrecord.publication.other_dates import is_so_long_ago

#: An update, or an entry of a live report, is of the same week.
_WEEK = 7
#: A heading is no longer; a paragraph is longer than a reader's word.
_HEADING, _PARAGRAPH = 120, 40


def second_story(text: str, blocks: Sequence[Block], published: dt.date | None) -> int | None:
    """The offset of the first day of another week that stands on its own line over a paragraph, a heading above it.

    It is below the story's first paragraph, or under "50 years ago". None where there is none, or the day of
    publication is not known.
    """
    if published is None:
        return None
    words = [(block.kind, plain(text[block.start : block.end])) for block in blocks]
    begun = False
    for i in range(1, len(words) - 1):
        kind, line = words[i]
        if _is_other_day(line, published) and words[i + 1][0] in STORY_KINDS and len(words[i + 1][1]) > _PARAGRAPH:
            over = words[i - 1][1]
            if begun and len(over) <= _HEADING and not ends_sentence(over):
                return blocks[i].start
            if is_so_long_ago(over):
                return blocks[i].start
        begun = begun or (kind in STORY_KINDS and len(line) > _PARAGRAPH)
    return None


def _is_other_day(line: str, published: dt.date) -> bool:
    if not is_date_line(line):
        return False
    days = {written.date for written in full_dates(line)}
    return bool(days) and all(abs((day - published).days) > _WEEK for day in days)
