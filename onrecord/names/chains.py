"""Who is meant by each person's name in an article: full names first, then bare surnames and given names.

A chain is the mentions of one person. Full names join where one is the other with parts left out, abbreviated or by
nickname; a bare name goes to the person that roles, courtesy titles and reading order favour, or to none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import Levenshtein
from rigour.names import NameTypeTag, SymbolCategory, analyze_names

from onrecord.names.lexicon import Gender, fold, title_key, titles
from onrecord.names.parse import NameParts, name_tokens

#: Particles that make the name after them a father's: "Omar bin Said" is not called "Said".
_PATRONYMIC = frozenset({"bin", "ibn", "bint", "ben"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as it stands in the article: its parts, its paragraph, and the titles and roles beside it."""

    parts: NameParts
    passage: int
    honorifics: tuple[str, ...]
    role_words: frozenset[str]

    @property
    def gender(self) -> Gender | None:
        """Man or woman by courtesy title or role noun; null where neither says."""
        words = [title_key(h) for h in (*self.honorifics, *self.parts.honorifics)]
        found = {titles().genders[w] for w in (*words, *self.role_words) if w in titles().genders}
        return found.pop() if len(found) == 1 else None


@dataclass(slots=True)
class _Chain:
    """One person while the article is read: `forms` are the full names, `members` indices of mentions."""

    forms: list[NameParts] = field(default_factory=list)
    members: list[int] = field(default_factory=list)
    bare: int = 0
    genders: Counter[Gender] = field(default_factory=Counter)
    role_words: set[str] = field(default_factory=set)

    def add(self, index: int, name: PersonName) -> None:
        self.members.append(index)
        if len(name.parts.tokens) > 1:
            self.forms.append(name.parts)
        if name.gender:
            self.genders[name.gender] += 1
        self.role_words |= name.role_words

    @property
    def gender(self) -> Gender | None:
        return next(iter(self.genders)) if len(self.genders) == 1 else None


def chain_people(names: Sequence[PersonName], glossed: Collection[int] = ()) -> list[list[int]]:
    """Indices of `names` (in reading order), one list a person; every index is in exactly one.

    `glossed` are those that the article gives as another name of the person named before ("Orr, known as Bo").
    """
    chains: list[_Chain] = []
    for index, name in enumerate(names):
        if len(name.parts.tokens) > 1:
            _join_full(chains, index, name)
    full = list(chains)
    called = _called(full, names, glossed)
    left_over: dict[tuple[str, ...], _Chain] = {}
    for index, name in sorted(enumerate(names), key=lambda item: item[1].parts.suffix is None):
        if len(name.parts.tokens) > 1:
            continue
        chain = called.get(name.parts.tokens) or _meant(full, index, name, names)
        if chain is None:
            key = _unknown_key(name.parts, left_over)
            chain = left_over.setdefault(key, _Chain())
            if not chain.members:
                chains.append(chain)
        else:
            chain.bare += _rank(chain, name) == _FAMILY
        chain.add(index, name)
    return [sorted(c.members) for c in chains]


def _unknown_key(parts: NameParts, known: Collection[tuple[str, ...]]) -> tuple[str, ...]:
    """What bare names of one unknown person have in common: "Oren" is "Oren II" if there is no other Oren."""
    if parts.suffix:
        return (*parts.tokens, fold(parts.suffix))
    numbered = [key for key in known if len(key) == 2 and key[:1] == parts.tokens]
    return numbered[0] if len(numbered) == 1 else parts.tokens


def _called(
    chains: Sequence[_Chain], names: Sequence[PersonName], glossed: Collection[int]
) -> dict[tuple[str, ...], _Chain]:
    """The person that each name given by a gloss means."""
    owner = {member: chain for chain in chains for member in chain.members}
    called: dict[tuple[str, ...], _Chain] = {}
    for index in sorted(glossed):
        before = names[index - 1]
        chain = owner.get(index - 1) or called.get(before.parts.tokens) or _meant(chains, index - 1, before, names)
        if chain and index not in owner:
            called[names[index].parts.tokens] = chain
    return called


def _join_full(chains: list[_Chain], index: int, name: PersonName) -> None:
    fitting = [c for c in chains if all(same_person(name.parts, form) for form in c.forms)]
    exact = [c for c in fitting if any(f.tokens == name.parts.tokens for f in c.forms)]
    best = max(exact or fitting, key=lambda c: c.members[-1], default=None)
    if best is None:
        best = _Chain()
        chains.append(best)
    best.add(index, name)


def same_person(a: NameParts, b: NameParts) -> bool:
    """Whether two full names can be one person: the words of the shorter are all in the longer, in order.

    Initials stand for names, nicknames for given names. Different suffixes (Sr., Jr.) and different middle initials
    (Dan A. Orr, Dan C.A. Orr) part people of otherwise one name.
    """
    if a.suffix and b.suffix and fold(a.suffix) != fold(b.suffix):
        return False
    if _middles_differ(a, b):
        return False
    short, long = sorted((a.tokens, b.tokens), key=len)
    if not short:
        return False
    if len(long) == 2 and short == long[::-1]:
        return True  # "Higashi Keiko", "Keiko Higashi": Japanese and Hungarian names are printed both ways
    position = 0
    for word in short:
        while position < len(long) and not _same_word(word, long[position]):
            position += 1
        if position == len(long):
            return False
        position += 1
    # "Orr" within "Jane Orr" needs another word to hold on to: an initial alone is none.
    return len(short) == 1 or any(len(word) > 1 for word in short[:-1]) or _same_word(short[0], long[0])


def _middles_differ(a: NameParts, b: NameParts) -> bool:
    if a.family_first or b.family_first or not a.middle or not b.middle:
        return False
    first, second = fold(a.middle[0].strip(".")), fold(b.middle[0].strip("."))
    return min(len(first), len(second)) == 1 and first[0] != second[0]


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    return bool(_nicknames(a) & _nicknames(b))


@lru_cache(maxsize=4096)
def _nicknames(word: str) -> frozenset[str]:
    """The nickname groups that rigour knows `word` in ("bob", "robert" → BOB)."""
    found: Iterable[str] = (
        str(symbol.id)
        for name in analyze_names(NameTypeTag.PER, [word], phonetics=False)
        for symbol in name.symbols
        if symbol.category == SymbolCategory.NICK
    )
    return frozenset(found)


def _meant(chains: Sequence[_Chain], index: int, name: PersonName, names: Sequence[PersonName]) -> _Chain | None:
    """The person that the bare `name` means; none where nobody fits or several do and nothing decides."""
    ranked = [(rank, c) for c in chains if (rank := _rank(c, name))]
    if not ranked:
        return None
    top = max(rank for rank, _ in ranked)
    fitting = [c for rank, c in ranked if rank == top]
    if name.gender:
        fitting = [c for c in fitting if c.gender in (None, name.gender)]
    if top == _GIVEN:
        fitting = [c for c in fitting if c.members[0] < index or len(ranked) == 1]
    if len(fitting) > 1 and name.role_words:
        fitting = [c for c in fitting if c.role_words & name.role_words] or fitting
    if len(fitting) > 1 and name.gender:
        fitting = [c for c in fitting if c.gender == name.gender] or fitting
    return fitting[0] if len(fitting) == 1 else _favoured(fitting, index, names)


_FAMILY, _INNER, _GIVEN, _MISSPELT = 4, 3, 2, 1


def _rank(chain: _Chain, name: PersonName) -> int:
    """How well a bare name fits a person: as family name, inner or given name, or misspelt; 0 if not at all."""
    word = name.parts.tokens[0] if name.parts.tokens else ""
    if not word:
        return 0
    best = 0
    own = {p.casefold() for p in name.parts.particles}
    for form in chain.forms:
        if name.parts.suffix and fold(name.parts.suffix) != fold(form.suffix or ""):
            continue
        patronymic = {p.casefold() for p in form.particles} & _PATRONYMIC
        family = {_bare(f) for f in form.family}
        if word in family:
            if patronymic and not own & patronymic:
                continue
            best = max(best, _FAMILY)
        elif word in form.tokens:
            best = max(best, _GIVEN if word == form.tokens[0] or form.family_first else _INNER)
        elif form.nickname and fold(form.nickname) == word:
            best = max(best, _GIVEN)
        elif any(_misspelt(word, f) for f in family):
            best = max(best, _MISSPELT)
    return best


def _bare(family: str) -> str:
    return name_tokens(family.split())[-1][1]


def _misspelt(a: str, b: str) -> bool:
    """Whether two family names are one but for a letter, as when an article is not consistent in a transliteration."""
    return min(len(a), len(b)) >= 6 and a[0] == b[0] and Levenshtein.distance(a, b, score_cutoff=1) <= 1


def _introduced_once(fitting: Sequence[_Chain]) -> Sequence[_Chain]:
    """The one person whose full name stands once or twice where the others' are repeated; else all.

    News writes the person whom it goes on to call by surname out once, and the others of that surname every time.
    """
    counts = sorted((len(c.forms), i) for i, c in enumerate(fitting))
    fewest = counts[0][0]
    return [fitting[counts[0][1]]] if counts[1][0] >= max(3, 2 * fewest + 1) else fitting


def _favoured(fitting: Sequence[_Chain], index: int, names: Sequence[PersonName]) -> _Chain | None:
    """Of several people of one name the one that the article goes on to call by it; none if that is not plain."""
    if not fitting:
        return None
    owners = [c for c in fitting if c.bare]
    if len(owners) == 1 and owners[0].bare > 1:
        return owners[0]
    fitting = _introduced_once(fitting)
    if len(fitting) == 1:
        return fitting[0]
    seen = [(max((m for m in c.members if m < index), default=-1), c) for c in fitting]
    met = sorted(((last, i) for i, (last, _) in enumerate(seen) if last >= 0), reverse=True)
    if not met:
        most = sorted((len(c.members) for c in fitting), reverse=True)
        return max(fitting, key=lambda c: len(c.members)) if most[0] > most[1] else None
    nearest = seen[met[0][1]][1]
    if len(met) == 1:
        return nearest
    return nearest if names[met[0][0]].passage > names[met[1][0]].passage else None
