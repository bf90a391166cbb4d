"""Rows of the warehouse as documents of the search index, and the words of each."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from typing import Any

from onrecord.document.article import READ_KINDS, Span
from onrecord.warehouse.search.schema import ARTICLES, QUOTES, Kind

Values = tuple[Any, ...]


def digest(row: Sequence[Any]) -> bytes:
    """What tells a document from any other: a hash of the row."""
    return hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def stored(kind: Kind, row: Sequence[Any]) -> Values:
    """What is kept of a row, in the order of `kind.stored`."""
    values = dict(zip(kind.columns, row, strict=True))
    if kind is ARTICLES:
        values["text"] = zlib.compress(values["text"].encode(), 6)
        values["blocks"] = json.dumps([[b["kind"], b["start"], b["end"]] for b in values["blocks"] or ()])
    else:
        values["content_spans"] = json.dumps([[span["start"], span["end"]] for span in values["content_spans"]])
        values["name"], values["entity"] = values["speaker_name"], values["speaker_entity_id"]
        values["outlet"] = values["publisher"]
        values["statement"] = values["utterance_id"] or values["quote_id"]
        values["source"] = " ".join(filter(None, (values["speaker"], values["speaker_role"])))
        values["day"] = values["date_said"] or values["date_published"]
    return tuple(_plain(values[name]) for name in kind.stored)


def words(kind: Kind, document: Values) -> Values:
    """The words of a document as it is stored, in the order of `kind.words`."""
    values = dict(zip(kind.stored, document, strict=True))
    if kind is ARTICLES:
        text = full_text(values["text"])
        prose = "\n".join(text[span.start : span.end] for span in prose_spans(values["blocks"]))
        return values["headline"], prose, values["publisher"]
    return tuple(values[name] for name in QUOTES.words)


def full_text(packed: bytes) -> str:
    """The text of an article as it is stored."""
    return zlib.decompress(packed).decode()


def prose_spans(blocks: str) -> list[Span]:
    """The article's own sentences: spans of the blocks that hold them, in reading order."""
    return [Span(start, end) for kind, start, end in json.loads(blocks) if kind in READ_KINDS]


def _plain(value: Any) -> Any:
    """A value that SQLite takes: a day as ISO text."""
    return value.isoformat() if hasattr(value, "isoformat") else value
