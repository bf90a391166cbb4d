"""Rows of invented articles, fast enough for 100,000 of them; every row is consistent with every other.

Article `i` in `edition` e: its month, words and speakers follow from (i, e) alone, so that a test can say what must
be in the warehouse after any sequence of commits.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from onrecord.warehouse.rows import article_id, stable_id
from onrecord.warehouse.tables import to_table

EPOCH = dt.date(2015, 1, 1)
INGESTED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
SPEAKERS = [f"Speaker Number {n}" for n in range(2000)]
WORDS = [f"word{n}" for n in range(5000)]


def path_of(i: int) -> str:
    return f"outlet{i % 7}/{i:07d}.txt"


def day_of(i: int, months: int) -> dt.date | None:
    """One article in 41 has no date; the others are spread over so many months from January 2015."""
    if i % 41 == 40:
        return None
    month = i % months
    return dt.date(EPOCH.year + month // 12, month % 12 + 1, i % 28 + 1)


def speaker_of(i: int, k: int) -> str:
    return SPEAKERS[(i * 31 + k * 17) % len(SPEAKERS)]


def entity_id(name: str) -> str:
    return stable_id("entity", name)


def tables_of(
    numbers: Iterable[int], *, edition: int = 0, months: int = 24, quotes: int = 3, words: int = 120, run_id: str = "r0"
) -> dict[str, pa.Table]:
    """All article tables for articles of these numbers."""
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in ("articles", "quotes", "mentions", "dates")}
    made["signatures"] = []
    for i in numbers:
        rng = random.Random(i * 1_000_003 + edition)  # noqa: S311 - invented words, no secret
        pieces = rng.choices(WORDS, k=words)
        spoken = [" ".join(pieces[k * 9 : k * 9 + 8]) for k in range(quotes)]
        lines = [f"{speaker_of(i, k)} said: {content}" for k, content in enumerate(spoken)]
        body = "\n".join([*lines, f"edition {edition}", " ".join(pieces)])
        day = day_of(i, months)
        identity = article_id(path_of(i))
        made["articles"].append(_article(i, identity, body, day, run_id, edition))
        made["signatures"].append(
            {"article_id": identity, "date_published": day, "signature": bytes(rng.randbytes(64))}
        )
        start = 0
        for k, line in enumerate(lines):
            made["quotes"].append(_quote(i, identity, k, start, line, spoken[k], day, run_id))
            made["mentions"].append(_mention(identity, start, speaker_of(i, k), run_id))
            start += len(line) + 1
        made["dates"].append(_date(identity, start, run_id))
    return {name: to_table(name, rows) for name, rows in made.items()}


def entities_of(numbers: Iterable[int], *, quotes: int = 3) -> pa.Table:
    """The entities that these articles refer to."""
    counts: dict[str, set[int]] = {}
    for i in numbers:
        for k in range(quotes):
            counts.setdefault(speaker_of(i, k), set()).add(i)
    return to_table("entities", [_entity(name, len(found)) for name, found in counts.items()])


def run_of(run_id: str, **counts: int) -> pa.Table:
    """One row of runs."""
    row = {"run_id": run_id, "flow": "ingest", "started_at": INGESTED, "pipeline_version": "1", **counts}
    return to_table("runs", [row])


def reject_of(source_path: str, reason: str, run_id: str = "r0") -> dict[str, Any]:
    """One row of rejects for a file."""
    return {
        "run_id": run_id, "source_path": source_path, "stage": "read", "reason": reason, "severity": "critical",
        "pipeline_version": "1",
    }  # fmt: skip


def batches(numbers: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for first in range(0, len(numbers), size):
        yield numbers[first : first + size]


def _article(i: int, identity: str, body: str, day: dt.date | None, run_id: str, edition: int) -> dict[str, Any]:
    return {
        "article_id": identity,
        "source_path": path_of(i),
        "source_sha256": stable_id("sha", i, edition),
        "source_bytes": len(body),
        "encoding": "utf-8",
        "headline": f"Headline {i}",
        "publisher": f"Outlet {i % 7}",
        "authors": [f"Author {i % 50}"],
        "date_published": day,
        "text": body,
        "body": body,
        "blocks": [{"kind": "paragraph", "start": 0, "end": len(body)}],
        "word_count": len(body.split()),
        "run_id": run_id,
        "pipeline_version": "1",
        "ingested_at": INGESTED,
        "corrected": False,
    }


def _quote(
    i: int, identity: str, k: int, start: int, line: str, content: str, day: dt.date | None, run_id: str
) -> dict[str, Any]:
    name = speaker_of(i, k)
    end = start + len(line)
    return {
        "quote_id": stable_id("quote", identity, k),
        "article_id": identity,
        "quote_index": k,
        "quote_type": "indirect",
        "content": content,
        "content_spans": [{"start": end - len(content), "end": end}],
        "cue": "said",
        "cue_start": start + len(name) + 1,
        "cue_end": start + len(name) + 5,
        "speaker": name,
        "speaker_start": start,
        "speaker_end": start + len(name),
        "speaker_name": name,
        "speaker_entity_id": entity_id(name),
        "speaker_kind": "person",
        "confidence": 0.5,
        "corrected": False,
        "publisher": f"Outlet {i % 7}",
        "date_published": day,
        "run_id": run_id,
    }


def _mention(identity: str, start: int, name: str, run_id: str) -> dict[str, Any]:
    return {
        "mention_id": stable_id("mention", identity, start),
        "article_id": identity,
        "entity_id": entity_id(name),
        "text": name,
        "start": start,
        "end": start + len(name),
        "entity_type": "PERSON",
        "name": name,
        "confidence": 0.5,
        "run_id": run_id,
    }


def _date(identity: str, start: int, run_id: str) -> dict[str, Any]:
    return {
        "date_id": stable_id("date", identity, start),
        "article_id": identity,
        "text": "edition",
        "start": start,
        "end": start + 7,
        "timex_type": "DATE",
        "value": "PRESENT_REF",
        "run_id": run_id,
    }


def _entity(name: str, articles: int) -> dict[str, Any]:
    return {
        "entity_id": entity_id(name),
        "name": name,
        "entity_type": "PERSON",
        "article_count": articles,
        "mention_count": articles,
        "quote_count": articles,
        "corrected": False,
    }
