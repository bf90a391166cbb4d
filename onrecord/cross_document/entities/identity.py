"""Which id a group of nodes has: it keeps the one it had, a merge keeps the older, a new group gets a new one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Id:
    """An id ever given out. `founder` is the node it was made for, `minted` the number of the run that made it."""

    entity_id: str
    founder: str
    minted: int
    merged_into: str | None = None

    @property
    def age(self) -> tuple[int, str]:
        """Sorts older ids first; those of one run by the id itself, so that the choice is the same everywhere."""
        return self.minted, self.entity_id


@dataclass(frozen=True, slots=True)
class Claim:
    """What a node brings to the naming: the name that an id is made of, and who goes first.

    `seed` is the same for all spellings of a name, so that it does not matter which of them arrives first.
    """

    seed: str
    precedence: tuple[int, int, str, str]


def mint(seed: str, again: int = 0) -> str:
    """The id of an entity: the same on every machine. `again` counts the ids of the same seed made before."""
    text = f"entity\x1f{seed}" + (f"\x1f{again}" if again else "")
    return "ent_" + hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Naming:
    """`of` gives the id of each group (by the group's key in the input); `ids` are the rows that are new or changed."""

    of: Mapping[str, str]
    ids: tuple[Id, ...]


def name_groups(
    groups: Mapping[str, Sequence[str]],
    held: Mapping[str, str],
    ids: Iterable[Id],
    claim: Mapping[str, Claim],
    run: int,
) -> Naming:
    """Give every group an id.

    `groups`: key to nodes. `held`: the id that each node has had (new nodes lack one). `ids`: at least every id that
    is held by, was merged into one held by, was founded on, or is made from the seed of one of the nodes. An id goes
    to the group that has its founder, or, if the founder is gone, to the group with the
    first of the nodes that held it. A group with several keeps the oldest; one with none revives the oldest id that
    was founded on one of its nodes, or is given a new id.
    """
    known = {i.entity_id: i for i in ids}
    claims = _claims(groups, held, known, claim)
    taken = {e for mine in claims.values() for e in mine}
    of: dict[str, str] = {}
    out: dict[str, Id] = {}
    for group in sorted(groups):
        mine = sorted((known[e] for e in claims.get(group, ())), key=lambda i: i.age)
        mine = mine or _revived(groups[group], known, taken)
        keep = mine[0] if mine else _minted(groups[group], taken | set(known), claim, run)
        taken.add(keep.entity_id)
        of[group] = keep.entity_id
        out[keep.entity_id] = Id(keep.entity_id, keep.founder, keep.minted)
    _absorb(groups, claims, known, of, out)
    changed = tuple(i for i in out.values() if known.get(i.entity_id) != i)
    return Naming(of, tuple(sorted(changed, key=lambda i: i.entity_id)))


def _claims(
    groups: Mapping[str, Sequence[str]],
    held: Mapping[str, str],
    known: Mapping[str, Id],
    claim: Mapping[str, Claim],
) -> dict[str, list[str]]:
    """Group to the standing ids that are its own."""
    group_of = {node: group for group, nodes in groups.items() for node in nodes}
    holders: dict[str, list[str]] = defaultdict(list)
    for node, entity in held.items():
        if node in group_of:
            holders[entity].append(node)
    claims: dict[str, list[str]] = defaultdict(list)
    for entity, nodes in holders.items():
        founder = known[entity].founder
        heir = founder if founder in nodes else min(nodes, key=lambda n: claim[n].precedence)
        claims[group_of[heir]].append(entity)
    return claims


def _revived(nodes: Sequence[str], known: Mapping[str, Id], taken: set[str]) -> list[Id]:
    """Ids that were founded on one of the nodes and do not stand: what was merged by mistake gets its own id back."""
    own = set(nodes)
    return sorted((i for i in known.values() if i.founder in own and i.entity_id not in taken), key=lambda i: i.age)


def _minted(nodes: Sequence[str], taken: set[str], claim: Mapping[str, Claim], run: int) -> Id:
    founder = min(nodes, key=lambda n: claim[n].precedence)
    again = 0
    while mint(claim[founder].seed, again) in taken:
        again += 1
    return Id(mint(claim[founder].seed, again), founder, run)


def _absorb(
    groups: Mapping[str, Sequence[str]],
    claims: Mapping[str, list[str]],
    known: Mapping[str, Id],
    of: Mapping[str, str],
    out: dict[str, Id],
) -> None:
    """Point every id that its group did not keep, and every id merged into one of those, at the one that stays."""
    target = {e: of[group] for group, mine in claims.items() if group in groups for e in mine if e != of[group]}
    for entity, keep in target.items():
        out[entity] = Id(entity, known[entity].founder, known[entity].minted, keep)
    for i in known.values():
        if i.merged_into in target and i.entity_id not in out:
            out[i.entity_id] = Id(i.entity_id, i.founder, i.minted, target[i.merged_into])
