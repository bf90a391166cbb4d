"""What users and the known table say of nodes: links that must be, and pairs that must not be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import duckdb
import pyarrow as pa

from onrecord.entities.compare import Verdict
from onrecord.entities.known import Known, Same, forms_of, pairs_apart
from onrecord.entities.links import compare_keys
from onrecord.entities.partition import Denial, Node


class Denials:
    """Which nodes may not be one: by a user's word, by the known table, by their names, by their context.

    `apart` are the pairs of nodes that links of kind `apart` name.
    """

    def __init__(self, known: Known, user: Sequence[Known], apart: set[tuple[str, str]]) -> None:
        self._sides = {Denial.USER: _sides(user), Denial.KNOWN: _sides([known])}
        self._apart = apart
        self._names: dict[tuple[str, str], bool] = {}

    def __call__(self, a: Node, b: Node) -> Denial:
        for authority, sides in self._sides.items():
            left, right = sides.get(a.key), sides.get(b.key)
            if left and right and any((rule, 1 - side) in right for rule, side in left):
                return authority
        if (min(a.node, b.node), max(a.node, b.node)) in self._apart or self._names_deny(a, b):
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
    """Make `user_links` (LINKS) and `ruled` (nodes whose entity a rule may change, now or when it was taken out)."""
    rows: list[tuple[str, str]] = []
    for entry in (entry for known in user for entry in known.same):
        nodes = _nodes_of(con, entry)
        rows.extend((nodes[0], other) for other in nodes[1:])
    pairs = sorted(set(rows))
    table = pa.table(
        {"node_a": [p[0] for p in pairs], "node_b": [p[1] for p in pairs]},
        schema=pa.schema([("node_a", pa.string()), ("node_b", pa.string())]),
    )
    con.register("pairs_in", table)
    con.execute(
        "create temp table user_links as select node_a, node_b, 1.0::double as score, 'user' as kind, "
        "'a user''s table' as reason from pairs_in"
    )
    keys = sorted({key for left, right in pairs_apart(user) for key in left | right})
    con.execute(
        "create temp table ruled as select node_a as node from user_links union select node_b from user_links "
        "union select node_a from s_links where kind = 'user' union select node_b from s_links where kind = 'user' "
        "union select node from all_nodes where list_contains($keys, key)",
        {"keys": keys},
    )
    con.unregister("pairs_in")


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
