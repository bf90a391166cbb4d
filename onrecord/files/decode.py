"""Bytes to text, or the reason why they are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

import ftfy
from charset_normalizer import from_bytes
from ftfy import TextFixerConfig

#: Bytes that a file may have, unless the caller says otherwise.
DEFAULT_LIMIT = 20_000_000
#: Bytes on which the encoding is guessed; more adds time and no knowledge.
_SAMPLE = 200_000
#: More replacement characters than this share of a text and it is damaged beyond use.
_DAMAGE = 0.005
#: Control characters beside white space that a text may have, as a share (feeds carry a few form feeds and escapes).
_CONTROLS = 0.002
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")

_HIGH_RUN = re.compile(r"[À-ÖØ-öø-ÿŠšŽžŒœŸ]{2,}")

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SIGNATURES = {
    b"%PDF-": "a PDF file, not text",
    b"PK\x03\x04": "a ZIP archive (or an office document), not text",
    b"\x1f\x8b": "a gzip archive, not text",
    b"\x89PNG": "a PNG image, not text",
    b"\xff\xd8\xff": "a JPEG image, not text",
    b"GIF8": "a GIF image, not text",
    b"\xd0\xcf\x11\xe0": "an old office document, not text",
    b"\x7fELF": "a program, not text",
    b"PAR1": "a Parquet file, not text",
    b"{\\rtf": "a rich text (RTF) file, not plain text",
    b"<!DOCTYPE html": "an HTML page, not plain text",
    b"<!doctype html": "an HTML page, not plain text",
    b"<html": "an HTML page, not plain text",
    b"SQLite format 3": "a database, not text",
}
#: Only the encoding is repaired: quotation marks, ligatures and widths stay as they were printed.
_REPAIR = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)


class Unreadable(ValueError):  # noqa: N818 - the name says what the bytes are
    """The bytes are no text; the message says why, in words for a person."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and the encoding that it was read with; "+mojibake" where a wrong earlier decoding was undone."""

    text: str
    encoding: str


def decode(raw: bytes, *, limit: int = DEFAULT_LIMIT) -> Decoded:
    """The text of `raw`: UTF-8 if it is that, else the most likely encoding, then mojibake undone.

    Raises `Unreadable` for what is empty, larger than `limit` bytes, binary, or damaged beyond use.
    """
    _check_bytes(raw, limit)
    text, encoding = _by_bom(raw) or _utf8(raw) or _single_byte(raw)
    _check_text(text)
    repaired = _undo_mojibake(text)
    return Decoded(repaired, encoding if repaired == text else f"{encoding}+mojibake")


def _check_bytes(raw: bytes, limit: int) -> None:
    if not raw:
        raise Unreadable("the file is empty")
    if len(raw) > limit:
        raise Unreadable(f"the file has {len(raw):,} bytes, over the limit of {limit:,}")
    for signature, reason in _SIGNATURES.items():
        if raw.startswith(signature):
            raise Unreadable(reason)
    if any(raw.startswith(bom) for bom, name in _BOMS if name != "utf-8-sig"):
        return
    if b"\x00" in raw:
        nulls = raw.count(b"\x00")
        only = nulls == len(raw)
        raise Unreadable("the file is all NUL bytes" if only else f"the file has {nulls:,} NUL bytes: binary, not text")


def _by_bom(raw: bytes) -> tuple[str, str] | None:
    for bom, name in _BOMS:
        if raw.startswith(bom):
            try:
                return raw.decode(name), name
            except UnicodeDecodeError:
                if name == "utf-8-sig":
                    return None
                raise Unreadable(f"the file says it is {name.upper()} but is not") from None
    return None


def _utf8(raw: bytes) -> tuple[str, str] | None:
    """UTF-8, or UTF-8 with a little damage (a character cut in two, a stray byte), which is marked by U+FFFD."""
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    marked = raw.decode("utf-8", "replace")
    damage = marked.count("\ufffd")
    good = sum(ord(c) > 127 for c in marked) - damage
    # One damaged character among many good ones (or at the very end) is a damaged UTF-8 file: a text in a
    # single-byte encoding hardly ever has even one valid sequence.
    cut_at_end = damage == 1 and marked.endswith("\ufffd") and good > 0
    return (marked, "utf-8+damaged") if cut_at_end or good > 3 * damage else None


def _single_byte(raw: bytes) -> tuple[str, str]:
    """A text that is no UTF-8. English and Western European bytes are windows-1252; the rest is detected."""
    western = raw.decode("cp1252", "replace")
    if _reads_western(western):
        return western, "windows-1252"
    best = from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        raise Unreadable("the encoding is not known, and the bytes read as no text")
    return raw.decode(best.encoding, "replace"), best.encoding.replace("_", "-")


def _reads_western(text: str) -> bool:
    """Whether what windows-1252 makes of the bytes is Latin text with a few accents, quotation marks and dashes.

    charset-normalizer takes short Latin-1 for cp1250, where curly quotes are the same and accents are not.
    """
    high = [c for c in text if ord(c) > 127]
    odd = sum(not (c.isalpha() or c in "‘’“”–—…•€£©®™°«»§·½¼¾¿¡´¸\xa0\xad\u201a\u201e\u2039\u203a") for c in high)
    letters = sum(c.isalpha() for c in high)
    paired = sum(len(run) for run in _HIGH_RUN.findall(text))
    # A Cyrillic or Greek text read as Latin is nearly all high letters, side by side; in Latin they stand alone.
    plain_letters = sum(c.isascii() and c.isalpha() for c in text)
    return odd <= 0.1 * len(high) and letters <= 0.5 * plain_letters and paired <= 0.3 * letters


def _check_text(text: str) -> None:
    if not text.strip().strip("\ufeff\u200b"):
        raise Unreadable("the file holds nothing but white space")
    damage = text.count("\ufffd")
    if damage > max(3, _DAMAGE * len(text)):
        raise Unreadable(f"{damage:,} characters could not be decoded")
    controls = len(_CONTROL.findall(text))
    if controls > max(3, _CONTROLS * len(text)):
        raise Unreadable(f"the file has {controls:,} control characters: binary, not text")


def _undo_mojibake(text: str) -> str:
    """UTF-8 that was once read as windows-1252 ("â€™" for "’"), put right; anything else is returned as it is."""
    if not any(sign in text for sign in ("Ã", "â", "Â", "Ð", "Ñ", "ã", "å", "ï»¿", "Å")):
        return text
    return "".join(_repair_line(line) for line in text.splitlines(keepends=True))


def _repair_line(line: str) -> str:
    return ftfy.fix_text(line, _REPAIR) if not line.isascii() else line
