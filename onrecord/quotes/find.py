"""From tagged spans, marks, names and dates to the quotes of one article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import (
    STORY_KINDS,
    Mention,
    Precision,
    Publication,
    Quote,
    Tagging,
    TimeExpression,
    content_of,
)
from onrecord.document.document import Document
from onrecord.quotes.attributes.carried import goes_on_from, goes_on_in_paragraph, keeps_hearer
from onrecord.quotes.attributes.date_said import Times, day_of_post, last_day_of, said_on
from onrecord.quotes.attributes.medium import medium_of
from onrecord.quotes.attributes.role import roles_of
from onrecord.quotes.attribution.candidates import Candidates, candidates
from onrecord.quotes.attribution.clause import subject
from onrecord.quotes.attribution.draft import Draft, Link, told_behind
from onrecord.quotes.attribution.report_kind import reports
from onrecord.quotes.attribution.source_lines import introduction
from onrecord.quotes.speaker.continuation import Surroundings, continued
from onrecord.quotes.speaker.decision import decided, scene_of_drafts
from onrecord.quotes.speaker.explanation import Reason, reasons
from onrecord.quotes.speaker.identity import Identities, identified
from onrecord.quotes.speaker.ranking import model
from onrecord.quotes.speaker.scene import Scene


def find_quotes(
    document: Document,
    tagging: Tagging,
    mentions: Sequence[Mention],
    dates: Sequence[TimeExpression],
    publication: Publication,
) -> tuple[Quote, ...]:
    """Every attribution of the article: who said what, to whom and when, in reading order.

    :param document: only its blocks of the kinds in `READ_KINDS` are read.
    :param tagging: its attributions are candidates, of which the models of reports keep those that are reports.
    :param mentions: the article's names, for who speaks.
    :param dates: its time expressions, for when it was said.
    :param publication: its authors, for what is said in the first person.
    """
    reading = read_drafts(document, tagging, mentions, publication)
    return _quotes(reading, dates, publication.date_published)


@dataclass(frozen=True, slots=True)
class Reading:
    """The drafts of an article with the speakers that the rules find, and what was read to find them."""

    document: Document
    drafts: tuple[Draft, ...]
    who: Identities
    names: Mentions

    @property
    def scene(self) -> Scene:
        """What the ranker of speakers reads of the article."""
        return scene_of_drafts(self.document.text, self.drafts, self.who, self.names)


def read_drafts(document: Document, tagging: Tagging, mentions: Sequence[Mention], publication: Publication) -> Reading:
    """The attributions of an article, linked and with their speakers; parameters as in :func:`find_quotes`."""
    found = candidates(document, tagging, mentions)
    drafts = reports(found)
    drafts = continued(document.text, drafts, _surroundings(drafts, found))
    who = identified(document.text, drafts, document.sentences, found.names, publication)
    return Reading(document, tuple(drafts), who, found.names)


def speaker_reasons(
    document: Document, tagging: Tagging, mentions: Sequence[Mention], publication: Publication
) -> tuple[tuple[Reason, ...], ...]:
    """For each quote that :func:`find_quotes` gives, why its first candidate is ranked before the next."""
    return reasons(read_drafts(document, tagging, mentions, publication).scene, model())


def _surroundings(drafts: Sequence[Draft], article: Candidates) -> Surroundings:
    document = article.document
    text, split, found = document.text, document.sentences, document.quotations
    read = enumerate(document.read)
    paragraphs = [i for i, block in read if block.kind in STORY_KINDS and i not in article.repeated]
    last = {sentence.passage: sentence for sentence in split}
    introductions = {i: introduction(text, last[i], found) for i in paragraphs if i in last}
    around_cue = {}
    for draft in drafts:
        if draft.cue is not None and draft.source is None and draft.parent is None:
            sentence = split[document.sentence_of(draft.cue.start)]
            around_cue[draft.cue.start] = sentence.span.start, subject(text, sentence, draft.cue, found)
    return Surroundings(
        previous=dict(zip(paragraphs[1:], paragraphs, strict=False)),
        introductions={i: announced for i, announced in introductions.items() if announced is not None},
        sentences=around_cue,
        led_up=article.led_up,
        carried_on=document.continued,
    )


#: How many attributions before and after one may share its sentence.
_NEARBY = 6


def _day_of(quote: Quote) -> tuple[dt.date, Precision] | None:
    """The day of a quote with its precision."""
    if quote.date_said is None or quote.date_said_precision is None:
        return None
    return quote.date_said, quote.date_said_precision


def _quotes(reading: Reading, dates: Sequence[TimeExpression], published: dt.date | None) -> tuple[Quote, ...]:
    """The drafts as quotes, each with role, medium and day; one that goes on in an occasion has its medium and day."""
    document, names, who = reading.document, reading.names, reading.who
    text, times = document.text, Times(dates)
    decisions = decided(reading.scene)
    speakers = [decision.speaker for decision in decisions]
    roles = roles_of(text, reading.drafts, speakers, who.people, names, document.sentences, who.discourse)
    occasions = goes_on_from(text, reading.drafts, speakers)
    found: list[Quote] = []
    for place, (draft, decision) in enumerate(zip(reading.drafts, decisions, strict=True)):
        speaker = decision.speaker
        medium, said = None, None
        if draft.cue is not None:
            sentence = document.sentences[document.sentence_of(draft.cue.start)]
            nearby = reading.drafts[max(0, place - _NEARBY) : place + _NEARBY + 1]
            medium = medium_of(text, draft, sentence, names, nearby)
            near = times.around(sentence.span)
            said = said_on(text, sentence.span, draft.cue, draft.source, draft.contents, near, published=published)
        elif draft.link is Link.POST and draft.source is not None:
            said = day_of_post(text, draft.source, times)
        occasion = occasions[place]
        if occasion is not None and medium in (None, found[occasion].medium):
            before = found[occasion]
            if keeps_hearer(text, reading.drafts[occasion]):
                medium = before.medium
            said = said or _day_of(before)
        if said is None and goes_on_in_paragraph(reading.drafts, speakers, place):
            said = _day_of(found[place - 1])
        found.append(
            Quote(
                quote_type=draft.quote_type,
                content=content_of(text, draft.contents),
                content_spans=draft.contents,
                cue=draft.cue,
                speaker=draft.source,
                speaker_name=speaker.name,
                speaker_local_id=None if speaker.mention is None else speaker.mention.local_id,
                speaker_kind=speaker.kind,
                speaker_role=roles[place],
                medium=medium,
                date_said=None if said is None else said[0],
                date_said_precision=None if said is None else said[1],
                parent=draft.parent,
                confidence=draft.confidence,
                report_kind=draft.report_kind,
                speaker_confidence=decision.confidence,
                speaker_candidates=decision.candidates,
            )
        )
    for place, behind in told_behind(reading.drafts):
        found[place] = _in_occasion_of(found[place], found[behind])
    return tuple(_without_later_day(quote, found) for quote in found)


def _without_later_day(quote: Quote, found: Sequence[Quote]) -> Quote:
    """The quote without its day, where the quote around it, which tells of it, was said before."""
    around = None if quote.parent is None else found[quote.parent]
    if quote.date_said is None or around is None or around.date_said is None or around.date_said_precision is None:
        return quote
    if quote.date_said <= last_day_of(around.date_said, around.date_said_precision):
        return quote
    return replace(quote, date_said=None, date_said_precision=None)


def _in_occasion_of(quote: Quote, other: Quote) -> Quote:
    """The quote with another's medium and day, where it has none."""
    day, precision = _day_of(quote) or _day_of(other) or (None, None)
    return replace(quote, medium=quote.medium or other.medium, date_said=day, date_said_precision=precision)
