"""Metadata beside the text: what is believed, and which lines are not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Metadata, Precision
from onrecord.files import BadLine, parse_metadata


def test_json_lines() -> None:
    data = (
        b'{"file": "a.txt", "date_published": "2015-10-05", "authors": ["Orla Venn", "Tam Okoro"], "withdrawn": true}\n'
        b'\n{"file": "./sub/b.txt", "date_published": "2015-10", "url": "https://quill.example/b"}\n'
        b'{"file": "c.txt", "date_published": 2015, "language": "en-GB", "encoding": "mac-roman"}\n'
    )
    rows, bad = parse_metadata("metadata.jsonl", data)
    assert bad == []
    assert rows["a.txt"] == Metadata(
        date_published=dt.date(2015, 10, 5),
        date_published_precision=Precision.DAY,
        authors=("Orla Venn", "Tam Okoro"),
        withdrawn=True,
    )
    assert rows["sub/b.txt"].date_published_precision is Precision.MONTH
    assert rows["c.txt"].date_published_precision is Precision.YEAR
    assert rows["c.txt"].encoding == "mac-roman"


def test_csv_with_bom_and_a_quoted_line_break() -> None:
    data = '\ufefffile,headline,authors,withdrawn\na.txt,"Bridge\nshut",Orla Venn; Tam Okoro,no\n'.encode()
    rows, bad = parse_metadata("sub/METADATA.CSV", data)
    assert bad == []
    assert rows["a.txt"] == Metadata(headline="Bridge shut", authors=("Orla Venn", "Tam Okoro"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "no JSON"),
        ("[1]", "no JSON object"),
        ('{"headline": "x"}', "names no file"),
        ('{"file": "a", "date_published": "2015-13-01"}', "no calendar date"),
        ('{"file": "a", "date_published": "soon"}', "no calendar date"),
        ('{"file": "a", "url": "quill.example"}', "no http address"),
        ('{"file": "a", "language": "English language"}', "BCP 47"),
        ('{"file": "a", "authors": [1]}', "list of names"),
        ('{"file": "a", "headline": 7}', "no text"),
        ('{"file": "a", "withdrawn": "maybe"}', "neither true nor false"),
        ('{"file": "a", "encoding": "latin-11"}', "encoding is not known"),
        ('{"file": "first.txt"}', "second time"),
        ('{"file": "a", "colour": "red"}', "colour"),
    ],
)
def test_bad_lines_are_told_with_their_number(line: str, words: str) -> None:
    rows, bad = parse_metadata("metadata.jsonl", f'{{"file": "first.txt"}}\n{line}\n{{"file": "last.txt"}}'.encode())
    assert {"first.txt", "last.txt"} <= set(rows)
    assert [(found.number, words in found.reason) for found in bad] == [(2, True)]


def test_csv_rows_of_the_wrong_length() -> None:
    rows, bad = parse_metadata("metadata.csv", b"file,headline\na.txt\nb.txt,x,y\nc.txt,Bridge\n")
    assert set(rows) == {"c.txt"}
    assert [line.number for line in bad] == [2, 3]


def test_not_utf8() -> None:
    assert parse_metadata("metadata.jsonl", b'{"file": "a"}\n{"file": "\xe9"}')[1][0].number == 2


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "utf-16", "utf-8-sig"])
def test_csv_of_a_spreadsheet_in_the_encoding_of_its_system(encoding: str) -> None:
    data = "file,authors\r\na.txt,José Núñez; Anaïs Crépeau\r\n".encode(encoding)
    rows, bad = parse_metadata("metadata.csv", data)
    assert bad == []
    assert rows["a.txt"].authors == ("José Núñez", "Anaïs Crépeau")


def test_csv_that_is_damaged_is_told_with_its_line() -> None:
    data = "file,authors\na.txt,“José” Núñez\n".encode() + b"b.txt,Jos\xc3\n"
    assert parse_metadata("metadata.csv", data) == ({}, [BadLine(3, "is not UTF-8")])


@given(st.binary(max_size=200), st.sampled_from(["metadata.csv", "metadata.jsonl"]))
def test_any_bytes(data: bytes, name: str) -> None:
    rows, bad = parse_metadata(name, data)
    assert all(line.number >= 1 and line.reason for line in bad)
    assert all(rows)
