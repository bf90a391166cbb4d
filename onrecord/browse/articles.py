"""An article for its page: text with marks, quotes with what decided, and its copies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.browse.reader import View
from onrecord.document.article import BlockKind
from onrecord.document.html import FOLDED_KINDS
from onrecord.document.marking import Mark, Piece, pieces
from onrecord.warehouse.search.documents import full_text
from onrecord.warehouse.search.find import article_documents
from onrecord.warehouse.tables import UNKNOWN_MONTH

_WITH_TEXT = ("text", "body", "blocks")


@dataclass(frozen=True, slots=True)
class Shown:
    """One block of the text, in pieces. `folded`: it is not of the article."""

    kind: str
    folded: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article: its row without text and blocks, its text in blocks, its quotes with their numbers, its dates."""

    article: dict[str, Any]
    blocks: tuple[Shown, ...]
    quotes: tuple[dict[str, Any], ...]
    dates: tuple[dict[str, Any], ...]


def article_page(view: View, article_id: str) -> ArticlePage | None:
    """The page of an article; null where the snapshot has no such article."""
    document = article_documents(view.index, view.snapshot, [article_id]).get(article_id)
    if document is None:
        return None
    month = (document["date_published"] or UNKNOWN_MONTH)[:7]
    of_article = [article_id, month]
    (article,) = view.rows(
        f"select * exclude ({', '.join(_WITH_TEXT)}) from articles where article_id = ? and month = ?", of_article
    )
    rows = {
        table: view.rows(f"from {table} where article_id = ? and month = ? order by {order}", of_article)
        for table, order in (("quotes", "quote_index"), ("mentions", "start"), ("dates", "start"))
    }
    quotes = tuple({**quote, "number": number} for number, quote in enumerate(rows["quotes"], 1))
    marks = list(_marks(quotes, rows["mentions"], rows["dates"]))
    text = full_text(document["text"])
    blocks = json.loads(document["blocks"]) or [[BlockKind.PARAGRAPH.value, 0, len(text)]]
    shown = tuple(
        Shown(kind, kind in FOLDED_KINDS, tuple(pieces(text, start, end, marks))) for kind, start, end in blocks
    )
    return ArticlePage(article, shown, quotes, tuple(rows["dates"]))


def copies_of(view: View, article_id: str) -> list[dict[str, Any]]:
    """The articles of the cluster that an article is in, the earliest first; none where it has no copies."""
    return view.rows(
        """
        select article_id, headline, publisher, agency, date_published, source_path, word_count, copy_of
        from articles
        where copy_cluster_id = (select copy_cluster_id from articles where article_id = ?)
        order by copy_of is not null, date_published nulls last, source_path
        """,
        [article_id],
    )


def _marks(
    quotes: Sequence[dict[str, Any]], mentions: Sequence[dict[str, Any]], dates: Sequence[dict[str, Any]]
) -> Iterator[Mark]:
    for quote in quotes:
        for place, span in enumerate(quote["content_spans"]):
            number = quote["number"] if place == 0 else None
            yield Mark(span["start"], span["end"], "content", number=number)
        for kind in ("speaker", "cue"):
            if quote[f"{kind}_start"] is not None:
                yield Mark(quote[f"{kind}_start"], quote[f"{kind}_end"], kind)
    for mention in mentions:
        link = f"/entity/{mention['entity_id']}" if mention["entity_id"] else None
        yield Mark(mention["start"], mention["end"], "name", link)
    for date in dates:
        yield Mark(date["start"], date["end"], "date")
