"""`onrecord check --repair`: damaged files are read again from raw; what cannot be is named."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app, main
from onrecord.warehouse.check import check
from onrecord.warehouse.store import Warehouse
from tests.flows.prepared import Prepared
from tests.flows.small_corpus import contents, small_corpus


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, [*arguments, "--raw", "raw"])


def read_twice(place: Path) -> None:
    """Two snapshots: of two articles, and of another besides."""
    with contextlib.chdir(place):
        raw = small_corpus(place / "raw")
        ingested = run("ingest", "--no-prefect", "--workers", "1")
        assert ingested.exit_code == 0, ingested.output
        (raw / "c.txt").write_text("HARROW: It rained.\n", "utf-8")
        assert run("ingest", "--no-prefect", "--workers", "1").exit_code == 0


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(tmp_path_factory.mktemp("repair"), read_twice)


@pytest.fixture
def place(prepared: Prepared, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = prepared.restored()
    monkeypatch.chdir(place)
    return place


def damage(place: Path, table: str, number: int | None = None) -> Path:
    """A flipped byte in the table's files of the current snapshot (and in whatever shares them)."""
    warehouse = Warehouse(place / "warehouse")
    with warehouse.latest() if number is None else warehouse.at(number) as snapshot:
        for entry in snapshot.entries(table):
            file = snapshot.file(table, entry)
            data = bytearray(file.read_bytes())
            data[len(data) // 2] ^= 0xFF
            data[4:8] = b"\0\0\0\0"
            file.write_bytes(data)
    return file


def rows(place: Path, table: str) -> int:
    with Warehouse(place / "warehouse").latest() as snapshot:
        assert check(snapshot) == []
        return snapshot.rows(table)


@pytest.mark.parametrize("table", ["quotes", "articles", "signatures"])
def test_a_damaged_file_is_read_again_from_raw(table: str, place: Path) -> None:
    file = damage(place, table)
    found = run("check")
    assert found.exit_code == 1 and file.name in found.output.replace("\n", "")
    repaired = run("check", "--repair")
    assert repaired.exit_code == 0, repaired.output
    assert file.name in repaired.output and "keeps every promise" in repaired.output
    assert (rows(place, "articles"), rows(place, "quotes")) == (3, 2)
    assert contents(place / "warehouse") == {"The bridge is safe", "The river is low"}
    assert "Nothing to do" in run("ingest", "--no-prefect").output


def test_rows_whose_raw_file_is_gone_are_read_again_from_the_text_of_the_article(place: Path) -> None:
    damage(place, "quotes")
    damage(place, "mentions")
    (place / "raw" / "a.txt").unlink()
    repaired = run("check", "--repair")
    assert repaired.exit_code == 0, repaired.output
    assert (rows(place, "articles"), rows(place, "quotes")) == (3, 2)
    assert contents(place / "warehouse") == {"The bridge is safe", "The river is low"}


def test_articles_whose_raw_file_is_gone_go_with_all_of_their_rows(place: Path) -> None:
    damage(place, "articles")
    (place / "raw" / "a.txt").unlink()
    repaired = run("check", "--repair")
    assert repaired.exit_code == 0, repaired.output
    assert "Lost are 1 articles whose raw files are gone, with all of their rows: " in repaired.output
    assert (rows(place, "articles"), rows(place, "quotes")) == (2, 1)


def test_what_another_snapshot_has_whole_is_taken_from_there(place: Path) -> None:
    with Warehouse(place / "warehouse").latest() as snapshot:
        (known,) = snapshot.files("raw_roots")
    known.unlink()  # the other name of the same file is left
    assert run("check").exit_code == 1
    assert "No file is damaged" in run("check", "--repair").output
    assert rows(place, "articles") == 3 and len(Warehouse(place / "warehouse").kept()) == 2


def test_a_table_that_reading_again_does_not_give_names_the_snapshot_to_go_back_to(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = damage(place, "runs")
    monkeypatch.setattr("sys.argv", ["onrecord", "check", "--repair"])
    with pytest.raises(SystemExit) as exit_:
        main()
    told = capsys.readouterr().err
    assert exit_.value.code == 1
    assert file.name in told and "snapshot 0 is whole: `onrecord rollback 0`" in told


def test_a_run_over_a_damaged_file_names_it(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = damage(place, "articles")
    monkeypatch.setattr("sys.argv", ["onrecord", "ingest", "--no-prefect", "--full", "--workers", "1"])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr().err
    assert str(file.name) in told and "check --repair" in told
