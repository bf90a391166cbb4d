"""Every expectation catches a row that breaks it, and only that row: the break is written beside the expectation."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files
from typing import Any

import pandas as pd
import pytest

from onrecord.article import Article
from onrecord.evidence import ARTICLE_PARTS, EVIDENCE, article_evidence, entity_evidence
from onrecord.warehouse.rows import Lineage, article_rows
from onrecord.warehouse.tables import TABLES, to_table
from tasks.suites import Outcome, contract_of, outcomes, suite_of
from tasks.validate import to_frame

TODAY = dt.date(2024, 5, 9)
SUITES = sorted(TABLES.keys() & {f.name.removesuffix(".json") for f in files("expectations").iterdir()})


def written(table: str) -> list[dict[str, Any]]:
    suite = json.loads((files("expectations") / f"{table}.json").read_text("utf-8"))
    return list(suite["expectations"])


def entity(key: str, name: str) -> dict[str, Any]:
    day = dt.date(2024, 5, 8)
    return {
        "entity_id": key, "name": name, "entity_type": "PERSON", "aliases": ["Quill"], "roles": [], "first_seen": day,
        "last_seen": day, "article_count": 1, "mention_count": 2, "quote_count": 2, "merged_ids": [],
    }  # fmt: skip


def run(key: str) -> dict[str, Any]:
    counts = {name: 0 for name in TABLES["runs"].schema.names if name.startswith(("files_", "rows_"))}
    start = dt.datetime(2024, 5, 9, tzinfo=dt.UTC)
    return {
        "run_id": key, "flow": "ingest", "started_at": start, "finished_at": start + dt.timedelta(seconds=5),
        "pipeline_version": "0", "parameters": "{}", **counts,
    }  # fmt: skip


def reject(path: str) -> dict[str, Any]:
    return {
        "run_id": "r", "source_path": path, "stage": "read", "reason": "the file is empty", "severity": "critical",
        "pipeline_version": "0",
    }  # fmt: skip


@pytest.fixture
def frames(read_by_hand: Article, lineage: Lineage) -> dict[str, pd.DataFrame]:
    """Two valid rows a table at least, with their evidence."""
    other = Lineage(**{**{f: getattr(lineage, f) for f in lineage.__slots__}, "source_path": "gazette/bridge.txt"})
    rows: dict[str, list[Any]] = {}
    for source in (lineage, other):
        for table, made in article_rows(read_by_hand, source).items():
            rows.setdefault(table, []).extend(made)
    plain = {table: to_frame(to_table(table, made, staging=True)) for table, made in rows.items()}
    articles = {row["article_id"]: row for row in plain["articles"].to_dict("records")}
    frames = {"articles": pd.concat([plain["articles"], article_evidence(plain["articles"], TODAY)], axis=1)}
    for table, evidence in ARTICLE_PARTS.items():
        frames[table] = pd.concat([plain[table], evidence(plain[table], articles, TODAY)], axis=1)
    entities = to_frame(to_table("entities", [entity("a", "Ada Quill"), entity("b", "Bo Quill")]))
    frames["entities"] = pd.concat([entities, entity_evidence(entities)], axis=1)
    frames["runs"] = to_frame(to_table("runs", [run("a"), run("b")]))
    frames["rejects"] = to_frame(to_table("rejects", [reject("a.txt"), reject("b.txt")]))
    return frames


def failures_in(table: str, frame: pd.DataFrame) -> list[Outcome]:
    return [outcome for outcome in outcomes(table, frame) if not outcome.success]


@pytest.mark.parametrize("table", SUITES)
def test_valid_rows_pass(table: str, frames: dict[str, pd.DataFrame]) -> None:
    assert [f.expectation for f in failures_in(table, frames[table]) if f.refuses] == []


@pytest.mark.parametrize("table", SUITES)
def test_each_expectation_catches_its_break(table: str, frames: dict[str, pd.DataFrame]) -> None:
    for entry in written(table):
        frame = frames[table].copy().astype(object)
        for column, value in entry["meta"]["breaks"].items():
            frame.at[1, column] = frame.at[0, column] if value == "__same__" else value
        caught = {f.expectation: f.rows for f in failures_in(table, restored(frame, frames[table]))}
        named = [rows for name, rows in caught.items() if name.startswith(entry["type"] + "(") and 1 in rows]
        assert named, f"{entry['type']} {entry['kwargs']} let {entry['meta']['breaks']} through; failed: {caught}"


def restored(frame: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """Column types as they were, where the break allows it."""
    for column in frame.columns:
        if pd.api.types.is_datetime64_any_dtype(like[column]):
            frame[column] = pd.to_datetime(frame[column], utc=True)
        elif str(like[column].dtype) != "object":
            frame[column] = frame[column].infer_objects()
    return frame


@pytest.mark.parametrize("table", SUITES)
def test_the_contract_holds_every_column(table: str, frames: dict[str, pd.DataFrame]) -> None:
    short = frames[table].drop(columns=[TABLES[table].schema.names[-1]])
    failed = [f for f in failures_in(table, short) if f.expectation.startswith("expect_table_columns_to_match_set")]
    assert failed and failed[0].rows == ()


@pytest.mark.parametrize("table", SUITES)
def test_declared_columns_may_not_be_null_nor_leave_their_vocabulary(
    table: str, frames: dict[str, pd.DataFrame]
) -> None:
    for entry in contract_of(table)[1:]:
        column = entry["kwargs"]["column"]
        frame = frames[table].copy().astype(object)
        frame.at[1, column] = None if "null" in entry["type"] else "no such value"
        failed = [f.rows for f in failures_in(table, frame) if f.expectation == f"{entry['type']}({column})"]
        assert failed == [(1,)], (column, failed)


def test_expectations_name_columns_that_exist() -> None:
    for table in SUITES:
        known = {*TABLES[table].staging_schema.names, *EVIDENCE.get(table, {})}
        for entry in suite_of(table):
            kwargs = entry["kwargs"]
            named = {kwargs[k] for k in ("column", "column_A", "column_B") if k in kwargs} | {
                *kwargs.get("column_list", [])
            }
            assert named <= known, (table, named - known)
            assert entry["meta"]["reason"]
