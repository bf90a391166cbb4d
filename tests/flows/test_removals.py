"""What a run removes: never much of a warehouse without being allowed to, and never without saying what."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from flows.cli import app, main
from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.settings import ALL, Settings
from onrecord.warehouse.store import Warehouse
from tasks.removals import MOST, RemovalRefusedError, Removals, excess
from tasks.report import RunReport
from tests.flows.prepared import Prepared
from tests.flows.small_corpus import rows


def ingest(place: Path, raw: str = "raw", **more: Any) -> RunReport:
    return run_steps(Settings(raw=place / raw, warehouse=place / "warehouse", workers=1, **more), Plain(1))


def read(place: Path) -> None:
    """A raw folder of 20 articles in two subfolders, and its warehouse."""
    for number in range(20):
        file = place / "raw" / ("jan" if number < 10 else "feb") / f"{number:02d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"HARROW: Bridge number {number} is safe, Mayor Ada Quill said.\n", "utf-8")
    ingest(place)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(tmp_path_factory.mktemp("removals"), read)


@pytest.fixture
def place(prepared: Prepared) -> Path:
    return prepared.restored()


def sources(place: Path) -> set[str]:
    return {row["source_path"] for row in rows(place / "warehouse", "articles")}


def test_a_full_run_over_an_empty_folder_stops(place: Path) -> None:
    for file in (place / "raw").rglob("*.txt"):
        file.unlink()
    with pytest.raises(RemovalRefusedError, match=r"would remove 20 of 20 articles.*--allow-removals 20"):
        ingest(place, full=True)
    assert len(sources(place)) == 20 and len(Warehouse(place / "warehouse").history()) == 1
    assert not list((place / "warehouse").glob(".staging/*"))


def test_removals_go_on_up_to_the_number_that_is_allowed(place: Path) -> None:
    for number in range(3):
        (place / "raw" / "jan" / f"{number:02d}.txt").unlink()
    with pytest.raises(RemovalRefusedError, match="more than the 2 allowed"):
        ingest(place, full=True, allow_removals=2)
    assert ingest(place, full=True, allow_removals=3).removed == 3
    (place / "raw" / "jan" / "03.txt").unlink()
    assert ingest(place, full=True).removals.dropped == ("jan/03.txt",)  # one of 17 is not a tenth
    for file in (place / "raw").rglob("*.txt"):
        file.unlink()
    assert ingest(place, full=True, allow_removals=ALL).removed == 16


def test_a_full_run_over_some_files_removes_no_others(place: Path) -> None:
    (place / "raw" / "feb" / "19.txt").unlink()
    assert ingest(place, full=True, only="jan/*").removed == 0
    assert len(sources(place)) == 20


def test_a_file_that_cannot_be_read_is_not_gone(place: Path) -> None:
    (place / "raw" / "jan" / "00.txt").write_bytes(b"x" * 4000)
    report = ingest(place, full=True, file_bytes=2000)
    assert report.removed == 0 and [reject.source_path for reject in report.rejects] == ["jan/00.txt"]
    assert len(sources(place)) == 20


def withdraw(place: Path, *names: str) -> None:
    lines = [json.dumps({"file": name, "withdrawn": True}) for name in names]
    (place / "raw" / "jan" / "metadata.jsonl").write_text("\n".join(lines), "utf-8")


def test_withdrawals_count_and_are_told_by_name(place: Path) -> None:
    withdraw(place, "00.txt", "01.txt", "02.txt")
    with pytest.raises(RemovalRefusedError, match=r"3 withdrawn by metadata \(jan/00.txt, jan/01.txt, jan/02.txt\)"):
        ingest(place)
    withdraw(place, "00.txt", "01.txt")
    assert ingest(place).removals.withdrawn == ("jan/00.txt", "jan/01.txt")
    assert len(sources(place)) == 18


def run(place: Path, *arguments: str) -> Any:
    where = ["--raw", str(place / "raw"), "--warehouse", str(place / "warehouse")]
    return CliRunner().invoke(app, ["ingest", *where, "--no-prefect", "--workers", "1", *arguments])


def test_a_dry_run_tells_what_would_go_by_number_and_name(place: Path) -> None:
    withdraw(place, "00.txt")
    for number in range(11, 20):
        (place / "raw" / "feb" / f"{number}.txt").unlink()
    told = run(place, "--full", "--dry-run").stdout
    assert "1 articles withdrawn by metadata" in told and "  jan/00.txt\n" in told
    assert "9 articles with no file any more: their rows go" in told
    assert all(f"  feb/{number}.txt\n" in told for number in range(11, 20))
    assert "Would be refused: this run would remove 10 of 20 articles" in told
    assert len(sources(place)) == 20


def test_a_plain_run_says_that_files_are_gone_and_what_to_do(place: Path) -> None:
    for number in range(12, 20):
        (place / "raw" / "feb" / f"{number}.txt").unlink()
    told = run(place).stdout
    assert "Nothing to do" in told
    assert "8 articles with no file any more: their rows stay; `onrecord ingest --full` drops them" in told
    assert "feb/12.txt" in told and "and 3 more" in told
    (place / "raw" / "new.txt").write_text("HARROW: It is raining.", "utf-8")
    told = run(place).stdout
    assert "8 gone (rows kept)" in told and "8 articles with no file any more" in told
    page = (place / "warehouse" / ".docs" / "index.html").read_text("utf-8")
    assert "Renamed, removed or gone (8)" in page and "feb/19.txt" in page


def test_a_refusal_is_a_line_and_1(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (place / "raw").rglob("*.txt"):
        file.unlink()
    where = ["--raw", str(place / "raw"), "--warehouse", str(place / "warehouse")]
    monkeypatch.setattr("sys.argv", ["onrecord", "ingest", *where, "--no-prefect", "--full"])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert exit_.value.code == 1
    assert capsys.readouterr().err.startswith("onrecord: this run would remove 20 of 20 articles")


def test_what_is_no_number_is_wrong_usage(place: Path) -> None:
    assert run(place, "--allow-removals", "most").exit_code == 2
    assert run(place, "--allow-removals", "-1").exit_code == 2


@given(st.integers(0, 300), st.integers(0, 3000), st.none() | st.integers(0, 300))
def test_the_limit_is_a_tenth_and_a_hundred_or_what_is_allowed(count: int, more: int, allowed: int | None) -> None:
    removals = Removals(dropped=tuple(map(str, range(count))))
    refused = excess(removals, count + more, Settings(allow_removals=allowed)) is not None
    assert refused == (count > allowed if allowed is not None else count > MOST or count * 10 > count + more)


def move(place: Path, old: str, new: str) -> None:
    (place / "raw" / new).parent.mkdir(exist_ok=True)
    (place / "raw" / old).rename(place / "raw" / new)


def test_a_renamed_file_moves_its_rows_in_one_commit(place: Path) -> None:
    before = rows(place / "warehouse", "entities")
    move(place, "jan/00.txt", "jan/first.txt")
    report = ingest(place)
    assert (report.renamed, report.new, report.removed, report.snapshot) == (1, 0, 0, 1)
    assert report.removals.renamed == (("jan/00.txt", "jan/first.txt"),)
    assert len(sources(place)) == 20 and "jan/first.txt" in sources(place)
    assert rows(place / "warehouse", "entities") == before
    articles = {row["article_id"] for row in rows(place / "warehouse", "articles")}
    for table in ("quotes", "mentions", "dates", "article_lines", "entity_evidence"):
        assert {row["article_id"] for row in rows(place / "warehouse", table)} <= articles
    assert ingest(place).did_nothing


def test_a_rename_is_called_so(place: Path) -> None:
    move(place, "jan/00.txt", "march/00.txt")
    told = run(place, "--dry-run").stdout
    assert "1 renamed" in told and "jan/00.txt was renamed to march/00.txt" in told
    told = run(place).stdout
    assert "1 renamed" in told and "jan/00.txt was renamed to march/00.txt" in told and " new" not in told
    page = (place / "warehouse" / ".docs" / "index.html").read_text("utf-8")
    assert "renamed to march/00.txt" in page


def test_many_renames_are_no_removals(place: Path) -> None:
    (place / "raw" / "feb").rename(place / "raw" / "february")
    report = ingest(place, full=True)
    assert report.renamed == 10 and report.removed == 0
    assert report.removals.renamed[0] == ("feb/10.txt", "february/10.txt")


def test_a_copy_is_no_rename_and_of_two_alike_each_goes_once(place: Path) -> None:
    raw = place / "raw"
    (raw / "copy.txt").write_bytes((raw / "jan" / "00.txt").read_bytes())
    report = ingest(place)
    assert (report.renamed, report.new) == (0, 1)
    move(place, "copy.txt", "x/copy.txt")
    move(place, "jan/00.txt", "x/00.txt")
    (raw / "x" / "third.txt").write_bytes((raw / "x" / "00.txt").read_bytes())
    report = ingest(place)
    assert report.removals.renamed == (("copy.txt", "x/copy.txt"), ("jan/00.txt", "x/00.txt"))
    assert (report.new, report.removed, len(sources(place))) == (1, 0, 22)


def test_a_renamed_file_that_is_not_to_be_read_keeps_its_rows(place: Path) -> None:
    move(place, "jan/00.txt", "jan/first.txt")
    report = ingest(place, since=dt.date(2024, 1, 1))  # the articles tell no date
    assert report.renamed == 0 and report.removals.kept == ("jan/00.txt",)
    assert "jan/00.txt" in sources(place)
