"""Which nodes are compared, and what names and context together say of each pair.

Blocking is a join in DuckDB on keys that each name has of itself, so that a pair is compared in whatever order its
two names arrive. The names of the pairs that come out are compared once each; context is counted by DuckDB.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from onrecord.cross_document.entities.compare import OTHER_ORDER, Comparison, Verdict, compare_names
from onrecord.cross_document.entities.evidence import CONTEXT_OF_NODE
from onrecord.cross_document.entities.keys import words
from onrecord.cross_document.entities.spelling import OTHER_NAME, likeness
from onrecord.cross_document.entities.state import LINKS, table_of

#: Score from which two nodes are linked; below it, and from `NEAR_MISS` on, they are a near miss.
LINKED = 0.75
NEAR_MISS = 0.5

#: What one name beside both adds, one shared word of their roles, and what all of it can add at most.
BY_NAME, BY_ROLE, BY_CONTEXT = 0.13, 0.07, 0.35

#: With all the context there can be, still no link.
NEVER = LINKED - BY_CONTEXT - 0.01

#: What a bare family name that is not common is worth: one name beside both makes it a link.
BY_FAMILY = 0.62
SPELT_ALIKE = 0.95

#: A person in this many articles is whom a bare surname is most likely to mean: as good as one name beside both.
PROMINENT = 20

#: Two nodes beside one another in this share of the articles of the rarer one are two entities.
TOGETHER = {Verdict.EQUAL: 0.5, Verdict.PARTIAL: 0.1, Verdict.NEAR: 0.1}

_PAIR_FIELDS = ("node", "entity_type", "key", "field", "solitary", "article_count")


@dataclass(frozen=True, slots=True)
class Side:
    """One node of a pair."""

    node: str
    entity_type: str
    key: str
    field: str
    solitary: bool
    article_count: int

    @property
    def single(self) -> bool:
        return " " not in self.key


@dataclass(frozen=True, slots=True)
class Shared:
    """What two nodes have in common beside their names; `together` is the number of articles that have both."""

    names: int
    roles: int
    together: int
    saturated: bool
    known: bool


def find_links(con: duckdb.DuckDBPyConnection) -> None:
    """Make `linked`: LINKS of every pair with a node in `changed`. Reads `changed`, `all_nodes` and evidence."""
    con.execute(_PAIRS)
    compared = [_compared(batch) for batch in _batches(con, _COMPARE)]
    con.register("judged_in", pa.concat_tables(compared) if compared else pa.schema(_JUDGED).empty_table())
    con.execute("create temp table judged as select * from judged_in")
    con.unregister("judged_in")
    con.execute(_TOGETHER)
    scored = [_scored(batch) for batch in _batches(con, _SCORE)]
    con.register("linked_in", pa.concat_tables(scored) if scored else LINKS.empty_table())
    con.execute("create temp table linked as select * from linked_in")
    con.unregister("linked_in")
    con.execute("drop table pairs; drop table judged; drop table together")


def _batches(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.RecordBatch]:
    yield from con.sql(query).to_arrow_reader(100_000)


_JUDGED: dict[str, pa.DataType] = {
    "node_a": pa.string(),
    "node_b": pa.string(),
    "verdict": pa.string(),
    "name_score": pa.float64(),
    "why": pa.string(),
}


def _compared(batch: pa.RecordBatch) -> pa.Table:
    """The pairs of a batch whose names have to do with each other, with the verdict on the names."""
    columns = {name: batch[name].to_pylist() for name in batch.schema.names}
    rows = []
    for a, b, type_a, type_b, key_a, key_b, known in zip(
        *(columns[c] for c in ("node_a", "node_b", "type_a", "type_b", "key_a", "key_b", "known")), strict=True
    ):
        found = compare_keys(type_a, key_a, type_b, key_b)
        if known or found.verdict in TOGETHER:
            rows.append((a, b, found.verdict.value, found.score, found.reason))
    return table_of(rows, pa.schema(_JUDGED))


def compare_keys(type_a: str, key_a: str, type_b: str, key_b: str) -> Comparison:
    """Compare two nodes by their keys."""
    if type_a == type_b and key_a == key_b:
        return Comparison(Verdict.EQUAL, 1.0, "same name")
    return compare_names(key_a, key_b, type_a)


def _scored(batch: pa.RecordBatch) -> pa.Table:
    rows = []
    for row in batch.to_pylist():
        a = Side(*(row[f"{name}_a"] for name in _PAIR_FIELDS))
        b = Side(*(row[f"{name}_b"] for name in _PAIR_FIELDS))
        saturated = max(row["context_a"], row["context_b"]) >= CONTEXT_OF_NODE
        shared = Shared(row["names"], row["roles"], row["together"], saturated, row["known"])
        names = Comparison(Verdict(row["verdict"]), row["name_score"], row["why"])
        score, kind, reason = weigh(a, b, names, shared)
        if kind != "miss" or score >= NEAR_MISS:
            rows.append((a.node, b.node, round(score, 4), kind, reason))
    return table_of(rows, LINKS)


def weigh(a: Side, b: Side, names: Comparison, shared: Shared) -> tuple[float, str, str]:
    """Score, kind and reason of a link: what names and context say together."""
    if shared.known:
        return 1.0, "known", "both are names of one entry of the known table"
    told = min(BY_CONTEXT, BY_NAME * shared.names + BY_ROLE * min(shared.roles, 3))
    reason = f"{names.reason}; {shared.names} names and {shared.roles} words of roles shared"
    rarer = min(a.article_count, b.article_count)
    if shared.together >= TOGETHER[names.verdict] * rarer and shared.together > 0:
        return names.score, "apart", f"{reason}; beside one another in {shared.together} articles"
    if a.field != b.field and a.field and b.field and (shared.names < 2 or a.entity_type != "PERSON"):
        return names.score, "apart", f"{reason}; {a.field} and {b.field}"
    base, kind = _base(a, b, names, shared)
    score = min(1.0, base + told)
    return (score, kind, reason) if score >= LINKED else (score, "miss", reason)


def _base(a: Side, b: Side, names: Comparison, shared: Shared) -> tuple[float, str]:
    """What the names are worth before context, and the kind of link that they make."""
    if a.solitary or b.solitary:
        return 0.5, "partial"
    if a.entity_type != "PERSON":
        return _base_of_others(a, b, names)
    if names.verdict is Verdict.EQUAL:
        return names.score, "same"
    if names.verdict is Verdict.NEAR:
        return (NEVER if OTHER_NAME in names.reason else names.score - 0.3), "same"
    if a.single or b.single:
        bearer = b if a.single else a
        bare = a if a.single else b
        prominent = shared.saturated and bearer.article_count >= PROMINENT
        family = likeness(bare.key, bearer.key.split()[-1]).score >= SPELT_ALIKE
        return (BY_FAMILY if family else 0.5) + (BY_NAME if prominent else 0.0), "partial"
    common = words()["common_names"]
    in_both = set(a.key.split()) & set(b.key.split())
    if "initial" in names.reason or "only one is" in names.reason or in_both <= common:
        return names.score - 0.2, "partial"
    return names.score, "partial"


def _base_of_others(a: Side, b: Side, names: Comparison) -> tuple[float, str]:
    if names.verdict is Verdict.NEAR and "ORG" not in (a.entity_type, b.entity_type):
        return NEVER, "same"  # real places differ by a letter
    if names.verdict is not Verdict.EQUAL:
        if names.verdict is Verdict.PARTIAL:
            return names.score - (0.2 if names.reason == "acronym" else 0.0), "partial"
        return names.score - 0.2, "same"
    if names.reason == "transliteration":
        return 0.55, "same"
    if names.reason == OTHER_ORDER and not words()["order_free_words"] & set(a.key.split()):
        return BY_FAMILY, "same"  # the Bank of Quenby and Quenby Bank, unless a name stands beside both
    if a.entity_type != b.entity_type and a.single and "LOC" in (a.entity_type, b.entity_type):
        return 0.65, "same"
    return names.score, "same"


_CLASS = "case entity_type when 'PERSON' then 'P' when 'NORP' then 'N' else 'O' end"

#: Solitary names (bare and common) are many and alike: they are joined only with fuller names that share a name
#: beside them, never with each other. Blocks that start with `part:` join a shorter form to fuller ones.
#: Every pair has a changed node, so only the blocks of changed nodes are looked into.
_PAIRS = f"""
create temp table blocked as
with every as (
    select node, {_CLASS} as class, contains(key, ' ') as several, solitary, changed, unnest(blocks) as block
    from all_nodes
)
select * from every semi join (select unnest(blocks) as block from changed) touched using (block);
create temp table pairs as
with plain as (
    select t.node as x, o.node as y
    from blocked t join blocked o on t.block = o.block and t.class = o.class and t.node <> o.node
    where t.changed and not t.solitary and not o.solitary and (not o.changed or t.node < o.node)
      and (not starts_with(t.block, 'part:') or not (t.several and o.several))
), lone as (
    select node, class, block, changed from blocked where solitary
), full_of as (
    select b.node, b.class, b.block, b.changed from blocked b semi join lone l on b.block = l.block
    where not b.solitary
), lone_item as (
    select l.*, unnest(n.context) as item from lone l join all_nodes n using (node)
), full_item as (
    select f.*, unnest(n.context) as item from full_of f join all_nodes n using (node)
), alone as (
    select l.node as x, f.node as y from lone_item l
    join full_item f on l.block = f.block and l.class = f.class and l.item = f.item
    where l.changed or f.changed
)
select distinct least(x, y) as node_a, greatest(x, y) as node_b from (from plain union all from alone);
drop table blocked
"""  # noqa: S608 - built from constants of this module

_COMPARE = """
select p.node_a, p.node_b, a.entity_type as type_a, b.entity_type as type_b, a.key as key_a, b.key as key_b,
       len(list_intersect(a.known, b.known)) > 0 as known
from pairs p join all_nodes a on a.node = p.node_a join all_nodes b on b.node = p.node_b
"""

_TOGETHER = """
create temp table together as
with ends as (select node_a as node from judged union select node_b from judged),
told as (
    select e.node, e.article_id from (
        select node, article_id from fresh where mention_count > 0
        union all
        select node, article_id from s_evidence anti join gone using (article_id) where mention_count > 0
    ) e semi join ends n on e.node = n.node
)
select j.node_a, j.node_b, count(distinct a.article_id) as n
from judged j join told a on a.node = j.node_a join told b on b.node = j.node_b and b.article_id = a.article_id
group by all
"""

_SIDES = ", ".join(f"{side}.{name} as {name}_{side}" for side in "ab" for name in _PAIR_FIELDS)

_SCORE = f"""
select {_SIDES}, len(a.context) as context_a, len(b.context) as context_b, j.verdict, j.name_score, j.why,
       len(list_intersect(a.context, b.context)) as names, len(list_intersect(a.role_words, b.role_words)) as roles,
       len(list_intersect(a.known, b.known)) > 0 as known, coalesce(t.n, 0) as together
from judged j join all_nodes a on a.node = j.node_a join all_nodes b on b.node = j.node_b
left join together t on t.node_a = j.node_a and t.node_b = j.node_b
"""  # noqa: S608 - built from constants of this module
