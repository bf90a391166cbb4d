"""The example notebook runs, cell by cell, over a warehouse of the sample's people."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

import onrecord
from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.document.article import Article
from onrecord.settings import Settings
from onrecord.warehouse.errors import NoSnapshot
from onrecord.warehouse.notebook import OpenWarehouse, Rows
from onrecord.warehouse.rows import Lineage, article_rows
from tests.flows.small_corpus import rows

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"
TEXTS = {
    "a.txt": "May 8, 2024\n\nHARROW: “The bridge is safe,” Mayor Ada Strand told the Gazette on Monday.\n",
    "b.txt": "HARROW: Sheriff Bo Tarn said nothing had been paid. <b>“No,”</b> he said.\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("notebook")
    (place / "raw").mkdir()
    for name, text in TEXTS.items():
        (place / "raw" / name).write_text(text, "utf-8")
    run_steps(Settings(raw=place / "raw", warehouse=place / "warehouse", workers=1), Plain(1))
    return place


def run_cell(source: str, names: dict[str, Any]) -> Any:
    """What the cell's last expression gives."""
    tree = ast.parse(source)
    last = tree.body[-1]
    if not isinstance(last, ast.Expr):
        exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - the notebook is the project's own
        return None
    exec(compile(ast.Module(tree.body[:-1], []), "cell", "exec"), names)  # noqa: S102
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)  # noqa: S307


def test_the_example_notebook_runs(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    names: dict[str, Any] = {}
    shown = [
        run_cell("".join(cell["source"]), names)
        for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    assert repr(shown[0]).startswith("<warehouse at snapshot 0: 2 articles")
    assert isinstance(shown[1], Rows) and "The bridge is safe" in shown[1]._repr_html_()
    assert "Ada Strand" in shown[4]._repr_html_() and "Ada Quill" in shown[5]._repr_html_()


def test_quotes_are_found_by_speaker_outlet_and_day(place: Path) -> None:
    with onrecord.open(place / "warehouse") as warehouse:
        assert {row["speaker"] for row in warehouse.quotes("strand")} == {"Ada Strand"}
        assert len(warehouse.quotes("%")) == 0
        assert len(warehouse.quotes(since="2024-05-06", until="2024-05-06")) == 1
        assert len(warehouse.quotes("Strand", since="2024-05-07")) == 0
        found = warehouse.quotes()
        assert len(found) == found.pandas().shape[0] == found.arrow().num_rows == found.polars().height > 1
        with pytest.raises(ValueError, match="the query failed"):
            warehouse.sql("select nothing from nowhere")
        assert warehouse.sql("select ? as x", ["<b>"])._repr_html_().count("&lt;b&gt;") == 1
    with pytest.raises(NoSnapshot):
        OpenWarehouse(place / "warehouse", at=7)


def test_an_article_comes_back_from_its_rows_as_it_was_read(place: Path) -> None:
    with onrecord.open(place / "warehouse") as warehouse:
        for name, text in TEXTS.items():
            found = warehouse.article(name)
            read = onrecord.read(text)
            assert isinstance(found, Article) and len(found.quotes) == len(read.quotes) > 0
            (stored,) = [row for row in rows(place / "warehouse", "articles") if row["source_path"] == name]
            lineage = Lineage(**{key: stored[key] for key in Lineage.__slots__ if key in stored})
            parts = [
                [{key: value for key, value in row.items() if "local_id" not in key and key != "roles"} for row in of]
                for article in (found, read)
                for of in (article_rows(article, lineage)[table] for table in ("quotes", "mentions", "dates"))
            ]
            assert rounded(parts[:3]) == rounded(parts[3:])
        with pytest.raises(KeyError, match=r"no article .c\.txt"):
            warehouse.article("c.txt")


def rounded(value: Any) -> Any:
    """Without what a float of 32 bits has lost."""
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, list):
        return [rounded(part) for part in value]
    return {key: rounded(part) for key, part in value.items()} if isinstance(value, dict) else value
