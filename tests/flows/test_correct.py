"""Corrections through whole runs: applied at once and in every later run, undone, carried along, told when unfit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from flows.correcting import apply_edits
from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.settings import Settings
from onrecord.warehouse.check import check
from onrecord.warehouse.corrections.correction import Correction, CorrectionError, read_corrections
from onrecord.warehouse.corrections.exchange import as_yaml, from_yaml
from onrecord.warehouse.corrections.making import Editor, correct_article, correct_entities, correct_quote, find_row
from onrecord.warehouse.corrections.recording import record
from onrecord.warehouse.corrections.table import CorrectedColumn
from onrecord.warehouse.store import Warehouse
from tasks.corrections import Edits
from tasks.purge import purge
from tasks.report import RunReport
from tests.flows.prepared import Prepared
from tests.flows.small_corpus import rows, small_corpus

DESK = Editor("desk", dt.datetime(2024, 5, 9, 12, tzinfo=dt.UTC), "the printed edition")


def read(place: Path) -> None:
    """Two articles of a quote each, and their warehouse."""
    without_datelines(place / "raw")
    ingest(place)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(tmp_path_factory.mktemp("corrected"), read)


@pytest.fixture
def place(prepared: Prepared) -> Path:
    return prepared.restored()


def without_datelines(raw: Path) -> None:
    """The small corpus of sentences that leave no doubt who speaks."""
    for file in sorted(small_corpus(raw).iterdir()):
        file.write_text(file.read_text("utf-8").removeprefix("HARROW: "), "utf-8")


def ingest(place: Path, **more: Any) -> RunReport:
    return run_steps(Settings(raw=place / "raw", warehouse=place / "warehouse", workers=1, **more), Plain(1))


def quotes(place: Path) -> dict[str, dict[str, Any]]:
    """The quotes by their words."""
    return {row["content"].strip(","): row for row in rows(place / "warehouse", "quotes")}


def of_quote(place: Path, words: str, **values: Any) -> list[Correction]:
    return correct_quote(quotes(place)[words], {CorrectedColumn(name): v for name, v in values.items()}, DESK)


def kept(place: Path) -> list[Correction]:
    with Warehouse(place / "warehouse").latest() as snapshot:
        assert check(snapshot) == []
        return list(read_corrections(snapshot))


def test_a_speaker_is_corrected_at_once_and_in_every_later_run(place: Path) -> None:
    (report,) = apply_edits(
        place / "warehouse", Edits(tuple(of_quote(place, "The river is low", speaker_name="Cy Orr")))
    )
    assert (report.corrected, report.outdated, report.seen) == (1, 0, 1)
    row = quotes(place)["The river is low"]
    assert (row["speaker_name"], row["corrected"], row["speaker_kind"]) == ("Cy Orr", True, "person")
    people = {entity["entity_id"]: entity for entity in rows(place / "warehouse", "entities")}
    assert people[row["speaker_entity_id"]]["name"] == "Cy Orr"
    assert not quotes(place)["The bridge is safe"]["corrected"]
    assert ingest(place).did_nothing
    again = ingest(place, full=True)
    assert again.outdated == 2
    assert quotes(place)["The river is low"]["speaker_name"] == "Cy Orr"
    (correction,) = kept(place)
    assert correction.applied and correction.old_value == "Bo Tarn"


def test_what_was_corrected_is_as_it_was_when_it_is_undone(place: Path) -> None:
    lineage = ("run_id", "ingested_at")
    before = {table: rows(place / "warehouse", table) for table in ("articles", "quotes", "mentions", "entities")}
    made = of_quote(place, "The river is low", speaker_name="Ada Quill", speaker_role="x")
    gone = of_quote(place, "The bridge is safe", quote_id=None)
    apply_edits(place / "warehouse", Edits((*made, *gone)))
    assert set(quotes(place)) == {"The river is low"} and len(kept(place)) == 3
    apply_edits(place / "warehouse", Edits(undone=frozenset(found.correction_id for found in kept(place))))
    assert kept(place) == []
    for table, was in before.items():
        now = rows(place / "warehouse", table)
        plain = [[{k: v for k, v in row.items() if k not in lineage} for row in of] for of in (was, now)]
        assert sorted(plain[0], key=str) == sorted(plain[1], key=str), table
    with pytest.raises(CorrectionError, match="there is no correction nope"):
        apply_edits(place / "warehouse", Edits(undone=frozenset({"nope"})))


def test_an_articles_date_moves_it_and_dates_what_it_tells(place: Path) -> None:
    article = next(row for row in rows(place / "warehouse", "articles") if row["source_path"] == "a.txt")
    made = correct_article(
        article, {CorrectedColumn.DATE_PUBLISHED: "2024-05-08", CorrectedColumn.AUTHORS: ["Tam Reed"]}, DESK
    )
    apply_edits(place / "warehouse", Edits(tuple(made)))
    after = {row["source_path"]: row for row in rows(place / "warehouse", "articles")}
    assert after["a.txt"]["date_published"] == dt.date(2024, 5, 8) and after["a.txt"]["month"] == "2024-05"
    assert after["a.txt"]["authors"] == ["Tam Reed"] and after["a.txt"]["corrected"]
    assert not after["b.txt"]["corrected"]
    row = quotes(place)["The bridge is safe"]
    assert (row["month"], row["date_said"]) == ("2024-05", dt.date(2024, 5, 6)) and not row["corrected"]
    assert all(found.applied for found in kept(place))


def test_a_correction_that_waits_is_applied_by_the_next_run(place: Path) -> None:
    record(Warehouse(place / "warehouse"), of_quote(place, "The river is low", speaker_name="Ada Quill"))
    assert [found.applied for found in kept(place)] == [None]
    assert quotes(place)["The river is low"]["speaker_name"] == "Bo Tarn"
    report = ingest(place)
    assert (report.corrected, report.unchanged) == (1, 1)
    assert quotes(place)["The river is low"]["speaker_name"] == "Ada Quill"
    assert [found.applied for found in kept(place)] == [True] and ingest(place).did_nothing


def test_what_no_longer_fits_is_told_and_fits_again_when_its_words_are_back(place: Path) -> None:
    apply_edits(place / "warehouse", Edits(tuple(of_quote(place, "The river is low", speaker_name="Ada Quill"))))
    file = place / "raw" / "b.txt"
    text = file.read_text("utf-8")
    file.write_text("“Nobody pays,” Sheriff Bo Tarn said on Monday.\n", "utf-8")
    report = ingest(place)
    assert len(report.unfit) == 1 and "fits nothing any more" in report.unfit[0] and "river" not in report.as_json()
    assert quotes(place)["Nobody pays"]["speaker_name"] == "Bo Tarn"
    assert [found.applied for found in kept(place)] == [False]
    file.write_text("May 8, 2024\n\n" + text.replace("low,", "low now,"), "utf-8")
    assert ingest(place).unfit == ()
    assert quotes(place)["The river is low now"]["speaker_name"] == "Ada Quill"
    assert [found.applied for found in kept(place)] == [True]


def test_corrections_go_with_a_file_that_is_renamed_and_stay_when_it_is_gone(place: Path) -> None:
    apply_edits(place / "warehouse", Edits(tuple(of_quote(place, "The river is low", speaker_name="Ada Quill"))))
    (place / "raw" / "b.txt").rename(place / "raw" / "c.txt")
    assert ingest(place).renamed == 1
    assert quotes(place)["The river is low"]["speaker_name"] == "Ada Quill"
    (correction,) = kept(place)
    assert correction.applied and correction.row_id == quotes(place)["The river is low"]["quote_id"]
    (place / "raw" / "c.txt").unlink()
    report = ingest(place, full=True, allow_removals="all")
    assert len(report.unfit) == 1 and [found.applied for found in kept(place)] == [False]


def test_two_entities_become_one_and_outrank_the_users_table(place: Path) -> None:
    with Warehouse(place / "warehouse").latest() as snapshot:
        people = {row["name"]: row for row in snapshot.read("entities").to_pylist() if row["entity_type"] == "PERSON"}
        _, quill = find_row(snapshot, people["Ada Quill"]["entity_id"])
    made = correct_entities(quill, people["Bo Tarn"], DESK, same=True)
    apply_edits(place / "warehouse", Edits((made,)))
    assert one_person(place) == {"Ada Quill": True}
    assert {row["speaker_entity_id"] for row in quotes(place).values()} <= {row["entity_id"] for row in people.values()}
    assert len({row["speaker_entity_id"] for row in quotes(place).values()}) == 1
    (place / "known.yaml").write_text("different: [[Ada Quill, Bo Tarn]]\n", "utf-8")
    ingest(place, known=place / "known.yaml")
    assert one_person(place) == {"Ada Quill": True}
    apply_edits(place / "warehouse", Edits(undone=frozenset({made.correction_id})))
    assert one_person(place) == {"Ada Quill": False, "Bo Tarn": False}
    assert kept(place) == [] and ingest(place).did_nothing


def test_an_entity_that_was_absorbed_can_be_parted_by_the_id_that_it_had(place: Path) -> None:
    (place / "known.yaml").write_text("same: [[Ada Quill, Bo Tarn]]\n", "utf-8")
    ingest(place, known=place / "known.yaml")
    with Warehouse(place / "warehouse").latest() as snapshot:
        (one,) = [row for row in snapshot.read("entities").to_pylist() if row["entity_type"] == "PERSON"]
        _, other = find_row(snapshot, one["merged_ids"][0])
        assert {one["name"], other["name"]} <= {"Ada Quill", "Bo Tarn"}
    apply_edits(place / "warehouse", Edits((correct_entities(one, other, DESK, same=False),)))
    assert one_person(place) == {"Ada Quill": True, "Bo Tarn": True}
    assert all(found.applied for found in kept(place))


def one_person(place: Path) -> dict[str, bool]:
    return {
        row["name"]: row["corrected"] for row in rows(place / "warehouse", "entities") if row["entity_type"] == "PERSON"
    }


def test_a_purge_takes_the_corrections_of_its_articles_along_and_no_others(place: Path) -> None:
    with Warehouse(place / "warehouse").latest() as snapshot:
        one, other = (row for row in snapshot.read("entities").to_pylist() if row["entity_type"] == "PERSON")
    made = correct_entities(one, other, DESK, same=True)
    of_words = of_quote(place, "The river is low", speaker_role="warden")
    apply_edits(place / "warehouse", Edits((made, *of_words)))
    (place / "raw" / "b.txt").unlink()
    purge(Warehouse(place / "warehouse"), ["b.txt"])
    assert [found.correction_id for found in kept(place)] == [made.correction_id]
    with Warehouse(place / "warehouse").at(1) as before:
        assert len(read_corrections(before)) == 1


def test_a_rollback_takes_corrections_back_with_the_rows(place: Path) -> None:
    apply_edits(place / "warehouse", Edits(tuple(of_quote(place, "The river is low", speaker_name="Ada Quill"))))
    Warehouse(place / "warehouse").rollback(0)
    assert kept(place) == [] and quotes(place)["The river is low"]["speaker_name"] == "Bo Tarn"
    assert ingest(place).did_nothing
    with Warehouse(place / "warehouse").at(1) as then:
        assert len(read_corrections(then)) == 1


def test_a_file_of_corrections_does_the_same_in_another_warehouse(place: Path, tmp_path: Path) -> None:
    made = [
        *of_quote(place, "The river is low", speaker_name="Cy Orr", date_said="2024"),
        *of_quote(place, "The bridge is safe", quote_id=None),
    ]
    apply_edits(place / "warehouse", Edits(tuple(made)))
    paths = {row["article_id"]: row["source_path"] for row in rows(place / "warehouse", "articles")}
    text = as_yaml(kept(place), paths)
    other = tmp_path / "other"
    without_datelines(other / "raw")
    ingest(other)
    apply_edits(other / "warehouse", Edits(tuple(from_yaml(text))))
    assert as_yaml(kept(other), paths) == text
    (row,), (was,) = quotes(other).values(), quotes(place).values()
    assert {k: v for k, v in row.items() if k != "run_id"} == {k: v for k, v in was.items() if k != "run_id"}


def test_without_the_raw_folder_a_correction_waits_and_none_is_undone(place: Path) -> None:
    (place / "raw").rename(place / "away")
    made = of_quote(place, "The river is low", speaker_name="Ada Quill")
    assert apply_edits(place / "warehouse", Edits(tuple(made))) == []
    assert [found.applied for found in kept(place)] == [None]
    with pytest.raises(CorrectionError, match="no raw folder at"):
        apply_edits(place / "warehouse", Edits(undone=frozenset({made[0].correction_id})))
    (place / "away").rename(place / "raw")
    apply_edits(place / "warehouse", Edits())
    assert quotes(place)["The river is low"]["speaker_name"] == "Ada Quill"
