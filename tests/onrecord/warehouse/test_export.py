"""Exports: whole, relative, with their dictionary, and never a formula."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.warehouse.export import ExportError, export
from onrecord.warehouse.export import workbook as workbooks
from onrecord.warehouse.export.cells import FORMULA, cell, flat_columns, guarded
from onrecord.warehouse.store import Warehouse
from tests.onrecord.warehouse.made_up_rows import entities_of, tables_of

FORMULAS = ["=HYPERLINK(1)", "+1", "-2", "@SUM(A1)", "\t=1", "\uff1d1", "said = 1"]


def filled(root: Path) -> Warehouse:
    """Seven articles; the headlines begin like formulas."""
    tables = tables_of(range(7), months=2)
    at = tables["articles"].column_names.index("headline")
    fresh = pa.array(FORMULAS, pa.string())
    tables["articles"] = tables["articles"].set_column(at, tables["articles"].schema.field("headline"), fresh)
    warehouse = Warehouse(root / "warehouse")
    with warehouse.transaction("r0", pipeline_version="1") as commit:
        commit.upsert_articles(tables)
        commit.upsert("entities", entities_of(range(7)))
    return warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    return filled(tmp_path)


def write(warehouse: Warehouse, to: Path, **more: Any) -> dict[str, int]:
    with warehouse.latest() as snapshot:
        done = export(snapshot, to, **more)
    assert [path.name for path in to.parent.iterdir() if path.name.startswith(".")] == []
    for path in done.paths:
        for file in [path] if path.is_file() else path.rglob("*"):
            assert str(warehouse.root).encode() not in (file.read_bytes() if file.is_file() else b""), file
    return done.rows


def test_a_workbook_has_words_for_formulas_days_and_its_dictionary(warehouse: Warehouse, tmp_path: Path) -> None:
    rows = write(warehouse, tmp_path / "out" / "all.xlsx")
    assert rows["quotes_by_speaker"] == 21 and rows["articles"] == 7
    book = openpyxl.load_workbook(tmp_path / "out" / "all.xlsx")
    assert book.sheetnames == ["about", "quotes_by_speaker", "statements", "entities", "articles"]
    sheet = list(book["articles"].iter_rows(values_only=True))
    names = list(sheet[0])
    assert "text" not in names and len(sheet) == 8
    assert {row[names.index("headline")] for row in sheet[1:]} == set(FORMULAS)
    assert all(of.data_type != "f" for of_sheet in book for row in of_sheet.iter_rows() for of in row)
    days = [row[names.index("date_published")] for row in sheet[1:]]
    assert all(isinstance(day, dt.datetime) for day in days)
    about = {(row[0], row[1]): row[3] for row in book["about"].iter_rows(values_only=True)}
    assert about["articles", "headline"] == "Headline." and about["statements", "outlets"]
    for name in book.sheetnames[1:]:
        header = next(book[name].iter_rows(values_only=True))
        assert all(about[name, column] for column in header), name


def test_a_csv_file_has_guarded_cells_and_its_dictionary_beside_it(warehouse: Warehouse, tmp_path: Path) -> None:
    write(warehouse, tmp_path / "out" / "all.csv", query="select headline, authors, blocks, word_count from articles")
    text = (tmp_path / "out" / "all.csv").read_text("utf-8-sig")
    found = list(csv.DictReader(text.splitlines()))
    assert {row["headline"] for row in found} == {guarded(words) for words in FORMULAS}
    assert sum(row["headline"].startswith("'") for row in found) == 6
    assert json.loads(found[0]["blocks"])[0]["kind"] == "paragraph" and found[0]["authors"].startswith("Author")
    told = (tmp_path / "out" / "all.csv.README.md").read_text("utf-8")
    assert "| headline | varchar | Headline. |" in told and "select headline" in told
    assert write(warehouse, tmp_path / "out" / "quotes.csv") == {"quotes_by_speaker": 21}


def test_json_lines_keep_what_is_made_of_parts(warehouse: Warehouse, tmp_path: Path) -> None:
    write(warehouse, tmp_path / "out" / "all.jsonl", query="select headline, blocks from articles")
    lines = [json.loads(line) for line in (tmp_path / "out" / "all.jsonl").read_text("utf-8").splitlines()]
    assert {line["headline"] for line in lines} == set(FORMULAS) and lines[0]["blocks"][0]["start"] == 0
    assert (tmp_path / "out" / "all.jsonl.README.md").exists()


def test_a_database_has_tables_with_comments_and_the_views(warehouse: Warehouse, tmp_path: Path) -> None:
    write(warehouse, tmp_path / "out" / "all.duckdb")
    with duckdb.connect(str(tmp_path / "out" / "all.duckdb"), read_only=True) as database:
        assert database.sql("select count(*) from quotes_by_speaker").fetchall() == [(21,)]
        assert database.sql("select count(*) from statements").fetchall()[0][0] > 0
        comments = database.sql("select count(*) from duckdb_columns() where table_name = 'quotes' and comment is null")
        assert comments.fetchall() == [(0,)]
        tables = {name for (name,) in database.sql("select table_name from duckdb_tables()").fetchall()}
        assert tables == {"articles", "quotes", "entities", "mentions", "dates", "about"}


def test_a_folder_has_the_files_views_by_relative_paths_and_a_readme(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(warehouse, tmp_path / "out" / "all")
    (tmp_path / "out").rename(tmp_path / "elsewhere")
    folder = tmp_path / "elsewhere" / "all"
    assert "## quotes" in (folder / "README.md").read_text("utf-8")
    assert pq.read_table(folder / "articles").num_rows == 7
    monkeypatch.chdir(folder)
    with duckdb.connect() as database:
        database.execute((folder / "views.sql").read_text("utf-8"))
        assert database.sql("select count(*) from quotes_by_speaker").fetchall() == [(21,)]


@pytest.mark.parametrize("name", ["all.csv", "all"])
def test_what_is_there_is_replaced_only_where_that_is_said(warehouse: Warehouse, tmp_path: Path, name: str) -> None:
    to = tmp_path / "out" / name
    write(warehouse, to)
    with pytest.raises(ExportError, match="is there already"):
        write(warehouse, to)
    write(warehouse, to, overwrite=True)


@pytest.mark.parametrize(
    ("name", "query", "reason"),
    [
        ("all.xls", None, "no format of that ending"),
        ("all", "select 1", "go into a file"),
        ("all.csv", "select nothing", "the export failed"),
        ("all.duckdb", "select", "the export failed"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_left(
    warehouse: Warehouse, tmp_path: Path, name: str, query: str | None, reason: str
) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(ExportError, match=reason):
        write(warehouse, tmp_path / "out" / name, query=query)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_sheet_that_is_too_large_is_refused_before_anything_is_written(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 20)
    with pytest.raises(ValueError, match=r"quotes_by_speaker has 21 rows.*take .csv"):
        write(warehouse, tmp_path / "out" / "all.xlsx")
    assert list((tmp_path / "out").iterdir()) == []


@given(st.text())
def test_no_text_is_a_formula_and_none_is_lost(text: str) -> None:
    found = guarded(text)
    assert not found.startswith(FORMULA) and found.removeprefix("'") == text.removeprefix("'")
    with duckdb.connect() as connection:
        connection.execute("create table t(words varchar)")
        connection.execute("insert into t values (?)", [text.replace("\0", "")])
        (column,) = flat_columns(connection, "from t")
        assert connection.sql("from t").project(column).fetchall() == [(guarded(text.replace("\0", "")),)]


def test_lists_of_words_and_parts_are_cells() -> None:
    assert [cell(value) for value in (["a", "b"], [], [{"a": 1}], {"a": dt.date(2024, 5, 8)}, 3, None)] == [
        "a; b", "", '[{"a": 1}]', '{"a": "2024-05-08"}', 3, None,
    ]  # fmt: skip
