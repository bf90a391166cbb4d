"""What the resolver is given, what it keeps between runs, and what it hands back: schemas and plain containers.

Three nouns, from small to large:

- *evidence*: one row per article's own entity (`article_id`, `local_id`), with the node that it belongs to. Never
  changed once written; goes when its article goes.
- *node*: all evidence that carries one name in one field of life (`PERSON`, "haider abadi", public affairs). The unit
  that is linked and moved. What a node is made of depends on its evidence alone, never on other nodes.
- *entity*: a set of nodes with an id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    import pyarrow.dataset as ds  # loads pandas

#: A table at rest: in memory, or files that are read by column and filter only.
Relation: TypeAlias = "pa.Table | ds.Dataset"


def _field(name: str, kind: pa.DataType, description: str, nullable: bool = True) -> pa.Field[Any]:
    return pa.field(name, kind, nullable=nullable, metadata={"description": description})


_COUNTED = pa.list_(pa.struct([("value", pa.string()), ("count", pa.int64())]))

#: `Batch.mentions`: the mentions of the new articles. Further columns are ignored.
MENTIONS = pa.schema(
    [
        _field("article_id", pa.string(), "the article"),
        _field("local_id", pa.int32(), "the article's own entity, numbered from 0"),
        _field("text", pa.string(), "the mention as printed; null for whom an editor names and no mention does"),
        _field("entity_type", pa.string(), "PERSON, ORG, LOC, NORP or MISC"),
        _field("name", pa.string(), "its fullest form in the article"),
        _field("roles", pa.list_(pa.string()), "roles given beside this mention"),
    ]
)

#: `Batch.articles`: every article of the batch, also one without a name in it.
ARTICLES = pa.schema(
    [
        _field("article_id", pa.string(), "the article"),
        _field("date_published", pa.date32(), "null where it is not known"),
        _field("publisher", pa.string(), "null where it is not known"),
    ]
)

#: `Batch.quotes`: one row per quote whose source is one of the article's own entities.
QUOTES = pa.schema(
    [_field("article_id", pa.string(), "the article"), _field("local_id", pa.int32(), "the speaker in it")]
)

EVIDENCE = pa.schema(
    [
        _field("article_id", pa.string(), "the article", False),
        _field("local_id", pa.int32(), "the article's own entity", False),
        _field("entity_type", pa.string(), "as the article has it", False),
        _field("name", pa.string(), "its fullest form in the article", False),
        _field("node", pa.string(), "the node that it belongs to", False),
        _field("forms", _COUNTED, "its mentions as printed"),
        _field("roles", pa.list_(pa.string()), "roles that the article gives"),
        _field("context", pa.list_(pa.uint64()), "hashes of the names beside it in the article"),
        _field("date_published", pa.date32(), "of the article"),
        _field("publisher", pa.string(), "of the article"),
        _field("mention_count", pa.int64(), "mentions in the article", False),
        _field("quote_count", pa.int64(), "quotes in the article of which it is the source", False),
    ]
)

NODES = pa.schema(
    [
        _field("node", pa.string(), "hash of type, key, field of life and, for a bare common name, the article", False),
        _field("entity_type", pa.string(), "PERSON, ORG, LOC, NORP or MISC", False),
        _field("key", pa.string(), "the name with spelling differences that never matter taken out", False),
        _field("field", pa.string(), "sport, arts, public, or empty where no role tells", False),
        _field("solitary", pa.bool_(), "a bare common name: stands for its own article only", False),
        _field("names", _COUNTED, "fullest forms in the articles, with the number of articles"),
        _field("forms", _COUNTED, "mentions as printed, with their number"),
        _field("roles", _COUNTED, "roles given, with the number of articles"),
        _field("role_words", pa.list_(pa.string()), "their words, places and peoples as one"),
        _field("blocks", pa.list_(pa.string()), "blocking keys: two nodes are compared if they share one"),
        _field("known", pa.list_(pa.string()), "entries of the known table that the name is an alias of"),
        _field("context", pa.list_(pa.uint64()), "bottom-k sketch of the names beside it, over all its articles"),
        _field("article_count", pa.int64(), "articles", False),
        _field("mention_count", pa.int64(), "mentions", False),
        _field("quote_count", pa.int64(), "quotes", False),
        _field("first_seen", pa.date32(), "earliest date of publication"),
        _field("last_seen", pa.date32(), "latest date of publication"),
        _field("entity_id", pa.string(), "the entity that it belongs to now", False),
    ]
)

LINKS = pa.schema(
    [
        _field("node_a", pa.string(), "the smaller of the two nodes", False),
        _field("node_b", pa.string(), "the larger", False),
        _field("score", pa.float64(), "0 to 1: how well names and context agree", False),
        _field(
            "kind",
            pa.string(),
            "joined or parted (by a correction), user, denied (by a user), known, same, partial (a shorter form), "
            "apart, miss",
            False,
        ),
        _field("reason", pa.string(), "what was seen, in words", False),
    ]
)

IDS = pa.schema(
    [
        _field("entity_id", pa.string(), "every id ever given out", False),
        _field("founder", pa.string(), "the node that it was made for", False),
        _field("minted", pa.int64(), "number of the run that made it: the older id has the smaller number", False),
        _field("merged_into", pa.string(), "the id that absorbed it; null while it stands"),
    ]
)

#: The contract's `entities` table.
ENTITIES = pa.schema(
    [
        _field("entity_id", pa.string(), "stays when new articles arrive; a merge keeps the older id", False),
        _field("name", pa.string(), "canonical name", False),
        _field("entity_type", pa.string(), "PERSON, ORG, LOC, NORP or MISC", False),
        _field("aliases", pa.list_(pa.string()), "every other form seen or known", False),
        _field("roles", pa.list_(pa.string()), "roles given for a person, most frequent first", False),
        _field("first_seen", pa.date32(), "earliest date of publication"),
        _field("last_seen", pa.date32(), "latest date of publication"),
        _field("article_count", pa.int64(), "articles that name it", False),
        _field("mention_count", pa.int64(), "times that it is named", False),
        _field("quote_count", pa.int64(), "quotes of which it is the source", False),
        _field("merged_ids", pa.list_(pa.string()), "ids that this entity has absorbed", False),
        _field("corrected", pa.bool_(), "an editor has decided that it is, or is not, another one", False),
    ]
)

NEAR_MISSES = pa.schema(
    [
        _field("name_a", pa.string(), "canonical name of the one", False),
        _field("name_b", pa.string(), "canonical name of the other", False),
        _field("entity_a", pa.string(), "its entity_id", False),
        _field("entity_b", pa.string(), "its entity_id", False),
        _field("entity_type", pa.string(), "type of the first", False),
        _field("score", pa.float64(), "0 to 1", False),
        _field("reason", pa.string(), "what speaks for one entity, and what is wanting", False),
    ]
)

#: What editors decided of two entities each.
DECISIONS = pa.schema(
    [
        _field("decision", pa.string(), "names the decision", False),
        _field("entity_a", pa.string(), "id of the one, as it was when it was decided", False),
        _field("name_a", pa.string(), "its name then", False),
        _field("entity_b", pa.string(), "id of the other", False),
        _field("name_b", pa.string(), "its name", False),
        _field("same", pa.bool_(), "whether they are one", False),
    ]
)

ASSIGNED = pa.schema(
    [
        _field("article_id", pa.string(), "the article", False),
        _field("local_id", pa.int32(), "the article's own entity", False),
        _field("entity_id", pa.string(), "the entity over all articles", False),
    ]
)

#: Rows already committed: `entity_id` (and `speaker_entity_id`) `old_id` becomes `new_id` everywhere.
MERGES = pa.schema([_field("old_id", pa.string(), "absorbed", False), _field("new_id", pa.string(), "stays", False)])

#: Rows already committed that change apart from the rest of their entity: where both the article and the fullest
#: name (`mentions.name`, `quotes.speaker_name`) agree, `old_id` becomes `new_id`. Applied instead of, never after,
#: `MERGES`.
MOVES = pa.schema(
    [
        _field("article_id", pa.string(), "the article", False),
        _field("name", pa.string(), "fullest form in the article", False),
        _field("old_id", pa.string(), "the id on the committed row", False),
        _field("new_id", pa.string(), "the id that it gets", False),
    ]
)

#: The tables that the resolver keeps, with the columns that identify a row. The warehouse stores them as they are.
STATE_TABLES: Mapping[str, tuple[pa.Schema, tuple[str, ...]]] = {
    "entity_evidence": (EVIDENCE, ("article_id", "local_id")),
    "entity_nodes": (NODES, ("node",)),
    "entity_links": (LINKS, ("node_a", "node_b", "kind")),
    "entity_ids": (IDS, ("entity_id",)),
    "entities": (ENTITIES, ("entity_id",)),
    "near_misses": (NEAR_MISSES, ("entity_a", "entity_b")),
}


@dataclass(frozen=True)
class Batch:
    """The articles of one run, read. An article that is in the state already is read again: its old evidence goes.

    `removed` are articles that are gone from the raw folder.
    """

    mentions: pa.Table
    articles: pa.Table
    quotes: pa.Table = field(default_factory=QUOTES.empty_table)
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """What earlier runs left: one relation for each of `STATE_TABLES`.

    `evidence_before`: the rows of `entity_evidence` of the articles that the batch has or removes, where whoever keeps
    the tables finds them without looking through all.
    """

    entity_evidence: Relation
    entity_nodes: Relation
    entity_links: Relation
    entity_ids: Relation
    entities: Relation
    near_misses: Relation
    evidence_before: Relation | None = None


@dataclass(frozen=True)
class Change:
    """How a table changes: rows with the key of a row in `deletes` or `upserts` go, then `upserts` are added.

    A key column that `deletes` lacks matches anything: `deletes` of evidence holds article ids only.
    """

    upserts: pa.Table
    deletes: pa.Table


@dataclass(frozen=True)
class Resolution:
    """What one run changes. `changes` has one `Change` for each of `STATE_TABLES`, to be committed with the rest.

    `decided`: of each decision whether both of its entities were found.
    """

    assigned: pa.Table
    merges: pa.Table
    moves: pa.Table
    changes: Mapping[str, Change]
    decided: Mapping[str, bool] = field(default_factory=dict)


def empty_state() -> State:
    """The state before the first run."""
    return State(**{name: schema.empty_table() for name, (schema, _) in STATE_TABLES.items()})


def table_of(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    """A table of rows that are tuples in the order of the schema."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def apply_change(table: pa.Table, change: Change, key: tuple[str, ...]) -> pa.Table:
    """`table` after `change`, for callers that hold the whole table in memory."""
    kept = table
    for gone in (change.deletes, change.upserts.select(list(key))):
        columns = [name for name in key if name in gone.column_names]
        if gone.num_rows and columns:
            if len(columns) == 1:
                kept = kept.filter(pc.invert(pc.is_in(kept[columns[0]], value_set=gone[columns[0]].combine_chunks())))
            else:
                kept = _without(kept, gone.select(columns), columns)
    return pa.concat_tables([kept, change.upserts.select(table.column_names).cast(table.schema)])


def _without(table: pa.Table, gone: pa.Table, columns: list[str]) -> pa.Table:
    """Anti-join that leaves list columns alone (Arrow's own join cannot carry them)."""
    keys = set(zip(*(gone[name].to_pylist() for name in columns), strict=True))
    rows = zip(*(table[name].to_pylist() for name in columns), strict=True)
    return table.filter(pa.array([row not in keys for row in rows], pa.bool_()))
