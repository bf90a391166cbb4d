"""The printed dates of a page and the features that weigh them."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import BlockKind as Kind
from onrecord.document.article import Precision
from onrecord.learned import load_trees
from onrecord.publication.date_candidates import date_candidates
from onrecord.publication.published_date import DATES

PAGE = [
    (Kind.NAVIGATION, "Home"),
    (Kind.HEADLINE, "Bridge shut"),
    (Kind.NAVIGATION, "Published:"),
    (Kind.DATE, "May 3, 2021 | Updated May 8, 2021"),
    (Kind.PARAGRAPH, "The old bridge over the Quill was shut on Monday, and the fares rose within the hour."),
    (Kind.HEADING, "Fares"),
    (Kind.NAVIGATION, "April 1, 2020"),
    (Kind.PARAGRAPH, "They were never as high before, and nobody on the river knows when they will fall again."),
    (Kind.BOILERPLATE, "© 2022 Quillbay Ledger"),
]


def test_each_date_with_its_block_and_place() -> None:
    found = date_candidates(PAGE)
    assert [(c.block, c.written.date) for c in found] == [
        (3, dt.date(2021, 5, 3)),
        (3, dt.date(2021, 5, 8)),
        (6, dt.date(2020, 4, 1)),
    ]
    assert [PAGE[c.block][1][c.written.start : c.written.end] for c in found][:2] == ["May 3, 2021", "May 8, 2021"]


@pytest.mark.parametrize("kind", [Kind.RELATED, Kind.COMMENT])
def test_dates_of_other_stories_and_comments_are_no_candidates_behind_the_story(kind: Kind) -> None:
    assert len(date_candidates([*PAGE, (kind, "April 1, 2020")])) == 3
    assert len(date_candidates([(kind, "April 1, 2020"), *PAGE])) == 4


@pytest.mark.parametrize("headline", ["When fairs are held", "The day the war ends", "What the envoy received"])
def test_a_headline_does_not_say_what_the_date_under_it_is_of(headline: str) -> None:
    page = [(Kind.HEADLINE, headline), (Kind.DATE, "May 10, 2017"), PAGE[4]]
    assert [c.written.date for c in date_candidates(page)] == [dt.date(2017, 5, 10)]
    assert date_candidates([PAGE[1], (Kind.DATE, "Received"), (Kind.DATE, "May 10, 2017"), PAGE[4]]) == []


def test_features_name_what_they_measure() -> None:
    published, updated, other = (c.features for c in date_candidates(PAGE))
    assert published["before_published"] > 0.7 and not published["before_updated"]
    assert updated["before_updated"] > 0.7 and not updated["before_published"]
    assert published["updated_beside"] and updated["published_beside"] and not other["published_beside"]
    assert published["from_headline"] == 2 and other["from_last"] == -1
    assert (published["rank"], updated["rank"], other["rank"]) == (0.5, 1.0, 0.0)
    assert published["copyright"] == 1 and published["head_dates"] == 3
    assert published["kind_date"] and other["kind_navigation"] and published["over_navigation"]


def test_the_model_takes_all_features() -> None:
    assert set(load_trees("onrecord.publication", DATES).features) == set(date_candidates(PAGE)[0].features)


@pytest.mark.parametrize(
    ("line", "precision"),
    [("May 2021", Precision.MONTH), ("14.11.24", Precision.DAY), ("It will open in May 2021, they say", None)],
)
def test_forms(line: str, precision: Precision | None) -> None:
    found = date_candidates([(Kind.HEADLINE, "Bridge shut"), (Kind.DATE, line)])
    assert [c.written.precision for c in found] == ([precision] if precision else [])


def test_dates_far_from_the_story_and_in_the_middle_of_long_blocks_are_no_candidates() -> None:
    far = [(Kind.NAVIGATION, "April 1, 2020")] * 70
    found = date_candidates([*far, *PAGE, *far])
    assert (found[0].block, found[-1].block) == (70 + 1 - 60, 70 + 7 + 60 - 1)
    long = "The fares rose. " * 40 + "On April 1, 2020 they fell. " + "The fares rose. " * 40
    assert date_candidates([(Kind.HEADLINE, "Bridge shut"), (Kind.PARAGRAPH, long)]) == []


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.text(max_size=80) | st.dates().map(str)), max_size=12))
def test_any_words(words: list[tuple[Kind, str]]) -> None:
    for candidate in date_candidates(words):
        line = words[candidate.block][1]
        assert 0 <= candidate.written.start < candidate.written.end <= len(line)


def test_time_is_linear_in_the_number_of_dates() -> None:
    def seconds(count: int) -> float:
        words = [*PAGE[:5], *[(Kind.PARAGRAPH, "On April 1, 2020 the fares fell.")] * count]
        start = time.process_time()
        date_candidates(words)
        return time.process_time() - start

    seconds(10)
    assert seconds(4000) < 25 * max(seconds(400), 0.01)


@pytest.mark.parametrize("kind", [Kind.CAPTION, Kind.DATELINE])
@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("By Orla Venn — May 3, 2021 6 min read", 1),
        ("Contributor, Quillbay Ledger May 3, 2021 9:00 am", 1),
        ("By Orla VennUpdated: May 3, 2021 1:06 PM EST", 1),
        ("Orla Venn, updated: May 3, 2021", 1),
        ("The bridge on May 3, 2021. Photo: Ines Falk", 0),
        ("QUILLBAY, May 3, 2021 (Meridian Wire)", 0),
    ],
)
def test_a_stamp_is_a_candidate_whatever_it_is_taken_for(kind: Kind, line: str, count: int) -> None:
    assert len(date_candidates([PAGE[1], (kind, line), PAGE[4]])) == count


def test_numeric_dates_are_read_as_the_others_of_the_page() -> None:
    page = [PAGE[1], (Kind.DATE, "09.10.2024"), PAGE[4], (Kind.NAVIGATION, "Fares"), (Kind.NAVIGATION, "11.24.2023")]
    assert date_candidates(page)[0].written.date == dt.date(2024, 9, 10)
    page[-1] = (Kind.NAVIGATION, "24.11.2023")
    assert date_candidates(page)[0].written.date == dt.date(2024, 10, 9)
    assert [c.written.date for c in date_candidates(page[:-1])] == []


def test_a_date_over_a_story_that_begins_over_its_headline() -> None:
    filler = [(Kind.PARAGRAPH, PAGE[4][1])] * 80
    page = [(Kind.BOILERPLATE, "Updated May 3, 2021"), *filler, PAGE[1], *filler]
    assert [c.block for c in date_candidates(page)] == [0]
