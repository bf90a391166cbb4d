"""`onrecord.toml`: what it says is the default of every command, and the command line overrides it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.configuration import configuration, default_map
from onrecord.options import RUNS, EntryPoint, options_of
from onrecord.settings import Engine, Settings
from tests.flows.small_corpus import small_corpus

FILE = """
raw = "dumps"
warehouse = "tables"
webhook = "secret:newsroom"
workers = 1
file-bytes = 90
engine = "local"
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "onrecord.toml").write_text(FILE, "utf-8")
    small_corpus(tmp_path / "dumps")
    (tmp_path / "dumps" / "long.txt").write_text("HARROW: It rained. " * 9, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, arguments)


def test_commands_take_what_the_file_says(place: Path) -> None:
    assert "3 files seen, 3 new" not in run("ingest", "--dry-run", "--no-prefect").output
    done = run("ingest", "--no-prefect")
    assert "2 new, 1 rejected" in done.output and "Written to tables" in done.output, done.output
    assert "over the limit of 90 (setting file_bytes)" in done.output
    assert "long.txt" in run("rejects").output
    assert run("sql", "select count(*) as n from articles", "--format", "csv").output.split() == ["n", "2"]
    assert not (place / "warehouse").exists()


def test_the_command_line_overrides_the_file(place: Path) -> None:
    run("ingest", "--no-prefect", "--warehouse", "other", "--file-bytes", "1000")
    assert (place / "other").is_dir() and not (place / "tables").exists()
    assert "Nothing was rejected" in run("rejects", "--warehouse", "other").output


def test_a_file_elsewhere_is_named_and_its_paths_are_below_its_folder(
    place: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    values = configuration(place / "onrecord.toml")
    assert Settings(**values) == Settings(
        raw=place / "dumps", warehouse=place / "tables", webhook="secret:newsroom", workers=1, file_bytes=90,
        engine=Engine.LOCAL,
    )  # fmt: skip
    assert "3 new" not in run("--config", str(place / "onrecord.toml"), "ingest", "--dry-run", "--no-prefect").output
    assert "2 new" in run("--config", str(place / "onrecord.toml"), "ingest", "--dry-run", "--no-prefect").output
    assert default_map(None, values)["raw"] == str(place / "dumps")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("raws = 'dumps'", "onrecord.toml: there is no option 'raws'; it takes raw, warehouse"),
        ("full = true", "there is no option 'full'"),
        ("workers = 0", "onrecord.toml: workers: at least 1, and not 0"),
        ("workers = '2'", "onrecord.toml: workers: a whole number, and not '2'"),
        ("warehouse = 's3://bucket'", "no folder of this machine"),
        ("raw = dumps", "onrecord.toml: cannot be read: Invalid value (at line 1"),
    ],
)
def test_what_is_wrong_in_the_file_is_a_sentence_and_2(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "onrecord.toml").write_text(text, "utf-8")
    result = run("history")
    assert result.exit_code == 2, result.output
    assert told in " ".join(result.output.replace("│", " ").split())


def test_no_key_of_the_file_is_left_out_by_a_command_that_reads_articles() -> None:
    """`serve` hands on what the scheduled ingest takes: a key that it did not take would be forgotten in silence."""
    in_file = options_of(Settings, EntryPoint.FILE).keys()
    for taker in (*RUNS, EntryPoint.SCHEDULED_INGEST, EntryPoint.SCHEDULED_BACKFILL):
        assert in_file <= options_of(Settings, taker).keys()


def test_a_secret_of_the_file_is_not_shown(place: Path) -> None:
    assert (place / "onrecord.toml").is_file()
    told = run("ingest", "--help").output
    assert "dumps" in told and "newsroom" not in told
