"""The ingest, end to end on the sample corpus: what is let in, what is not, and what a second run does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.settings import Settings
from onrecord.warehouse.check import check
from onrecord.warehouse.errors import Overtaken
from onrecord.warehouse.store import Warehouse
from tasks.report import RunReport
from tests.conftest import SAMPLE_EPOCH, SampleRun


def ingest(raw: Path, warehouse: Path, **more: Any) -> RunReport:
    return run_steps(Settings(raw=raw, warehouse=warehouse, workers=1, **more), Plain(1))


def rows(warehouse: Path, table: str) -> list[dict[str, Any]]:
    """What anybody sees who opens the table's folder."""
    found = ds.dataset((warehouse / table).resolve(), format="parquet", partitioning="hive").to_table()
    return list(found.to_pylist())


def test_every_raw_file_is_an_article_or_a_reject(sample: SampleRun) -> None:
    raw, warehouse, report = sample.raw, sample.warehouse, sample.report
    files = {path.relative_to(raw).as_posix() for path in raw.rglob("*.txt")}
    articles = {row["source_path"] for row in rows(warehouse, "articles")}
    rejects = {row["source_path"]: row["reason"] for row in rows(warehouse, "rejects")}
    assert articles | (rejects.keys() & files) == files
    assert "NUL" in rejects["damaged/0001.txt"]
    assert rejects["aldermoor-gazette/metadata.jsonl"].startswith("line 3: ")
    assert report.exit_code == 3


def test_every_span_is_its_text(sample: SampleRun) -> None:
    warehouse = sample.warehouse
    text = {row["article_id"]: row["text"] for row in rows(warehouse, "articles")}
    quotes = rows(warehouse, "quotes")
    assert len(quotes) > 60
    for row in quotes:
        of = text[row["article_id"]]
        assert all(0 <= span["start"] < span["end"] <= len(of) for span in row["content_spans"])
        for part in ("cue", "speaker"):
            if row[part] is not None:
                assert of[row[f"{part}_start"] : row[f"{part}_end"]] == row[part]
    for table in ("mentions", "dates"):
        for row in rows(warehouse, table):
            assert text[row["article_id"]][row["start"] : row["end"]] == row["text"]


def test_ids_refer_to_rows_that_are_there(sample: SampleRun) -> None:
    warehouse = sample.warehouse
    entities = {row["entity_id"] for row in rows(warehouse, "entities")}
    assert {row["entity_id"] for row in rows(warehouse, "mentions")} <= entities
    assert {row["speaker_entity_id"] for row in rows(warehouse, "quotes")} - {None} <= entities
    runs = {row["run_id"] for row in rows(warehouse, "runs")}
    assert {row["run_id"] for row in rows(warehouse, "articles")} == runs


def test_the_commit_keeps_every_promise(sample: SampleRun) -> None:
    warehouse = sample.warehouse
    with Warehouse(warehouse).latest() as snapshot:
        assert check(snapshot) == []


def test_a_syndicated_copy_is_known(sample: SampleRun) -> None:
    warehouse = sample.warehouse
    articles = {row["source_path"]: row for row in rows(warehouse, "articles")}
    copy, first = articles["gulf-ledger/0003.txt"], articles["meridian/0001.txt"]
    assert copy["copy_cluster_id"] == first["copy_cluster_id"] is not None
    assert {copy["copy_of"], first["copy_of"]} & {copy["article_id"], first["article_id"]}


def test_a_second_run_does_nothing_and_says_so(sample: SampleRun) -> None:
    report = ingest(sample.raw, sample.warehouse)
    assert report.did_nothing and report.unchanged == 24 and report.exit_code == 0
    with Warehouse(sample.warehouse).latest() as snapshot:
        assert snapshot.number == sample.report.snapshot


def test_the_same_folder_gives_the_same_bytes(
    sample: SampleRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = sample.warehouse
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SAMPLE_EPOCH)
    run_steps(Settings(raw=sample.raw, warehouse=tmp_path / "w", workers=1, batch_files=5), Plain(1))
    for table in ("articles", "quotes", "mentions", "dates", "entities"):
        ours = {path.name for path in (warehouse / table).resolve().rglob("*.parquet")}
        theirs = {path.name for path in (tmp_path / "w" / table).resolve().rglob("*.parquet")}
        assert ours == theirs, table


def test_a_transcript_is_let_in_turn_by_turn(tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    raw.mkdir()
    (raw / "talk.txt").write_text(
        "Harrow's mayor on the new bridge\n\nMayor Ada Quill spoke to Bo Tarn of the Harrow Herald on Monday.\n\n"
        "TARN: Is the bridge safe to walk on?\n\nQUILL: It is. I crossed it with a cart.\n\nTARN: Thank you very much.",
        "utf-8",
    )
    assert not ingest(raw, warehouse).rejects
    turns = [row for row in rows(warehouse, "quotes") if row["cue"] == ":"]
    assert [
        (row["quote_type"], row["speaker"], row["content"]) for row in sorted(turns, key=lambda r: r["cue_start"])
    ] == [
        ("direct", "TARN", "Is the bridge safe to walk on?"),
        ("direct", "QUILL", "It is. I crossed it with a cart."),
        ("direct", "TARN", "Thank you very much."),
    ]


def test_changed_and_removed_files_replace_and_drop_their_rows(tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    raw.mkdir()
    (raw / "a.txt").write_text('HARROW: "The bridge is safe," Mayor Ada Quill said on Monday.', "utf-8")
    (raw / "b.txt").write_text('HARROW: "The bridge is closed," Sheriff Bo Tarn said on Monday.', "utf-8")
    ingest(raw, warehouse)
    assert {row["content"].strip(",") for row in rows(warehouse, "quotes")} >= {
        "The bridge is safe",
        "The bridge is closed",
    }
    (raw / "a.txt").write_text('HARROW: "The bridge has gone," Mayor Ada Quill said on Monday.', "utf-8")
    (raw / "b.txt").unlink()
    kept = ingest(raw, warehouse)
    assert kept.changed == 1 and kept.removed == 0
    contents = {row["content"].strip(",") for row in rows(warehouse, "quotes")}
    assert "The bridge has gone" in contents and "The bridge is closed" in contents
    assert "The bridge is safe" not in contents
    dropped = ingest(raw, warehouse, full=True, allow_removals=1)
    assert dropped.removed == 1
    assert {row["source_path"] for row in rows(warehouse, "articles")} == {"a.txt"}


class Overtaking(Plain):
    """Lets another run commit just before this one would."""

    def __init__(self, raw: Path, warehouse: Path) -> None:
        super().__init__(1)
        self.other: Callable[[], object] = lambda: ingest(raw, warehouse)

    def call(self, step: Any, *args: Any) -> Any:
        if step.name == "publish":
            self.other()
        return super().call(step, *args)


def test_of_two_first_runs_at_once_the_second_commits_nothing_and_says_so(tmp_path: Path) -> None:
    raw, warehouse = tmp_path / "raw", tmp_path / "warehouse"
    raw.mkdir()
    (raw / "a.txt").write_text("HARROW: The bridge is safe.", "utf-8")
    settings = Settings(raw=raw, warehouse=warehouse, workers=1)
    with pytest.raises(Overtaken, match="is at snapshot 0 and was empty when this run read it"):
        run_steps(settings, Overtaking(raw, warehouse))
    assert len(Warehouse(warehouse).history()) == 1
    assert [row["source_path"] for row in rows(warehouse, "articles")] == ["a.txt"]
    assert ingest(raw, warehouse).did_nothing


def test_a_new_table_of_known_names_is_work_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SAMPLE_EPOCH)  # so that all runs start in one second
    raw, warehouse, known = tmp_path / "raw", tmp_path / "warehouse", tmp_path / "known.yaml"
    raw.mkdir()
    (raw / "a.txt").write_text('HARROW: "The bridge is safe," Mayor Ada Quill said on Monday.', "utf-8")
    (raw / "b.txt").write_text('HARROW: "The bridge is closed," Sheriff Bo Tarn said on Monday.', "utf-8")

    def people() -> set[str]:
        return {row["name"] for row in rows(warehouse, "entities") if row["entity_type"] == "PERSON"}

    ingest(raw, warehouse)
    assert people() == {"Ada Quill", "Bo Tarn"}
    known.write_text("same: [[Ada Quill, Bo Tarn]]\n", "utf-8")
    report = ingest(raw, warehouse, known=known)
    assert (report.snapshot, report.new, report.changed, report.unchanged) == (1, 0, 0, 2)
    assert people() == {"Ada Quill"}
    assert len({row["speaker_entity_id"] for row in rows(warehouse, "quotes")}) == 1
    assert ingest(raw, warehouse, known=known).did_nothing
    assert ingest(raw, warehouse).did_nothing  # a run that is told of no table takes none away
    (raw / "c.txt").write_text('HARROW: "I own it," Ada Quill said. "I do not," Bo Tarn said.', "utf-8")
    kept = ingest(raw, warehouse)
    assert kept.known_names == (("known.yaml", "kept"),) and people() == {"Ada Quill"}
    known.rename(tmp_path / "elsewhere.yaml")
    assert ingest(raw, warehouse, full=True).known_names == (("known.yaml", "kept"),)
    assert people() == {"Ada Quill"}
    for snapshot, table in enumerate(("same: []\n", "same: [] # once more\n", "same: [] # and again\n"), 4):
        known.write_text(table, "utf-8")
        assert ingest(raw, warehouse, known=known).snapshot == snapshot
        assert people() == {"Ada Quill", "Bo Tarn"}
        assert ingest(raw, warehouse, known=known).did_nothing


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("HARROW: The bridge is safe.", "utf-8")
    report = ingest(raw, tmp_path / "warehouse", dry_run=True)
    assert report.new == 1 and not Warehouse(tmp_path / "warehouse").exists()


def test_reports_are_written_beside_the_tables(sample: SampleRun) -> None:
    warehouse, report = sample.warehouse, sample.report
    told = json.loads((warehouse / ".reports" / f"{report.run_id}.json").read_text("utf-8"))
    assert told["rows"]["articles"] == 23
    times = [seconds for _, seconds in told["slowest"]]
    assert len(times) == 10 and times == sorted(times, reverse=True) and sum(times) <= told["durations"]["extract"]
    assert {path for path, _ in told["slowest"]} <= {row["source_path"] for row in rows(warehouse, "articles")}
    assert report.run_id in (warehouse / ".docs" / "index.html").read_text("utf-8")
