"""From the rows of an article back to the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from onrecord.document.article import (
    Article,
    Block,
    BlockKind,
    DateMethod,
    EntityType,
    Mention,
    Precision,
    Publication,
    Quote,
    QuoteType,
    ReportKind,
    Span,
    SpeakerCandidate,
    SpeakerKind,
    TimeExpression,
    TimexType,
)
from onrecord.files.parts import split_key
from onrecord.warehouse.arrow import pc
from onrecord.warehouse.snapshot import Snapshot

Row = Mapping[str, Any]


def article_from_rows(snapshot: Snapshot, name: str) -> Article:
    """The article of that id, or of the source of that key, as its rows have it: corrections stand in it.

    People and bodies are numbered by their entities, for rows do not keep the article's own numbers. Raises KeyError.
    """
    path, part = split_key(name)
    of_part = pc.field("source_part").is_null() if part is None else pc.field("source_part") == part
    wanted = (pc.field("article_id") == name) | ((pc.field("source_path") == path) & of_part)
    found = snapshot.read("articles", filter=wanted).to_pylist()
    if not found:
        raise KeyError(f"no article {name!r}: give an article_id or a source_path")
    (row,) = found
    quotes, mentions, dates = (
        snapshot.of_articles(table, [row["article_id"]]).sort_by(order).to_pylist()
        for table, order in (("quotes", "quote_index"), ("mentions", "start"), ("dates", "start"))
    )
    numbers = {key: number for number, key in enumerate(dict.fromkeys(map(_entity, mentions)))}
    places = {quote["quote_id"]: place for place, quote in enumerate(quotes)}
    return Article(
        text=row["text"],
        blocks=tuple(Block(BlockKind(block["kind"]), block["start"], block["end"]) for block in row["blocks"] or ()),
        body=row["body"] or "",
        publication=_publication(row),
        dates=tuple(map(_date, dates)),
        mentions=tuple(_mention(mention, numbers) for mention in mentions),
        quotes=tuple(_quote(quote, places, mentions, numbers) for quote in quotes),
    )


def _entity(mention: Row) -> tuple[str | None, str]:
    return mention["entity_id"], mention["name"]


def _publication(row: Row) -> Publication:
    known = {field.name: row[field.name] for field in fields(Publication)}
    precision, method = known["date_published_precision"], known["date_published_method"]
    return Publication(
        **{
            **known,
            "authors": tuple(known["authors"] or ()),
            "date_published_precision": Precision(precision) if precision else None,
            "date_published_method": DateMethod(method) if method else None,
        }
    )


def _date(row: Row) -> TimeExpression:
    known = {field.name: row[field.name] for field in fields(TimeExpression)}
    return TimeExpression(**{**known, "timex_type": TimexType(row["timex_type"])})


def _mention(row: Row, numbers: Mapping[tuple[str | None, str], int]) -> Mention:
    return Mention(
        row["start"], row["end"], EntityType(row["entity_type"]), row["name"], row["confidence"], numbers[_entity(row)]
    )


def _quote(
    row: Row, places: Mapping[str, int], mentions: Sequence[Row], numbers: Mapping[tuple[str | None, str], int]
) -> Quote:
    of_entity = {mention["entity_id"]: numbers[_entity(mention)] for mention in mentions}
    precision = row["date_said_precision"]
    return Quote(
        quote_type=QuoteType(row["quote_type"]),
        content=row["content"],
        content_spans=tuple(Span(span["start"], span["end"]) for span in row["content_spans"]),
        cue=_span(row, "cue"),
        speaker=_span(row, "speaker"),
        speaker_name=row["speaker_name"],
        speaker_local_id=of_entity.get(row["speaker_entity_id"]),
        speaker_kind=SpeakerKind(row["speaker_kind"]),
        speaker_role=row["speaker_role"],
        medium=row["medium"],
        date_said=row["date_said"],
        date_said_precision=Precision(precision) if precision else None,
        parent=places.get(row["parent_quote_id"]),
        confidence=row["confidence"],
        speaker_confidence=row["speaker_confidence"],
        speaker_candidates=tuple(
            SpeakerCandidate(found["name"], of_entity.get(found["entity_id"]), found["probability"])
            for found in row["speaker_candidates"] or ()
        ),
        report_kind=ReportKind(row["report_kind"] or ReportKind.SPEECH),
    )


def _span(row: Row, name: str) -> Span | None:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    return None if start is None else Span(start, end)
