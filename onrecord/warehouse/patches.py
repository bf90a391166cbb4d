"""Changes to columns of rows that stay: values set by key, ids replaced by others."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Any

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
    """Replaces ids by others in a column, or in the field `entity_id` of a column that lists structs.

    Raises ValueError where the column decides where a row stands.
    """

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
        ids = pc.struct_field(pc.list_flatten(scanned), "entity_id") if pa.types.is_list(scanned.type) else scanned
        return bool(pc.any(is_among(ids, self._old)).as_py())

    def apply(self, rows: pa.Table) -> pa.Table:
        """The rows with the ids replaced."""
        column = one(rows.column(self.column))
        fresh = self._in_lists(column) if pa.types.is_list(column.type) else self._replaced(column)
        return rows.set_column(rows.column_names.index(self.column), rows.schema.field(self.column), fresh)

    def _replaced(self, ids: pa.Array[Any]) -> pa.Array[Any]:
        places = one(pc.index_in(ids, value_set=self._old))
        found: pa.Array[Any] = pc.if_else(pc.is_valid(places), self._new.take(places), ids)
        return found

    def _in_lists(self, lists: pa.Array[Any]) -> pa.Array[Any]:
        """The lists with the ids of their structs replaced; a null list stays null."""
        structs = pc.list_flatten(lists)
        fields = [structs.type.field(number) for number in range(structs.type.num_fields)]
        values = [pc.struct_field(structs, field.name) for field in fields]
        ids = [field.name for field in fields].index("entity_id")
        values[ids] = self._replaced(values[ids])
        offsets = pa.array([0, *accumulate(pc.fill_null(pc.list_value_length(lists), 0).to_pylist())], pa.int32())
        fresh = pa.StructArray.from_arrays(values, fields=fields)
        return pa.ListArray.from_arrays(offsets, fresh, type=lists.type, mask=lists.is_null())


Patch = Assignment | Relabelling
