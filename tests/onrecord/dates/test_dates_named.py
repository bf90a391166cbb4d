"""Days and months that are names of people and firms."""

from __future__ import annotations

import datetime as dt
import time

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
        ("Sunday Obi told reporters so.", ["Sunday Obi"]),
        ("Monday Ike, the head diver, said so.", []),
        ("It sank. Wednesday Dube, 9, sang.", []),
        ("Sunday Obi, a diver, sang. Obi told us so. Sunday Obi, the diver, left.", []),
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
    sure, doubtful = named_as_times(text, names)
    assert all(0 <= start < len(text) for start in sure | doubtful)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Tam Venn left.\nMonday Venn told reporters so.", "2024-05-13"),
        ("Venn wins\nMonday Venn signed it.", "2024-05-13"),
        ("Monday Venn signed it. It made Orla Venn glad.", "2024-05-13"),
        ("Monday Venn signed it.", "XXXX-WXX-1"),
    ],
)
def test_a_day_before_a_surname(text: str, expected: str) -> None:
    assert [date.value for date in find_dates(text, [Span(0, len(text))], PUBLISHED)] == [expected]


def test_blank_lines_take_no_time() -> None:
    begun = time.perf_counter()
    named_as_times("\n" * 30_000 + ". " * 30_000 + " " * 30_000, [])
    assert time.perf_counter() - begun < 1
