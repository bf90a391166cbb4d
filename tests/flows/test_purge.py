"""`purge` removes a text from every kept snapshot, `history` marks what can be read, `--keep` is remembered."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app, main
from onrecord.warehouse.check import check
from onrecord.warehouse.layout import decode
from onrecord.warehouse.store import Warehouse
from tests.flows.prepared import Prepared
from tests.flows.small_corpus import small_corpus


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, arguments)


def read_three_times(place: Path) -> None:
    """Three snapshots: of a.txt; of a.txt and b.txt, who names Ada Quill too; and of c.txt besides."""
    raw = small_corpus(place / "raw")
    later = raw / "b.txt"
    text = later.read_text("utf-8")
    later.unlink()
    for name, content in (("", ""), ("b.txt", text + "Ada Quill was there.\n"), ("c.txt", "HARROW: It rained.\n")):
        if name:
            (raw / name).write_text(content, "utf-8")
        with contextlib.chdir(place):
            done = run("ingest", "--no-prefect", "--workers", "1", "--keep", "5")
        assert done.exit_code == 0, done.output


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(tmp_path_factory.mktemp("purge"), read_three_times)


@pytest.fixture
def place(prepared: Prepared, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = prepared.restored()
    monkeypatch.chdir(place)
    return place


def holds(place: Path, words: bytes) -> list[Path]:
    """The files below the warehouse whose rows have these words in them; Parquet is read, other files are searched."""
    found = []
    for file in (place / "warehouse").rglob("*"):
        if file.is_file() and not file.is_symlink():
            is_table = file.suffix == ".parquet" and ".store" in file.parts
            content = str(decode(file).to_pylist()).encode() if is_table else file.read_bytes()
            found += [file] if words in content else []
    return found


def test_a_text_is_removed_from_every_snapshot(place: Path) -> None:
    assert run("search", "bridge").exit_code == 0  # the index has it too
    assert holds(place, b"bridge is safe")
    (place / "raw" / "a.txt").unlink()
    purged = run("purge", "a.txt")
    assert purged.exit_code == 0, purged.output
    assert "Removed a.txt from the tables (snapshot 3) and snapshots 0, 1, 2" in purged.output
    assert holds(place, b"bridge is safe") == []
    warehouse = Warehouse(place / "warehouse")
    assert warehouse.kept() == [0, 1, 2, 3]
    for number, articles in zip(warehouse.kept(), [0, 1, 2, 2], strict=True):
        with warehouse.at(number) as snapshot:
            assert (snapshot.rows("articles"), check(snapshot)) == (articles, [])
    assert run("sql", "select name, quote_count from entities where name like 'Ada%'", "--format", "csv").output.split(
        "\n"
    )[1:2] == ["Ada Quill,0"]
    assert "Nothing to do" in run("ingest", "--no-prefect").output


def test_what_has_it_still_is_said(place: Path) -> None:
    with Warehouse(place / "warehouse").at(0):
        purged = run("purge", "a.txt")
    assert purged.exit_code == 3
    assert "Not reached: snapshot 0, which somebody is reading" in purged.output
    assert "raw/a.txt, which the next run would read again" in purged.output
    (place / "raw" / "metadata.jsonl").write_text(json.dumps({"file": "a.txt", "withdrawn": True}) + "\n")
    again = run("purge", "a.txt")
    assert "Removed a.txt from snapshot 0" in again.output and again.exit_code == 3
    assert "0 new" not in run("ingest", "--no-prefect").output and holds(place, b"bridge is safe") == []


def test_an_unknown_article_is_wrong_usage_and_nothing_is_done(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["onrecord", "purge", "a.txt", "nope.txt"])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 2 and "no kept snapshot has an article nope.txt" in capsys.readouterr().err
    assert Warehouse(place / "warehouse").kept() == [0, 1, 2]


def test_history_marks_what_can_be_read_and_tells_what_is_kept(place: Path) -> None:
    assert Warehouse(place / "warehouse").retention.snapshots == 5
    store = place / "warehouse" / ".store"
    Warehouse(place / "warehouse").discard(0)
    told = run("history").output
    marks = [line.split("│")[2].strip() for line in told.splitlines() if line.startswith("│")]
    assert marks == ["current", "kept", "gone"]
    assert "the last 5 snapshots are kept" in told
    pruned = run("prune", "--keep", "1", "--keep-days", "7").output
    assert "Nothing to remove: the last 1 snapshots are kept, and all of the last 7 days" in pruned
    assert json.loads((store / "retention.json").read_text("utf-8")) == {"snapshots": 1, "days": 7}
