"""Tables below the warehouse that save a later run work: any may go, or be damaged, and the run does it anew."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def read_cached(file: Path, schema: pa.Schema) -> pa.Table | None:
    """The table of a file; None where it is not there, is damaged or has another schema. Metadata may differ."""
    try:
        table = pq.read_table(file, page_checksum_verification=True)
    except (OSError, pa.ArrowInvalid):
        return None
    return table if table.schema.equals(schema) else None


def write_cached(table: pa.Table, file: Path, **options: Any) -> None:
    """Keeps a table in place of what the file held, with pyarrow's options of writing Parquet.

    Where it cannot be written nothing happens: the next run reads more, and finds the same.
    """
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(table, fresh, write_page_checksum=True, **options)
        fresh.replace(file)
