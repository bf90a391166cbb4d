"""What users and the known table say of nodes: links that must be, and pairs that must not be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import duckdb

from onrecord.cross_document.entities.compare import Verdict
from onrecord.cross_document.entities.known import Known, Same, forms_of, pairs_apart
from onrecord.cross_document.entities.links import compare_keys
from onrecord.cross_document.entities.partition import Denial, Node
from onrecord.cross_document.entities.state import LINKS, table_of

#: Kinds of links that are made anew in each run, of what people decided.
BY_PEOPLE = ("joined", "parted", "user", "denied")


class Denials:
    """Which nodes may not be one: by a correction, a user's word, the known table, their names, their context.

    `apart` and `parted` are the pairs of nodes that links of these kinds name.
    """

    def __init__(
        self, known: Known, user: Sequence[Known], apart: set[tuple[str, str]], parted: set[tuple[str, str]]
    ) -> None:
        self._sides = {Denial.USER: _sides(user), Denial.KNOWN: _sides([known])}
        self._apart = apart
        self._parted = parted
        self._names: dict[tuple[str, str], bool] = {}

    def __call__(self, a: Node, b: Node) -> Denial:
        pair = (min(a.node, b.node), max(a.node, b.node))
        if pair in self._parted:
            return Denial.CORRECTION
        for authority, sides in self._sides.items():
            left, right = sides.get(a.key), sides.get(b.key)
            if left and right and any((rule, 1 - side) in right for rule, side in left):
                return authority
        if pair in self._apart or self._names_deny(a, b):
            return Denial.EVIDENCE
        return Denial.NONE

    def _names_deny(self, a: Node, b: Node) -> bool:
        if a.entity_type != "PERSON" or b.entity_type != "PERSON" or a.key == b.key:
            return False
        pair = (min(a.key, b.key), max(a.key, b.key))
        if pair not in self._names:
            self._names[pair] = compare_keys("PERSON", pair[0], "PERSON", pair[1]).verdict is Verdict.CONFLICT
        return self._names[pair]


def _sides(tables: Sequence[Known]) -> dict[str, set[tuple[int, int]]]:
    """Key to the `different` rules that it is on a side of."""
    out: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for rule, (left, right) in enumerate(pairs_apart(tables)):
        for side, keys in enumerate((left, right)):
            for key in keys:
                out[key].add((rule, side))
    return dict(out)


def apply_user_rules(con: duckdb.DuckDBPyConnection, user: Sequence[Known]) -> None:
    """Make `user_links` (LINKS) and `ruled` (nodes whose entity a rule may change, now or when it was taken out).

    Links of kind `denied` join nothing: they keep which nodes a `different` was about, for when it is taken out. Reads
    `decided_links`, which become a part of `user_links`.
    """
    rows: set[tuple[str, str, float, str, str]] = set()
    for entry in (entry for known in user for entry in known.same):
        nodes = _nodes_of(con, entry)
        rows |= {(nodes[0], other, 1.0, "user", "a user's table") for other in nodes[1:]}
    for left, right in pairs_apart(user):
        ends = [_nodes_with(con, left), _nodes_with(con, right)]
        if all(ends):
            one, other = ends[0][0], ends[1][0]
            pairs = {(min(one, n), max(one, n)) for n in ends[1]} | {(min(other, n), max(other, n)) for n in ends[0]}
            rows |= {(*pair, 0.0, "denied", "a user's table") for pair in pairs}
    con.register("user_in", table_of(sorted(rows), LINKS))
    con.execute(_RULED)
    con.unregister("user_in")


_RULED = f"""
create temp table user_links as select * from user_in union all by name select * from decided_links;
create temp table ruled as
select unnest([node_a, node_b]) as node from user_links
union select unnest([node_a, node_b]) from s_links where kind in {BY_PEOPLE}
"""  # noqa: S608 - built from a constant of this module


def _nodes_with(con: duckdb.DuckDBPyConnection, keys: frozenset[str]) -> list[str]:
    query = "select node from all_nodes where list_contains($keys, key) order by node"
    return [row[0] for row in con.sql(query, params={"keys": sorted(keys)}).fetchall()]


def _nodes_of(con: duckdb.DuckDBPyConnection, entry: Same) -> list[str]:
    found = con.sql(
        "select node from all_nodes where list_contains($types, entity_type) and (list_contains($keys, key) or "
        "len(list_intersect(list_transform(names, lambda n: n.value), $exact)) > 0) order by node",
        params={
            "types": list(entry.types),
            "keys": sorted({key for name in entry.names for key in forms_of(name)}),
            "exact": list(entry.exact),
        },
    )
    return [row[0] for row in found.fetchall()]
