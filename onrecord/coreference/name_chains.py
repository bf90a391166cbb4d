"""Who is meant by each person's name in an article: full names first, then bare surnames and given names.

A chain is the mentions of one person. Full names join where one is the other with parts left out, abbreviated or by
nickname; a bare name goes to the person that roles, courtesy titles and reading order favour, or to none.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.lexicon.name_words import Gender, fold, genders_of_given_names, title_key, titles
from onrecord.lexicon.nicknames import nickname_groups
from onrecord.names.alike import bare_family, misspelt, same_person
from onrecord.names.parse import NameParts

#: Particles that make the name after them a father's: "Omar bin Said" is not called "Said".
_PATRONYMIC = frozenset({"bin", "ibn", "bint", "ben"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name as it stands in the article: its parts, its paragraph, and the titles and roles beside it.

    `kin` says that it is introduced as somebody's relative ("his wife, Ada Quill").
    """

    parts: NameParts
    passage: int
    honorifics: tuple[str, ...]
    role_words: frozenset[str]
    kin: bool = False

    @property
    def gender(self) -> Gender | None:
        """Man or woman by courtesy title or role noun; null where neither says."""
        words = [title_key(h) for h in (*self.honorifics, *self.parts.honorifics)]
        found = {titles().genders[w] for w in (*words, *self.role_words) if w in titles().genders}
        return found.pop() if len(found) == 1 else None


@dataclass(slots=True)
class _Chain:
    """One person while the article is read: `forms` are the different full names, `members` indices of mentions.

    `spelled` counts the mentions by full name, `bare` those by family name alone, `given` those by given name alone;
    `kin` says that the person comes in as somebody's relative.
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

    def add(self, index: int, name: PersonName) -> None:
        insort(self.members, index)
        self.kin |= name.kin
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
    def given_gender(self) -> Gender | None:
        """That of nearly all who have the given name; null where it is not known, or the forms differ."""
        known = genders_of_given_names()
        firsts = (form.tokens[0] for form in self.forms.values() if form.tokens and not form.family_first)
        found = {known[first] for first in firsts if first in known}
        return found.pop() if len(found) == 1 else None


class _People:
    """The people with full names met so far, found by any word of a name."""

    def __init__(self) -> None:
        self.chains: list[_Chain] = []
        self._by_word: dict[str, dict[int, _Chain]] = defaultdict(dict)
        self._by_initials: dict[str, dict[int, _Chain]] = defaultdict(dict)

    def new(self) -> _Chain:
        self.chains.append(_Chain(len(self.chains)))
        return self.chains[-1]

    def learn(self, chain: _Chain, parts: NameParts) -> None:
        for word in _words(parts):
            self._by_word[word][chain.number] = chain
        self._by_initials[_initials(parts.core)][chain.number] = chain

    def abbreviated(self, parts: NameParts) -> _Chain | None:
        """The one whose initials a name is, or ends in: "JLO" for "Jane Lena Orr", or for "Lena Orr" if nobody else."""
        letters = fold(parts.core)
        if not (parts.core.isalpha() and parts.core.isupper() and len(letters) > 1):
            return None
        for initials in (letters, *(letters[first:] for first in range(1, len(letters) - 1))):
            if meant := self._by_initials.get(initials, {}):
                return next(iter(meant.values())) if len(meant) == 1 else None
        return None

    def near(self, parts: NameParts) -> list[_Chain]:
        """Those who share a word or a nickname with `parts`, else the beginning of a family name, by first mention."""
        found: dict[int, _Chain] = {}
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


def chain_people(names: Sequence[PersonName], glossed: Collection[int] = ()) -> list[list[int]]:
    """Indices of `names` (in reading order), one list a person; every index is in exactly one.

    `glossed` are those that the article gives as another name of the person named before ("Orr, known as Bo").
    """
    people = _People()
    for index, name in enumerate(names):
        if len(name.parts.tokens) > 1:
            _join_full(people, index, name)
    _count_given(people, names)
    called = _called(people, names, glossed)
    unknown: dict[tuple[str, ...], _Chain] = {}
    numbered: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for index, name in sorted(enumerate(names), key=lambda item: item[1].parts.suffix is None):
        if len(name.parts.tokens) > 1:
            continue
        chain = called.get(name.parts.tokens) or _meant(people, index, name, names) or people.abbreviated(name.parts)
        if chain is None:
            key = _unknown_key(name.parts, numbered)
            chain = unknown.setdefault(key, _Chain(-1))
        else:
            chain.bare += _rank(chain, name) == _FAMILY
        chain.add(index, name)
    return [c.members for c in (*people.chains, *unknown.values())]


def _count_given(people: _People, names: Sequence[PersonName]) -> None:
    """Count how often each person is called by the given name alone, where nobody else has that name."""
    for name in names:
        if len(name.parts.tokens) == 1:
            fitting = [(rank, chain) for chain in people.near(name.parts) if (rank := _rank(chain, name))]
            if len(fitting) == 1 and fitting[0][0] == _GIVEN:
                fitting[0][1].given += 1


def _unknown_key(parts: NameParts, numbered: dict[tuple[str, ...], set[tuple[str, ...]]]) -> tuple[str, ...]:
    """What bare names of one unknown person have in common: "Oren" is "Oren II" if there is no other Oren."""
    if parts.suffix:
        key = (*parts.tokens, fold(parts.suffix))
        numbered[parts.tokens].add(key)
        return key
    others = numbered.get(parts.tokens, set())
    return next(iter(others)) if len(others) == 1 else parts.tokens


def _called(people: _People, names: Sequence[PersonName], glossed: Collection[int]) -> dict[tuple[str, ...], _Chain]:
    """The person that each name given by a gloss means."""
    owner = {member: chain for chain in people.chains for member in chain.members}
    called: dict[tuple[str, ...], _Chain] = {}
    for index in sorted(glossed):
        before = names[index - 1]
        chain = owner.get(index - 1) or called.get(before.parts.tokens) or _meant(people, index - 1, before, names)
        if chain and index not in owner:
            called[names[index].parts.tokens] = chain
    return called


def _join_full(people: _People, index: int, name: PersonName) -> None:
    near = people.near(name.parts)
    fitting = [c for c in near if _fits(name.parts, c)]
    exact = [c for c in fitting if any(f.tokens == name.parts.tokens for f in c.forms.values())]
    best = max(exact or fitting, key=lambda c: c.members[-1], default=None) or people.new()
    if name.parts.core not in best.forms:
        people.learn(best, name.parts)
    best.add(index, name)


def _fits(parts: NameParts, chain: _Chain) -> bool:
    """Whether a full name is that of a person: as each of the forms has it, or as one of three words or more does that
    all others shorten: "Ana Quill" and "Ana Venn" beside "Ana Venn Quill"."""
    fullest = max(chain.forms.values(), key=lambda form: len(form.tokens))
    shortened = len(fullest.tokens) > 2 and set(parts.tokens) < set(fullest.tokens)
    if shortened and all(set(form.tokens) <= set(fullest.tokens) for form in chain.forms.values()):
        return same_person(parts, fullest)
    return all(same_person(parts, form) for form in chain.forms.values())


def _meant(people: _People, index: int, name: PersonName, names: Sequence[PersonName]) -> _Chain | None:
    """The person that the bare `name` means; none where nobody fits or several do and nothing decides."""
    ranked = [(rank, c) for c in people.near(name.parts) if (rank := _rank(c, name))]
    if not ranked:
        return None
    top = max(rank for rank, _ in ranked)
    fitting = [c for rank, c in ranked if rank == top]
    if name.gender:
        fitting = [c for c in fitting if c.gender in (None, name.gender)]
    if top == _GIVEN:
        fitting = [c for c in fitting if c.members[0] < index or len(ranked) == 1]
    for narrowed in _NARROWED:
        if len(fitting) > 1:
            fitting = narrowed(fitting, name, top) or fitting
    return fitting[0] if len(fitting) == 1 else _favoured(fitting, index, names)


def _of_most_roles(chains: Sequence[_Chain], name: PersonName, _: int) -> list[_Chain]:
    """Those who share most words of the role beside the name: "Prime Minister Orr" is not any minister Orr."""
    most = max(len(c.role_words & name.role_words) for c in chains)
    return [c for c in chains if len(c.role_words & name.role_words) == most]


def _of_gender(chains: Sequence[_Chain], name: PersonName, _: int) -> list[_Chain]:
    """Those who are known to be of the name's gender: "Mr. Orr" is Mr. Dan Orr, not Kim Orr who has no title."""
    return [c for c in chains if name.gender and c.gender == name.gender]


def _of_given_name(chains: Sequence[_Chain], name: PersonName, _: int) -> list[_Chain]:
    """Those whose given name is not of the other gender: "Mr. Orr" is not Ada Orr, but her husband Dan."""
    return [c for c in chains if not name.gender or c.given_gender in (None, name.gender)]


def _not_called_otherwise(chains: Sequence[_Chain], _: PersonName, rank: int) -> list[_Chain]:
    """For a surname those not called by the given name: "Quill" is not the child whom the article calls "Elin"."""
    return [c for c in chains if rank != _FAMILY or c.given <= max(1, c.spelled)]


def _no_relatives(chains: Sequence[_Chain], _: PersonName, __: int) -> list[_Chain]:
    """Those who do not come in as somebody's relative: "Quill" is not "his wife, Ada Quill"."""
    return [c for c in chains if not c.kin]


#: Each keeps those whom a bare name fits best, of several; asked in this order, and passed over where it keeps none.
_NARROWED = (_of_most_roles, _of_gender, _of_given_name, _not_called_otherwise, _no_relatives)


_FAMILY, _INNER, _GIVEN, _MISSPELT = 4, 3, 2, 1


def _rank(chain: _Chain, name: PersonName) -> int:
    """How well a bare name fits a person: as family name, inner or given name, or misspelt; 0 if not at all."""
    word = name.parts.tokens[0] if name.parts.tokens else ""
    if not word:
        return 0
    best = 0
    own = {p.casefold() for p in name.parts.particles}
    for form in chain.forms.values():
        if name.parts.suffix and fold(name.parts.suffix) != fold(form.suffix or ""):
            continue
        if any(map(str.isdigit, form.tokens[1:])):  # "Orla 2000", the machine, is not called "Orla"
            continue
        patronymic = {p.casefold() for p in form.particles} & _PATRONYMIC
        family = {bare_family(f) for f in form.family}
        if word in family:
            if patronymic and not own & patronymic:
                continue
            best = max(best, _FAMILY)
        elif word in form.tokens and not (_is_ancestor(word, form) and "-" not in name.parts.core):
            best = max(best, _GIVEN if word == form.tokens[0] or form.family_first else _INNER)
        elif form.nickname and fold(form.nickname) == word:
            best = max(best, _GIVEN)
        elif any(misspelt(word, f) for f in family):
            best = max(best, _MISSPELT)
    return best


def _is_ancestor(word: str, form: NameParts) -> bool:
    """Whether a word of a name is only a forefather's: "Ahmad" in "Nawaf Al-Ahmad Al-Wari"."""
    return word != form.tokens[0] and any("-" in middle and bare_family(middle) == word for middle in form.middle)


def _favoured(fitting: Sequence[_Chain], index: int, names: Sequence[PersonName]) -> _Chain | None:
    """Of several people of one name the one that it usually means, else the one named last; none if not plain."""
    return _usual(fitting) or _named_last(fitting, index, names)


def _usual(fitting: Sequence[_Chain]) -> _Chain | None:
    """The only one whom the bare name has meant so far, if more than once."""
    owners = [c for c in fitting if c.bare]
    return owners[0] if len(owners) == 1 and owners[0].bare > 1 else None


def _named_last(fitting: Sequence[_Chain], index: int, names: Sequence[PersonName]) -> _Chain | None:
    """The one named last, unless another is named in the same paragraph; where none is yet, the one named most."""
    lasts = ((_last_before(c.members, index), number) for number, c in enumerate(fitting))
    met = sorted((one for one in lasts if one[0] >= 0), reverse=True)
    if not met:
        return _named_most(fitting)
    (last, nearest), *others = met
    beside = bool(others) and names[others[0][0]].passage == names[last].passage
    return None if beside else fitting[nearest]


def _named_most(fitting: Sequence[_Chain]) -> _Chain | None:
    """The one named more often than all others; none where several are named as often."""
    most = max((len(c.members) for c in fitting), default=0)
    named_most = [c for c in fitting if len(c.members) == most]
    return named_most[0] if len(named_most) == 1 else None


def _last_before(members: Sequence[int], index: int) -> int:
    place = bisect_left(members, index)
    return members[place - 1] if place else -1
