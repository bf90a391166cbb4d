"""What an article gives twice, kept once: pull quotes, and reports that open with a name and close with "she said"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import DISPLAY_KINDS, EntityType, QuoteType, Span
from onrecord.document.document import Document, letters
from onrecord.document.words import WORD
from onrecord.lexicon.people import Gender, Pronoun, given_gender, people_words
from onrecord.quotes.attribution.boundaries import type_of
from onrecord.quotes.attribution.draft import Draft, Link

_RUN = 4  # words; a pull quote has more, and every run of so many stands in the quotation that it repeats
_LONGEST_LEAD = 4  # words before the name: ``In response to that, Orla Venn said``
_STOP = re.compile(r"[.!?…:;][’'”\"»)]*\Z")
_PAST = re.compile(r"(?:said|[a-z]ed)\Z")
_GENDERS = {Pronoun.MALE: Gender.MALE, Pronoun.FEMALE: Gender.FEMALE}


def pull_quotes(document: Document, drafts: Sequence[Draft]) -> frozenset[int]:
    """The passages that repeat an attributed quotation: alone and without attribution, or on a line without a stop.

    A headline and a caption quote in their own right.
    """
    text = document.text
    attributed: dict[int, set[tuple[str, ...]]] = {}
    for draft in drafts:
        if (draft.cue is not None or draft.source is not None) and draft.quote_type is not QuoteType.INDIRECT:
            said = _runs(" ".join(span.of(text) for span in draft.contents))
            attributed.setdefault(draft.passage, set()).update(said)
    everywhere = set().union(*attributed.values())
    alone = [draft for draft in drafts if _fills_passage(document, draft)]
    said_alone = {draft.passage: _runs(draft.contents[0].of(text)) for draft in alone}
    repeated = {passage for passage, runs in said_alone.items() if runs and runs <= everywhere}
    whole = [number for number in attributed if is_sentence(text, document.passages[number])]
    elsewhere = set().union(*(attributed[number] for number in whole))
    posted = {draft.passage for draft in drafts if draft.link is Link.POST}
    shown = {number for number, block in enumerate(document.read) if block.kind in DISPLAY_KINDS}
    lines = (number for number in attributed.keys() - posted.union(whole, shown) if attributed[number])
    return frozenset(repeated.union(number for number in lines if attributed[number] <= elsewhere))


def is_sentence(text: str, passage: Span) -> bool:
    """Whether a passage ends as a sentence does; a pull quote or a heading mostly ends without a stop."""
    return _STOP.search(text, passage.start, passage.end) is not None


def told_again(text: str, drafts: Sequence[Draft], numbers: Iterable[int]) -> frozenset[int]:
    """Of `numbers`, those of drafts that only have the words of another of them again, and no source of their own.

    ``Orla Venn echoed the claim that it had sunk``: what "the claim" tells is what she echoed. Behind a past tense
    ("said it had sunk") the words alone are what is told.
    """
    ends: dict[int, list[int]] = {}
    for number in numbers:
        ends.setdefault(drafts[number].end, []).append(number)
    rivals = ((one, other) for same in ends.values() for one in same for other in same)
    return frozenset(one for one, other in rivals if _tells_again(text, drafts[other], drafts[one]))


def _tells_again(text: str, outer: Draft, inner: Draft) -> bool:
    """Whether the content of `outer` is the cue of `inner`, and its content."""
    if outer is inner or inner.cue is None or outer.source is None or inner.source not in (None, outer.source):
        return False
    if len(outer.contents) != 1 or len(inner.contents) != 1 or outer.cue is None or _PAST.search(inner.cue.of(text)):
        return False
    return outer.cue.end <= outer.start == inner.cue.start and 0 <= inner.start - inner.cue.end <= 1


def first_reports(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that report the same again, word by word: a page prints its lead or a caption twice.

    Source, cue and content are the same, case and white space apart, and the content has at least four words.
    """
    seen: set[tuple[tuple[str, ...], ...]] = set()
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        spans = [*draft.contents, *(span for span in (draft.cue, draft.source) if span is not None)]
        said = tuple(tuple(WORD.findall(span.of(text).lower())) for span in spans)
        whole = draft.cue is not None and sum(map(len, said[: len(draft.contents)])) >= _RUN
        if not whole or said not in seen:
            kept.append(draft)
        if whole:
            seen.add(said)
    return kept


def _fills_passage(document: Document, draft: Draft) -> bool:
    if draft.cue is not None or draft.source is not None or len(draft.contents) > 1:
        return False
    return letters(document.text, document.passages[draft.passage]) == letters(document.text, draft.contents[0])


def _runs(said: str) -> set[tuple[str, ...]]:
    words = WORD.findall(said.lower())
    return set(zip(*(words[i:] for i in range(_RUN)), strict=False))


def resumed(document: Document, drafts: Sequence[Draft], names: Mentions) -> list[Draft]:
    """The drafts without what only closes another: ``In reply, Orla Venn said that the bridge was old, she said.``

    The one with the name stays; the other keeps what it goes on to quote, if anything.
    """
    result: list[Draft] = []
    named = sorted((d.source.start, i) for i, d in enumerate(drafts) if d.source is not None)
    for closing in drafts:
        place = bisect_left(named, (closing.start, 0))
        if place == len(named) or not _closes(document.text, drafts[named[place][1]], closing, names):
            result.append(closing)
        elif rest := closing.contents[1:]:
            passage = document.passage_of(rest[0].start)
            result.append(replace(closing, contents=rest, quote_type=type_of(document, rest), passage=passage))
    return result


def _closes(text: str, opening: Draft, closing: Draft, names: Mentions) -> bool:
    """Whether `closing` takes the whole of `opening` for its content, and gives a pronoun for its name."""
    if opening.source is None or opening.cue is None or closing.source is None or closing.cue is None:
        return False
    pronoun = people_words().pronouns.get(closing.source.of(text).lower())
    whole = closing.contents[0]
    if pronoun not in _GENDERS or closing.source.start < whole.end:
        return False
    inside = opening.source.start < opening.cue.start < opening.start and opening.end <= whole.end
    lead, rest = Span(whole.start, opening.source.start), Span(min(opening.end, whole.end), whole.end)
    if not inside or len(lead.of(text).split()) > _LONGEST_LEAD or letters(text, rest):
        return False
    people = [m for m in names.within(opening.source) if m.entity_type is EntityType.PERSON]
    return bool(people) and _gender(opening.source.of(text)) in {None, _GENDERS[pronoun]}


def _gender(source: str) -> Gender | None:
    """What a source's title or given name tells: ``Mrs Venn``."""
    told = (people_words().title_genders.get(w) or given_gender(w) for w in WORD.findall(source.lower()))
    return next((gender for gender in told if gender is not None), None)
