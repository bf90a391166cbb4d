"""A small warehouse whose every text tries to break out of the page, and what a test looks for in a page."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import to_table

#: Would end an attribute, an element and a style, run a script, load a picture and be a template.
HOSTILE = (
    "\"'><script>document.title=1</script><img src=https://example.org/a.png onerror=alert(1)></style>{{7919*6997}}"
)

SAFE = f"The bridge is safe {HOSTILE}"
TEXT = f"""Bridge {HOSTILE}

Mayor Ada Quill said on Monday: “{SAFE}” Tom Brandt disagreed.

Cookies {HOSTILE}
"""
ADA, ADAH, TOM = "ent_ada", "ent_adah", "ent_tom"


def span(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def article(identity: str, publisher: str, day: dt.date | None, copy_of: str | None) -> dict[str, Any]:
    head, cookies = span(f"Bridge {HOSTILE}"), span(f"Cookies {HOSTILE}")
    return {
        "article_id": identity, "source_path": f"{identity}/{HOSTILE}.txt", "source_sha256": "0", "source_bytes": 1,
        "encoding": "utf-8", "headline": f"Bridge {HOSTILE}", "byline": HOSTILE, "authors": [HOSTILE],
        "publisher": publisher, "agency": HOSTILE, "dateline": HOSTILE, "url": f"javascript:{HOSTILE}",
        "date_published": day, "date_published_precision": "day" if day else None, "text": TEXT, "body": TEXT,
        "blocks": [
            {"kind": "headline", **head},
            {"kind": "paragraph", "start": TEXT.index("Mayor"), "end": TEXT.index("\n\nCookies")},
            {"kind": "boilerplate", **cookies},
        ],
        "word_count": 20, "corrected": False, "copy_cluster_id": "c", "copy_of": copy_of,
        "run_id": "r", "pipeline_version": "1",
        "ingested_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    }  # fmt: skip


def quote(identity: str, of: dict[str, Any]) -> dict[str, Any]:
    said, speaker = span("said"), span("Ada Quill")
    return {
        "quote_id": identity, "article_id": of["article_id"], "quote_index": 0, "quote_type": "direct",
        "report_kind": "speech", "content": SAFE, "content_spans": [span(SAFE)], "cue": HOSTILE,
        "cue_start": said["start"], "cue_end": said["end"], "speaker": HOSTILE, "speaker_start": speaker["start"],
        "speaker_end": speaker["end"], "speaker_name": f"Ada {HOSTILE}", "speaker_entity_id": ADA,
        "speaker_kind": "person", "speaker_role": f"Mayor {HOSTILE}", "medium": HOSTILE, "utterance_id": "u1",
        "confidence": 0.93, "speaker_confidence": 0.81, "publisher": of["publisher"],
        "speaker_candidates": [
            {"name": f"Ada {HOSTILE}", "entity_id": ADA, "probability": 0.81},
            {"name": "Tom Brandt", "entity_id": TOM, "probability": 0.12},
        ],
        "date_published": of["date_published"], "corrected": False, "run_id": "r",
    }  # fmt: skip


def mention(identity: str, of: dict[str, Any], words: str, entity: str) -> dict[str, Any]:
    return {
        "mention_id": identity, "article_id": of["article_id"], "entity_id": entity, "text": words, **span(words),
        "entity_type": "PERSON", "name": words, "confidence": 0.9, "run_id": "r",
    }  # fmt: skip


def entity(identity: str, name: str, quotes: int) -> dict[str, Any]:
    return {
        "entity_id": identity, "name": name, "entity_type": "PERSON", "aliases": [HOSTILE], "roles": [HOSTILE],
        "first_seen": dt.date(2024, 5, 7), "last_seen": dt.date(2024, 5, 9), "article_count": 2, "mention_count": 2,
        "quote_count": quotes, "corrected": False, "merged_ids": [f"{identity}_old"],
    }  # fmt: skip


def correction(of: dict[str, Any]) -> dict[str, Any]:
    return {
        "correction_id": "c1", "made_at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "made_by": f"Desk {HOSTILE}",
        "reason": HOSTILE, "table": "quotes", "row_id": "q1", "article_id": of["article_id"], "column": "speaker_role",
        "old_value": json.dumps(HOSTILE), "new_value": json.dumps(f"Mayor {HOSTILE}"), "anchor": SAFE,
    }  # fmt: skip


def make(root: Path) -> None:
    """Two articles of which one is a copy of the other, one utterance in both, three people, two of nearly one name."""
    first = article("first", f"The Gazette {HOSTILE}", dt.date(2024, 5, 7), None)
    second = article("second", "The Post", None, "first")
    day = {"timex_type": "DATE", "value": HOSTILE, "date_from": dt.date(2024, 5, 6), "date_to": dt.date(2024, 5, 6)}
    with Warehouse(root).transaction() as tx:
        tx.upsert_articles(
            {
                "articles": to_table("articles", [first, second]),
                "quotes": to_table("quotes", [quote("q1", first), quote("q2", second)]),
                "mentions": to_table(
                    "mentions", [mention("m1", first, "Ada Quill", ADA), mention("m2", first, "Tom Brandt", TOM)]
                ),
                "dates": to_table(
                    "dates",
                    [{"date_id": "d", "article_id": "first", "text": "Monday", **span("Monday"), **day, "run_id": "r"}],
                ),
            }
        )
        people = [entity(ADA, f"Ada {HOSTILE}", 2), entity(ADAH, f"Adah {HOSTILE}", 1), entity(TOM, "Tom Brandt", 0)]
        tx.upsert("entities", to_table("entities", people))
        tx.upsert("corrections", to_table("corrections", [correction(first)]))


Made = list[tuple[str, Mapping[str, str], str | None]]


@dataclass(frozen=True)
class Listed:
    """An editor who only lists what is asked of him."""

    made: Made

    def correct(self, row: str, values: Mapping[str, str], reason: str | None) -> None:
        if values.get("date_said") == "spring":
            raise ValueError("spring is no date")
        self.made.append((row, dict(values), reason))

    def undo(self, correction: str) -> None:
        self.made.append((correction, {}, None))


class Page(HTMLParser):
    """A page as a browser reads it: its elements with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in {tag}"
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of these names."""
        return [attributes for tag, attributes in self.elements if tag in tags]
