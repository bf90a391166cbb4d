"""From files that hold several articles to committed rows, and what later runs make of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.backfill import run_months
from flows.cli import app
from flows.ingest import run_steps
from flows.orchestration import Plain
from flows.work import work_of
from onrecord.settings import Settings
from onrecord.version import STAGES, pipeline_version
from onrecord.warehouse.check import check
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.store import Warehouse
from tests.flows.small_corpus import rows
from tests.tasks.doors import DOORS

STORIES = {
    "a1": "HARROW: The bridge is safe, Mayor Ada Quill said on Monday.",
    "a2": "HARROW: The river is low, Sheriff Bo Tarn said on Monday.",
    "a3": "HARROW: The school is closed, Mayor Ada Quill said on Monday.",
}
NAMES = tuple(door.name for door in DOORS.values())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A raw folder with a file of each kind, each with a bad part and a day of publication of its own."""
    raw = tmp_path / "raw"
    raw.mkdir()
    days = {door.name: f"2024-0{month}-08" for month, door in enumerate(DOORS.values(), 1)}
    for door in DOORS.values():
        door.write(raw / door.name, dict(zip(door.parts, STORIES.values(), strict=True)), True)
    lines = [json.dumps({"file": name, "date_published": day}) for name, day in days.items()]
    (raw / "metadata.jsonl").write_text("\n".join(lines), "utf-8")
    return Settings(raw=raw, warehouse=tmp_path / "warehouse", workers=1, formats=(",".join(DOORS),))


def keys(settings: Settings, table: str = "articles") -> set[str]:
    return {f"{row['source_path']}//{row['source_part']}" for row in rows(settings.warehouse, table)}


def everything() -> set[str]:
    return {f"{door.name}//{part}" for door in DOORS.values() for part in door.parts}


def test_each_kind_is_read_incrementally_rejected_backfilled_and_removed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("onrecord.version.STAGES", {**STAGES, "quotes": 0})
        pipeline_version.cache_clear()
        report = run_steps(settings, Plain(1))
        assert (report.new, report.rejected_files, report.exit_code) == (3 * len(DOORS), len(DOORS), 3)
        assert run_steps(settings, Plain(1)).did_nothing
    pipeline_version.cache_clear()
    assert keys(settings) == everything()
    articles = rows(settings.warehouse, "articles")
    assert {row["article_id"] for row in articles} == {article_id(key) for key in everything()}
    quoted = {(row["article_id"], row["speaker_name"]) for row in rows(settings.warehouse, "quotes")}
    assert len(quoted) == 3 * len(DOORS) and {name for _, name in quoted} == {"Ada Quill", "Bo Tarn"}
    assert {row["source_path"] for row in rows(settings.warehouse, "rejects")} == set(NAMES)
    first = work_of(settings)[0]
    assert first.month == "2024-01" and first.paths == {f"{NAMES[0]}//{part}" for part in DOORS["csv"].parts}
    assert [report.outdated for report in run_months(settings, Plain(1))] == [3] * len(DOORS)
    assert not work_of(settings) and keys(settings) == everything()

    for door in DOORS.values():
        texts = dict(zip(door.parts, [STORIES["a1"].replace("safe", "shut"), STORIES["a2"]], strict=False))
        door.write(settings.raw / door.name, texts, False)
    report = run_steps(settings, Plain(1))
    assert (report.changed, report.unchanged, len(report.removals.kept)) == (len(DOORS),) * 3
    assert not rows(settings.warehouse, "rejects")
    dropping = Settings(**{**_fields(settings), "full": True, "allow_removals": len(DOORS)})
    assert run_steps(dropping, Plain(1)).removed == len(DOORS)
    assert keys(settings) == {key for key in everything() if key.split("//")[1] not in _last()}
    with Warehouse(settings.warehouse).latest() as snapshot:
        assert check(snapshot) == []


def _last() -> set[str]:
    return {door.parts[-1] for door in DOORS.values()}


def _fields(settings: Settings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in settings.__slots__}


def test_the_command_line_tells_the_columns_and_the_place_of_each_reject(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "all.csv").write_text('id,main,when\n1,"It rains.",2024-05-07\n2,,\n', "utf-8")
    where = ["--raw", str(tmp_path / "raw"), "--warehouse", str(tmp_path / "warehouse")]
    told = CliRunner().invoke(app, ["ingest", *where, "--no-prefect", "--dry-run"]).stdout
    assert "all.csv): if it holds articles, read it with --formats csv" in told
    options = ["--formats", "csv", "--columns", "text=main,date=when", "--no-prefect", "--workers", "1"]
    ran = CliRunner().invoke(app, ["ingest", *where, *options])
    assert ran.exit_code == 3 and "all.csv: columns text=main, date=when; id=id (guessed)" in ran.stdout
    assert "row 2: its text (column 'main') is empty" in ran.stdout
    listed = CliRunner().invoke(app, ["rejects", *where]).stdout
    assert "all.csv//row 2" in listed
    (article,) = rows(tmp_path / "warehouse", "articles")
    assert (str(article["date_published"]), article["source_part"]) == ("2024-05-07", "1")
    wrong = CliRunner().invoke(app, ["ingest", *where, "--formats", "pdf"])
    assert wrong.exit_code == 2
