"""Changes to columns of rows that stay: values set by key, ids replaced by others."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from onrecord.warehouse.arrow import Column, is_among, one, pc
from onrecord.warehouse.declaration import Table


class Assignment:
    """Sets columns of the rows whose primary key is in `values`. Raises ValueError for other columns or types."""

    def __init__(self, table: Table, values: pa.Table) -> None:
        if len(table.primary_key) != 1:
            raise ValueError(f"{table.name} has no single key to assign by")
        self.key = table.primary_key[0]
        self.spread_by = table.spread_by
        for name in {self.key, self.spread_by, *values.column_names}:
            if name not in values.column_names:
                raise ValueError(f"the values for {table.name} lack {name}")
            if values.column(name).type != table.column(name).datatype:
                raise ValueError(f"{table.name}.{name} must be {table.column(name).datatype}")
            if name in table.order and name not in {self.key, self.spread_by}:
                raise ValueError(f"{table.name}.{name} decides where a row stands: replace the row")
        self.values = values.combine_chunks()
        self._keys = one(self.values.column(self.key))

    @property
    def changed(self) -> list[str]:
        return [name for name in self.values.column_names if name not in {self.key, self.spread_by}]

    @property
    def scanned(self) -> str:
        """The column that tells whether a file has anything to change."""
        return self.key

    def concerns(self, scanned: Column) -> bool:
        return bool(pc.any(is_among(scanned, self._keys)).as_py())

    def apply(self, rows: pa.Table) -> pa.Table:
        """The rows with the values set."""
        places = one(pc.index_in(rows.column(self.key), value_set=self._keys))
        if places.null_count == len(places):
            return rows
        known = pc.is_valid(places)
        for name in self.changed:
            fresh = pc.if_else(known, self.values.column(name).take(places), rows.column(name))
            rows = rows.set_column(rows.column_names.index(name), rows.schema.field(name), fresh)
        return rows


class Relabelling:
    """Replaces ids by others in a column. Raises ValueError where the column decides where a row stands."""

    def __init__(self, table: Table, column: str, changes: Mapping[str, str]) -> None:
        if column in table.order or column == table.spread_by:
            raise ValueError(f"{table.name}.{column} decides where a row stands: replace the row")
        self.column = table.column(column).name
        self._old = pa.array(changes.keys(), pa.string())
        self._new = pa.array(changes.values(), pa.string())

    @property
    def scanned(self) -> str:
        """The column that tells whether a file has anything to change."""
        return self.column

    def concerns(self, scanned: Column) -> bool:
        return bool(pc.any(is_among(scanned, self._old)).as_py())

    def apply(self, rows: pa.Table) -> pa.Table:
        """The rows with the ids replaced."""
        places = one(pc.index_in(rows.column(self.column), value_set=self._old))
        fresh = pc.if_else(pc.is_valid(places), self._new.take(places), rows.column(self.column))
        return rows.set_column(rows.column_names.index(self.column), rows.schema.field(self.column), fresh)


Patch = Assignment | Relabelling
