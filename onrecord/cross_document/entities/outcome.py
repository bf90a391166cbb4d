"""What a run hands back: ids for the new articles, rewrites of committed rows, and the changed rows of each table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from onrecord.cross_document.entities.entity_rows import entity_rows
from onrecord.cross_document.entities.identity import Naming
from onrecord.cross_document.entities.known import Known
from onrecord.cross_document.entities.links import NEAR_MISS
from onrecord.cross_document.entities.rules import BY_PEOPLE
from onrecord.cross_document.entities.state import (
    ASSIGNED,
    ENTITIES,
    EVIDENCE,
    IDS,
    LINKS,
    MERGES,
    MOVES,
    NEAR_MISSES,
    NODES,
    Change,
    Resolution,
    table_of,
)


def conclude(
    con: duckdb.DuckDBPyConnection,
    naming: Naming,
    members: dict[str, list[str]],
    known: Known,
    user: Sequence[Known],
    decided: Mapping[str, bool],
) -> Resolution:
    """Everything that changes, given which nodes (`members`) each id of the reached piece now stands for."""
    _register_members(con, members)
    con.register("ids_in", _ids(naming))
    con.execute("create temp table ids_new as select * from ids_in")
    con.execute(_REWRITES)
    entities = entity_rows(con, known, user)
    con.register("entities_new", entities)
    return Resolution(
        decided=decided,
        assigned=_table(con, _ASSIGNED, ASSIGNED),
        merges=_table(con, "select old_id, new_id from merges order by all", MERGES),
        moves=_table(con, _MOVES, MOVES),
        changes=dict(_changes(con, entities)),
    )


def _register_members(con: duckdb.DuckDBPyConnection, members: dict[str, list[str]]) -> None:
    pairs = [(node, entity) for entity, nodes in members.items() for node in nodes]
    con.register("member_in", table_of(pairs, pa.schema([("node", pa.string()), ("entity_id", pa.string())])))
    con.execute("create temp table member as select * from member_in")


def _ids(naming: Naming) -> pa.Table:
    rows = [(i.entity_id, i.founder, i.minted, i.merged_into) for i in naming.ids]
    return table_of(rows, IDS)


def _table(con: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema) -> pa.Table:
    found: pa.Table = con.sql(query).to_arrow_table()
    return found.select(schema.names).cast(schema)


_ASSIGNED = "select f.article_id, f.local_id, m.entity_id from fresh f join member m using (node)"

#: `moved`: committed nodes whose id changes. An id that all its nodes left for one other is merged, else moved away
#: from node by node.
_REWRITES = """
create temp table moved as
select h.node, h.entity_id as old_id, m.entity_id as new_id from held h join member m on h.node = m.node
where h.entity_id <> m.entity_id;
create temp table merges as
select old_id, min(new_id) as new_id from moved
where old_id not in (select entity_id from member)
group by old_id having count(distinct new_id) = 1;
"""

_MOVES = """
select distinct e.article_id, e.name, v.old_id, v.new_id
from s_evidence e join moved v on e.node = v.node
where v.old_id not in (select old_id from merges) and e.article_id not in (select article_id from gone)
order by all
"""


def _changes(con: duckdb.DuckDBPyConnection, entities: pa.Table) -> Iterator[tuple[str, Change]]:
    yield (
        "entity_evidence",
        Change(
            _table(con, "select * from fresh", EVIDENCE),
            con.sql("select distinct article_id from gone").to_arrow_table(),
        ),
    )
    yield (
        "entity_nodes",
        Change(_table(con, _NODES, NODES), con.sql("select node from emptied").to_arrow_table()),
    )
    yield "entity_links", Change(_table(con, _LINKS, LINKS), con.sql(_LINKS_GONE).to_arrow_table())
    yield "entity_ids", Change(_table(con, "select * from ids_new", IDS), IDS.empty_table().select(["entity_id"]))
    yield "entities", Change(entities.select(ENTITIES.names).cast(ENTITIES), con.sql(_ENTITIES_GONE).to_arrow_table())
    yield "near_misses", Change(_table(con, _NEAR, NEAR_MISSES), con.sql(_NEAR_GONE).to_arrow_table())


_NODES = """
select n.* exclude (entity_id, changed), m.entity_id from all_nodes n join member m using (node)
where n.changed or n.node in (select node from moved)
"""

_LINKS = "select * from linked union all by name select * from user_links order by all"

_LINKS_GONE = f"""
select node_a, node_b, kind from s_links
where kind in {BY_PEOPLE} or node_a in (select node from stale) or node_b in (select node from stale)
"""  # noqa: S608 - built from a constant

_ENTITIES_GONE = """
select distinct entity_id from held
where node in (select node from reached) and entity_id not in (select entity_id from member)
"""

#: Pairs of entities with a link between them that was not followed, one row a pair, best link first; but for those
#: that an editor has parted.
_NEAR = f"""
with ends as (
    select l.node_a, l.node_b, l.score, l.kind, l.reason from links_now l
    where l.score >= {NEAR_MISS}
      and (l.node_a in (select node from member) or l.node_b in (select node from member))
), homes as (
    select node, entity_id from member
    union all
    select node, entity_id from held where node not in (select node from member)
), named as (
    select entity_id, name, entity_type from entities_new
    union all
    select entity_id, name, entity_type from s_entities where entity_id not in (select entity_id from entities_new)
), apart as (
    select least(a.entity_id, b.entity_id) as entity_a, greatest(a.entity_id, b.entity_id) as entity_b,
           l.score, l.kind, l.reason
    from ends l join homes a on a.node = l.node_a join homes b on b.node = l.node_b
    where a.entity_id <> b.entity_id
), parted as (
    select least(a.entity_id, b.entity_id) as entity_a, greatest(a.entity_id, b.entity_id) as entity_b
    from user_links l join homes a on a.node = l.node_a join homes b on b.node = l.node_b where l.kind = 'parted'
)
select a.name as name_a, b.name as name_b, p.entity_a, p.entity_b, a.entity_type, p.score,
       case p.kind when 'apart' then 'contradicted: ' when 'miss' then 'thin: ' else 'rivalled: ' end || p.reason
       as reason
from (
    select * from apart anti join parted using (entity_a, entity_b)
    qualify row_number() over (partition by entity_a, entity_b order by score desc, kind, reason) = 1
) p
join named a on a.entity_id = p.entity_a join named b on b.entity_id = p.entity_b
order by entity_a, entity_b
"""  # noqa: S608 - built from a constant of this module

_NEAR_GONE = """
with touched as (
    select entity_id from member union select entity_id from held where node in (select node from reached)
)
select entity_a, entity_b from s_near
where entity_a in (select entity_id from touched) or entity_b in (select entity_id from touched)
"""
