"""The row of an entity: its canonical name and type, its other names, roles, dates and counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from onrecord.cross_document.entities.known import Known, Same, forms_of
from onrecord.cross_document.entities.state import ENTITIES

#: Roles kept on an entity, most frequent first.
ROLES_KEPT = 20


def entity_rows(con: duckdb.DuckDBPyConnection, known: Known, user: Sequence[Known]) -> pa.Table:
    """ENTITIES of every id in `member`, counted from its nodes."""
    merged = _merged_ids(con)
    users = _user_entries(user)
    tables = []
    for batch in con.sql(_GATHERED).to_arrow_reader(20_000):
        rows = [_row(row, known, users, merged) for row in batch.to_pylist()]
        tables.append(pa.Table.from_pylist(rows, schema=ENTITIES))
    return pa.concat_tables(tables) if tables else ENTITIES.empty_table()


#: Articles are counted once each also where two nodes of an entity stand in one.
_GATHERED = """
with decided as (
    select unnest([node_a, node_b]) as node from user_links where kind in ('joined', 'parted')
),
mine as (select n.*, m.entity_id as entity from all_nodes n join member m using (node)),
several as (select entity from mine group by entity having count(*) > 1),
told as (
    select m.entity_id as entity, count(distinct e.article_id)::bigint as articles
    from (
        select node, article_id, mention_count from fresh
        union all select node, article_id, mention_count from s_evidence
        where article_id not in (select article_id from gone)
    ) e join member m using (node)
    where m.entity_id in (select entity from several) and e.mention_count > 0 group by all
)
select m.entity as entity_id, list(struct_pack(entity_type, key, names, forms, roles, known, mention_count)
           order by m.node) as nodes,
       min(m.first_seen) as first_seen, max(m.last_seen) as last_seen,
       coalesce(any_value(t.articles), sum(m.article_count))::bigint as article_count,
       bool_or(m.node in (select node from decided)) as corrected,
       sum(m.mention_count)::bigint as mention_count, sum(m.quote_count)::bigint as quote_count
from mine m left join told t on t.entity = m.entity group by m.entity order by m.entity
"""


def _merged_ids(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    rows = con.sql(
        """
        select merged_into, entity_id from ids_new where merged_into is not null
        union all
        select merged_into, entity_id from s_ids where merged_into in (select entity_id from member)
          and entity_id not in (select entity_id from ids_new)
        order by all
        """
    ).fetchall()
    out: dict[str, list[str]] = defaultdict(list)
    for into, entity in rows:
        out[into].append(entity)
    return out


def _user_entries(user: Sequence[Known]) -> dict[str, list[Same]]:
    out: dict[str, list[Same]] = defaultdict(list)
    for entry in (entry for table in user for entry in table.same):
        for key in sorted({key for name in entry.names for key in forms_of(name)}):
            out[key].append(entry)
    return out


def _row(
    row: dict[str, Any], known: Known, users: Mapping[str, list[Same]], merged: Mapping[str, list[str]]
) -> dict[str, Any]:
    nodes = row.pop("nodes")
    entry = _entry(nodes, known, users)
    if entry and row["corrected"] and not any(node["key"] in forms_of(entry.name) for node in nodes):
        entry = None  # an editor has taken it from those whom the table names
    names, forms = _counted(nodes, "names"), _counted(nodes, "forms")
    name = entry.name if entry else canonical(names)
    seen = sorted({*names, *forms}, key=lambda form: (-names[form], -forms[form], form))
    listed = [form for form in (*seen, *((*entry.names, *entry.exact) if entry else ())) if form != name]
    roles = _counted(nodes, "roles")
    return row | {
        "name": name,
        "entity_type": entry.types[0] if entry and len(entry.types) < 5 else _type_of(nodes),
        "aliases": list(dict.fromkeys(listed)),
        "roles": sorted(roles, key=lambda role: (-roles[role], role))[:ROLES_KEPT],
        "merged_ids": merged.get(row["entity_id"], []),
    }


def _entry(nodes: list[dict[str, Any]], known: Known, users: Mapping[str, list[Same]]) -> Same | None:
    """The entry that gives the canonical name: a user's before the shipped table's."""
    own = [e for n in nodes for e in users.get(n["key"], ()) if n["entity_type"] in e.types]
    if own:
        return min(own, key=lambda e: e.ident)
    shipped = Counter(ident for n in nodes for ident in n["known"])
    return known.entry(min(shipped, key=lambda i: (-shipped[i], i))) if shipped else None


def _counted(nodes: Iterable[dict[str, Any]], column: str) -> Counter[str]:
    out: Counter[str] = Counter()
    for node in nodes:
        for item in node[column]:
            out[item["value"]] += item["count"]
    return out


def _type_of(nodes: Iterable[dict[str, Any]]) -> str:
    counts: Counter[str] = Counter()
    for node in nodes:
        counts[node["entity_type"]] += node["mention_count"]
    return min(counts, key=lambda kind: (-counts[kind], kind))


def canonical(names: Mapping[str, int]) -> str:
    """The name to show, from fullest forms in articles and in how many each stands.

    A name of several words goes before a bare one, a name in capitals and small letters before one in capitals only;
    then the most frequent, the longest, the first in the alphabet.
    """
    return min(
        names, key=lambda name: (" " not in name, name.isupper() or name.islower(), -names[name], -len(name), name)
    )
