"""Whatever the text, its blocks cover it: every non-blank character once, in order, no white space at their edges."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.layout import body, segment
from onrecord.publication import publication

_LINES = st.sampled_from(
    [
        "",
        "   ",
        "# Bridge Closed for Nine Months",
        "May 3, 2021",
        "By Orla Venn in Eastmere",
        "By Orla Venn | May 3, 2021",
        "EASTMERE (Reuters) - The bridge was shut on Monday, the mayor told Reuters.",
        "EASTMERE:",
        "Related: Bridge Reopens",
        "You may also like",
        "Original url: https://www.quillbay-ledger.example/2021/05/03/bridge",
        "<https://www.quillbay-ledger.example/2021/05/03/bridge>",
        "“We shut it,” said Mayor Ada Quill. “It was not safe.”",
        "Advertisement",
        "© 2021 Quillbay Ledger. All rights reserved.",
        "A\u00a0soft\u00adhyphen and a zero\u200bwidth sign &amp; an entity.",
        "\u200b",
    ]
)
_TEXTS = st.one_of(
    st.text(),
    st.lists(_LINES | st.text(max_size=40), max_size=20).flatmap(
        lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\r", " "]).map(lambda end: end.join(lines))
    ),
)


@settings(deadline=None)  # the first text loads the language model
@given(_TEXTS)
def test_blocks_cover_the_text(text: str) -> None:
    blocks = segment(text)
    covered = "".join(text[block.start : block.end] for block in blocks)
    assert "".join(covered.split()) == "".join(text.split())
    at = 0
    for block in blocks:
        assert at <= block.start < block.end
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        at = block.end
    body(text, blocks)
    publication(text, blocks)
