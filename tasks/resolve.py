"""Over all articles: which names are one entity, which articles are copies, which quotes are one utterance."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.cross_document.copies import NEW, cluster, concerned
from onrecord.cross_document.copies import STATE as COPIES
from onrecord.cross_document.entities import (
    Batch,
    Resolution,
    State,
    empty_state,
    load_known,
)
from onrecord.cross_document.entities import (
    resolve as resolve_entities,
)
from onrecord.cross_document.entities.state import ARTICLES, MENTIONS, QUOTES, STATE_TABLES
from onrecord.cross_document.utterances import QUOTES as SAID
from onrecord.cross_document.utterances import identify_in
from onrecord.warehouse.arrow import strings
from onrecord.warehouse.rows import article_id
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.transaction import Transaction
from tasks.corrections import Corrections
from tasks.known_names import KnownNames
from tasks.staging import NAMED, NAMED_SCHEMA, Staged, tables_of
from tasks.step import Step


class Bearer(NamedTuple):
    """The columns of a table by which its rows bear an entity: its id, rewritten where entities become one; the
    article's own number of it, which is there between extraction and commit; and its name.
    """

    entity: str
    local: str
    name: str


BEARERS = {
    "mentions": Bearer(entity="entity_id", local="local_id", name="name"),
    "quotes": Bearer(entity="speaker_entity_id", local="speaker_local_id", name="speaker_name"),
}
#: The new id of each (article, name, id) that leaves its entity.
Moves = Mapping[tuple[str, str, str], str]


@dataclass(frozen=True)
class Resolved:
    """What a run changes beyond its own articles' rows.

    `moved` are the committed rows of mentions and quotes that go to another entity apart from the rest of theirs,
    `moved_candidates` the committed quotes of which a candidate does.
    """

    entities: Resolution
    copies: pa.Table
    moved: Mapping[str, pa.Table]
    moved_candidates: pa.Table
    utterances: pa.Table

    @property
    def entity_rows(self) -> pa.Table:
        """The entities that the commit writes."""
        return self.entities.changes["entities"].upserts

    def identify(self, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        """A batch's tables with the entity ids that hold over all articles."""
        return identified(tables, self.entities.assigned)

    def apply(self, commit: Transaction) -> None:
        """Everything else: copies, utterances, state tables, merged ids, rows that move to another entity."""
        commit.assign("signatures", self.copies)
        commit.assign("articles", self.copies.drop_columns(["copy_component_id"]))
        commit.assign("quotes", self.utterances)
        for name, change in self.entities.changes.items():
            commit.delete(name, change.deletes)
            commit.upsert(name, change.upserts)
        for name, bearer in BEARERS.items():
            commit.relabel(name, bearer.entity, merges_of(self.entities))
            commit.assign(name, self.moved[name])
        commit.relabel("quotes", "speaker_candidates", merges_of(self.entities))
        commit.assign("quotes", self.moved_candidates)


def resolve(
    warehouse: Warehouse,
    staged: Sequence[Staged],
    removed: frozenset[str],
    names: KnownNames,
    staging: Path,
    corrections: Corrections | None = None,
    lost: frozenset[str] = frozenset(),
) -> Resolved:
    """Work out what the run's articles change over all articles. Reads of the warehouse what they touch.

    `removed` are the keys of sources whose articles go, `lost` ids of articles that are not there any more.
    """
    with contextlib.ExitStack() as stack:
        snapshot = stack.enter_context(warehouse.latest()) if warehouse.exists() else None
        return resolve_over(snapshot, staged, removed, names, staging, corrections, lost)


def resolve_over(
    snapshot: Snapshot | None,
    staged: Sequence[Staged],
    removed: frozenset[str],
    names: KnownNames,
    staging: Path,
    corrections: Corrections | None = None,
    lost: frozenset[str] = frozenset(),
) -> Resolved:
    """As `resolve`, over one snapshot (null: over nothing)."""
    mentions = pa.concat_tables([_gathered(staged, "mentions", MENTIONS), _named(staged)])
    articles = _gathered(staged, "articles", ARTICLES)
    decisions = None if corrections is None else corrections.decisions()
    lost = lost.difference(strings(articles["article_id"]))
    gone = tuple(sorted({article_id(path) for path in removed} | lost))
    user = [load_known(text, name) for name, text in sorted(names.texts.items())]
    replaced = frozenset(strings(articles["article_id"])) | frozenset(gone)
    state = empty_state() if snapshot is None else _state(snapshot, replaced)
    batch = Batch(mentions=mentions, articles=articles, quotes=_speakers(staged), removed=gone)
    entities = resolve_entities(batch, state, user, decisions=decisions, spill=staging)
    copies = _copies(snapshot, _gathered(staged, "signatures", COPIES).select(NEW.names), gone)
    moves = _moves(entities, replaced)
    moved = {name: _moved(snapshot, moves, name) for name in BEARERS}
    utterances = _utterances(snapshot, staged, entities, moved["quotes"], replaced)
    return Resolved(entities, copies, moved, _moved_candidates(snapshot, moves), utterances)


def _state(snapshot: Snapshot, replaced: Collection[str]) -> State:
    """What earlier runs left; `replaced` are the articles that the run has or removes."""
    before = snapshot.rows_of("entity_evidence", replaced, STATE_TABLES["entity_evidence"][0].names)
    return State(**{name: snapshot.dataset(name) for name in STATE_TABLES}, evidence_before=before)


def identified(tables: Mapping[str, pa.Table], assigned: pa.Table) -> dict[str, pa.Table]:
    """A batch's tables with the entity of each mention and each named speaker, from (article, own number).

    A speaker of whom no mention was let in has none.
    """
    here = assigned.filter(pc.is_in(assigned["article_id"], value_set=pc.unique(tables["articles"]["article_id"])))
    rows = zip(*(here[name].to_pylist() for name in ("article_id", "local_id", "entity_id")), strict=True)
    ids = {(article, local): entity for article, local, entity in rows}
    made = dict(tables)
    for name, bearer in BEARERS.items():
        rows_of, column = tables[name], bearer.entity
        keys = zip(strings(rows_of["article_id"]), rows_of[bearer.local].to_pylist(), strict=True)
        found = pa.array([ids.get((article, local)) for article, local in keys], pa.string())
        made[name] = rows_of.set_column(rows_of.column_names.index(column), rows_of.schema.field(column), found)
    made["quotes"] = _with_candidates(made["quotes"], ids)
    return made


def _with_candidates(quotes: pa.Table, ids: Mapping[tuple[str, int], str]) -> pa.Table:
    """The quotes with the entity of each candidate for their speaker."""
    column = "speaker_candidates"
    rows = zip(
        strings(quotes["article_id"]),
        quotes[column].to_pylist(),
        quotes["candidate_local_ids"].to_pylist(),
        strict=True,
    )
    found = [
        [
            candidate | {"entity_id": None if local is None else ids.get((article, local))}
            for candidate, local in zip(candidates or (), locals_ or (), strict=True)
        ]
        for article, candidates, locals_ in rows
    ]
    field = quotes.schema.field(column)
    return quotes.set_column(quotes.column_names.index(column), field, pa.array(found, field.type))


def merges_of(entities: Resolution) -> dict[str, str]:
    """Ids that others replace."""
    return dict(zip(strings(entities.merges["old_id"]), strings(entities.merges["new_id"]), strict=True))


def _copies(snapshot: Snapshot | None, new: pa.Table, gone: Sequence[str]) -> pa.Table:
    """The clusters of the new articles, and of the committed ones for which that is another one now."""
    if snapshot is None:
        return cluster(new, COPIES.empty_table(), gone)
    columns = ["article_id", "copy_component_id", "signature"]
    components = concerned(new, (rows for _, rows in snapshot.parts("signatures", columns)), gone)
    members = snapshot.rows_with("signatures", "copy_component_id", strings(components), COPIES.names)
    return cluster(new, members, gone)


def _moved_candidates(snapshot: Snapshot | None, moves: Moves) -> pa.Table:
    """Committed quotes a candidate of which goes to another entity apart from the rest of it, with the new ids."""
    names = ["quote_id", "article_id", "speaker_candidates"]
    schema = pa.schema([TABLES["quotes"].schema.field(name) for name in names])
    if snapshot is None or not moves:
        return schema.empty_table()
    fresh = []
    for row in snapshot.of_articles("quotes", sorted({article for article, _, _ in moves}), names).to_pylist():
        candidates = [
            c | {"entity_id": moves.get((row["article_id"], c["name"], c["entity_id"]), c["entity_id"])}
            for c in row["speaker_candidates"] or ()
        ]
        if candidates != (row["speaker_candidates"] or []):
            fresh.append(row | {"speaker_candidates": candidates})
    return pa.Table.from_pylist(fresh, schema=schema)


def _moves(entities: Resolution, replaced: Collection[str]) -> Moves:
    """What leaves its entity, but for the articles that are read anew."""
    return {
        (row["article_id"], row["name"], row["old_id"]): row["new_id"]
        for row in entities.moves.to_pylist()
        if row["article_id"] not in replaced
    }


def _moved(snapshot: Snapshot | None, moves: Moves, table: str) -> pa.Table:
    """Committed rows that change their entity apart from the rest of it, with the new id."""
    key, (column, _, name) = TABLES[table].primary_key[0], BEARERS[table]
    schema = pa.schema([pa.field(field, pa.string()) for field in (key, "article_id", column)])
    if snapshot is None or not moves:
        return schema.empty_table()
    articles = sorted({article for article, _, _ in moves})
    rows = snapshot.of_articles(table, articles, [key, "article_id", name, column]).to_pylist()
    fresh = [
        {key: row[key], "article_id": row["article_id"], column: moves[place]}
        for row in rows
        if (place := (row["article_id"], row[name], row[column])) in moves
    ]
    return pa.Table.from_pylist(fresh, schema=schema)


def _utterances(
    snapshot: Snapshot | None,
    staged: Sequence[Staged],
    entities: Resolution,
    moved: pa.Table,
    replaced: Collection[str],
) -> pa.Table:
    """The utterance of each new quote with a known speaker, and of the committed ones that this changes."""
    fresh = [SAID.empty_table()]
    for batch in staged:
        tables = {name: batch.read(name) for name in ("articles", *BEARERS)}
        fresh.append(identified(tables, entities.assigned)["quotes"].select(SAID.names).cast(SAID))
    new = pa.concat_tables(fresh)
    merges = merges_of(entities)
    if snapshot is None:
        return identify_in(TABLES["quotes"].schema.empty_table(), new, replaced, merges)
    moving = dict(zip(strings(moved["quote_id"]), strings(moved["speaker_entity_id"]), strict=True))
    losing = strings(entities.moves["old_id"]) if moving else []
    speakers = {*new["speaker_entity_id"].to_pylist(), *merges, *merges.values(), *moving.values(), *losing}
    known = {speaker for speaker in speakers if speaker is not None}
    return identify_in(_said_before(snapshot, known, replaced), new, replaced, merges, moving)


def _said_before(snapshot: Snapshot, speakers: Collection[str], replaced: Collection[str]) -> pa.Table:
    """The committed quotes of these speakers, and of all who speak in articles that are gone or read again."""
    columns = [*SAID.names, "utterance_id"]
    leaving = snapshot.of_articles("quotes", replaced, columns)
    everyone = {*speakers, *strings(leaving["speaker_entity_id"].drop_null())}
    theirs = snapshot.rows_with("quotes", "speaker_entity_id", everyone, columns)
    gone = pc.is_in(theirs["article_id"], value_set=pa.array(sorted(replaced), pa.string()))
    return pa.concat_tables([leaving, theirs.filter(pc.invert(gone))])


def _gathered(staged: Sequence[Staged], table: str, schema: pa.Schema) -> pa.Table:
    parts = list(tables_of(staged, table, schema.names))
    return pa.concat_tables([schema.empty_table(), *(part.select(schema.names).cast(schema) for part in parts)])


def _named(staged: Sequence[Staged]) -> pa.Table:
    """Those whom an editor named and no mention does, as mentions that are not printed."""
    named = pa.concat_tables([NAMED_SCHEMA.empty_table(), *tables_of(staged, NAMED)])
    for lacking in ("text", "roles"):
        named = named.append_column(lacking, pa.nulls(named.num_rows, MENTIONS.field(lacking).type))
    return named.select(MENTIONS.names).cast(MENTIONS)


def _speakers(staged: Sequence[Staged]) -> pa.Table:
    """Quotes whose source is one of the article's own entities."""
    parts = [QUOTES.empty_table()]
    for rows in tables_of(staged, "quotes", ["article_id", "speaker_local_id"]):
        named = rows.filter(pc.is_valid(rows["speaker_local_id"]))
        parts.append(named.rename_columns(["article_id", "local_id"]).cast(QUOTES))
    return pa.concat_tables(parts)


RESOLVE = Step("resolve", resolve)
