"""`onrecord sql`: a query over the warehouse's views, and its rows in the form that was asked for."""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import sys
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from onrecord.settings import UsageError
from onrecord.warehouse.query import answer, connect
from onrecord.warehouse.store import Warehouse


def ask(warehouse: Path, query: str, at: int | None = None) -> pa.Table:
    """The rows of a query. Raises `FileNotFoundError` where there is no warehouse, `ValueError` on a faulty query."""
    with Warehouse(warehouse).open(at) as snapshot, connect(snapshot, hidden=True) as connection:
        return answer(connection, query)


class Format(StrEnum):
    """How the rows of a query are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    PARQUET = "parquet"


def query_of(query: str | None, file: Path | None) -> str:
    """The query: as it is given, of a file, or what stands on standard input (also for `-`).

    Raises `UsageError` where there is none, or two; `OSError` where the file cannot be read.
    """
    if file is not None and query is not None:
        raise UsageError("give a query or --file, and not both")
    if file is not None and str(file) != "-":
        return file.read_text("utf-8")
    if query in (None, "-"):
        if sys.stdin.isatty():
            raise UsageError("give a query, --file FILE, or a query on standard input")
        return sys.stdin.read()
    return str(query)


def print_rows(out: Console, rows: pa.Table, output: Format) -> None:
    """Rows as a table for people; as CSV (lists and structs as JSON), JSON, a JSON object a line, or Parquet."""
    sink = sys.stdout.buffer
    if output is Format.TABLE:
        out.print(as_table(rows))
    elif output is Format.CSV:
        sink.write(_flat(rows).to_pandas(date_as_object=True).to_csv(index=False).encode())
    elif output is Format.JSON:
        sink.write(f"[{','.join(chr(10) + line for line in _json(rows))}\n]\n".encode())
    elif output is Format.JSONL:
        sink.writelines(f"{line}\n".encode() for line in _json(rows))
    else:
        buffer = io.BytesIO()
        pq.write_table(rows, buffer, compression="zstd")
        sink.write(buffer.getvalue())
    sink.flush()


def _json(rows: pa.Table) -> Iterator[str]:
    """Each row as a JSON object."""
    for batch in rows.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield as_json(row)


def as_json(value: object) -> str:
    """A value as JSON on one line; days and times as ISO 8601 has them, bytes as hex; what is no number is null."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), default=str)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal):
        value = float(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _flat(rows: pa.Table) -> pa.Table:
    """The rows with lists and structs as JSON."""
    for place, field in enumerate(rows.schema):
        if pa.types.is_nested(field.type):
            told = [None if value is None else as_json(value) for value in rows.column(place).to_pylist()]
            rows = rows.set_column(place, pa.field(field.name, pa.string()), pa.array(told, pa.string()))
    return rows


def as_table(rows: pa.Table) -> Table:
    """A table as wide as the terminal; long texts are folded."""
    table = Table(*[escape(name) for name in rows.column_names], show_lines=False)
    for row in rows.to_pylist():
        table.add_row(*["" if value is None else escape(_short(value)) for value in row.values()])
    return table


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 200 else text[:199] + "…"
