"""Values as cells of tables: short enough, one line each, and never a formula.

A spreadsheet runs what begins like a formula, also from a CSV file. Text from articles is data: in a CSV file such a
cell gets an apostrophe before it (the method of OWASP's "CSV Injection"); in a workbook it is written as text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import duckdb

from onrecord.warehouse.query import identifier

#: What a formula begins with, and characters that some programs skip before it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def guarded(text: str) -> str:
    """The text as a cell of a CSV file that no spreadsheet runs.

    >>> guarded("=1+2"), guarded("two = 1+1")
    ("'=1+2", 'two = 1+1')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def cell(value: Any) -> Any:
    """A value as a cell: lists of words with semicolons between, what is made of parts as JSON."""
    if isinstance(value, list):
        if all(isinstance(part, str) for part in value):
            return "; ".join(value)
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value


def flat_columns(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    """The columns of a query as expressions of flat, guarded cells for a CSV file."""
    described = connection.execute(f"describe {query}").fetchall()
    return [f"{_flat(identifier(name), kind)} as {identifier(name)}" for name, kind, *_ in described]


def _flat(name: str, kind: str) -> str:
    if kind.endswith("[]"):
        words = f"array_to_string({name}, '; ')" if kind == "VARCHAR[]" else f"to_json({name})::varchar"
        return _guard(words)
    if kind.startswith("STRUCT"):
        return f"to_json({name})::varchar"
    return _guard(name) if kind == "VARCHAR" else name


def _guard(words: str) -> str:
    marks = ", ".join(f"chr({ord(mark)})" for mark in FORMULA)
    return f"case when left({words}, 1) in ({marks}) then '''' || {words} else {words} end"


def widest(rows: Sequence[Sequence[Any]], names: Sequence[str], most: int = 60) -> list[int]:
    """How wide each column should be shown, in characters, from its name and some rows."""
    return [
        min(most, max(len(name), *(len(str(row[place])) for row in rows), 0) + 2) for place, name in enumerate(names)
    ]
