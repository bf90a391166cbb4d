"""The pieces of a quote in one string."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Span, content_of
from onrecord.document.markup import without_links


@pytest.mark.parametrize(
    ("text", "pieces", "content"),
    [
        ("“We stay,” Orla Venn said, “and fight.”", ["We stay,", "and fight."], "We stay, … and fight."),
        ("“We stay,” (she said) “and” – he: “fight.”", ["We stay,", "and", "fight."], "We stay, … and … fight."),
        ("“We stay.\n\n“We fight.”", ["We stay.", "We fight."], "We stay. We fight."),
        ("“**We stay**<br/>__and fight.__”", ["We stay", "and fight."], "We stay and fight."),
        ("“We stay,” in 2019, “and fight.”", ["We stay,", "and fight."], "We stay, … and fight."),
        ("VENN: We stay.\n\n(APPLAUSE)\n\nWe fight.", ["We stay.", "We fight."], "We stay. We fight."),
        ("VENN: We stay. [LAUGHTER] We fight.", ["We stay.", "We fight."], "We stay. We fight."),
        ("We stay.\n[They all laugh at this]\nWe fight.", ["We stay.", "We fight."], "We stay. We fight."),
        ("We stay.", ["We stay."], "We stay."),
    ],
)
def test_pieces_are_parted_by_an_ellipsis_where_words_stand_between(text: str, pieces: list[str], content: str) -> None:
    assert content_of(text, [Span(text.index(p), text.index(p) + len(p)) for p in pieces]) == content


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('We [stay](https://quill.example/a_(b) "here") and **fight**.', "We stay and fight."),
        ("council](/council)'s count of [seats](/seats) in the hall", "council's count of seats in the hall"),
        ("We stay [in [all] rooms](/r", "We stay [in [all] rooms](/r"),
        ("We [stay](/s", "We stay"),
        ("We stay [sic] (for now) * and fight", "We stay [sic] (for now) * and fight"),
    ],
)
def test_link_targets_are_left_out(text: str, content: str) -> None:
    assert content_of(text, [Span(0, len(text))]) == content


@pytest.mark.parametrize("seed", ["[", "](", "[a](", "](a", "[a](b", "**", "](' "])
def test_markup_does_not_backtrack(seed: str) -> None:
    start = time.process_time()
    without_links(seed * 10_000)
    assert time.process_time() - start < 10


def test_no_pieces_are_no_content() -> None:
    assert content_of("We stay.", ()) == ""


@given(st.lists(st.tuples(st.text(min_size=1, max_size=9), st.text(max_size=9)), min_size=1, max_size=5))
def test_every_piece_stands_in_the_content_in_order(parts: list[tuple[str, str]]) -> None:
    text, spans = "", []
    for piece, between in parts:
        spans.append(Span(len(text), len(text) + len(piece)))
        text += piece + between
    content, at = content_of(text, spans), 0
    for span in spans:
        piece = without_links(span.of(text))
        at = content.index(piece, at) + len(piece)
    assert content.startswith(without_links(spans[0].of(text)))
    assert content.endswith(piece)  # a piece of blanks stands in the joint before it as well: `at` may be short of it
