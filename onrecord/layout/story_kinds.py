"""What the parts of a story are beside paragraphs: list items, pull quotes, live-blog entries, notes on the author."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from onrecord.document.article import BlockKind
from onrecord.document.words import WORD
from onrecord.layout.byline import is_person, read_byline
from onrecord.layout.lines import ends_sentence
from onrecord.layout.parts import Labelled
from onrecord.layout.scores import LIKELY

_ITEM = re.compile(r"(?:[*+•▪●‣◦·]|\d{1,2}[.)])[ \t]")
#: A pull quote has no fewer words than this, and no more characters.
_PULLED_WORDS, _PULLED_LENGTH = 5, 220
#: A time of day alone, or with a date: what stands over an entry of a live blog.
_CLOCK = re.compile(
    r"(?:updated\s+(?:at\s+)?|posted\s+(?:at\s+)?)?(?:\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)"
    r"(?:,?\s\(?[A-Z]{2,5}\)?)?(?:,?\s.{3,24}\d{4})?|\d{1,2}\s\w{3,9}\s\d{4},?\s\d{1,2}[:.]\d{2}",
    re.IGNORECASE,
)
#: So many entries make a live blog.
_ENTRIES = 3
_NOTE = re.compile(
    r"(?P<name>(?:[^\W\d_][\w’'.-]*\s){2,5}?)"
    r"(?:is|was|has|covers?|writes?|reports?|edits|leads|joined|works|can be reached)\b"
)
_NOTE_WORDS = re.compile(
    r"\b(?:reporter|correspondent|editor|writer|journalist|columnist|author of|contributor|freelance\w*|bureau chief|"
    r"producer|covers|reporting|newsroom|reached at|on twitter|fellow|professor|follow (?:him|her|them))\b|@",
    re.IGNORECASE,
)
_NOTE_LENGTH = 700
#: In a story of so many parts its last one can be a note on somebody of whom the others say nothing.
_TOLD_PARTS = 4


def label_story_kinds(labelled: list[Labelled]) -> None:
    """Label in place the open parts, and the paragraphs, that are something else than a paragraph."""
    _label_pull_quotes(labelled)
    _label_author_notes(labelled)
    _label_about_author(labelled)
    _label_live_entries(labelled)


def is_list_item(item: Labelled, raw: str) -> bool:
    """Whether a part of the story is an item of a list by its marker."""
    return _ITEM.match(raw) is not None and not item.part.rank


def _label_pull_quotes(labelled: list[Labelled]) -> None:
    """A part whose words a longer paragraph of the story holds as well, in the same order."""
    story = [i for i, item in enumerate(labelled) if item.kind is None and item.body >= LIKELY]
    words = {i: WORD.findall(labelled[i].words.casefold()) for i in story}
    holders: dict[tuple[str, ...], int] = {}
    for i in story:
        if len(labelled[i].words) > 60:
            for at in range(len(words[i]) - _PULLED_WORDS + 1):
                holders.setdefault(tuple(words[i][at : at + _PULLED_WORDS]), i)
    for i in story[1:]:
        found = words[i]
        if len(found) < _PULLED_WORDS or len(labelled[i].words) > _PULLED_LENGTH or not _stands_alone(labelled, i):
            continue
        holder = holders.get(tuple(found[:_PULLED_WORDS]))
        if holder is None or holder == i or 4 * len(words[holder]) < 5 * len(found):
            continue
        if f" {' '.join(found)} " in f" {' '.join(words[holder])} ":
            labelled[i] = replace(labelled[i], kind=BlockKind.PULL_QUOTE)


def _stands_alone(labelled: list[Labelled], i: int) -> bool:
    """Whether a part is no fragment of a paragraph that the dump has cut: quoted, or between whole sentences."""
    words = labelled[i].words
    return words[0] in "\"“‘'" or (
        words[0].isupper() and labelled[i - 1].is_sentence and len(words.split()) >= 2 * _PULLED_WORDS
    )


def _label_author_notes(labelled: list[Labelled]) -> None:
    """ "Orla Venn is a reporter at the Ledger", under the last paragraph or where no part of the story is likely."""
    authors = {
        name.casefold() for item in labelled if item.kind is BlockKind.BYLINE for name in _authors_of(item.words)
    }
    story = [-1, *(i for i, item in enumerate(labelled) if item.kind is None and item.body >= LIKELY)]
    for i in range(len(labelled) - 1, -1, -1):
        item = labelled[i]
        name = author_noted(item.words) if item.near and item.kind in _NOTE_KINDS else None
        if name and (
            item.body < LIKELY
            or (i >= story[-1] and (name.casefold() in authors or _is_stranger(name, labelled, story, item.words)))
        ):
            labelled[i] = replace(item, kind=BlockKind.AUTHOR_NOTE)
            if i == story[-1]:
                story.pop()


#: What stands over a note on the author.
_ABOUT = re.compile(r"about the (?:authors?|writers?|reporters?|columnists?|contributors?)\W*", re.IGNORECASE)


def _label_about_author(labelled: list[Labelled]) -> None:
    """What stands under "About the author": the next part that is a sentence, over it at most the author's name."""
    for i, item in enumerate(labelled):
        if i == 0 or len(item.words) > 30 or not _ABOUT.fullmatch(item.words):
            continue
        labelled[i] = replace(item, kind=BlockKind.BOILERPLATE)
        below = i + 1
        if below < len(labelled) and is_person(labelled[below].words):
            below += 1
        if below == len(labelled) or labelled[below].kind not in _NOTE_KINDS:
            continue
        if labelled[below].is_sentence and len(labelled[below].words) <= _NOTE_LENGTH:
            labelled[below] = replace(labelled[below], kind=BlockKind.AUTHOR_NOTE)


def _is_stranger(name: str, labelled: list[Labelled], story: list[int], note: str) -> bool:
    """Whether no other part of a story of several parts names the person of its last one: then she is the author."""
    others = [words for i in story[1:] if (words := labelled[i].words) != note and not is_person(words)]
    family = re.compile(rf"(?<!\w){re.escape(name.split()[-1])}(?!\w)", re.IGNORECASE)
    return len(others) >= _TOLD_PARTS and not any(family.search(words) for words in others)


_NOTE_KINDS = (None, BlockKind.BOILERPLATE, BlockKind.NAVIGATION)


def _authors_of(line: str) -> tuple[str, ...]:
    byline = read_byline(line)
    return byline.authors if byline else (line,) if is_person(line) else ()


def author_noted(words: str) -> str | None:
    """The author whom a line tells of ("Orla Venn is a reporter at the Ledger"); null where it is no such note."""
    note = _NOTE.match(words[:120].strip("*_ "))
    if len(words) > _NOTE_LENGTH or not note or not _NOTE_WORDS.search(words):
        return None
    name = note["name"].strip()
    return name if is_person(name) else None


def _label_live_entries(labelled: list[Labelled]) -> None:
    """Paragraphs under times of day, where several of those stand in the story."""
    times = [i for i, item in enumerate(labelled) if item.near and is_clock(item.words)]
    if len(times) < _ENTRIES:
        return
    told = [_holds_prose(labelled, a, b) for a, b in pairwise([*times, len(labelled)])]
    if not any(told[:-1]) or sum(told) < _ENTRIES:
        return
    clocks = frozenset(times)
    for i in range(times[0], len(labelled)):
        item = labelled[i]
        if i in clocks:
            labelled[i] = replace(item, kind=BlockKind.DATE)
        elif item.kind is None and item.body >= LIKELY:
            labelled[i] = replace(item, kind=BlockKind.LIVE_ENTRY)


def is_clock(words: str) -> bool:
    """Whether a line is nothing but a time of day, with or without the day: "12:43 BST"."""
    return len(words) <= 40 and _CLOCK.fullmatch(words.strip(" .|•·-–—")) is not None


def _holds_prose(labelled: list[Labelled], start: int, end: int) -> bool:
    return any(
        item.kind is None and item.body >= LIKELY and ends_sentence(item.words) for item in labelled[start + 1 : end]
    )
