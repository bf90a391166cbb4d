"""Which outlets write the day before the month in figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon.numeric_dates import day_first


@pytest.mark.parametrize(
    ("url", "publisher", "expected"),
    [
        ("https://www.bbc.co.uk/news/a", None, True),
        ("http://orrin.ie/a", None, True),
        ("https://edition.cnn.com/2020/a", None, False),
        ("https://www.harrow.gov/a", None, False),
        ("orrin.us/a", None, False),
        (None, "The New York Times", False),
        (None, "The Daily Telegraph", True),
        (None, "orrin.com.au", True),
        ("https://orrin.com/a", "The Guardian", True),
        ("https://orrin.com/a", "Orrin Gazette", None),
        ("https://www.cbc.ca/a", None, None),
        ("https://orrin.io/a", None, None),
        ("http://[orrin", None, None),
        (None, None, None),
    ],
)
def test_the_country_of_the_outlet_tells(url: str | None, publisher: str | None, expected: bool | None) -> None:
    assert day_first(url, publisher) is expected


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_address_is_read(url: str, publisher: str) -> None:
    assert day_first(url, publisher) in (True, False, None)
