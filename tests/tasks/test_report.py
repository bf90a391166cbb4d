"""The run report counts what happened, and what comes from files is data in its Markdown."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from tasks.rejects import Reject
from tasks.report import RunReport

START = dt.datetime(2024, 5, 9, 6, tzinfo=dt.UTC)


def report(**facts: Any) -> RunReport:
    return RunReport("r1", "ingest", START, START + dt.timedelta(seconds=3), "0.1.0+abc", {"raw": "raw"}, **facts)


def test_exit_code_tells_of_rejects() -> None:
    assert report().exit_code == 0
    assert report(rejects=(Reject.of_file("a.txt", "read", "the file is empty"),)).exit_code == 3


def test_rejected_rows_are_not_rejected_files() -> None:
    rejects = (
        Reject.of_file("a.txt", "read", "the file is empty"),
        Reject("b.txt", "validate", "cue failed", table="quotes", row_id="q1", expectation="equal(cue)"),
    )
    assert report(rejects=rejects).rejected_files == 1


def test_changes_are_against_the_last_commit() -> None:
    told = report(rows={"quotes": 12, "articles": 3}, rows_before={"quotes": 10})
    assert told.table_rows() == [("quotes", 12, 2), ("articles", 3, 3)]


def test_a_file_name_cannot_break_out_of_the_markdown() -> None:
    name = "`<script>alert(1)</script>` | x\n# y.txt"
    told = report(rejects=(Reject.of_file(name, "read", f"cannot read {name}"),))
    line = next(row for row in told.markdown().splitlines() if "script" in row)
    assert line.count("`") == 2 and line.count("|") == 3


def test_the_report_is_valid_json() -> None:
    read = json.loads(report(rows={"quotes": 1}, durations={"extract": 1.5}).as_json())
    assert read["run_id"] == "r1" and read["durations"] == {"extract": 1.5}
