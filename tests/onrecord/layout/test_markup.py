"""Markup in dumps is read through: what a person reads of Markdown, HTML tags, entities and control characters."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.layout import body, segment
from onrecord.layout.lines import plain


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ('The [old bridge](https://quill.example/a_(b)?c=1 "A bridge") is shut.', "The old bridge is shut."),
        ("  * [ Valley  ](/valley/)", "Valley"),
        ("[![a picture](/p.jpg)](/story) Ferry stops", "Ferry stops"),
        ("[](javascript:;)", ""),
        ("Orla Venn[[email protected]](/protection#512139)", "Orla Venn[email protected]"),
        ("[May 8: [ferries](/f) stop](https://quill.example/x)", "May 8: ferries stop"),
        ("She was **very** angry and _left_ at once.", "She was very angry and left at once."),
        ("5 * 3 * 2 and snake_case_name stay", "5 * 3 * 2 and snake_case_name stay"),
        (r"1\. No \- not \*that\*", "1. No - not *that*"),
        ("&ldquo;Shut it,&rdquo; <q>now</q>, she said.", "“Shut it,” now, she said."),
        ("\x93Shut it,\x94 she said. It\x92s unsafe.", "“Shut it,” she said. It’s unsafe."),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("an open [bracket and (another", "an open [bracket and (another"),
    ],
)
def test_plain(raw: str, read: str) -> None:
    assert plain(raw) == read


@given(st.text(alphabet="[]()!*_\\<>q/ a\"'#&;", max_size=80))
def test_any_markup_is_read(raw: str) -> None:
    assert plain(raw) == plain(raw).strip()


@pytest.mark.parametrize("seed", ["[", "](", "![", "**", "_a", "<q", "\\", "[a](b", "[a[b]", "[[a](b)"])
def test_markup_does_not_backtrack(seed: str) -> None:
    start = time.process_time()
    plain(seed * 20_000)
    assert time.process_time() - start < 10


def test_a_body_has_no_link_targets() -> None:
    text = (
        "# Ferry stops in June\n\nThe [ferry](https://quill.example/ferry) at Denholt will stop in June after ninety "
        "years, the [council](https://quill.example/council) said on Monday.\n\n“It costs us nine crowns a passenger,” "
        "Ines Kolar, the mayor, said to the [Ledger](https://quill.example/).\n"
    )
    read = body(text, segment(text))
    assert "https" not in read
    assert "The ferry at Denholt" in read
