"""Who is meant by each person's name in an article: full names first, then bare surnames and given names.

A chain is the mentions of one person. Full names join where one is the other with parts left out, abbreviated or by
nickname; a bare name goes to the person that roles, courtesy titles and reading order favour, or to none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from onrecord.coreference.bare_names import Rank, meant, rank_of
from onrecord.coreference.person_chains import Chain, People, PersonName
from onrecord.lexicon.name_words import fold
from onrecord.names.alike import same_person
from onrecord.names.parse import NameParts


def chain_people(
    names: Sequence[PersonName], glossed: Collection[int] = (), told_apart: Collection[int] = ()
) -> list[list[int]]:
    """Indices of `names` (in reading order), one list a person; every index is in exactly one.

    `glossed` are those that the article gives as another name of the person named before ("Orr, known as Bo"),
    `told_apart` those of another person than the one named before ("Jack Orr and his father, John Orr").
    """
    people = People()
    beside = ({names[i - 1].parts.core, names[i].parts.core} for i in told_apart)
    people.two = {frozenset(cores) for cores in beside if len(cores) == 2}
    people.has_couples = any(n.context.kin for n in names) or len({n.courtesy for n in names} - {None}) > 1
    for index, name in enumerate(names):
        if len(name.parts.tokens) > 1:
            _join_full(people, index, name)
    _count_given(people, names)
    called = _called(people, names, glossed)
    unknown: dict[tuple[str, ...], Chain] = {}
    numbered: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for index, name in sorted(enumerate(names), key=lambda item: item[1].parts.suffix is None):
        if len(name.parts.tokens) > 1:
            continue
        chain = called.get(name.parts.tokens) or meant(people, index, name, names) or people.abbreviated(name.parts)
        if chain is None:
            key = _unknown_key(name.parts, numbered)
            chain = unknown.setdefault(key, Chain(-1))
        else:
            chain.bare += rank_of(chain, name) is Rank.FAMILY
        chain.add(index, name)
    return [c.members for c in (*people.chains, *unknown.values())]


def _count_given(people: People, names: Sequence[PersonName]) -> None:
    """Count how often each person is called by the given name alone, where nobody else has that name."""
    for name in names:
        if len(name.parts.tokens) == 1:
            fitting = [(rank, chain) for chain in people.near(name.parts) if (rank := rank_of(chain, name))]
            if len(fitting) == 1 and fitting[0][0] is Rank.GIVEN:
                fitting[0][1].given += 1


def _unknown_key(parts: NameParts, numbered: dict[tuple[str, ...], set[tuple[str, ...]]]) -> tuple[str, ...]:
    """What bare names of one unknown person have in common: "Oren" is "Oren II" if there is no other Oren."""
    if parts.suffix:
        key = (*parts.tokens, fold(parts.suffix))
        numbered[parts.tokens].add(key)
        return key
    others = numbered.get(parts.tokens, set())
    return next(iter(others)) if len(others) == 1 else parts.tokens


def _called(people: People, names: Sequence[PersonName], glossed: Collection[int]) -> dict[tuple[str, ...], Chain]:
    """The person that each name given by a gloss means."""
    owner = {member: chain for chain in people.chains for member in chain.members}
    called: dict[tuple[str, ...], Chain] = {}
    for index in sorted(glossed):
        before = names[index - 1]
        chain = owner.get(index - 1) or called.get(before.parts.tokens) or meant(people, index - 1, before, names)
        if chain and index not in owner:
            called[names[index].parts.tokens] = chain
    return called


def _join_full(people: People, index: int, name: PersonName) -> None:
    near = people.near(name.parts)
    fitting = [c for c in near if _fits(name.parts, c) and people.may_be(c, name.parts)]
    exact = [c for c in fitting if any(f.tokens == name.parts.tokens for f in c.forms.values())]
    best = max(exact or fitting, key=lambda c: c.members[-1], default=None) or people.new()
    if name.parts.core not in best.forms:
        people.learn(best, name.parts)
    best.add(index, name)


def _fits(parts: NameParts, chain: Chain) -> bool:
    """Whether a full name is that of a person: as each of the forms has it, or as one of three words or more does that
    all others shorten: "Ana Quill" and "Ana Venn" beside "Ana Venn Quill"."""
    fullest = max(chain.forms.values(), key=lambda form: len(form.tokens))
    shortened = len(fullest.tokens) > 2 and set(parts.tokens) < set(fullest.tokens)
    if shortened and all(set(form.tokens) <= set(fullest.tokens) for form in chain.forms.values()):
        return same_person(parts, fullest)
    return all(same_person(parts, form) for form in chain.forms.values())
