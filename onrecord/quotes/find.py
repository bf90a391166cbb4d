"""From tagged spans, marks, names and dates to the quotes of one article."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import (
    READ_KINDS,
    STORY_KINDS,
    Attribution,
    Block,
    Mention,
    Publication,
    Quote,
    QuoteType,
    Span,
    Tagging,
    TimeExpression,
    content_of,
)
from onrecord.document.quotation_index import Marks
from onrecord.document.quotations import Quotation, quotations
from onrecord.document.sentences import Sentence, sentences
from onrecord.quotes.attributes.date_said import said_on
from onrecord.quotes.attributes.medium import medium_of, paper_of
from onrecord.quotes.attributes.role import roles_of
from onrecord.quotes.attribution import rule_based
from onrecord.quotes.attribution.assembly import merged, missed, missed_nested, unshared, with_parents
from onrecord.quotes.attribution.boundaries import drafted, parted
from onrecord.quotes.attribution.deduplication import pull_quotes, resumed
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.filters import is_told, without_aside, without_hearer, without_object
from onrecord.quotes.attribution.relayed import relayed
from onrecord.quotes.attribution.transcripts import beside_turns, drafts_of, turns
from onrecord.quotes.speaker.candidates import Scene
from onrecord.quotes.speaker.confidence import confidence
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
    read = sorted((b for b in blocks if b.kind in READ_KINDS), key=lambda b: b.start)
    passages = [Span(b.start, b.end) for b in read]
    found = quotations(text, passages)
    marks = Marks(text, passages, found)
    split = sentences(text, passages, found)
    names = Mentions(mentions)
    spoken = turns(text, passages, [i for i, b in enumerate(read) if b.kind in STORY_KINDS], names)
    reported = beside_turns(tagging.attributions, spoken)
    spans = [span for turn in spoken for span in turn.spans]
    drafts = [*drafts_of(spoken), *_drafts(text, marks, reported, split, found, spans)]
    led_up = _led_up(drafts, split)
    drafts = merged(marks, resumed(marks, drafts, names), led_up)
    repeated = pull_quotes(marks, drafts)
    drafts = [draft for draft in drafts if draft.passage not in repeated]
    drafts += _present(_nested(marks, missed_nested(marks, drafts)))
    drafts = with_parents(marks, sorted(drafts, key=lambda d: (d.start, -d.end)))
    paragraphs = [i for i, block in enumerate(read) if block.kind in STORY_KINDS and i not in repeated]
    drafts = held(text, drafts, _surroundings(text, paragraphs, drafts, split, found, led_up))
    return Reading(tuple(drafts), identified(text, drafts, split, names, publication), split, names)


def speaker_reasons(
    text: str, blocks: Sequence[Block], tagging: Tagging, mentions: Sequence[Mention], publication: Publication
) -> tuple[tuple[Reason, ...], ...]:
    """For each quote that :func:`find_quotes` gives, why its first candidate is ranked before the next."""
    return reasons(read_drafts(text, blocks, tagging, mentions, publication).scene(text), model())


def _drafts(
    text: str,
    marks: Marks,
    reported: Sequence[Attribution],
    split: Sequence[Sentence],
    found: Sequence[Quotation],
    turns: Sequence[Span],
) -> list[Draft]:
    """The tagger's triples; for each quotation that they miss, and for all where there are none, the patterns'.

    What lies in a transcript's `turns` is not missed.
    """
    claimed = (
        without_aside(text, without_object(text, without_hearer(text, attribution)), split) for attribution in reported
    )
    found_drafts = _present(_draft(marks, a, Link.TAGGER) for a in claimed if is_told(text, marks, a))
    drafts = unshared(marks, [part for draft in found_drafts for part in parted(marks, draft)])
    if not reported and not turns:
        drafts = _present(_draft(marks, a, Link.PLAIN) for a in rule_based.attributions(text, split, found))
    elif lost := {q.inner for q in missed(marks, drafts, turns)}:
        for attribution in rule_based.attributions(text, split, found, unquoted=False):
            if not lost.isdisjoint(attribution.content):
                drafts += _present([_draft(marks, attribution, Link.PLAIN)])
    return drafts + [_unattributed(marks, quotation) for quotation in missed(marks, drafts, turns)]


def _draft(marks: Marks, attribution: Attribution, link: Link) -> Draft | None:
    return drafted(marks, relayed(marks.text, attribution), link)


def _unattributed(marks: Marks, quotation: Quotation) -> Draft:
    return Draft(
        contents=(quotation.inner,),
        cue=None,
        source=None,
        quote_type=QuoteType.DIRECT,
        link=Link.NONE,
        passage=marks.passage_of(quotation.start),
        score=rule_based.QUOTED_SCORE,
    )


def _nested(marks: Marks, lost: Sequence[tuple[Quotation, Quotation]]) -> Iterator[Draft | None]:
    """Quotations inside others, where the words around them say whose they are: ``"He told me, 'Go home.'"``

    The words of an outer quotation are read once for all that it holds.
    """
    for outer, pairs in groupby(lost, key=itemgetter(0)):
        alone = [replace(nested, depth=0, parent=None) for _, nested in pairs]
        found = rule_based.attributions(marks.text, sentences(marks.text, [outer.inner], alone), alone)
        pieces = [(span, a) for a in found if a.source is not None for span in a.content]
        starts = [span.start for span, _ in pieces]
        for nested in alone:
            place = bisect_right(starts, nested.inner.start) - 1
            if place >= 0 and nested.inner.end <= pieces[place][0].end:
                yield drafted(marks, replace(pieces[place][1], content=(nested.inner,)), Link.PLAIN)


def _present(drafts: Iterable[Draft | None]) -> list[Draft]:
    return [draft for draft in drafts if draft is not None]


def _surroundings(
    text: str,
    paragraphs: Sequence[int],
    drafts: Sequence[Draft],
    split: Sequence[Sentence],
    found: Sequence[Quotation],
    led_up: frozenset[int],
) -> Surroundings:
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
        led_up=led_up,
    )


def _led_up(drafts: Sequence[Draft], split: Sequence[Sentence]) -> frozenset[int]:
    """Starts of the quotations without cue that stand inside a sentence which attributes nothing before them.

    ``"We stay," Orla Venn said. The film ends with Tam Quill and his "We go."``
    """
    starts = [sentence.span.start for sentence in split]
    attributing = {bisect_right(starts, span.start) for d in drafts for span in (d.cue, d.source) if span is not None}
    found = set()
    for draft in drafts:
        number = bisect_right(starts, draft.start)
        if draft.cue is None and draft.source is None and number and number not in attributing:
            words = [token for token in split[number - 1].tokens if token.is_word]
            if words and words[0].start < draft.start:
                found.add(draft.start)
    return frozenset(found)


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
            if medium is None and speaker.name is not None and draft.source is not None:
                medium = paper_of(text, draft.source, names)
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
                confidence=confidence(draft, who.speakers[place]),
                speaker_confidence=decision.confidence,
                speaker_candidates=decision.candidates,
            )
        )
    return tuple(found)
