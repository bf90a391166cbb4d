"""An article as HTML that stands alone: its text with quotes, speakers, names and dates marked, and its quotes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from onrecord.document.article import SITE_KINDS, Article, BlockKind, Quote
from onrecord.document.marking import Mark, Piece, pieces

#: How each kind of mark looks: the page of an article in `onrecord.browse` marks the same.
STYLES = {
    "content": "background: rgba(120, 180, 90, .28)",
    "speaker": "font-weight: 600",
    "cue": "font-style: italic",
    "name": "text-decoration: underline dotted",
    "date": "text-decoration: underline wavy rgba(128, 128, 128, .8) 1px",
}

#: Blocks that are shown folded: not the article's own.
FOLDED_KINDS = frozenset({*SITE_KINDS, BlockKind.RELATED, BlockKind.COMMENT})


def article_html(article: Article) -> str:
    """The article as HTML without scripts, links or requests; every word of it escaped."""
    facts = article.publication
    known = (facts.publisher, facts.date_published, ", ".join(facts.authors))
    about = " · ".join(escape(str(fact)) for fact in known if fact)
    marks = list(marks_of(article))
    blocks = [
        _block(block.kind, "".join(map(_piece, pieces(article.text, block.start, block.end, marks))))
        for block in article.blocks
    ]
    if not article.blocks:
        blocks = [_block(BlockKind.PARAGRAPH, "".join(map(_piece, pieces(article.text, 0, len(article.text), marks))))]
    quotes = "".join(f"<li>{_quote(quote)}</li>" for quote in article.quotes)
    listed = f"<ol>{quotes}</ol>" if quotes else ""
    title = f"<h4>{escape(facts.headline or 'Article')}</h4>"
    return f'<div style="max-width: 50em">{title}<p><small>{about}</small></p>{"".join(blocks)}{listed}</div>'


def marks_of(article: Article) -> Iterator[Mark]:
    """What is marked in an article's text."""
    for number, quote in enumerate(article.quotes, 1):
        for place, span in enumerate(quote.content_spans):
            yield Mark(span.start, span.end, "content", number=number if place == 0 else None)
        for kind, place_of in (("speaker", quote.speaker), ("cue", quote.cue)):
            if place_of is not None:
                yield Mark(place_of.start, place_of.end, kind)
    for mention in article.mentions:
        yield Mark(mention.start, mention.end, "name")
    for date in article.dates:
        yield Mark(date.start, date.end, "date")


def _piece(piece: Piece) -> str:
    numbers = "".join(f"<sup>{number}</sup>" for number in piece.numbers)
    style = "; ".join(STYLES[kind] for kind in piece.kinds)
    text = escape(piece.text)
    return numbers + (f'<span style="{style}">{text}</span>' if style else text)


def _block(kind: BlockKind, marked: str) -> str:
    shown = f'<p style="white-space: pre-wrap">{marked}</p>'
    name = kind.value.replace("_", " ")
    return f"<details><summary>{name}</summary>{shown}</details>" if kind in FOLDED_KINDS else shown


def _quote(quote: Quote) -> str:
    who = quote.speaker_name or f"({quote.speaker_kind.value.replace('_', ' ')})"
    sure = "" if quote.speaker_confidence is None else f", {quote.speaker_confidence:.0%}"
    around = [quote.speaker_role, quote.medium and f"to {quote.medium}", quote.date_said and str(quote.date_said)]
    told = "; ".join(escape(part) for part in around if part)
    return f"<b>{escape(who)}</b>{sure}{f' ({told})' if told else ''}: {escape(quote.content)}"
