"""Datasets: tables with an article a row, read row by row by pyarrow and DuckDB, so that any size fits in memory."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from onrecord.files.columns import Columns, columns_of, row_metadata, text_bytes, words_of
from onrecord.files.compressed import compression_of, uncompressed_stream
from onrecord.files.decode import DEFAULT_LIMIT, Unreadable, bom_codec
from onrecord.files.parts import BadPart, Note, Part

#: Rows that are taken together, and rows by which the names of a JSON file's columns are known.
_BATCH, _SAMPLE = 256, 1000
#: Bytes of a CSV file that are parsed at once.
_BLOCK = 1 << 21
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: why, and its bytes as far as they are known."""

    reason: str
    data: bytes = b""


Row = Mapping[str, Any] | BadRow
#: A dataset: the names of its columns, and its rows in order.
Table = tuple[list[str], Iterator[Row]]


def dataset_parts(
    file: Path,
    name: str,
    format_name: str,
    told: Mapping[str, str],
    *,
    encoding: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Iterator[Part | BadPart | Note]:
    """The sources of a dataset, a row each; rows are counted from 1, without the heading.

    `name`: by which its compression is known; `told`: the column of each role, as far as it is told; `encoding`: of a
    CSV file, where it is told; `limit`: bytes that a row's text may have. A row is named by its id, or by its number
    where no column holds ids. Raises `Unreadable` where the file cannot be read any further; what came before stands.
    """
    with _READERS[format_name](file, name, limit) as (names, rows):
        columns = columns_of(names, told)
        yield Note("columns", str(columns))
        yield from _parts(rows, columns, encoding, limit)


def _parts(rows: Iterator[Row], columns: Columns, encoding: str | None, limit: int) -> Iterator[Part | BadPart | Note]:
    seen: dict[str, int] = {}
    problems: dict[str, tuple[int, int, str]] = {}
    for number, row in enumerate(rows, 1):
        place = f"row {number}"
        if isinstance(row, BadRow):
            yield BadPart(place, f"{place}: {row.reason}", hashlib.sha256(row.data).hexdigest())
            continue
        metadata, wrong = row_metadata(row, columns, encoding)
        for role, reason in wrong.items():
            count, first, why = problems.get(role, (0, number, reason))
            problems[role] = (count + 1, first, why)
        try:
            identity = _identity(row, columns, number, seen)
            part = Part(identity, place, _text(row, columns, limit), ".txt", metadata)
        except ValueError as error:
            digest = hashlib.sha256(repr([row.get(name) for name in columns.of_role.values()]).encode()).hexdigest()
            yield BadPart(place, f"{place}: {error}", digest)
            continue
        yield part
    for role, (count, first, why) in problems.items():
        told = f"{count:,} rows are read without their {role} (column {columns.of_role[role]!r}); row {first}: {why}"
        yield Note("warning", told)


def _identity(row: Mapping[str, Any], columns: Columns, number: int, seen: dict[str, int]) -> str:
    if "id" not in columns.of_role:
        return str(number)
    identity = words_of(row.get(columns.of_role["id"]))
    if identity is None:
        raise ValueError(f"it has no id (column {columns.of_role['id']!r})")
    if (before := seen.setdefault(identity, number)) != number:
        raise ValueError(f"its id {identity!r} is that of row {before}")
    return identity


def _text(row: Mapping[str, Any], columns: Columns, limit: int) -> bytes:
    data = text_bytes(row.get(columns.of_role["text"]))
    if not data.strip():
        raise ValueError(f"its text (column {columns.of_role['text']!r}) is empty")
    if len(data) > limit:
        raise ValueError(f"its text has {len(data):,} bytes, over the limit of {limit:,} (setting file_bytes)")
    return data


@contextmanager
def _opened(file: Path, name: str) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked."""
    with file.open("rb") as packed, uncompressed_stream(name, packed, file.stat().st_size) as stream:
        yield stream


@contextmanager
def _separated(file: Path, name: str, limit: int, *, delimiter: str | None = None) -> Iterator[Table]:
    """A CSV file: fields as bytes, to be decoded one by one, unless the file is UTF-16 or UTF-32 by its mark."""
    with _opened(file, name) as stream:
        heading = stream.read(1 << 16)
    marked = bom_codec(heading) or "utf-8-sig"
    wide = None if marked == "utf-8-sig" else marked
    line = heading.decode(marked, "replace").split("\n", 1)[0].rstrip("\r")
    if not line.strip():
        raise Unreadable("it has no heading: the first row names the columns")
    mark = delimiter or max(_DELIMITERS, key=lambda sign: len(next(csv.reader([line], delimiter=sign))))
    names = next(csv.reader([line], delimiter=mark))
    if len(set(names)) < len(names):
        raise Unreadable(f"two of its columns have one name: {', '.join(map(repr, names[:20]))}")
    yield names, _csv_rows(lambda: _opened(file, name), names, mark, wide, 2 * limit)


def _csv_rows(
    opened: Callable[[], AbstractContextManager[BinaryIO]],
    names: list[str],
    delimiter: str,
    codec: str | None,
    most_bytes: int,
) -> Iterator[Row]:
    """The rows of a CSV file. `most_bytes`: the longest row that can be read.

    pyarrow reads many blocks ahead, and a row has to lie in two of them at most: they are small, and where the file
    holds a longer row it is read again with larger ones.
    """
    done = 0
    size = min(_BLOCK, most_bytes)
    while True:
        try:
            with opened() as stream:
                for number, row in enumerate(_numbered(stream, names, delimiter, codec, size), 1):
                    if number > done:
                        yield row
                        done = number
            return
        except (pa.ArrowInvalid, UnicodeDecodeError) as error:
            if "straddl" not in str(error) or size == most_bytes:
                raise Unreadable(f"it is no CSV from row {done + 1} on, and nothing after is read: {error}") from None
            size = min(4 * size, most_bytes)


def _numbered(stream: BinaryIO, names: list[str], delimiter: str, codec: str | None, block_size: int) -> Iterator[Row]:
    """The rows of a CSV file in their order, those with too many or too few fields in their places."""
    skipped: dict[int, BadRow] = {}

    def skip(row: Any) -> Literal["skip"]:
        reason = f"it has {row.actual_columns} fields, and the heading {row.expected_columns}"
        skipped[row.number - 1] = BadRow(reason, row.text.encode("utf-8", "surrogateescape"))
        return "skip"

    source: Any = pa.PythonFile(cast(io.IOBase, stream), mode="r")
    reader = pa.csv.open_csv(
        source,
        read_options=pa.csv.ReadOptions(use_threads=False, block_size=block_size, encoding=codec or "utf8"),
        parse_options=pa.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip),
        convert_options=pa.csv.ConvertOptions(check_utf8=False, column_types={name: pa.binary() for name in names}),
    )
    if reader.schema.names != names:
        raise Unreadable("its heading breaks over lines: write the names of the columns in one")
    number = 1
    for row in (row for batch in reader for row in _rows(batch)):
        while number in skipped:
            yield skipped.pop(number)
            number += 1
        yield row
        number += 1
    yield from (skipped[number] for number in sorted(skipped))


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any]]:
    """The rows of a batch; few at a time are made objects."""
    for first in range(0, batch.num_rows, _BATCH):
        yield from batch.slice(first, _BATCH).to_pylist()


@contextmanager
def _tabbed(file: Path, name: str, limit: int) -> Iterator[Table]:
    with _separated(file, name, limit, delimiter="\t") as table:
        yield table


@contextmanager
def _parquet(file: Path, name: str, limit: int) -> Iterator[Table]:  # noqa: ARG001 - all readers are called alike
    try:
        opened = pa.parquet.ParquetFile(file, buffer_size=1 << 20)
    except pa.ArrowInvalid as error:
        raise Unreadable(f"it is no whole Parquet file: {error}") from None
    with opened as parquet:
        yield list(parquet.schema_arrow.names), _parquet_rows(parquet)


def _parquet_rows(parquet: pa.parquet.ParquetFile) -> Iterator[Row]:
    try:
        for batch in parquet.iter_batches(_BATCH):
            yield from batch.to_pylist()
    except (OSError, pa.ArrowInvalid) as error:
        raise Unreadable(f"it is damaged from some place on, and nothing after that is read: {error}") from None


@contextmanager
def _json(file: Path, name: str, limit: int, *, layout: str = "auto") -> Iterator[Table]:
    """Objects, of a list or one a line, as DuckDB parts them; the columns are those of the first `_SAMPLE` rows."""
    with _unpacked(file, name) as plain, duckdb.connect(config={"threads": 1}) as connection:
        rows = _json_rows(connection, plain, layout, limit)
        sample = list(islice(rows, _SAMPLE))
        names = dict.fromkeys(key for row in sample if not isinstance(row, BadRow) for key in row)
        if not names:
            raise Unreadable("it holds no JSON objects")
        yield list(names), chain(sample, rows)


@contextmanager
def _json_lines(file: Path, name: str, limit: int) -> Iterator[Table]:
    with _json(file, name, limit, layout="newline_delimited") as table:
        yield table


def _json_rows(connection: duckdb.DuckDBPyConnection, file: Path, layout: str, limit: int) -> Iterator[Row]:
    lines = layout == "newline_delimited"
    query = "select json from read_json_objects(?, format = ?, ignore_errors = ?, maximum_object_size = ?)"
    try:
        batches = connection.sql(query, params=[str(file), layout, lines, 2 * limit]).to_arrow_reader(_BATCH)
        for batch in batches:
            for value in batch.column(0).to_pylist():
                yield _json_row(value)
    except (duckdb.Error, pa.ArrowInvalid, OSError) as error:  # Arrow hands DuckDB's errors on as the last
        told = str(error).splitlines()[0]
        raise Unreadable(f"it is no JSON from some place on, and nothing after that is read: {told}") from None


def _json_row(value: str | None) -> Row:
    if value is None:
        return BadRow("it is no JSON")
    row = json.loads(value)
    return row if isinstance(row, dict) else BadRow("it is no JSON object", value.encode("utf-8", "surrogatepass"))


@contextmanager
def _unpacked(file: Path, name: str) -> Iterator[Path]:
    """Where the plain file lies: a copy on the disk for the time of reading, where it is compressed."""
    if compression_of(name) is None:
        yield file
        return
    with tempfile.NamedTemporaryFile(prefix="onrecord-") as copy:
        with _opened(file, name) as stream:
            shutil.copyfileobj(stream, copy, 1 << 20)
        copy.flush()
        yield Path(copy.name)


_READERS: Mapping[str, Callable[[Path, str, int], AbstractContextManager[Table]]] = {
    "csv": _separated,
    "tsv": _tabbed,
    "jsonl": _json_lines,
    "json": _json,
    "parquet": _parquet,
}
