"""Resolving against what is and is not known: publication date, its precision, the passage; values and intervals."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import time

import pytest

from onrecord.dates import find_dates
from onrecord.dates.grammar import grammar
from onrecord.dates.values import interval_of
from onrecord.dates.vocabulary import number_classes
from onrecord.document.article import Precision, Span

PUBLISHED = dt.date(2024, 5, 15)


def values(text: str, published: dt.date | None = PUBLISHED, precision: Precision | None = None) -> list[str]:
    return [e.value for e in find_dates(text, [Span(0, len(text))], published, precision=precision)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Wednesday.", ["XXXX-WXX-3"]),
        ("They met on 3 March.", ["XXXX-03-03"]),
        ("They met last year, in summer.", ["XXXX", "XXXX-SU"]),
        ("They met two weeks ago at 4 p.m.", ["XXXX-WXX", "XXXX-XX-XXT16:00"]),
        ("They met on 3 March 2020 and again on 7 March.", ["2020-03-03", "2020-03-07"]),
        ("It was founded in 2016. Talks begin on 7 March.", ["2016", "XXXX-03-07"]),
        ("They met at Easter, in the third quarter.", ["XXXX-XX-XX", "XXXX-Q3"]),
    ],
)
def test_without_a_publication_date_parts_stay_unknown(text: str, expected: list[str]) -> None:
    found = find_dates(text, [Span(0, len(text))], None)
    assert [e.value for e in found] == expected
    assert all(e.date_from is None for e in found if "X" in e.value)


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        (Precision.DAY, ["2024-05-13", "2024-W19", "2024-04", "2023"]),
        (Precision.MONTH, ["XXXX-WXX-1", "XXXX-WXX", "2024-04", "2023"]),
        (Precision.YEAR, ["XXXX-WXX-1", "XXXX-WXX", "XXXX-XX", "2023"]),
    ],
)
def test_a_publication_date_is_used_only_as_far_as_it_is_known(precision: Precision, expected: list[str]) -> None:
    text = "On Monday, last week, last month and last year it rained."
    assert values(text, dt.date(2024, 5, 15), precision) == expected


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["It opened on 3 March 2020. Two days later it closed."], ["2020-03-03", "2020-03-05"]),
        (["It opened on 3 March 2020.", "Two days later it closed."], ["2020-03-03", "2020-03-05"]),
        (["It opened on 3 March 2020.", "Nobody came.", "Two days later it closed."], ["2020-03-03", "XXXX-XX-XX"]),
        (["It opened on 3 March 2020.", "It had been painted two days earlier."], ["2020-03-03", "XXXX-XX-XX"]),
    ],
)
def test_what_comes_later_counts_from_this_passage_or_the_one_right_before(
    paragraphs: list[str], expected: list[str]
) -> None:
    text = "\n".join(paragraphs)
    passages = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    assert [e.value for e in find_dates(text, passages, PUBLISHED)] == expected


def test_a_line_break_inside_a_passage_is_a_space() -> None:
    assert values("It opened on 3\nMarch\n2020, last\nyear.") == ["2020-03-03", "2023"]


def test_offsets_point_into_the_whole_text() -> None:
    text = "Üñï — header 2019\n\nThe mill closed on “Monday”."
    found = find_dates(text, [Span(19, len(text))], PUBLISHED)
    assert [text[e.start : e.end] for e in found] == ["Monday"]


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_the_ends_of_the_calendar(day: dt.date) -> None:
    text = "Yesterday, next week, last month, a century ago, on Monday, next winter, tomorrow, next decade, at Easter."
    assert len(find_dates(text, [Span(0, len(text))], day)) == 9


@pytest.mark.parametrize(
    ("value", "mod", "expected"),
    [
        ("2015-04", "START", ("2015-04-01", "2015-04-15")),
        ("2015-09", "END", ("2015-09-16", "2015-09-30")),
        ("2015-04", "MID", ("2015-04-11", "2015-04-20")),
        ("2015", "START", ("2015-01-01", "2015-06-30")),
        ("2015", "MID", ("2015-04-01", "2015-09-30")),
        ("199", "END", ("1995-01-01", "1999-12-31")),
        ("2015-Q3", None, ("2015-07-01", "2015-09-30")),
        ("2015-H2", None, ("2015-07-01", "2015-12-31")),
        ("2015-WI", None, ("2015-12-01", "2016-02-29")),
        ("2015-W53", None, ("2015-12-28", "2016-01-03")),
        ("2015-W40-WE", None, ("2015-10-03", "2015-10-04")),
        ("199", None, ("1990-01-01", "1999-12-31")),
        ("18", None, ("1800-01-01", "1899-12-31")),
        ("2014/2015", None, ("2014-01-01", "2015-12-31")),
        ("2015-10-03T16:00Z", None, ("2015-10-03", "2015-10-03")),
        ("2023", "BEFORE", None),
        ("XXXX-WXX-3", None, None),
        ("2015-02-30", None, None),
        ("2014-W53", None, None),
        ("2015/2014", None, None),
        ("PRESENT_REF", None, None),
    ],
)
def test_the_interval_of_a_value(value: str, mod: str | None, expected: tuple[str, str] | None) -> None:
    found = interval_of(value, mod)
    assert (found and (found[0].isoformat(), found[1].isoformat())) == expected


def test_every_shape_of_a_number_has_a_code() -> None:
    """A combination of classes that no sample has would be read as an unknown word."""
    plain = [str(n) for n in itertools.chain(range(3000), range(10_000, 1_000_000, 9_973))]
    padded = [f"{n:02}" for n in range(100)] + [f"{n:04}" for n in range(2400)]
    glued = [f"{n}{s}" for n in range(2100) for s in ("st", "nd", "th", "s", "am", "PM", "p.m.", "h", "bn")]
    clocks = [f"{h}{c}{m:02}{s}" for h in range(32) for c in ":." for m in range(0, 100, 7) for s in ("", "pm")]
    amounts = ["1,000", "12,345,678", "2.5", "99.99", "1.234"]
    for token in [*plain, *padded, *glued, *clocks, *amounts]:
        if number_classes(token):
            assert grammar().lexicon.encode([token])[0] not in "xXe", token


def test_reading_is_linear_in_the_text() -> None:
    """Twenty times the text takes about twenty times as long, whatever it is made of."""
    sentence = "the early mid late end of the past last next two and a half to three years and more than a few days, "

    def seconds(copies: int) -> float:
        text = sentence * copies
        began = time.process_time()
        find_dates(text, [Span(0, len(text))], PUBLISHED)
        return time.process_time() - began

    seconds(5)
    assert seconds(1000) < 20 * 4 * max(seconds(50), 0.005)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He died on Saturday 30 April.", ["XXXX-04-30"]),  # a Tuesday, and a Saturday in 2022 and 2033
        ("He died on Monday, 9 May.", ["2022-05-09"]),
        ("The trial opens on Monday, May 9.", ["XXXX-05-09"]),
        ("The trial opens on Thursday, May 16.", ["2024-05-16"]),
        ("The trial opens on Wednesday, Jan. 15.", ["2025-01-15"]),
    ],
)
def test_a_weekday_that_contradicts_its_day(text: str, expected: list[str]) -> None:
    """Only a year that the sentence looks at can make both true."""
    published = dt.date(2024, 5, 15)
    if "30 April" in text:
        published = dt.date(2021, 5, 4)
    assert values(text, published) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He died on the 28th.", ["2024-04-28"]),
        ("He died on the 12th.", ["2024-05-12"]),
        ("The trial will open on the 3rd.", ["2024-06-03"]),
        ("It rained on March 3 and on the 28th.", ["2024-03-03", "2024-03-28"]),
    ],
)
def test_the_month_of_a_day_alone(text: str, expected: list[str]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It ended on 29 February 2019.", []),
        ("It ended on 2020-02-30.", []),
        ("It ended on 31 June.", []),
        ("It ended on Feb. 30, 2020.", []),
        ("It ended on 29 February.", ["2024-02-29"]),
        ("In June 31 people fled.", ["2023-06"]),
    ],
)
def test_days_that_no_calendar_has(text: str, expected: list[str]) -> None:
    """Neither is their month or year alone what is meant."""
    assert values(text) == expected


def test_the_29th_of_february_is_of_the_last_leap_year() -> None:
    text = "They danced on 29 February."
    assert values(text, dt.date(2021, 5, 4)) == ["2020-02-29"]
    assert values(text, dt.date(2022, 5, 4)) == ["XXXX-02-29"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met on the 30th. I will meet Orla on the 10th.", ["2024-04-30", "2024-05-10"]),
        ("The trial began on the 22nd. It will end on the 17th.", ["2024-04-22", "2024-05-17"]),
        ("It rained on the 22nd and it rained on the 25th.", ["2024-04-22", "2024-04-25"]),
        ("It rained on April 3. It will end on the 28th.", ["2024-04-03", "2024-04-28"]),
        ("The vote on Tuesday, November 5, was what Venn said he feared.", ["2024-11-05"]),
        ("Sails are kept in case 2019 comes again, and in that case 2020 too.", ["2019", "2020"]),
        ("It fell in 2010 2011 2012.", ["2010", "2011", "2012"]),
        ("The seat 2019 lost was won in Case 2018.", ["2019"]),
    ],
)
def test_a_month_that_no_word_tells_is_no_anchor_and_numbers_are_years(text: str, expected: list[str]) -> None:
    assert values(text, dt.date(2024, 5, 8)) == expected
