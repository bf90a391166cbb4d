"""`onrecord sql`: a query over the warehouse's views, and its rows in the form that was asked for."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from onrecord.warehouse.query import connect
from onrecord.warehouse.store import Warehouse


def ask(warehouse: Path, query: str, at: int | None = None) -> pa.Table:
    """The rows of a query. Raises `FileNotFoundError` where there is no warehouse, `ValueError` on a faulty query."""
    import duckdb

    snapshot = Warehouse(warehouse).at(at) if at is not None else Warehouse(warehouse).latest()
    with connect(snapshot) as connection:
        try:
            found = connection.sql(query)
            rows: pa.Table = pa.table({}) if found is None else found.to_arrow_table()
            return rows
        except duckdb.Error as error:
            raise ValueError(f"the query failed: {error}") from error


def print_rows(out: Console, rows: pa.Table, output: str) -> None:
    """Rows as a table for people, or as CSV, JSON lines or Parquet for programs."""
    if output == "table":
        out.print(as_table(rows))
        return
    sink = sys.stdout.buffer
    if output == "csv":
        sink.write(rows.to_pandas(date_as_object=True).to_csv(index=False).encode())
    elif output == "json":
        frame = rows.to_pandas(date_as_object=True)
        sink.write(frame.to_json(orient="records", lines=True, date_format="iso", force_ascii=False).encode())
    else:
        buffer = io.BytesIO()
        pq.write_table(rows, buffer, compression="zstd")
        sink.write(buffer.getvalue())
    sink.flush()


def as_table(rows: pa.Table) -> Table:
    """A table as wide as the terminal; long texts are folded."""
    table = Table(*[escape(name) for name in rows.column_names], show_lines=False)
    for row in rows.to_pylist():
        table.add_row(*["" if value is None else escape(_short(value)) for value in row.values()])
    return table


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 200 else text[:199] + "…"
