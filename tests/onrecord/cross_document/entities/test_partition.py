"""Groups of nodes, and the ids that they get."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cross_document.entities.identity import Claim, Id, mint, name_groups
from onrecord.cross_document.entities.partition import Denial, Link, Node, partition


def _node(name: str, parts: int = 2) -> Node:
    return Node(name, "PERSON", name, parts, False)


def _never(_a: Node, _b: Node) -> Denial:
    return Denial.NONE


def test_a_chain_joins_nothing_that_its_ends_deny() -> None:
    nodes = [_node(n) for n in "abc"]
    links = [Link("a", "b", 0.9, "same"), Link("b", "c", 0.8, "same")]

    def ends(x: Node, y: Node) -> Denial:
        return Denial.EVIDENCE if {x.node, y.node} == {"a", "c"} else Denial.NONE

    assert partition(nodes, links, ends) == {"a": ["a", "b"], "c": ["c"]}
    assert partition(nodes, links, _never) == {"a": ["a", "b", "c"]}


def test_users_overrule_the_known_table_and_that_the_evidence() -> None:
    nodes = [_node(n) for n in "ab"]
    for kind, denial, joined in (
        ("same", Denial.EVIDENCE, False),
        ("known", Denial.EVIDENCE, True),
        ("known", Denial.KNOWN, False),
        ("user", Denial.KNOWN, True),
        ("user", Denial.USER, False),
    ):
        found = partition(nodes, [Link("a", "b", 1.0, kind)], lambda _x, _y, d=denial: d)  # type: ignore[misc]
        assert (len(found) == 1) is joined, (kind, denial)


def test_a_shorter_form_with_two_rivals_stays_alone_unless_one_stands_out() -> None:
    nodes = [_node("bush", 1), _node("w bush"), _node("h bush")]

    def rivals(x: Node, y: Node) -> Denial:
        return Denial.EVIDENCE if {x.node, y.node} == {"w bush", "h bush"} else Denial.NONE

    level = [Link("bush", "w bush", 0.8, "partial"), Link("bush", "h bush", 0.8, "partial")]
    assert len(partition(nodes, level, rivals)) == 3
    clear = [Link("bush", "w bush", 0.95, "partial"), Link("bush", "h bush", 0.8, "partial")]
    assert partition(nodes, clear, rivals) == {"bush": ["bush", "w bush"], "h bush": ["h bush"]}


@st.composite
def _graphs(draw: st.DrawFn) -> tuple[list[Node], list[Link], frozenset[tuple[str, str]]]:
    names = [f"n{i}" for i in range(draw(st.integers(2, 7)))]
    pairs = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda p: p[0] < p[1])
    kinds = st.sampled_from(["user", "known", "same", "partial"])
    scores = st.sampled_from([0.75, 0.8, 0.9, 1.0])
    links = draw(st.dictionaries(pairs, st.tuples(scores, kinds), max_size=10))
    nodes = [_node(n, draw(st.integers(1, 3))) for n in names]
    return nodes, [Link(*p, *v) for p, v in links.items()], frozenset(draw(st.sets(pairs, max_size=4)))


@settings(deadline=None)
@given(_graphs(), st.randoms(use_true_random=False))
def test_the_order_of_nodes_and_links_does_not_matter(
    graph: tuple[list[Node], list[Link], frozenset[tuple[str, str]]], shuffle: object
) -> None:
    nodes, links, apart = graph

    def conflict(x: Node, y: Node) -> Denial:
        return Denial.EVIDENCE if (min(x.node, y.node), max(x.node, y.node)) in apart else Denial.NONE

    found = partition(nodes, links, conflict)
    nodes, links = list(nodes), list(links)
    shuffle.shuffle(nodes)  # type: ignore[attr-defined]
    shuffle.shuffle(links)  # type: ignore[attr-defined]
    assert partition(nodes, [Link(k.node_b, k.node_a, k.score, k.kind) for k in links], conflict) == found
    forced = {frozenset((k.node_a, k.node_b)) for k in links if k.kind in ("user", "known")}
    for members in found.values():
        for a, b in apart:
            if a in members and b in members:
                assert forced, "only a forced link joins what evidence parts"


def _claims(*nodes: str) -> dict[str, Claim]:
    return {n: Claim(n, (1, 0, n, n)) for n in nodes}


def test_a_new_group_gets_the_id_of_its_seed_and_keeps_it() -> None:
    first = name_groups({"a": ["a", "b"]}, {}, [], _claims("a", "b"), 1)
    assert first.of == {"a": mint("a")}
    again = name_groups({"a": ["a", "b", "c"]}, {"a": mint("a"), "b": mint("a")}, first.ids, _claims("a", "b", "c"), 2)
    assert again.of == first.of
    assert again.ids == ()


def test_a_merge_keeps_the_older_id_and_a_part_takes_its_own_back() -> None:
    ids = [Id("x", "b", 1), Id("y", "a", 2), Id("z", "c", 1, "y")]
    merged = name_groups({"a": ["a", "b"]}, {"a": "y", "b": "x"}, ids, _claims("a", "b"), 3)
    assert merged.of == {"a": "x"}
    assert {i.entity_id: i.merged_into for i in merged.ids} == {"y": "x", "z": "x"}
    parted = name_groups({"a": ["a"], "b": ["b"]}, {"a": "x", "b": "x"}, [ids[0], *merged.ids], _claims("a", "b"), 4)
    assert parted.of == {"a": "y", "b": "x"}
    assert {i.entity_id: i.merged_into for i in parted.ids} == {"y": None}


def test_two_groups_of_one_seed_get_two_ids() -> None:
    claims = {n: Claim("same", (1, 0, n, n)) for n in "ab"}
    found = name_groups({"a": ["a"], "b": ["b"]}, {}, [], claims, 1)
    assert sorted(found.of.values()) == sorted({mint("same"), mint("same", 1)})
