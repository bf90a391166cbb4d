"""An invented article as a tagger and annotators would have it."""

from __future__ import annotations

from typing import Any

from benchmarks.annotated import GROUPS, Article
from onrecord.document.article import Attribution, EntityType, NameSpan, Span, Tagging
from onrecord.files.source import Source
from onrecord.reading import outline

TEXT = (
    "A dispute in the harbour\n\n"
    "The Corran Herald reported that the quay sinks. The Harbour Board denies it. "
    'The newspaper said: "We stand by it."\n'
)


def span(words: str) -> Span:
    """Where the words first stand in the text."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def article(speaker: str | None = "The Corran Herald", kind: str | None = None, **more: object) -> Article:
    """An article of three reports, of which that of "the newspaper" is annotated.

    :param more: what the annotated row has or has otherwise.
    """
    names = ("The Corran Herald", "The Harbour Board")
    content, source = span("We stand by it."), span("The newspaper")
    tagging = Tagging(
        tuple(NameSpan(span(n).start, span(n).end, EntityType.ORG, 0.99) for n in names),
        (
            Attribution(
                (span("the quay sinks"),), span("reported"), span("The Corran Herald"), 0.95, speech_score=0.95
            ),
            Attribution((content,), span("said"), source, 0.95, speech_score=0.95),
        ),
    )
    row: dict[str, Any] = {
        "type": "direct",
        "kind": kind or ("org" if speaker else "unnamed_group"),
        "source": [[source.start, source.end]],
        "cue": [[span("said").start, span("said").end]],
        "content": [[content.start, content.end]],
        "speaker": speaker,
        **more,
    }
    gold = {"id": "invented", "text": TEXT, "fold": 1, "people": [], "attributions": [row]}
    return Article(gold, GROUPS[1], *outline(Source(TEXT)), tagging)
