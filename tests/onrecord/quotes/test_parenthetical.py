"""An attribution inside the clause that it reports takes no part of the clause for its source."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Attribution, Quote, Span
from onrecord.quotes.attribution.parenthetical import interrupting
from tests.onrecord.tagged_texts import attribution

Read = Callable[..., tuple[Quote, ...]]


@pytest.mark.parametrize(
    ("sentence", "source", "content", "cue"),
    [
        ("Tam Quill, Orla Venn said, closed the gate.", "Orla Venn", "Tam Quill … closed the gate", "said"),
        ("Tam Quill, Orla Venn said on Monday, was late.", "Orla Venn", "Tam Quill … was late", "said"),
        ("Tam Quill, prosecutors said in May, was late.", "prosecutors", "Tam Quill … was late", "said"),
        ("Orla Venn, a clerk, said on Monday that it was late.", "Orla Venn, a clerk", "that it was late", "said"),
        ("Orla Venn, mayor of Corran said, the gate shut.", "Orla Venn, mayor of Corran", "the gate shut", "said"),
        ("The mayor, Orla Venn said, was late.", "The mayor, Orla Venn", "was late", "said"),
    ],
)  # fmt: skip
def test_the_source_is_what_no_comma_parts_from_its_verb(
    read: Read, sentence: str, source: str, content: str, cue: str
) -> None:
    text = f"It was dark. {sentence}"
    tagged = attribution(text, content.split(" … ")[-1], cue, sentence[: sentence.index(f" {cue}")].rstrip(","))
    (quote,) = read(text, tagged)
    assert quote.speaker is not None
    assert (quote.speaker.of(text), quote.content) == (source, content)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_no_span_leaves_the_text(text: str, first: int, second: int, third: int) -> None:
    a, b, c = sorted(min(offset, len(text)) for offset in (first, second, third))
    found = interrupting(text, Attribution((Span(c, len(text)),), Span(b, c), Span(a, b), 1.0))
    assert found.source is not None
    assert all(0 <= span.start <= span.end <= len(text) for span in (*found.content, found.source))
