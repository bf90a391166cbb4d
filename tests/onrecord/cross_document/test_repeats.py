"""Repeats of one speaker are joined as if every two were compared, without comparing every two."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cross_document import utterances
from onrecord.cross_document.utterance_words import same_words, word_keys, words_in_common
from onrecord.cross_document.utterances import QUOTES, STATE, identify, sketched

#: The same words, cut: of three to twelve words, so that some are one at any distance, some within days.
CUT = (
    "the ferry sank twice",
    "the old ferry sank twice near Corran",
    "the old ferry sank twice near Corran light yesterday",
    "near Corran light yesterday the old ferry sank",
    "the old ferry sank twice near Corran light yesterday morning before dawn broke",
    "sank twice near Corran light yesterday morning before dawn broke",
    "We said no",
)
ROWS = st.lists(st.tuples(st.sampled_from(CUT), st.none() | st.integers(0, 40)), min_size=1, max_size=14)


def table(rows: list[tuple[str, int | None]], first: int = 0) -> pa.Table:
    made = [
        {
            "quote_id": f"q{n:05d}",
            "article_id": f"a{n}",
            "content": words,
            "speaker_entity_id": "venn",
            "date_published": None if day is None else dt.date(2024, 3, 1) + dt.timedelta(day),
        }
        for n, (words, day) in enumerate(rows, start=first)
    ]
    return sketched(pa.Table.from_pylist(made, schema=QUOTES))


def compared(rows: list[tuple[str, int | None]]) -> set[frozenset[str]]:
    """The utterances by comparing every two."""
    keys = [word_keys(words) for words, _ in rows]
    groups = [{n} for n in range(len(rows))]
    for a, b in combinations(range(len(rows)), 2):
        one, other = rows[a][1], rows[b][1]
        if same_words(keys[a], keys[b], None if one is None or other is None else abs(one - other)):
            ours, theirs = (next(group for group in groups if n in group) for n in (a, b))
            if ours is not theirs:
                groups.remove(theirs)
                ours |= theirs
    return {frozenset(f"q{n:05d}" for n in group) for group in groups}


def found(state: pa.Table) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for row in state.to_pylist():
        groups.setdefault(row["utterance_id"], set()).add(row["quote_id"])
    return {frozenset(group) for group in groups.values()}


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_the_utterances_are_those_of_comparing_every_two(rows: list[tuple[str, int | None]]) -> None:
    assert found(identify(table(rows), STATE.empty_table())) == compared(rows)


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS)
def test_so_they_are_where_some_were_there_before(
    before: list[tuple[str, int | None]], later: list[tuple[str, int | None]]
) -> None:
    old, new = table(before), table(later, len(before))
    known = old.append_column("utterance_id", identify(old, STATE.empty_table())["utterance_id"]).cast(STATE)
    changed = {row["quote_id"]: row["utterance_id"] for row in identify(new, known).to_pylist()}
    ids = [changed.get(row["quote_id"], row["utterance_id"]) for row in known.to_pylist()]
    ids += [changed[quote] for quote in new["quote_id"].to_pylist()]
    both = pa.concat_tables([old, new]).append_column("utterance_id", pa.array(ids, pa.string()))
    assert found(both) == compared([*before, *later])


def test_words_that_are_repeated_are_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(one: list[int], other: list[int]) -> int | None:
        asked.append(1)
        return words_in_common(one, other)

    monkeypatch.setattr(utterances, "words_in_common", counted)
    rows: list[tuple[str, int | None]] = [(CUT[n % 6], n % 400) for n in range(6_000)]
    assert len(identify(table(rows), STATE.empty_table())) == len(rows)
    assert len(asked) <= 6 + 15
