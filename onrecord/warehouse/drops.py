"""Which of a partition's rows go in a commit: by what they are spread by, or by more of their key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from onrecord.warehouse.arrow import is_among, one, pc, string_array, strings
from onrecord.warehouse.declaration import Table


class Drops:
    """The rows of one partition of a table that go. `touched`: the `spread_by` values of all of them."""

    def __init__(self, table: Table) -> None:
        self.touched: set[str] = set()
        self._table = table
        self._whole: set[str] = set()
        self._keys: dict[tuple[str, ...], set[tuple[Any, ...]]] = defaultdict(set)

    def add(self, values: Iterable[str]) -> None:
        """All rows with these `spread_by` values go."""
        found = set(values)
        self._whole |= found
        self.touched |= found

    def add_keys(self, keys: pa.Table) -> None:
        """All rows go that agree with one of these in all of its columns, each of them one of the primary key.

        Raises ValueError for another column, or where `spread_by` is not among them.
        """
        names, spread_by = tuple(keys.column_names), self._table.spread_by
        if spread_by not in names or not set(names) <= set(self._table.primary_key):
            others = ", ".join(self._table.primary_key)
            raise ValueError(f"{self._table.name}: rows go by {spread_by} and others of {others}, not by {names}")
        if names == (spread_by,):
            self.add(strings(keys.column(spread_by)))
            return
        self._keys[names].update(_tuples(keys))
        self.touched.update(strings(keys.column(spread_by)))

    @property
    def columns(self) -> list[str]:
        """What `gone` has to see of the rows."""
        return sorted({self._table.spread_by}.union(*self._keys))

    def gone(self, rows: pa.Table) -> pa.Array[Any]:
        """For each row whether it goes."""
        spread = one(rows.column(self._table.spread_by))
        going: pa.Array[Any] = is_among(spread, string_array(self._whole))
        if not self._keys:
            return going
        mask = going.to_pylist()
        near = pc.indices_nonzero(is_among(spread, string_array(self.touched)))
        for names, keys in self._keys.items():
            here = _tuples(rows.select(list(names)).take(near))
            for place, key in zip(near.to_pylist(), here, strict=True):
                mask[place] = mask[place] or key in keys
        return pa.array(mask, pa.bool_())


def _tuples(rows: pa.Table) -> list[tuple[Any, ...]]:
    return list(zip(*(column.to_pylist() for column in rows.columns), strict=True))
