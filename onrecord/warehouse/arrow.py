"""The few things that are done to Arrow columns everywhere here, with types that say enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute

#: pyarrow's compute functions; their stubs want to know a column's scalar type, which a table read from a file has not.
pc: Any = pyarrow.compute

Column: TypeAlias = "pa.ChunkedArray[Any]"


def one(column: Column | pa.Array[Any]) -> pa.Array[Any]:
    """The column in one chunk."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    combined: Any = column.combine_chunks()
    return combined.combine_chunks() if isinstance(combined, pa.ChunkedArray) else combined


def strings(column: Column | pa.Array[Any]) -> list[str]:
    """The values of a string column that has no nulls."""
    return [value for value in column.to_pylist() if value is not None]


def string_array(values: Iterable[str]) -> pa.Array[Any]:
    """The values, sorted, so that what is derived from a set does not depend on its order."""
    return pa.array(sorted(values), pa.string())


def is_among(column: Column | pa.Array[Any], values: pa.Array[Any]) -> Any:
    """For each row whether its value is one of these."""
    return pc.is_in(column, value_set=values)
