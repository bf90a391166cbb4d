"""Which printed dates are of something else than the story: the examples of `other_dates.yaml`, pages around them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates.written import full_dates
from onrecord.document.article import BlockKind as Kind
from onrecord.document.article import Metadata
from onrecord.layout.dateline import lone_dateline
from onrecord.lexicon.word_lists import read_yaml
from onrecord.publication.date_candidates import date_candidates
from onrecord.publication.other_dates import OtherDates, is_subject
from onrecord.publication.published_date import published_date

ROWS = read_yaml("onrecord.publication", "other_dates.yaml")
STORY = [
    (Kind.PARAGRAPH, "The old bridge over the Quill was shut on Monday, and the fares rose within the hour."),
    (Kind.PARAGRAPH, "Nobody on the river knows when they will fall again, and nobody has asked the ferrymen yet."),
]
MAY_3 = dt.date(2022, 5, 3)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_examples(row: dict[str, Any]) -> None:
    """What each rule is for, it finds: in the line of the date, or in a line near it."""
    scope, example = row["scope"], row["example"]
    line = "May 3, 2022" if scope in ("over", "beside", "section") else example
    words = [STORY[0], (Kind.NAVIGATION, example), (Kind.DATE, line), (Kind.NAVIGATION, row.get("below", "Quillbay"))]
    others = OtherDates(words, 0)
    date = full_dates(line)[0 if scope == "after" else -1]
    if scope == "section":
        assert others.is_beyond(2, called=False) and not others.is_beyond(0, called=False)
    else:
        assert others.rule_for(2, date.start, date.end, called=False) == row["name"]


@pytest.mark.parametrize(
    "line",
    [
        "May 3, 2022",
        "Published May 3, 2022 | Updated May 8, 2022",
        "Release date: 3 May 2022",
        "By Orla Venn May 3, 2022",
        "Posted May 3, 2022 at 5 p.m. by Orla Venn",
        "May 3, 2022 / 6:30 PM / Quillbay Ledger",
        "Quillbay Ledger, May 3, 2022 5 min read",
        "Written By May 3, 2022",
        "Air date: May 3, 2022",
        "Edition date: May 3, 2022",
        "Market Lantern, May 3, 2022",
        "Weather | May 3, 2022",
        "Quillbay Tracker, May 3, 2022",
        "3 May 2022 | E-paper",
        "Source: RWA | May 3, 2022",
    ],
)
def test_the_storys_own(line: str) -> None:
    date = full_dates(line)[0]
    assert OtherDates([(Kind.DATE, line), *STORY], 1).rule_for(0, date.start, date.end, called=False) is None


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("The fire of May 3, 2022: what we know", True),
        ("May 3, 2022: the night the bridge burned", True),
        ("Remembered on May 3, 2022", True),
        ("Letters to the editor: May 3, 2022", False),
        ("Weekly quiz, May 3, 2022", False),
        ("News of the week for May 3, 2022", False),
        ("Plans for May 3, 2022", True),
    ],
)
def test_a_headline_about_its_date(headline: str, expected: bool) -> None:
    date = full_dates(headline)[0]
    assert is_subject(headline, date.start, date.end) is expected
    assert bool(date_candidates([(Kind.HEADLINE, headline), *STORY])) is not expected


@pytest.mark.parametrize("label", ["Comments (2)", "Leave a Reply", "Related stories", "Most read"])
def test_a_part_of_the_page_is_not_the_story(label: str) -> None:
    foot = [(Kind.NAVIGATION, label), (Kind.NAVIGATION, "Ferry fares rise"), (Kind.NAVIGATION, "May 3, 2022")]
    assert published_date([(Kind.HEADLINE, "Bridge shut"), *STORY, *foot], Metadata(), None, None).date is None
    head = [(Kind.HEADLINE, "Bridge shut"), foot[0], (Kind.DATE, "May 3, 2022")]
    assert published_date([*head, *STORY], Metadata(), None, None).date == MAY_3


@pytest.mark.parametrize("over", ["Comments (3)", "Leave a reply", "What's on"])
@pytest.mark.parametrize("own", ["Published May 3, 2022", "Posted on Tuesday, May 3, 2022 by Orla Venn"])
def test_a_date_called_published_is_of_no_part(over: str, own: str) -> None:
    words = [(Kind.HEADLINE, "Bridge shut"), *STORY, (Kind.NAVIGATION, over), (Kind.DATE, own)]
    assert published_date(words, Metadata(), None, None).date == MAY_3


@pytest.mark.parametrize("over", ["Weather", "Where: Quillbay"])
def test_a_label_over_the_date(over: str) -> None:
    words = [(Kind.NAVIGATION, over), (Kind.DATE, "May 3, 2022"), *STORY]
    assert OtherDates(words, 2).rule_for(1, 0, 11, called=False) is None


@pytest.mark.parametrize("own", ["May 4", "Tuesday, 4 May", "Published May 4 at 5 p.m."])
def test_a_date_of_another_season_than_the_day_in_the_head(own: str) -> None:
    head = [(Kind.HEADLINE, "Bridge shut"), (Kind.BYLINE, "By Orla Venn"), (Kind.DATE, own)]
    for foot, expected in (("January 9, 2022", None), ("May 4, 2022", dt.date(2022, 5, 4))):
        assert published_date([*head, *STORY, (Kind.DATE, foot)], Metadata(), None, None).date == expected


def test_a_date_of_another_season_than_the_dateline() -> None:
    dateline = lone_dateline("QUILLBAY, May 4 (RWA)")
    words = [(Kind.HEADLINE, "Bridge shut"), (Kind.DATELINE, "QUILLBAY, May 4 (RWA)"), *STORY]
    assert published_date([*words, (Kind.DATE, "January 9, 2022")], Metadata(), None, dateline).date is None


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.text(max_size=60)), max_size=8), st.integers(0, 9))
def test_any_page(words: list[tuple[Kind, str]], first: int) -> None:
    others = OtherDates(words, first)
    for block, (_, line) in enumerate(words):
        others.is_beyond(block, called=False)
        others.rule_for(block, 0, len(line), called=True)
