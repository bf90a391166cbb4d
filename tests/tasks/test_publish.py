"""The commit of a run, and what is told of it beside the tables."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.warehouse.store import EMPTY, Warehouse
from onrecord.warehouse.tables import to_table
from onrecord.warehouse.transaction import Transaction
from tasks.known_names import KnownNames
from tasks.publish import Changes, publish
from tasks.recount import Recount
from tasks.report import RunReport
from tasks.resolve import resolve
from tests.tasks.conftest import run

START = dt.datetime(2024, 5, 9, 6, tzinfo=dt.UTC)


def published(warehouse: Warehouse, run_id: str = "r1") -> RunReport:
    """A run that has read nothing."""
    with contextlib.ExitStack() as stack:
        parent = stack.enter_context(warehouse.latest()).number if warehouse.exists() else EMPTY
    resolved = resolve(warehouse, (), frozenset(), KnownNames(), warehouse.root / ".staging")
    report = RunReport(run_id, "ingest", START, START, "0.1.0+abc", {"raw": "raw"})
    return publish(warehouse, Changes((), resolved, Recount(parent, (), frozenset())), report)


class Followed(Warehouse):
    """Where another run commits as soon as one has."""

    @contextlib.contextmanager
    def transaction(self, *args: Any, **more: Any) -> Iterator[Transaction]:
        with super().transaction(*args, **more) as commit:
            yield commit
        with Warehouse(self.root).transaction("another") as another:
            another.upsert("runs", to_table("runs", [run("another")]))


def test_a_run_tells_of_its_own_commit_and_of_no_later_one(tmp_path: Path) -> None:
    first = published(Followed(tmp_path))
    assert (first.snapshot, first.rows["runs"], first.rows_before) == (0, 1, {})
    second = published(Followed(tmp_path), "r2")
    assert (second.snapshot, second.rows["runs"], second.rows_before["runs"]) == (2, 3, 2)
    assert first.rows.keys() == second.rows_before.keys() and "entity_evidence" not in first.rows
    assert len(Warehouse(tmp_path).history()) == 4


def test_a_report_that_cannot_be_written_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    published(Warehouse(tmp_path))
    write = Path.write_text

    def full(file: Path, text: str, *more: Any) -> int:
        if "index" not in file.name:
            return write(file, text, *more)
        write(file, text[:100], *more)
        raise OSError(28, "No space left on device")

    before = (tmp_path / ".docs" / "index.html").read_text("utf-8")
    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr(Path, "write_text", full)
        report = published(Warehouse(tmp_path), "r2")
    assert "the run's report could not be written: [Errno 28] No space left on device" in caplog.text
    assert (report.snapshot, report.exit_code) == (1, 0)
    with Warehouse(tmp_path).latest() as snapshot:
        assert snapshot.read("runs", ["run_id"])["run_id"].to_pylist() == ["r1", "r2"]
    assert (tmp_path / ".docs" / "index.html").read_text("utf-8") == before


def test_reports_leave_no_half_written_file(tmp_path: Path) -> None:
    published(Warehouse(tmp_path))
    published(Warehouse(tmp_path), "r2")
    assert {file.name for file in (tmp_path / ".docs").iterdir()} == {"index.html", "r1.html", "r2.html"}
    assert {file.name for file in (tmp_path / ".reports").iterdir()} == {"r1.json", "r2.json"}
    assert json.loads((tmp_path / ".reports" / "r2.json").read_text("utf-8"))["snapshot"] == 1
