"""A raw folder of two small files, and what anybody sees who opens a warehouse's folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

QUOTED = {"The bridge is safe", "The river is low"}


def small_corpus(raw: Path) -> Path:
    raw.mkdir(parents=True)
    (raw / "a.txt").write_text("HARROW: “The bridge is safe,” Mayor Ada Quill said on Monday.\n", "utf-8")
    (raw / "b.txt").write_text("HARROW: “The river is low,” Sheriff Bo Tarn said on Monday.\n", "utf-8")
    return raw


def rows(warehouse: Path, table: str) -> list[dict[str, Any]]:
    found = ds.dataset((warehouse / table).resolve(), format="parquet", partitioning="hive").to_table()
    return list(found.to_pylist())


def contents(warehouse: Path) -> set[str]:
    """What is quoted in the warehouse."""
    return {row["content"].strip(",") for row in rows(warehouse, "quotes")}


def digests(warehouse: Path) -> set[str]:
    """The files that hold an article's rows and the entities: their names carry the digests of their bytes."""
    tables = ("articles", "quotes", "mentions", "dates", "entities")
    return {f"{t}/{path.name}" for t in tables for path in (warehouse / t).resolve().rglob("*.parquet")}
