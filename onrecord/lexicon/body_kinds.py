"""The kinds of bodies: what nouns an article calls one by, what words in its name tell one (body_kinds.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.outlets import is_outlet
from onrecord.lexicon.word_lists import word_list

_LONGEST = 3  # words of a noun or of what tells a kind
_NUMBER = re.compile(r"\d")
_PRESS = "press"
_OF = frozenset({"of", "for", "de"})


@dataclass(frozen=True, slots=True)
class BodyKinds:
    """The kinds of bodies that each noun means, those that it may mean besides, and those that each word in a name
    tells; what kind each is of."""

    by_noun: dict[str, frozenset[str]]
    also: dict[str, frozenset[str]]
    by_name: dict[str, frozenset[str]]
    by_first: dict[str, frozenset[str]]
    of: dict[str, str]
    fillers: frozenset[str]

    def meant(self, words: Sequence[str]) -> frozenset[str]:
        """The kinds that a description means, where it is a listed noun, perhaps behind an age or a number."""
        while words and _NUMBER.match(words[0]):  # "the 120-year-old club", not "the liberal party"
            words = words[1:]
        return self.by_noun.get(" ".join(words), frozenset())

    def may_be(self, words: Sequence[str]) -> frozenset[str]:
        """All kinds that a description may mean; none where no noun at its end is listed, or a body of any kind may be
        called so."""
        nouns = [noun for noun in _ends(words) if noun in self.by_noun or noun in self.also]
        return self.by_noun.get(nouns[0], frozenset()) | self.also.get(nouns[0], frozenset()) if nouns else frozenset()

    def told(self, name: str) -> frozenset[str]:
        """The kinds that a body's name tells: by its last words, those before its first "of", or its first words."""
        words = name.lower().replace("’", "'").split()
        while words[1:] and words[-1] in self.fillers:
            words.pop()
        small = next((at for at, word in enumerate(words) if at and word in _OF), len(words))
        for end in (small + 1, small):  # "national bank of" before "national bank"
            found = next((self.by_name[form] for form in _ends(words[:end]) if form in self.by_name), None)
            if found is not None:
                return found
        initials = name.isupper()  # of an outlet and of much else
        return self.begins(name) or (frozenset({_PRESS}) if is_outlet(name) and not initials else frozenset())

    def begins(self, name: str) -> frozenset[str]:
        """The kinds that the first words of a name tell: "Banco Tarn"."""
        first = _starts(name.lower().split())
        return next((self.by_first[form] for form in first if form in self.by_first), frozenset())

    def fit(self, meant: frozenset[str], told: frozenset[str]) -> bool:
        """Whether a body of one of the kinds told is of one of those meant."""
        return any(kind in meant or self.of.get(kind) in meant for kind in told)

    def clash(self, may_be: frozenset[str], told: frozenset[str]) -> bool:
        """Whether no body can be of one of the kinds told and of one of those that a description may mean."""
        above = any(self.of.get(kind) in told for kind in may_be)  # a company may be an airline
        return bool(may_be) and bool(told) and not above and not self.fit(may_be, told)


def _starts(words: Sequence[str]) -> Iterator[str]:
    """The first words, the most first."""
    return (" ".join(words[:size]) for size in range(min(_LONGEST, len(words) - 1), 0, -1))


def _ends(words: Sequence[str]) -> Iterator[str]:
    """The last words, the most first."""
    return (" ".join(words[-size:]) for size in range(min(_LONGEST, len(words)), 0, -1))


@cache
def body_kinds() -> BodyKinds:
    """The lists of body_kinds.yaml, read once."""
    data = word_list("body_kinds.yaml")
    by_noun: dict[str, frozenset[str]] = {}
    also: dict[str, frozenset[str]] = {}
    by_name: dict[str, frozenset[str]] = {}
    by_first: dict[str, frozenset[str]] = {}
    for group in data["kinds"]:
        for found, section in ((by_noun, "nouns"), (also, "also"), (by_name, "names"), (by_first, "firsts")):
            for form in group.get(section, ()):
                found[form] = found.get(form, frozenset()) | {group["kind"]}
    of = {group["kind"]: group["of"] for group in data["kinds"] if "of" in group}
    return BodyKinds(by_noun, also, by_name, by_first, of, frozenset(data["fillers"]["names"]))
