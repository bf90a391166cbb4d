"""The tagger's triples and the exact marks, made to agree.

The tagger knows what is reported and by whom, but its edges slip; the marks are exact, but do not say who speaks.
Content that lies in quotation marks takes the marks' edges, and a quotation is never cut.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.document.article import Attribution, QuoteType, Span
from onrecord.document.document import Document, letters, overlap
from onrecord.document.quotations import Quotation
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.hearers import behind_accused, behind_hearer

_EDGE = " \t\n\r\u00a0,;:“”\"‘’'«»`„"
#: Where or when something was said, behind its source.
_TAIL = re.compile(
    r"\s(?:(?:in|during|at|via|through)\s(?:an?|the|his|her|their|its)\s(?:[\w-]+\s){0,3}?"
    r"(?:interview|briefing|conference|statement|hearing|speech|meeting|debate|rally|event|ceremony|tweet|post|email)\b"
    r"|(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z|(?:yesterday|today)\Z)"
)
#: What is left of a bracket: a party, a place, an age, a short aside.
_REST_OF_BRACKET = re.compile(r"[^()\n]{0,60}\)")
#: What ends in a stop that belongs to a name: ``Tam Quill Jr.``, ``Harbour Foods Inc.``
_ABBREVIATED = re.compile(r"\s(?:[JS]r|Inc|Ltd|Corp|Co|Bros)\Z")
_CURRENCIES = "$£€₹¥"
_THAT = re.compile(r"\bthat\s+\Z", re.IGNORECASE)
_MOSTLY = 0.8  # share of a content's letters between one pair of marks that makes it direct
#: What the next clause begins with, at the end of a content: ``the bridge was old, while``.
_HANGING = re.compile(r"(?:,\s(?:but\s)?(?:while|which|who|said|and|but|where|as)|\s(?:while|and|but))\Z")
_LONGEST_LEAD = 9  # words between a cue and the colon before a quotation


def stripped(text: str, span: Span, edges: str) -> Span:
    """`span` without the characters `edges` at its ends; empty where it has no others."""
    start, end = span.start, span.end
    while start < end and text[start] in edges:
        start += 1
    while end > start and text[end - 1] in edges:
        end -= 1
    return Span(start, end)


def trimmed(text: str, span: Span) -> Span:
    """`span` without white space, commas and quotation marks at its edges."""
    inner = stripped(text, span, _EDGE)
    return inner if inner.start < inner.end else span


def source_of(text: str, span: Span) -> Span:
    """A source without marks at its edges and without where or when it spoke: ``Orla Venn during a briefing``.

    Only behind a capitalised word: "a speaker at the hearing" is a source.
    """
    source = _whole(text, trimmed(text, span))
    tail = _TAIL.search(text, source.start, source.end)
    if tail is None or not text[source.start : tail.start()].split()[-1][0].isupper():
        return source
    return Span(source.start, tail.start())


def _whole(text: str, source: Span) -> Span:
    """A source that does not end inside a bracket or before its last sign: ``Orla Venn (D-Corran.)``, ``20%``, ``Jr.``

    Where the bracket does not close soon, the source ends before it.
    """
    start, end = source.start, source.end
    opened = text.rfind("(", start, end)
    if opened >= 0 and text.find(")", opened, end) < 0:
        closing = _REST_OF_BRACKET.match(text, end)
        end = closing.end() if closing else start + len(text[start:opened].rstrip())
    if text[end - 1 : end].isdigit() and text.startswith("%", end):
        end += 1
    if text.startswith(".", end) and _ABBREVIATED.search(text, start, end):
        end += 1
    return Span(start, end) if start < end else source


def snapped(document: Document, span: Span, holes: Sequence[Span]) -> list[tuple[Span, bool]]:
    """One content span of the tagger, set to the marks: its pieces, each with whether it is quoted whole.

    :param holes: the attribution's own cue and source: content between which and the next quotation is not content.
    """
    touching = document.touching(span)
    total = letters(document.text, span)
    if not touching or not total:
        return [(span, False)]
    if len(touching) == 1 and any(touching[0].inner.holds(hole) for hole in holes):
        return _snapped_nested(document, span)
    if _only_attribution_outside(document, span, touching, holes):
        return [(q.inner, True) for q in touching]
    if _is_announced(document, span, touching, holes):
        return [(touching[0].inner, True)]
    start, end = span.start, span.end
    for quotation in touching:
        if quotation.start < start and not _meets_any(Span(quotation.start, start), holes):
            start = quotation.start if quotation.end <= end else quotation.inner.start
        if quotation.end > end and not _meets_any(Span(end, quotation.end), holes):
            end = quotation.end if quotation.start >= start else quotation.inner.end
    return [(Span(start, end), False)]


def _is_announced(document: Document, span: Span, touching: Sequence[Quotation], holes: Sequence[Span]) -> bool:
    """Whether a content is a few words of the cue's, a colon and a quotation: ``scolded him: "Stay off it."``"""
    quotation = touching[0]
    lead = document.text[span.start : quotation.start].rstrip()
    behind_cue = any(0 <= span.start - hole.end <= 2 for hole in holes)
    return len(touching) == 1 and behind_cue and lead.endswith(":") and len(lead.split()) <= _LONGEST_LEAD


def _only_attribution_outside(
    document: Document, span: Span, touching: Sequence[Quotation], holes: Sequence[Span]
) -> bool:
    """Whether a content span holds nothing but quotations and its own attribution: ``"We stay," Venn said, "here``."""
    clause = Span(min(h.start for h in holes), max(h.end for h in holes)) if holes else Span(span.start, span.start)
    start = span.start
    for quotation in touching:
        gap = Span(start, max(start, quotation.start))
        if letters(document.text, gap) > letters(document.text, overlap(gap, clause)):
            return False
        start = max(start, quotation.end)
    gap = Span(start, max(start, span.end))
    return letters(document.text, gap) <= letters(document.text, overlap(gap, clause))


def _snapped_nested(document: Document, span: Span) -> list[tuple[Span, bool]]:
    """The same inside a quotation, where somebody quoted reports what another one said."""
    nested = document.touching(span, nested=True)
    inside = sum(letters(document.text, overlap(q.inner, span)) for q in nested)
    if nested and inside >= _MOSTLY * letters(document.text, span):
        return [(q.inner, True) for q in nested]
    return [(span, False)]


def _meets_any(span: Span, others: Sequence[Span]) -> bool:
    return any(other.meets(span) for other in others)


def drafted(document: Document, attribution: Attribution, link: Link) -> Draft | None:
    """One attribution as a draft with exact edges; nothing where its content has no word."""
    holes = [s for s in (attribution.cue, attribution.source) if s is not None]
    pieces: list[tuple[Span, bool]] = []
    for span in sorted(attribution.content):
        for piece, quoted in snapped(document, span, holes):
            fitted = piece if quoted else _without_stray_marks(document, trimmed_tail(document.text, piece))
            if letters(document.text, fitted) and not any(overlap(fitted, p).end > fitted.start for p, _ in pieces):
                pieces.append((fitted, quoted))
    if not pieces:
        return None
    pieces.sort()
    first, quoted = pieces[0]
    if not quoted and attribution.cue is not None:
        pieces[0] = _told(document, attribution.cue, first), quoted
    contents = tuple(p for p, _ in pieces)
    return Draft(
        contents=contents,
        cue=attribution.cue,
        source=None if attribution.source is None else source_of(document.text, attribution.source),
        quote_type=type_of(document, contents, nested=_is_nested(document, contents, holes)),
        link=link if attribution.source is not None else Link.NONE,
        passage=document.passage_of(contents[0].start),
        score=attribution.score,
        content_score=attribution.content_score,
        cue_score=attribution.cue_score,
        source_score=attribution.source_score,
        speech_score=attribution.speech_score,
    )


def _told(document: Document, cue: Span, content: Span) -> Span:
    """A content in the article's words without whom its cue addresses or speaks of, and with the "that" before it."""
    text = document.text
    told = behind_hearer(text, cue, content)
    told = behind_accused(text, cue, told)
    quotation = next(iter(document.touching(told)), None)
    if told != content and quotation is not None and quotation.end >= told.end:
        lead = text[told.start : quotation.start].strip().lower()
        if lead in {"", "a", "an", "the"}:  # 'accused it of a "trap"'
            return quotation.inner
    return _with_conjunction(text, cue, told)


def _with_conjunction(text: str, cue: Span, content: Span) -> Span:
    """A content in the article's words with the "that" before it: the tagger takes it in here and leaves it out there.

    PolNeAR's annotators take it in; what is annotated by `score/align_speech.py` is as near with it as without.
    """
    found = _THAT.search(text, cue.end, content.start) if cue.end <= content.start else None
    return content if found is None else Span(found.start(), content.end)


def _is_nested(document: Document, contents: Sequence[Span], holes: Sequence[Span]) -> bool:
    """Whether the attribution stands, cue or source and all, inside one quotation: somebody quoted reports another."""
    return any(q.inner.holds(hole) for span in contents for q in document.touching(span) for hole in holes)


def trimmed_tail(text: str, span: Span) -> Span:
    """`span` without white space at its edges and without the punctuation that parts it from its cue."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    hanging = _HANGING.search(text, start, end)
    end = end if hanging is None else hanging.start()
    return _with_sign(text, Span(start, end)) if start < end else span


def _with_sign(text: str, span: Span) -> Span:
    """`span` with the sign that belongs to its first or last figure, or the bracket that it opens: ``$5``, ``9%``."""
    start, end = span.start, span.end
    if start and text[start - 1] in _CURRENCIES and text[start].isdigit():
        start -= 1
    if text.startswith("%", end) and text[end - 1].isdigit():
        end += 1
    if text.startswith(")", end) and text.rfind("(", start, end) > text.rfind(")", start, end):
        end += 1
    return Span(start, end)


def _without_stray_marks(document: Document, span: Span) -> Span:
    """Set a span that begins or ends on a mark inside that mark where the mark's partner is outside of it."""
    start, end = span.start, span.end
    for quotation in document.touching(span):
        if quotation.start >= start and quotation.end <= end:
            continue
        if quotation.start < start <= quotation.inner.start:
            start = quotation.inner.start
        if quotation.inner.end <= end < quotation.end:
            end = quotation.inner.end
        if quotation.start == start and quotation.end > end:
            start = quotation.inner.start
        if quotation.end == end and quotation.start < start:
            end = quotation.inner.end
    return Span(start, end) if start < end else span


def type_of(document: Document, contents: Sequence[Span], nested: bool = False) -> QuoteType:
    """Direct where every word is between marks, indirect where none is, else mixed.

    :param nested: the content lies inside a quotation; only the marks inside that one count.
    """
    total = sum(letters(document.text, s) for s in contents)
    quoted = sum(letters(document.text, overlap(q.inner, s)) for s in contents for q in document.touching(s, nested))
    if not quoted:
        return QuoteType.INDIRECT
    return QuoteType.DIRECT if quoted >= total else QuoteType.MIXED


def with_contents(document: Document, draft: Draft, contents: Sequence[Span]) -> Draft:
    """A draft with other contents, of which those without a letter are left out."""
    kept = tuple(span for span in contents if letters(document.text, span))
    return replace(draft, contents=kept, quote_type=type_of(document, kept), passage=document.passage_of(kept[0].start))
