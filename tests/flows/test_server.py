"""The ingest as Prefect runs it on one machine: a temporary server, which is told everything before it stops."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings
from small_corpus import QUOTED, contents, digests, small_corpus

import tasks.extract
from flows.ingest import run_steps, run_with_prefect
from flows.orchestration import Plain
from onrecord.settings import Settings


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """Where a temporary server keeps what it was told, in a home of its own."""
    with temporary_settings({PREFECT_HOME: tmp_path / "home"}, restore_defaults={PREFECT_API_URL}):
        yield tmp_path / "home" / "prefect.db"


def told(database: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_a_run_under_prefect_gives_the_plain_rows_and_is_recorded_to_its_end(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first attempt to extract fails as a disk may: the task is tried again, and nothing else shows of it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1714550400")
    raw = small_corpus(tmp_path / "raw")
    run_steps(Settings(raw=raw, warehouse=tmp_path / "plain", workers=1), Plain(1))
    load, attempts = tasks.extract.tagger_of, []

    def faulty_once(name: str) -> Any:
        attempts.append(name)
        if len(attempts) == 1:
            raise OSError("input/output error")
        return load(name)

    monkeypatch.setattr(tasks.extract, "tagger_of", faulty_once)
    report = run_with_prefect(Settings(raw=raw, warehouse=tmp_path / "tracked", workers=1))

    assert report.new == 2 and contents(tmp_path / "tracked") == QUOTED
    assert digests(tmp_path / "tracked") == digests(tmp_path / "plain")
    runs = {name.rpartition("-")[0]: (state, n) for name, state, n in told(database, TASK_RUNS)}
    assert runs == {
        "discover": ("Completed", 1), "survey": ("Completed", 1), "recount": ("Completed", 1),
        "extract": ("Completed", 2), "validate": ("Completed", 1),
        "resolve": ("Completed", 1), "validate-entities": ("Completed", 1), "publish": ("Completed", 1),
    }  # fmt: skip
    artifacts = dict(told(database, "select key, data from artifact"))
    assert artifacts.keys() == {"rows", "run-report"} and report.run_id in artifacts["run-report"]
    ends = told(database, "select count(*) from log where message like 'Finished in state Completed%'")
    assert ends == [(len(runs) + 1,)]
    assert told(database, "select count(*) from events where event = 'prefect.flow-run.Completed'") == [(1,)]


TASK_RUNS = "select name, state_name, run_count from task_run"
