"""The backfill: what an older version read is read again, a commit a month, from where it was stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.backfill import run_month, run_months
from flows.ingest import run_steps
from flows.orchestration import Plain
from flows.tracked import run_backfill
from flows.work import work_of
from onrecord.settings import Settings
from onrecord.version import STAGES, pipeline_version
from onrecord.warehouse.store import Warehouse
from tests.flows.prefect_server import Server
from tests.flows.small_corpus import QUOTED, contents, rows, small_corpus


@pytest.fixture
def outdated(tmp_path: Path) -> Settings:
    """A warehouse of two months that an older version filled."""
    settings = Settings(raw=small_corpus(tmp_path / "raw"), warehouse=tmp_path / "warehouse", workers=1)
    days = {"a.txt": "2024-05-08", "b.txt": "2024-06-08"}
    lines = [json.dumps({"file": name, "date_published": day}) for name, day in days.items()]
    (settings.raw / "metadata.jsonl").write_text("\n".join(lines), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.version.STAGES", {**STAGES, "quotes": 0})
        pipeline_version.cache_clear()
        run_steps(settings, Plain(1))
    pipeline_version.cache_clear()
    return settings


def versions(settings: Settings) -> dict[str, str]:
    return {row["source_path"]: row["pipeline_version"] for row in rows(settings.warehouse, "articles")}


@pytest.mark.usefixtures("api")
def test_prefect_reads_each_month_again_in_a_commit_of_its_own(server: Server, outdated: Settings) -> None:
    reports = run_backfill(outdated)
    assert [report.outdated for report in reports] == [1, 1]
    assert [past.kind for past in Warehouse(outdated.warehouse).history()] == ["backfill", "backfill", "ingest"]
    assert set(versions(outdated).values()) == {pipeline_version()}
    assert contents(outdated.warehouse) == QUOTED
    assert work_of(outdated) == []
    told = server.post("/artifacts/filter", artifacts={"key": {"any_": ["run-report"]}})
    for report in reports:
        assert [report.run_id in artifact["data"] for artifact in told].count(True) == 1


def test_a_backfill_that_was_stopped_carries_on(outdated: Settings) -> None:
    may, june = work_of(outdated)
    run_month(outdated, may, Plain(1))
    assert versions(outdated)["a.txt"] == pipeline_version() != versions(outdated)["b.txt"]
    assert work_of(outdated) == [june]
    assert [report.outdated for report in run_months(outdated, Plain(1))] == [1]
    assert work_of(outdated) == []
