"""The grammar, compiled: `grammar.yaml`'s rules become regular expressions over codes, found by their first code.

A pattern is written in words: a word is itself (with a capital if it has one), a name all in capitals is a class of
`time_words.yaml` or a numeric shape of `vocabulary.py`, `x=CLASS` gives the token to the resolver under the name x,
`( a | b )` is a choice, `?` after a word or a bracket makes it optional, `@name` puts a macro of the file in place.
`after` gives words of which one must stand right before, `before` what must follow, `not_after` and `not_before` what
must not; none of it is part of the expression. CAP is a capitalised word that the vocabulary does not have, LOW any
other such word, END the end of the passage. There is no repetition, so no expression can match more than a fixed number
of tokens, and reading is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from onrecord.dates.vocabulary import Lexicon, build_lexicon
from onrecord.lexicon.word_lists import read_yaml

_PIECE = re.compile(r"[()|?]|@\w+|(?:\w+=)?[^\s()|?]+")
#: Builders whose result depends on the tense of the sentence.
_TENSED = frozenset(
    {"calendar", "weekday", "clock", "range", "reference", "holiday", "weekend", "quarter", "reported", "year_end",
     "half_month", "day_of_month", "days_of_month", "week_of_month", "week_of_day", "nth_weekday", "told_weekday",
     "period_to", "weekday_of_month"}
)  # fmt: skip


#: Builders whose result depends on what was named before.
_ANCHORED = frozenset(
    {
        "same",
        "same_or_published",
        "told_weekday",
        "part_of_day",
        "next_part",
        "year_before",
        "day_of_month",
        "told_month",
    }
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of time expression. `make` names the builder that resolves it, `fixed` its fixed arguments."""

    name: str
    make: str
    fixed: dict[str, Any]
    expression: re.Pattern[str]
    #: capture name → the groups that carry it (a macro used twice captures under one name)
    groups: dict[str, tuple[int, ...]]
    #: captured group → class of its token
    classes: dict[int, str]
    #: whether its meaning depends on which way the sentence looks
    looks: bool
    #: whether its meaning depends on what the text named before
    anchored: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules, found by the two codes that a match starts with or may have behind it, in the order of the file."""

    lexicon: Lexicon
    rules_at: RulesAt
    #: finds the next place where some rule may start
    start: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern, compiled: its expression, the codes it may start with, and whether it may be absent.

    `single` are the codes that may be all of it, `pairs` tell which codes it may start with and which may follow these.
    """

    expression: str
    first: frozenset[str]
    optional: bool
    single: frozenset[str]
    pairs: tuple[tuple[frozenset[str], frozenset[str]], ...]


@dataclass(slots=True)
class _Reader:
    """Recursive descent over the pieces of one pattern."""

    lexicon: Lexicon
    pieces: list[str]
    position: int = 0
    groups: dict[str, list[int]] = field(default_factory=dict)
    classes: dict[int, str] = field(default_factory=dict)

    def go_on(self, pattern: str, macros: dict[str, str]) -> _Part:
        """Read another pattern whose captures count on from this one's."""
        self.pieces, self.position = list(_pieces(pattern, macros)), 0
        return self.choice()

    def choice(self) -> _Part:
        parts = [self.sequence()]
        while self._peek() == "|":
            self.position += 1
            parts.append(self.sequence())
        if len(parts) == 1:
            return parts[0]
        expression = "(?:" + "|".join(p.expression for p in parts) + ")"
        return _Part(
            expression,
            frozenset().union(*(p.first for p in parts)),
            any(p.optional for p in parts),
            frozenset().union(*(p.single for p in parts)),
            tuple(pair for p in parts for pair in p.pairs),
        )

    def sequence(self) -> _Part:
        whole = _Part("", frozenset(), True, frozenset(), ())
        while self._peek() not in ("", "|", ")"):
            part = self.item()
            whole = _Part(
                whole.expression + part.expression,
                whole.first | part.first if whole.optional else whole.first,
                whole.optional and part.optional,
                (whole.single if part.optional else frozenset()) | (part.single if whole.optional else frozenset()),
                (*whole.pairs, (whole.single, part.first), *(part.pairs if whole.optional else ())),
            )
        return whole

    def item(self) -> _Part:
        piece = self.pieces[self.position]
        self.position += 1
        if piece == "(":
            part = self.choice()
            if self._peek() != ")":
                raise ValueError(f"grammar.yaml: a bracket is open in {' '.join(self.pieces)!r}")
            self.position += 1
        else:
            part = self.atom(piece)
        if self._peek() == "?":
            self.position += 1
            return replace(part, expression=f"(?:{part.expression})?", optional=True)
        return part

    def atom(self, piece: str) -> _Part:
        name, what = _named(piece)
        key = what if _is_class(what) else f"={what}"
        codes = self.lexicon.codes_in.get(key)
        if codes is None:
            raise ValueError(f"grammar.yaml: no class or shape {what!r} in {' '.join(self.pieces)!r}")
        charset = f"[{codes}]" if len(codes) > 1 else codes
        if name:
            number = len(self.classes) + 1
            self.groups.setdefault(name, []).append(number)
            self.classes[number] = what
            charset = f"({charset})"
        return _Part(charset, frozenset(codes), False, frozenset(codes), ())

    def _peek(self) -> str:
        return self.pieces[self.position] if self.position < len(self.pieces) else ""


def _named(piece: str) -> tuple[str, str]:
    name, _, what = piece.rpartition("=")
    return name, what


def _is_class(what: str) -> bool:
    return len(what) > 1 and what.isupper() and what.isalnum()


def _pieces(pattern: str, macros: dict[str, str]) -> Iterator[str]:
    for piece in _PIECE.findall(pattern):
        if piece.startswith("@"):
            yield "("
            yield from _pieces(macros[piece[1:]], macros)
            yield ")"
        else:
            yield piece


def _read(pattern: str, macros: dict[str, str], lexicon: Lexicon) -> tuple[_Part, _Reader]:
    reader = _Reader(lexicon, list(_pieces(pattern, macros)))
    whole = reader.choice()
    if whole.optional or reader.position < len(reader.pieces):
        raise ValueError(f"grammar.yaml: {pattern!r} can match nothing, or a bracket is closed twice")
    return whole, reader


def _compile(entry: dict[str, Any], macros: dict[str, str], lexicon: Lexicon) -> tuple[Rule, _Part, _Part | None]:
    """The rule, its pattern and what must follow it."""
    ahead: _Part | None = None
    whole, reader = _read(entry["pattern"], macros, lexicon)
    expression = whole.expression
    if "after" in entry:
        expression = f"(?<=[{''.join(sorted(_read(entry['after'], macros, lexicon)[0].first))}]){expression}"
    if "not_after" in entry:
        expression = f"(?<![{''.join(sorted(_read(entry['not_after'], macros, lexicon)[0].first))}]){expression}"
    if "before" in entry:
        ahead = reader.go_on(entry["before"], macros)
        expression += f"(?={ahead.expression})"
    if "not_before" in entry:
        expression += f"(?!{_read(entry['not_before'], macros, lexicon)[0].expression})"
    rule = Rule(
        name=entry["name"],
        make=entry["make"],
        fixed=entry.get("with", {}),
        expression=re.compile(expression),
        groups={name: tuple(numbers) for name, numbers in reader.groups.items()},
        classes=reader.classes,
        looks=entry["make"] in _TENSED,
        anchored=entry["make"] in _ANCHORED or entry.get("with", {}).get("from") == "anchor",
    )
    return rule, whole, ahead


class RulesAt(dict[str, tuple[Rule, ...]]):
    """The rules that may match where two codes stand, by these: most places are left after one look."""

    def __init__(self) -> None:
        super().__init__()
        #: by the first code: each rule, and the codes that may stand behind the first; None: any
        self._by_first: dict[str, list[tuple[Rule, frozenset[str] | None]]] = {}

    def add(self, rule: Rule, whole: _Part, ahead: _Part | None) -> None:
        """Add a rule behind those that are there, its pattern and what must follow it given."""
        second: dict[str, set[str]] = {code: set() for code in whole.first}
        for firsts, seconds in whole.pairs:
            for code in firsts:
                second[code] |= seconds
        for code, codes in second.items():
            if code not in whole.single:
                behind: frozenset[str] | None = frozenset(codes)
            else:
                behind = ahead.first | codes if ahead is not None and not ahead.optional else None
            self._by_first.setdefault(code, []).append((rule, behind))

    def starts(self) -> str:
        """All codes that some rule may start with."""
        return "".join(sorted(self._by_first))

    def __missing__(self, pair: str) -> tuple[Rule, ...]:
        rules = self._by_first.get(pair[0], ())
        self[pair] = found = tuple(rule for rule, second in rules if second is None or pair[1:] in second)
        return found


@cache
def read_grammar() -> dict[str, Any]:
    """`grammar.yaml`: {"macros": {name: pattern}, "rules": [rule]}.

    A rule has name, pattern, make and examples, and may have section, after, not_after, before, not_before, with
    and reason.
    """
    loaded: dict[str, Any] = read_yaml("onrecord.dates", "grammar.yaml")
    return loaded


@cache
def grammar() -> Grammar:
    """The grammar of the package, compiled once a process. ValueError names a rule that cannot be read."""
    loaded = read_grammar()
    macros, entries = loaded["macros"], loaded["rules"]
    patterns = [
        entry[key]
        for entry in entries
        for key in ("pattern", "after", "not_after", "before", "not_before")
        if key in entry
    ]
    words = {_named(piece)[1] for pattern in patterns for piece in _pieces(pattern, macros) if piece not in "()|?"}
    lexicon = build_lexicon(frozenset(w for w in words if not _is_class(w)))
    rules_at = RulesAt()
    for entry in entries:
        rules_at.add(*_compile(entry, macros, lexicon))
    return Grammar(lexicon, rules_at, re.compile(f"[{rules_at.starts()}]"))
