"""Two warehouses are compared row by row, whatever version wrote them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.same_rows import compare_warehouses, main

QUOTES: list[dict[str, Any]] = [
    {"quote_id": "q1", "content": "The bridge is safe.", "content_spans": [{"start": 3, "end": 22}], "run_id": "a"},
    {"quote_id": "q2", "content": "Nobody was hurt.", "content_spans": [{"start": 40, "end": 56}], "run_id": "a"},
]
OTHER: list[dict[str, Any]] = [
    {"name_a": "Ada Quill", "name_b": "A. Quill"},
    {"name_a": "Ada Quill", "name_b": "A. Quill"},
]


def warehouse(folder: Path, **tables: list[dict[str, Any]]) -> Path:
    """A folder with a table in each folder, its rows in a month's partition, and things that are no table."""
    for name, rows in tables.items():
        path = folder / ".store" / name / "month=2024-05"
        path.mkdir(parents=True)
        pq.write_table(pa.Table.from_pylist(rows), path / "0.parquet")
        (folder / name).symlink_to(folder / ".store" / name)
    (folder / "views.sql").touch()
    return folder


def test_the_same_rows_in_another_order_of_another_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = warehouse(tmp_path / "old", quotes=QUOTES, runs=[{"run_id": "a"}], other=OTHER)
    again = [row | {"run_id": "b"} for row in reversed(QUOTES)]
    new = warehouse(tmp_path / "new", quotes=again, runs=[{"run_id": "b"}], other=OTHER)
    assert main([str(old), str(new)]) == 0
    assert capsys.readouterr().out == "All rows are the same.\n"
    found = compare_warehouses(old, new, lineage=True)
    assert set(found["quotes"].changed) == {"run_id"}
    assert (found["runs"].removed, found["runs"].added) == ([("a",)], [("b",)])


def test_a_changed_value_is_told_with_its_row_and_column(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = warehouse(tmp_path / "old", quotes=QUOTES)
    moved = [QUOTES[0], QUOTES[1] | {"content_spans": [{"start": 41, "end": 56}]}]
    new = warehouse(tmp_path / "new", quotes=moved)
    assert main([str(old), str(new)]) == 1
    said = capsys.readouterr().out
    assert "content_spans: differs in 1 rows" in said
    assert "q2: [{'start': 40, 'end': 56}] -> [{'start': 41, 'end': 56}]" in said
    assert "content:" not in said


def test_rows_that_came_or_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = warehouse(tmp_path / "old", quotes=QUOTES, other=OTHER)
    new = warehouse(tmp_path / "new", quotes=[QUOTES[0], QUOTES[1] | {"quote_id": "q3"}], other=OTHER[:1])
    found = compare_warehouses(old, new)
    assert (found["quotes"].removed, found["quotes"].added) == ([("q2",)], [("q3",)])
    assert len(found["other"].removed) == 1
    main([str(old), str(new)])
    assert "1 rows added, such as q3" in capsys.readouterr().out


def test_new_columns_and_tables_are_differences(tmp_path: Path) -> None:
    old = warehouse(tmp_path / "old", quotes=QUOTES)
    new = warehouse(tmp_path / "new", quotes=[row | {"report_kind": "speech"} for row in QUOTES], other=OTHER)
    found = compare_warehouses(old, new)
    assert found["quotes"].new_columns == ["report_kind"]
    assert not found["quotes"].changed
    assert len(found["other"].added) == 2


def test_a_folder_that_is_no_warehouse_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path / "nothing"), str(tmp_path)])
    assert stopped.value.code == 2
    assert "is no folder" in capsys.readouterr().err
    with pytest.raises(FileNotFoundError, match="no tables"):
        compare_warehouses(tmp_path, tmp_path)
