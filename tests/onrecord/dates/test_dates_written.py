"""Dates as mastheads write them."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord.dates.written import full_dates, is_date_line


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
