"""The vocabulary: every kind of thing that is found in an article, and the article that holds them.

Offsets are code points into `Article.text`, end exclusive. Everything here is frozen; a step takes what it needs
and returns new values. The vocabularies (block kinds, entity types, quote types, ...) are declared here and nowhere
else: tables, expectations and documentation derive from them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from onrecord.document.markup import without_links
from onrecord.document.words import LETTERS_OR_DIGITS
from onrecord.files.source import Metadata as Metadata
from onrecord.files.source import Precision as Precision

#: A tag of markup, or what a transcript sets in brackets: a line for itself, or capitals.
_MARKUP = re.compile(
    r"<[^<>\n]{1,200}>|^[ \t]*(?:\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\])[ \t]*$|[(\[][A-Z ]{1,40}[)\]]", re.MULTILINE
)


class BlockKind(StrEnum):
    """What a stretch of the raw text is. Every non-blank character belongs to exactly one block."""

    HEADLINE = "headline"
    ALTERNATIVE_HEADLINE = "alternative_headline"
    BYLINE = "byline"
    DATE = "date"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    HEADING = "heading"
    PULL_QUOTE = "pull_quote"
    CAPTION = "caption"
    CREDIT = "credit"
    AUTHOR_NOTE = "author_note"
    RELATED = "related"
    LIVE_ENTRY = "live_entry"
    COMMENT = "comment"
    NAVIGATION = "navigation"
    BOILERPLATE = "boilerplate"
    URL = "url"


#: Blocks of the site that stand around a story.
SITE_KINDS = frozenset({BlockKind.BOILERPLATE, BlockKind.NAVIGATION})

#: Blocks of display copy: what the desk writes over and beside the story. A standfirst is not, which may be its lead.
DISPLAY_KINDS = frozenset({BlockKind.HEADLINE, BlockKind.HEADING, BlockKind.CAPTION})

#: Blocks of the story's running text: its sentences, without those that only repeat one (a pull quote).
STORY_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.LIVE_ENTRY})

#: Blocks that `body` is made of.
BODY_KINDS = STORY_KINDS | {BlockKind.HEADING}

#: Blocks that hold the article's own sentences: these, and only these, are read for names, dates and quotes.
READ_KINDS = BODY_KINDS | {BlockKind.HEADLINE, BlockKind.ALTERNATIVE_HEADLINE, BlockKind.CAPTION}

#: Time expressions stand in these too: "Posted on Monday, May 6", "BRIDGETON, May 6 (Agency) -".
DATED_KINDS = READ_KINDS | {BlockKind.DATE, BlockKind.DATELINE, BlockKind.BYLINE}


class EntityType(StrEnum):
    """PERSON, ORG, LOC (places, countries, facilities), NORP (nationalities, religious, political groups), MISC."""

    PERSON = "PERSON"
    ORG = "ORG"
    LOC = "LOC"
    NORP = "NORP"
    MISC = "MISC"


class QuoteType(StrEnum):
    """Direct: the speaker's own words between marks; mixed: indirect with quoted words; indirect: no quoted words."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class ReportKind(StrEnum):
    """What is reported of the source: words spoken or written, or what it thinks, perceives, does or will not say.

    `headline` is what a headline, heading or caption says that somebody says: the desk's summary of the story's own
    report, no report beside it.
    """

    SPEECH = "speech"
    WRITING = "writing"
    THOUGHT = "thought"
    PERCEPTION = "perception"
    ACT = "act"
    REFUSAL = "refusal"
    HEADLINE = "headline"


#: The kinds that are words of the source.
SPOKEN_KINDS = (ReportKind.SPEECH, ReportKind.WRITING)


class SpeakerKind(StrEnum):
    """Who a source is; `none` where the text gives no source at all."""

    PERSON = "person"
    ORGANIZATION = "organization"
    UNNAMED_PERSON = "unnamed_person"
    UNNAMED_GROUP = "unnamed_group"
    AUTHOR = "author"
    NONE = "none"


class TimexType(StrEnum):
    """The four types of TimeML's TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class DateMethod(StrEnum):
    """Where a publication date comes from, most trusted first."""

    METADATA = "metadata"
    HEADER = "header"
    URL = "url"
    DATELINE = "dateline"
    INFERRED = "inferred"


class Stretch(Protocol):
    """Whatever begins and ends in the text: a span, a mention, a time expression."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of the text, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def meets(self, other: Stretch) -> bool:
        """Whether they have a character in common, or one is empty and stands between two of the other's."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Stretch) -> bool:
        """Whether all of the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A labelled stretch of the text, without white space at its edges."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Publication:
    """By whom, where and when an article was published; null where the evidence does not give it."""

    headline: str | None = None
    alternative_headline: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    agency: str | None = None
    dateline: str | None = None
    located: str | None = None
    url: str | None = None
    language: str | None = None
    date_published: dt.date | None = None
    date_published_precision: Precision | None = None
    date_published_method: DateMethod | None = None
    date_not_before: dt.date | None = None
    date_not_after: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One TIMEX3. `date_from`..`date_to` is the calendar interval meant, both inclusive; null if not anchored.

    `confidence` is the probability that the words tell a time and that the value is the one meant.
    """

    start: int
    end: int
    timex_type: TimexType
    value: str
    mod: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name as the tagger saw it. `score` is the probability that span and type are both right."""

    start: int
    end: int
    entity_type: EntityType
    score: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as the tagger saw it: what is said, by which words, by whom.

    `content` has several spans where the attribution interrupts it. `cue` and `source` are null where the text
    near the content has none. The scores are probabilities that the span (all of its edges) is right; `score` that
    the whole linked triple is. `speech_score` is the probability that the cue is one of speech or writing, and not of
    a thought or a deed; null where the tagger does not tell.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    score: float
    content_score: float = 1.0
    cue_score: float = 1.0
    source_score: float = 1.0
    speech_score: float | None = None


@dataclass(frozen=True, slots=True)
class Tagging:
    """All that the tagger found in one article, in reading order.

    `possible` are attributions whose cue the tagger does not take for one, but has not ruled out either.
    """

    names: tuple[NameSpan, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    possible: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in an article, with `name`, its fullest form in the article, and the roles given beside it.

    Mentions of one person, place or organisation share `name` and `entity_type`; two people of one name in an
    article (a father and a son) are told apart by `local_id`, which numbers the article's entities from 0.
    """

    start: int
    end: int
    entity_type: EntityType
    name: str
    confidence: float
    local_id: int
    roles: tuple[str, ...] = ()


def content_of(text: str, spans: Sequence[Span]) -> str:
    """The pieces of a quote in one string: parted by " … " where words stand between them, else by a blank.

    Words between are those of an attribution ("We stay," *said Orla Venn*, "and fight"); marks, line breaks, tags of
    markup and what a transcript remarks ("(APPLAUSE)") are none. Link targets are left out.
    """
    joined = "".join(
        without_links(piece.of(text)) + (" … " if _has_words(text[piece.end : after.start]) else " ")
        for piece, after in pairwise(spans)
    )
    return joined + without_links(spans[-1].of(text)) if spans else ""


def _has_words(between: str) -> bool:
    return LETTERS_OR_DIGITS.search(_MARKUP.sub("", without_links(between))) is not None


@dataclass(frozen=True, slots=True)
class SpeakerCandidate:
    """One whom the text may mean as the speaker; `local_id` is the `Mention.local_id`, null where no mention is."""

    name: str
    local_id: int | None
    probability: float


@dataclass(frozen=True, slots=True)
class Quote:
    """One attribution (somebody said something), ready to be a row. Spans point into the article's text.

    `speaker_local_id` is the `Mention.local_id` of the speaker, null where the source is not a named one.
    `speaker_confidence` is the calibrated probability that it is this speaker, null where no name is given;
    `speaker_candidates` are at most three, most probable first, also where none was sure enough to be given.
    `parent` is the index in `Article.quotes` of the quote that this one is nested in.
    """

    quote_type: QuoteType
    content: str
    content_spans: tuple[Span, ...]
    cue: Span | None
    speaker: Span | None
    speaker_name: str | None
    speaker_local_id: int | None
    speaker_kind: SpeakerKind
    speaker_role: str | None
    medium: str | None
    date_said: dt.date | None
    date_said_precision: Precision | None
    parent: int | None
    confidence: float
    speaker_confidence: float | None = None
    speaker_candidates: tuple[SpeakerCandidate, ...] = ()
    report_kind: ReportKind = ReportKind.SPEECH


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """One article, read. `text` is the decoded file, unchanged; `body` its prose without boilerplate."""

    text: str
    blocks: tuple[Block, ...] = ()
    body: str = ""
    publication: Publication = field(default_factory=Publication)
    dates: tuple[TimeExpression, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def word_count(self) -> int:
        return len(self.body.split())

    def __repr__(self) -> str:
        facts = self.publication
        known = ", ".join(str(fact) for fact in (facts.headline, facts.publisher, facts.date_published) if fact)
        counts = f"{len(self.quotes)} quotes, {len(self.mentions)} names, {len(self.dates)} dates"
        return f"<Article {known or 'without headline'}: {counts}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the text with what was found in it marked, and the quotes."""
        from onrecord.document.html import article_html

        return article_html(self)
