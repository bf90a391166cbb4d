from __future__ import annotations

import datetime as dt
import tracemalloc
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cross_document import utterances
from onrecord.cross_document.utterances import FOUND, NEW, QUOTES, STATE, identify, identify_in, sketched, utterance_id

DRAWER = "Somebody measured this. Somebody typed it. And then somebody put it in a drawer."
APOLOGY = "I was shown the results and I asked for better ones. I should have opened the drawer sooner. I am sorry."
QUAY = "What we will not take is foreign soldiers on the quay, because the quay is ours."

#: quote id: (speaker, words, day of March 2017 on which it was published, or none)
ARCHIVE = {
    "q01": ("strand", DRAWER, 2),
    "q02": ("strand", "Somebody typed it. And then somebody put it in a drawer.", 3),
    "q03": ("strand", "Somebody measured this […]. And then somebody put it in a drawer", None),
    "q04": ("kemmel", APOLOGY, 30),
    "q05": ("kemmel", "I was shown the results and I asked for better ones.", 31),
    "q06": ("kemmel", "I should have opened the drawer sooner. I am sorry, very sorry indeed.", 31),
    "q07": ("khadari", QUAY, 8),
    "q08": ("khadari", "We have paper. We have a stamp.", 9),
    "q09": ("toufali", QUAY, 8),
    "q10": ("strand", "No comment.", 8),
    "q11": ("kemmel", "No comment.", 8),
    "q12": ("khadari", "he would not take foreign soldiers on the quay, because the quay is ours", 12),
}
SAME = [{"q01", "q02", "q03"}, {"q04", "q05", "q06"}, {"q07", "q12"}, {"q08"}, {"q09"}, {"q10"}, {"q11"}]


def quotes(archive: Mapping[str, tuple[str | None, str, int | None]]) -> pa.Table:
    rows = [
        {
            "quote_id": quote,
            "article_id": f"of {quote}",
            "content": content,
            "speaker_entity_id": speaker,
            "date_published": None if day is None else dt.date(2017, 3, day),
        }
        for quote, (speaker, content, day) in archive.items()
    ]
    return pa.Table.from_pylist(rows, schema=QUOTES)


def merged(state: pa.Table, new: pa.Table, found: pa.Table, gone: frozenset[str] = frozenset()) -> pa.Table:
    """What the warehouse keeps after a call."""
    kept: dict[str, dict[str, Any]] = {row["quote_id"]: row for row in state.to_pylist() if row["quote_id"] not in gone}
    kept |= {row["quote_id"]: row for row in new.to_pylist()}
    for row in found.to_pylist():
        kept[row["quote_id"]] = kept[row["quote_id"]] | row
    return pa.Table.from_pylist([kept[key] for key in sorted(kept)], schema=STATE)


def all_at_once(archive: dict[str, Any]) -> pa.Table:
    new = sketched(quotes(archive))
    return merged(STATE.empty_table(), new, identify(new, STATE.empty_table()))


def groups(rows: pa.Table) -> list[set[str]]:
    by_utterance: dict[str, set[str]] = {}
    for row in rows.to_pylist():
        by_utterance.setdefault(row["utterance_id"], set()).add(row["quote_id"])
    return sorted(by_utterance.values(), key=sorted)


def test_one_speaker_and_the_same_words_are_one_utterance() -> None:
    found = identify(sketched(quotes(ARCHIVE)), STATE.empty_table())
    assert found.schema.equals(FOUND)
    assert groups(found) == sorted(SAME, key=sorted)


def test_the_id_is_that_of_the_earliest() -> None:
    found = {row["quote_id"]: row["utterance_id"] for row in all_at_once(ARCHIVE).to_pylist()}
    assert found["q03"] == utterance_id("q01")
    assert found["q06"] == utterance_id("q04")


@pytest.mark.parametrize("pairs", [1, 5, 40])
def test_pairs_looked_at_in_pieces_are_the_same_pairs(pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utterances, "PAIRS", pairs)
    assert groups(identify(sketched(quotes(ARCHIVE)), STATE.empty_table())) == sorted(SAME, key=sorted)


def test_a_speaker_who_says_the_same_again_and_again_needs_no_memory_for_every_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(utterances, "PAIRS", 10_000)
    new = sketched(quotes({f"q{n:03d}": ("strand", APOLOGY, 2) for n in range(300)}))
    tracemalloc.start()
    found = identify(new, STATE.empty_table())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(groups(found)) == 1
    assert most < 6_000_000  # all at once they take 50 MB


def test_unnamed_sources_have_no_utterance() -> None:
    assert len(sketched(quotes({"q1": (None, DRAWER, 2), "q2": ("strand", DRAWER, 2)}))) == 1


def test_the_day_on_which_it_was_said_counts_before_the_day_of_publication() -> None:
    table = quotes({"q1": ("strand", DRAWER, 9)})
    said = table.set_column(4, QUOTES.field(4), pa.array([dt.date(2017, 3, 2)], pa.date32()))
    assert sketched(said)["said_on"].to_pylist() == [dt.date(2017, 3, 2)]
    assert sketched(table)["said_on"].to_pylist() == [dt.date(2017, 3, 9)]


@settings(max_examples=40, deadline=None)
@given(st.permutations(sorted(ARCHIVE)), st.integers(1, 12))
def test_the_order_and_size_of_batches_do_not_matter(order: list[str], size: int) -> None:
    state = STATE.empty_table()
    for start in range(0, len(order), size):
        new = sketched(quotes({key: ARCHIVE[key] for key in order[start : start + size]}))
        state = merged(state, new, identify(new, state))
    assert state.equals(all_at_once(ARCHIVE))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(sorted(ARCHIVE))), st.sets(st.sampled_from(sorted(ARCHIVE)), max_size=4))
def test_quotes_that_go_or_change_speaker_leave_what_a_fresh_start_would_give(
    gone: set[str], changed: set[str]
) -> None:
    state = all_at_once(ARCHIVE)
    archive = {key: row for key, row in ARCHIVE.items() if key not in gone}
    archive |= {key: ("toufali", *ARCHIVE[key][1:]) for key in changed}
    new = sketched(quotes({key: archive[key] for key in sorted(changed)}))
    left = frozenset(gone - changed)
    assert merged(state, new, identify(new, state, left), left).equals(all_at_once(archive))


def test_a_quote_that_bridges_two_utterances_makes_them_one() -> None:
    parts = {"q05": ARCHIVE["q05"], "q06": ARCHIVE["q06"]}
    state = all_at_once(parts)
    assert groups(state) == [{"q05"}, {"q06"}]
    found = identify(sketched(quotes({"q04": ARCHIVE["q04"]})), state).to_pylist()
    assert {row["quote_id"] for row in found} == {"q04", "q05", "q06"}
    assert {row["utterance_id"] for row in found} == {utterance_id("q04")}


def test_only_what_changes_is_returned() -> None:
    state = all_at_once(ARCHIVE)
    assert len(identify(NEW.empty_table(), state)) == 0
    later = sketched(quotes({"q99": ("strand", DRAWER, 31)}))
    assert identify(later, state)["quote_id"].to_pylist() == ["q99"]


def test_rows_of_other_speakers_do_not_matter() -> None:
    state = all_at_once(ARCHIVE)
    own = state.filter(pa.array([row == "strand" for row in state["speaker_entity_id"].to_pylist()]))
    new = sketched(quotes({"q99": ("strand", DRAWER, 1)}))
    assert identify(new, state).equals(identify(new, own))


def test_a_quote_may_not_stand_twice() -> None:
    new = sketched(quotes({"q1": ("strand", DRAWER, 2)}))
    with pytest.raises(ValueError, match="twice"):
        identify(pa.concat_tables([new, new]), STATE.empty_table())


def in_warehouse(archive: dict[str, Any]) -> pa.Table:
    """The quotes table, with its utterances."""
    table = quotes(archive).sort_by("quote_id")
    found = dict(zip(*(all_at_once(archive)[name].to_pylist() for name in ("quote_id", "utterance_id")), strict=True))
    return table.append_column("utterance_id", pa.array([found.get(key) for key in table["quote_id"].to_pylist()]))


def test_the_quotes_table_serves_as_state() -> None:
    """An article read again, two entities that become one, and one quote that gets another speaker."""
    changes = {"merged": {"khadari": "al-khadari"}, "moved": {"q09": "al-khadari"}}
    after = {
        key: ("al-khadari" if speaker == "khadari" or key == "q09" else speaker, words, day)
        for key, (speaker, words, day) in ARCHIVE.items()
        if key != "q01"
    }
    after["q20"] = ("strand", DRAWER, 1)
    before = in_warehouse(ARCHIVE | {"q00": (None, DRAWER, 1)})
    new = quotes({"q20": after["q20"]})
    found = dict(zip(before["quote_id"].to_pylist(), before["utterance_id"].to_pylist(), strict=True))
    for row in identify_in(before, new, {"of q01"}, **changes).to_pylist():
        found[row["quote_id"]] = row["utterance_id"]
    expected = {row["quote_id"]: row["utterance_id"] for row in all_at_once(after).to_pylist()}
    assert {key: found[key] for key in expected} == expected
    assert found["q07"] == found["q09"]
    assert found["q00"] is None


def test_the_sample_corpus_repeats_what_its_outlets_share() -> None:
    """The gold quotes of the sample corpus, each to the end of its sentence, with the people as written there."""
    root = Path(__file__).resolve().parents[3]
    truth = yaml.safe_load((root / "tests/sample_truth.yaml").read_text("utf-8"))
    archive = {}
    for file, facts in truth.items():
        raw = (root / "raw" / file).read_bytes()
        text = " ".join(raw.decode("cp1252" if facts.get("encoding") else "utf-8-sig").split())
        for number, quote in enumerate(facts["quotes"]):
            if quote["type"] == "direct" and "speaker" in quote:
                start = text.index(quote["starts"])
                marks = [end for mark in '"”' if (end := text.find(mark, start)) > 0]
                day = facts.get("date_published")
                archive[f"{file} {number}"] = (quote["speaker"].split()[-1], text[start : min(marks)], day and day.day)
    found = [group for group in groups(all_at_once(archive)) if len({quote.split()[0] for quote in group}) > 1]
    files = {frozenset(quote.split()[0] for quote in group) for group in found}
    assert files == {
        frozenset({"meridian/0001.txt", "gulf-ledger/0003.txt"}),
        frozenset({"vpa/0001.txt", "aldermoor-gazette/water-meeting.txt"}),
        frozenset({"vpa/0003.txt", "aldermoor-gazette/kemmel-goes.txt"}),
    }
