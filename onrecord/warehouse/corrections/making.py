"""Makes corrections of rows, as an editor asks for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.files.parts import split_key
from onrecord.warehouse.arrow import pc, strings
from onrecord.warehouse.corrections.correction import Correction, CorrectionError, Value, checked, day_of, value_of
from onrecord.warehouse.corrections.table import CorrectedColumn, CorrectedTable
from onrecord.warehouse.rows import Row, normalised
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import TABLES

#: Characters of an article's first words that a correction hangs on where its headline does not stand in the text.
FIRST_WORDS = 120


@dataclass(frozen=True, slots=True)
class Editor:
    """Who makes corrections, when (UTC) and why."""

    name: str
    at: dt.datetime
    reason: str | None = None

    @classmethod
    def now(cls, name: str, reason: str | None = None) -> Editor:
        """An editor at work at this moment."""
        return cls(name, dt.datetime.now(dt.UTC).replace(microsecond=0), reason)


def find_row(snapshot: Snapshot, row_id: str) -> tuple[CorrectedTable, Row]:
    """The row with this id, and its table; an article is found by its source path too, and of an entity that another
    one has absorbed id and name.

    Raises CorrectionError where there is none.
    """
    for table in CorrectedTable:
        wanted = pc.field(TABLES[table].primary_key[0]) == row_id
        if table is CorrectedTable.ARTICLES:
            path, part = split_key(row_id)
            of_part = pc.field("source_part").is_null() if part is None else pc.field("source_part") == part
            wanted = wanted | ((pc.field("source_path") == path) & of_part)
        if rows := snapshot.read(table, filter=wanted).to_pylist():
            return table, rows[0]
    if absorbed := _absorbed(snapshot, row_id):
        return CorrectedTable.ENTITIES, absorbed
    raise CorrectionError(f"the warehouse has no quote, article or entity {row_id!r}")


def _absorbed(snapshot: Snapshot, entity_id: str) -> Row | None:
    """Id and name of an entity that is one with another now: the name of the node that it was made for."""
    ids = snapshot.rows_with("entity_ids", "entity_id", [entity_id], ["founder"])
    nodes = snapshot.rows_with("entity_nodes", "node", strings(ids["founder"]), ["names"]).to_pylist()
    return {"entity_id": entity_id, "name": nodes[0]["names"][0]["value"]} if nodes else None


def correct_quote(quote: Row, values: Mapping[CorrectedColumn, Value], by: Editor) -> list[Correction]:
    """A correction for each of these columns of a quote; `quote_id`: that there is no such quote.

    Raises CorrectionError for a column or value that it cannot have.
    """
    if CorrectedColumn.QUOTE_ID in values and len(values) > 1:
        raise CorrectionError("what is no quote has no speaker, role or date")
    _require_past(values, by)
    return [
        _correction(CorrectedTable.QUOTES, quote["quote_id"], column, value, quote["content"], by,
                    article_id=quote["article_id"],
                    old_value=value_of(quote, "content" if column is CorrectedColumn.QUOTE_ID else column.value))
        for column, value in values.items()
    ]  # fmt: skip


def correct_article(article: Row, values: Mapping[CorrectedColumn, Value], by: Editor) -> list[Correction]:
    """A correction for each of these columns of an article.

    Raises CorrectionError for a column or value that it cannot have.
    """
    _require_past(values, by)
    return [
        _correction(CorrectedTable.ARTICLES, article["article_id"], column, value, anchor_of(article), by,
                    article_id=article["article_id"], old_value=value_of(article, column.value))
        for column, value in values.items()
    ]  # fmt: skip


def correct_entities(entity: Row, other: Row, by: Editor, *, same: bool) -> Correction:
    """The correction that two entities are one, or are two. Raises CorrectionError where they are the same row."""
    column = CorrectedColumn.SAME_AS if same else CorrectedColumn.NOT_SAME_AS
    value: Value = {"id": other["entity_id"], "name": other["name"]}
    return _correction(CorrectedTable.ENTITIES, entity["entity_id"], column, value, entity["name"], by)


def anchor_of(article: Row) -> str:
    """The words that a correction of an article hangs on: its headline where that stands in the text, else the first
    words of its prose, or of the file."""
    text = str(article["text"]).strip()
    words = normalised(text)
    first = (article["body"] or "").strip().split("\n\n")[0]
    known = (article["headline"], *(_cut(part) for part in (first, text)))
    return next((part for part in known if part and normalised(part) in words), text)


def _cut(words: str) -> str:
    return words if len(words) <= FIRST_WORDS else words[:FIRST_WORDS].rsplit(maxsplit=1)[0]


def _require_past(values: Mapping[CorrectedColumn, Value], by: Editor) -> None:
    for column in (CorrectedColumn.DATE_SAID, CorrectedColumn.DATE_PUBLISHED):
        if values.get(column) is not None and day_of(values[column])[0] > by.at.date():
            raise CorrectionError(f"{column}: {values[column]} is still to come")


def _correction(
    table: CorrectedTable, row_id: str, column: CorrectedColumn, value: Value, anchor: str, by: Editor, *,
    article_id: str | None = None, old_value: Value = None,
) -> Correction:  # fmt: skip
    if not by.name.strip():
        raise CorrectionError("a correction is made by somebody: say who")
    made = Correction(
        correction_id="", made_at=by.at, made_by=by.name, reason=by.reason, table=table, row_id=row_id,
        article_id=article_id, column=column, old_value=old_value, new_value=value, anchor=anchor,
    )  # fmt: skip
    return checked(made.named())
