"""What the fields of a row say: columns told and guessed, days as people write them, keys of sources."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.files import Metadata
from onrecord.files.columns import columns_of, row_metadata
from onrecord.files.parts import path_of, said, source_key, split_key
from onrecord.files.source import Precision
from onrecord.files.written_dates import written_day
from onrecord.formats import parse_columns, parse_formats


def test_columns_are_told_in_one_word_or_in_several() -> None:
    told = {"text": "body, main", "date": "published"}
    assert (
        parse_columns(["text=body, main,date=published"])
        == parse_columns(["text=body, main", "date=published"])
        == told
    )
    for wrong in ("body", "text=", "words=body", "text=a,text=b"):
        with pytest.raises(ValueError, match="told"):
            parse_columns([wrong])


def test_formats_are_told_in_one_word_or_in_several() -> None:
    assert parse_formats(["jsonl, CSV"]) == parse_formats(["csv", "jsonl"]) == ("csv", "jsonl")
    with pytest.raises(ValueError, match="no format 'pdf'; there are csv"):
        parse_formats(["csv,pdf"])


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2024-05-07", dt.date(2024, 5, 7), Precision.DAY),
        ("2024-05-07T23:10:00-04:00", dt.date(2024, 5, 7), Precision.DAY),
        ("2024/5/7 10:00", dt.date(2024, 5, 7), Precision.DAY),
        ("20240507", dt.date(2024, 5, 7), Precision.DAY),
        (20240507, dt.date(2024, 5, 7), Precision.DAY),
        ("Tue, 07 May 2024 10:00:00 GMT", dt.date(2024, 5, 7), Precision.DAY),
        ("Tuesday, May 7th, 2024 at 10 a.m.", dt.date(2024, 5, 7), Precision.DAY),
        ("7-May-2024", dt.date(2024, 5, 7), Precision.DAY),
        ("13/5/2024", dt.date(2024, 5, 13), Precision.DAY),
        ("5/13/2024", dt.date(2024, 5, 13), Precision.DAY),
        ("5/5/2024", dt.date(2024, 5, 5), Precision.DAY),
        ("May 2024", dt.date(2024, 5, 1), Precision.MONTH),
        ("2024-05", dt.date(2024, 5, 1), Precision.MONTH),
        (2024, dt.date(2024, 1, 1), Precision.YEAR),
        (dt.datetime(2024, 5, 7, 23, 59), dt.date(2024, 5, 7), Precision.DAY),
    ],
)
def test_days_are_read_as_they_are_written(written: object, day: dt.date, precision: Precision) -> None:
    assert written_day(written) == (day, precision)


@pytest.mark.parametrize("written", ["4/3/2017", "2024-13-01", "2024-02-30", "soon", "1715040000", "", "12024-05-07"])
def test_what_is_no_day_or_could_be_another_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"calendar date|which is the day"):
        written_day(written)


@given(st.text() | st.integers() | st.floats() | st.dates())
def test_any_value_is_a_day_or_none(value: object) -> None:
    try:
        day, _ = written_day(value)
    except ValueError:
        return
    assert isinstance(day, dt.date)


def test_fields_are_believed_one_by_one() -> None:
    columns = columns_of(["text", "date", "url", "author", "lang"], {})
    row = {"text": "Rain.", "date": "soon", "url": "nowhere", "author": "Ada Quill and Bo Tarn", "lang": "en"}
    found, problems = row_metadata(row, columns)
    assert found == Metadata(byline="Ada Quill and Bo Tarn", language="en")
    assert problems.keys() == {"date", "url"}
    assert row_metadata({"text": "Rain.", "date": "NaN", "author": None}, columns) == (None, {})
    assert row_metadata({"author": "Ada Quill; Bo Tarn"}, columns)[0] == Metadata(authors=("Ada Quill", "Bo Tarn"))
    assert row_metadata({"author": ["Ada Quill", None]}, columns)[0] == Metadata(authors=("Ada Quill",))


def test_what_is_said_first_is_believed_and_the_rest_filled_up() -> None:
    general = Metadata(
        publisher="The Post", date_published=dt.date(2024, 1, 1), date_published_precision=Precision.YEAR
    )
    own = Metadata(date_published=dt.date(2024, 5, 7), headline="Rain")
    assert own.over(general) == Metadata(date_published=dt.date(2024, 5, 7), headline="Rain", publisher="The Post")
    assert Metadata().over(general) == general and own.over(None) == own
    assert said(own) == "[('date_published', '2024-05-07'), ('headline', 'Rain')]"


@given(st.text(min_size=1).filter(lambda path: "//" not in path and not path.endswith("/")), st.none() | st.text())
def test_a_key_is_taken_apart_again(path: str, part: str | None) -> None:
    assert split_key(source_key(path, part)) == (path, part) and path_of(source_key(path, part)) == path
