"""Whom a name of one word means: the person that it fits best by its kind, by titles, roles and reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum

from onrecord.coreference.person_chains import Chain, People, PersonName
from onrecord.lexicon.name_words import fold
from onrecord.names.alike import bare_family, misspelt
from onrecord.names.parse import NameParts

#: Particles that make the name after them a father's: "Omar bin Said" is not called "Said".
_PATRONYMIC = frozenset({"bin", "ibn", "bint", "ben"})


class Rank(IntEnum):
    """What a bare name is of a full one, the likelier the higher."""

    NONE = 0
    MISSPELT = 1
    GIVEN = 2
    INNER = 3
    FAMILY = 4


def meant(people: People, index: int, name: PersonName, names: Sequence[PersonName]) -> Chain | None:
    """The person that the bare `name` means; none where nobody fits or several do and nothing decides."""
    ranked = [(rank, c) for c in people.near(name.parts) if (rank := rank_of(c, name))]
    if not ranked:
        return None
    top = max(rank for rank, _ in ranked)
    fitting = [c for rank, c in ranked if rank == top]
    if name.gender:
        fitting = [c for c in fitting if c.gender in (None, name.gender)]
    if name.courtesy and people.has_couples:  # "Mrs. Orr" is not Dan Orr, whose wife has no name of her own here
        fitting = [c for c in fitting if c.gender or c.given_gender in (None, name.courtesy)]
    if top is Rank.GIVEN:
        fitting = [c for c in fitting if c.members[0] < index or len(ranked) == 1]
    for narrowed in _NARROWED:
        if len(fitting) > 1:
            fitting = narrowed(fitting, name, top) or fitting
    if len(fitting) > 1 and top is Rank.FAMILY and name.context.age is not None:
        return None  # that of the one as well as of the other
    return fitting[0] if len(fitting) == 1 else _favoured(fitting, index, names)


def rank_of(chain: Chain, name: PersonName) -> Rank:
    """How well a bare name fits a person, by the full name that it fits best."""
    return max((_rank_by(form, name) for form in chain.forms.values()), default=Rank.NONE)


def _rank_by(form: NameParts, name: PersonName) -> Rank:
    """How well a bare name fits a full name."""
    word = name.parts.tokens[0] if name.parts.tokens else ""
    if not word or (name.parts.suffix and fold(name.parts.suffix) != fold(form.suffix or "")):
        return Rank.NONE
    if any(map(str.isdigit, form.tokens[1:])):  # "Orla 2000", the machine, is not called "Orla"
        return Rank.NONE
    family = {bare_family(f) for f in form.family}
    if word in family:
        of_father = _patronymic(form)
        return Rank.NONE if of_father and not of_father & _patronymic(name.parts) else Rank.FAMILY
    if word in form.tokens and not (_is_ancestor(word, form) and "-" not in name.parts.core):
        return Rank.GIVEN if word == form.tokens[0] or form.family_first else Rank.INNER
    if form.nickname and fold(form.nickname) == word:
        return Rank.GIVEN
    return Rank.MISSPELT if any(misspelt(word, f) for f in family) else Rank.NONE


def _patronymic(parts: NameParts) -> set[str]:
    """The particle that makes a father's name of the family name, right before it: not in "Omar bin Said al-Wari"."""
    words = parts.core.split()
    at = next((i for i, word in enumerate(words) if parts.family and word.strip(",.") == parts.family[-1]), 0)
    return {words[at - 1].casefold()} & _PATRONYMIC if at and words[at - 1] in parts.particles else set()


def _is_ancestor(word: str, form: NameParts) -> bool:
    """Whether a word of a name is only a forefather's: "Ahmad" in "Nawaf Al-Ahmad Al-Wari"."""
    return word != form.tokens[0] and any("-" in middle and bare_family(middle) == word for middle in form.middle)


def _of_most_roles(chains: Sequence[Chain], name: PersonName, _: Rank) -> list[Chain]:
    """Those who share most words of the role beside the name: "Prime Minister Orr" is not any minister Orr."""
    most = max(len(c.role_words & name.role_words) for c in chains)
    return [c for c in chains if len(c.role_words & name.role_words) == most]


def _of_gender(chains: Sequence[Chain], name: PersonName, _: Rank) -> list[Chain]:
    """Those who are known to be of the name's gender: "Mr. Orr" is Mr. Dan Orr, not Kim Orr who has no title."""
    return [c for c in chains if name.gender and c.gender == name.gender]


def _of_given_name(chains: Sequence[Chain], name: PersonName, _: Rank) -> list[Chain]:
    """Those whose given name is of the gender, else not of the other: "Mr. Orr" is Dan Orr, not his wife Ada."""
    fitting = [c for c in chains if name.gender and c.given_gender == name.gender]
    return fitting or [c for c in chains if not name.gender or c.given_gender in (None, name.gender)]


def _not_called_otherwise(chains: Sequence[Chain], _: PersonName, rank: Rank) -> list[Chain]:
    """For a surname those not called by the given name: "Quill" is not the child whom the article calls "Elin"."""
    return [c for c in chains if rank is not Rank.FAMILY or c.given <= max(1, c.spelled)]


def _no_relatives(chains: Sequence[Chain], _: PersonName, __: Rank) -> list[Chain]:
    """Those who do not come in as somebody's relative: "Quill" is not "his wife, Ada Quill"."""
    return [c for c in chains if not c.kin]


def _of_age(chains: Sequence[Chain], name: PersonName, _: Rank) -> list[Chain]:
    """Those whose age it is, else those of whom no other is told: "Quill, 48," is not Ada Quill, 19."""
    age = name.context.age
    return [c for c in chains if age in c.ages] or [c for c in chains if age is None or not c.ages]


def _of_generation(chains: Sequence[Chain], name: PersonName, _: Rank) -> list[Chain]:
    """Those brought in as parent or child as the name does, else not as the other: "the younger Quill" is "his son"."""
    generation = name.context.generation
    known = [c for c in chains if generation in c.generations]
    return known or [c for c in chains if not generation or -generation not in c.generations]


#: Each keeps those whom a bare name fits best, of several; asked in this order, and passed over where it keeps none.
_NARROWED = (_of_age, _of_generation, _of_most_roles, _of_gender, _of_given_name, _not_called_otherwise, _no_relatives)


def _favoured(fitting: Sequence[Chain], index: int, names: Sequence[PersonName]) -> Chain | None:
    """Of several people of one name the one that it usually means, else the one named last; none if not plain."""
    return _usual(fitting) or _named_last(fitting, index, names)


def _usual(fitting: Sequence[Chain]) -> Chain | None:
    """The only one whom the bare name has meant so far, if more than once."""
    owners = [c for c in fitting if c.bare]
    return owners[0] if len(owners) == 1 and owners[0].bare > 1 else None


def _named_last(fitting: Sequence[Chain], index: int, names: Sequence[PersonName]) -> Chain | None:
    """The one named last, unless another is named in the same paragraph; where none is yet, the one named most."""
    lasts = ((_last_before(c.members, index), number) for number, c in enumerate(fitting))
    met = sorted((one for one in lasts if one[0] >= 0), reverse=True)
    if not met:
        return _named_most(fitting)
    (last, nearest), *others = met
    beside = bool(others) and names[others[0][0]].passage == names[last].passage
    return None if beside else fitting[nearest]


def _named_most(fitting: Sequence[Chain]) -> Chain | None:
    """The one named more often than all others; none where several are named as often."""
    most = max((len(c.members) for c in fitting), default=0)
    named_most = [c for c in fitting if len(c.members) == most]
    return named_most[0] if len(named_most) == 1 else None


def _last_before(members: Sequence[int], index: int) -> int:
    place = bisect_left(members, index)
    return members[place - 1] if place else -1
