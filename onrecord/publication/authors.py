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
    is_role,
    role_words,
)
from onrecord.layout.dateline import is_city
from onrecord.learned import load_trees
from onrecord.lexicon.name_words import fold, genders_of_given_names
from onrecord.publication.author_names import COURTESY, INTRODUCED, introduces, name_key, names_in
from onrecord.publication.not_authors import did_something_else, signatures

#: The file that weighs names (`training/authors.py`); a name is given from this probability on.
AUTHORS, LIKELY = "authors.onnx", 0.5
#: So many blocks over the headline, between paragraphs under it and behind the story are looked at.
_OVER, _UNDER, _BEHIND = 6, 4, 16
#: Bylines so many blocks over the headline are looked at.
_BYLINES_OVER = 20
_HOW = (*INTRODUCED, "note", "copyright", "role")
#: The features of a name that "By" or the like stands before, or over, or that begins a note on the author.
_INTRODUCING = ("how_by", "how_written", "how_author", "how_inner_by", "how_note", "how_before", "how_role")
#: What a note on an author says of him: "is a freelance reporter who", "covers housing".
_NOTED_ROLE = re.compile(
    r"\b(?:writ|report|edit|journalis|author|blogg|contribut|cover|column|correspond|founde|publish|analyst|professor|"
    r"researche|critic|speciali|expert|consultan|photograph|teach|coach|manag)\w*",
    re.IGNORECASE,
)
#: Degrees behind a name: "Orla Venn, MD".
_DEGREES = re.compile(r"(?:,?\s+(?:[A-Z]{2,6}|Ph\.?D)\b\.?)+$")
_AND = re.compile(r",?\s+(?:and|&)\s+|,\s+")
#: A byline right under the headline.
_UNDER_HEADLINE = [BlockKind.HEADLINE, BlockKind.BYLINE]
_CONTINUED = re.compile(r"(?:and|&)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$")
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
    found = model.probabilities(model.rows([candidate.features for candidate in candidates])).tolist()
    signed = signatures(words, [(c.at, c.name) for c in candidates if not _is_introduced(c)])
    likely = [
        c.name
        for c, probability in zip(candidates, _of_lists(words, candidates, found), strict=True)
        if probability >= LIKELY and c.at not in signed
    ]
    return tuple({name_key(name): name for name in reversed(likely)}.values())[::-1]


def _of_lists(words: Words, candidates: Sequence[Candidate], found: Sequence[float]) -> list[float]:
    """The probabilities of authors, where a byline that is nothing but names has one for all: they wrote it together,
    however rare the name of one is.

    Right under the headline several such names are sure. A line "and Tam Okoro" right under it goes on with it.
    """
    listed: dict[int, list[int]] = {}
    for number, candidate in enumerate(candidates):
        listed.setdefault(candidate.at, []).append(number)
    out = list(found)
    for at, numbers in sorted(listed.items()):
        goes_on = at - 1 in listed and words[at - 1][0] is words[at][0] is BlockKind.BYLINE
        opener = _CONTINUED if goes_on and _CONTINUED.match(words[at][1]) else INTRODUCED["by"]
        by = opener.match(words[at][1])
        if by and _AND.split(words[at][1][by.end() :]) == [candidates[number].name for number in numbers]:
            together = numbers if opener is not _CONTINUED else [*listed[at - 1], *numbers]
            is_sure = len(numbers) > 1 and [kind for kind, _ in words[at - 1 : at + 1]] == _UNDER_HEADLINE
            for number in numbers:
                out[number] = max(LIKELY if is_sure else 0.0, *(out[n] for n in together))
    return out


def author_candidates(words: Words) -> list[Candidate]:
    """Every name near the story that may be an author's, each line's in order."""
    page = _Page(words)
    found = [candidate for i in page.near() for candidate in page.candidates(i)]
    counts = Counter(name_key(candidate.name) for candidate in found)
    introduced = [_is_introduced(candidate) for candidate in found]
    told = Counter(name_key(candidate.name) for candidate, yes in zip(found, introduced, strict=True) if yes)
    lines: set[int] = set()
    for candidate, yes in zip(found, introduced, strict=True):
        candidate.features["candidates"] = min(len(counts), 12)
        candidate.features["again"] = counts[name_key(candidate.name)] - 1
        candidate.features["introduced_again"] = min(told[name_key(candidate.name)] - yes, 4)
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
            or (len(line) < 60 and i > 0 and introduces(self.words[i - 1][1]))
            or (kind is BlockKind.BOILERPLATE and len(line) <= LONGEST and INTRODUCED["by"].match(line) is not None)
        )

    def candidates(self, i: int) -> Iterator[Candidate]:
        """The names in a block that may be an author's."""
        kind, line = self.words[i]
        if kind in _OF_OTHERS or not line:
            return
        place: dict[str, float] = {}
        for printed, how, whole in names_in(line, at_foot=i >= self.last):
            name = _bare(printed)
            if (how == "other" and kind is BlockKind.CREDIT) or is_city(name) or did_something_else(line, printed):
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
            "how_before": float(introduces(before)),
            "other_before": float(len(before) < 60 and INTRODUCED["other"].search(before[-40:]) is not None),
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
        tokens = LETTERS.findall(COURTESY.sub("", name))
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
