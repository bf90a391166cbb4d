"""`onrecord search` on the command line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from flows.cli import app
from flows.search import days_of, printable
from onrecord.warehouse.store import Warehouse
from tests.onrecord.warehouse.made_up_rows import entities_of, path_of, speaker_of, tables_of


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("searched")
    with Warehouse(root).transaction() as tx:
        tx.upsert_articles(tables_of(range(5)))
        tx.upsert("entities", entities_of(range(5)))
    return root


def run(warehouse: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["search", *arguments, "--warehouse", str(warehouse)])
    return result.exit_code, result.output


def said(number: int) -> str:
    text: str = tables_of([number])["quotes"]["content"][0].as_py()
    return text


def test_a_quote_is_shown_with_who_where_when_and_which_characters(warehouse: Path) -> None:
    code, shown = run(warehouse, said(3))
    start = len(speaker_of(3, 0)) + 7
    assert code == 0
    assert f"{speaker_of(3, 0)}\n" in shown
    assert said(3) in shown
    assert f"Outlet 3, 2015-04-04: {path_of(3)}, characters {start}-{start + len(said(3))}\n" in shown


def test_json_is_a_line_for_each_hit(warehouse: Path) -> None:
    code, shown = run(warehouse, said(3), "--json")
    quote, article = map(json.loads, shown.splitlines())
    assert code == 0
    assert (quote["kind"], quote["content"], quote["speaker"]) == ("quote", said(3), speaker_of(3, 0))
    assert (article["kind"], article["source_path"]) == ("article", path_of(3))


def test_a_month_bounds_what_is_found(warehouse: Path) -> None:
    assert said(3) in run(warehouse, said(3), "--since", "2015-04", "--until", "2015-04")[1]
    assert run(warehouse, said(3), "--until", "2015-03") == (0, "Nothing has all of these words\n")


def test_the_index_is_made_anew_where_that_is_asked(warehouse: Path) -> None:
    run(warehouse, said(3))
    (warehouse / ".search" / "index.sqlite").write_bytes(b"nothing of SQLite's" * 100)
    code, shown = run(warehouse, said(3), "--rebuild", "--json")
    assert (code, len(shown.splitlines())) == (0, 2)


@pytest.mark.parametrize("arguments", [[], ["!?"], ["bridge", "--since", "spring"]])
def test_a_question_that_asks_nothing_is_wrong_usage(warehouse: Path, arguments: list[str]) -> None:
    assert run(warehouse, *arguments)[0] == 2


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
    ],
)
def test_days_of_a_year_a_month_or_a_day(told: str, first: str, last: str) -> None:
    assert days_of(told) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@pytest.mark.parametrize("told", ["2024-13", "2024-02-30", "24", "0000", "", "2024-W01-1x"])
def test_what_is_no_day_is_wrong_usage(told: str) -> None:
    with pytest.raises(typer.BadParameter, match="is no day"):
        days_of(told)


def test_text_does_not_steer_the_terminal() -> None:
    assert printable("a\x1b[31mb\u202ec\nd") == "a [31mb c d"
