"""The command line: what it prints, and the exit codes that it documents."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app, main

STORY = "HARROW: “The bridge is safe,” Mayor Ada Quill said on Monday.\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw folder, ingested twice: the second time with another article."""
    place = tmp_path_factory.mktemp("cli")
    raw = place / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text(STORY, "utf-8")
    (raw / "metadata.jsonl").write_text(json.dumps({"file": "a.txt", "date_published": "2024-05-08"}) + "\n")
    assert run(place, "ingest", "--raw", str(raw), "--no-prefect", "--workers", "1").exit_code == 0
    (raw / "b.txt").write_text("HARROW: The river is low, Sheriff Bo Tarn said.", "utf-8")
    assert run(place, "ingest", "--raw", str(raw), "--no-prefect", "--workers", "1").exit_code == 0
    return place


def run(place: Path, command: str, *rest: str) -> Any:
    where = [] if command == "read" else ["--warehouse", str(place / "warehouse")]
    return CliRunner().invoke(app, [command, *rest, *where])


def test_the_command_line_is_there_before_what_only_runs_need_is_loaded() -> None:
    """And what runs need, before Prefect, which those with --no-prefect do without."""
    slow = ["prefect", "great_expectations", "pandas", "onnxruntime"]
    look = f"import sys, flows.cli; print([name for name in {slow} if name in sys.modules]);"
    look += "import flows.backfill; print('flows.ingest' in sys.modules, 'prefect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "True False"]


def test_a_query_gives_rows_in_each_format(place: Path) -> None:
    query = "select source_path, date_published from articles order by 1"
    assert run(place, "sql", query, "--format", "csv").stdout.splitlines() == [
        "source_path,date_published", "a.txt,2024-05-08", "b.txt,",
    ]  # fmt: skip
    rows = [{"source_path": "a.txt", "date_published": "2024-05-08"}, {"source_path": "b.txt", "date_published": None}]
    assert [json.loads(line) for line in run(place, "sql", query, "--format", "jsonl").stdout.splitlines()] == rows
    assert json.loads(run(place, "sql", query, "--format", "json").stdout) == rows
    assert run(place, "sql", query, "--format", "parquet").stdout_bytes[:4] == b"PAR1"
    assert "a.txt" in run(place, "sql", query).stdout


def test_lists_and_structs_are_json_in_csv_and_what_is_no_number_is_null(place: Path) -> None:
    query = "select [1, 2] as l, {'a': 'b, c', 'd': date '2024-05-08'} as s, 'nan'::double as n"
    table = run(place, "sql", query, "--format", "csv").stdout
    assert next(csv.DictReader(io.StringIO(table))) == {"l": "[1,2]", "s": '{"a":"b, c","d":"2024-05-08"}', "n": ""}
    assert json.loads(run(place, "sql", query, "--format", "jsonl").stdout)["n"] is None


def test_a_query_comes_from_a_file_or_standard_input(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "query.sql"
    file.write_text("create temp table t as select 1 as n;\nselect n from t;\n", "utf-8")
    assert run(place, "sql", "-f", str(file), "--format", "csv").stdout.split() == ["n", "1"]
    where = ["--warehouse", str(place / "warehouse"), "--format", "csv"]
    for arguments in (["sql"], ["sql", "-"], ["sql", "-f", "-"]):
        piped = CliRunner().invoke(app, [*arguments, *where], input="select 2 as n")
        assert piped.stdout.split() == ["n", "2"]


def test_internal_tables_are_not_shown_and_can_be_asked(place: Path) -> None:
    names = run(place, "sql", "show tables", "--format", "csv").stdout.split()
    assert {"articles", "quotes", "said_to"} < set(names) and "signatures" not in names
    assert run(place, "sql", "select count(*) as n from internal.signatures", "--format", "csv").stdout.split() == [
        "n",
        "2",
    ]


def test_everything_is_told_as_json_too(place: Path) -> None:
    assert [row["number"] for row in json.loads(run(place, "history", "--json").stdout)] == [1, 0]
    assert {row["table"] for row in json.loads(run(place, "diff", "0", "1", "--json").stdout)} >= {"articles", "quotes"}
    rows = json.loads(run(place, "diff", "0", "1", "--rows", "--table", "articles", "--json").stdout)
    assert [row["change"] for row in rows] == ["added"]
    assert json.loads(run(place, "check", "--json").stdout) == {"snapshot": 1, "problems": []}
    assert json.loads(run(place, "rejects", "--json").stdout) == []
    told = run(place, "ingest", "--raw", str(place / "raw"), "--no-prefect", "--json")
    assert json.loads(told.stdout)["unchanged"] == 2 and told.exit_code == 0


def test_quiet_says_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_bytes(b"")
    told = run(tmp_path, "ingest", "--raw", str(raw), "--no-prefect", "--quiet")
    assert (told.output, told.exit_code) == ("", 3)


def test_standard_input_is_read_and_a_quote_is_one_line_for_a_program() -> None:
    words = "the bridge is safe and " * 30 + "will stay open"
    told = CliRunner().invoke(app, ["read", "-"], input=f"HARROW: “{words},” Mayor Ada Quill said on Monday.\n").stdout
    assert f"“{words},”" in told.splitlines()[0]
    assert [
        line for line in told.splitlines() if line.startswith("- Ada Quill") and line.rstrip(",").endswith("stay open")
    ]


def test_time_travel(place: Path) -> None:
    result = run(place, "sql", "select count(*) as n from articles", "--at", "0", "--format", "csv")
    assert result.stdout.splitlines() == ["n", "1"]


def test_history_diff_check_and_rejects(place: Path) -> None:
    assert "current" in run(place, "history").stdout
    assert "articles" in run(place, "diff", "0", "1").stdout
    assert "same rows" in run(place, "diff", "1", "1").stdout
    checked = run(place, "check")
    assert checked.exit_code == 0, checked.stdout
    assert "Nothing was rejected" in run(place, "rejects").stdout


def test_a_fixed_file_is_retried(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_bytes(b"")
    assert run(tmp_path, "ingest", "--raw", str(raw), "--no-prefect", "--workers", "1").exit_code == 3
    assert "a.txt" in run(tmp_path, "rejects").stdout
    (raw / "a.txt").write_text(STORY, "utf-8")
    assert run(tmp_path, "rejects", "--retry", "--raw", str(raw)).exit_code == 0
    assert "Nothing was rejected" in run(tmp_path, "rejects").stdout


def test_a_rollback_is_a_commit_of_its_own(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("a.txt", "b.txt"):
        (raw / name).write_text(STORY + name, "utf-8")
        run(tmp_path, "ingest", "--raw", str(raw), "--no-prefect", "--workers", "1")
    assert "Snapshot 2 is what 0 was: 1 articles" in run(tmp_path, "rollback", "0").stdout


def test_a_file_is_shown_with_its_quotes(place: Path) -> None:
    shown = run(place, "read", str(place / "raw" / "a.txt"), "--published", "2024-05-08").stdout
    assert "Ada Quill" in shown and "The bridge is safe" in shown
    told = json.loads(run(place, "read", str(place / "raw" / "a.txt"), "--json").stdout)
    assert told["text"] == STORY
    assert told["quotes"][0]["speaker_candidates"][0]["name"] == "Ada Quill"
    why = run(place, "read", str(place / "raw" / "a.txt"), "--why").stdout
    assert re.search(r"Ada Quill 0\.\d\d.* \(decided by \w+ \+\d", why)


def test_the_backfill_has_nothing_to_do_and_says_so(place: Path) -> None:
    assert "Nothing to do" in run(place, "backfill", "--raw", str(place / "raw"), "--no-prefect", "--dry-run").stdout


def test_wrong_usage_is_2(place: Path) -> None:
    assert run(place, "ingest", "--since", "yesterday").exit_code == 2


@pytest.mark.parametrize(
    "arguments", [["sql", "select nothing from nowhere"], ["ingest", "--known", "/nowhere/at/all", "--no-prefect"]]
)
def test_failures_are_a_line_and_1(
    arguments: list[str], place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["onrecord", *arguments, "--warehouse", str(place / "warehouse")])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 1
    assert capsys.readouterr().err.startswith("onrecord: ")


def test_files_that_are_not_read_are_told_with_what_to_do(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("b.pdf", "c.pdf", "D.TXT"):
        (raw / name).write_text(STORY, "utf-8")
    told = run(tmp_path, "ingest", "--raw", str(raw), "--no-prefect").stdout
    assert "2 files not read (b.pdf, c.pdf): write its text to a .txt file" in told
    assert "1 files not read (D.TXT): rename it" in told
    listed = run(tmp_path, "rejects", "--unread", "--raw", str(raw)).stdout
    assert all(name in listed for name in ("b.pdf", "c.pdf", "D.TXT"))
    (raw / "a.txt").write_text(STORY, "utf-8")
    run(tmp_path, "ingest", "--raw", str(raw), "--no-prefect", "--workers", "1")
    assert "D.TXT" in (tmp_path / "warehouse" / ".docs" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ingest", "--warehouse", "s3://bucket/w"], "no folder of this machine"),
        (["ingest", "--raw", "nowhere://bucket/raw"], "cannot be reached"),
        (["ingest", "--raw", "a.txt"], "is a file"),
        (["ingest", "--tagger", "spacy:en"], "needs spaCy"),
        (["ingest", "--tagger", "nonsense"], "there is no tagger"),
        (["ingest", "--tagger", "folder:nowhere"], "there is no folder"),
        (["serve", "--timezone", "Mars/Base"], "there is no time zone"),
        (["history", "--warehouse", "gs://bucket/w"], "no folder of this machine"),
        (["history", "--warehouse", "a.txt"], "is a file"),
    ],
)
def test_wrong_usage_is_a_sentence_and_2(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    monkeypatch.setattr("flows.options.find_spec", lambda _name: None)
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2, result.output
    assert told in " ".join(result.output.replace("│", " ").split())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]


def test_history_without_a_warehouse_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["onrecord", "history", "--warehouse", str(tmp_path / "w")])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 1 and "holds no warehouse yet" in capsys.readouterr().err
