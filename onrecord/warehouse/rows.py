"""From an article that was read to the rows of its tables.

Ids are stable: hashes of the path and of words, never of a run, a clock or offsets, so that a row keeps its id when
only its place in the text changes. Entity ids, copy ids and utterance ids are null here; they are known only over all
articles, and filled by the resolve step.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from onrecord.document.article import Article, Quote, Span
from onrecord.document.words import WORD
from onrecord.files.parts import source_key, split_key
from onrecord.warehouse.tables import UNKNOWN_MONTH

Row = dict[str, Any]


#: Hex digits of an id: 80 bits, so that a clash among 100 million rows has a chance of about 1 in 200 million.
ID_LENGTH = 20


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where an article's rows come from: the raw file, or a part of it, as it was read, and the run that read it."""

    source_path: str
    source_sha256: str
    source_bytes: int
    encoding: str
    run_id: str
    pipeline_version: str
    ingested_at: dt.datetime
    metadata_sha256: str | None = None
    source_part: str | None = None

    @property
    def key(self) -> str:
        """The key of the source (`onrecord.files.parts`)."""
        return source_key(self.source_path, self.source_part)


def stable_id(*parts: object) -> str:
    """A short hex hash of the parts, in order. Parts are told apart: ("ab", "c") is not ("a", "bc")."""
    joined = "\0".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "backslashreplace")).hexdigest()[:ID_LENGTH]


def article_id(key: str) -> str:
    """The id of the article of a source: of its raw file's path below the raw folder (`/`-separated), and of the part.

    `key`: the path, or that with the part behind it (`onrecord.files.parts.source_key`).
    """
    path, part = split_key(key)
    return stable_id(path) if part is None else stable_id(path, part)


def source_keys(rows: pa.Table) -> list[str]:
    """The keys of the sources of rows that have `source_path` and `source_part`."""
    paths: list[str] = rows.column("source_path").to_numpy().tolist()  # quicker than `to_pylist`
    parts = rows.column("source_part")
    if parts.null_count == len(parts):
        return paths
    return [source_key(path, part) for path, part in zip(paths, parts.to_pylist(), strict=True)]


def normalised(words: str) -> str:
    """Words as ids see them: without punctuation, capitals and the width of spaces; as they are where nothing is left.

    >>> normalised("“The bridge…  is SAFE,”")
    'the bridge is safe'
    """
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(WORD.findall(folded)) or folded


def content_ids(kind: str, identity: str, contents: Iterable[str]) -> list[str]:
    """An id for each of an article's rows of one kind, in reading order: of its words, and of how many rows before it
    have the same."""
    seen: Counter[str] = Counter()
    ids = []
    for content in contents:
        words = normalised(content)
        ids.append(stable_id(kind, identity, words, seen[words]))
        seen[words] += 1
    return ids


def month_of(date_published: dt.date | None) -> str:
    """The partition of an article: `YYYY-MM`, or `unknown`."""
    return UNKNOWN_MONTH if date_published is None else f"{date_published.year:04d}-{date_published.month:02d}"


def article_rows(article: Article, lineage: Lineage) -> dict[str, list[Row]]:
    """All rows of one article, by table: `articles` (one), `quotes`, `mentions`, `dates`.

    The rows of quotes and mentions carry the staging columns (`speaker_local_id`, `candidate_local_ids`; `local_id`,
    `roles`) that the resolve step needs and the commit drops: build tables of them with `to_table(..., staging=True)`.
    """
    identity = article_id(lineage.key)
    return {
        "articles": [_article_row(article, lineage, identity)],
        "quotes": _quote_rows(article, lineage, identity),
        "mentions": _mention_rows(article, lineage, identity),
        "dates": _date_rows(article, lineage, identity),
    }


def _article_row(article: Article, lineage: Lineage, identity: str) -> Row:
    publication = article.publication
    return {
        "article_id": identity,
        "source_path": lineage.source_path,
        "source_part": lineage.source_part,
        "source_sha256": lineage.source_sha256,
        "source_bytes": lineage.source_bytes,
        "encoding": lineage.encoding,
        "headline": publication.headline,
        "alternative_headline": publication.alternative_headline,
        "byline": publication.byline,
        "authors": list(publication.authors),
        "publisher": publication.publisher,
        "agency": publication.agency,
        "dateline": publication.dateline,
        "located": publication.located,
        "url": publication.url,
        "language": publication.language,
        "date_published": publication.date_published,
        "date_published_precision": publication.date_published_precision,
        "date_published_method": publication.date_published_method,
        "date_not_before": publication.date_not_before,
        "date_not_after": publication.date_not_after,
        "text": article.text,
        "body": article.body,
        "blocks": [{"kind": block.kind.value, "start": block.start, "end": block.end} for block in article.blocks],
        "word_count": article.word_count,
        "run_id": lineage.run_id,
        "pipeline_version": lineage.pipeline_version,
        "ingested_at": lineage.ingested_at,
        "metadata_sha256": lineage.metadata_sha256,
        "corrected": False,
    }


def _quote_rows(article: Article, lineage: Lineage, identity: str) -> list[Row]:
    ids = content_ids("quote", identity, (quote.content for quote in article.quotes))
    return [_quote_row(article, lineage, identity, index, quote, ids) for index, quote in enumerate(article.quotes)]


def _quote_row(article: Article, lineage: Lineage, identity: str, index: int, quote: Quote, ids: Sequence[str]) -> Row:
    return {
        "quote_id": ids[index],
        "article_id": identity,
        "quote_index": index,
        "quote_type": quote.quote_type,
        "report_kind": quote.report_kind,
        "content": quote.content,
        "content_spans": [{"start": span.start, "end": span.end} for span in quote.content_spans],
        **_span_columns("cue", quote.cue, article.text),
        **_span_columns("speaker", quote.speaker, article.text),
        "speaker_name": quote.speaker_name,
        "speaker_local_id": quote.speaker_local_id,
        "speaker_kind": quote.speaker_kind,
        "speaker_role": quote.speaker_role,
        "medium": quote.medium,
        "date_said": quote.date_said,
        "date_said_precision": quote.date_said_precision,
        "parent_quote_id": None if quote.parent is None else ids[quote.parent],
        "confidence": quote.confidence,
        "speaker_confidence": quote.speaker_confidence,
        "speaker_candidates": [
            {"name": candidate.name, "entity_id": None, "probability": candidate.probability}
            for candidate in quote.speaker_candidates
        ],
        "candidate_local_ids": [candidate.local_id for candidate in quote.speaker_candidates],
        "corrected": False,
        "publisher": article.publication.publisher,
        "date_published": article.publication.date_published,
        "run_id": lineage.run_id,
    }


def _mention_rows(article: Article, lineage: Lineage, identity: str) -> list[Row]:
    mentions = sorted(article.mentions, key=lambda mention: (mention.start, mention.end))
    ids = content_ids("mention", identity, (article.text[mention.start : mention.end] for mention in mentions))
    return [
        {
            "mention_id": mention_id,
            "article_id": identity,
            "text": article.text[mention.start : mention.end],
            "start": mention.start,
            "end": mention.end,
            "entity_type": mention.entity_type,
            "name": mention.name,
            "confidence": mention.confidence,
            "run_id": lineage.run_id,
            "local_id": mention.local_id,
            "roles": list(mention.roles),
        }
        for mention_id, mention in zip(ids, mentions, strict=True)
    ]


def _date_rows(article: Article, lineage: Lineage, identity: str) -> list[Row]:
    dates = sorted(article.dates, key=lambda date: (date.start, date.end))
    ids = content_ids("date", identity, (article.text[date.start : date.end] for date in dates))
    return [
        {
            "date_id": date_id,
            "article_id": identity,
            "text": article.text[date.start : date.end],
            "start": date.start,
            "end": date.end,
            "timex_type": date.timex_type,
            "value": date.value,
            "mod": date.mod,
            "date_from": date.date_from,
            "date_to": date.date_to,
            "confidence": date.confidence,
            "run_id": lineage.run_id,
        }
        for date_id, date in zip(ids, dates, strict=True)
    ]


def _span_columns(name: str, span: Span | None, text: str) -> Row:
    if span is None:
        return {name: None, f"{name}_start": None, f"{name}_end": None}
    return {name: span.of(text), f"{name}_start": span.start, f"{name}_end": span.end}
