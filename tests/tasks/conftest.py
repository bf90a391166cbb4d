"""Valid rows of every table, with their evidence, as the expectations see them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from onrecord.document.article import Article
from onrecord.warehouse.evidence import ARTICLE_PARTS, article_evidence, correction_evidence, entity_evidence, records
from onrecord.warehouse.rows import Lineage, article_rows
from onrecord.warehouse.tables import TABLES, to_table
from tasks.validate import to_frame

TODAY = dt.date(2024, 5, 9)


def entity(key: str, name: str) -> dict[str, Any]:
    day = dt.date(2024, 5, 8)
    return {
        "entity_id": key, "name": name, "entity_type": "PERSON", "aliases": ["Quill"], "roles": [], "first_seen": day,
        "last_seen": day, "article_count": 1, "mention_count": 2, "quote_count": 2, "merged_ids": [],
        "corrected": False,
    }  # fmt: skip


def run(key: str) -> dict[str, Any]:
    counts = {name: 0 for name in TABLES["runs"].schema.names if name.startswith(("files_", "rows_"))}
    start = dt.datetime(2024, 5, 9, tzinfo=dt.UTC)
    return {
        "run_id": key, "flow": "ingest", "started_at": start, "finished_at": start + dt.timedelta(seconds=5),
        "pipeline_version": "0", "parameters": "{}", **counts,
    }  # fmt: skip


def reject(path: str) -> dict[str, Any]:
    return {
        "run_id": "r", "source_path": path, "stage": "read", "reason": "the file is empty", "severity": "critical",
        "pipeline_version": "0",
    }  # fmt: skip


def correction(key: str) -> dict[str, Any]:
    return {
        "correction_id": key, "made_at": dt.datetime(2024, 5, 9, tzinfo=dt.UTC), "made_by": "desk", "table": "quotes",
        "row_id": f"quote {key}", "article_id": "an article", "column": "speaker_name", "new_value": '"Ada Quill"',
        "anchor": "The bridge is safe",
    }  # fmt: skip


@pytest.fixture
def frames(read_by_hand: Article, lineage: Lineage) -> dict[str, pd.DataFrame]:
    """Two valid rows a table at least, with their evidence."""
    other = Lineage(**{**{f: getattr(lineage, f) for f in lineage.__slots__}, "source_path": "gazette/bridge.txt"})
    rows: dict[str, list[Any]] = {}
    for source in (lineage, other):
        for table, made in article_rows(read_by_hand, source).items():
            rows.setdefault(table, []).extend(made)
    plain = {table: to_frame(to_table(table, made, staging=True)) for table, made in rows.items()}
    articles = {row["article_id"]: row for row in records(plain["articles"])}
    frames = {"articles": pd.concat([plain["articles"], article_evidence(plain["articles"], TODAY)], axis=1)}
    for table, evidence in ARTICLE_PARTS.items():
        frames[table] = pd.concat([plain[table], evidence(plain[table], articles, TODAY)], axis=1)
    entities = to_frame(to_table("entities", [entity("a", "Ada Quill"), entity("b", "Bo Quill")]))
    frames["entities"] = pd.concat([entities, entity_evidence(entities)], axis=1)
    frames["runs"] = to_frame(to_table("runs", [run("a"), run("b")]))
    frames["rejects"] = to_frame(to_table("rejects", [reject("a.txt"), reject("b.txt")]))
    corrections = to_frame(to_table("corrections", [correction("a"), correction("b")]))
    frames["corrections"] = pd.concat([corrections, correction_evidence(corrections)], axis=1)
    return frames
