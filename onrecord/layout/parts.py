"""A part of the text with the label that its own words give it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.dates.written import full_dates, is_date_line, month_of_year
from onrecord.document.article import BlockKind
from onrecord.layout.byline import (
    continues_byline,
    is_person,
    is_picture_credit,
    is_role,
    read_byline,
    unopened_byline,
)
from onrecord.layout.captions import is_caption, tells
from onrecord.layout.line_rules import line_rule
from onrecord.layout.lines import Part, ends_sentence, plain
from onrecord.layout.scores import Scores, likeliest
from onrecord.lexicon.outlets import agency_named, is_outlet
from onrecord.lexicon.word_lists import word_list

#: An agency's initials under its story.
_SIGNED = re.compile(r"(?:[-–—]{1,2}|[(\[])\s?[A-Z]{2,7}(?:/[A-Z]{2,7})?\s?[)\]]?\.?")
_WRITERS = re.compile(r"\b(?:report|writ|edit|contribut|compil|translat)\w+|^\W*source|agenc", re.IGNORECASE)
#: The number of a printed page: "Page 3", "A7".
_PAGE = re.compile(r"[\s|,]*(?:[Pp]age |p\. ?)\d{1,3}|\s+[A-Z]\d{1,2}")
_QUOTATION = re.compile(r"[\"“”«»]")
#: Signs that part a byline from a date, or a date from a reading time, on one line.
_PARTING = re.compile(
    r"\s*[|•·]\s*|\s+[-–—]+\s+|,\s+|\s{2,}|\s+(?=(?:published|posted|updated|last updated|on)\b)", re.IGNORECASE
)
#: A line of more pieces is a list of something else.
_MOST_PIECES = 6
#: Words before a date that go with it: "on", "Published on".
_BEFORE_DATE = re.compile(
    r"\s(?:(?:(?:last )?(?:published|posted|updated)\s?:?\s*)?(?:on\s)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?)$",
    re.IGNORECASE,
)
#: A line that holds a byline and a date is no longer than this.
_PARTED_LENGTH = 220


#: So many parts at both ends of a page are looked at wherever the story stands: there is its address.
_EDGE = 4
#: A caption that its neighbour shows, a credit line, is no longer than this.
_CAPTION_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Labelled:
    """A part and its kind; `kind` is null as long as only its place can tell.

    `body` and `headline` are the learned probabilities that it is of the story's text, or its headline; `near` tells
    whether it stands in the story or near it; `entries` is 0, or how many entries a list needs that the part heads.
    """

    part: Part
    kind: BlockKind | None
    entries: int = 0
    body: float = 1.0
    headline: float = 0.0
    near: bool = True

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


def label_by_form(text: str, parts: Sequence[Part], scores: Scores) -> list[Labelled]:
    """The parts' kinds as far as their own words tell them; two parts where a line holds a byline and a date.

    Parts far from the story are only looked at for addresses.
    """
    known: dict[str, tuple[BlockKind | None, int]] = {}
    labelled: list[Labelled] = []
    last = len(parts) - 1
    for i, part in enumerate(parts):
        body, headline, near = float(scores.body[i]), float(scores.headline[i]), scores.near(i)
        if not (near or i < _EDGE or i > last - _EDGE):
            labelled.append(Labelled(part, None, 0, body, headline, near))
            continue
        if part.plain not in known:
            known[part.plain] = _kind_of(part.plain)
        item = Labelled(part, *known[part.plain], body, headline, near)
        if i < _EDGE and item.kind is None and _NO_WORDS.fullmatch(part.plain):
            item = replace(item, kind=BlockKind.BOILERPLATE)
        if labelled and labelled[-1].kind is BlockKind.BYLINE and item.kind in (None, BlockKind.BOILERPLATE):
            item = replace(item, kind=BlockKind.BYLINE) if continues_byline(part.plain, labelled[-1].words) else item
        labelled += (_without_headline(piece) for piece in _labelled(text, item))
    return _without_outlets(labelled)


#: Kinds that a headline is not, whatever is learned.
_NO_HEADLINE = (
    BlockKind.BYLINE,
    BlockKind.DATE,
    BlockKind.URL,
    BlockKind.CREDIT,
    BlockKind.BOILERPLATE,
    BlockKind.RELATED,
    BlockKind.NAVIGATION,
)
#: What at a text's top is no words: a wire's or desk's slug ("bridge-shut-03jun-ov"), a menu that the dump has glued.
_NO_WORDS = re.compile(
    r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}|[A-Z0-9]{2,}(?:[-_/][A-Z0-9]{2,}){2,}|[A-Z]{2,6}\d{3,5}(?: [A-Z0-9/&-]+){1,8}"
    r"|(?:[A-Z][a-z]+|[A-Z]-[A-Z][a-z]+){5,}"
)
#: From this probability on a line is a headline although it reads like an outlet's name, or like a name and a date.
_SURE_HEADLINE = 0.25
#: An outlet's name has no more words.
_OUTLET_WORDS = 5
#: Sections of outlets, as they stand over a headline.
SECTIONS = frozenset(word_list("sections.yaml")["sections"])


def is_section(words: str) -> bool:
    """Whether a line is nothing but the name of a section, or of several: "World", "Opinion | Letters"."""
    tokens = [token.casefold() for token in words.split()]
    return len(tokens) <= 4 and all(token.strip("|>/:,") in SECTIONS for token in tokens)


def _without_headline(item: Labelled) -> Labelled:
    """The part, no headline where its words say that it is a byline, a notice or a section."""
    is_other = item.kind in _NO_HEADLINE or is_section(item.words)
    return replace(item, headline=0.0) if item.headline and is_other else item


def _without_outlets(labelled: list[Labelled]) -> list[Labelled]:
    """The parts, none a headline that is the outlet's name.

    Where no other line is likely one, a sure headline only sounds like an outlet: "Quill Kettle Review".
    """
    found = [
        replace(item, headline=0.0)
        if item.headline and item.words.count(" ") < _OUTLET_WORDS and _is_outlet(item.words)
        else item
        for item in labelled
    ]
    sure = max((item.headline for item in labelled), default=0.0) >= _SURE_HEADLINE
    return labelled if sure and likeliest([item.headline for item in found]) is None else found


def _is_outlet(words: str) -> bool:
    """Whether a line is an outlet's name, as a masthead also in capitals: "THE QUILLBAY LEDGER"."""
    return is_outlet(words) or (words.startswith("THE ") and words.isupper() and is_outlet(words.title()))


def _is_running_head(words: str) -> bool:
    """Whether a line stands over a printed page: "The Quillbay Ledger  Friday, May 10, 2024  Page 3"."""
    dates = full_dates(words) if len(words) <= 120 and _PAGE.search(words) else []
    return len(dates) == 1 and bool(_PAGE.fullmatch(words, dates[0].end)) and len(words[: dates[0].start].split()) <= 6


def _labelled(text: str, item: Labelled) -> list[Labelled]:
    if (
        item.kind in (None, BlockKind.CREDIT, BlockKind.CAPTION)
        and item.part.lines == 1
        and item.headline < _SURE_HEADLINE
        and 12 <= len(item.words) <= _PARTED_LENGTH
    ):
        parted = _byline_and_date(text, item)
        if parted:
            return parted
    return [item]


def _kind_of(words: str) -> tuple[BlockKind | None, int]:
    if not any(c.isalnum() for c in words):
        return BlockKind.BOILERPLATE, 0
    if is_date_line(words):
        return BlockKind.DATE, 0
    if read_byline(words):
        return BlockKind.BYLINE, 0
    if _is_holder(words):
        return BlockKind.CREDIT, 0
    if _is_running_head(words):
        return BlockKind.BOILERPLATE, 0
    rule = line_rule(words)
    if rule:
        return (rule.kind if rule.entries <= 1 else None), rule.entries
    if is_picture_credit(words) or _SIGNED.fullmatch(words):
        return BlockKind.CREDIT, 0
    if unopened_byline(words):
        return BlockKind.BYLINE, 0
    return (BlockKind.CAPTION if is_caption(words) else None), 0


def _byline_and_date(text: str, item: Labelled) -> list[Labelled]:
    """ "By Orla Venn | May 3, 2021 | Print" as its parts; empty where the line is no such thing.

    A sign of punctuation that parts two of them goes with the one before it; a blank alone parts a name from a date.
    """
    part = item.part
    raw = text[part.start : part.end]
    if not (full_dates(item.words) or month_of_year(item.words)):
        return []
    for cuts in _cuts(raw):
        pieces = [plain(raw[start:end]) for start, end, _ in cuts]
        kinds = [_piece_kind(piece, pieces) for piece in pieces]
        if all(kinds) and BlockKind.DATE in kinds and all(pieces):
            return [
                replace(
                    item,
                    part=replace(
                        part,
                        start=part.start + start,
                        end=part.start + len(raw[:full].rstrip()),
                        blanks=part.blanks if start == 0 else 0,
                        plain=piece,
                    ),
                    kind=kind,
                )
                for (start, _, full), piece, kind in zip(cuts, pieces, kinds, strict=True)
            ]
    return []


def _cuts(raw: str) -> Iterator[list[tuple[int, int, int]]]:
    """The ways to cut a line: at all its parting signs, at each alone, at the edges of its date.

    Each piece: its start, its end, and its end with the sign behind it.
    """
    signs = [sign.span() for sign in _PARTING.finditer(raw) if sign.start() > 0 and sign.end() < len(raw)]
    strong = [(start, end) for start, end in signs if raw[start:end].strip(" ,")]
    for found in [strong, signs, *([sign] for sign in signs), *_edges_of_date(raw)]:
        if found and len(found) <= _MOST_PIECES:
            starts = [0, *(end for _, end in found)]
            ends = [*(start for start, _ in found), len(raw)]
            yield list(zip(starts, ends, [*starts[1:], len(raw)], strict=True))


def _edges_of_date(raw: str) -> Iterator[list[tuple[int, int]]]:
    dates = full_dates(raw)
    if len(dates) != 1:
        return
    before = _BEFORE_DATE.search(raw[: dates[0].start])
    start = before.start() if before else dates[0].start
    head = len(raw[:start].rstrip())
    if head:
        yield [(head, start + len(raw[start:]) - len(raw[start:].lstrip()))]


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


def _piece_kind(words: str, pieces: Sequence[str]) -> BlockKind | None:
    if is_date_line(words):
        return BlockKind.DATE
    if read_byline(words) or unopened_byline(words) or is_person(words):
        return BlockKind.BYLINE
    if is_role(words) and any(is_person(piece) or read_byline(piece) for piece in pieces):
        return BlockKind.BYLINE
    rule = line_rule(words)
    return rule.kind if rule and rule.kind is BlockKind.BOILERPLATE else None
