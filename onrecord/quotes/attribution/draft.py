"""A quote in the making: one attribution with its spans, before the speaker is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.document.article import QuoteType, ReportKind, Span


class Link(StrEnum):
    """How a quote came to its source."""

    TAGGER = "tagger"  # the tagger linked the triple
    TURN = "turn"  # a transcript's label
    POST = "post"  # the credit of a post of a social network
    PLAIN = "plain"  # a plain pattern of verbs and commas
    CONTINUED = "continued"  # no source beside it: the last speaker goes on
    INTRODUCED = "introduced"  # no source beside it: the paragraph before introduces the speaker
    NONE = "none"  # nobody


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution. `passage` numbers the passage in which its content begins.

    `continues` is the index of the draft whose speaker this one takes over, `parent` that of the draft around it; both
    count in the order in which the drafts stand. The scores are the tagger's (or a pattern's); `confidence` is the
    probability that this is a report of its kind with these words. A `doubtful` one is a row only where the models of
    reports take it for speech or writing.
    """

    contents: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    quote_type: QuoteType
    link: Link
    passage: int
    score: float
    content_score: float = 1.0
    cue_score: float = 1.0
    source_score: float = 1.0
    speech_score: float | None = None
    continues: int | None = None
    parent: int | None = None
    doubtful: bool = False
    report_kind: ReportKind = ReportKind.SPEECH
    confidence: float = 1.0

    @property
    def start(self) -> int:
        return self.contents[0].start

    @property
    def end(self) -> int:
        return self.contents[-1].end


def told_behind(drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """The drafts whose source stands in a later one, each with that one, by index, the last first.

    Paragraphs of a quotation of which only the last tells who speaks.
    """
    for index in reversed(range(len(drafts))):
        behind = drafts[index].continues
        if behind is not None and behind > index:
            yield index, behind
