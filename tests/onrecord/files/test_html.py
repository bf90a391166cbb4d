"""Saved pages: the article's words, what the page says of it, and pages without an article."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.files import Metadata, Unreadable
from onrecord.files.reading import source_of

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Bridge shut | The Harrow Post</title>
<meta charset="{charset}"><meta property="og:title" content="Bridge shut, mayor says">
<meta name="author" content="Tam Quill"><meta property="og:site_name" content="The Harrow Post">
<meta property="article:published_time" content="2024-05-07T22:00:00Z">
<link rel="canonical" href="https://harrowpost.example/2024/bridge"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Bridge shut, mayor says</h1>
<p>HARROW - Mayor José Strand said on Monday that the harbour bridge would stay closed until it was mended.</p>
<p>“Nobody crosses until it is <b>safe</b>,” she told the Meridian, <i>late</i> in the day, before she left.</p>
</article>
<footer>Copyright 2024 The Harrow Post. All rights reserved.</footer></body></html>"""


def test_the_article_is_read_with_what_the_page_says_of_it() -> None:
    found = source_of("a.html", PAGE.replace("{charset}", "utf-8").encode())
    assert found.text == (
        "Bridge shut, mayor says\n\nHARROW - Mayor José Strand said on Monday that the harbour bridge would stay closed"
        " until it was mended.\n\n“Nobody crosses until it is safe,” she told the Meridian, late in the day, before she"
        " left."
    )
    assert found.metadata is not None and found.encoding == "utf-8"
    assert (found.metadata.headline, found.metadata.authors) == ("Bridge shut, mayor says", ("Tam Quill",))
    assert (found.metadata.publisher, found.metadata.date_published) == ("The Harrow Post", dt.date(2024, 5, 7))
    assert found.metadata.url == "https://harrowpost.example/2024/bridge"


def test_metadata_beside_the_page_wins() -> None:
    told = Metadata(headline="Closed", publisher="The Mail")
    found = source_of("a.HTM", PAGE.encode(), told)
    assert found.metadata is not None
    assert (found.metadata.headline, found.metadata.publisher) == ("Closed", "The Mail")
    assert found.metadata.authors == ("Tam Quill",)


@pytest.mark.parametrize(
    ("charset", "codec"), [("windows-1252", "cp1252"), ("utf-8", "cp1252"), ("iso-8859-2", "iso8859-2")]
)
def test_the_declared_encoding_is_believed_where_the_bytes_are_no_utf_8(charset: str, codec: str) -> None:
    page = PAGE.replace("{charset}", charset).replace("“", '"').replace("”", '"')
    assert "José Strand" in source_of("a.html", page.encode(codec)).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><body></body></html>", "no article on the page"),
        (b"", "empty"),
        (b"%PDF-1.4 ...", "a PDF file"),
        (b"<html>\0\0", "binary"),
    ],
)
def test_what_is_no_page_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        source_of("a.html", data)


@given(st.text(max_size=200))
def test_any_page_is_a_text_or_unreadable(body: str) -> None:
    try:
        found = source_of("a.html", f"<html><body><p>{body}</p></body></html>".encode())
    except Unreadable:
        return
    assert found.text.strip()
