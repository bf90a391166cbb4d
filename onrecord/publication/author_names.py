"""The names in a line that may be an author's, each with how it is introduced: "By", "About the author", as a note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.dates.written import full_dates
from onrecord.document.words import LETTERS
from onrecord.layout.byline import (
    LONGEST,
    begins_with_given_name,
    is_person,
    read_byline,
    readable,
    unopened_byline,
    without_outlet,
    without_role,
    without_role_behind,
)

#: A piece of a line up to this length may begin with a name of which the given name is not known.
_SHORT = 60
#: What stands before a name, by what it says of the one named: who wrote, or who did something else.
INTRODUCED = {
    "by": re.compile(r"^(?:by|from|par|por)\b\s*:?\s*", re.IGNORECASE),
    "written": re.compile(
        r"\b(?:written|posted|published|words|story|text|reported|report|authored|created) by\b\s*:?\s*",
        re.IGNORECASE,
    ),
    "author": re.compile(r"\b(?:about the authors?|authors?|writers?|byline)\b\s*:?\s*", re.IGNORECASE),
    "other": re.compile(
        r"\b(?:(?:fact[- ]?check|review|edit|approv|verif|photograph|illustrat|compil)\w*"
        r"|photos?|pictures?|images?|graphics?|video|art)\s*(?:by\b|:)\s*:?\s*",
        re.IGNORECASE,
    ),
    "inner_by": re.compile(r"(?<=\S)\s*\b(?i:by)\b\s*:?\s+(?=[A-Z])"),
}
_OF_AUTHORS = ("by", "written", "author")
#: The holder of a page's copyright: "© 2012-2025 Orla Venn. All rights reserved."
_HOLDER = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)(?:[\s:©]|\(c\)|\bcopyright\b)*(?:\d{4}(?:\s*[-–—]\s*(?:\d{4}|present))?)?[\s,|]*(?:by\s+)?"
    r"(?P<name>(?:[^\W\d_](?:\.|[\w’'-]*)\s?){2,4})",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"^(?P<name>(?:[^\W\d_][\w’'.-]*\s?){2,5}?)\s+"
    r"(?:is|was|has|covers?|writes?|reports?|joined|works|holds|edits|leads)\b"
)
#: "Author Orla Venn is the founder of the yard."
_TITLE = re.compile(r"^author\s+", re.IGNORECASE)
_PIECES = re.compile(r"\s*(?:[,;|•·/—–]|\s-+\s|\band\b|&|\bwith\b|\(|\)|:|\s{2,})\s*")
COURTESY = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms|rev)\b\.?\s+)+", re.IGNORECASE)
#: Words that a dump has glued: "Orla VennIn Travel", "ByOrla Venn"; not the capital inside of "MacVenn".
_GLUED = re.compile(r"(?<=[a-z]{3})(?<!\bMac)(?<!\bFitz)(?=[A-Z])|(?<=\bBy)(?=[A-Z][a-z])")
#: The number of an affiliation behind a name: "Orla Venn1".
_NUMBERED = re.compile(r"(?<=[a-z])\d{1,2}\b")
_GLUED_YEAR = re.compile(r"((?:19|20)\d\d)(?=[A-Z])")


def names_in(line: str, *, at_foot: bool = False) -> Iterator[tuple[str, str, bool]]:
    """The names in a line, each with how it is introduced and whether it is the whole line.

    Behind the story (`at_foot`) the holder of the copyright is one of them: of a person's own pages the author.
    """
    if at_foot and (holder := _HOLDER.search(line[:LONGEST])):
        name = _name_at_start(holder["name"].strip(" ."), "copyright")
        if name:
            yield name, "copyright", False
        return
    note = _NOTE.match(line)
    noted = without_outlet(_TITLE.sub("", note["name"].strip())) if note else ""
    if noted and is_person(noted):
        yield noted, "note", False
    if len(line) > LONGEST:
        return
    cut = _GLUED.sub(" | ", _NUMBERED.sub("", line))
    cut = _GLUED_YEAR.sub(r"\1 | ", cut)
    for written in reversed(full_dates(cut)):
        cut = f"{cut[: written.start]} | {cut[written.end :]}"
    seen = set()
    opened = read_byline(line)
    byline = opened or unopened_byline(line)
    if byline and byline.authors:
        how = _opener(line) if opened else "role"
        yield from ((name, how, False) for name in byline.authors)
        return
    for how, piece in _pieces(cut):
        opening = _name_at_start(COURTESY.sub("", piece.strip(" .-–—|*")), how)
        if opening and name_key(opening) not in seen:
            seen.add(name_key(opening))
            yield opening, how, len(opening) >= len(line) - 2


def introduces(line: str) -> bool:
    """Whether a line is nothing but what stands before an author's name: "By", "Written by:", "About the author"."""
    patterns = (INTRODUCED[how] for how in _OF_AUTHORS)
    return len(line) <= 24 and any(p.fullmatch(line) or p.sub("", line).strip(" :") == "" for p in patterns)


def _opener(byline: str) -> str:
    """How a byline introduces its people: "By", "Written by", "Author:"."""
    return next((how for how in _OF_AUTHORS[1:] if INTRODUCED[how].match(byline)), "by")


def _name_at_start(piece: str, how: str) -> str | None:
    """The name that a piece of a line is, or that it begins with: before a role, an outlet or other words."""
    name = without_role_behind(readable(without_role(piece)))
    if is_person(name):
        return name if len(name.split()) < 4 or not begins_with_given_name(name) else (_opening_name(name) or name)
    return _opening_name(readable(piece)) if how or len(piece) <= _SHORT or begins_with_given_name(piece) else None


def _opening_name(words: str) -> str | None:
    """The given name and family name at the start of longer words, with the initials and particles between."""
    tokens = words.split()
    for end in range(2, min(len(tokens), 5)):
        if tokens[end - 1].endswith(("'s", "’s")):
            return None  # "Orla Venn's lawyer speaks"
        name = " ".join(tokens[:end]).rstrip(",")
        if len(tokens[end - 1].strip(".")) > 1 and tokens[end - 1][:1].isupper() and is_person(name):
            return name
    return None


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    """The pieces of a line, each with the words that introduce it."""
    starts = [
        (match.end(), match.start(), how) for how, pattern in INTRODUCED.items() for match in pattern.finditer(line)
    ]
    # Of two that end in one place ("reviewed by" and "by") the longer one introduces.
    starts = sorted(
        {end: (end, start, how) for end, start, how in sorted(starts, key=lambda s: (s[0], -s[1]))}.values()
    )
    edges = [0, *(end for end, _, _ in starts)]
    hows = ["", *(how for _, _, how in starts)]
    stops = [*(start for _, start, _ in starts), len(line)]
    for start, stop, how in zip(edges, stops, hows, strict=True):
        for piece in _PIECES.split(line[start : max(start, stop)]):
            yield how, piece


def name_key(name: str) -> str:
    """What a name is compared by: its words, in one case."""
    return " ".join(LETTERS.findall(name.casefold()))
