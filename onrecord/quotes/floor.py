"""Who speaks where the text beside a quotation does not say: the speaker who holds the floor, or nobody.

A quotation in a paragraph of its own belongs to whoever was last reported in the paragraph before: either quoted
there (and so continuing) or introduced there by an indirect report or a line that ends in a colon. Farther back
nobody is assumed to hold the floor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.article import QuoteType, Span
from onrecord.quotes.draft import Draft, Link

_NO_SPEAKER_CUES = frozenset({"was", "were", "is", "are", "been", "be"})  # "was accused of": the source is unsaid


def held(
    text: str, drafts: Sequence[Draft], previous: Mapping[int, int], introductions: Mapping[int, Span]
) -> list[Draft]:
    """Give every draft without a source the draft whose speaker it takes over, where the discourse gives one.

    :param drafts: in reading order, with parents.
    :param previous: for each paragraph (by number) the paragraph before it; headlines and captions are no keys.
    :param introductions: for each paragraph that ends in an attribution without content ("Orla Venn went on:"), the
        source of it.
    """
    result: list[Draft] = []
    last_in: dict[int, int] = {}  # paragraph -> index of its last outermost draft that has a speaker
    for index, draft in enumerate(drafts):
        if draft.source is None and draft.parent is None:
            draft = _linked(text, draft, result, last_in, previous, introductions)  # noqa: PLW2901
        result.append(draft)
        if draft.parent is None and (draft.source is not None or draft.floor is not None):
            last_in[draft.passage] = index
    return result


def _linked(
    text: str,
    draft: Draft,
    drafts: Sequence[Draft],
    last_in: Mapping[int, int],
    previous: Mapping[int, int],
    introductions: Mapping[int, Span],
) -> Draft:
    same = last_in.get(draft.passage)
    if draft.cue is not None:
        if _participle(text, draft.cue) and same is not None:
            return replace(draft, floor=same, link=Link.CONTINUED)
        if draft.quote_type is not QuoteType.DIRECT or _passive(text, draft.cue):
            return draft
    if draft.quote_type is QuoteType.INDIRECT:
        return draft
    if same is not None:
        return replace(draft, floor=same, link=Link.CONTINUED)
    before = previous.get(draft.passage)
    if before is None:
        return draft
    if before in introductions:
        return replace(draft, source=introductions[before], link=Link.INTRODUCED)
    giver = last_in.get(before)
    if giver is None or draft.quote_type is not QuoteType.DIRECT:
        return draft
    quoted = drafts[giver].quote_type is QuoteType.DIRECT
    return replace(draft, floor=giver, link=Link.CONTINUED if quoted else Link.INTRODUCED)


def _participle(text: str, cue: Span) -> bool:
    return cue.of(text).split()[0].lower().endswith("ing")


def _passive(text: str, cue: Span) -> bool:
    return any(word.lower() in _NO_SPEAKER_CUES for word in cue.of(text).split()[:2])


def speaker_of(drafts: Sequence[Draft], index: int) -> int:
    """The draft whose source speaks the draft at `index`: itself, or the one at the end of its chain of floors."""
    while drafts[index].source is None:
        floor = drafts[index].floor
        if floor is None:
            break
        index = floor
    return index
