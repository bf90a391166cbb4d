"""A hit as a person wants to see it: the sentence around, who, where, when, which file and which characters."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from onrecord.document.article import Span
from onrecord.document.quotations import quotations
from onrecord.document.sentences import sentences
from onrecord.warehouse.search.documents import full_text, prose_spans
from onrecord.warehouse.search.expression import any_of, phrase
from onrecord.warehouse.search.schema import scratch

#: What FTS5 puts around a word that matches: characters that no text has, since Unicode keeps them for no use.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"


@dataclass(frozen=True, slots=True)
class Hit:
    """A quote, or the best sentence of an article. Offsets are code points into the file's text, end exclusive.

    `sentence` is text[start:end]; `content` is what was said, null for an article; `spans` are its pieces and
    `matches` the words asked for that stand in the sentence. A hit in a headline that only metadata gave has no
    characters: `start` and `end` are null. `score`: the higher, the better; of one kind only to be compared.
    """

    kind: Literal["quote", "article"]
    score: float
    sentence: str
    start: int | None
    end: int | None
    matches: tuple[Span, ...]
    article_id: str
    source_path: str
    headline: str | None
    outlet: str | None
    date_published: str | None
    content: str | None = None
    spans: tuple[Span, ...] = ()
    quote_id: str | None = None
    quote_type: str | None = None
    report_kind: str | None = None
    speaker: str | None = None
    speaker_entity_id: str | None = None
    speaker_role: str | None = None
    medium: str | None = None
    date_said: str | None = None
    date_said_precision: str | None = None
    confidence: float | None = None

    def as_json(self) -> dict[str, Any]:
        """The hit as JSON has it."""
        return asdict(self)


def quote_hit(
    quote: dict[str, Any], article: dict[str, Any], connection: sqlite3.Connection, asked: Sequence[str]
) -> Hit:
    """A quote, with the sentences that it stands in."""
    spans = tuple(Span(start, end) for start, end in json.loads(quote["content_spans"]))
    text = full_text(article["text"])
    around = _around(text, prose_spans(article["blocks"]), spans)
    (matches,) = _matches(connection, [text[around.start : around.end]], asked)
    return Hit(
        kind="quote",
        score=-(quote["score"] or 0.0),
        sentence=text[around.start : around.end],
        start=around.start,
        end=around.end,
        matches=tuple(Span(around.start + m.start, around.start + m.end) for m in matches),
        source_path=article["source_path"],
        headline=article["headline"],
        outlet=quote["outlet"],
        spans=spans,
        speaker=quote["name"] or quote["speaker"],
        speaker_entity_id=quote["entity"],
        **{
            name: quote[name]
            for name in (
                "article_id", "date_published", "content", "quote_id", "quote_type", "report_kind", "speaker_role",
                "medium", "date_said", "date_said_precision", "confidence",
            )
        },
    )  # fmt: skip


def article_hit(article: dict[str, Any], connection: sqlite3.Connection, asked: Sequence[str]) -> Hit:
    """An article, with the sentence that has most of the words; of those that have as many, the first."""
    text = full_text(article["text"])
    spans = list(_sentences(text, prose_spans(article["blocks"])))
    marked = _matches(connection, [text[span.start : span.end] for span in spans], asked)
    moved = [
        [Span(at.start + m.start, at.start + m.end) for m in found] for at, found in zip(spans, marked, strict=True)
    ]
    words = [len({text[m.start : m.end].lower() for m in found}) for found in moved]
    best = words.index(max(words)) if any(words) else None
    return Hit(
        kind="article",
        score=-(article["score"] or 0.0),
        sentence=article["headline"] or "" if best is None else text[spans[best].start : spans[best].end],
        start=None if best is None else spans[best].start,
        end=None if best is None else spans[best].end,
        matches=() if best is None else tuple(moved[best]),
        article_id=article["article_id"],
        source_path=article["source_path"],
        headline=article["headline"],
        outlet=article["publisher"],
        date_published=article["date_published"],
    )


def _around(text: str, blocks: Sequence[Span], spans: Sequence[Span]) -> Span:
    """From the first sentence that has a piece of a quote to the last; the pieces alone, where no block holds them."""
    start, end = spans[0].start, spans[-1].end
    holding = [block for block in blocks if block.start < end and start < block.end]
    touched = [span for span in _sentences(text, holding) if span.start < end and start < span.end]
    if not touched:
        return Span(start, end)
    return Span(min(start, touched[0].start), max(end, touched[-1].end))


def _sentences(text: str, blocks: Sequence[Span]) -> Iterator[Span]:
    return (sentence.span for sentence in sentences(text, blocks, quotations(text, blocks)))


def _matches(connection: sqlite3.Connection, passages: Sequence[str], asked: Sequence[str]) -> list[list[Span]]:
    """Where the words asked for stand in each passage, as the index itself sees words."""
    if not asked:
        return [[] for _ in passages]
    connection.execute(scratch("passage"))
    try:
        rows = [(number, passage) for number, passage in enumerate(passages)]
        connection.executemany("insert into temp.passage (rowid, words) values (?, ?)", rows)
        found = connection.execute(
            "select rowid, highlight(passage, 0, ?, ?) from temp.passage where passage match ?",
            (_OPEN, _CLOSE, any_of(map(phrase, asked))),
        ).fetchall()
    finally:
        connection.execute("drop table temp.passage")
    marks: list[list[Span]] = [[] for _ in passages]
    for number, marked in found:
        if len(marked) - marked.count(_OPEN) - marked.count(_CLOSE) == len(passages[number]):
            marks[number] = list(_spans(marked))
    return marks


def _spans(marked: str) -> Iterator[Span]:
    """Spans of what stands between the marks, in the text without them."""
    before, *pieces = marked.split(_OPEN)
    at = len(before)
    for piece in pieces:
        word, _, rest = piece.partition(_CLOSE)
        yield Span(at, at + len(word))
        at += len(word) + len(rest)
