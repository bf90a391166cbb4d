"""Bytes to text, or the reason why they are none."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import ftfy
from charset_normalizer import from_bytes
from ftfy import TextFixerConfig

from onrecord.files.encodings import CODECS, likeliest, text_score

#: Bytes that a file may have, unless the caller says otherwise.
DEFAULT_LIMIT = 20_000_000
#: Bytes on which the encoding is guessed; more adds time and no knowledge.
_SAMPLE = 200_000
#: More replacement characters than this share of a text and it is damaged beyond use.
_DAMAGE = 0.005
#: Control characters beside white space that a text may have, as a share (feeds carry a few form feeds and escapes).
_CONTROLS = 0.002
#: The least logarithm of the probability of a byte with which an encoding is believed, and of bytes that are too few.
_READS, _SHORT = -6.0, 30
#: Characters by which UTF-16 without a mark is known.
_UTF16_SAMPLE = 2_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")

#: What characters read in a wrong encoding look like: two or more side by side, a control, or one beside a lost one.
_SUSPECT = re.compile(r"[^\x00-\x7f]{2}|[\x80-\x9fÂÃâ]")
#: A line with its end; U+0085 and the like end none here, as they are part of what is repaired.
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
#: Codecs of which another one holds all characters, and more.
_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
}  # fmt: skip
_ESCAPES = ((b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"), (b"\x1b$)C", "iso2022_kr"))

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


def decode(raw: bytes, *, encoding: str | None = None, limit: int = DEFAULT_LIMIT, markup: bool = False) -> Decoded:
    """The text of `raw` in `encoding`, or, where none is given, as UTF-8 or else in the likeliest one; mojibake undone.

    A byte-order mark is believed over `encoding`. `markup`: an HTML page is a text. Raises `Unreadable` for what is
    empty, larger than `limit` bytes, binary, or damaged beyond use.
    """
    _check_size(raw, limit, markup)
    text, found = _by_bom(raw) or (_declared(raw, encoding) if encoding else _detected(raw))
    _check_text(text)
    repaired = _undo_mojibake(text)
    return Decoded(repaired, found if repaired == text else f"{found}+mojibake")


def codec_of(encoding: str) -> str:
    """Python's codec for the name of an encoding. Raises `LookupError` for what names none.

    As the WHATWG's Encoding Standard has it, what calls itself latin-1, ASCII or another subset of a Windows code page
    is that code page: bytes from 0x80 to 0x9F are marks, and no controls.
    """
    name = codecs.lookup(encoding.strip()).name
    codec = _SUPERSETS.get(name, name)
    if not getattr(codecs.lookup(codec), "_is_text_encoding", True):
        raise LookupError(f"{encoding} is no encoding of text")
    return codec


def _check_size(raw: bytes, limit: int, markup: bool) -> None:
    if not raw:
        raise Unreadable("the file is empty")
    if len(raw) > limit:
        raise Unreadable(f"the file has {len(raw):,} bytes, over the limit of {limit:,}")
    for signature, reason in _SIGNATURES.items():
        if raw.startswith(signature) and not (markup and signature.startswith(b"<")):
            raise Unreadable(reason)


def _by_bom(raw: bytes) -> tuple[str, str] | None:
    name = bom_codec(raw)
    if name is None:
        return None
    try:
        return raw.decode(name), name
    except UnicodeDecodeError:
        if name == "utf-8-sig":
            return None
        raise Unreadable(f"the file says it is {name.upper()} but is not") from None


def bom_codec(raw: bytes) -> str | None:
    """The codec that a byte-order mark at the beginning tells, and that reads the mark away; null without one."""
    return next((name for bom, name in _BOMS if raw.startswith(bom)), None)


def _declared(raw: bytes, encoding: str) -> tuple[str, str]:
    codec = codec_of(encoding)
    name = codec.replace("cp125", "windows-125").replace("_", "-")
    try:
        return raw.decode(codec), name
    except UnicodeDecodeError:
        return raw.decode(codec, "replace"), f"{name}+damaged"


def _detected(raw: bytes) -> tuple[str, str]:
    if b"\x00" in raw:
        return _utf16(raw)
    escaped = _iso2022(raw)
    if escaped:
        return escaped
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _legacy(raw)


def _utf16(raw: bytes) -> tuple[str, str]:
    """UTF-16 without a mark: bytes with NULs among them that read as text when two are taken together."""
    readings: list[tuple[float, str, str]] = []
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            readings.append((text_score(text[:_UTF16_SAMPLE]), text, name))
    if readings:
        score, text, name = max(readings)
        if score > 1.75 * _READS * min(len(text), _UTF16_SAMPLE):
            return text, name
    nulls = raw.count(b"\x00")
    only = nulls == len(raw)
    raise Unreadable("the file is all NUL bytes" if only else f"the file has {nulls:,} NUL bytes: binary, not text")


def _iso2022(raw: bytes) -> tuple[str, str] | None:
    """Japanese or Korean in seven bits, by its escape sequences."""
    for escape, codec in _ESCAPES:
        if escape in raw:
            try:
                return raw.decode(codec), codec.replace("_", "-")
            except UnicodeDecodeError:
                continue
    return None


def _legacy(raw: bytes) -> tuple[str, str]:
    """What is not valid UTF-8, in the likeliest encoding; UTF-8 is among them, and its damage marked by U+FFFD.

    What reads as text in none of ours is left to charset-normalizer, which knows more of them.
    """
    guess = likeliest(raw)
    if guess is not None and (guess.size < _SHORT or guess.fit > _READS):
        text = raw.decode(CODECS.get(guess.encoding, guess.encoding), "replace")
        return text, "utf-8+damaged" if guess.encoding == "utf-8" else guess.encoding
    best = from_bytes(raw[:_SAMPLE]).best()
    if best is None:
        raise Unreadable("the encoding is not known, and the bytes read as no text")
    return raw.decode(best.encoding, "replace"), best.encoding.replace("_", "-")


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
    """UTF-8 or windows-1252 that was once read as something else ("â€™" or U+0092 for "’"), put right, line by line."""
    if not _SUSPECT.search(text):
        return text
    return "".join(ftfy.fix_text(line, _REPAIR) if _SUSPECT.search(line) else line for line in _LINES.findall(text))
