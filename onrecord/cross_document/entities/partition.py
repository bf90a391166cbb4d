"""Which nodes are one entity: a function of the nodes and links alone, whatever the order they were found in.

Three passes over one connected piece of the graph at a time. First what corrections, users and the known table say is
the same. Then links between full names, best first. Last the shorter forms, the fullest of them first: a shorter form
joins the best of its candidates if that one beats every rival by `MARGIN`; if not, it stays alone. No step joins two
groups with a contradiction between any of their members, so that a chain of likenesses joins nothing that its ends
deny.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

#: A shorter form goes to the better of two candidates that contradict each other only if it is better by this much.
MARGIN = 0.1


@dataclass(frozen=True, slots=True)
class Node:
    """What the partition needs of a node; `parts` is the number of parts of its name."""

    node: str
    entity_type: str
    key: str
    parts: int
    solitary: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link of two nodes; `kind` is joined, user, known, same, partial, miss or apart."""

    node_a: str
    node_b: str
    score: float
    kind: str


class Denial(IntEnum):
    """On what authority two nodes are two entities: the higher wins."""

    NONE = 0
    EVIDENCE = 1
    KNOWN = 2
    USER = 3
    CORRECTION = 4


#: Says on what authority two nodes are two entities. Symmetric.
Conflict: TypeAlias = Callable[[Node, Node], Denial]

#: What a link of each kind overrules.
_OVERRULES = {"joined": Denial.USER, "user": Denial.KNOWN, "known": Denial.EVIDENCE, "same": Denial.NONE}


class _Groups:
    """Disjoint sets of nodes that refuse to join where `conflict` finds a contradiction between members."""

    def __init__(self, nodes: Iterable[Node], conflict: Conflict) -> None:
        self.node = {n.node: n for n in nodes}
        self.root = {n: n for n in self.node}
        self.members: dict[str, list[str]] = {n: [n] for n in self.node}
        self.conflict = conflict

    def denied(self, a: str, b: str, by: Denial = Denial.EVIDENCE) -> bool:
        """Whether members of the two groups contradict each other, on an authority of `by` or more."""
        left, right = self.members[self.root[a]], self.members[self.root[b]]
        return any(self.conflict(self.node[x], self.node[y]) >= by for x in left for y in right)

    def join(self, a: str, b: str, despite: Denial = Denial.NONE) -> None:
        """Join the groups of `a` and `b` unless something of more authority than `despite` speaks against it."""
        x, y = self.root[a], self.root[b]
        if x == y or self.denied(x, y, Denial(despite + 1)):
            return
        keep, gone = min(x, y), max(x, y)
        for member in self.members.pop(gone):
            self.root[member] = keep
            self.members[keep].append(member)


def partition(nodes: Sequence[Node], links: Sequence[Link], conflict: Conflict) -> dict[str, list[str]]:
    """Groups of nodes, keyed by their smallest member; `links` in any order, their ends among `nodes`.

    A correction overrules a user's table, that the known table, and all three what names and context suggest.
    """
    groups = _Groups(nodes, conflict)
    for kind, despite in _OVERRULES.items():
        for link in _best_first(links, kind):
            groups.join(link.node_a, link.node_b, despite)
    _join_partial(groups, [link for link in links if link.kind == "partial"])
    return {min(members): sorted(members) for members in groups.members.values()}


def _best_first(links: Sequence[Link], kind: str) -> list[Link]:
    chosen = [link for link in links if link.kind == kind]
    return sorted(chosen, key=lambda link: (-link.score, link.node_a, link.node_b))


def _join_partial(groups: _Groups, links: list[Link]) -> None:
    """Each shorter form to the one candidate that stands out, the fullest of the shorter forms first."""
    towards: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for link in links:
        short, full = _short_first(groups.node[link.node_a], groups.node[link.node_b])
        towards[short].append((full, link.score))
    order = sorted(towards, key=lambda n: (groups.node[n].solitary, -groups.node[n].parts, groups.node[n].key, n))
    for short in order:
        best: dict[str, float] = {}
        for full, score in towards[short]:
            root = groups.root[full]
            if root != groups.root[short]:
                best[root] = max(score, best.get(root, 0.0))
        ranked = sorted(best, key=lambda root: (-best[root], root))
        if ranked and not _rivalled(groups, ranked, best):
            for root in ranked:
                if best[root] >= best[ranked[0]] - MARGIN or not groups.denied(ranked[0], root):
                    groups.join(short, root)


def _rivalled(groups: _Groups, ranked: list[str], best: dict[str, float]) -> bool:
    """Whether a candidate nearly as good as the best contradicts it."""
    return any(best[root] > best[ranked[0]] - MARGIN and groups.denied(ranked[0], root) for root in ranked[1:])


def _short_first(a: Node, b: Node) -> tuple[str, str]:
    first, second = sorted((a, b), key=lambda n: (not n.solitary, n.parts, len(n.key), n.node))
    return first.node, second.node
