"""What `commit.json` says of a snapshot: its parent, what made it, and every file with its checksum and row count."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.warehouse.tables import UNKNOWN_MONTH


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One Parquet file of a table: the `bucket`th of the `buckets` that its partition is spread over.

    `month` is null in a table that has no months. A table of zero rows has one entry of zero rows.
    """

    month: str | None
    bucket: int
    buckets: int
    sha256: str
    rows: int
    bytes: int

    @property
    def name(self) -> str:
        return f"part-{self.sha256}.parquet"

    @property
    def path(self) -> str:
        """Path below the table's folder."""
        return self.name if self.month is None else f"month={self.month}/{self.name}"

    def as_json(self) -> dict[str, Any]:
        """The entry as it stands in `commit.json`."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Commit:
    """One snapshot. `kind` says what made it (ingest, backfill, rollback, migrate, ...); `inputs` whatever it tells."""

    number: int
    parent: int | None
    kind: str
    run_id: str | None
    pipeline_version: str | None
    created_at: dt.datetime
    schema_version: int
    tables: Mapping[str, tuple[FileEntry, ...]]
    inputs: Mapping[str, Any] = field(default_factory=dict)

    def without(self, files: Collection[tuple[str, str]]) -> Commit:
        """The commit without some files, by table and path."""
        if not files:
            return self
        tables = {
            name: tuple(entry for entry in entries if (name, entry.path) not in files)
            for name, entries in self.tables.items()
        }
        return replace(self, tables=tables)

    def rows(self, table: str) -> int:
        return sum(entry.rows for entry in self.tables[table])

    def months(self, table: str) -> list[str]:
        """The months that have rows, in order, `unknown` last."""
        found = {entry.month for entry in self.tables[table] if entry.month is not None and entry.rows}
        return sorted(found, key=lambda month: (month == UNKNOWN_MONTH, month))

    def to_json(self) -> str:
        return json.dumps(
            {
                "number": self.number,
                "parent": self.parent,
                "kind": self.kind,
                "run_id": self.run_id,
                "pipeline_version": self.pipeline_version,
                "created_at": self.created_at.isoformat(),
                "schema_version": self.schema_version,
                "inputs": dict(self.inputs),
                "rows": {name: self.rows(name) for name in self.tables},
                "tables": {name: [entry.as_json() for entry in entries] for name, entries in self.tables.items()},
            },
            indent=1,
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Commit:
        """Raises ValueError or KeyError for what is no commit."""
        read = json.loads(text)
        return cls(
            number=read["number"],
            parent=read["parent"],
            kind=read["kind"],
            run_id=read["run_id"],
            pipeline_version=read["pipeline_version"],
            created_at=dt.datetime.fromisoformat(read["created_at"]),
            schema_version=read["schema_version"],
            inputs=read["inputs"],
            tables={name: tuple(FileEntry(**entry) for entry in entries) for name, entries in read["tables"].items()},
        )
