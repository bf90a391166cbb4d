"""The suites in `expectations/`, run by Great Expectations on pandas frames.

Two phases: a summary over the frame, then row-level details for what failed alone. The context is ephemeral: offline,
without analytics or progress bars; the framework is imported once a process, when the first rows are judged (two to
three seconds, which stand in the report under the step).
"""

from __future__ import annotations

import json
import logging
import os
import warnings
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import pandas as pd
import pyarrow as pa

from onrecord.warehouse.evidence import EVIDENCE
from onrecord.warehouse.tables import TABLES
from tasks.judging import judge_faster, made_once
from tasks.loading import deferred, uncollected

#: What the framework imports for a single expectation, of divergence from a distribution, and its charts: half of the
#: time of its import.
_IN_VAIN = ("altair", "scipy.stats")


class BrokenExpectationError(Exception):
    """An expectation could not be evaluated at all: its suite is at fault, not the data."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation on one frame: over how many rows, and which failed (positions; none for a table-level one)."""

    expectation: str
    reason: str
    severity: str
    success: bool
    evaluated: int
    rows: tuple[int, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def refuses(self) -> bool:
        """Whether it keeps something out: a critical expectation that failed."""
        return not self.success and self.severity == "critical"


def suite_of(table: str) -> list[dict[str, Any]]:
    """A table's expectations: those that its declaration gives, and those written down in `expectations/`."""
    suite = json.loads((files("expectations") / f"{table}.json").read_text("utf-8"))
    declared: list[dict[str, Any]] = [*contract_of(table), *suite["expectations"]]
    return [{**entry, "meta": {**entry["meta"], "number": number}} for number, entry in enumerate(declared)]


def contract_of(table: str) -> list[dict[str, Any]]:
    """What follows from the one declaration of a table: its columns, what may not be null, its vocabularies."""
    declaration = TABLES[table]
    columns = [*declaration.staging_schema.names, *EVIDENCE.get(table, {})]
    made = [_critical("expect_table_columns_to_match_set", _CONTRACT, column_set=columns, exact_match=True)]
    for column in declaration.columns:
        if column.required:
            made.append(_critical("expect_column_values_to_not_be_null", _REQUIRED, column=column.name))
        if column.values and pa.types.is_string(column.datatype):
            allowed = list(column.values)
            made.append(
                _critical("expect_column_values_to_be_in_set", _VOCABULARY, column=column.name, value_set=allowed)
            )
    return made


_CONTRACT = "the public contract: every declared column, and no other"
_REQUIRED = "declared as never null"
_VOCABULARY = "a declared vocabulary, that queries can rely on"


def _critical(kind: str, reason: str, **kwargs: Any) -> dict[str, Any]:
    return {"type": kind, "kwargs": kwargs, "severity": "critical", "meta": {"reason": reason}}


def outcomes(table: str, frame: pd.DataFrame) -> tuple[Outcome, ...]:
    """Run a table's suite on a frame of its own columns and its evidence; an outcome for each expectation, in order.

    Raises `BrokenExpectationError` where an expectation cannot be evaluated.
    """
    declared = suite_of(table)
    found = _judged(table, frame, declared)
    return tuple(_outcome(entry, len(frame), found.get(entry["meta"]["number"])) for entry in declared)


def _judged(table: str, frame: pd.DataFrame, declared: list[dict[str, Any]]) -> dict[int, Any]:
    """The framework's results for those of the expectations that failed, by number."""
    batches = _batch_definition(context(), table)  # imports the framework
    from great_expectations.core import ExpectationSuite

    batch = batches.get_batch({"dataframe": frame.reset_index(drop=True)})
    suite = ExpectationSuite(name=table, expectations=declared)
    with made_once():
        summary = batch.validate(suite, result_format="BOOLEAN_ONLY")
    passed = {_number(result) for result in summary.results if result.success}
    failing = [entry for entry in declared if entry["meta"]["number"] not in passed]
    if not failing:
        return {}
    suite = ExpectationSuite(name=table, expectations=failing)
    with made_once():
        detail = batch.validate(suite, result_format={"result_format": "COMPLETE"})
    return {_number(result): result for result in detail.results}


@lru_cache(maxsize=1)
def context() -> Any:
    """The framework's context; the first call imports the framework."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with warnings.catch_warnings(), uncollected(), deferred(*_IN_VAIN):
        warnings.simplefilter("ignore")
        import great_expectations as gx
    for name in logging.root.manager.loggerDict:
        if name.split(".")[0] == "great_expectations":
            logging.getLogger(name).setLevel(logging.ERROR)
    judge_faster()
    made = gx.get_context(mode="ephemeral")
    made.variables.progress_bars = {"globally": False}  # type: ignore[assignment]
    return made


def _batch_definition(context: Any, table: str) -> Any:
    if table not in context.data_sources.all():
        context.data_sources.add_pandas(table).add_dataframe_asset(table).add_batch_definition_whole_dataframe(table)
    return context.data_sources.get(table).get_asset(table).get_batch_definition(table)


def _number(result: Any) -> int:
    return int(result.expectation_config.meta["number"])


def name_of(entry: dict[str, Any]) -> str:
    """An expectation as reports name it: its kind and its columns."""
    kwargs = entry["kwargs"]
    columns = [kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs]
    return f"{entry['type']}({', '.join([*columns, *kwargs.get('column_list', [])])})"


def _outcome(entry: dict[str, Any], evaluated: int, result: Any) -> Outcome:
    """An expectation's outcome from its detailed result; null where the summary passed it."""
    name = name_of(entry)
    reason, severity = str(entry["meta"]["reason"]), str(entry["severity"])
    if result is None or result.success:
        return Outcome(name, reason, severity, True, evaluated)
    if result.exception_info and result.exception_info.get("raised_exception"):
        message = result.exception_info.get("exception_message")
        raise BrokenExpectationError(f"expectations: {name} could not be evaluated: {message}")
    found = dict(result.result or {})
    rows = tuple(sorted({int(row) for row in found.get("unexpected_index_list") or ()}))
    values = tuple(str(value)[:80] for value in (found.get("partial_unexpected_list") or ())[:20])
    return Outcome(name, reason, severity, False, evaluated, rows, values)
