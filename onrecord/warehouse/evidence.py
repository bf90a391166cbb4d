"""Validation, the evidence half: what the text itself says of each row, as columns beside the row's own.

The suites in `expectations/` are plain comparisons (this column equals that one, this one is true). What has to be
looked up in the text for them is computed here, once, from the tables' frames. Pure: frames in, frames out.
Evidence columns are never stored; their names are declared in `EVIDENCE`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from onrecord.document.article import QuoteType, ReportKind, Span, content_of
from onrecord.document.quotations import quotations
from onrecord.document.words import ACCOUNT
from onrecord.warehouse.corrections.table import CORRECTABLE

#: Evidence columns of each table, with what they say. Expectations may name these beside the table's own columns.
EVIDENCE: dict[str, dict[str, str]] = {
    "articles": {
        "article_id_of_path": "the id that `source_path` and `source_part` give",
        "blocks_cover_text": "blocks are in order, do not overlap, and hold every non-blank character",
        "headline_is_known": "the headline stands in the text, or the metadata gave it",
        "dateline_in_text": "the dateline stands in the text",
        "published_year": "the year of `date_published`",
        "published_days_ahead": "days from the day of the run to `date_published`",
        "bounds_are_ordered": "`date_not_before` is not after `date_not_after`",
        "corrected_by_correction": "`corrected` says whether a correction stands in the row",
    },
    "quotes": {
        "article_exists": "an article of that id is in the batch or the warehouse",
        "content_in_text": 'the pieces at `content_spans`, with " … " where words part them, are `content`',
        "spans_are_ordered": "content spans are not empty, in order, and do not overlap",
        "cue_at_span": "the text from `cue_start` to `cue_end`",
        "speaker_at_span": "the text from `speaker_start` to `speaker_end`",
        "direct_is_marked": "the quote is not direct, or stands in marks, behind label and colon or before a credit",
        "speaker_name_in_article": "the name stands in the article, is one of its authors, or an editor gave it",
        "named_only_if_named": "`speaker_name` is null for an unnamed source",
        "sure_if_named": "`speaker_confidence` is null where `speaker_name` is",
        "candidates_are_ranked": "`speaker_candidates` are at most three, most probable first",
        "refusal_has_no_words": "the row is no refusal, or has no quoted words",
        "parent_exists": "the parent is a quote of the same article",
        "said_days_ahead": "days from the day of the run to `date_said`",
        "corrected_by_correction": "`corrected` says whether a correction stands in the row",
    },
    "mentions": {
        "article_exists": "an article of that id is in the batch or the warehouse",
        "text_at_span": "the article's text from `start` to `end`",
        "length": "`end` minus `start`",
        "name_in_article": "the fullest form stands in the article",
    },
    "dates": {
        "article_exists": "an article of that id is in the batch or the warehouse",
        "text_at_span": "the article's text from `start` to `end`",
        "length": "`end` minus `start`",
        "interval_is_whole": "`date_from` and `date_to` are both null, or in order",
    },
    "entities": {
        "name_not_in_aliases": "the canonical name is not repeated among the aliases",
        "seen_in_order": "`first_seen` is not after `last_seen`",
        "did_not_absorb_itself": "`entity_id` is not among `merged_ids`",
    },
    "corrections": {
        "column_is_correctable": "the table's rows can be corrected in that column",
        "values_are_json": "`old_value` and `new_value` are JSON, or null",
        "article_is_named": "`article_id` is null for an entity, and for nothing else",
    },
}


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def is_null(value: object) -> bool:
    """Null in any of the ways that pandas has for it."""
    return value is None or value is pd.NaT or (isinstance(value, float) and value != value)


def at_span(text: str, start: object, end: object) -> str | None:
    """The text at a pair of offsets; null where they are null, empty where they lie outside the text."""
    if is_null(start) or is_null(end):
        return None
    begin, stop = int(start), int(end)  # type: ignore[call-overload]
    return text[begin:stop] if 0 <= begin <= stop <= len(text) else ""


def blocks_cover(text: str, blocks: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the blocks are in order, apart, and leave only white space outside themselves."""
    position = 0
    for block in blocks:
        start, end = int(block["start"]), int(block["end"])
        if start < position or end <= start or end > len(text) or text[position:start].strip():
            return False
        position = end
    return not text[position:].strip()


def fold(text: str) -> str:
    """White space of any kind and length becomes one space: names break over lines."""
    return " ".join(text.split())


def article_evidence(frame: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """The evidence columns of `articles`, row for row."""
    rows = records(frame)
    return pd.DataFrame(
        {
            "article_id_of_path": [_article_id(row["source_path"], row["source_part"]) for row in rows],
            "blocks_cover_text": [blocks_cover(row["text"], row["blocks"]) for row in rows],
            "headline_is_known": [_stands_in(row["headline"], row) for row in rows],
            "dateline_in_text": [_stands_in(row["dateline"], row) for row in rows],
            "published_year": [None if is_null(row["date_published"]) else row["date_published"].year for row in rows],
            "published_days_ahead": [_days_ahead(row["date_published"], today) for row in rows],
            "bounds_are_ordered": [_in_order(row["date_not_before"], row["date_not_after"]) for row in rows],
            "corrected_by_correction": [_is_corrected(row) for row in rows],
        },
        index=frame.index,
    )


def _are_ranked(candidates: Sequence[Mapping[str, Any]] | None) -> bool:
    """Whether candidates are at most three probabilities that do not rise."""
    chances = [] if candidates is None else [float(candidate["probability"]) for candidate in candidates]
    falling = all(first >= second for first, second in pairwise(chances))
    return len(chances) <= 3 and falling and all(0 <= chance <= 1 for chance in chances)


def quote_evidence(frame: pd.DataFrame, articles: Mapping[str, Mapping[str, Any]], today: dt.date) -> pd.DataFrame:
    """The evidence columns of `quotes`. `articles` maps each id to its row of the articles table."""
    ids_of = frame.groupby("article_id")["quote_id"].agg(set).to_dict()
    marked = {str(key): _marked(articles[str(key)]) for key in ids_of if key in articles}
    found: list[dict[str, Any]] = []
    for row in records(frame):
        article = articles.get(row["article_id"])
        text = article["text"] if article else ""
        spans = [(int(s["start"]), int(s["end"])) for s in row["content_spans"]]
        found.append(
            {
                "article_exists": article is not None,
                "content_in_text": fold(content_of(text, [Span(s, e) for s, e in spans])) == fold(row["content"]),
                "spans_are_ordered": _ordered(spans, len(text)),
                "cue_at_span": at_span(text, row["cue_start"], row["cue_end"]),
                "speaker_at_span": at_span(text, row["speaker_start"], row["speaker_end"]),
                "direct_is_marked": row["quote_type"] != QuoteType.DIRECT
                or _inside(spans, marked.get(row["article_id"], []))
                or _is_turn(row, spans, text)
                or _is_post(row, spans, text),
                "speaker_name_in_article": bool(row["corrected"]) or _name_stands_in(row["speaker_name"], article),
                "named_only_if_named": is_null(row["speaker_name"])
                or row["speaker_kind"] in ("person", "organization", "author"),
                "sure_if_named": is_null(row["speaker_confidence"]) or not is_null(row["speaker_name"]),
                "candidates_are_ranked": _are_ranked(row["speaker_candidates"]),
                "refusal_has_no_words": row["report_kind"] != ReportKind.REFUSAL
                or row["quote_type"] == QuoteType.INDIRECT,
                "parent_exists": is_null(row["parent_quote_id"]) or row["parent_quote_id"] in ids_of[row["article_id"]],
                "said_days_ahead": _days_ahead(row["date_said"], today),
                "corrected_by_correction": _is_corrected(row),
            }
        )
    return pd.DataFrame(found, index=frame.index, columns=list(EVIDENCE["quotes"]))


def _is_turn(row: Mapping[str, Any], spans: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether a quote is a transcript's turn: label, colon, words."""
    labelled = not is_null(row["cue_start"]) and row["speaker_end"] == row["cue_start"]
    colon = labelled and at_span(text, row["cue_start"], row["cue_end"]) == ":"
    return bool(colon and spans and spans[0][0] > row["cue_end"])


#: Between the words of a post and who wrote it: links, and the dash of the credit.
_BEFORE_CREDIT = re.compile(r"[^\w\n]*?\s*(?:(?:https?://|pic\.|t\.co/|[#@])\S+\s*)*(?:-{1,2}|[–—―])\s?")


def _is_post(row: Mapping[str, Any], spans: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether the words stand before the credit of a post: ``We are open. — Orla Venn (@orla)``."""
    if is_null(row["speaker_start"]) or not spans:
        return False
    start, end = int(row["speaker_start"]), int(row["speaker_end"])
    credited = _BEFORE_CREDIT.fullmatch(text, spans[-1][1], start) is not None
    return credited and ACCOUNT.match(text, end) is not None


def mention_evidence(frame: pd.DataFrame, articles: Mapping[str, Mapping[str, Any]], _today: dt.date) -> pd.DataFrame:
    """The evidence columns of `mentions`."""
    found = [
        {
            **_span_evidence(row, articles),
            "name_in_article": _name_stands_in(row["name"], articles.get(row["article_id"])),
        }
        for row in records(frame)
    ]
    return pd.DataFrame(found, index=frame.index, columns=list(EVIDENCE["mentions"]))


def date_evidence(frame: pd.DataFrame, articles: Mapping[str, Mapping[str, Any]], _today: dt.date) -> pd.DataFrame:
    """The evidence columns of `dates`."""
    found = [
        {
            **_span_evidence(row, articles),
            "interval_is_whole": is_null(row["date_from"]) == is_null(row["date_to"])
            and _in_order(row["date_from"], row["date_to"]),
        }
        for row in records(frame)
    ]
    return pd.DataFrame(found, index=frame.index, columns=list(EVIDENCE["dates"]))


def entity_evidence(frame: pd.DataFrame) -> pd.DataFrame:
    """The evidence columns of `entities`."""
    rows = records(frame)
    return pd.DataFrame(
        {
            "name_not_in_aliases": [row["name"] not in list(row["aliases"]) for row in rows],
            "seen_in_order": [_in_order(row["first_seen"], row["last_seen"]) for row in rows],
            "did_not_absorb_itself": [row["entity_id"] not in list(row["merged_ids"]) for row in rows],
        },
        index=frame.index,
    )


def correction_evidence(frame: pd.DataFrame) -> pd.DataFrame:
    """The evidence columns of `corrections`."""
    rows = records(frame)
    columns = {table.value: {column.value for column in columns} for table, columns in CORRECTABLE.items()}
    return pd.DataFrame(
        {
            "column_is_correctable": [row["column"] in columns.get(row["table"], set()) for row in rows],
            "values_are_json": [_is_json(row["old_value"]) and _is_json(row["new_value"]) for row in rows],
            "article_is_named": [is_null(row["article_id"]) == (row["table"] == "entities") for row in rows],
        },
        index=frame.index,
    )


#: Tables whose rows are checked against the article that they came from.
ARTICLE_PARTS: dict[str, Callable[[pd.DataFrame, Mapping[str, Mapping[str, Any]], dt.date], pd.DataFrame]] = {
    "quotes": quote_evidence,
    "mentions": mention_evidence,
    "dates": date_evidence,
}


def _article_id(source_path: str, source_part: object) -> str:
    from onrecord.files.parts import source_key
    from onrecord.warehouse.rows import article_id

    return article_id(source_key(source_path, None if is_null(source_part) else str(source_part)))


def _span_evidence(row: Mapping[str, Any], articles: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    article = articles.get(row["article_id"])
    return {
        "article_exists": article is not None,
        "text_at_span": at_span(article["text"] if article else "", row["start"], row["end"]),
        "length": int(row["end"]) - int(row["start"]),
    }


def _stands_in(value: object, row: Mapping[str, Any]) -> bool:
    return is_null(value) or bool(row["metadata_sha256"]) or fold(str(value)) in fold(row["text"])


def _name_stands_in(name: object, article: Mapping[str, Any] | None) -> bool:
    if is_null(name):
        return True
    if article is None:
        return False
    return fold(str(name)) in fold(article["text"]) or name in list(article["authors"]) or name == article["publisher"]


def _days_ahead(day: Any, today: dt.date) -> int | None:
    return None if is_null(day) else (day - today).days


def _is_corrected(row: Mapping[str, Any]) -> bool:
    """Whether `corrected` agrees with the corrections that were applied."""
    ids = row["correction_ids"]
    return bool(row["corrected"]) == (not is_null(ids) and len(ids) > 0)


def _is_json(value: object) -> bool:
    try:
        json.loads(str(value))
    except ValueError:
        return is_null(value)
    return True


def _in_order(first: Any, last: Any) -> bool:
    return is_null(first) or is_null(last) or first <= last


def _ordered(spans: Sequence[tuple[int, int]], length: int) -> bool:
    position = 0
    for start, end in spans:
        if start < position or end <= start or end > length:
            return False
        position = end
    return bool(spans)


def _marked(article: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The stretches of an article that stand inside quotation marks."""
    passages = [Span(int(b["start"]), int(b["end"])) for b in article["blocks"]]
    return [(q.start, q.end) for q in quotations(article["text"], passages)]


def _inside(spans: Sequence[tuple[int, int]], marked: Sequence[tuple[int, int]]) -> bool:
    return all(any(start <= s and e <= end for start, end in marked) for s, e in spans)
