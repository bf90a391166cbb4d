"""An entity for its page, and those that it might be taken for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from onrecord.browse.plot import Bar, bars
from onrecord.browse.reader import View
from onrecord.cross_document.entities.compare import Comparison, Verdict, compare_names
from onrecord.warehouse.search import latest_by, spoken_by, statements

#: Statements of a page.
PAGE = 25

#: Entities that are compared with one, and of those the ones shown.
_COMPARED, _SHOWN = 60, 12

_COLUMNS = ("entity_id", "name", "entity_type", "aliases", "roles", "first_seen", "last_seen", "article_count",
            "mention_count", "quote_count")  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntityPage:
    """An entity: its row, what it said (of all statements those of one page), when and who printed it."""

    entity: dict[str, Any]
    statements: list[dict[str, Any]]
    count: int
    bars: list[Bar]
    outlets: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Another entity whose names are like those of one, and how alike they are."""

    entity: dict[str, Any]
    comparison: Comparison
    statements: list[dict[str, Any]]


def entity_row(view: View, entity_id: str) -> dict[str, Any] | None:
    """The row of an entity, also by an id that it has absorbed; null where there is none."""
    rows = view.snapshot.rows_of("entities", [entity_id], _COLUMNS).to_pylist()
    if rows:
        return dict(rows[0])
    merged = view.rows(
        f"select {', '.join(_COLUMNS)} from entities where list_contains(merged_ids, ?) limit 1",
        [entity_id],
    )
    return merged[0] if merged else None


def entity_page(view: View, entity_id: str, page: int) -> EntityPage | None:
    """A page of an entity's statements; null where there is no such entity."""
    entity = entity_row(view, entity_id)
    if entity is None:
        return None
    spoken = spoken_by(view.index, view.snapshot, entity["entity_id"])
    ids = spoken.statements[(page - 1) * PAGE : page * PAGE]
    return EntityPage(
        entity, statements(view.index, view.snapshot, ids), len(spoken.statements), bars(spoken.months), spoken.outlets
    )


def near_misses(view: View, entity: dict[str, Any]) -> list[NearMiss]:
    """Other entities of the same type whose names have something to do with those of one, the likest first."""
    rows = view.rows(
        f"""
        with named as (
            select {", ".join(_COLUMNS)}, strip_accents(lower($name)) as wanted,
                   strip_accents(lower(concat_ws(' ', name, array_to_string(aliases, ' ')))) as forms,
                   jaro_winkler_similarity(strip_accents(lower(name)), wanted) as alike
            from entities where entity_type = $kind and entity_id <> $id
        )
        select {", ".join(_COLUMNS)} from named
        where alike > 0.85 or list_has_any(
            string_split(forms, ' '), list_filter(string_split(wanted, ' '), lambda word: length(word) > 2))
        order by alike desc, entity_id limit {_COMPARED}
        """,
        {"name": entity["name"], "kind": entity["entity_type"], "id": entity["entity_id"]},
    )
    compared = [(row, compare_names(entity["name"], row["name"], entity["entity_type"])) for row in rows]
    like = [(row, found) for row, found in compared if found.verdict is not Verdict.UNRELATED]
    like.sort(key=lambda pair: (-pair[1].score, -pair[0]["mention_count"], pair[0]["entity_id"]))
    latest = {row["entity_id"]: latest_by(view.index, view.snapshot, row["entity_id"], 2) for row, _ in like[:_SHOWN]}
    said = {
        row["statement_id"]: row
        for row in statements(view.index, view.snapshot, [one for ids in latest.values() for one in ids])
    }
    return [
        NearMiss(row, found, [said[one] for one in latest[row["entity_id"]] if one in said])
        for row, found in like[:_SHOWN]
    ]
