"""Every expectation catches a row that breaks it, and only that row: the break is written beside the expectation."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from importlib.resources import files
from typing import Any

import pandas as pd
import pytest

from onrecord.warehouse.evidence import EVIDENCE
from onrecord.warehouse.tables import TABLES
from tasks.suites import Outcome, context, contract_of, outcomes, suite_of

SUITES = sorted(TABLES.keys() & {f.name.removesuffix(".json") for f in files("expectations").iterdir()})


def written(table: str) -> list[dict[str, Any]]:
    suite = json.loads((files("expectations") / f"{table}.json").read_text("utf-8"))
    return list(suite["expectations"])


def caught_by(entry: dict[str, Any], table: str, frame: pd.DataFrame) -> tuple[int, ...]:
    """The rows that this one expectation of the table's suite fails for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tasks.suites.suite_of", lambda _table: [{**entry, "meta": {**entry["meta"], "number": 0}}])
        (outcome,) = outcomes(table, frame)
    return outcome.rows


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
            same: Any = frame.at[0, column]
            frame.at[1, column] = same if value == "__same__" else value
        caught = caught_by(entry, table, restored(frame, frames[table]))
        assert 1 in caught, f"{entry['type']} {entry['kwargs']} let {entry['meta']['breaks']} through; failed: {caught}"


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
        assert caught_by(entry, table, frame) == (1,), column


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


@pytest.mark.parametrize("table", SUITES)
def test_what_expectations_remember_changes_no_outcome(
    table: str, frames: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = frames[table].copy().astype(object)
    broken.at[1, TABLES[table].primary_key[0]] = None
    remembered = outcomes(table, broken)
    assert not all(outcome.success for outcome in remembered)
    monkeypatch.setattr("tasks.suites.made_once", contextlib.nullcontext)
    assert outcomes(table, broken) == remembered


@pytest.mark.parametrize(
    "values",
    [
        {"column": "text", "batch_id": "b", "row_condition": None},
        {"column": "n", "min_value": 1, "strict_min": True},
        {"column": "n", "min_value": float("nan"), "max_value": 2.5},
        {"column": "day", "value_set": ["direct", dt.date(2024, 5, 8)]},
    ],
)
def test_identities_of_metrics_are_those_that_the_framework_makes(values: dict[str, Any]) -> None:
    context()
    from great_expectations.core.id_dict import IDDict
    from great_expectations.util import convert_to_json_serializable

    whole = json.dumps(convert_to_json_serializable(values), sort_keys=True)
    assert IDDict(values).to_id() == hashlib.md5(whole.encode(), usedforsecurity=False).hexdigest()
