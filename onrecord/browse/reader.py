"""What pages are made of: one snapshot, its views in DuckDB, and the search index, held open between requests."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from onrecord.warehouse.query import connect
from onrecord.warehouse.search import SearchIndex
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse


@dataclass(frozen=True, slots=True)
class View:
    """One snapshot, open for the questions of one page."""

    snapshot: Snapshot
    index: SearchIndex
    connection: duckdb.DuckDBPyConnection

    def rows(self, query: str, parameters: list[Any] | dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a query in SQL, by the names of their columns."""
        found = self.connection.execute(query, parameters)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


class Reader:
    """The warehouse as it is now, or as it was at a snapshot. One page at a time is made; pages take milliseconds."""

    def __init__(self, root: Path, at: int | None = None) -> None:
        self.warehouse = Warehouse(root)
        self.at = at
        self._lock = threading.RLock()
        self._view: View | None = None

    @contextlib.contextmanager
    def view(self) -> Iterator[View]:
        """The snapshot to show: the current one, whatever was committed since the last page.

        Raises NoWarehouse, NoSnapshot, SearchUnavailable.
        """
        with self._lock:
            yield self._current()

    def close(self) -> None:
        """Lets the snapshot go."""
        with self._lock:
            if self._view is not None:
                self._view.connection.close()
                self._view.index.close()
                self._view.snapshot.close()
                self._view = None

    def _current(self) -> View:
        snapshot = self.warehouse.open(self.at)
        if self._view is not None and self._view.snapshot.number == snapshot.number:
            snapshot.close()
            return self._view
        self.close()
        index = SearchIndex(self.warehouse.root)
        index.ask_at(snapshot)
        self._view = View(snapshot, index, connect(snapshot))
        return self._view
