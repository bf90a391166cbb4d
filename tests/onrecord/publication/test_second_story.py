"""Where a second dated story begins in one file."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates import find_dates
from onrecord.document.article import Block, Span
from onrecord.document.article import BlockKind as Kind
from onrecord.publication.second_story import second_story

PUBLISHED = dt.date(2021, 5, 3)
FIRST = [
    (Kind.HEADLINE, "Bridge shut"),
    (Kind.DATE, "May 3, 2021"),
    (Kind.PARAGRAPH, "The old bridge over the Quill was shut on Saturday, and the fares rose within the hour."),
]
SECOND = (Kind.PARAGRAPH, "The mill at Quillbay burned last night, and Orla Venn said on Wednesday that it was lost.")


def page(*blocks: tuple[Kind, str]) -> tuple[str, list[Block]]:
    text, found = "", []
    for kind, line in blocks:
        found.append(Block(kind=kind, start=len(text), end=len(text) + len(line)))
        text += line + "\n"
    return text, found


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ([(Kind.HEADING, "Mill burns"), (Kind.BYLINE, "By Tam Quill"), (Kind.DATE, "January 9, 2019")], True),
        ([(Kind.RELATED, "Mill burns"), (Kind.RELATED, "January 9, 2019")], True),
        ([(Kind.HEADING, "Mill burns"), (Kind.DATE, "4 May 2021 22.01 BST")], False),
        ([(Kind.HEADING, "Mill burns")], False),
        ([(Kind.PARAGRAPH, "It was built on a date that nobody knows."), (Kind.DATE, "January 9, 2019")], False),
    ],
)
def test_begins_with_its_own_day(between: list[tuple[Kind, str]], expected: bool) -> None:
    text, blocks = page(*FIRST, *between, SECOND)
    at = second_story(text, blocks, PUBLISHED)
    assert at == text.index("January") if expected else at is None
    assert second_story(text, blocks, None) is None


def test_a_column_of_old_news() -> None:
    text, blocks = page(*FIRST[:2], (Kind.HEADING, "50 years ago"), (Kind.DATE, "May 3, 1971"), SECOND)
    assert second_story(text, blocks, PUBLISHED) == text.index("May 3, 1971")


def test_its_days_are_not_counted_from_the_first_story() -> None:
    text, blocks = page(*FIRST, (Kind.HEADING, "Mill burns"), (Kind.DATE, "January 9, 2019"), SECOND)
    spans = [Span(block.start, block.end) for block in blocks]
    dates = find_dates(text, spans, PUBLISHED, until=second_story(text, blocks, PUBLISHED))
    found = {text[date.start : date.end]: date.date_from for date in dates}
    assert found["Saturday"] == dt.date(2021, 5, 1) and found["Wednesday"] is None
    assert found["January 9, 2019"] == dt.date(2019, 1, 9)


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.text(max_size=60)), max_size=8))
def test_any_page(parts: list[tuple[Kind, str]]) -> None:
    text, blocks = page(*parts)
    second_story(text, blocks, PUBLISHED)


def test_a_diary_takes_no_time() -> None:
    day = (Kind.PARAGRAPH, "January 9, 2019"), (Kind.PARAGRAPH, "The mill burned, and it was long before it was out.")
    text, blocks = page(*FIRST, *(day * 1_000))
    begun = time.perf_counter()
    second_story(text, blocks, PUBLISHED)
    assert time.perf_counter() - begun < 3
