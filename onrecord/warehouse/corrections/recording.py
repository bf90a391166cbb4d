"""Keeps corrections that wait for the next run; whoever cannot wait makes a run of them (`flows.corrections`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.warehouse.corrections.correction import Correction, as_table, merged, read_corrections
from onrecord.warehouse.corrections.table import CORRECTIONS
from onrecord.warehouse.store import Warehouse


def record(warehouse: Warehouse, made: Iterable[Correction], *, timeout: float = 0.0) -> int:
    """Commit corrections as they are made, to be applied by the next run; the number of the snapshot.

    One about the same column of the same row as an earlier one takes its place. Raises Locked where another writer
    holds the warehouse for more than `timeout` seconds, NoWarehouse where nothing was ever committed.
    """
    fresh = list(made)
    with warehouse.writing("correct", timeout), warehouse.latest() as snapshot:
        before = {found.correction_id: found for found in read_corrections(snapshot)}
        changed = [found for key, found in merged(before.values(), fresh).items() if before.get(key) != found]
        with warehouse.transaction(kind="correct", inputs={"corrections": len(changed)}) as commit:
            commit.upsert(CORRECTIONS.name, as_table(replace(found, applied=None) for found in changed))
        return snapshot.number + bool(changed)
