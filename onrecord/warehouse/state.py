"""Internal tables: what the steps over all articles keep between runs, from their own schemas."""

from __future__ import annotations

import pyarrow as pa

from onrecord.cross_document.entities.state import STATE_TABLES as ENTITY_STATE
from onrecord.warehouse.declaration import Column, Table

#: State tables that are public, and declared with the other public ones.
_PUBLIC = frozenset({"entities"})

_DESCRIPTIONS = {
    "entity_evidence": "One row per article's own entity: what one article says of one name.",
    "entity_nodes": "One row per name in one field of life: what is compared and linked.",
    "entity_links": "One row per pair of nodes that were found alike.",
    "entity_ids": "One row per entity id ever given out.",
    "near_misses": "One row per pair of entities that are alike and were kept apart, for an editor to decide.",
}


def _columns(schema: pa.Schema) -> tuple[Column, ...]:
    return tuple(
        Column(
            field.name,
            _stored(field.type),
            _sentence((field.metadata or {})[b"description"].decode()),
            required=not field.nullable,
        )
        for field in schema
    )


def _stored(kind: pa.DataType) -> pa.DataType:
    """The type as Parquet gives it back: it calls what a list holds its element."""
    return pa.list_(pa.field("element", kind.value_type)) if isinstance(kind, pa.ListType) else kind


def _sentence(description: str) -> str:
    return f"{description[0].upper()}{description[1:].rstrip('.')}."


def _table(name: str, schema: pa.Schema, key: tuple[str, ...]) -> Table:
    return Table(
        name=name,
        description=_DESCRIPTIONS[name],
        columns=_columns(schema),
        primary_key=key,
        order=key,
        spread_by=key[0],
        rows_per_file=16_384,
        rows_per_group=16_384,
        monthly=False,
        internal=True,
    )


_KEYS = pa.list_(pa.field("element", pa.uint64()))

#: Sorted by site, so that one publisher's rows are read without the others'.
ARTICLE_LINES = Table(
    name="article_lines",
    description="One row per raw file that was read, let in or not: what its publisher's recurring lines are told by.",
    primary_key=("article_id",),
    order=("site", "article_id"),
    spread_by="article_id",
    rows_per_file=8192,
    rows_per_group=512,
    monthly=False,
    internal=True,
    columns=(
        Column("article_id", pa.string(), "Hash of `source_path`.", required=True, repeats=False),
        Column("site", pa.string(), "Its publisher: the domain of its address, or the name where there is none."),
        Column("lines", _KEYS, "Keys of the lines that could be boilerplate.", required=True, repeats=False, long=True),
        Column(
            "story",
            _KEYS,
            "Keys of its longest lines, by which copies are known.",
            required=True,
            repeats=False,
            long=True,
        ),
    ),
)

RAW_ROOTS = Table(
    name="raw_roots",
    description="One row per raw folder that the warehouse was read from.",
    primary_key=("source",),
    order=("source",),
    spread_by="source",
    rows_per_file=16_384,
    rows_per_group=16_384,
    monthly=False,
    internal=True,
    columns=(
        Column("source", pa.string(), "Its name, which its `source_path`s begin with; empty: none.", required=True),
        Column("folder", pa.string(), "Where it was last read from, as an absolute path.", required=True),
    ),
)

KNOWN_NAMES = Table(
    name="known_names",
    description="One row per user's table of known names that is applied: what an editor decided, until it is dropped.",
    primary_key=("name",),
    order=("name",),
    spread_by="name",
    rows_per_file=1024,
    rows_per_group=1024,
    monthly=False,
    internal=True,
    columns=(
        Column("name", pa.string(), "Name of the file that it was read from.", required=True),
        Column("sha256", pa.string(), "SHA-256 of its text, in hex.", required=True),
        Column("text", pa.string(), "The table as it was written (YAML).", required=True, repeats=False, long=True),
    ),
)

STATE: tuple[Table, ...] = (
    ARTICLE_LINES,
    KNOWN_NAMES,
    RAW_ROOTS,
    *(_table(name, schema, key) for name, (schema, key) in ENTITY_STATE.items() if name not in _PUBLIC),
)
