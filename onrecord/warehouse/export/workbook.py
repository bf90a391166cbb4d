"""A workbook (.xlsx): a sheet about it, a sheet a table or view, written row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from onrecord.warehouse.export.cells import cell, widest
from onrecord.warehouse.export.relations import LONG, descriptions, meanings
from onrecord.warehouse.query import identifier

#: What a sheet and a cell can hold.
MOST_ROWS, MOST_CHARACTERS = 1_048_576, 32_767

#: Rows that are looked at for the widths of columns, and fetched at once.
LOOKED_AT, AT_ONCE = 200, 10_000


#: Rows are written as they come; words stay words.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}


class TooLargeError(ValueError):
    """A table has more rows than a sheet takes."""


def write_workbook(
    connection: duckdb.DuckDBPyConnection, file: Path, queries: dict[str, str], about: Sequence[str]
) -> dict[str, int]:
    """Write the rows of some queries, a sheet each by name; how many each has. `about`: lines for the first sheet.

    Raises TooLargeError before anything is written.
    """
    import xlsxwriter  # what writes no workbook does not wait for it

    counts = {name: _count(connection, query) for name, query in queries.items()}
    for name, count in counts.items():
        if count >= MOST_ROWS:
            raise TooLargeError(f"{name} has {count:,} rows, and a sheet takes {MOST_ROWS - 1:,}: take .csv or .duckdb")
    with xlsxwriter.Workbook(str(file), _OPTIONS) as book:
        _about(connection, book, queries, about)
        for name, query in queries.items():
            _sheet(connection, book, name, query)
    return counts


def columns_of(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    """What to select of a table or view: all but what is too long for a cell."""
    described = connection.execute(f"describe {identifier(relation)}").fetchall()
    return ", ".join(identifier(name) for name, *_ in described if name not in LONG)


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    (count,) = connection.execute(f"select count(*) from ({query})").fetchall()[0]
    return int(count)


def _sheet(connection: duckdb.DuckDBPyConnection, book: Any, name: str, query: str) -> None:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    rows = found.fetchmany(LOOKED_AT)
    sheet = book.add_worksheet(name[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, width in enumerate(widest([[cell(value) for value in row] for row in rows], names)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, names, bold)
    line = 0
    while rows:
        for row in rows:
            line += 1
            for place, value in enumerate(row):
                _write(sheet, line, place, cell(value), day)
        rows = found.fetchmany(AT_ONCE)
    sheet.autofilter(0, 0, max(line, 1), max(len(names) - 1, 0))


def _write(sheet: Any, line: int, place: int, value: Any, day: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value)
    elif isinstance(value, dt.date) and value.year >= 1900:
        moment = dt.datetime(value.year, value.month, value.day)
        sheet.write_datetime(line, place, moment, day)
    else:
        text = str(value)
        sheet.write_string(line, place, text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…")


def _about(connection: duckdb.DuckDBPyConnection, book: Any, queries: dict[str, str], about: Sequence[str]) -> None:
    sheet = book.add_worksheet("about")
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 18)
    sheet.set_column(3, 3, 100)
    lines: list[tuple[Sequence[str], Any]] = [((text,), None) for text in about]
    lines.append(((), None))
    known = descriptions()
    for name in queries:
        lines.append(((name, "", "", known.get(name, "")), bold))
        of_columns = meanings(connection, name) if name in known else ()
        lines += [((of.relation, of.column, of.kind, of.meaning), None) for of in of_columns if of.column not in LONG]
    for line, (texts, style) in enumerate(lines):
        for place, text in enumerate(texts):
            sheet.write_string(line, place, text, style)
