"""What a declaration says of a table: its columns, keys, order and files. The tables themselves are in `tables`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import pyarrow as pa

#: Written into every file and commit. Raise it with every change of a public table, and add a step to `migrate`.
SCHEMA_VERSION = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `required`: never null. `vocabulary`: the only values it takes (of `blocks`: its kinds). `repeats`: worth a
    dictionary in the file. `long`: running text, of which a minimum and a maximum tell nothing.
    """

    name: str
    datatype: pa.DataType
    description: str
    required: bool = False
    vocabulary: type[StrEnum] | None = None
    repeats: bool = True
    long: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The allowed values, in the order in which they are declared; empty where anything goes."""
        return tuple(member.value for member in self.vocabulary) if self.vocabulary else ()

    @property
    def field(self) -> pa.Field[Any]:
        return _field(self)


@cache
def _field(column: Column) -> pa.Field[Any]:
    """Made once: a commit asks for the schema of each table many times."""
    metadata = {"description": column.description}
    if column.values:
        metadata["vocabulary"] = json.dumps(column.values)
    return pa.field(column.name, column.datatype, metadata=metadata)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`column` of this table holds null or a value of `table.references`."""

    column: str
    table: str
    references: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    `monthly`: a Hive partition a month of publication. `spread_by`: the column whose hash says which file of its
    partition a row goes to; `rows_per_file`: about how many rows a file holds at most (see `layout`).
    `spread_by` is `source_path` in rejects, hashed as the article id that it gives. `order`: how rows are sorted in
    a file; never a column that is filled later. `staging`: columns that exist only between extraction and commit.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    order: tuple[str, ...]
    spread_by: str
    rows_per_file: int
    rows_per_group: int
    monthly: bool = True
    internal: bool = False
    foreign_keys: tuple[ForeignKey, ...] = ()
    staging: tuple[Column, ...] = ()

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def schema(self) -> pa.Schema:
        """What its files hold, with a description on each field and the schema's version."""
        metadata: dict[bytes | str, bytes | str] = {
            "onrecord.table": self.name,
            "onrecord.schema_version": str(SCHEMA_VERSION),
            "description": self.description,
        }
        return pa.schema([column.field for column in self.columns], metadata=metadata)

    @property
    def staging_schema(self) -> pa.Schema:
        """What passes between extraction and commit: the schema and the columns that are dropped at the commit."""
        schema = self.schema
        for column in self.staging:
            schema = schema.append(column.field)
        return schema

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        return {column.name: column for column in (*self.columns, *self.staging)}[name]
