"""The lines of a raw text, the words on them without markup, and the paragraphs that hard-wrapped lines make up."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from onrecord.document.markup import LINK_TARGET

#: Characters that nobody sees, and the C1 controls that Windows-1252 has printed characters for.
_UNSEEN: dict[int, str | None] = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
_UNSEEN |= {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0) if code != 0x85}
_MARKUP_START = re.compile(r"^(?:#{1,6}[ \t]+|>[ \t]*|[*+•▪●][ \t]+)+")
_EMPHASIS = re.compile(r"^(\*\*\*|\*\*|__|\*|_)(?=\S)(.+)(?<=\S)\1$", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\s*\)")
_LINK = re.compile(r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)" + LINK_TARGET)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")
_INLINE = re.compile(
    r"(?<![\w*\\])(\*\*\*|\*\*|\*)(?=\S)([^*]+?)(?<=[^\s\\])\1(?![\w*])|(?<![\w_\\])(___|__|_)(?=\S)([^_]+?)(?<=[^\s\\])\3(?![\w_])"
)
_TAG = re.compile(
    r"</?(?:q|p|br|b|i|em|strong|a|span|blockquote|cite|div|h[1-6]|li|ul|ol|u|small|sup|sub)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]*_]*$")

#: Names of fields over an exported article or a mail, and the beginning of one: "Subject: ".
FIELD_NAMES = "title|headline|subject|authors?|date|source|publisher|from|to|url|tags"
_FIELD = re.compile(rf"(?:{FIELD_NAMES}):[ \t]+\S", re.IGNORECASE)

#: Above this a line is no line of a hard-wrapped text (mail and wire feeds wrap at 60 to 80, books below 100).
WRAP_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its characters without the white space at both ends, and the blank lines before."""

    start: int
    end: int
    blanks: int
    indented: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One line, or the lines of one wrapped paragraph. `plain` is what a person reads; `rank` its Markdown #'s."""

    start: int
    end: int
    blanks: int
    lines: int
    plain: str
    rank: int = 0
    emphasis: bool = False


def plain(text: str) -> str:
    """`text` as read by a person: entities resolved, invisible characters and markup gone, white space single.

    Of a Markdown link the words stay, of an image nothing; escapes, emphasis and inline HTML tags are read through.
    """
    words = html.unescape(text) if "&" in text else text
    words = " ".join((words if words.isascii() else words.translate(_UNSEEN)).split())
    if "](" in words:
        # Twice, for a link inside of a link's words.
        words = " ".join(_LINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", words))).split())
    if "<" in words:
        words = _TAG.sub("", words).strip()
    words = _MARKUP_START.sub("", words)
    words = words.rstrip("#").rstrip() if text.lstrip().startswith("#") else words
    emphasised = _EMPHASIS.match(words)
    words = emphasised[2] if emphasised else words
    if "*" in words or "_" in words:
        words = _INLINE.sub(lambda match: match[2] or match[4], words)
    return _ESCAPE.sub(r"\1", words) if "\\" in words else words


def line_form(line: str) -> str:
    """The normal form in which one line is the same in many articles: plain, casefolded, numbers as "0".

    >>> line_form("**This story is over 5 years old.**")
    'this story is over 0 years old'
    """
    return _DIGITS.sub("0", plain(line).casefold()).strip(" .:;,!-–—*_|>#")


def line_key(line: str) -> int | None:
    """The key of a line's normal form: 64 bits of its BLAKE2b, the same on every machine; null where nothing is left.

    Among the 100,000 lines of a publisher that are compared, two share a key with a chance of 1 in 4 billion.
    """
    form = line_form(line)
    if not form:
        return None
    return int.from_bytes(hashlib.blake2b(form.encode("utf-8", "backslashreplace"), digest_size=8).digest(), "little")


def lines_of(text: str) -> Iterator[Line]:
    """The non-blank lines in order. CRLF, lone CR and Unicode's line separators end a line like LF does."""
    at = blanks = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            lead = len(raw) - len(raw.lstrip())
            yield Line(at + lead, at + lead + len(words), blanks, lead >= 2 or raw[0] == "\t")
            blanks = 0
        else:
            blanks += 1
        at += len(raw)


def parts_of(text: str) -> list[Part]:
    """The text's lines, those of one wrapped paragraph joined."""
    lines = list(lines_of(text))
    width = _wrap_width(text, lines)
    parts: list[Part] = []
    group: list[Line] = []
    for line in lines:
        if group and not _continues(text, group[-1], line, width):
            parts.append(_part(text, group))
            group = []
        group.append(line)
    if group:
        parts.append(_part(text, group))
    return parts


def ends_sentence(words: str) -> bool:
    """Whether `words` end as a sentence does, closing marks and brackets aside."""
    return bool(_TERMINAL.search(words[-12:]))


def _part(text: str, group: list[Line]) -> Part:
    start, end = group[0].start, group[-1].end
    raw = text[start:end]
    rank = len(raw) - len(raw.lstrip("#")) if raw.startswith("#") else 0
    words = plain(raw)
    return Part(start, end, group[0].blanks, len(group), words, rank, raw[:1] in "*_" and not words.startswith(raw[:1]))


def _wrap_width(text: str, lines: list[Line]) -> int:
    """The column at which the text was wrapped, or 0 if it was not.

    Where lines were cut at a width, the next line's first word did not fit on most of them; where a line is a
    paragraph, their lengths are anything.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.blanks]
    lengths = sorted(a.end - a.start for a, _ in pairs)
    if len(pairs) < 3 or lengths[len(lengths) // 2] < 30:
        return 0
    width = lengths[min(len(lengths) - 1, len(lengths) * 95 // 100)]
    if not 40 <= width <= WRAP_WIDTH:
        return 0
    full = sum(_is_full(text, a, b, width) for a, b in pairs)
    open_ended = sum(not ends_sentence(text[max(a.start, a.end - 12) : a.end]) for a, _ in pairs)
    return width if full >= 0.6 * len(pairs) and open_ended >= 0.5 * len(pairs) else 0


def _is_full(text: str, line: Line, following: Line, width: int) -> bool:
    word = text[following.start : min(following.end, following.start + width)].split(maxsplit=1)[0]
    # Where a sentence ends the paragraph may, too: then the word must surely not have fitted. Elsewhere there are two
    # columns of slack: wrapping counted the margin, or a mark that the dump has lost.
    slack = 0 if ends_sentence(text[max(line.start, line.end - 12) : line.end]) and not word[0].islower() else 2
    return line.end - line.start + 1 + len(word) > width - slack


def _continues(text: str, line: Line, following: Line, width: int) -> bool:
    """Whether `following` is the same paragraph as `line`."""
    if following.blanks or following.indented:
        return False
    if _FIELD.match(text, line.start) and _FIELD.match(text, following.start):
        return False
    open_end = not ends_sentence(text[max(line.start, line.end - 12) : line.end])
    first = text[following.start]
    if first in "#>*•<" or text.startswith(("http://", "https://"), following.start):
        return False
    if width and line.end - line.start <= width + 10:
        return _is_full(text, line, following, width) or (open_end and first.islower())
    # A sentence that a stray line break cuts in two.
    return open_end and first.islower() and line.end - line.start >= 50
