"""Reads an article from its text to its quotes, package by package.

    text → blocks → publication facts → names and attributions (the tagger) → dates, mentions → quotes

`read` reads one article; `read_many` reads several, which the tagger takes together.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.coreference import find_mentions
from onrecord.dates import find_dates
from onrecord.document.article import Article, EntityType, Metadata, Publication, Span, Tagging
from onrecord.document.document import Document
from onrecord.files.source import Source
from onrecord.layout import body, segment
from onrecord.lexicon.numeric_dates import day_first
from onrecord.publication import publication
from onrecord.publication.second_story import second_story
from onrecord.quotes import find_quotes
from onrecord.quotes.find import speaker_reasons as reasons_of_speakers
from onrecord.quotes.speaker.explanation import Reason
from onrecord.tagger import Tagger, default_tagger

#: Only English is read for names, dates and quotes; other languages go through with blocks and publication facts.
SPOKEN = "en"
#: What may be named by the word for a day or a month.
_NAMED = frozenset({EntityType.PERSON, EntityType.ORG})


def read(
    text: str,
    *,
    metadata: Metadata | None = None,
    published: dt.date | None = None,
    tagger: Tagger | None = None,
    boilerplate: frozenset[int] = frozenset(),
) -> Article:
    """One article from its raw text.

    `published` is shorthand for metadata that knows only the date of publication. `tagger` is the shipped one unless
    another is given. All offsets in the result are code points into `text`. Any string is read; none raises.

    >>> article = read("Mayor Ada Quill said on Monday that the bridge is safe.", published=dt.date(2024, 5, 8))
    >>> [(quote.speaker_name, quote.content, str(quote.date_said)) for quote in article.quotes]
    [('Ada Quill', 'the bridge is safe', '2024-05-06')]
    """
    return read_many([Source(text, _with_day(metadata, published), boilerplate)], tagger or shipped_tagger())[0]


def _with_day(metadata: Metadata | None, published: dt.date | None) -> Metadata | None:
    """The metadata, with a day of publication that is believed over its own."""
    return metadata if published is None else replace(metadata or Metadata(), date_published=published)


def read_many(sources: Sequence[Source], tagger: Tagger) -> list[Article]:
    """Several articles, in order; each comes out as it would alone."""
    return list(read_each(sources, tagger))


def read_each(sources: Sequence[Source], tagger: Tagger) -> Iterator[Article]:
    """As `read_many`: what is done for all together is done at the call, the rest of each when it is asked for."""
    outlines = [outline(source) for source in sources]
    spoken = [i for i, (_, facts) in enumerate(outlines) if is_read(facts.language)]
    tagged = tagger.tag([outlines[i][0] for i in spoken])
    tagging = dict(zip(spoken, tagged, strict=True))
    return (_finish(document, facts, tagging.get(i)) for i, (document, facts) in enumerate(outlines))


def speaker_reasons(
    text: str, *, metadata: Metadata | None = None, published: dt.date | None = None
) -> tuple[tuple[Reason, ...], ...]:
    """For each quote that :func:`read` gives, why its first candidate for the speaker is ranked before the next."""
    source = Source(text, _with_day(metadata, published))
    document, facts = outline(source)
    if not is_read(facts.language):
        return ()
    tagging = shipped_tagger().tag([document])[0]
    return reasons_of_speakers(document, tagging, find_mentions(document, tagging.names), facts)


def is_read(language: str | None) -> bool:
    """Whether an article of this language (BCP 47; null where unknown) is read for names, dates and quotes."""
    return language is None or language.split("-")[0] == SPOKEN


@cache
def shipped_tagger() -> Tagger:
    """The shipped tagger, loaded once a process."""
    return default_tagger()


def outline(source: Source) -> tuple[Document, Publication]:
    """The document and publication facts of a source: reading as far as it needs no tagger."""
    address = source.metadata.url if source.metadata else None
    blocks = segment(source.text, boilerplate=source.boilerplate, address=address)
    return Document(source.text, blocks), publication(source.text, blocks, source.metadata)


def _finish(document: Document, facts: Publication, tagging: Tagging | None) -> Article:
    text, blocks = document.text, document.blocks
    article = Article(text=text, blocks=blocks, body=body(text, blocks), publication=facts)
    if tagging is None:
        return article
    mentions = find_mentions(document, tagging.names)
    dates = find_dates(
        text,
        document.dated,
        facts.date_published,
        precision=facts.date_published_precision,
        day_first=day_first(facts.url, facts.publisher),
        names=[Span(mention.start, mention.end) for mention in mentions if mention.entity_type in _NAMED],
        until=second_story(text, blocks, facts.date_published),
    )
    quotes = find_quotes(document, tagging, mentions, dates, facts)
    return replace(article, dates=dates, mentions=mentions, quotes=quotes)
