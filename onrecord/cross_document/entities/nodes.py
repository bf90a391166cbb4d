"""Nodes after a batch: those of its evidence, added to what is there, and those that lose evidence, counted again."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from onrecord.cross_document.entities.evidence import CONTEXT_OF_NODE, keyed_names
from onrecord.cross_document.entities.keys import role_words
from onrecord.cross_document.entities.known import Known


def change_nodes(con: duckdb.DuckDBPyConnection, known: Known) -> None:
    """Make `gone` (evidence that goes), `changed` (NODES with a null `entity_id` for new ones) and `emptied`.

    Reads `fresh`, `keyed` and of the state only the rows of articles and nodes concerned.
    """
    con.execute(_GONE)
    names = con.sql("select distinct entity_type, name from kept anti join keyed using (entity_type, name)")
    con.register("keyed_again", keyed_names(names.to_arrow_table(), known))
    con.execute("insert into keyed select * from keyed_again")
    con.unregister("keyed_again")
    con.execute(_PARTS)
    roles = con.sql("select distinct unnest(roles).value as role from parts").to_arrow_table()
    words = [role_words([role]) for role in roles["role"].to_pylist()]
    con.register("role_map", roles.append_column("words", pa.array(words, pa.list_(pa.string()))))
    con.execute(_CHANGED)
    con.unregister("role_map")
    con.execute("drop table parts; drop table kept")
    con.execute("create temp table emptied as select node from recounted anti join changed using (node)")


_GONE = """
create temp table gone as
select article_id, local_id, name, node from s_before
where article_id in (select article_id from batch_articles union all select article_id from batch_removed);
create temp table recounted as select distinct node from gone;
create temp table kept as
select e.*, n.key, n.field, n.solitary from s_evidence e
semi join recounted r on e.node = r.node
anti join gone g on e.article_id = g.article_id
join s_nodes n on n.node = e.node;
"""

#: Everything that goes into the changed nodes, in one shape: fresh evidence, evidence that is left to nodes that lost
#: some, and whole nodes that only grow. `articles` counts those that `article_id` does not.
_PARTS = """
create temp table parts as
with told as (
    select node, entity_type, key, field, solitary, name, forms, roles, context, article_id, mention_count,
           quote_count, date_published from fresh
    union all by name
    select node, entity_type, key, field, solitary, name, forms, roles, context, article_id, mention_count,
           quote_count, date_published from kept
)
select t.node, t.entity_type, t.key, t.field, t.solitary, [struct_pack(value := t.name, count := 1::bigint)] as names,
       t.forms, list_transform(t.roles, lambda r: struct_pack(value := r, count := 1::bigint)) as roles,
       k.blocks, case when k.at_home and t.field <> k.home then [] else k.known end as known,
       t.context, t.article_id, 0::bigint as articles, t.mention_count, t.quote_count,
       t.date_published as first_seen, t.date_published as last_seen
from told t join keyed k using (entity_type, name)
union all by name
select n.node, n.entity_type, n.key, n.field, n.solitary, n.names, n.forms, n.roles, n.blocks, n.known, n.context,
       null as article_id, n.article_count as articles, n.mention_count, n.quote_count, n.first_seen, n.last_seen
from s_nodes n semi join fresh f on n.node = f.node anti join recounted r on n.node = r.node
"""


def _counted(column: str) -> str:
    return f"""(
    select node, list(struct_pack(value := value, count := n) order by n desc, value) as {column} from (
        select node, c.value as value, sum(c.count)::bigint as n
        from (select node, unnest({column}) as c from parts) group by all
    ) group by node)"""  # noqa: S608 - built from a column name of this module


_CHANGED = f"""
create temp table changed as
with sums as (
    select node, min(entity_type) as entity_type, min(key) as key, min(field) as field, bool_or(solitary) as solitary,
           (count(distinct case when mention_count > 0 then article_id end) + sum(articles))::bigint as article_count,
           sum(mention_count)::bigint as mention_count, sum(quote_count)::bigint as quote_count,
           min(first_seen) as first_seen, max(last_seen) as last_seen
    from parts group by node
), blocks as (
    select node, list(distinct b order by b) as blocks
    from (select node, unnest(blocks) as b from (select distinct node, blocks from parts)) group by node
), known as (
    select node, list(distinct b order by b) as known
    from (select node, unnest(known) as b from (select distinct node, known from parts)) group by node
), context as (
    select node, list(item order by item) as context from (
        select node, item from (
            select distinct node, unnest(context) as item from parts
        ) qualify row_number() over (partition by node order by item) <= {CONTEXT_OF_NODE}
    ) group by node
), role_words as (
    select node, list(distinct word order by word) as role_words from (
        select r.node, unnest(m.words) as word
        from (select distinct node, unnest(roles).value as role from parts) r join role_map m using (role)
    ) group by node
)
select s.node, s.entity_type, s.key, s.field, s.solitary, n.names, coalesce(f.forms, []) as forms,
       coalesce(r.roles, []) as roles,
       coalesce(w.role_words, []) as role_words, b.blocks, coalesce(k.known, []) as known,
       coalesce(c.context, []) as context, s.article_count, s.mention_count, s.quote_count, s.first_seen, s.last_seen,
       o.entity_id
from sums s join {_counted("names")} n using (node) left join {_counted("forms")} f using (node)
left join {_counted("roles")} r using (node) left join role_words w using (node) left join blocks b using (node)
left join known k using (node) left join context c using (node)
left join (select node, entity_id from s_nodes) o using (node)
"""  # noqa: S608 - built from constants of this module
