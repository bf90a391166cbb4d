"""A page's lines as arrays: each word and line is known by what it is, wherever it stands."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.layout.bag import buckets
from onrecord.layout.characters import UPPER, read_page, word_hashes
from onrecord.layout.features import line_hashes
from onrecord.layout.page_features import densest_run

_LINES = st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=12)


def test_words_of_one_form_have_one_hash() -> None:
    page = read_page(["The Quill 1931", "the quill, 2021", "The quills 1931"])
    assert page.words[:3].tolist() == page.words[3:6].tolist()
    assert page.words[1] != page.words[7]
    assert word_hashes(["QUILL"])[0] == page.words[1]
    assert page.per_line((page.bits & UPPER) != 0).tolist() == [2, 0, 1]


def test_lines_of_the_same_words_have_one_hash() -> None:
    hashes = line_hashes(read_page(["Read  more!", "Bread", "read more", "more read"]))
    assert hashes[0] == hashes[2]
    assert len(set(hashes.tolist())) == 3


@given(_LINES)
def test_each_word_is_of_its_line(lines: list[str]) -> None:
    page = read_page(lines)
    counts = np.diff(page.word_first)
    assert len(counts) == len(lines)
    for i, line in enumerate(lines):
        ascii_only = line.isascii()
        assert not ascii_only or counts[i] == len(re.findall(r"\w+", line))
        alone = read_page([line])
        assert alone.words.tolist() == page.words[page.word_first[i] : page.word_first[i + 1]].tolist()


@given(_LINES)
def test_a_line_falls_into_its_buckets_wherever_it_stands(lines: list[str]) -> None:
    found, first = buckets(read_page(lines))
    for i, line in enumerate(lines):
        assert sorted(found[first[i] : first[i + 1]]) == sorted(buckets(read_page([line]))[0])


def test_the_densest_run_bridges_short_gaps() -> None:
    prose = np.array([0, 300, 0, 0, 500, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100.0])
    assert densest_run(prose) == (1, 5)
    assert densest_run(np.zeros(3)) == (0, 0)
