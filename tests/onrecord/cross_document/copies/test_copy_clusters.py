from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cross_document.copies import FOUND, STATE, cluster, cluster_id, concerned
from onrecord.cross_document.copies import clusters as clusters_module
from tests.onrecord.cross_document.copies.copied_stories import edited, rows, sentences, story

RAW = Path(__file__).resolve().parents[4] / "raw"

ARCHIVE = {f"{seed}-{edit}": edited(seed, edit) for seed in range(5) for edit in range(4)}
DATES = {key: dt.date(2017, 3, 1 + len(key) * int(key[0]) + int(key[2])) for key in ARCHIVE if key[2] != "3"}


def merged(state: pa.Table, new: pa.Table, found: pa.Table, gone: frozenset[str] = frozenset()) -> pa.Table:
    """What the warehouse keeps after a call."""
    kept = {row["article_id"]: row for row in state.to_pylist() if row["article_id"] not in gone}
    kept |= {row["article_id"]: row for row in new.to_pylist()}
    for row in found.to_pylist():
        kept[row["article_id"]] = kept[row["article_id"]] | row
    return pa.Table.from_pylist([kept[key] for key in sorted(kept)], schema=STATE)


def all_at_once(texts: dict[str, str]) -> pa.Table:
    new = rows(texts, DATES)
    return merged(STATE.empty_table(), new, cluster(new, STATE.empty_table()))


def groups(table: pa.Table) -> set[frozenset[str]]:
    by_cluster: dict[str, set[str]] = {}
    for row in table.to_pylist():
        by_cluster.setdefault(row["copy_cluster_id"], set()).add(row["article_id"])
    return {frozenset(group) for group in by_cluster.values()}


def test_copies_share_a_cluster_and_other_stories_do_not() -> None:
    found = cluster(rows(ARCHIVE, DATES), STATE.empty_table())
    assert found.schema.equals(FOUND)
    assert groups(found) == {frozenset(f"{seed}-{edit}" for edit in range(4)) for seed in range(5)}


@settings(max_examples=12, deadline=None)
@given(st.permutations(sorted(ARCHIVE)), st.integers(1, 20))
def test_the_order_and_size_of_batches_do_not_matter(order: list[str], size: int) -> None:
    state = STATE.empty_table()
    for start in range(0, len(order), size):
        new = rows({key: ARCHIVE[key] for key in order[start : start + size]}, DATES)
        state = merged(state, new, cluster(new, state))
    assert state.equals(all_at_once(ARCHIVE))


@settings(max_examples=12, deadline=None)
@given(st.sets(st.sampled_from(sorted(ARCHIVE))), st.sets(st.sampled_from(sorted(ARCHIVE)), max_size=4))
def test_articles_that_go_or_change_leave_what_a_fresh_start_would_give(gone: set[str], changed: set[str]) -> None:
    state = all_at_once(ARCHIVE)
    texts = {key: text for key, text in ARCHIVE.items() if key not in gone}
    texts |= {key: edited(7, int(key[2])) for key in changed}
    new = rows({key: texts[key] for key in sorted(changed)}, DATES)
    left = frozenset(gone - changed)
    assert merged(state, new, cluster(new, state, left), left).equals(all_at_once(texts))


def test_known_articles_may_lie_in_many_pieces() -> None:
    known = {key: text for key, text in ARCHIVE.items() if key[2] != "0"}
    state, new = all_at_once(known), rows({key: ARCHIVE[key] for key in ARCHIVE if key[2] == "0"}, DATES)
    pieces = pa.concat_tables(state.slice(place, 2) for place in range(0, len(state), 2))
    assert pieces["signature"].num_chunks > 1
    found = cluster(new, pieces)
    assert found.equals(cluster(new, state))
    assert merged(state, new, found).equals(all_at_once(ARCHIVE))
    few = concerned(new, (pieces.slice(place, 3) for place in range(0, len(pieces), 3)))
    assert set(few.to_pylist()) == set(state["copy_component_id"].to_pylist())


def test_the_articles_of_the_components_concerned_are_all_that_is_needed() -> None:
    state, new = all_at_once(ARCHIVE), rows({"0-9": edited(0, 9)}, DATES)
    components = concerned(new, [state], ["1-2"])
    members = state.filter(pc.is_in(state["copy_component_id"], value_set=components))
    assert {row["article_id"][0] for row in members.to_pylist()} == {"0", "1"}
    assert cluster(new, members, ["1-2"]).equals(cluster(new, state, ["1-2"]))


def test_only_what_changes_is_returned() -> None:
    state = all_at_once(ARCHIVE)
    assert len(cluster(rows({}), state)) == 0
    assert cluster(rows({"9-9": story(9)}), state)["article_id"].to_pylist() == ["9-9"]
    earlier = rows({"0-9": story(0)}, {"0-9": dt.date(2016, 1, 1)})
    found = cluster(earlier, state)
    assert found["article_id"].to_pylist() == ["0-0", "0-1", "0-2", "0-3", "0-9"]
    assert set(found["copy_of"].to_pylist()) == {None, "0-9"}


def test_the_earliest_is_named_and_those_without_a_date_come_last() -> None:
    dates = {"b": dt.date(2017, 3, 2), "c": dt.date(2017, 3, 1)}
    found = cluster(rows({"a": story(1), "b": story(1), "c": edited(1, 0)}, dates), STATE.empty_table()).to_pylist()
    assert {row["article_id"]: row["copy_of"] for row in found} == {"a": "c", "b": "c", "c": None}
    assert {row["copy_cluster_id"] for row in found} == {cluster_id("c")}


def test_an_id_stays_when_later_copies_arrive() -> None:
    first = rows({"x": story(1)}, {"x": dt.date(2017, 3, 1)})
    state = merged(STATE.empty_table(), first, cluster(first, STATE.empty_table()))
    found = cluster(rows({"a": edited(1, 1)}, {"a": dt.date(2017, 3, 2)}), state).to_pylist()
    assert [(row["article_id"], row["copy_of"]) for row in found] == [("a", "x"), ("x", None)]
    assert {row["copy_cluster_id"] for row in found} == {state["copy_cluster_id"][0].as_py()}


def test_a_chain_of_stories_that_overlap_is_not_one_story() -> None:
    """Each shares half of its sentences with the next, as the updates of a running story do."""
    told = sentences(21, 120)
    chain = {f"{n}": " ".join(told[n * 10 : n * 10 + 20]) for n in range(8)}
    found = cluster(rows(chain), STATE.empty_table())
    assert len({row["copy_component_id"] for row in found.to_pylist()}) == 1
    assert all(len(group) <= 3 for group in groups(found))


def test_a_digest_does_not_join_the_stories_that_it_reprints() -> None:
    texts = {"one": story(31), "two": story(32), "digest": story(31) + " " + story(32)}
    assert not any({"one", "two"} <= group for group in groups(cluster(rows(texts), STATE.empty_table())))


TEMPLATE = (
    "The ferries of Ostermouth carried {} passengers over the sound in the week to {}, the harbour board said. {} "
    "crossings were called off for wind. Passengers with bicycles should use the berth at {} until further notice."
)
BULLETINS = {
    "first": TEMPLATE.format("4,120", "Sunday", "Nine", "Gull Steps"),
    "second": TEMPLATE.format("3,870", "last night", "Two", "the old quay"),
}


def test_bulletins_of_one_template_days_apart_are_no_copies() -> None:
    days = {"first": dt.date(2018, 2, 4), "second": dt.date(2018, 2, 11)}
    apart = cluster(rows(BULLETINS, days), STATE.empty_table())
    assert len({row["copy_component_id"] for row in apart.to_pylist()}) == 1
    assert groups(apart) == {frozenset({"first"}), frozenset({"second"})}


@pytest.mark.parametrize(
    "second", [dt.date(2018, 2, 6), dt.date(2018, 2, 2), None], ids=["two days later", "two days before", "undated"]
)
def test_texts_so_alike_that_may_be_of_one_day_are_copies(second: dt.date | None) -> None:
    days = {"first": dt.date(2018, 2, 4)} | ({"second": second} if second else {})
    assert groups(cluster(rows(BULLETINS, days), STATE.empty_table())) == {frozenset(BULLETINS)}


def test_a_text_printed_anew_later_is_a_copy_though_a_sentence_is_gone() -> None:
    texts = {"first": story(5), "later": " ".join(sentences(5)[1:])}
    days = {"first": dt.date(2018, 2, 4), "later": dt.date(2019, 7, 30)}
    assert groups(cluster(rows(texts, days), STATE.empty_table())) == {frozenset(texts)}


def test_texts_too_short_or_empty_stand_alone() -> None:
    found = cluster(rows({"a": "", "b": "", "c": "He resigned.", "d": "He resigned."}), STATE.empty_table())
    assert len(groups(found)) == 4
    assert set(found["copy_of"].to_pylist()) == {None}


def test_a_component_too_large_for_a_table_is_parted_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters_module, "DENSE", 3)
    exact = {f"{n}": story(1) for n in range(8)}
    assert len(groups(cluster(rows(exact), STATE.empty_table()))) == 1


def test_an_article_may_not_stand_twice() -> None:
    twice = pa.concat_tables([rows({"a": story(1)}), rows({"a": story(2)})])
    with pytest.raises(ValueError, match="twice"):
        cluster(twice, STATE.empty_table())


def test_the_sample_corpus_has_one_syndicated_copy() -> None:
    texts = {
        path.relative_to(RAW).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in RAW.rglob("*.txt")
        if path.parent.name != "damaged"
    }
    found = groups(cluster(rows(texts), STATE.empty_table()))
    assert {group for group in found if len(group) > 1} == {frozenset({"meridian/0001.txt", "gulf-ledger/0003.txt"})}
