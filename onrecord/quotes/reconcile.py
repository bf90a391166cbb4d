"""The tagger's triples and the exact marks, made to agree.

The tagger knows what is reported and by whom, but its edges slip; the marks are exact, but do not say who speaks.
Content that lies in quotation marks takes the marks' edges, a quotation is never cut, and a quoted sentence that no
triple holds becomes a quote of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from onrecord.article import Attribution, QuoteType, Span
from onrecord.quotes.draft import Draft, Link
from onrecord.quotes.marks import Quotation
from onrecord.quotes.scare import looks_like_speech

_WORD = re.compile(r"\w")
_EDGE = " \t\n\r\u00a0,;:“”\"‘’'«»`„"
#: Where or when something was said, behind its source.
_TAIL = re.compile(
    r"\s(?:(?:in|during|at|via|through)\s(?:an?|the|his|her|their|its)\s(?:[\w-]+\s){0,3}?"
    r"(?:interview|briefing|conference|statement|hearing|speech|meeting|debate|rally|event|ceremony|tweet|post|email)\b"
    r"|(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\Z|(?:yesterday|today)\Z)"
)
_MOSTLY = 0.8  # share of a content's letters between one pair of marks that makes it direct
#: What the next clause begins with, at the end of a content: ``the bridge was old, while``.
_HANGING = re.compile(r"(?:,\s(?:but\s)?(?:while|which|who|said|and|but|where|as)|\s(?:while|and|but))\Z")
_LONGEST_LEAD = 9  # words between a cue and the colon before a quotation
_SHORTEST_COVER = 0.5  # share of a quotation that a content must hold for the quotation to count as found


class Marks:
    """The quotations of an article, to be asked by place."""

    def __init__(self, text: str, passages: Sequence[Span], quotations: Sequence[Quotation]) -> None:
        self.text = text
        self.passages = passages
        self.outermost = [q for q in quotations if q.depth == 0]
        self._nested = [q for q in quotations if q.depth == 1]
        self._starts = [q.start for q in self.outermost]
        self._nested_starts = [q.start for q in self._nested]
        self._passage_starts = [p.start for p in passages]

    def touching(self, span: Span, nested: bool = False) -> list[Quotation]:
        """The outermost quotations that share a letter with `span`; or the ones nested one deep."""
        all_of_depth, starts = (self._nested, self._nested_starts) if nested else (self.outermost, self._starts)
        found = []
        for quotation in islice(all_of_depth, max(0, bisect_right(starts, span.start) - 1), None):
            if quotation.start >= span.end:
                break
            if _letters(self.text, _overlap(quotation.inner, span)):
                found.append(quotation)
        return found

    def passage_of(self, offset: int) -> int:
        """The number of the passage that `offset` lies in."""
        return max(0, bisect_right(self._passage_starts, offset) - 1)


def _overlap(a: Span, b: Span) -> Span:
    start = max(a.start, b.start)
    return Span(start, max(start, min(a.end, b.end)))


def _letters(text: str, span: Span) -> int:
    return len(_WORD.findall(text, span.start, span.end))


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
    source = trimmed(text, span)
    tail = _TAIL.search(text, source.start, source.end)
    if tail is None or not text[source.start : tail.start()].split()[-1][0].isupper():
        return source
    return Span(source.start, tail.start())


def snapped(marks: Marks, span: Span, holes: Sequence[Span]) -> list[tuple[Span, bool]]:
    """One content span of the tagger, set to the marks: its pieces, each with whether it is quoted whole.

    :param holes: the attribution's own cue and source: content between which and the next quotation is not content.
    """
    touching = marks.touching(span)
    total = _letters(marks.text, span)
    if not touching or not total:
        return [(span, False)]
    if len(touching) == 1 and any(_within(hole, touching[0].inner) for hole in holes):
        return _snapped_nested(marks, span)
    if _only_attribution_outside(marks, span, touching, holes):
        return [(q.inner, True) for q in touching]
    if _is_announced(marks, span, touching, holes):
        return [(touching[0].inner, True)]
    start, end = span.start, span.end
    for quotation in touching:
        if quotation.start < start and not _any_within(holes, Span(quotation.start, start)):
            start = quotation.start if quotation.end <= end else quotation.inner.start
        if quotation.end > end and not _any_within(holes, Span(end, quotation.end)):
            end = quotation.end if quotation.start >= start else quotation.inner.end
    return [(Span(start, end), False)]


def _is_announced(marks: Marks, span: Span, touching: Sequence[Quotation], holes: Sequence[Span]) -> bool:
    """Whether a content is a few words of the cue's, a colon and a quotation: ``scolded him: "Stay off it."``"""
    quotation = touching[0]
    lead = marks.text[span.start : quotation.start].rstrip()
    behind_cue = any(0 <= span.start - hole.end <= 2 for hole in holes)
    return len(touching) == 1 and behind_cue and lead.endswith(":") and len(lead.split()) <= _LONGEST_LEAD


def _only_attribution_outside(marks: Marks, span: Span, touching: Sequence[Quotation], holes: Sequence[Span]) -> bool:
    """Whether a content span holds nothing but quotations and its own attribution: ``"We stay," Venn said, "here``."""
    clause = Span(min(h.start for h in holes), max(h.end for h in holes)) if holes else Span(span.start, span.start)
    start = span.start
    for quotation in touching:
        gap = Span(start, max(start, quotation.start))
        if _letters(marks.text, gap) > _letters(marks.text, _overlap(gap, clause)):
            return False
        start = max(start, quotation.end)
    gap = Span(start, max(start, span.end))
    return _letters(marks.text, gap) <= _letters(marks.text, _overlap(gap, clause))


def _snapped_nested(marks: Marks, span: Span) -> list[tuple[Span, bool]]:
    """The same inside a quotation, where somebody quoted reports what another one said."""
    nested = marks.touching(span, nested=True)
    inside = sum(_letters(marks.text, _overlap(q.inner, span)) for q in nested)
    if nested and inside >= _MOSTLY * _letters(marks.text, span):
        return [(q.inner, True) for q in nested]
    return [(span, False)]


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _any_within(holes: Sequence[Span], span: Span) -> bool:
    return any(hole.start < span.end and span.start < hole.end for hole in holes)


def drafted(marks: Marks, attribution: Attribution, link: Link) -> Draft | None:
    """One attribution as a draft with exact edges; nothing where its content has no word."""
    holes = [s for s in (attribution.cue, attribution.source) if s is not None]
    pieces: list[tuple[Span, bool]] = []
    for span in sorted(attribution.content):
        for piece, quoted in snapped(marks, span, holes):
            fitted = piece if quoted else _without_stray_marks(marks, trimmed_tail(marks.text, piece))
            if _letters(marks.text, fitted) and not any(_overlap(fitted, p).end > fitted.start for p, _ in pieces):
                pieces.append((fitted, quoted))
    if not pieces:
        return None
    pieces.sort()
    contents = tuple(p for p, _ in pieces)
    return Draft(
        contents=contents,
        cue=attribution.cue,
        source=None if attribution.source is None else source_of(marks.text, attribution.source),
        quote_type=type_of(marks, contents, nested=_is_nested(marks, contents, holes)),
        link=link if attribution.source is not None else Link.NONE,
        passage=marks.passage_of(contents[0].start),
        score=attribution.score,
        content_score=attribution.content_score,
        cue_score=attribution.cue_score,
        source_score=attribution.source_score,
    )


def parted(marks: Marks, draft: Draft) -> list[Draft]:
    """One draft, or two: what is told in the article's words, and the whole quotation that follows it.

    ``The bridge is old, Venn said: "Stay off it."`` reports twice, by one cue.
    """
    hole = max((s.end for s in (draft.cue, draft.source) if s is not None), default=None)
    if hole is None or len(draft.contents) < 2:
        return [draft]
    later = tuple(s for s in draft.contents if s.start >= hole and type_of(marks, (s,)) is QuoteType.DIRECT)
    earlier = tuple(s for s in draft.contents if s not in later)
    if not later or not earlier or later[0].start < earlier[-1].end:
        return [draft]
    announced = marks.text[hole : later[0].start].split()
    if type_of(marks, earlier) is QuoteType.DIRECT or not any(word.endswith(":") for word in announced):
        return [draft]
    return [
        replace(draft, contents=part, quote_type=type_of(marks, part), passage=marks.passage_of(part[0].start))
        for part in (earlier, later)
    ]


def _is_nested(marks: Marks, contents: Sequence[Span], holes: Sequence[Span]) -> bool:
    """Whether the attribution stands, cue or source and all, inside one quotation: somebody quoted reports another."""
    return any(_within(hole, q.inner) for span in contents for q in marks.touching(span) for hole in holes)


def trimmed_tail(text: str, span: Span) -> Span:
    """`span` without white space at its edges and without the punctuation that parts it from its cue."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    hanging = _HANGING.search(text, start, end)
    end = end if hanging is None else hanging.start()
    return Span(start, end) if start < end else span


def _without_stray_marks(marks: Marks, span: Span) -> Span:
    """Set a span that begins or ends on a mark inside that mark where the mark's partner is outside of it."""
    start, end = span.start, span.end
    for quotation in marks.touching(span):
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


def type_of(marks: Marks, contents: Sequence[Span], nested: bool = False) -> QuoteType:
    """Direct where every word is between marks, indirect where none is, else mixed.

    :param nested: the content lies inside a quotation; only the marks inside that one count.
    """
    total = sum(_letters(marks.text, s) for s in contents)
    quoted = sum(_letters(marks.text, _overlap(q.inner, s)) for s in contents for q in marks.touching(s, nested))
    if not quoted:
        return QuoteType.INDIRECT
    return QuoteType.DIRECT if quoted >= total else QuoteType.MIXED


def missed(marks: Marks, drafts: Sequence[Draft], read: Sequence[Span] = ()) -> list[Quotation]:
    """The outermost quotations that are speech and that no draft, nor any of the spans `read`, holds."""
    covered = sorted([*read, *(span for draft in drafts for span in draft.contents)])
    left: list[Quotation] = []
    at = 0
    furthest: list[Span] = []
    for quotation in marks.outermost:
        while at < len(covered) and covered[at].start < quotation.end:
            furthest.append(covered[at])
            at += 1
        furthest = [span for span in furthest if span.end > quotation.start]
        held = sum(_letters(marks.text, _overlap(quotation.inner, span)) for span in furthest)
        passage = marks.passages[marks.passage_of(quotation.start)]
        if held < _SHORTEST_COVER * _letters(marks.text, quotation.inner) and looks_like_speech(
            marks.text, quotation, passage
        ):
            left.append(quotation)
    return left


def missed_nested(marks: Marks, drafts: Sequence[Draft]) -> list[tuple[Quotation, Quotation]]:
    """The quotations one deep that are speech and no draft's content, each behind the one around it."""
    held = {span.start for draft in drafts for span in draft.contents}
    pairs = ((outer, nested) for outer in marks.outermost for nested in marks.touching(outer.inner, nested=True))
    return [
        (outer, nested)
        for outer, nested in pairs
        if held.isdisjoint((nested.start, nested.inner.start)) and looks_like_speech(marks.text, nested, outer.inner)
    ]


def unshared(marks: Marks, drafts: Sequence[Draft]) -> list[Draft]:
    """Where several attributions of one level claim the same quotation, leave it to the one whose cue is nearest.

    ``"We stay," Orla Venn said, adding: "We fight."``
    """
    claims: dict[Span, list[int]] = {}
    for index, draft in enumerate(drafts):
        for piece in draft.contents:
            claims.setdefault(piece, []).append(index)
    lost: dict[int, set[Span]] = {}
    for piece, claimants in claims.items():
        if len(claimants) > 1:
            nearest = min(claimants, key=lambda i: _distance(drafts[i].cue, piece))
            for index in claimants:
                if index != nearest:
                    lost.setdefault(index, set()).add(piece)
    result = []
    for index, draft in enumerate(drafts):
        kept = tuple(piece for piece in draft.contents if piece not in lost.get(index, ()))
        if kept == draft.contents:
            result.append(draft)
        elif kept:
            result.append(replace(draft, contents=kept, passage=marks.passage_of(kept[0].start)))
    return result


def _distance(cue: Span | None, piece: Span) -> int:
    if cue is None:
        return 1_000_000
    return max(cue.start - piece.end, piece.start - cue.end, 0)


def merged(marks: Marks, drafts: Sequence[Draft], led_up: Collection[int] = ()) -> list[Draft]:
    """Join pieces of one quote: a quotation without cue that goes on, in its paragraph, the quote before it.

    ``"We stay," Orla Venn said. "We fight."`` is one attribution of two pieces. A quotation that continues one of
    the paragraph before (which has no closing mark) is a piece of it too.

    :param led_up: starts of the contents that a sentence of the article leads up to: these go on nothing.
    """
    result: list[Draft] = []
    continuing = {q.inner.start for q in marks.outermost if q.continues is not None}
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        before = result[-1] if result else None
        if before is not None and _goes_on(before, draft, continuing, led_up):
            result[-1] = _joined(marks, before, draft)
        else:
            result.append(draft)
    return result


def _goes_on(before: Draft, draft: Draft, continuing: set[int], led_up: Collection[int]) -> bool:
    if (
        before.quote_type is not QuoteType.DIRECT
        or draft.quote_type is not QuoteType.DIRECT
        or draft.start < before.end
    ):
        return False
    if draft.start in continuing and (draft.source is None or before.source is None):
        return True
    alone = draft.cue is None and draft.source is None and draft.passage == before.passage
    return alone and draft.start not in led_up


def _joined(marks: Marks, before: Draft, draft: Draft) -> Draft:
    contents = before.contents + draft.contents
    giver = before if before.source is not None or draft.source is None else draft
    return replace(giver, contents=contents, quote_type=type_of(marks, contents), passage=before.passage)


def with_parents(marks: Marks, drafts: Sequence[Draft]) -> list[Draft]:
    """Give each draft the smallest draft whose content holds all of it; `drafts` in reading order, outer first.

    What is reported inside somebody's quoted words is direct only where it has marks of its own.
    """
    result: list[Draft] = []
    around: list[int] = []
    for draft in drafts:
        while around and result[around[-1]].end <= draft.start:
            around.pop()
        holders = [i for i in around if _holds(result[i], draft)]
        if holders:
            draft = replace(draft, parent=holders[-1])  # noqa: PLW2901
            if result[holders[-1]].quote_type is QuoteType.DIRECT:
                draft = replace(draft, quote_type=type_of(marks, draft.contents, nested=True))  # noqa: PLW2901
        result.append(draft)
        around.append(len(result) - 1)
    return result


def _holds(outer: Draft, inner: Draft) -> bool:
    if outer.contents == inner.contents:
        return False
    return all(any(o.start <= s.start and s.end <= o.end for o in outer.contents) for s in inner.contents)
