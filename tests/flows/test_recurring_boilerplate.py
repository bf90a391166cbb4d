"""Recurring lines through the whole ingest: what a later run learns of a publisher changes what stands of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.settings import Settings
from onrecord.warehouse.check import check
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import LINEAGE, TABLES
from tasks.report import RunReport

#: Reads like the report of what somebody said, and stands under every story.
HOUSE = "Editor Mara Holt said that the Ledger answers every letter."
STORIES = {
    "bridge": ("Harrow bridge to close for repairs", "Sheriff Bo Tarn said on Monday that the bridge was not safe."),
    "ferry": ("Ferry stays in port again", "“We cannot sail in this,” Captain Ida Vos told the Ledger."),
    "mill": ("Old mill finds a buyer", "Mayor Ada Quill said that the buyer had paid in full."),
    "school": ("School roof holds, for now", "Headmaster Per Lund said that nobody had been hurt."),
    "quarry": ("Quarry asks for another year", "“One year is all we need,” owner Tess Arden said on Friday."),
}


def put(raw: Path, *names: str) -> None:
    raw.mkdir(exist_ok=True)
    for name in names:
        headline, paragraph = STORIES[name]
        more = f"People who live by the {name} have waited for years and are tired of it by now."
        address = f"https://www.quillbayledger.com/2024/05/08/{name}"
        (raw / f"{name}.txt").write_text("\n\n".join([address, headline, paragraph, more, HOUSE]), "utf-8")


def ingest(root: Path, **more: Any) -> RunReport:
    return run_steps(Settings(raw=root / "raw", warehouse=root / "warehouse", workers=1, **more), Plain(1))


def rows(root: Path, table: str, *without: str) -> list[dict[str, Any]]:
    columns = [name for name in TABLES[table].column_names if name not in (*LINEAGE, *without)]
    with Warehouse(root / "warehouse").latest() as snapshot:
        found = snapshot.read(table, columns).to_pylist()
    return sorted(found, key=lambda row: tuple(row[key] for key in TABLES[table].primary_key))


def speakers(root: Path) -> set[str]:
    """The names of those who are quoted."""
    return {row["speaker_name"] for row in rows(root, "quotes")} - {None}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[RunReport]]:
    """Four articles, then a fifth; with the reports of both runs."""
    root = tmp_path_factory.mktemp("grown")
    put(root / "raw", "bridge", "ferry", "mill", "school")
    first = ingest(root)
    assert "Mara Holt" in speakers(root)
    put(root / "raw", "quarry")
    return root, [first, ingest(root, only="quarry.txt")]


def test_the_fifth_article_changes_the_first_four(grown: tuple[Path, list[RunReport]]) -> None:
    root, (first, second) = grown
    assert (first.new, first.reread, second.new, second.reread) == (4, 0, 1, 4)
    assert ("read again (recurring lines)", 4) in second.counts()
    assert speakers(root) == {"Bo Tarn", "Ida Vos", "Ada Quill", "Per Lund", "Tess Arden"}
    assert not any(HOUSE in row["body"] for row in rows(root, "articles"))
    assert not any(row["name"] == "Mara Holt" for row in rows(root, "entities"))
    with Warehouse(root / "warehouse").latest() as snapshot:
        assert check(snapshot) == []
    assert ingest(root).did_nothing


def test_two_runs_give_the_rows_of_one(grown: tuple[Path, list[RunReport]], tmp_path: Path) -> None:
    root, _ = grown
    put(tmp_path / "raw", *STORIES)
    report = ingest(tmp_path)
    assert (report.new, report.reread) == (5, 0)
    for table in ("articles", "quotes", "entities", "mentions", "dates", "article_lines"):
        assert rows(root, table) == rows(tmp_path, table), table


def test_one_that_is_withdrawn_gives_the_others_their_line_back(tmp_path: Path) -> None:
    put(tmp_path / "raw", *STORIES)
    ingest(tmp_path)
    assert "Mara Holt" not in speakers(tmp_path)
    (tmp_path / "raw" / "metadata.jsonl").write_text('{"file": "mill.txt", "withdrawn": true}\n', "utf-8")
    told = ingest(tmp_path, dry_run=True)
    assert told.reread == 0 and "Mara Holt" not in speakers(tmp_path)
    report = ingest(tmp_path, allow_removals=1)
    assert (report.removed, report.reread) == (1, 4)
    assert "Mara Holt" in speakers(tmp_path)
