"""From tagged spans, marks, names and dates to the quotes of one article."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import (
    STORY_KINDS,
    Block,
    Mention,
    Publication,
    Quote,
    Tagging,
    TimeExpression,
    content_of,
)
from onrecord.document.sentences import Sentence
from onrecord.quotes.attributes.date_said import said_on
from onrecord.quotes.attributes.medium import medium_of
from onrecord.quotes.attributes.role import roles_of
from onrecord.quotes.attribution import rule_based
from onrecord.quotes.attribution.candidates import Candidates, candidates
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.report_kind import reports
from onrecord.quotes.speaker.candidates import Scene
from onrecord.quotes.speaker.continuation import Surroundings, held
from onrecord.quotes.speaker.decision import decided, scene_of_drafts
from onrecord.quotes.speaker.explanation import Reason, reasons
from onrecord.quotes.speaker.identity import Identities, identified
from onrecord.quotes.speaker.ranking import model


def find_quotes(
    text: str,
    blocks: Sequence[Block],
    tagging: Tagging,
    mentions: Sequence[Mention],
    dates: Sequence[TimeExpression],
    publication: Publication,
) -> tuple[Quote, ...]:
    """Every attribution of the article: who said what, to whom and when, in reading order.

    :param text: the article's text; all offsets are code points into it.
    :param blocks: only those of the kinds in `READ_KINDS` are read.
    :param tagging: its attributions are believed as to what is reported; where it has none, plain patterns stand in.
    :param mentions: the article's names, for who speaks.
    :param dates: its time expressions, for when it was said.
    :param publication: its authors, for what is said in the first person.
    """
    reading = read_drafts(text, blocks, tagging, mentions, publication)
    return _quotes(text, reading, dates, publication.date_published)


@dataclass(frozen=True, slots=True)
class Reading:
    """The drafts of an article with the speakers that the rules find, and what was read to find them."""

    drafts: tuple[Draft, ...]
    who: Identities
    sentences: tuple[Sentence, ...]
    names: Mentions

    def scene(self, text: str) -> Scene:
        """What the ranker of speakers reads of the article `text`."""
        return scene_of_drafts(text, self.drafts, self.who.speakers, self.who.people, self.sentences, self.names)


def read_drafts(
    text: str, blocks: Sequence[Block], tagging: Tagging, mentions: Sequence[Mention], publication: Publication
) -> Reading:
    """The attributions of an article, linked and with their speakers; parameters as in :func:`find_quotes`."""
    found = candidates(text, blocks, tagging, mentions)
    drafts = reports(text, found)
    paragraphs = [i for i, block in enumerate(found.blocks) if block.kind in STORY_KINDS and i not in found.repeated]
    drafts = held(text, drafts, _surroundings(text, paragraphs, drafts, found))
    who = identified(text, drafts, found.sentences, found.names, publication)
    return Reading(tuple(drafts), who, found.sentences, found.names)


def speaker_reasons(
    text: str, blocks: Sequence[Block], tagging: Tagging, mentions: Sequence[Mention], publication: Publication
) -> tuple[tuple[Reason, ...], ...]:
    """For each quote that :func:`find_quotes` gives, why its first candidate is ranked before the next."""
    return reasons(read_drafts(text, blocks, tagging, mentions, publication).scene(text), model())


def _surroundings(
    text: str,
    paragraphs: Sequence[int],
    drafts: Sequence[Draft],
    article: Candidates,
) -> Surroundings:
    split, found = article.sentences, article.quotations
    last = {sentence.passage: sentence for sentence in split}
    introductions = {i: rule_based.introduction(text, last[i], found) for i in paragraphs if i in last}
    starts = [sentence.span.start for sentence in split]
    around_cue = {}
    for draft in drafts:
        if draft.cue is not None and draft.source is None and draft.parent is None:
            sentence = split[max(0, bisect_right(starts, draft.cue.start) - 1)]
            around_cue[draft.cue.start] = sentence.span.start, rule_based.subject(text, sentence, draft.cue, found)
    return Surroundings(
        previous=dict(zip(paragraphs[1:], paragraphs, strict=False)),
        introductions={i: announced for i, announced in introductions.items() if announced is not None},
        sentences=around_cue,
        led_up=article.led_up,
    )


#: How many attributions before and after one may share its sentence.
_NEARBY = 6


def _quotes(
    text: str, reading: Reading, dates: Sequence[TimeExpression], published: dt.date | None
) -> tuple[Quote, ...]:
    """The drafts as quotes, each with role, medium and day; one that goes on has those of the quote it continues."""
    split, names, who = reading.sentences, reading.names, reading.who
    starts = [sentence.span.start for sentence in split]
    decisions = decided(reading.scene(text))
    roles = roles_of(text, [d.source for d in reading.drafts], [d.speaker for d in decisions], who.people, names)
    found: list[Quote] = []
    for place, (draft, decision) in enumerate(zip(reading.drafts, decisions, strict=True)):
        speaker = decision.speaker
        medium, said = None, None
        if draft.cue is not None:
            sentence = split[max(0, bisect_right(starts, draft.cue.start) - 1)]
            nearby = reading.drafts[max(0, place - _NEARBY) : place + _NEARBY + 1]
            medium = medium_of(text, draft, sentence, names, nearby)
            said = said_on(text, draft.cue, draft.source, draft.contents, dates, published=published)
        elif draft.floor is not None and draft.link is Link.CONTINUED:
            before = found[draft.floor]
            medium = before.medium
            if before.date_said is not None and before.date_said_precision is not None:
                said = before.date_said, before.date_said_precision
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
    return tuple(found)
