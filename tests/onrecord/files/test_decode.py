"""Bytes to text: encodings, damage, mojibake, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.files import Unreadable, decode
from onrecord.files.decode import Decoded, codec_of

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


@pytest.mark.parametrize("broken", [b"Jos\xc3 Mar\xc3\xada", b"Jos\xe9 Mar\xc3\xada", "José Marí".encode() + b"\xc3"])
def test_one_broken_byte_leaves_utf8(broken: bytes) -> None:
    decoded = decode("“Prudence,” ".encode() + broken)
    assert decoded.encoding == "utf-8+damaged"
    assert decoded.text.startswith("“Prudence,” Jos")
    assert "Marí" in decoded.text
    assert decoded.text.count("\ufffd") == 1


@pytest.mark.parametrize(
    "wrong", ["latin-1", "cp1250", "cp1251", "mac-roman"], ids=lambda encoding: f"utf-8 read as {encoding}"
)
def test_mojibake_of_other_encodings_is_undone(wrong: str) -> None:
    text = "“We’ll stay,” said José"
    assert decode(text.encode().decode(wrong, "replace").encode()).text.replace("\ufffd", "") == text


def test_controls_are_the_marks_of_windows_1252() -> None:
    text = "“We’ll stay – all of us…,” said Zoë. “Here.”"
    as_controls = text.encode("cp1252").decode("latin-1")
    assert decode(as_controls.encode()) == Decoded(text, "utf-8+mojibake")
    assert decode((as_controls + " Győr").encode()).text == text + " Győr"
    assert decode(as_controls.encode("latin-1"), encoding="ISO-8859-1") == Decoded(text, "windows-1252")


def test_a_declared_encoding_is_believed() -> None:
    text = "Ca–ete"
    assert decode("Cañete".encode("mac-roman")).text == text
    assert decode("Cañete".encode("mac-roman"), encoding="macroman") == Decoded("Cañete", "mac-roman")
    assert decode("Řezáč".encode("cp1250"), encoding="cp1250") == Decoded("Řezáč", "windows-1250")
    assert decode("Zoë".encode("utf-16"), encoding="cp1250") == Decoded("Zoë", "utf-16")


def test_what_is_not_in_its_declared_encoding_is_damaged_or_refused() -> None:
    assert decode(b"Zo\xeb stays", encoding="utf-8") == Decoded("Zo\ufffd stays", "utf-8+damaged")
    with pytest.raises(Unreadable, match="could not be decoded"):
        decode("Åsa Älg är här, sa Örjan".encode("latin-1"), encoding="utf-8")


def test_names_of_encodings() -> None:
    assert codec_of("latin1") == codec_of("US-ASCII") == codec_of(" Windows-1252 ") == "cp1252"
    assert codec_of("gb2312") == "gb18030"
    for unknown in ("latin-11", "rot13", "base64", "hex"):
        with pytest.raises(LookupError):
            codec_of(unknown)


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
