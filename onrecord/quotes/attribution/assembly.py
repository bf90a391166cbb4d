"""The drafts of an article put together: what none of them holds, what two share, what goes on, what lies in what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.document.article import Attribution, QuoteType, Span
from onrecord.document.document import Document, letters, overlap
from onrecord.document.quotations import Quotation
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attribution.boundaries import type_of
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.attribution.scare_quotes import looks_like_speech

_SHORTEST_COVER = 0.5  # share of a quotation that a content must hold for the quotation to count as found


def missed(document: Document, drafts: Sequence[Draft], read: Sequence[Span] = ()) -> list[Quotation]:
    """The outermost quotations that are speech and that no draft, nor any of the spans `read`, holds."""
    covered = sorted([*read, *(span for draft in drafts for span in draft.contents)])
    left: list[Quotation] = []
    at = 0
    furthest: list[Span] = []
    for quotation in document.outermost:
        while at < len(covered) and covered[at].start < quotation.end:
            furthest.append(covered[at])
            at += 1
        furthest = [span for span in furthest if span.end > quotation.start]
        held = sum(letters(document.text, overlap(quotation.inner, span)) for span in furthest)
        passage = document.passages[document.passage_of(quotation.start)]
        if held < _SHORTEST_COVER * letters(document.text, quotation.inner) and looks_like_speech(
            document.text, quotation, passage
        ):
            left.append(quotation)
    return left


def missed_nested(document: Document, drafts: Sequence[Draft]) -> list[tuple[Quotation, Quotation]]:
    """The quotations one deep that are speech and no draft's content, each behind the one around it."""
    held = {span.start for draft in drafts for span in draft.contents}
    pairs = ((outer, nested) for outer in document.outermost for nested in document.touching(outer.inner, nested=True))
    return [
        (outer, nested)
        for outer, nested in pairs
        if held.isdisjoint((nested.start, nested.inner.start)) and looks_like_speech(document.text, nested, outer.inner)
    ]


def apart(attributions: Sequence[Attribution], read: Sequence[tuple[Span, Sequence[Span]]]) -> tuple[Attribution, ...]:
    """The attributions outside of all stretches that are read by their form, or within one piece of words in one.

    :param read: each stretch whole (a transcript's turn with its label, a post with its credit) and its pieces of
        words, in reading order.
    """
    starts = [whole.start for whole, _ in read]

    def is_apart(attribution: Attribution) -> bool:
        spans = [*attribution.content, *(s for s in (attribution.cue, attribution.source) if s is not None)]
        first, last = min(s.start for s in spans), max(s.end for s in spans)
        index = bisect_right(starts, last - 1) - 1
        if index < 0 or read[index][0].end <= first:
            return True
        pieces = read[index][1]
        place = bisect_right(pieces, first, key=lambda piece: piece.start) - 1
        return place >= 0 and last <= pieces[place].end

    return tuple(a for a in attributions if is_apart(a))


def unshared(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
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
            result.append(replace(draft, contents=kept, passage=document.passage_of(kept[0].start)))
    return result


def _distance(cue: Span | None, piece: Span) -> int:
    if cue is None:
        return 1_000_000
    return max(cue.start - piece.end, piece.start - cue.end, 0)


def merged(document: Document, drafts: Sequence[Draft], led_up: Collection[int] = ()) -> list[Draft]:
    """Join pieces of one quote: a quotation without cue that goes on, in its paragraph, the quote before it.

    ``"We stay," Orla Venn said. "We fight."`` is one attribution of two pieces. A paragraph that goes on with the
    quotation of the one before (which has no closing mark) is an attribution of its own.

    :param led_up: starts of the contents that a sentence of the article leads up to: these go on nothing.
    """
    result: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        if result and _goes_on(result[-1], draft) and draft.start not in led_up:
            result[-1] = _joined(document, result[-1], draft)
        else:
            result.append(draft)
    return result


def _goes_on(before: Draft, draft: Draft) -> bool:
    if before.quote_type is not QuoteType.DIRECT or draft.quote_type is not QuoteType.DIRECT:
        return False
    alone = draft.cue is None and draft.source is None and draft.passage == before.passage
    return alone and draft.start >= before.end


def _joined(document: Document, before: Draft, draft: Draft) -> Draft:
    contents = before.contents + draft.contents
    giver = before if before.source is not None or draft.source is None else draft
    return replace(giver, contents=contents, quote_type=type_of(document, contents), passage=before.passage)


def with_parents(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """Give each draft the smallest draft whose content holds all of it; `drafts` in reading order, outer first.

    What is reported inside somebody's quoted words is direct only where it has marks of its own. What others think or
    do within a report is part of it: only what they say has a row there.
    """
    result: list[Draft] = []
    around: list[int] = []
    for draft in drafts:
        while around and result[around[-1]].end <= draft.start:
            around.pop()
        holders = [i for i in around if _holds(result[i], draft)]
        sure = any(not result[i].doubtful for i in holders)
        if sure and draft.quote_type is QuoteType.INDIRECT and not _is_spoken(document.text, draft):
            continue
        if holders:
            draft = replace(draft, parent=holders[-1])  # noqa: PLW2901
            if result[holders[-1]].quote_type is QuoteType.DIRECT:
                draft = replace(draft, quote_type=type_of(document, draft.contents, nested=True))  # noqa: PLW2901
        result.append(draft)
        around.append(len(result) - 1)
    return result


def _is_spoken(text: str, draft: Draft) -> bool:
    said = "" if draft.cue is None else draft.cue.of(text).lower()
    words = said.split()
    forms = [*words, *(" ".join(pair) for pair in pairwise(words))]
    verbal = any(reporting_words().is_in(form, "speech", "telling", "asking", "manner", "stance") for form in forms)
    return verbal or said in reporting_words().phrases


def _holds(outer: Draft, inner: Draft) -> bool:
    if outer.contents == inner.contents:
        return False
    return all(any(o.holds(s) for o in outer.contents) for s in inner.contents)
