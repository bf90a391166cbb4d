"""Validation between extraction and commit.

A row that fails a critical expectation goes to `rejects`, and with an article its quotes, mentions and dates; a
table-level expectation that fails stops the commit; warnings are counted for the run report.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.warehouse.corrections.table import CORRECTIONS
from onrecord.warehouse.evidence import (
    ARTICLE_PARTS,
    article_evidence,
    correction_evidence,
    entity_evidence,
    is_null,
    records,
)
from onrecord.warehouse.tables import TABLES
from tasks.rejects import Reject
from tasks.staging import Checks, Staged, added, with_passed
from tasks.step import Step
from tasks.suites import Outcome, outcomes


class TableRefusedError(RuntimeError):
    """A table-level expectation failed: nothing of this run is committed."""


def validate_batch(staged: Staged, today: dt.date) -> Staged:
    """Check a staged batch row by row: the batch with what may pass, and with what may not as rejects.

    The batch that was given stays as it is, and is judged the same a second time. Raises `TableRefusedError` where a
    whole table breaks the contract.
    """
    articles = staged.read("articles")
    frame = to_frame(articles)
    rejects = list(staged.rejects)
    rejected, found = _judge("articles", with_evidence(frame, article_evidence(frame, today)))
    checks = _checks("articles", found)
    sources = frame.set_index("article_id")[["source_path", "source_part", "source_sha256"]]
    rejects += _as_rejects("articles", frame, found, sources)
    lost = set(frame["article_id"].iloc[sorted(rejected)])
    kept = {row["article_id"]: row for row in records(frame) if row["article_id"] not in lost}
    judged = _passed(staged, "articles", articles, rejected)
    counts = {"articles": articles.num_rows - len(rejected)}
    for table, evidence in ARTICLE_PARTS.items():
        rows = staged.read(table)
        whole = _without(rows, lost)
        part = to_frame(whole)
        bad, found = _judge(table, with_evidence(part, evidence(part, kept, today)))
        rejects += _as_rejects(table, part, found, sources)
        checks = added(checks, _checks(table, found))
        if table == "quotes" and bad:
            whole = _nested_in_what_passes(whole, bad)
        judged = _passed(judged, table, whole, bad, always=bool(lost))
        counts[table] = whole.num_rows - len(bad)
    if lost:
        judged = with_passed(judged, "signatures", _without(staged.read("signatures"), lost))
    return replace(judged, rows=counts, rejects=tuple(rejects), checks=checks)


def validate_entities(entities: pa.Table) -> Checks:
    """Check the entities that a commit would write. Raises `TableRefusedError` on a critical failure."""
    frame = to_frame(entities)
    return validate_table("entities", with_evidence(frame, entity_evidence(frame)))


def validate_corrections(corrections: pa.Table) -> Checks:
    """Check the corrections that a commit would write. Raises `TableRefusedError` on a critical failure."""
    frame = to_frame(corrections)
    return validate_table(CORRECTIONS.name, with_evidence(frame, correction_evidence(frame)))


def validate_table(table: str, frame: pd.DataFrame) -> Checks:
    """Check a table that is let in whole or not at all. Raises `TableRefusedError`."""
    if frame.empty:
        return {}
    found = outcomes(table, frame)
    for outcome in found:
        if outcome.refuses:
            raise TableRefusedError(_refusal(table, outcome))
    return _checks(table, found)


def to_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as the frame that expectations run on: nulls stay nulls, dates stay `datetime.date`."""
    return table.to_pandas(date_as_object=True, integer_object_nulls=True)


def _refusal(table: str, outcome: Outcome) -> str:
    where = f"{len(outcome.rows)} rows, e.g. {', '.join(outcome.values[:3])}" if outcome.rows else "the whole table"
    return f"{table}: {outcome.expectation} failed for {where} ({outcome.reason}). Nothing was committed"


def _without(rows: pa.Table, lost: Collection[str]) -> pa.Table:
    """The rows of the articles that were not lost."""
    return rows.filter(pc.invert(pc.is_in(rows["article_id"], value_set=pa.array(sorted(lost), pa.string()))))


def _nested_in_what_passes(quotes: pa.Table, bad: Collection[int]) -> pa.Table:
    """The quotes, without a parent where the parent does not pass: who said it stands, in what it stood does not."""
    lost = quotes["quote_id"].take(pa.array(sorted(bad), pa.int64()))
    parents = quotes["parent_quote_id"]
    kept = pc.if_else(pc.is_in(parents, value_set=lost.combine_chunks()), pa.scalar(None, pa.string()), parents)
    place = quotes.column_names.index("parent_quote_id")
    return quotes.set_column(place, quotes.schema.field(place), kept)


def with_evidence(frame: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """The frame with its evidence columns beside it."""
    return pd.concat([frame.reset_index(drop=True), evidence.reset_index(drop=True)], axis=1)


def _judge(table: str, frame: pd.DataFrame) -> tuple[set[int], tuple[Outcome, ...]]:
    """Rows that may not pass, and every outcome. Raises `TableRefusedError` on a table-level failure."""
    if frame.empty:
        return set(), ()
    found = outcomes(table, frame)
    for outcome in found:
        if outcome.refuses and not outcome.rows:
            raise TableRefusedError(_refusal(table, outcome))
    return {row for outcome in found if outcome.refuses for row in outcome.rows}, found


def _as_rejects(table: str, frame: pd.DataFrame, found: tuple[Outcome, ...], sources: pd.DataFrame) -> list[Reject]:
    key = TABLES[table].primary_key[0]
    made = []
    for outcome in found:
        for row in outcome.rows if outcome.refuses else ():
            source = sources.loc[frame["article_id"].iloc[row]]
            made.append(
                Reject(
                    source_path=source["source_path"],
                    source_part=None if is_null(source["source_part"]) else source["source_part"],
                    stage="validate",
                    reason=f"{outcome.expectation} failed: {outcome.reason}",
                    source_sha256=source["source_sha256"],
                    table=table,
                    row_id=frame[key].iloc[row],
                    expectation=outcome.expectation,
                )
            )
    return made


def _checks(table: str, found: tuple[Outcome, ...]) -> Checks:
    return {(table, o.expectation): (o.severity, o.evaluated, 0 if o.success else max(1, len(o.rows))) for o in found}


def _passed(staged: Staged, table: str, rows: pa.Table, bad: Collection[int], *, always: bool = False) -> Staged:
    """The batch with those of a table's rows that are not bad, where that changes it."""
    if not (bad or always):
        return staged
    return with_passed(
        staged, table, rows.take(pa.array([i for i in range(rows.num_rows) if i not in bad], pa.int64()))
    )


VALIDATE_BATCH = Step("validate", validate_batch, "validate-{staged.number}")
VALIDATE_ENTITIES = Step("validate-entities", validate_entities)
