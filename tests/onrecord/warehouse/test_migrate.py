"""Warehouses that schema versions 1 and 2 wrote (of the raw files in `version_1/`), brought to this version."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest

from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.cross_document.utterances import QUOTES, identify_in
from onrecord.settings import Settings
from onrecord.warehouse.check import check
from onrecord.warehouse.corrections.making import Editor, correct_quote
from onrecord.warehouse.corrections.recording import record
from onrecord.warehouse.corrections.table import CorrectedColumn
from onrecord.warehouse.declaration import SCHEMA_VERSION
from onrecord.warehouse.errors import SchemaVersionDiffers
from onrecord.warehouse.query import connect
from onrecord.warehouse.store import Warehouse
from tasks.known_names import KnownNamesError, known_names
from tasks.roots import RawFolderError

HERE = Path(__file__).parent / "version_1"


def unpacked(place: Path, version: int) -> Path:
    """A folder with `raw`, `known.yaml` and the `warehouse` that a version made of them in two runs."""
    shutil.copytree(HERE / "raw", place / "raw")
    shutil.copy(HERE / "known.yaml", place)
    with tarfile.open(HERE.with_name(f"version_{version}") / "warehouse.tar.xz") as archive:
        archive.extractall(place, filter="data")
    return place


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return unpacked(tmp_path, 1)


@pytest.mark.parametrize("version", [1, 2])
def test_all_rows_stay_and_every_promise_is_kept(tmp_path: Path, version: int) -> None:
    warehouse = Warehouse(unpacked(tmp_path, version) / "warehouse")
    commit = warehouse.migrate()
    assert commit is not None and commit.schema_version == SCHEMA_VERSION
    with warehouse.at(commit.number - 1) as before, warehouse.latest() as after:
        assert check(after) == []
        for table in before.commit.tables:
            assert after.rows(table) == before.rows(table), table
    assert warehouse.migrate() is None


def test_a_warehouse_of_version_2_has_no_corrections_and_takes_them_once_migrated(tmp_path: Path) -> None:
    warehouse = Warehouse(unpacked(tmp_path, 2) / "warehouse")
    with pytest.raises(SchemaVersionDiffers):
        record(warehouse, ())
    warehouse.migrate()
    with warehouse.latest() as snapshot:
        assert snapshot.rows("corrections") == 0 and snapshot.rows("quotes") == 14
        for table in ("articles", "quotes", "entities"):
            assert set(snapshot.read(table, ["corrected"])["corrected"].to_pylist()) == {False}
        (quote,) = snapshot.read("quotes").slice(0, 1).to_pylist()
    record(warehouse, correct_quote(quote, {CorrectedColumn.SPEAKER_NAME: "Bo Tarn"}, Editor.now("desk")))
    settings = Settings(raw=tmp_path / "raw", warehouse=tmp_path / "warehouse", workers=1, same_source=True)
    run_steps(settings, Plain())
    with warehouse.latest() as snapshot:
        assert check(snapshot) == [] and snapshot.read("corrections")["applied"].to_pylist() == [True]
        assert snapshot.read("quotes", ["corrected"])["corrected"].to_pylist().count(True) == 1


def test_a_run_over_an_older_version_says_what_to_do_before_it_reads(old: Path) -> None:
    class NoSteps(Plain):
        def call(self, step: object, *_: object) -> object:
            raise AssertionError(f"{step} was run")

        def map(self, step: object, items: object) -> list[object]:
            raise AssertionError(f"{step} was run over {items}")

    with pytest.raises(SchemaVersionDiffers, match="run `onrecord migrate`"):
        run_steps(Settings(raw=old / "raw", warehouse=old / "warehouse"), NoSteps())


def test_a_snapshot_of_an_older_version_can_still_be_asked(old: Path) -> None:
    warehouse = Warehouse(old / "warehouse")
    warehouse.migrate()
    with warehouse.at(warehouse.kept()[0]) as before, connect(before) as connection:
        assert connection.sql("select count(*) from quotes_by_speaker").fetchall() == [(12,)]


def test_a_migrated_warehouse_knows_its_raw_folder_by_its_last_run(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(old)
    Warehouse("warehouse").migrate()
    (old / "other").mkdir()
    with pytest.raises(RawFolderError, match="other is another folder"):
        run_steps(Settings(raw=old / "other", warehouse=old / "warehouse"), Plain())
    assert run_steps(Settings(warehouse=old / "warehouse"), Plain()).new == 0


def test_a_table_of_names_that_version_1_did_not_keep_is_found_again_or_asked_for(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(old)
    warehouse = Warehouse("warehouse")
    warehouse.migrate()
    told = known_names(Settings(), warehouse)
    assert told.texts == {"known.yaml": (HERE / "known.yaml").read_text("utf-8")} and not told.changed
    (old / "known.yaml").write_text("same: []\n", "utf-8")
    with pytest.raises(KnownNamesError, match=r"kept no copy.*--known FILE.*--forget-known known.yaml"):
        known_names(Settings(), warehouse)
    (old / "more.yaml").write_text("same: []\n", "utf-8")
    with pytest.raises(KnownNamesError, match="kept no copy"):
        known_names(Settings(known=Path("more.yaml")), warehouse)
    assert known_names(Settings(forget_known=("known.yaml",)), warehouse).texts == {}
    replaced = known_names(Settings(known=Path("known.yaml")), warehouse)
    assert replaced.texts == {"known.yaml": "same: []\n"} and replaced.changed


def ids(warehouse: Warehouse, table: str, key: str, words: str, order: str) -> dict[tuple[str, str, int], str]:
    """Each row's id, by its article, its words and which of those with the same words it is."""
    found: dict[tuple[str, str, int], str] = {}
    with warehouse.latest() as snapshot:
        for row in snapshot.read(table).sort_by([("article_id", "ascending"), (order, "ascending")]).to_pylist():
            same = sum(key[:2] == (row["article_id"], row[words]) for key in found)
            found[row["article_id"], row[words], same] = row[key]
    return found


TABLES_OF_WORDS = (
    ("quotes", "quote_id", "content", "quote_index"),
    ("mentions", "mention_id", "text", "start"),
    ("dates", "date_id", "text", "start"),
)


def test_after_migration_and_a_run_every_row_is_there_once_under_the_id_that_it_had(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(old)
    warehouse = Warehouse("warehouse")
    warehouse.migrate()
    migrated = {table: ids(warehouse, table, *rest) for table, *rest in TABLES_OF_WORDS}
    report = run_steps(Settings(workers=1), Plain())
    assert (report.new, report.changed, report.removed, report.outdated) == (0, 0, 0, 5)
    for table, *rest in TABLES_OF_WORDS:
        now = ids(warehouse, table, *rest)
        assert len(set(now.values())) == len(now)
        both = now.keys() & migrated[table].keys()
        assert both and all(now[row] == migrated[table][row] for row in both)
    with warehouse.latest() as snapshot:
        assert check(snapshot) == []
    assert run_steps(Settings(workers=1), Plain()).did_nothing


def test_nested_quotes_and_utterances_go_by_the_new_ids(old: Path) -> None:
    warehouse = Warehouse(old / "warehouse")
    with warehouse.latest() as before:
        version_1 = before.read("quotes", ("quote_id", "content", "parent_quote_id")).to_pylist()
    warehouse.migrate()
    with warehouse.latest() as after:
        quotes = after.read("quotes")
    rows = {row["quote_id"]: row for row in quotes.to_pylist()}
    contents = {row["quote_id"]: row["content"] for row in version_1}
    assert {(row["content"], contents.get(row["parent_quote_id"])) for row in version_1} == {
        (row["content"], rows[row["parent_quote_id"]]["content"] if row["parent_quote_id"] else None)
        for row in rows.values()
    }
    assert any(row["parent_quote_id"] for row in rows.values())
    anew = identify_in(quotes.slice(0, 0), quotes.select(QUOTES.names)).to_pylist()
    assert {row["quote_id"]: row["utterance_id"] for row in anew} == {
        key: row["utterance_id"] for key, row in rows.items() if row["utterance_id"]
    }
