"""When, where and by whom an article was published, from the best evidence that there is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from onrecord.dates.written import full_dates
from onrecord.document.article import (
    SITE_KINDS,
    STORY_KINDS,
    Block,
    BlockKind,
    Metadata,
    Publication,
)
from onrecord.files.language import language_of
from onrecord.files.source import make_date
from onrecord.layout.byline import Byline, is_person, read_byline, unopened_byline
from onrecord.layout.dateline import Dateline, find_dateline, lone_dateline
from onrecord.layout.line_rules import line_rule
from onrecord.layout.lines import plain
from onrecord.publication.authors import find_authors
from onrecord.publication.credits import credited_authors, followed_authors
from onrecord.publication.date_candidates import COPYRIGHT_YEAR
from onrecord.publication.published_date import PublishedDate, published_date
from onrecord.publication.publisher import agency_of, publisher_of

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_URL_PATH = re.compile(r"\w/(?=.*\w).{6,}$")
_AHEAD = re.compile(
    r"\b(?:will|would|shall|scheduled|expected|due|plan\w*|until|till|by|from|next|before|deadline|expir\w+|begin\w*|"
    r"coming|upcoming|ahead|future|(?-i:may)|to be|set (?:to|for)|slated|through|if)\b",
    re.IGNORECASE,
)
#: Words before a date that is only appointed: "a vote called for June 5, 2016".
_APPOINTED = (" for", " until", " of", " the", " to")
#: A story has begun where so many paragraphs longer than a teaser stand.
_BEGUN, _TEASER = 3, 100
_CONTINUED = re.compile(r"^(?:and|&|with)(?:\s+|$)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“‘(])")


def publication(text: str, blocks: Sequence[Block], metadata: Metadata | None = None) -> Publication:
    """The publication facts of an article from its blocks; what `metadata` says is believed over the text.

    A date of publication that nothing gives is null: dated captions, copyright years and dates in the story are only
    bounds (`date_not_before`, `date_not_after`).
    """
    known = metadata or Metadata()
    words = [(block.kind, plain(text[block.start : block.end])) for block in blocks]
    dateline = _dateline(words)
    url = known.url or _url(text, blocks)
    publisher = known.publisher or publisher_of(url, text, words)
    not_before, not_after = _bounds(words)
    date = published_date(words, known, url, dateline)
    not_before, not_after = _consistent(date, not_before, not_after)
    return Publication(
        headline=known.headline or _first(words, BlockKind.HEADLINE),
        alternative_headline=_first(words, BlockKind.ALTERNATIVE_HEADLINE),
        byline=known.byline or _byline(words),
        authors=known.authors or _authors(words, known),
        publisher=publisher,
        agency=known.agency or agency_of(words, publisher),
        dateline=dateline.printed if dateline else None,
        located=dateline.located if dateline else None,
        url=url,
        language=known.language or language_of(_prose(words)),
        date_published=date.date,
        date_published_precision=date.precision,
        date_published_method=date.method,
        date_not_before=not_before,
        date_not_after=not_after,
    )


_Words = list[tuple[BlockKind, str]]


def _first(words: _Words, kind: BlockKind) -> str | None:
    return next((line for found, line in words if found is kind), None)


def _prose(words: _Words) -> str:
    """A sample of the story for telling its language."""
    kinds = STORY_KINDS | {BlockKind.HEADLINE, BlockKind.ALTERNATIVE_HEADLINE}
    return "\n".join(line[:1000] for kind, line in words if kind in kinds)[:6000]


def _dateline(words: _Words) -> Dateline | None:
    """The dateline, which opens the story: what looks like one below is a note ("Corrected on May 3, 2021")."""
    at = next((i for i, (kind, _) in enumerate(words) if kind is BlockKind.DATELINE), len(words))
    told = sum(kind in STORY_KINDS and len(line) > _TEASER for kind, line in words[:at])
    line = words[at][1] if at < len(words) and told < _BEGUN else None
    # The dateline was cut from the sentence after it; a word in its place lets it be read again.
    return (lone_dateline(line) or find_dateline(f"{line} X")) if line else None


def _byline(words: _Words) -> str | None:
    """The byline as it is printed, of one of several lines ("Orla Venn" over "Staff Writer") the first."""
    lines = (_CONTINUED.sub("", line.strip(" |•·-–—,")) for kind, line in words if kind is BlockKind.BYLINE)
    return next((line for line in lines if line), None)


def _bare(line: str) -> Byline | None:
    return Byline(line, (line,)) if is_person(line) else None


def _authors(words: _Words, known: Metadata) -> tuple[str, ...]:
    """The people of a known byline; else those that the page names as authors, or who reported or are followed."""
    if known.byline:
        read = read_byline(known.byline) or unopened_byline(known.byline) or _bare(known.byline)
        return read.authors if read else ()
    if found := find_authors(words):
        return found
    credited = [name for kind, line in words if kind is BlockKind.CREDIT for name in credited_authors(line)]
    if credited:
        return tuple(dict.fromkeys(credited))
    followed = (name for kind, line in words if kind in SITE_KINDS for name in followed_authors(line))
    return tuple(dict.fromkeys(followed))


def _url(text: str, blocks: Sequence[Block]) -> str | None:
    """The article's address: one that a label announces, or the only one that stands at the page's head or foot.

    The address of a host alone, and one that the story's own words announce ("Full results:"), is another page's.
    """
    edges = {*range(4), *range(len(blocks) - 4, len(blocks))}
    labelled, alone = set(), set()
    for i, block in enumerate(blocks):
        match = _URL.search(text[block.start : block.end]) if block.kind is BlockKind.URL else None
        if not match or not _URL_PATH.search(match[0]):
            continue
        before = plain(text[blocks[i - 1].start : blocks[i - 1].end]) if i else ""
        rule = line_rule(before)
        if rule and rule.name == "address label":
            labelled.add(match[0].rstrip(".,;)"))
        elif i in edges and not before.endswith(":"):
            alone.add(match[0].rstrip(".,;)"))
    found = labelled or alone
    return found.pop() if len(found) == 1 else None


def _bounds(words: _Words) -> tuple[dt.date | None, dt.date | None]:
    """The latest day that the page knows of as past, and the end of its copyright year."""
    past = [
        written.date
        for line in _told_as_past(words)
        for written in full_dates(line)
        if not line[: written.start].rstrip().endswith(_APPOINTED)
    ]
    years = [int(match[1]) for kind, line in words if kind in SITE_KINDS for match in COPYRIGHT_YEAR.finditer(line)]
    ends = [end for year in years if (end := make_date(year, 12, 31))]
    return max(past, default=None), min(ends, default=None)


def _told_as_past(words: _Words) -> Iterator[str]:
    for kind, line in words:
        if kind is BlockKind.CAPTION:
            yield line
        elif kind in STORY_KINDS and re.search(r"\d{4}", line):
            # The stamps of embedded posts are another page's, in another time zone.
            yield from (s for s in _SENTENCE.split(line) if not (_AHEAD.search(s) or "@" in s or "<" in s))


def _consistent(
    published: PublishedDate, not_before: dt.date | None, not_after: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    """The bounds that do not contradict the date of publication, nor each other."""
    if published.date:
        not_before = not_before if not_before and not_before <= published.date else None
        not_after = not_after if not_after and not_after >= published.date else None
    elif not_before and not_after and not_before > not_after:
        return None, None
    return not_before, not_after
