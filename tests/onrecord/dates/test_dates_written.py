"""Dates as mastheads write them."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord.dates.written import full_dates, is_date_line, writes_day_first


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("May 17,2019", dt.date(2019, 5, 17)),
        ("Oct.5, 2015", dt.date(2015, 10, 5)),
        ("17 May,2019", dt.date(2019, 5, 17)),
        ("October 5 2015", dt.date(2015, 10, 5)),
        ("5th of Oct., 2015", dt.date(2015, 10, 5)),
        ("05-Oct-2015", dt.date(2015, 10, 5)),
    ],
)
def test_a_date_with_and_without_blanks(line: str, day: dt.date) -> None:
    assert [written.date for written in full_dates(line)] == [day]
    assert is_date_line(line)


def test_figures_that_run_together_are_no_date() -> None:
    assert full_dates("May 172019") == []


def test_two_dates_glued_together() -> None:
    line = "May 21, 2025April 24, 2024 by Orla Venn"
    assert [(line[w.start : w.end], w.date) for w in full_dates(line)] == [
        ("May 21, 2025", dt.date(2025, 5, 21)),
        ("April 24, 2024", dt.date(2024, 4, 24)),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["1/2/2020", "13.2.2020"], True),
        (["2/13/20, 1/2/2020"], False),
        (["2/13/2020", "13/2/2020"], None),
        (["1/2/2020", "45/2/2020", "no date"], None),
    ],
)
def test_how_numeric_dates_are_written(lines: list[str], expected: bool | None) -> None:
    assert writes_day_first(lines) is expected


def test_numeric_dates_where_it_is_known_how_they_are_written() -> None:
    line = "5/10/2015 and 13/10/2015"
    assert [w.date for w in full_dates(line, day_first=True)] == [dt.date(2015, 10, 5), dt.date(2015, 10, 13)]
    assert [w.date for w in full_dates(line, day_first=False)] == [dt.date(2015, 5, 10), dt.date(2015, 10, 13)]
    assert [w.date for w in full_dates(line)] == [dt.date(2015, 10, 13)]
