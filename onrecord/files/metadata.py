"""`metadata.jsonl` and `metadata.csv`: what is known of the raw files from beside them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.files.decode import Unreadable, codec_of, decode
from onrecord.files.source import Metadata, Precision, make_date

COLUMNS = frozenset(
    {
        "file", "date_published", "url", "publisher", "agency", "headline", "byline", "authors", "language", "encoding",
        "withdrawn",
    }
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ].*)?)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0", ""})


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is not believed: its number in the file, from 1, and why."""

    number: int
    reason: str


def parse_metadata(name: str, data: bytes) -> tuple[dict[str, Metadata], list[BadLine]]:
    """The rows of a metadata file by the file they are about, and the lines that could not be read.

    `name` tells the format by its ending (`.csv` or `.jsonl`). A file that is named twice keeps its first row. A column
    that is not known is told once, and the rest of its rows is believed. JSON is UTF-8; a CSV file is read in the
    encoding that a raw file with its bytes is read in, since spreadsheets save what their system is set to.
    """
    rows: dict[str, Metadata] = {}
    bad: list[BadLine] = []
    unknown: set[str] = set()
    is_csv = name.casefold().endswith(".csv")
    text = _text_of(data, is_csv)
    if isinstance(text, BadLine):
        return rows, [text]
    for number, row in _csv_rows(text) if is_csv else _json_rows(text):
        if isinstance(row, Mapping) and (extra := set(row) - COLUMNS - unknown):
            unknown |= extra
            bad.append(BadLine(number, f"has columns that mean nothing here, left out: {', '.join(sorted(extra))}"))
        try:
            file, metadata = _metadata(row)
            if file in rows:
                raise ValueError(f"file {file!r} is described a second time")
            rows[file] = metadata
        except ValueError as error:
            bad.append(BadLine(number, str(error)))
    return rows, bad


def lines_of(name: str, data: bytes) -> dict[str, int]:
    """The line, from 1, of the first row about each file, of a metadata file that `parse_metadata` has read."""
    is_csv = name.casefold().endswith(".csv")
    text = _text_of(data, is_csv)
    lines: dict[str, int] = {}
    if isinstance(text, BadLine):
        return lines
    for number, row in _csv_rows(text) if is_csv else _json_rows(text):
        if isinstance(row, Mapping) and isinstance(file := row.get("file"), str):
            lines.setdefault(_path(file), number)
    return lines


def _path(file: str) -> str:
    """What a row calls a file, as a path below the folder of the metadata."""
    return " ".join(file.split()).replace("\\", "/").removeprefix("./")


def _text_of(data: bytes, is_csv: bool) -> str | BadLine:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = BadLine(data.count(b"\n", 0, error.start) + 1, "is not UTF-8")
    try:
        decoded = decode(data, limit=len(data)) if is_csv else None
    except Unreadable:
        return bad
    return bad if decoded is None or "\ufffd" in decoded.text else decoded.text


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            yield number, error


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield max(reader.line_num, 1), ValueError(f"is no CSV, and nothing after it is read: {error}")
            return
        if None in row or None in row.values():
            yield reader.line_num, ValueError("the row has more or fewer fields than the heading")
        else:
            yield reader.line_num, {key.strip(): value for key, value in row.items()}


def _metadata(row: Any) -> tuple[str, Metadata]:
    if isinstance(row, json.JSONDecodeError):
        raise ValueError(f"is no JSON: {row.msg} at character {row.pos + 1}")
    if isinstance(row, Exception):
        raise ValueError(str(row))
    if not isinstance(row, Mapping):
        raise ValueError("is no JSON object")
    file = _words(row, "file")
    if not file:
        raise ValueError("names no file")
    return _path(file), metadata_of(row)


def metadata_of(row: Mapping[str, Any]) -> Metadata:
    """What a row says, by the names of `COLUMNS`. Raises `ValueError`, with what is wrong."""
    date, precision = _date(_words(row, "date_published"))
    language = _words(row, "language")
    if language and not _LANGUAGE.fullmatch(language):
        raise ValueError(f"language is no BCP 47 tag: {language!r}")
    return Metadata(
        date_published=date,
        date_published_precision=precision,
        url=_url(_words(row, "url")),
        publisher=_words(row, "publisher"),
        agency=_words(row, "agency"),
        headline=_words(row, "headline"),
        byline=_words(row, "byline"),
        authors=_authors(row.get("authors")),
        language=language.replace("_", "-") if language else None,
        encoding=_encoding(_words(row, "encoding")),
        withdrawn=_flag(row.get("withdrawn")),
    )


def _words(row: Mapping[str, Any], column: str) -> str | None:
    value = row.get(column)
    if value is None:
        return None
    if column == "date_published" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError(f"{column} is no text: {value!r}")
    return " ".join(value.split()) or None


def _date(value: str | None) -> tuple[dt.date | None, Precision | None]:
    if value is None:
        return None, None
    match = _DATE.fullmatch(value)
    date = make_date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None
    if match is None or date is None:
        raise ValueError(f"date_published is no calendar date (YYYY-MM-DD, YYYY-MM or YYYY): {value!r}")
    return date, Precision.DAY if match[3] else Precision.MONTH if match[2] else Precision.YEAR


def _url(value: str | None) -> str | None:
    if value and not re.fullmatch(r"https?://[^\s/]+\S*", value, re.IGNORECASE):
        raise ValueError(f"url is no http address: {value!r}")
    return value


def _encoding(value: str | None) -> str | None:
    if value:
        try:
            codec_of(value)
        except LookupError:
            raise ValueError(f"encoding is not known: {value!r}") from None
    return value


def _authors(value: Any) -> tuple[str, ...]:
    """A JSON list of names, or one text with semicolons between them."""
    names = value.split(";") if isinstance(value, str) else value or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"authors is no list of names: {value!r}")
    return tuple(" ".join(name.split()) for name in names if name.strip())


def _flag(value: Any) -> bool:
    word = str(value).strip().casefold() if value is not None else ""
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise ValueError(f"withdrawn is neither true nor false: {value!r}")
