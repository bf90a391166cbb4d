"""The pieces of a quote in one string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Span, content_of


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
        at = content.index(span.of(text), at) + span.end - span.start
    assert at == len(content)
