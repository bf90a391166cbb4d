"""Who wrote a story: names near its headline and behind its end, weighed by learned trees (`training/authors.py`).

A candidate is a name by its form, as a line of its own, behind "By" or the like, or before "is a reporter". What
decides is how it is introduced, where it stands, whether its words are names, and what else the page says of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.dates.written import full_dates
from onrecord.document.article import BODY_KINDS, BlockKind
from onrecord.document.words import LETTERS
from onrecord.layout.byline import (
    LONGEST,
    begins_with_given_name,
    is_person,
    is_role,
    read_byline,
    readable,
    role_words,
    unopened_byline,
    without_outlet,
    without_role,
    without_role_behind,
)
from onrecord.layout.dateline import is_city
from onrecord.learned import load_trees
from onrecord.lexicon.name_words import fold, genders_of_given_names

#: The file that weighs names (`training/authors.py`); a name is given from this probability on.
AUTHORS, LIKELY = "authors.onnx", 0.5
#: So many blocks over the headline, between paragraphs under it and behind the story are looked at.
_OVER, _UNDER, _BEHIND = 6, 4, 16
#: A piece of a line up to this length may begin with a name of which the given name is not known.
_SHORT = 60
#: Bylines so many blocks over the headline are looked at.
_BYLINES_OVER = 20
_INTRODUCED = (
    ("by", re.compile(r"^(?:by|from|par|por)\b\s*:?\s*", re.IGNORECASE)),
    (
        "written",
        re.compile(
            r"\b(?:written|posted|published|words|story|text|reported|report|authored|created) by\b\s*:?\s*",
            re.IGNORECASE,
        ),
    ),
    ("author", re.compile(r"\b(?:about the authors?|authors?|writers?|byline)\b\s*:?\s*", re.IGNORECASE)),
    (
        "other",
        re.compile(
            r"\b(?:(?:fact[- ]?check|review|edit|approv|verif|photograph|illustrat|compil)\w*"
            r"|photos?|pictures?|images?|graphics?|video|art)\s*(?:by\b|:)\s*:?\s*",
            re.IGNORECASE,
        ),
    ),
    ("inner_by", re.compile(r"(?<=\S)\s*\b(?i:by)\b\s*:?\s+(?=[A-Z])")),
)
_HOW = (*(label for label, _ in _INTRODUCED), "note", "copyright", "role")
#: The features of a name that "By" or the like stands before, or over, or that begins a note on the author.
_INTRODUCING = ("how_by", "how_written", "how_author", "how_inner_by", "how_note", "how_before", "how_role")
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
#: What a note on an author says of him: "is a freelance reporter who", "covers housing".
_NOTED_ROLE = re.compile(
    r"\b(?:writ|report|edit|journalis|author|blogg|contribut|cover|column|correspond|founde|publish|analyst|professor|"
    r"researche|critic|speciali|expert|consultan|photograph|teach|coach|manag)\w*",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s*(?:[,;|•·/—–]|\s-+\s|\band\b|&|\bwith\b|\(|\)|:|\s{2,})\s*")
_TITLE = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms|rev)\b\.?\s+)+", re.IGNORECASE)
#: Words that a dump has glued: "Orla VennIn Travel", "ByOrla Venn"; not the capital inside of "MacVenn".
_GLUED = re.compile(r"(?<=[a-z]{3})(?<!\bMac)(?<!\bFitz)(?=[A-Z])|(?<=\bBy)(?=[A-Z][a-z])")
#: The number of an affiliation behind a name, and degrees: "Orla Venn1, MD".
_NUMBERED = re.compile(r"(?<=[a-z])\d{1,2}\b")
_DEGREES = re.compile(r"(?:,?\s+(?:[A-Z]{2,6}|Ph\.?D)\b\.?)+$")
_POSSESSIVE = re.compile(r"['’]s$")
_GLUED_YEAR = re.compile(r"((?:19|20)\d\d)(?=[A-Z])")
_LOWER = re.compile(r"\b[a-z]{3,}\b")

Words = Sequence[tuple[BlockKind, str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be an author's, and the features that it is weighed by."""

    name: str
    at: int
    features: dict[str, float]


def find_authors(words: Words) -> tuple[str, ...]:
    """The people who wrote the story, in the order of the page; `words` are its blocks with what a person reads."""
    candidates = author_candidates(words)
    if not candidates:
        return ()
    model = load_trees("onrecord.publication", AUTHORS)
    found = model.probabilities(model.rows([candidate.features for candidate in candidates]))
    likely = [c.name for c, probability in zip(candidates, found.tolist(), strict=True) if probability >= LIKELY]
    return tuple({_key(name): name for name in reversed(likely)}.values())[::-1]


def author_candidates(words: Words) -> list[Candidate]:
    """Every name near the story that may be an author's, each line's in order."""
    page = _Page(words)
    found = [candidate for i in page.near() for candidate in page.candidates(i)]
    counts = Counter(_key(candidate.name) for candidate in found)
    introduced = [_is_introduced(candidate) for candidate in found]
    told = Counter(_key(candidate.name) for candidate, yes in zip(found, introduced, strict=True) if yes)
    lines: set[int] = set()
    for candidate, yes in zip(found, introduced, strict=True):
        candidate.features["candidates"] = min(len(counts), 12)
        candidate.features["again"] = counts[_key(candidate.name)] - 1
        candidate.features["introduced_again"] = min(told[_key(candidate.name)] - yes, 4)
        candidate.features["introduced_over"] = min(len(lines - {candidate.at}), 6)
        if yes:
            lines.add(candidate.at)
    _compare(found, introduced)
    return found


def _compare(found: Sequence[Candidate], introduced: Sequence[bool]) -> None:
    """Write into the features how many lines with names, and with introduced ones, are nearer to the headline."""
    distances = {candidate.at: abs(candidate.features["from_headline"]) for candidate in found}
    of_introduced = {candidate.at for candidate, yes in zip(found, introduced, strict=True) if yes}
    for candidate in found:
        nearer = {at for at, distance in distances.items() if distance < distances[candidate.at]}
        candidate.features["nearer"] = min(len(nearer), 8)
        candidate.features["introduced_nearer"] = min(len(nearer & of_introduced), 8)


def _is_introduced(candidate: Candidate) -> bool:
    """Whether "By" or the like stands before a name, or over it, or it begins a note on the author."""
    return any(candidate.features[name] for name in _INTRODUCING)


def _bare(name: str) -> str:
    """A name without degrees, and not in the genitive: "Orla Venn MD", "Orla Venn's blog"."""
    return _POSSESSIVE.sub("", name if name.isupper() else _DEGREES.sub("", name))


def _key(name: str) -> str:
    return " ".join(LETTERS.findall(name.casefold()))


class _Page:
    """The blocks of a page and what is asked of them for each candidate."""

    def __init__(self, words: Words) -> None:
        self.words = words
        story = [i for i, (kind, _) in enumerate(words) if kind in BODY_KINDS]
        self.headline = next((i for i, (kind, _) in enumerate(words) if kind is BlockKind.HEADLINE), None)
        self.first = next((i for i in story if self.headline is None or i > self.headline), len(words))
        self.last = story[-1] if story else len(words)
        self.lower = frozenset(word for kind, line in words if kind in BODY_KINDS for word in _LOWER.findall(line))
        self.body = " ".join(line for kind, line in words if kind in BODY_KINDS).casefold()
        self.lines = Counter(line.casefold() for _, line in words)

    def near(self) -> list[int]:
        """The blocks that may name an author, those of the head first."""
        top = (self.first if self.headline is None else min(self.headline, self.first)) - _OVER
        head = range(max(0, top), min(self.first + _UNDER, len(self.words)))
        foot = range(max(self.last - 1, head.stop), min(self.last + _BEHIND, len(self.words)))
        over = [i for i in range(max(0, head.start - _BYLINES_OVER), head.start) if self._names_author(i)]
        between = [i for i in range(head.stop, foot.start) if self._names_author(i)]
        return [*over, *head, *between, *foot]

    def _names_author(self, i: int) -> bool:
        """Whether a block is a byline or a note on the author, or stands under "By" or the like."""
        kind, line = self.words[i]
        return (
            kind in (BlockKind.BYLINE, BlockKind.AUTHOR_NOTE)
            or (len(line) < 60 and i > 0 and _introduces(self.words[i - 1][1]))
            or (kind is BlockKind.BOILERPLATE and len(line) <= LONGEST and _INTRODUCED[0][1].match(line) is not None)
        )

    def candidates(self, i: int) -> Iterator[Candidate]:
        """The names in a block that may be an author's."""
        kind, line = self.words[i]
        if kind in _OF_OTHERS or not line:
            return
        place: dict[str, float] = {}
        for printed, how, whole in _names_in(line, at_foot=i >= self.last):
            name = _bare(printed)
            if (how == "other" and kind is BlockKind.CREDIT) or is_city(name):
                continue
            place = place or self._place(i)
            yield Candidate(name, i, {**place, **self._name(name, how, whole), **_behind(name, line)})

    def _place(self, i: int) -> dict[str, float]:
        """What a block and those around it tell of every name in it."""
        kind, line = self.words[i]
        before = self.words[i - 1][1] if i else ""
        after = self.words[i + 1][1] if i + 1 < len(self.words) else ""
        headline = self.first if self.headline is None else self.headline
        return {
            "how_before": float(_introduces(before)),
            "other_before": float(len(before) < 60 and _INTRODUCED[3][1].search(before[-40:]) is not None),
            "length": float(min(len(line), 400)),
            "from_headline": float(max(-20, min(i - headline, 40))),
            "from_first": float(max(-20, min(i - self.first, 40))),
            "from_last": float(max(-40, min(i - self.last, 40))),
            "line_copies": float(min(self.lines[line.casefold()], 5)),
            "date_here": float(bool(full_dates(line[:200]))),
            "date_before": float(len(before) < 80 and bool(full_dates(before))),
            "date_after": float(len(after) < 80 and bool(full_dates(after))),
            "role_after": float(is_role(after)),
            "role_before": float(is_role(before)),
            "after_short": float(len(after) < 60),
            "before_short": float(len(before) < 60),
            **{f"kind_{k}": float(kind is k) for k in _KINDS},
        }

    def _name(self, name: str, how: str, whole: bool) -> dict[str, float]:
        """What a name tells, how it is introduced, and what the page says of it elsewhere."""
        tokens = LETTERS.findall(_TITLE.sub("", name))
        known = genders_of_given_names()
        return {
            **{f"how_{label}": float(how == label) for label in _HOW},
            "whole": float(whole),
            "words": float(len(tokens)),
            "given": float(fold(tokens[0]) in known) if tokens else 0.0,
            "given_any": float(sum(fold(token) in known for token in tokens)),
            "initial": float(any(len(token) == 1 for token in tokens)),
            "ordinary": sum(token.casefold() in self.lower for token in tokens) / max(len(tokens), 1),
            "roles": role_words(name) / max(len(tokens), 1),
            "in_body": float(min(self.body.count(name.casefold()), 5)),
            "note_on_page": float(self._noted(name)),
            "capitals": float(name.isupper()),
        }

    def _noted(self, name: str) -> bool:
        """Whether a line behind the story begins with the name and goes on: "Orla Venn is a reporter"."""
        return any(line.startswith(name + " ") for _, line in self.words[self.last - 1 : self.last + _BEHIND + 8])


#: Blocks that name no author of the story.
_OF_OTHERS = (BlockKind.HEADLINE, BlockKind.URL, BlockKind.RELATED, BlockKind.COMMENT, BlockKind.DATELINE)
_KINDS = (
    BlockKind.BYLINE,
    BlockKind.PARAGRAPH,
    BlockKind.NAVIGATION,
    BlockKind.BOILERPLATE,
    BlockKind.ALTERNATIVE_HEADLINE,
    BlockKind.CREDIT,
    BlockKind.CAPTION,
    BlockKind.DATE,
)


def _behind(name: str, line: str) -> dict[str, float]:
    """What stands behind a name in its line: words in small letters, a role ("is a reporter for"), more of the line."""
    behind = line[line.find(name) + len(name) :] if name in line else ""
    word = LETTERS.search(behind[:12])
    return {
        "behind": float(min(len(behind), 200)),
        "behind_lower": float(word is not None and word[0].islower()),
        "behind_roles": float(min(role_words(behind[:100]), 6)),
        "behind_note": float(bool(_NOTED_ROLE.search(behind[:160]))),
        "before": float(min(max(line.find(name), 0), 200)),
    }


def _introduces(line: str) -> bool:
    """Whether a line is nothing but what stands before an author's name: "By", "Written by:", "About the author"."""
    return len(line) <= 24 and any(
        pattern.fullmatch(line) or pattern.sub("", line).strip(" :") == "" for _, pattern in _INTRODUCED[:3]
    )


def _names_in(line: str, *, at_foot: bool = False) -> Iterator[tuple[str, str, bool]]:
    """The names in a line, each with how it is introduced and whether it is the whole line.

    Behind the story (`at_foot`) the holder of the copyright is one of them: of a person's own pages the author.
    """
    if at_foot and (holder := _HOLDER.search(line[:LONGEST])):
        name = _name_at_start(holder["name"].strip(" ."), "copyright")
        if name:
            yield name, "copyright", False
        return
    note = _NOTE.match(line)
    noted = without_outlet(note["name"].strip()) if note else ""
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
        opening = _name_at_start(_TITLE.sub("", piece.strip(" .-–—|*")), how)
        if opening and _key(opening) not in seen:
            seen.add(_key(opening))
            yield opening, how, len(opening) >= len(line) - 2


def _opener(byline: str) -> str:
    """How a byline introduces its people: "By", "Written by", "Author:"."""
    return next((how for how, pattern in _INTRODUCED[1:3] if pattern.match(byline)), "by")


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
    starts = [(match.end(), match.start(), how) for how, pattern in _INTRODUCED for match in pattern.finditer(line)]
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
