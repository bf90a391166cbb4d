"""Copies of a warehouse: one with its links is a warehouse of its own, one without them is refused in a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from onrecord.warehouse.errors import NoLinks
from onrecord.warehouse.store import Warehouse
from tests.onrecord.warehouse.made_up_rows import tables_of


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with Warehouse(tmp_path / "first").transaction() as tx:
        tx.upsert_articles(tables_of(range(5), months=1))
    return tmp_path / "first"


def test_the_views_of_a_copy_read_the_copy(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "it's a copy"
    shutil.copytree(root, copy, symlinks=True)
    shutil.rmtree(root)
    monkeypatch.chdir(copy)
    connection = duckdb.connect()
    connection.execute((copy / "views.sql").read_text("utf-8"))
    assert connection.sql("select count(*) from articles").fetchall() == [(5,)]
    assert str(tmp_path) not in (copy / "views.sql").read_text("utf-8")
    with Warehouse(copy).transaction() as tx:
        tx.upsert_articles(tables_of([7], months=1))
    with Warehouse(copy).latest() as latest:
        assert latest.rows("articles") == 6


def test_a_copy_without_links_is_refused_in_a_sentence(root: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    with pytest.raises(NoLinks, match="is a copy without the symbolic links of a warehouse: copy the first one again"):
        Warehouse(copy).latest()
    with pytest.raises(NoLinks), Warehouse(copy).transaction():
        pass
    shutil.rmtree(copy / ".store" / "current")
    (copy / ".store" / "current").write_text("snapshots/00000000")  # what an archive without links makes of one
    with pytest.raises(NoLinks):
        Warehouse(copy).exists()
