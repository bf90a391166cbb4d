"""`onrecord correct`, `corrections` and `review` as an editor uses them."""

from __future__ import annotations

import contextlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from flows import review
from flows.cli import app
from onrecord.warehouse.corrections.making import Editor
from onrecord.warehouse.store import Warehouse
from tests.flows.prepared import Prepared
from tests.flows.small_corpus import rows, small_corpus


def run(*arguments: str, keys: str = "") -> str:
    done = CliRunner().invoke(app, arguments, input=keys)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def read(place: Path) -> None:
    """Two articles, and a senator and a goalkeeper of one name besides."""
    for file in sorted(small_corpus(place / "raw").iterdir()):
        file.write_text(file.read_text("utf-8").removeprefix("HARROW: "), "utf-8")
    for name, role in (("c", "Senator"), ("d", "Goalkeeper")):
        text = f"“It will rain on the {name},” {role} Ivo Brandt said on Monday.\n"
        (place / "raw" / f"{name}.txt").write_text(text, "utf-8")
    with contextlib.chdir(place):
        run("ingest", "--no-prefect", "--workers", "1")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(tmp_path_factory.mktemp("commands"), read)


@pytest.fixture
def place(prepared: Prepared, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the commands run in."""
    place = prepared.restored()
    monkeypatch.chdir(place)
    monkeypatch.setenv("ONRECORD_EDITOR", "Tam Reed")
    return place


def quote(place: Path, words: str) -> dict[str, Any]:
    return next(row for row in rows(place / "warehouse", "quotes") if words in row["content"])


def test_a_correction_is_made_listed_exported_undone_and_imported(place: Path) -> None:
    key = quote(place, "river")["quote_id"]
    made = run("correct", key, "--speaker", "Ada Quill", "--role", "", "--reason", "as printed")
    assert "speaker_name: Bo Tarn → Ada Quill" in made and "speaker_role: Sheriff → nothing" in made
    assert quote(place, "river")["speaker_name"] == "Ada Quill"
    listed = run("corrections")
    assert "Tam Reed" in listed and "as printed" in listed and "fits nothing" not in listed
    assert "2 corrections written to kept.yaml" in run("corrections", "--export", "kept.yaml")
    text = (place / "kept.yaml").read_text("utf-8")
    assert "article: b.txt" in text and "made_by: Tam Reed" in text
    ids = [row["correction_id"] for row in rows(place / "warehouse", "corrections")]
    assert "2 undone" in run("corrections", "--undo", ids[0], "--undo", ids[1])
    assert run("corrections") == "No corrections" and quote(place, "river")["speaker_name"] == "Bo Tarn"
    assert "2 corrections made" in run("corrections", "--import", "kept.yaml")
    assert quote(place, "river")["speaker_name"] == "Ada Quill"


REFUSED = (
    (("nothing-of-this-id", "--speaker", "A"), "no quote, article or entity 'nothing-of-this-id'"),
    (("a.txt",), "say what is to be corrected"),
    (("a.txt", "--speaker", "A"), "articles can be corrected in date_published, authors"),
    (("a.txt", "--date-published", "2049-01-01"), "still to come"),
    (("a.txt", "--date-published", ""), "no calendar date"),
)


def test_what_cannot_be_corrected_is_said(place: Path) -> None:
    for arguments, reason in REFUSED:
        with pytest.raises(ValueError, match=reason):
            run("correct", *arguments)
    assert Warehouse(place / "warehouse").latest().number == 0


def test_review_asks_about_pairs_and_unsure_speakers_and_a_key_decides(place: Path) -> None:
    first = run("review", "--below", "1", "--limit", "2", keys="zdoCy Marlow\nq")
    assert "nearly" not in first and "Ivo Brandt" in first and "two different ones" in first
    assert rows(place / "warehouse", "near_misses") == []
    decided = {row["column"]: row["new_value"] for row in rows(place / "warehouse", "corrections")}
    assert decided["not_same_as"] and decided["speaker_name"] == '"Cy Marlow"'
    assert all(row["applied"] for row in rows(place / "warehouse", "corrections"))
    named = [row for row in rows(place / "warehouse", "quotes") if row["corrected"]]
    assert [row["speaker_name"] for row in named] == ["Cy Marlow"]


def test_review_stops_at_q_and_leaves_the_rest(place: Path) -> None:
    assert "0 decided" in run("review", "--below", "1", keys=" q")
    assert "1 decided" in run("review", "--below", "1", "--later", keys=" xq")
    (waiting,) = rows(place / "warehouse", "corrections")
    assert (waiting["column"], waiting["applied"], waiting["reason"]) == ("quote_id", None, "review")
    assert "waits for the next run" in run("corrections")


@pytest.mark.usefixtures("place")
def test_review_tells_what_did_not_fit_and_what_was_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    told = SimpleNamespace(unfit=("fits nothing",), rejects=[SimpleNamespace(reason="cannot be read")])
    monkeypatch.setattr("flows.corrections.apply_edits", lambda *_: [told])
    assert "1 decided fits nothing cannot be read" in run("review", "--below", "1", keys=" xq")


def test_a_speaker_is_chosen_by_number(place: Path) -> None:
    with Warehouse(place / "warehouse").latest() as snapshot:
        question = next(review.speakers(snapshot, 1.0, 1))
    assert {"1", "o", "n", "x"} <= question.keys.keys()
    (made,) = question.keys["1"][1](Editor.now("desk"))
    assert made.new_value == question.keys["1"][0]
