"""The index follows the warehouse: commits, rollbacks, time travel and removals; and it can always be thrown away."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from onrecord.warehouse.errors import SearchUnavailable
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.search import Hit, Search, SearchIndex, article_hits, quote_hits
from onrecord.warehouse.search.schema import FORMAT
from onrecord.warehouse.store import Warehouse
from tests.onrecord.warehouse.made_up_rows import entities_of, path_of, tables_of

MONTHS = 3


def commit(warehouse: Warehouse, numbers: range, edition: int = 0) -> None:
    with warehouse.transaction() as tx:
        tx.upsert_articles(tables_of(numbers, months=MONTHS, edition=edition))
        tx.upsert("entities", entities_of(range(50)))


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path / "warehouse")
    commit(made, range(40))
    return made


def words_of(number: int, edition: int = 0) -> str:
    """What the first speaker of an article says."""
    text: str = tables_of([number], edition=edition)["quotes"]["content"][0].as_py()
    return text


def hits(warehouse: Warehouse, words: str, at: int | None = None) -> list[Hit]:
    with warehouse.latest() if at is None else warehouse.at(at) as snapshot, SearchIndex(warehouse.root) as index:
        return quote_hits(index, snapshot, Search(words))


def paths(found: list[Hit]) -> list[str]:
    return [hit.source_path for hit in found]


def numbers_of_documents(warehouse: Warehouse) -> set[tuple[int, str]]:
    with sqlite3.connect(warehouse.root / ".search" / "index.sqlite") as connection:
        return set(connection.execute("select id, article_id from articles_document"))


def test_a_quote_is_found_by_its_words_with_its_characters(warehouse: Warehouse) -> None:
    (hit,) = hits(warehouse, words_of(7))
    assert hit.source_path == path_of(7)
    text = tables_of([7], months=MONTHS)["articles"]["text"][0].as_py()
    assert hit.start is not None and hit.end is not None
    assert text[hit.start : hit.end] == hit.sentence
    assert [text[span.start : span.end] for span in hit.spans] == [words_of(7)]
    assert hit.content == words_of(7)


def test_an_article_is_found_by_its_words(warehouse: Warehouse) -> None:
    words = tables_of([7])["articles"]["body"][0].as_py().split()[-8:]
    with warehouse.latest() as snapshot, SearchIndex(warehouse.root) as index:
        (hit,) = article_hits(index, snapshot, Search(" ".join(words)))
    assert (hit.source_path, hit.kind, hit.outlet) == (path_of(7), "article", "Outlet 0")
    assert [hit.sentence[m.start - (hit.start or 0) : m.end - (hit.start or 0)] for m in hit.matches][-8:] == words


def test_what_a_commit_adds_is_found_and_nothing_else_is_read_again(warehouse: Warehouse) -> None:
    assert hits(warehouse, words_of(41)) == []
    before = numbers_of_documents(warehouse)
    commit(warehouse, range(41, 42))
    assert paths(hits(warehouse, words_of(41))) == [path_of(41)]
    after = numbers_of_documents(warehouse)
    assert {name for _, name in after - before} == {article_id(path_of(41))}
    assert before <= after


def test_what_is_read_again_is_found_by_its_new_words_only(warehouse: Warehouse) -> None:
    old = words_of(7)
    assert paths(hits(warehouse, old)) == [path_of(7)]
    commit(warehouse, range(7, 8), edition=1)
    assert hits(warehouse, old) == []
    assert paths(hits(warehouse, words_of(7, edition=1))) == [path_of(7)]


def test_time_travel_and_rollback_answer_as_the_tables_were(warehouse: Warehouse) -> None:
    first = warehouse.latest().number
    commit(warehouse, range(41, 42))
    second = warehouse.latest().number
    with warehouse.transaction() as tx:
        tx.remove_articles([article_id(path_of(41)), article_id(path_of(7))])
    assert paths(hits(warehouse, words_of(41), at=second)) == [path_of(41)]
    assert hits(warehouse, words_of(41), at=first) == []
    assert hits(warehouse, words_of(41)) == hits(warehouse, words_of(7)) == []
    assert paths(hits(warehouse, words_of(7), at=first)) == [path_of(7)]
    warehouse.rollback(second)
    assert paths(hits(warehouse, words_of(41))) == [path_of(41)]


def test_what_no_snapshot_has_any_more_is_forgotten(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse", keep=1, retention=dt.timedelta(0))
    commit(warehouse, range(40))
    assert len(hits(warehouse, words_of(7))) == 1
    with warehouse.transaction() as tx:
        tx.remove_articles([article_id(path_of(7))])
    commit(warehouse, range(41, 42))  # a commit keeps the snapshot that it started from
    assert warehouse.kept() == [1, 2]
    assert hits(warehouse, words_of(7)) == []
    assert article_id(path_of(7)) not in {name for _, name in numbers_of_documents(warehouse)}
    with sqlite3.connect(warehouse.root / ".search" / "index.sqlite") as connection:
        for kind in ("quotes", "articles"):
            connection.execute(f"insert into {kind}_index({kind}_index) values ('integrity-check')")  # noqa: S608
            found = connection.execute(
                f"select rowid from {kind}_index where {kind}_index match ?",  # noqa: S608
                (f'"{words_of(7)}"',),
            )
            assert found.fetchall() == []


def test_the_index_can_be_deleted_and_comes_again(warehouse: Warehouse) -> None:
    before = hits(warehouse, "word1 word2")
    SearchIndex.discard(warehouse.root)
    assert not (warehouse.root / ".search").exists()
    assert hits(warehouse, "word1 word2") == before


def test_an_index_of_another_format_is_made_anew(warehouse: Warehouse) -> None:
    before = hits(warehouse, words_of(7))
    with sqlite3.connect(warehouse.root / ".search" / "index.sqlite") as connection:
        connection.execute("drop table articles_document")
        connection.execute(f"pragma user_version = {FORMAT + 1}")
    assert hits(warehouse, words_of(7)) == before


def test_what_was_stopped_in_the_middle_goes_on(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    add = SearchIndex._add
    done: list[str] = []

    def stops(self: SearchIndex, *file: object) -> None:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(str(file[1]))
        add(self, *file)  # type: ignore[arg-type]

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(SearchIndex, "_add", stops)
        hits(warehouse, "word1")
    assert paths(hits(warehouse, words_of(7))) == [path_of(7)]


def test_a_broken_index_says_what_to_do(warehouse: Warehouse) -> None:
    hits(warehouse, "word1")
    (warehouse.root / ".search" / "index.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(SearchUnavailable, match=r"index\.sqlite.*can be deleted"):
        hits(warehouse, "word1")


def test_two_at_once_make_one_index(warehouse: Warehouse) -> None:
    with warehouse.latest() as snapshot, SearchIndex(warehouse.root) as one, SearchIndex(warehouse.root) as other:
        missing = list(other._missing(snapshot))
        one.ask_at(snapshot)
        for file in missing:
            other._add(*file)
        other.ask_at(snapshot)
        assert paths(quote_hits(other, snapshot, Search(words_of(7)))) == [path_of(7)]
    assert len(numbers_of_documents(warehouse)) == 40
