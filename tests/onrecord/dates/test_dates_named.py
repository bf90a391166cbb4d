"""Days and months that are names of people and firms."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates import find_dates
from onrecord.dates.named import named_as_times
from onrecord.document.article import Span

PUBLISHED = dt.date(2024, 5, 15)


def found(text: str, *names: str) -> list[str]:
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    dates = find_dates(text, [Span(0, len(text))], PUBLISHED, names=spans)
    return [text[date.start : date.end] for date in dates]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Venn told Monday Motors so.", ["Monday Motors"]),
        ("A bid by June Ltd and by the Friday Group failed.", ["June Ltd", "Friday Group"]),
        ("“No,” said Sunday Obi, a diver.", ["Sunday Obi"]),
        ("Sunday Obi told reporters so.", []),
        ("Monday Ike, the head diver, said so.", []),
        ("It sank. Wednesday Dube, 9, sang.", []),
        ("January Moyo clapped.", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert found(text, *names) == []


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("On Monday Venn told reporters so.", ["Venn"], "Monday"),
        ("Sunday, Obi told reporters so.", ["Obi"], "Sunday"),
        ("It sank Friday.", ["Friday"], "Friday"),
        ("Tuesday May was told so.", [], "Tuesday"),
        ("Monday Motors shut on Tuesday.", ["Monday Motors"], "Tuesday"),
    ],
)
def test_days(text: str, names: list[str], expected: str) -> None:
    assert found(text, *names) == [expected]


@given(st.text(), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))))
def test_any_text(text: str, spans: list[tuple[int, int]]) -> None:
    names = [Span(start, start + length) for start, length in spans]
    assert all(0 <= start < len(text) for start in named_as_times(text, names))
