"""A part of the text with the label that its own words give it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.dates.written import is_date_line
from onrecord.document.article import BlockKind
from onrecord.layout.byline import is_person, is_picture_credit, read_byline, unopened_byline
from onrecord.layout.captions import is_caption, tells
from onrecord.layout.line_rules import line_rule
from onrecord.layout.lines import Part, ends_sentence, plain
from onrecord.lexicon.outlets import agency_named

#: An agency's initials under its story.
_SIGNED = re.compile(r"[-–—(\[]\s?[A-Z]{2,7}(?:/[A-Z]{2,7})?\s?[)\]]?\.?")
_WRITERS = re.compile(r"\b(?:report|writ|edit|contribut|compil|translat)\w+|^\W*source|agenc", re.IGNORECASE)
_QUOTATION = re.compile(r"[\"“”«»]")
#: Signs that part a byline from a date, or a date from a reading time, on one line.
_PARTING = re.compile(
    r"\s*[|•·]\s*|\s+[-–—]+\s+|,\s+|\s{2,}|\s+(?=(?:published|posted|updated|last updated|on)\b)", re.IGNORECASE
)
#: A line that holds a byline and a date is no longer than this.
_PARTED_LENGTH = 220


#: A caption that its neighbour shows, a credit line, is no longer than this.
_CAPTION_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part and its kind; `kind` is null as long as only its place can tell."""

    part: Part
    kind: BlockKind | None
    opens_list: bool = False

    @property
    def words(self) -> str:
        return self.part.plain

    @property
    def is_picture_credit(self) -> bool:
        return self.kind is BlockKind.CREDIT and not _WRITERS.search(self.part.plain)

    @property
    def is_sentence(self) -> bool:
        return ends_sentence(self.part.plain)


def has_quotation(words: str) -> bool:
    """Whether `words` have a quotation mark."""
    return bool(_QUOTATION.search(words))


def label_by_form(text: str, parts: list[Part]) -> list[Labelled]:
    """The parts' kinds as far as their own words tell them; two parts where a line holds a byline and a date."""
    known: dict[str, tuple[BlockKind | None, bool]] = {}
    labelled: list[Labelled] = []
    for part in parts:
        if part.plain not in known:
            known[part.plain] = _kind_of(part.plain)
        labelled += _labelled(text, part, *known[part.plain])
    return labelled


def _labelled(text: str, part: Part, kind: BlockKind | None, opens_list: bool) -> list[Labelled]:
    if kind in (None, BlockKind.CREDIT) and part.lines == 1 and 12 <= len(part.plain) <= _PARTED_LENGTH:
        parted = _byline_and_date(text, part)
        if parted:
            return parted
    return [Labelled(part, kind, opens_list)]


def _kind_of(words: str) -> tuple[BlockKind | None, bool]:
    if not any(c.isalnum() for c in words):
        return BlockKind.BOILERPLATE, False
    if is_date_line(words):
        return BlockKind.DATE, False
    if read_byline(words):
        return BlockKind.BYLINE, False
    if _is_holder(words):
        return BlockKind.CREDIT, False
    rule = line_rule(words)
    if rule:
        return rule.kind, rule.opens_list
    if is_picture_credit(words) or _SIGNED.fullmatch(words):
        return BlockKind.CREDIT, False
    if unopened_byline(words):
        return BlockKind.BYLINE, False
    return (BlockKind.CAPTION if is_caption(words) else None), False


def _byline_and_date(text: str, part: Part) -> list[Labelled]:
    """ "By Orla Venn | May 3, 2021" as its two parts; empty where the line is no such thing."""
    raw = text[part.start : part.end]
    for sign in _PARTING.finditer(raw):
        # The sign is a character of the text as well: it goes with the piece before it.
        left, right = raw[: sign.start()], raw[sign.end() :]
        kinds = [_piece_kind(plain(left), plain(right)), _piece_kind(plain(right), plain(left))]
        if left and right and all(kinds) and BlockKind.DATE in kinds:
            return [
                Labelled(replace(part, end=part.start + len(raw[: sign.end()].rstrip()), plain=plain(left)), kinds[0]),
                Labelled(replace(part, start=part.start + sign.end(), blanks=0, plain=plain(right)), kinds[1]),
            ]
    return []


def _is_holder(words: str) -> bool:
    """Whether a line is the © of an agency's story or of a picture: "© Agence France-Presse", "© Falk/Meridian"."""
    if not words.startswith("©") or len(words) > 80:
        return False
    holder = words.lstrip("© 0123456789,")
    return agency_named(holder) is not None or ("/" in holder and "reserved" not in holder)


def label_captions(labelled: list[Labelled]) -> None:
    """Label in place the open parts that a picture's credit line stands right under, or right over, as captions."""
    for i, item in enumerate(labelled):
        if item.kind is not None or item.part.rank or len(item.words) > _CAPTION_LENGTH or tells(item.words):
            continue
        before = labelled[i - 1] if i else None
        after = labelled[i + 1] if i + 1 < len(labelled) else None
        under = after and after.is_picture_credit and (after.part.blanks == 0 or not item.is_sentence)
        over = before and before.is_picture_credit and item.part.blanks == 0 and after and after.part.blanks
        if i and (under or over):
            labelled[i] = replace(item, kind=BlockKind.CAPTION)


def _piece_kind(words: str, other: str) -> BlockKind | None:
    if is_date_line(words):
        return BlockKind.DATE
    if read_byline(words) or unopened_byline(words) or (is_person(words) and is_date_line(other)):
        return BlockKind.BYLINE
    rule = line_rule(words)
    return rule.kind if rule and rule.kind is BlockKind.BOILERPLATE else None
