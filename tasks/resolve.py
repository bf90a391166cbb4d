"""Over all articles: which names are one entity, which articles are copies, which quotes are one utterance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from prefect import task
from prefect.cache_policies import NO_CACHE

from onrecord.copies import NEW, cluster
from onrecord.copies import STATE as COPIES
from onrecord.entities import (
    Batch,
    Change,
    Resolution,
    State,
    apply_change,
    empty_state,
    load_known,
)
from onrecord.entities import (
    resolve as resolve_entities,
)
from onrecord.entities.state import ARTICLES, MENTIONS, QUOTES, STATE_TABLES
from onrecord.settings import Settings
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.transaction import Transaction
from tasks.staging import Staged, strings, tables_of

#: Columns of each table that hold an entity's id: rewritten where entities become one.
ENTITY_COLUMNS = {"mentions": "entity_id", "quotes": "speaker_entity_id"}
#: Where those tables keep the article's own number of the entity, and its name, between extraction and commit.
LOCAL_COLUMNS = {"mentions": "local_id", "quotes": "speaker_local_id"}
NAME_COLUMNS = {"mentions": "name", "quotes": "speaker_name"}


@dataclass(frozen=True)
class Resolved:
    """What a run changes beyond its own articles' rows. `parent` is the snapshot that it was worked out against."""

    parent: int | None
    batch_articles: frozenset[str]
    entities: Resolution
    copies: pa.Table

    @property
    def entity_rows(self) -> pa.Table:
        """The entities that the commit writes."""
        return self.entities.changes["entities"].upserts

    def identify(self, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        """A batch's tables with the ids that hold over all articles."""
        ids = self._ids_of(tables["articles"].column("article_id"))
        made = dict(tables)
        for name, column in ENTITY_COLUMNS.items():
            rows = tables[name]
            keys = zip(strings(rows["article_id"]), rows[LOCAL_COLUMNS[name]].to_pylist(), strict=True)
            found = pa.array([None if local is None else ids[article, local] for article, local in keys], pa.string())
            made[name] = rows.set_column(rows.column_names.index(column), rows.schema.field(column), found)
        return made

    def apply(self, commit: Transaction) -> None:
        """Everything else: copies, state tables, merged ids, rows that move to another entity."""
        commit.assign("signatures", self.copies)
        commit.assign("articles", self.copies.drop_columns(["copy_component_id"]))
        for name, change in self.entities.changes.items():
            put(commit, name, change)
        merged = self.entities.merges
        merges = dict(zip(strings(merged["old_id"]), strings(merged["new_id"]), strict=True))
        for name, column in ENTITY_COLUMNS.items():
            commit.relabel(name, column, merges)
            if commit.parent is not None and self.entities.moves.num_rows:
                commit.assign(name, self._moved(commit.parent, name, column))

    def _ids_of(self, article_ids: pa.ChunkedArray[Any]) -> dict[tuple[str, int], str]:
        """Entity ids of a few articles by (article, own number)."""
        assigned = self.entities.assigned
        here = assigned.filter(pc.is_in(assigned["article_id"], value_set=article_ids.combine_chunks()))
        rows = zip(*(here[name].to_pylist() for name in ("article_id", "local_id", "entity_id")), strict=True)
        return {(article, local): entity for article, local, entity in rows}

    def _moved(self, parent: Snapshot, table: str, column: str) -> pa.Table:
        """Committed rows that change their entity apart from the rest of it, with the new id."""
        moves = {
            (row["article_id"], row["name"], row["old_id"]): row["new_id"]
            for row in self.entities.moves.to_pylist()
            if row["article_id"] not in self.batch_articles
        }
        key, name = TABLES[table].primary_key[0], NAME_COLUMNS[table]
        columns = list(dict.fromkeys([key, "article_id", name, column]))
        rows = parent.of_articles(table, sorted({article for article, _, _ in moves}), columns).to_pylist()
        fresh = [
            {key: row[key], "article_id": row["article_id"], column: moves[place]}
            for row in rows
            if (place := (row["article_id"], row[name], row[column])) in moves
        ]
        fields = [pa.field(n, pa.string()) for n in dict.fromkeys([key, "article_id", column])]
        return pa.Table.from_pylist(fresh, schema=pa.schema(fields))


def resolve(
    warehouse: Warehouse, staged: Sequence[Staged], removed: frozenset[str], settings: Settings, staging: Path
) -> Resolved:
    """Work out what the run's articles change over all articles. Reads of the warehouse what they touch.

    Raises `ValueError` where the user's table of known names is faulty.
    """
    mentions = _gathered(staged, "mentions", MENTIONS)
    articles = _gathered(staged, "articles", ARTICLES)
    quotes = _speakers(staged)
    gone = tuple(sorted(article_id(path) for path in removed))
    user = [load_known(settings.known.read_text("utf-8"), settings.known.name)] if settings.known else []
    snapshot = warehouse.latest() if warehouse.exists() else None
    try:
        state = empty_state() if snapshot is None else State(**{n: snapshot.dataset(n) for n in STATE_TABLES})
        batch = Batch(mentions=mentions, articles=articles, quotes=quotes, removed=gone)
        entities = resolve_entities(batch, state, user, spill=staging)
        known = COPIES.empty_table() if snapshot is None else snapshot.read("signatures", COPIES.names)
        copies = cluster(_gathered(staged, "signatures", COPIES).select(NEW.names), known, gone)
        number = None if snapshot is None else snapshot.number
    finally:
        if snapshot is not None:
            snapshot.close()
    return Resolved(number, frozenset(strings(articles["article_id"])), entities, copies)


def put(commit: Transaction, name: str, change: Change) -> None:
    """Carry a change of a state table into a commit.

    The store replaces all rows of one `spread_by` value together; so where that is only a part of the key, the rows
    that stay are put back beside the new ones.
    """
    declared = TABLES[name]
    spread = declared.spread_by
    if declared.primary_key == (spread,) or change.deletes.column_names == [spread]:
        commit.delete(name, strings(change.deletes[spread]))
        commit.upsert(name, change.upserts)
        return
    keys = pa.chunked_array([*change.upserts[spread].chunks, *change.deletes[spread].chunks], type=pa.string())
    if not len(keys):
        return
    before = TABLES[name].schema.empty_table()
    if commit.parent is not None:
        wanted = pc.field(spread).isin(pc.unique(keys))
        before = commit.parent.read(name, filter=wanted)
    after = apply_change(before, change, declared.primary_key)
    commit.delete(name, strings(keys))
    commit.upsert(name, after)


def _gathered(staged: Sequence[Staged], table: str, schema: pa.Schema) -> pa.Table:
    parts = list(tables_of(staged, table, schema.names))
    return pa.concat_tables([schema.empty_table(), *(part.select(schema.names).cast(schema) for part in parts)])


def _speakers(staged: Sequence[Staged]) -> pa.Table:
    """Quotes whose source is one of the article's own entities."""
    parts = [QUOTES.empty_table()]
    for rows in tables_of(staged, "quotes", ["article_id", "speaker_local_id"]):
        named = rows.filter(pc.is_valid(rows["speaker_local_id"]))
        parts.append(named.rename_columns(["article_id", "local_id"]).cast(QUOTES))
    return pa.concat_tables(parts)


resolve_task = task(name="resolve", persist_result=False, cache_policy=NO_CACHE)(resolve)
