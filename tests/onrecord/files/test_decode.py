"""Bytes to text: encodings, damage, mojibake, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.files import Unreadable, decode

CURLY = "“We will stay,” said Zoë Brannigan – café owner, 41."


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (CURLY.encode(), "utf-8"),
        (CURLY.encode("utf-8-sig"), "utf-8-sig"),
        (CURLY.encode("cp1252"), "windows-1252"),
        (CURLY.encode("utf-16"), "utf-16"),
    ],
)
def test_text_is_that_which_was_written(raw: bytes, encoding: str) -> None:
    decoded = decode(raw)
    assert (decoded.text, decoded.encoding) == (CURLY, encoding)


def test_short_latin_is_western_not_central_european() -> None:
    assert decode("Señor Muñoz, naïve façade".encode("latin-1")).text == "Señor Muñoz, naïve façade"


def test_mojibake_is_undone_and_said() -> None:
    decoded = decode(CURLY.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d").encode())
    assert decoded.text == CURLY
    assert decoded.encoding == "utf-8+mojibake"


def test_repair_leaves_quotation_marks_and_line_ends() -> None:
    text = "It’s “fine”\r\nﬁne print\u00a0here …"
    assert decode(text.encode()).text == text


def test_cut_utf8_is_read_with_the_damage_marked() -> None:
    decoded = decode(("“Prudence,” said the minister’s aide. " * 3).encode() + "é".encode()[:1])
    assert decoded.encoding == "utf-8+damaged"
    assert decoded.text.endswith("\ufffd")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "white space"),
        ("\ufeff\n".encode(), "white space"),
        (b"\x00" * 50, "NUL"),
        (b"text\x00more", "NUL"),
        (b"%PDF-1.7 \xe2\xe3", "PDF"),
        (b"PK\x03\x04xxxx", "ZIP"),
        (b"<!DOCTYPE html><html><body>News</body></html>", "HTML"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08" * 10, "control characters"),
        (b"x" * 101, "over the limit of 100"),
        (b"\xff\xfe" + b"\x00\xd8\x41\x00", "UTF-16"),
    ],
)
def test_refused_with_a_reason(raw: bytes, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        decode(raw, limit=100)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_refused(raw: bytes) -> None:
    try:
        decoded = decode(raw)
    except Unreadable as refused:
        assert str(refused)
    else:
        assert decoded.text.strip()


@given(st.text(min_size=1).filter(str.strip))
def test_ascii_and_plain_utf8_come_back_as_they_were(text: str) -> None:
    ascii_text = text.encode("ascii", "ignore").decode()
    printable = "".join(c for c in ascii_text if c.isprintable() or c in "\r\n\t")
    if printable.strip() and not printable.startswith(("{\\rtf", "<html", "%PDF-", "PAR1", "GIF8")):
        assert decode(printable.encode()).text == printable
