"""From the mentions of new articles to evidence rows: one per article's own entity, with the node it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import cast

import duckdb
import pyarrow as pa

from onrecord.cross_document.entities.keys import field_of, name_key, role_words
from onrecord.cross_document.entities.known import Known
from onrecord.cross_document.entities.state import Batch
from onrecord.document.article import EntityType
from onrecord.names import territory_code

#: Names kept beside a name as its context: of an article, and of a node over all its articles.
CONTEXT_OF_ARTICLE = 32
CONTEXT_OF_NODE = 128

_KEYED: dict[str, pa.DataType] = {
    "entity_type": pa.string(),
    "name": pa.string(),
    "key": pa.string(),
    "solitary": pa.bool_(),
    "blocks": pa.list_(pa.string()),
    "known": pa.list_(pa.string()),
    "item": pa.uint64(),
    "telling": pa.bool_(),
    "generic": pa.bool_(),
    "country": pa.string(),
    "territory": pa.string(),
    "home": pa.string(),
    "at_home": pa.bool_(),
}
_ROLED: dict[str, pa.DataType] = {
    "roles": pa.list_(pa.string()),
    "role_words": pa.list_(pa.string()),
    "field": pa.string(),
}


def collect_evidence(con: duckdb.DuckDBPyConnection, batch: Batch, known: Known) -> None:
    """Make the tables `fresh` (EVIDENCE, with what its nodes need beside it) and `keyed` (the names).

    Nodes are a function of the article alone: name and type, the field of life that the roles tell, and, for a name
    that stands for one article only, article and local id.
    """
    con.register("batch_mentions", batch.mentions)
    con.register("batch_articles", batch.articles)
    con.register("batch_quotes", batch.quotes)
    con.execute(_LOCALS)
    names = con.sql("select distinct entity_type, name from locals order by all").to_arrow_table()
    con.register("keyed_in", keyed_names(names, known))
    con.execute("create temp table keyed as select * from keyed_in")
    con.unregister("keyed_in")
    roles = con.sql("select distinct roles from locals where entity_type = 'PERSON' and len(roles) > 0")
    con.register("roled_in", _roled(roles.to_arrow_table()))
    con.execute("create temp table roled as select * from roled_in")
    con.unregister("roled_in")
    con.execute(_FRESH)
    con.execute("drop table locals")


def keyed_names(names: pa.Table, known: Known) -> pa.Table:
    """What the resolver knows of each (entity_type, name)."""
    rows = []
    pairs = zip(names["entity_type"].to_pylist(), names["name"].to_pylist(), strict=True)
    for entity_type, name in cast("Iterable[tuple[str, str]]", pairs):
        found = name_key(name, entity_type)
        entries = known.entries(name, entity_type)
        home, at_home = known.home(name, entity_type)
        alone = found.solitary or found.generic or bool(entries)
        rows.append(
            {
                "entity_type": entity_type,
                "name": name,
                "key": found.key,
                "solitary": found.solitary and not entries,
                "blocks": sorted({*found.blocks, *(f"known:{e}" for e in entries)}),
                "known": entries,
                "item": item(entity_type, found.key),
                "telling": not alone and _telling(entity_type, found.key),
                "generic": found.generic and not entries,
                "country": found.country,
                "territory": territory_code(name, EntityType(entity_type)) if entity_type in ("LOC", "NORP") else None,
                "home": home,
                "at_home": at_home,
            }
        )
    return pa.Table.from_pylist(rows, schema=pa.schema(_KEYED))


def item(entity_type: str, key: str) -> int:
    """A name as an item of context: 64 bits of a hash that is the same everywhere."""
    return int.from_bytes(hashlib.sha256(f"{entity_type}\x1f{key}".encode()).digest()[:8], "big")


def _telling(entity_type: str, key: str) -> bool:
    """Whether a name beside another says anything: countries and peoples stand in too many articles."""
    if entity_type == "LOC":
        return territory_code(key, EntityType.LOC) is None
    return entity_type != "NORP"


def _roled(roles: pa.Table) -> pa.Table:
    rows = []
    for listed in cast("list[list[str]]", roles["roles"].to_pylist()):
        found = role_words(listed)
        rows.append({"roles": listed, "role_words": found, "field": field_of(found)})
    return pa.Table.from_pylist(rows, schema=pa.schema(_ROLED))


_LOCALS = """
create temp table locals as
with printed as (
    select article_id, local_id, text, count(*) as n
    from batch_mentions where local_id is not null and text is not null group by all
), forms as (
    select article_id, local_id, list(struct_pack(value := text, count := n) order by n desc, text) as forms,
           sum(n)::bigint as mention_count
    from printed group by all
), given as (
    select article_id, local_id, list(distinct role order by role) as roles
    from (select article_id, local_id, trim(unnest(roles)) as role from batch_mentions) where role <> '' group by all
), heads as (
    select article_id, local_id, min(entity_type) as entity_type, min(name) as name
    from batch_mentions where local_id is not null group by all
), quoted as (
    select article_id, local_id, count(*) as quote_count from batch_quotes group by all
)
select h.article_id, h.local_id, h.entity_type, h.name, coalesce(f.forms, []) as forms,
       coalesce(g.roles, []) as roles, coalesce(f.mention_count, 0) as mention_count,
       coalesce(q.quote_count, 0) as quote_count
from heads h left join forms f using (article_id, local_id)
left join given g using (article_id, local_id) left join quoted q using (article_id, local_id)
"""

_FRESH = f"""
create temp table fresh as
with spoken_of as (
    select l.article_id, k.territory, sum(l.mention_count) as n
    from locals l join keyed k using (entity_type, name) where k.territory is not null group by all
), country as (
    select article_id, min(territory) as code from spoken_of s
    where n = (select max(n) from spoken_of o where o.article_id = s.article_id)
    group by article_id having count(*) = 1
), joined as (
    select l.*, k.key, k.solitary or (k.generic and coalesce(k.country, c.code) is null) as solitary, k.item, k.telling,
           coalesce(case when k.at_home then c.code end, k.home, k.country, c.code, r.field, '') as field,
           count(*) over (partition by l.article_id, l.entity_type, k.key) as homonyms
    from locals l join keyed k using (entity_type, name)
    left join roled r on r.roles = l.roles and l.entity_type = 'PERSON'
    left join country c on c.article_id = l.article_id and (k.generic or k.at_home)
), beside as (
    select article_id, list_sort(list(distinct item))[1:{CONTEXT_OF_ARTICLE}] as items
    from joined where telling and mention_count > 0 group by all
)
select j.article_id, j.local_id, j.entity_type, j.name,
       substr(sha256(concat_ws(chr(31), j.entity_type, j.key, j.field, case
           when j.solitary or (j.entity_type = 'PERSON' and j.homonyms > 1)
           then j.article_id || '#' || j.local_id else '' end)), 1, 24) as node,
       j.forms, j.roles,
       case when j.mention_count > 0 then list_filter(coalesce(b.items, []), lambda x: x <> j.item) else [] end
           as context,
       a.date_published, a.publisher, j.mention_count, j.quote_count,
       j.key, j.field, j.solitary or (j.entity_type = 'PERSON' and j.homonyms > 1) as solitary
from joined j left join beside b using (article_id) left join batch_articles a using (article_id)
"""  # noqa: S608 - built from constants of this module
