"""A file that changes only in offsets keeps its rows: ids go by words, and `diff --rows` shows what changed."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from flows.cli import app
from flows.differences import around
from flows.ingest import run_steps
from flows.orchestration import Plain
from onrecord.settings import Settings
from onrecord.warehouse.diff import diff
from onrecord.warehouse.rows import content_ids, normalised
from onrecord.warehouse.store import Warehouse

STORY = (
    "Bridge is safe, mayor says\n\nHARROW, May 6 - “The bridge is safe,” Mayor Ada Quill said on Monday.\n\n"
    "“The bridge is safe,” Sheriff Bo Tarn said on Tuesday. Quill denied that money had been paid.\n"
)


def ingest(place: Path, text: str) -> None:
    (place / "raw").mkdir(exist_ok=True)
    (place / "raw" / "a.txt").write_text(text, "utf-8")
    run_steps(Settings(raw=place / "raw", warehouse=place / "warehouse", workers=1), Plain(1))


def test_words_that_move_are_changed_rows_and_no_others(tmp_path: Path) -> None:
    ingest(tmp_path, STORY)
    ingest(tmp_path, STORY.replace("\n\n", "\n\n\n\n").replace("safe,” Mayor", "safe”, Mayor"))
    warehouse = Warehouse(tmp_path / "warehouse")
    with warehouse.at(0) as before, warehouse.at(1) as after:
        found = diff(before, after)
        assert before.rows("quotes") >= 3
    for table in ("quotes", "mentions", "dates"):
        added, removed, changed = found.totals(table)
        assert (added, removed) == (0, 0) and changed > 0, table
    columns = {name for change in found.changes if change.table == "quotes" for name in change.columns}
    assert {"content_spans", "cue_start"} <= columns and not columns & {"utterance_id", "speaker_name"}


def test_the_rows_are_shown_with_what_changed_by_column(tmp_path: Path) -> None:
    ingest(tmp_path, STORY)
    ingest(tmp_path, STORY.replace("Bo Tarn said", "Bo Tarn told the Herald"))
    arguments = ["diff", "0", "1", "--warehouse", str(tmp_path / "warehouse"), "--rows"]
    told = CliRunner().invoke(app, arguments).stdout
    assert "quotes: 0 added, 0 removed" in told and "cue" in told and "told" in told and "articles" in told
    assert "entity_nodes" not in told
    some = CliRunner().invoke(app, [*arguments, "--table", "mentions", "--limit", "1"]).stdout
    assert "quotes:" not in some and ("mentions:" in some)
    assert CliRunner().invoke(app, [*arguments, "--table", "nothing"]).exit_code == 2


def test_a_long_value_is_shown_where_it_changes() -> None:
    before, after = around("x" * 100 + "the old words", "x" * 100 + "the new words")
    assert before == "…" + "x" * 11 + "the old words" and after == "…" + "x" * 11 + "the new words"
    assert around([{"start": 1, "end": 3}], None) == ("1-3", "")


@given(st.lists(st.text(max_size=20), max_size=12), st.text(max_size=20))
def test_every_row_has_an_id_of_its_own_that_later_rows_do_not_change(contents: list[str], later: str) -> None:
    ids = content_ids("quote", "a", contents)
    assert len(set(ids)) == len(ids)
    assert content_ids("quote", "a", [*contents, later])[: len(ids)] == ids


@given(st.text(max_size=30))
def test_spaces_capitals_and_marks_make_no_other_words(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
    words = "the bridge is safe"
    assert normalised(f"“The  bridge is\nSAFE, {text}”") == normalised(f"{words} {text}")
