"""The declared expectations read plainly, value by value, for runs of few files.

Great Expectations takes two to three seconds to import and to build a suite, whatever the number of rows: for one new
article, more than all the rest. So a run of few files reads the same declarations here first. What holds beyond doubt
is passed, and a warning is counted; anything critical that does not hold, and anything that is not certain (a kind, an
option or a type of value not known here), is left to Great Expectations, which alone turns rows away.
`tests/tasks/test_plainly.py` holds the two against each other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from onrecord.warehouse.evidence import is_null

#: A run of fewer files is one of few. From here on the framework's start is a small part of what reading takes.
FEW_FILES = 20

#: Of each row whether it holds; null where that is not certain.
Verdicts = Iterable[bool | None]
Values = Sequence[Any]

EITHER_MISSING = {"ignore_row_if": "either_value_is_missing"}


def failing(entry: Mapping[str, Any], frame: pd.DataFrame) -> tuple[int, ...] | None:
    """Positions of the rows for which a declared expectation does not hold; null where that is not certain."""
    kind, kwargs = entry["type"], entry["kwargs"]
    if kind == "expect_table_columns_to_match_set":
        same = kwargs["exact_match"] is True and set(frame.columns) == set(kwargs["column_set"])
        return () if same else None
    reading = _READINGS.get(kind)
    if reading is None:
        return None
    columns = [kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs]
    columns += kwargs.get("column_list", [])
    if not set(columns) <= set(frame.columns):
        return None
    options = {key: value for key, value in kwargs.items() if not key.startswith("column")}
    verdicts = reading([frame[name].tolist() for name in columns], options)
    if verdicts is None:
        return None
    told = list(verdicts)
    return None if None in told else tuple(row for row, holds in enumerate(told) if not holds)


def _not_null(columns: Sequence[Values], options: Mapping[str, Any]) -> Verdicts | None:
    return None if options else (not is_null(value) for value in columns[0])


def _in_set(columns: Sequence[Values], options: Mapping[str, Any]) -> Verdicts | None:
    if options.keys() != {"value_set"}:
        return None
    allowed = options["value_set"]
    if {type(value) for value in allowed} not in ({str}, {bool}):
        return None
    of_type = type(allowed[0])
    return (True if is_null(value) else value in allowed if type(value) is of_type else None for value in columns[0])


def _between(columns: Sequence[Values], options: Mapping[str, Any]) -> Verdicts | None:
    return _within(columns[0], options, lambda value: value if type(value) in (int, float) else None)


def _length_between(columns: Sequence[Values], options: Mapping[str, Any]) -> Verdicts | None:
    return _within(columns[0], options, lambda value: len(value) if type(value) is str else None)


def _within(values: Values, options: Mapping[str, Any], measure: Callable[[Any], float | None]) -> Verdicts | None:
    if not options or not options.keys() <= {"min_value", "max_value"}:
        return None
    least, most = options.get("min_value", float("-inf")), options.get("max_value", float("inf"))
    measured = (0.0 if is_null(value) else measure(value) for value in values)
    return (
        True if is_null(value) else None if size is None else least <= size <= most
        for value, size in zip(values, measured, strict=True)
    )


def _match(columns: Sequence[Values], options: Mapping[str, Any]) -> Verdicts | None:
    """Engines differ on what ends a line and on what a letter is: not judged here where that matters."""
    if options.keys() != {"regex"} or re.search(r"\\[bBdDsSwW]|\(\?\w", options["regex"]):
        return None
    pattern = re.compile(options["regex"])
    return (
        True if is_null(value) else bool(pattern.search(value)) if _is_line(value) else None for value in columns[0]
    )


def _is_line(value: object) -> bool:
    return type(value) is str and len(value.splitlines()) == 1 and value.isprintable()


def _unique(columns: Sequence[Values], options: Mapping[str, Any]) -> Verdicts | None:
    """Of several columns together: rows in which any is null are not judged here."""
    if options:
        return None
    rows = list(zip(*columns, strict=True))
    sure = [all(type(value) in (str, int) for value in row) for row in rows]
    count = Counter(row for row, known in zip(rows, sure, strict=True) if known)
    return (
        count[row] == 1 if known else True if len(row) == 1 and is_null(row[0]) else None
        for row, known in zip(rows, sure, strict=True)
    )


def _equal(columns: Sequence[Values], options: Mapping[str, Any]) -> Verdicts | None:
    return _pairs(columns, options, (str,), lambda a, b: a == b)


def _greater(columns: Sequence[Values], options: Mapping[str, Any]) -> Verdicts | None:
    if options.get("or_equal") is not True:
        return None
    rest = {key: value for key, value in options.items() if key != "or_equal"}
    return _pairs(columns, rest, (dt.datetime, pd.Timestamp), lambda a, b: a >= b)


def _pairs(
    columns: Sequence[Values], options: Mapping[str, Any], types: tuple[type, ...], holds: Callable[[Any, Any], bool]
) -> Verdicts | None:
    if options != EITHER_MISSING:
        return None
    return (
        True if is_null(a) or is_null(b) else bool(holds(a, b)) if type(a) is type(b) and type(a) in types else None
        for a, b in zip(*columns, strict=True)
    )


_READINGS: Mapping[str, Callable[[Sequence[Values], Mapping[str, Any]], Verdicts | None]] = {
    "expect_column_values_to_not_be_null": _not_null,
    "expect_column_values_to_be_in_set": _in_set,
    "expect_column_values_to_be_between": _between,
    "expect_column_value_lengths_to_be_between": _length_between,
    "expect_column_values_to_match_regex": _match,
    "expect_column_values_to_be_unique": _unique,
    "expect_compound_columns_to_be_unique": _unique,
    "expect_column_pair_values_to_be_equal": _equal,
    "expect_column_pair_values_a_to_be_greater_than_b": _greater,
}
