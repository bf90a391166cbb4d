"""`--since`, `--until`, `--only`: what they leave out is told and not read again, what cannot be meant is refused."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app, main
from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.settings import Settings
from tasks.left_out import LEFT_OUT_FILE
from tasks.report import RunReport
from tests.flows.small_corpus import rows

MAY = dt.date(2024, 5, 1)


def texts(place: Path) -> Path:
    """Articles of April and May by their own mastheads, one by metadata, one without any date."""
    raw = place / "raw"
    raw.mkdir()
    for name, day in (("april", "April 8, 2024"), ("may", "May 8, 2024")):
        text = f"Bridge closed\n\nBy Tam Quill\n{day}\n\nHARROW - “The bridge is safe,” Mayor Ada Quill said.\n"
        (raw / f"{name}.txt").write_text(text, "utf-8")
    for name in ("march", "undated"):
        (raw / f"{name}.txt").write_text("HARROW: “The river is low,” Sheriff Bo Tarn said.\n", "utf-8")
    (raw / "metadata.jsonl").write_text(json.dumps({"file": "march.txt", "date_published": "2024-03-08"}) + "\n")
    return place


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return texts(tmp_path)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, read, for commands that change nothing."""
    place = texts(tmp_path_factory.mktemp("days"))
    ingest(place)
    return place


def ingest(place: Path, **more: Any) -> RunReport:
    return run_steps(Settings(raw=place / "raw", warehouse=place / "warehouse", workers=1, **more), Plain(1))


def counts(report: RunReport) -> tuple[int, int, int, int]:
    return report.seen, report.new, report.other_days, report.undated


def test_what_is_left_out_is_told_and_a_repeat_does_not_read_it_again(place: Path) -> None:
    assert counts(ingest(place, since=MAY)) == (4, 1, 2, 1)
    assert [row["source_path"] for row in rows(place / "warehouse", "articles")] == ["may.txt"]
    repeated = ingest(place, since=MAY)
    assert repeated.did_nothing and counts(repeated) == (4, 0, 2, 1)
    assert counts(ingest(place, since=dt.date(2024, 4, 1))) == (4, 1, 1, 1)
    assert counts(ingest(place)) == (4, 2, 0, 0)


def test_a_file_that_has_changed_is_read_for_its_date(place: Path) -> None:
    ingest(place, since=MAY)
    april = place / "raw" / "april.txt"
    april.write_text(april.read_text("utf-8").replace("April 8", "May 9"), "utf-8")
    assert counts(ingest(place, since=MAY)) == (4, 1, 1, 1)


@pytest.mark.parametrize("content", [b"", b"PAR1 no parquet PAR1"])
def test_a_damaged_memory_is_none(place: Path, content: bytes) -> None:
    ingest(place, since=MAY)
    (place / "warehouse" / LEFT_OUT_FILE).write_bytes(content)
    assert counts(ingest(place, since=MAY)) == (4, 0, 2, 1)


def test_the_command_line_says_what_is_left_out(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    command = ["ingest", "--no-prefect", "--workers", "1", "--since", "2024-05-01"]
    dry = CliRunner().invoke(app, [*command, "--dry-run"]).output
    assert "takes those of the days that were asked for" in dry
    assert "1 new, 2 of other days, left out, 1 without a date, left out" in CliRunner().invoke(app, command).output
    assert "left out are 2 of other days and 1 without a date" in CliRunner().invoke(app, command).output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ingest", "--since", "2024-05-08", "--until", "2024-05-01"], "--since 2024-05-08 is after --until"),
        (["ingest", "--only", "post/*"], "--only 'post/*' matches nothing"),
        (["backfill", "--only", "post/*"], "'post/*' matches nothing"),
        (["backfill", "--raw", "nope"], "no raw folder at nope"),
        (["ingest", "--raw", "nope"], "no raw folder at nope"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage_with_the_reason(
    arguments: list[str],
    told: str,
    ingested: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(ingested)
    monkeypatch.setattr("sys.argv", ["onrecord", *arguments, "--no-prefect"])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 2
    assert told in " ".join(capsys.readouterr().err.replace("│", " ").split())
