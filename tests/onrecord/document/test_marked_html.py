"""An article as HTML: all of its words are there, escaped, and nothing else but our own tags."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import (
    Article,
    Block,
    BlockKind,
    EntityType,
    Mention,
    Publication,
    Quote,
    QuoteType,
    Span,
    SpeakerKind,
)

TAGS = {"div", "h4", "p", "small", "span", "sup", "ol", "li", "b", "details", "summary"}


class Seen(HTMLParser):
    """The tags, attributes and words of some HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data


def article(text: str, headline: str = "Bridge closed", name: str = "Ada Quill") -> Article:
    half = len(text) // 2
    quote = Quote(
        QuoteType.DIRECT, text[:half], (Span(0, half),), Span(half, half), None, name, 0, SpeakerKind.PERSON, name,
        name, dt.date(2024, 5, 6), None, None, 0.9, 0.8,
    )  # fmt: skip
    return Article(
        text=text,
        blocks=(Block(BlockKind.PARAGRAPH, 0, half), Block(BlockKind.BOILERPLATE, half, len(text))),
        publication=Publication(headline=headline, publisher=name, authors=(name,)),
        mentions=(Mention(0, len(text), EntityType.PERSON, name, 0.9, 0),),
        quotes=(quote,),
    )


@given(st.text(min_size=2), st.text(), st.text())
def test_hostile_words_stay_words(text: str, headline: str, name: str) -> None:
    seen = Seen(article(text, headline, name)._repr_html_())
    assert seen.tags <= TAGS and seen.attributes <= {"style"}
    shown = Seen(article(text, "<script>alert(1)</script>")._repr_html_())
    assert shown.words.startswith("<script>alert(1)</script>")


def test_what_was_found_is_marked_and_listed() -> None:
    html = article("It is safe. Share this")._repr_html_()
    assert "<sup>1</sup>" in html and "<summary>boilerplate</summary>" in html
    assert "<b>Ada Quill</b>, 80% (Ada Quill; to Ada Quill; 2024-05-06): It is safe." in html


def test_an_article_without_blocks_shows_its_text_and_a_repr_is_short() -> None:
    plain = Article(text="a < b")
    assert "a &lt; b" in plain._repr_html_()
    assert repr(plain) == "<Article without headline: 0 quotes, 0 names, 0 dates>"
    assert repr(article("x" * 10_000)) == "<Article Bridge closed, Ada Quill: 1 quotes, 1 names, 0 dates>"
