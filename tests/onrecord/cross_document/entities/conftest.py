"""Articles of invented names, and runs over them, all in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pytest

from onrecord.cross_document.entities import Batch, Known, Resolution, State, apply_change, empty_state, resolve
from onrecord.cross_document.entities.state import ARTICLES, MENTIONS, QUOTES, STATE_TABLES


@dataclass(frozen=True)
class Local:
    """One of an article's own entities."""

    entity_type: str
    name: str
    roles: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """An article; its locals are numbered in order."""

    article_id: str
    locals: tuple[Local, ...]
    date: dt.date | None = None
    quoted: tuple[int, ...] = ()


def batch_of(articles: Iterable[Told], removed: Sequence[str] = ()) -> Batch:
    listed = list(articles)
    mentions = [
        {
            "article_id": a.article_id,
            "local_id": i,
            "text": text,
            "entity_type": e.entity_type,
            "name": e.name,
            "roles": list(e.roles),
        }
        for a in listed
        for i, e in enumerate(a.locals)
        for text in (e.texts or (e.name,))
    ]
    rows = [{"article_id": a.article_id, "date_published": a.date, "publisher": "The Outlet"} for a in listed]
    quotes = [{"article_id": a.article_id, "local_id": i} for a in listed for i in a.quoted]
    return Batch(
        pa.Table.from_pylist(mentions, schema=MENTIONS),
        pa.Table.from_pylist(rows, schema=ARTICLES),
        pa.Table.from_pylist(quotes, schema=QUOTES),
        tuple(removed),
    )


@dataclass
class Warehouse:
    """What is committed after some runs: the state, and the ids on the rows of each (article, local id)."""

    state: State = field(default_factory=empty_state)
    rows: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict)
    user: tuple[Known, ...] = ()

    def run(self, articles: Iterable[Told] = (), removed: Sequence[str] = ()) -> Resolution:
        listed = list(articles)
        found = resolve(batch_of(listed, removed), self.state, self.user)
        gone = {*removed, *(a.article_id for a in listed)}
        self._rewrite(found, gone)
        names = {(a.article_id, i): e.name for a in listed for i, e in enumerate(a.locals)}
        for row in found.assigned.to_pylist():
            at = (row["article_id"], row["local_id"])
            self.rows[at] = (names[at], row["entity_id"])
        self.state = State(
            **{
                name: apply_change(getattr(self.state, name), found.changes[name], key)
                for name, (_, key) in STATE_TABLES.items()
            }
        )
        return found

    def _rewrite(self, found: Resolution, gone: set[str]) -> None:
        """Rewrite committed rows as the warehouse does: by id for a merge, by article and name for a move."""
        merged = {row["old_id"]: row["new_id"] for row in found.merges.to_pylist()}
        moved = {(r["article_id"], r["name"], r["old_id"]): r["new_id"] for r in found.moves.to_pylist()}
        kept = {at: row for at, row in self.rows.items() if at[0] not in gone}
        self.rows = {
            (article, local): (name, moved.get((article, name, old), merged.get(old, old)))
            for (article, local), (name, old) in kept.items()
        }

    def table(self, name: str) -> pa.Table:
        """One of `STATE_TABLES` as the last run left it."""
        found = getattr(self.state, name)
        assert isinstance(found, pa.Table)
        return found

    def partition(self) -> set[frozenset[tuple[str, int]]]:
        groups: dict[str, set[tuple[str, int]]] = {}
        for at, (_, entity) in self.rows.items():
            groups.setdefault(entity, set()).add(at)
        return {frozenset(group) for group in groups.values()}

    def entity(self, article: str, local: int) -> str:
        return self.rows[article, local][1]

    def entities(self) -> list[dict[str, object]]:
        """The rows of `entities` without their ids, in a fixed order."""
        rows = self.table("entities").to_pylist()
        return sorted(({k: v for k, v in r.items() if k not in ("entity_id", "merged_ids")} for r in rows), key=str)

    def check(self) -> None:
        """What must hold after any run."""
        standing = {r["entity_id"]: r for r in self.table("entities").to_pylist()}
        assert {entity for _, entity in self.rows.values()} == set(standing)
        nodes = {r["node"]: r["entity_id"] for r in self.table("entity_nodes").to_pylist()}
        evidence = self.table("entity_evidence").to_pylist()
        assert {(e["article_id"], e["local_id"]): nodes[e["node"]] for e in evidence} == {
            at: entity for at, (_, entity) in self.rows.items()
        }
        for entity, row in standing.items():
            articles = {at[0] for at, (_, e) in self.rows.items() if e == entity}
            assert row["article_count"] == len(articles)
            assert entity not in row["merged_ids"]
            assert not set(row["merged_ids"]) & set(standing)
        for miss in self.table("near_misses").to_pylist():
            assert {miss["entity_a"], miss["entity_b"]} <= set(standing)


@pytest.fixture
def warehouse() -> Callable[..., Warehouse]:
    return Warehouse
