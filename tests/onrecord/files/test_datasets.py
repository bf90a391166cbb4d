"""Datasets: a source a row, whatever the format, and bad rows told by their number."""

from __future__ import annotations

import bz2
import csv
import datetime as dt
import gzip
import io
import json
import lzma
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.files import Unreadable
from onrecord.files.datasets import dataset_parts
from onrecord.files.parts import BadPart, Note, Part

ROWS: list[dict[str, Any]] = [
    {"id": "a1", "body": "The bridge is safe.\nNobody was hurt.", "date": "2024-05-07", "title": "Bridge, safe"},
    {"id": "a2", "body": "The river, said “Quill”, is low.", "date": None, "title": None},
]


def _csv(rows: list[dict[str, Any]], delimiter: str = ",") -> bytes:
    made = io.StringIO()
    writer = csv.DictWriter(made, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode()


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), made)
    return made.getvalue()


WRITE: Mapping[str, Callable[[list[dict[str, Any]]], bytes]] = {
    "csv": _csv,
    "tsv": lambda rows: _csv(rows, "\t"),
    "jsonl": lambda rows: "".join(json.dumps(row) + "\n" for row in rows).encode(),
    "json": lambda rows: json.dumps(rows).encode(),
    "parquet": _parquet,
}


def read(folder: Path, name: str, data: bytes, **told: Any) -> list[Part | BadPart | Note]:
    file = folder / name
    file.write_bytes(data)
    format_name = told.pop("format_name", None) or name.split(".")[1]
    return list(dataset_parts(file, name, format_name, told.pop("columns", {}), **told))


def parts(found: list[Part | BadPart | Note]) -> dict[str, str]:
    return {item.part: item.data.decode() for item in found if isinstance(item, Part)}


def bad(found: list[Part | BadPart | Note]) -> dict[str, str]:
    return {item.part: item.reason for item in found if isinstance(item, BadPart)}


@pytest.mark.parametrize("format_name", WRITE)
def test_each_row_is_a_source_with_its_id_and_fields(tmp_path: Path, format_name: str) -> None:
    found = read(tmp_path, f"all.{format_name}", WRITE[format_name](ROWS))
    assert found[0] == Note("columns", "text=body, id=id, date=date, headline=title (guessed)")
    assert parts(found) == {"a1": ROWS[0]["body"], "a2": ROWS[1]["body"]} and not bad(found)
    first = found[1]
    assert isinstance(first, Part) and first.metadata is not None
    assert (first.metadata.headline, first.metadata.date_published) == ("Bridge, safe", dt.date(2024, 5, 7))


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
@pytest.mark.parametrize("format_name", ["csv", "jsonl", "json"])
def test_a_compressed_dataset_is_read(
    tmp_path: Path, format_name: str, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    data = pack(WRITE[format_name](ROWS))
    assert list(parts(read(tmp_path, f"all.{format_name}{ending}", data))) == ["a1", "a2"]
    with pytest.raises(Unreadable, match="no whole"):
        read(tmp_path, f"half.{format_name}{ending}", data[:-8])


def test_a_dataset_that_grows_beyond_measure_is_refused(tmp_path: Path) -> None:
    data = gzip.compress(b"text\n" + b"a" * 3_000_000)
    with pytest.raises(Unreadable, match="more than 100 times"):
        read(tmp_path, "all.csv.gz", data)


def test_without_an_id_rows_go_by_their_number_and_told_columns_win(tmp_path: Path) -> None:
    rows = [{"text": "short", "body": f"Story {n}."} for n in range(3)]
    with pytest.raises(Unreadable, match="'text', 'body' may each be the text; say --columns text=NAME"):
        read(tmp_path, "all.csv", _csv(rows))
    found = read(tmp_path, "all.csv", _csv(rows), columns={"text": "body"})
    assert found[0] == Note("columns", "text=body")
    assert parts(found) == {"1": "Story 0.", "2": "Story 1.", "3": "Story 2."}
    with pytest.raises(Unreadable, match="no column 'story', which is told for text; it has 'text', 'body'"):
        read(tmp_path, "all.csv", _csv(rows), columns={"text": "story"})


def test_bad_rows_of_a_csv_file_are_told_by_number_also_over_blocks(tmp_path: Path) -> None:
    lines = ["id,text", *(f"{n},Story {n}." if n % 50 else f"{n},one,two" for n in range(1, 301))]
    found = read(tmp_path, "all.csv", "\n".join(lines).encode(), limit=200)
    assert list(bad(found)) == [f"row {n}" for n in range(50, 301, 50)]
    assert bad(found)["row 50"] == "row 50: it has 3 fields, and the heading 2"
    assert list(parts(found)) == [str(n) for n in range(1, 301) if n % 50]


def test_a_row_that_is_longer_than_what_is_parsed_at_once_is_read(tmp_path: Path) -> None:
    lines = ["text,date", *(f"Story {n}.,x{',y' if n == 1 else ''}" for n in range(3)), "a" * 5_000_000 + ",", "Rain.,"]
    found = read(tmp_path, "all.csv", "\n".join(lines).encode(), limit=6_000_000)
    assert [len(text) for text in parts(found).values()] == [8, 8, 5_000_000, 5]
    assert list(bad(found)) == ["row 2"]
    with pytest.raises(Unreadable, match="no CSV from row 4 on"):
        read(tmp_path, "all.csv", "\n".join(lines).encode(), limit=1_000_000)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": 3, "text": "cut', "row 2: it is no JSON"),
        ('["text"]', "row 2: it is no JSON object"),
        ('{"id": 3, "text": ["a"]}', "row 2: its text is list, and no text"),
        ('{"id": 3, "text": "  "}', "row 2: its text (column 'text') is empty"),
        ('{"id": 3}', "row 2: its text (column 'text') is empty"),
        ('{"id": null, "text": "Rain."}', "row 2: it has no id (column 'id')"),
        ('{"id": 1, "text": "Rain."}', "row 2: its id '1' is that of row 1"),
        ('{"id": 3, "text": "%s"}' % ("a" * 300), "row 2: its text has 300 bytes, over the limit of 200"),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_read(tmp_path: Path, line: str, reason: str) -> None:
    data = "\n".join(['{"id": 1, "text": "Rain."}', line, '{"id": 9, "text": "Snow."}']).encode()
    found = read(tmp_path, "all.jsonl", data, limit=200)
    assert parts(found) == {"1": "Rain.", "9": "Snow."}
    assert list(bad(found)) == ["row 2"] and bad(found)["row 2"].startswith(reason)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"", "no heading"),
        ("a.csv", b"text,text\na,b\n", "two of its columns have one name"),
        ("a.csv", b"when,what\n1,2\n", "none is plainly the text"),
        ("a.json", b'[{"text": "Rain."}, {"text":', "no JSON from some place on"),
        ("a.jsonl", b"[1]\n", "no JSON objects"),
        ("a.parquet", b"PAR1", "no whole Parquet"),
    ],
)
def test_a_file_that_is_no_dataset_is_told(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(tmp_path, name, data)


def test_dates_that_cannot_be_read_are_told_once(tmp_path: Path) -> None:
    rows = [{"text": "Rain.", "date": day} for day in ("2024-05-07", "04/03/2017", "5/6/2017", "")]
    found = read(tmp_path, "all.csv", _csv(rows))
    assert len(parts(found)) == 4
    assert [item.text for item in found if isinstance(item, Note) and item.kind == "warning"] == [
        "2 rows are read without their date (column 'date'); row 2: which is the day, and which the month? '04/03/2017'"
    ]


def test_excel_and_old_systems(tmp_path: Path) -> None:
    for codec in ("utf-16", "utf-32"):
        wide = read(tmp_path, "wide.csv", "text;date\nJosé said “no”;7 May 2024\n".encode(codec))
        assert parts(wide) == {"1": "José said “no”"}
    old = [
        item
        for item in read(tmp_path, "old.csv", "text;author\nRain.;Núñez\n".encode("cp1252"))
        if isinstance(item, Part)
    ]
    assert old[0].metadata is not None and old[0].metadata.authors == ("Núñez",)
    mac = read(tmp_path, "mac.csv", "text;author\nRain.;Núñez\n".encode("mac-roman"), encoding="mac-roman")
    assert isinstance(mac[1], Part) and mac[1].metadata is not None and mac[1].metadata.authors == ("Núñez",)


def test_a_digest_changes_with_the_text_and_with_what_is_said_of_it(tmp_path: Path) -> None:
    def digest(**changed: Any) -> str:
        part = read(tmp_path, "all.jsonl", json.dumps({**ROWS[0], **changed}).encode())[1]
        assert isinstance(part, Part)
        return part.sha256

    assert digest() == digest(other="column")
    assert len({digest(), digest(body="Else."), digest(date="2024-05-08"), digest(title="Else")}) == 4


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_through_unchanged(tmp_path: Path, texts: list[str]) -> None:
    rows = [{"text": text} for text in texts]
    kept = {str(n): text for n, text in enumerate(texts, 1) if text.encode().strip()}
    for format_name in ("csv", "jsonl", "parquet"):
        assert parts(read(tmp_path, f"all.{format_name}", WRITE[format_name](rows))) == kept
