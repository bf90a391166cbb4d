"""The people of an article while their names are joined, each with what its names tell, found by any word of a name."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.coreference.name_contexts import NameContext
from onrecord.lexicon import people
from onrecord.lexicon.name_words import Gender, fold, title_key, titles
from onrecord.lexicon.nicknames import nickname_groups
from onrecord.names.alike import bare_family
from onrecord.names.parse import NameParts

#: Courtesies that stand before a surname and tell a man from a woman.
COURTESIES = frozenset({"mr", "mrs", "ms", "miss"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as it stands in the article: its parts, its paragraph, and what stands beside it."""

    parts: NameParts
    passage: int
    honorifics: tuple[str, ...]
    role_words: frozenset[str]
    context: NameContext = field(default_factory=NameContext)

    @property
    def gender(self) -> Gender | None:
        """Man or woman by courtesy title or role noun; null where neither says."""
        found = {titles().genders[w] for w in (*self._honorifics, *self.role_words) if w in titles().genders}
        return found.pop() if len(found) == 1 else None

    @property
    def courtesy(self) -> Gender | None:
        """Man or woman by courtesy title alone: a chairman may be a woman, "Mr." is none."""
        found = {titles().genders[w] for w in self._honorifics if w in COURTESIES}
        return found.pop() if len(found) == 1 else None

    @property
    def _honorifics(self) -> list[str]:
        """The keys of the titles beside the name and in it."""
        return [title_key(h) for h in (*self.honorifics, *self.parts.honorifics)]


@dataclass(slots=True)
class Chain:
    """One person while the article is read: `forms` are the different full names, `members` indices of mentions.

    `spelled` counts the mentions by full name, `bare` those by family name alone, `given` those by given name alone;
    `kin` says that the person comes in as somebody's relative, `generations` whether as a child or a parent; `ages`
    are those that the article gives.
    """

    number: int
    forms: dict[str, NameParts] = field(default_factory=dict)
    members: list[int] = field(default_factory=list)
    spelled: int = 0
    bare: int = 0
    given: int = 0
    genders: Counter[Gender] = field(default_factory=Counter)
    role_words: set[str] = field(default_factory=set)
    kin: bool = False
    ages: set[int] = field(default_factory=set)
    generations: set[int] = field(default_factory=set)

    def add(self, index: int, name: PersonName) -> None:
        insort(self.members, index)
        self.kin |= name.context.kin
        if name.context.age is not None:
            self.ages.add(name.context.age)
        if name.context.generation:
            self.generations.add(name.context.generation)
        if len(name.parts.tokens) > 1:
            self.forms.setdefault(name.parts.core, name.parts)
            self.spelled += 1
        if name.gender:
            self.genders[name.gender] += 1
        self.role_words |= name.role_words

    @property
    def gender(self) -> Gender | None:
        return next(iter(self.genders)) if len(self.genders) == 1 else None

    @property
    def given_gender(self) -> people.Gender | None:
        """That of nearly all who have the given name; null where it is not known, or the forms differ."""
        firsts = (form.tokens[0] for form in self.forms.values() if form.tokens and not form.family_first)
        found = {gender for first in firsts if (gender := people.given_gender(first))}
        return found.pop() if len(found) == 1 else None


class People:
    """The people with full names met so far, found by any word of a name.

    `has_couples` tells that the article has relatives, or courtesies of men and of women; `two` has the pairs of names
    that it tells apart, as printed.
    """

    def __init__(self) -> None:
        self.has_couples = False
        self.two: set[frozenset[str]] = set()
        self.chains: list[Chain] = []
        self._by_word: dict[str, dict[int, Chain]] = defaultdict(dict)
        self._by_initials: dict[str, dict[int, Chain]] = defaultdict(dict)

    def new(self) -> Chain:
        self.chains.append(Chain(len(self.chains)))
        return self.chains[-1]

    def may_be(self, chain: Chain, parts: NameParts) -> bool:
        """Whether the article does not tell a name from those of a person: nobody is his own brother."""
        return not self.two or not any(frozenset((form, parts.core)) in self.two for form in chain.forms)

    def learn(self, chain: Chain, parts: NameParts) -> None:
        for word in _words(parts):
            self._by_word[word][chain.number] = chain
        self._by_initials[_initials(parts.core)][chain.number] = chain

    def abbreviated(self, parts: NameParts) -> Chain | None:
        """The one whose initials a name is, or ends in: "JLO" for "Jane Lena Orr", or for "Lena Orr" if nobody else."""
        letters = fold(parts.core)
        if not (parts.core.isalpha() and parts.core.isupper() and len(letters) > 1):
            return None
        for initials in (letters, *(letters[first:] for first in range(1, len(letters) - 1))):
            if meant := self._by_initials.get(initials, {}):
                return next(iter(meant.values())) if len(meant) == 1 else None
        return None

    def near(self, parts: NameParts) -> list[Chain]:
        """Those who share a word or a nickname with `parts`, else the beginning of a family name, by first mention."""
        found: dict[int, Chain] = {}
        for word in _words(parts):
            # Looser for a bare name that fits nobody; a full name of another spelling is another person.
            if not word.startswith("^") or not (found or len(parts.tokens) > 1):
                found.update(self._by_word.get(word, {}))
        return [found[number] for number in sorted(found)]


def _initials(core: str) -> str:
    return "".join(word[0] for word in fold(core).replace("-", " ").split())


def _words(parts: NameParts) -> Iterator[str]:
    """What people are found by: words, nickname groups, beginnings of family names."""
    for word in parts.tokens:
        if len(word) > 1:
            yield word
        yield from ("~" + group for group in nickname_groups(word))
    if parts.nickname:
        yield fold(parts.nickname)
    for family in parts.family:
        yield "^" + bare_family(family)[:2]
