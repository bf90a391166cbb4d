"""An editor's table of known names: kept with the warehouse, applied until it is replaced or forgotten by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.cross_document.entities import KnownError
from onrecord.settings import Settings
from onrecord.warehouse.check import check
from onrecord.warehouse.store import Warehouse
from tasks.known_names import KnownNamesError, digest_of
from tasks.report import RunReport
from tests.flows.small_corpus import rows, small_corpus


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Two articles, and a table that makes their speakers one."""
    small_corpus(tmp_path / "raw")
    (tmp_path / "one.yaml").write_text("same: [[Ada Quill, Bo Tarn]]\n", "utf-8")
    ingest(tmp_path, known="one.yaml")
    return tmp_path


def ingest(place: Path, known: str | None = None, **more: Any) -> RunReport:
    given = None if known is None else place / known
    settings = Settings(raw=place / "raw", warehouse=place / "warehouse", workers=1, known=given, **more)
    return run_steps(settings, Plain(1))


def people(place: Path) -> set[str]:
    return {row["name"] for row in rows(place / "warehouse", "entities") if row["entity_type"] == "PERSON"}


def test_a_table_is_forgotten_by_name_only(place: Path) -> None:
    assert people(place) == {"Ada Quill"}
    (place / "one.yaml").unlink()
    assert ingest(place).did_nothing and people(place) == {"Ada Quill"}
    with pytest.raises(KnownNamesError, match=r"--forget-known two.yaml: no such table.*there is one.yaml"):
        ingest(place, forget_known=("two.yaml",))
    report = ingest(place, forget_known=("one.yaml",))
    assert report.known_names == (("one.yaml", "forgotten"),) and people(place) == {"Ada Quill", "Bo Tarn"}
    assert rows(place / "warehouse", "known_names") == []
    assert ingest(place).did_nothing and people(place) == {"Ada Quill", "Bo Tarn"}


def test_a_table_of_another_name_joins_the_first(place: Path) -> None:
    (place / "raw" / "c.txt").write_text("HARROW: “I sold it,” Cy Marlow said on Monday.\n", "utf-8")
    (place / "two.yaml").write_text("same: [[Ada Quill, Cy Marlow]]\n", "utf-8")
    report = ingest(place, known="two.yaml")
    assert report.known_names == (("one.yaml", "kept"), ("two.yaml", "new"))
    assert people(place) == {"Ada Quill"}
    assert report.parameters["known_names"] == "one.yaml, two.yaml"
    assert {row["name"]: row["sha256"] for row in rows(place / "warehouse", "known_names")} == {
        name: digest_of({name: (place / name).read_text("utf-8")}) for name in ("one.yaml", "two.yaml")
    }
    with Warehouse(place / "warehouse").latest() as snapshot:
        assert check(snapshot) == []


def test_a_faulty_table_stops_the_run_before_it_reads(place: Path) -> None:
    (place / "one.yaml").write_text("same: [[Ada Quill]]\n", "utf-8")
    with pytest.raises(KnownError, match=r"one\.yaml"):
        ingest(place, known="one.yaml", dry_run=True)
    (place / "one.yaml").write_bytes(b"\xff")
    with pytest.raises(KnownNamesError, match="is not UTF-8"):
        ingest(place, known="one.yaml")
    with pytest.raises(FileNotFoundError):
        ingest(place, known="nowhere.yaml")


def test_a_rollback_brings_back_the_table_of_that_time(place: Path) -> None:
    (place / "one.yaml").write_text("same: []\n", "utf-8")
    ingest(place, known="one.yaml")
    assert people(place) == {"Ada Quill", "Bo Tarn"}
    Warehouse(place / "warehouse").rollback(0)
    assert ingest(place).did_nothing and people(place) == {"Ada Quill"}
