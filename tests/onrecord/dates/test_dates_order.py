"""Dates in figures: which number is the day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates import find_dates
from onrecord.dates.order import FigureOrder
from onrecord.document.article import Metadata, Span
from onrecord.reading import read

PUBLISHED = dt.date(2024, 5, 15)


def _values(text: str, day_first: bool | None = None) -> list[str]:
    return [e.value for e in find_dates(text, [Span(0, len(text))], PUBLISHED, day_first=day_first)]


@pytest.mark.parametrize(("day_first", "value"), [(True, "2007-08-07"), (False, "2007-07-08"), (None, "2007-XX-XX")])
def test_the_outlet_tells_the_order(day_first: bool | None, value: str) -> None:
    assert _values("The deed of 7/8/07 was lost.", day_first) == [value]
    assert _values("The deed of 07-08-2007 was lost.", day_first) == [value]


def test_a_day_of_unknown_order_has_no_interval() -> None:
    text = "The deed of 7/8/07 was lost."
    (found,) = find_dates(text, [Span(0, len(text))], PUBLISHED)
    assert (found.date_from, found.date_to) == (None, None)


def test_other_dates_of_the_text_are_believed_over_the_outlet() -> None:
    assert _values("Signed 7/8/07, sealed 25/8/07.", day_first=False) == ["2007-08-07", "2007-08-25"]
    assert _values("Signed 7/8/07, sealed 8/25/07.", day_first=True) == ["2007-07-08", "2007-08-25"]


def test_a_text_that_writes_both_orders_tells_none() -> None:
    assert _values("Signed 7/8/07, sealed 25/8/07 and 8/26/07.", day_first=True)[0] == "2007-XX-XX"


def test_the_day_next_to_publication_is_meant_whatever_the_order() -> None:
    assert _values("Signed 5/10/2024.", day_first=True) == ["2024-05-10"]


def test_one_number_twice_is_one_day() -> None:
    assert _values("Signed 7/7/07.") == ["2007-07-07"]


def test_the_address_of_an_article_tells_the_order() -> None:
    text = "Deed found\n\nThe deed that was signed on 7/8/07 was found in a barn, the council of Harrow said on Monday."
    for url, value in (("https://www.orrin.co.uk/deed", "2007-08-07"), ("https://orrin.us/deed", "2007-07-08")):
        article = read(text, metadata=Metadata(date_published=PUBLISHED, url=url))
        assert value in [e.value for e in article.dates]


@given(st.text(alphabet="0123456789/- .,aM", max_size=60), st.sampled_from([True, False, None]))
def test_any_figures_are_read(text: str, outlet: bool | None) -> None:
    assert FigureOrder(text, outlet).day_first in (True, False, None)
    for e in find_dates(text, [Span(0, len(text))], PUBLISHED, day_first=outlet):
        assert ("X" in e.value) <= (e.date_from is None)
