"""`onrecord read FILE`: an article as the library sees it, as marked text, as a list of quotes, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.text import Text

from onrecord.document.article import Article, Quote

if TYPE_CHECKING:
    from onrecord.quotes.speaker.explanation import Reason

STYLES = {
    "name": "cyan",
    "date": "yellow",
    "content": "green",
    "cue": "magenta",
    "speaker": "bold cyan",
    "boilerplate": "dim",
}


def marked(article: Article) -> Text:
    """The raw text with its names, dates and quotes coloured, and what is no prose dimmed."""
    text = Text(article.text)
    prose = {"paragraph", "headline", "alternative_headline", "heading", "caption"}
    for block in article.blocks:
        if block.kind.value not in prose:
            text.stylize(STYLES["boilerplate"], block.start, block.end)
    for mention in article.mentions:
        text.stylize(STYLES["name"], mention.start, mention.end)
    for date in article.dates:
        text.stylize(STYLES["date"], date.start, date.end)
    for quote in article.quotes:
        for span in quote.content_spans:
            text.stylize(STYLES["content"], span.start, span.end)
        if quote.cue:
            text.stylize(STYLES["cue"], quote.cue.start, quote.cue.end)
        if quote.speaker:
            text.stylize(STYLES["speaker"], quote.speaker.start, quote.speaker.end)
    return text


def facts(article: Article) -> list[tuple[str, str]]:
    """What is known of the publication, as label and value; only what is known."""
    known = asdict(article.publication)
    return [
        (name, ", ".join(value) if isinstance(value, tuple) else str(value)) for name, value in known.items() if value
    ]


def quote_line(quote: Quote) -> str:
    """One quote on one line: who, when, to whom, how sure; then the words."""
    who = quote.speaker_name or f"({quote.speaker_kind.value.replace('_', ' ')})"
    around = [quote.speaker_role, quote.medium and f"to {quote.medium}", quote.date_said and str(quote.date_said)]
    told = "; ".join(part for part in around if part)
    content = " ".join(quote.content.split())
    return f"{who}{f' [{told}]' if told else ''} ({quote.quote_type.value}, {quote.confidence:.2f}): {content}"


def why_line(quote: Quote, reasons: Sequence[Reason]) -> str:
    """Who may speak a quote, with probabilities, and what put the first before the next."""
    candidates = ", ".join(f"{c.name} {c.probability:.2f}" for c in quote.speaker_candidates) or "nobody named"
    decided = ", ".join(f"{reason.group} {reason.weight:+.1f}" for reason in reasons)
    return f"{candidates}{f' (decided by {decided})' if decided else ''}"


def as_json(article: Article) -> str:
    """The whole article as JSON, offsets included."""
    return json.dumps(asdict(article), default=str, ensure_ascii=False, indent=1)
