from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from onrecord.warehouse.check import check
from onrecord.warehouse.commit import FileEntry
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import to_table
from tests.onrecord.warehouse.made_up_rows import entities_of, reject_of, run_of, tables_of


def commit(root: Path, tables: dict[str, pa.Table], entities: pa.Table | None = None) -> Warehouse:
    warehouse = Warehouse(root)
    with warehouse.transaction("r0") as tx:
        tx.upsert_articles(tables)
        tx.upsert("entities", entities_of(range(5)) if entities is None else entities)
        tx.upsert("runs", run_of("r0"))
    return warehouse


def rules(warehouse: Warehouse) -> set[tuple[str, str, int]]:
    with warehouse.latest() as snapshot:
        return {(problem.table, problem.rule, problem.count) for problem in check(snapshot)}


def with_column(rows: pa.Table, name: str, values: list[Any]) -> pa.Table:
    field = rows.schema.field(name)
    return rows.set_column(rows.column_names.index(name), field, pa.array(values, field.type))


@pytest.fixture
def tables() -> dict[str, pa.Table]:
    return tables_of(range(5), months=2)


def test_a_sound_warehouse_has_no_problems(tmp_path: Path, tables: dict[str, pa.Table]) -> None:
    tables["rejects"] = to_table("rejects", [reject_of("x.txt", "bad")])
    assert rules(commit(tmp_path, tables)) == set()


def test_characters_beyond_the_first_plane_count_once(tmp_path: Path, tables: dict[str, pa.Table]) -> None:
    article = tables["articles"].slice(0, 1)
    text = "\U0001f1eb\U0001f1ee e\u0301 \U0001d4d0da said hi."
    article = with_column(
        with_column(article, "text", [text]), "blocks", [[{"kind": "paragraph", "start": 0, "end": len(text)}]]
    )
    mention = tables["mentions"].filter(pa.compute.equal(tables["mentions"]["article_id"], article["article_id"][0]))
    mention = mention.slice(0, 1)
    start = text.index("\U0001d4d0")
    for name, value in (("text", "\U0001d4d0da"), ("start", start), ("end", start + 3)):
        mention = with_column(mention, name, [value])
    entity = entities_of(range(5)).filter(pa.compute.equal(entities_of(range(5))["entity_id"], mention["entity_id"][0]))
    for name, count in (("article_count", 1), ("mention_count", 1), ("quote_count", 0)):
        entity = with_column(entity, name, [count])
    assert rules(commit(tmp_path, {"articles": article, "mentions": mention}, entity)) == set()


@pytest.mark.parametrize(
    ("table", "column", "value", "rule"),
    [
        ("quotes", "quote_type", "shouted", "vocabulary"),
        ("quotes", "cue_start", 0, "span"),
        ("quotes", "content_spans", [{"start": 5, "end": 99_999}], "span"),
        ("quotes", "publisher", "Another Outlet", "copied"),
        ("quotes", "parent_quote_id", "no quote", "reference"),
        ("mentions", "text", "Somebody Else", "span"),
        ("mentions", "run_id", "no run", "reference"),
        ("dates", "timex_type", "WHENEVER", "vocabulary"),
        ("articles", "blocks", [{"kind": "advert", "start": 0, "end": 1}], "vocabulary"),
        ("articles", "blocks", [{"kind": "paragraph", "start": 3, "end": 3}], "span"),
        ("articles", "copy_of", "no article", "reference"),
    ],
)
def test_a_wrong_value_is_found(
    tmp_path: Path, tables: dict[str, pa.Table], table: str, column: str, value: Any, rule: str
) -> None:
    values = tables[table].column(column).to_pylist()
    tables[table] = with_column(tables[table], column, [value, *values[1:]])
    assert rules(commit(tmp_path, tables)) == {(table, rule, 1)}


@pytest.mark.parametrize("column", ["article_count", "mention_count", "quote_count"])
def test_a_wrong_count_of_an_entity_is_found(tmp_path: Path, tables: dict[str, pa.Table], column: str) -> None:
    entities = entities_of(range(5))
    values = [row[column] for row in entities.to_pylist()]
    entities = with_column(entities, column, [values[0] + 1, *values[1:]])
    assert rules(commit(tmp_path, tables, entities)) == {("entities", "count", 1)}


def test_a_quote_of_an_entity_that_is_not_there_is_found_on_both_sides(
    tmp_path: Path, tables: dict[str, pa.Table]
) -> None:
    values = tables["quotes"].column("speaker_entity_id").to_pylist()
    tables["quotes"] = with_column(tables["quotes"], "speaker_entity_id", ["nobody", *values[1:]])
    assert rules(commit(tmp_path, tables)) == {("quotes", "reference", 1), ("entities", "count", 1)}


def test_a_key_that_comes_twice_is_found(tmp_path: Path, tables: dict[str, pa.Table]) -> None:
    tables["dates"] = pa.concat_tables([tables["dates"], tables["dates"].slice(0, 1)])
    assert rules(commit(tmp_path, tables)) == {("dates", "unique", 1)}


def files_of(warehouse: Warehouse, table: str) -> list[tuple[FileEntry, Path]]:
    snapshot = warehouse.latest()
    return [(entry, snapshot.file(table, entry)) for entry in snapshot.entries(table)]


def test_a_changed_byte_a_lost_file_and_a_file_too_many_are_found(tmp_path: Path, tables: dict[str, pa.Table]) -> None:
    warehouse = commit(tmp_path, tables)
    _, quotes = files_of(warehouse, "quotes")[0]
    data = bytearray(quotes.read_bytes())
    data[len(data) // 2] ^= 1
    quotes.write_bytes(data)
    files_of(warehouse, "dates")[0][1].unlink()
    mentions = files_of(warehouse, "mentions")[0][1]
    shutil.copy(mentions, mentions.with_name("part-copy.parquet"))
    assert rules(warehouse) == {("quotes", "files", 1), ("dates", "files", 1), ("mentions", "files", 1)}


def test_a_row_in_the_wrong_month_is_found(tmp_path: Path, tables: dict[str, pa.Table]) -> None:
    warehouse = Warehouse(tmp_path)
    with warehouse.transaction("r0") as tx:
        for name, rows in tables.items():
            tx.stage(name, "1999-12", rows.slice(0, 1))
        tx.upsert("entities", entities_of(range(5)))
        tx.upsert("runs", run_of("r0"))
    assert ("articles", "month", 1) in rules(warehouse)


def test_a_schema_of_another_version_is_found(
    tmp_path: Path, tables: dict[str, pa.Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = commit(tmp_path, tables)
    monkeypatch.setattr("onrecord.warehouse.declaration.SCHEMA_VERSION", 99)
    assert {rule for _, rule, _ in rules(warehouse)} == {"files"}


def test_corrected_rows_and_corrections_that_do_not_go_together_are_found(
    tmp_path: Path, tables: dict[str, pa.Table]
) -> None:
    quotes = tables["quotes"].sort_by("quote_id")
    first, second = quotes["quote_id"].to_pylist()[:2]
    tables["quotes"] = with_column(quotes, "corrected", [row == first for row in quotes["quote_id"].to_pylist()])
    warehouse = commit(tmp_path, tables)
    assert rules(warehouse) == {("quotes", "corrected", 1)}
    row = {
        "correction_id": "c", "made_at": dt.datetime(2024, 5, 9, tzinfo=dt.UTC), "made_by": "desk", "table": "quotes",
        "row_id": first, "article_id": "a", "column": "speaker_name", "anchor": "words", "applied": True,
    }  # fmt: skip
    for row_id, found in ((first, set()), (second, {("quotes", "corrected", 1)})):
        with warehouse.transaction() as tx:
            tx.upsert("corrections", to_table("corrections", [row | {"row_id": row_id}]))
        assert rules(warehouse) == found
    with warehouse.transaction() as tx:
        tx.upsert("corrections", to_table("corrections", [row | {"column": "quote_id", "row_id": second}]))
    assert rules(warehouse) == {("quotes", "corrected", 1)}
