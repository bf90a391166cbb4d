"""The labelled dumps: every kind of block, and every publication fact, as a careful reader would say."""

from __future__ import annotations

import pytest

from benchmarks.blocks import REQUIRED, Dump, dumps, f1, measure, speed, wrong_facts
from onrecord.document.article import BlockKind
from onrecord.layout import segment
from onrecord.publication import publication


@pytest.mark.parametrize("dump", dumps(), ids=lambda dump: dump.name)
def test_labels_cover_the_dump(dump: Dump) -> None:
    labelled = "".join(dump.text[block.start : block.end] for block in dump.blocks)
    assert "".join(labelled.split()) == "".join(dump.text.split())


def test_every_kind_is_found() -> None:
    right, found, wanted, errors, _ = measure(dumps())
    assert set(wanted) == set(BlockKind), "a kind of block without an example"
    low = {kind for kind in BlockKind if f1(right[kind], found[kind], wanted[kind]) < REQUIRED}
    assert not low, "\n".join(errors)


@pytest.mark.parametrize("dump", dumps(), ids=lambda dump: dump.name)
def test_publication_facts(dump: Dump) -> None:
    assert not wrong_facts(dump, publication(dump.text, segment(dump.text)))


def test_speed_counts_lines_with_words() -> None:
    taken = speed(["Pool to close\n\nThe council has voted.\n", "Bridge shut\n"])
    assert (taken.pages, taken.lines) == (2, 3)
    assert taken.blocks > 0
    assert str(taken).startswith("2 pages, 3 lines; blocks ")
