"""What is read plainly is what Great Expectations says, row for row; what is not certain, it is asked."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st

from onrecord.warehouse.evidence import is_null
from tasks import suites
from tasks.plainly import failing
from tasks.suites import outcomes, suite_of

TABLES = ("articles", "quotes", "mentions", "dates", "entities")
ROWS = 6
WORDS = [
    "",
    " ",
    "en",
    "en-GB",
    "EN",
    "../a.txt",
    "/a",
    "a\nb",
    "a\u2028",
    "0" * 64,
    "P1D",
    "https://a.test",
    "Zoë",
    "x" * 300,
]
POOLS: dict[type, list[Any]] = {
    str: [*WORDS, None],
    bool: [True, False],
    int: [-1, 0, 1, 2, 1700, 10**9],
    float: [-0.1, 0.0, 0.5, 1.0, 1.1, 7.0, float("nan")],
    dt.date: [None, dt.date(1500, 1, 1), dt.date(2030, 1, 1)],
}


def kind_of(column: pd.Series) -> type | None:
    """The type of a column's values, where one of `POOLS` can stand among them."""
    kinds = {type(value) for value in column.tolist() if not is_null(value)}
    return next((kind for kind in POOLS if kinds == {kind}), None)


def damaged(frame: pd.DataFrame, data: st.DataObject) -> pd.DataFrame:
    """So many rows like the first ones, some cells with other values of their type or of another row."""
    made = pd.concat([frame] * ROWS, ignore_index=True).iloc[:ROWS]
    kinds = {name: kind for name in made.columns if (kind := kind_of(made[name])) is not None}
    columns = {name: made[name].tolist() for name in kinds}
    for name in data.draw(st.lists(st.sampled_from(sorted(kinds)), max_size=12), "columns"):
        place = data.draw(st.integers(0, ROWS - 1))
        columns[name][place] = data.draw(st.sampled_from([*POOLS[kinds[name]], *columns[name]]), name)
    return made.assign(**{name: pd.Series(values, dtype=made[name].dtype) for name, values in columns.items()})


@pytest.mark.parametrize("table", TABLES)
def test_what_is_read_plainly_is_what_the_framework_says(table: str, frames: dict[str, pd.DataFrame]) -> None:
    judged: set[bool] = set()

    @seed(8)
    @settings(max_examples=12, deadline=None, phases=[Phase.generate])
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        frame = damaged(frames[table], data)
        for entry, outcome in zip(suite_of(table), outcomes(table, frame), strict=True):
            rows = failing(entry, frame)
            if rows is not None:
                assert (outcome.success, outcome.rows) == (not rows, rows), entry
                judged.add(not rows)

    agree()
    assert judged == {True, False}, "the cells that were changed break nothing"


@pytest.mark.parametrize("table", TABLES)
def test_valid_rows_are_read_plainly_throughout(table: str, frames: dict[str, pd.DataFrame]) -> None:
    unsure = [e for e in suite_of(table) if e["severity"] == "critical" and failing(e, frames[table]) != ()]
    assert unsure == []


def entry_of(kind: str, **kwargs: Any) -> dict[str, Any]:
    return {"type": kind, "kwargs": kwargs, "severity": "critical", "meta": {"reason": "", "number": 0}}


@pytest.mark.parametrize(
    ("entry", "values"),
    [
        (entry_of("expect_column_values_to_be_in_type_list", column="a", type_list=["str"]), ["x"]),
        (entry_of("expect_column_values_to_not_be_null", column="a", mostly=0.5), ["x", None]),
        (entry_of("expect_column_values_to_not_be_null", column="b"), ["x"]),
        (entry_of("expect_column_values_to_be_in_set", column="a", value_set=["x", 1]), ["x"]),
        (entry_of("expect_column_values_to_be_in_set", column="a", value_set=[True]), [True, 1]),
        (entry_of("expect_column_values_to_be_between", column="a", min_value=1), [2, "3"]),
        (entry_of("expect_column_values_to_be_between", column="a", min_value=1, strict_min=True), [2]),
        (entry_of("expect_column_value_lengths_to_be_between", column="a", min_value=1), ["x", 7]),
        (entry_of("expect_column_values_to_match_regex", column="a", regex="^x$"), ["x", "x\n"]),
        (entry_of("expect_column_values_to_match_regex", column="a", regex=r"^\w$"), ["ä"]),
        (entry_of("expect_column_values_to_match_regex", column="a", regex="(?i)x"), ["X"]),
        (entry_of("expect_column_values_to_be_unique", column="a"), ["x", 1.0]),
        (entry_of("expect_compound_columns_to_be_unique", column_list=["a", "a"]), ["x", None]),
        (entry_of("expect_column_pair_values_to_be_equal", column_A="a", column_B="a"), ["x"]),
        (entry_of("expect_table_columns_to_match_set", column_set=["a", "b"], exact_match=True), ["x"]),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_what_is_not_certain_is_left_to_the_framework(entry: dict[str, Any], values: list[Any]) -> None:
    assert failing(entry, pd.DataFrame({"a": pd.Series(values, dtype=object)})) is None


def test_only_the_framework_turns_rows_away(frames: dict[str, pd.DataFrame], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = suites._judged

    def judged(table: str, frame: pd.DataFrame, declared: list[dict[str, Any]]) -> dict[int, Any]:
        asked.extend(entry["type"] for entry in declared)
        return real(table, frame, declared)

    monkeypatch.setattr(suites, "_judged", judged)
    broken = frames["mentions"].copy()
    broken.loc[1, "text_at_span"] = "another"
    refused = [o for o in outcomes("mentions", broken, few=True) if o.refuses]
    assert [o.rows for o in refused] == [(1,)]
    assert asked == ["expect_column_pair_values_to_be_equal"]


FEW = """
import sys
import flows.ingest
from flows.orchestration import Plain
from onrecord.settings import Settings
from pathlib import Path
settings = Settings(raw=Path(sys.argv[1]), warehouse=Path(sys.argv[2]), full=sys.argv[3] == "full")
report = flows.ingest.run_steps(settings, Plain(1))
assert report.new + report.outdated == 1 and report.rows["articles"] == 1 and report.checks
print(report.few, "great_expectations" in sys.modules)
"""


def test_a_run_of_few_files_does_without_the_framework_and_a_full_one_does_not(tmp_path: Any) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text("Bridge is safe\n\nHARROW - “It is safe,” Mayor Ada Quill said.\n", "utf-8")
    for how, printed in (("few", "True False"), ("full", "False True")):
        command = [sys.executable, "-c", FEW, str(tmp_path / "raw"), str(tmp_path / "warehouse"), how]
        assert subprocess.check_output(command, text=True).strip() == printed
