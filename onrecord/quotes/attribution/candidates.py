"""All that may be an attribution in one article, before it is decided what is a report and who speaks."""

from __future__ import annotations

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
    QuoteType,
    Span,
    Tagging,
)
from onrecord.document.quotation_index import Marks
from onrecord.document.quotations import Quotation, quotations
from onrecord.document.sentences import Sentence, sentences
from onrecord.quotes.attribution import rule_based
from onrecord.quotes.attribution.assembly import merged, missed, missed_nested, unshared, with_parents
from onrecord.quotes.attribution.boundaries import drafted, parted
from onrecord.quotes.attribution.deduplication import first_reports, pull_quotes, resumed
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.filters import may_report, without_aside, without_hearer, without_object
from onrecord.quotes.attribution.relayed import relayed
from onrecord.quotes.attribution.transcripts import beside_turns, drafts_of, turns


@dataclass(frozen=True, slots=True)
class Candidates:
    """The drafts of an article in reading order, and what was read to find them.

    `blocks` are those that are read, in order; sentences and drafts number them as passages. `repeated` are the
    numbers of those that only repeat another's words, `led_up` the starts of quotations that a sentence leads up to.
    """

    drafts: tuple[Draft, ...]
    blocks: tuple[Block, ...]
    quotations: tuple[Quotation, ...]
    sentences: tuple[Sentence, ...]
    names: Mentions
    repeated: frozenset[int]
    led_up: frozenset[int]


def candidates(text: str, blocks: Sequence[Block], tagging: Tagging, mentions: Sequence[Mention]) -> Candidates:
    """The attributions that the tagger, transcripts, quotation marks and plain patterns give, put together."""
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
    drafts = merged(marks, resumed(marks, first_reports(text, drafts), names), led_up)
    repeated = pull_quotes(marks, drafts)
    drafts = [draft for draft in drafts if draft.passage not in repeated]
    drafts += _present(_nested(marks, missed_nested(marks, drafts)))
    drafts = with_parents(marks, sorted(drafts, key=lambda d: (d.start, -d.end)))
    return Candidates(tuple(drafts), tuple(read), tuple(found), split, names, repeated, led_up)


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
    found_drafts = _present(_draft(marks, a, Link.TAGGER) for a in claimed if may_report(text, marks, a))
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
    """A quotation that nothing beside it attributes; a line of its own under it may tell its source."""
    passage = marks.passage_of(quotation.start)
    ends = marks.passages[passage].end - quotation.end <= 1
    below = marks.passages[passage + 1] if ends and passage + 1 < len(marks.passages) else None
    source = None if below is None else rule_based.credit(marks.text, below)
    return Draft(
        contents=(quotation.inner,),
        cue=None,
        source=source,
        quote_type=QuoteType.DIRECT,
        link=Link.NONE if source is None else Link.PLAIN,
        passage=passage,
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
