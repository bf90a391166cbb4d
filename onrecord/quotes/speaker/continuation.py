"""Who speaks where the text beside a quotation does not say: the speaker before, who goes on, or nobody.

A quotation in a paragraph of its own belongs to whoever was last reported in the paragraph before: either quoted
there (and so continuing) or introduced there by an indirect report or a line that ends in a colon. Farther back
nobody is assumed to go on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from onrecord.document.article import QuoteType, Span
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.verbs import hears, is_passive, shares_subject

_ASKS = re.compile(r"\b(?:ask|demand|enquir|inquir|wonder)(?:s|es|ed)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the discourse around a quote offers, apart from the quotes before it.

    `previous` gives for each paragraph (by number) the one before it; headlines and captions are no keys.
    `introductions` gives for each paragraph that ends in a colon the source and cue that announce what comes next,
    `sentences` gives for each cue without a source, by its start, where its sentence begins and the sentence's subject;
    `led_up` are the starts of quotations that a sentence without a speaker leads up to, `carried_on` gives where a
    quotation begins that a later paragraph carries on, by where it goes on there.
    """

    previous: Mapping[int, int]
    introductions: Mapping[int, tuple[Span, Span | None]]
    sentences: Mapping[int, tuple[int, Span | None]]
    led_up: frozenset[int] = frozenset()
    carried_on: Mapping[int, int] = field(default_factory=dict)


def continued(text: str, drafts: Sequence[Draft], around: Surroundings) -> list[Draft]:
    """Give every draft without a source the draft whose speaker it takes over, where the discourse gives one.

    :param drafts: in reading order, with parents.
    """
    result: list[Draft] = []
    last_in: dict[int, int] = {}  # paragraph -> index of its last outermost draft that has a speaker
    ahead = _attributed_later(drafts, around.carried_on)
    for index, draft in enumerate(drafts):
        linked = draft
        if index in ahead:
            linked = replace(draft, continues=ahead[index], link=Link.CONTINUED)
        elif draft.source is None and draft.parent is None:
            linked = _linked(text, draft, result, last_in, around)
        result.append(linked)
        if linked.parent is None and (linked.source is not None or linked.continues is not None):
            last_in[linked.passage] = index
    return result


def _attributed_later(drafts: Sequence[Draft], carried_on: Mapping[int, int]) -> dict[int, int]:
    """The quotations of paragraphs that a later one carries on, by their index, where the first source is that one's.

    ``"We stay. ¶ "We fight," Orla Venn said.`` attributes both.
    """
    places = {draft.start: index for index, draft in enumerate(drafts) if draft.quote_type is QuoteType.DIRECT}
    found: dict[int, int] = {}
    for start, index in sorted(places.items(), reverse=True):
        before = places.get(carried_on.get(start, -1))
        giver = index if drafts[index].source is not None else found.get(index)
        if before is not None and giver is not None and drafts[before].source is None and drafts[before].cue is None:
            found[before] = giver
    return found


def _linked(
    text: str, draft: Draft, drafts: Sequence[Draft], last_in: Mapping[int, int], around: Surroundings
) -> Draft:
    same = last_in.get(draft.passage)
    if draft.cue is not None:
        if draft.cue.start in around.sentences and shares_subject(text, draft.cue):
            start, subject = around.sentences[draft.cue.start]
            if same is not None and drafts[same].end > start:
                return replace(draft, continues=same, link=Link.CONTINUED)
            if subject is not None:
                return replace(draft, source=subject, link=Link.PLAIN)
        if draft.quote_type is not QuoteType.DIRECT or is_passive(text, draft.cue) or hears(text, draft.cue):
            return draft
    if draft.quote_type is QuoteType.INDIRECT:
        return draft
    if draft.start in around.led_up:
        return draft
    if same is not None:
        return replace(draft, continues=same, link=Link.CONTINUED)
    before = around.previous.get(draft.passage)
    if before is None:
        return draft
    if before in around.introductions:
        source, cue = around.introductions[before]
        return replace(draft, source=source, cue=draft.cue or cue, link=Link.INTRODUCED)
    giver = last_in.get(before)
    if giver is None or draft.quote_type is not QuoteType.DIRECT or answers(text, drafts[giver], draft):
        return draft
    quoted = drafts[giver].quote_type is QuoteType.DIRECT
    return replace(draft, continues=giver, link=Link.CONTINUED if quoted else Link.INTRODUCED)


def answering(text: str, drafts: Sequence[Draft]) -> frozenset[int]:
    """The drafts without a source, by their index, that answer the question of the one before."""
    pairs = enumerate(pairwise(drafts), start=1)
    return frozenset(i for i, (before, draft) in pairs if draft.source is None and answers(text, before, draft))


def answers(text: str, before: Draft, draft: Draft) -> bool:
    """Whether a quotation alone in its paragraph answers the question of the one before: ``“Who?” Orla Venn asked.``"""
    asked = before.cue is not None and _ASKS.search(before.cue.of(text)) is not None
    question = before.quote_type is QuoteType.INDIRECT or text[before.contents[-1].end - 1] == "?"
    return asked and question and draft.cue is None and draft.passage == before.passage + 1
