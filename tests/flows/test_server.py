"""The ingest as Prefect runs it on one machine: a temporary server, which is told everything before it stops."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.ingest import run_steps
from flows.orchestration import Plain
from flows.server import temporary_server
from onrecord.settings import Settings
from tests.flows.prefect_server import Server
from tests.flows.small_corpus import QUOTED, contents, digests, small_corpus

ROOT = Path(__file__).parents[2]

#: The first attempt to extract fails as a disk may.
RUN = """
import sys
from pathlib import Path
import tasks.extract
from flows.server import settle_environment
settle_environment()
from flows.tracked import run_ingest
from onrecord.settings import Settings
load, attempts = tasks.extract.tagger_of, []
def faulty_once(name):
    attempts.append(name)
    if len(attempts) == 1:
        raise OSError("input/output error")
    return load(name)
tasks.extract.tagger_of = faulty_once
report = run_ingest(Settings(raw=Path(sys.argv[1]), warehouse=Path(sys.argv[2]), workers=1))
print(report.new, report.run_id)
"""


def told(database: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def run_as_process(tmp_path: Path, raw: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    environment |= {"PREFECT_HOME": str(tmp_path / "home"), "SOURCE_DATE_EPOCH": "1714550400", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", RUN, raw, tmp_path / "tracked"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Error logging to API" not in done.stderr
    assert "Connection" not in done.stderr and "temporary server" not in done.stderr + done.stdout, done.stderr
    return done.stdout.split()[-1]


def test_a_run_under_prefect_gives_the_plain_rows_and_is_recorded_to_its_end(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The task whose first attempt fails is tried again, and nothing else shows of it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1714550400")
    raw = small_corpus(tmp_path / "raw")
    run_steps(Settings(raw=raw, warehouse=tmp_path / "plain", workers=1), Plain(1))
    server.copy_database(tmp_path / "home")
    run_id = run_as_process(tmp_path, raw)

    assert contents(tmp_path / "tracked") == QUOTED
    assert digests(tmp_path / "tracked") == digests(tmp_path / "plain")
    database = tmp_path / "home" / "prefect.db"
    runs = {name.rpartition("-")[0]: (state, n) for name, state, n in told(database, TASK_RUNS)}
    assert runs == {
        "discover": ("Completed", 1), "unpack": ("Completed", 1), "survey": ("Completed", 1),
        "recount": ("Completed", 1),
        "extract": ("Completed", 2), "validate": ("Completed", 1),
        "resolve": ("Completed", 1), "validate-entities": ("Completed", 1), "publish": ("Completed", 1),
    }  # fmt: skip
    artifacts = dict(told(database, "select key, data from artifact"))
    assert artifacts.keys() == {"rows", "run-report"} and run_id in artifacts["run-report"]
    ends = told(database, "select count(*) from log where message like 'Finished in state Completed%'")
    assert ends == [(len(told(database, TASK_RUNS)) + 1,)]  # the parts of files are unpacked twice
    assert told(database, "select count(*) from events where event = 'prefect.flow-run.Completed'") == [(1,)]


def test_a_server_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    temporary_server.cache_clear()
    with pytest.raises(RuntimeError, match="temporary server ended with 1"):
        temporary_server()
    temporary_server.cache_clear()


TASK_RUNS = "select name, state_name, run_count from task_run"
