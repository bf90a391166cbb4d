"""All that may be an attribution in one article, before it is decided what is a report and who speaks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.picture_credits import is_picture_credit
from onrecord.document.article import (
    STORY_KINDS,
    Attribution,
    Mention,
    QuoteType,
    Span,
    Tagging,
)
from onrecord.document.document import Document
from onrecord.document.quotations import Quotation
from onrecord.document.sentences import sentences
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attribution import rule_based
from onrecord.quotes.attribution.agents import by_whom
from onrecord.quotes.attribution.assembly import apart, merged, missed, missed_nested, unshared, with_parents
from onrecord.quotes.attribution.boundaries import drafted
from onrecord.quotes.attribution.cue_words import cue_words, words_of
from onrecord.quotes.attribution.deduplication import first_reports, pull_quotes, resumed
from onrecord.quotes.attribution.doubtful import apart_from, doubtful, patterns
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.enclosed import apart_by_prose, ended, within_bracket
from onrecord.quotes.attribution.filters import (
    may_report,
    without_aside,
    without_datelines,
    without_hearer,
    without_object,
)
from onrecord.quotes.attribution.parenthetical import interrupting
from onrecord.quotes.attribution.pieces import telling
from onrecord.quotes.attribution.posts import drafts_of_posts, posts
from onrecord.quotes.attribution.relayed import relayed
from onrecord.quotes.attribution.segmentation import completed, coordinated, parted
from onrecord.quotes.attribution.source_clauses import of_speaker_alone
from onrecord.quotes.attribution.source_lines import credit, is_signature
from onrecord.quotes.attribution.transcripts import drafts_of, turns
from onrecord.quotes.attribution.verbless import by_phrases


@dataclass(frozen=True, slots=True)
class Candidates:
    """The drafts of an article in reading order, and what was read to find them.

    `repeated` are the numbers of the passages that only repeat another's words, `led_up` the starts of quotations that
    a sentence leads up to.
    """

    document: Document
    drafts: tuple[Draft, ...]
    names: Mentions
    repeated: frozenset[int]
    led_up: frozenset[int]


def candidates(document: Document, tagging: Tagging, mentions: Sequence[Mention]) -> Candidates:
    """The attributions that the tagger, transcripts, posts, quotation marks and plain patterns give, put together."""
    text = document.text
    names = Mentions([mention for mention in mentions if not is_picture_credit(text, mention)])
    story = [i for i, block in enumerate(document.read) if block.kind in STORY_KINDS]
    spoken = turns(text, document.passages, story, names)
    posted = posts(text, document.passages, story, document.sentences)
    reported = apart(tagging.attributions, [(turn.whole, turn.contents) for turn in spoken])
    reported = apart(reported, [(post.whole, (post.content,)) for post in posted])
    spans = [*(span for turn in spoken for span in turn.spans), *(post.whole for post in posted)]
    drafts = [
        *drafts_of(spoken),
        *drafts_of_posts(posted),
        *_drafts(document, without_datelines(text, reported, names), spans, names),
    ]
    read = drafts
    led_up = _led_up(drafts, document)
    drafts = merged(document, resumed(document, first_reports(text, drafts), names), led_up)
    repeated = pull_quotes(document, drafts)
    drafts = [draft for draft in drafts if draft.passage not in repeated]
    drafts += _present(_nested(document, missed_nested(document, drafts)))
    drafts += _doubtful(document, tagging.possible, [*read, *drafts], spans)
    drafts = with_parents(document, sorted(drafts, key=lambda d: (d.start, -d.end)))
    return Candidates(document, tuple(drafts), names, repeated, led_up)


def _drafts(document: Document, reported: Sequence[Attribution], read: Sequence[Span], names: Mentions) -> list[Draft]:
    """The tagger's triples; for each quotation that they miss, and for all where there are none, the patterns'.

    What lies in `read`, the turns of a transcript and posts, is not missed.
    """
    text, split, found = document.text, document.sentences, document.quotations
    claimed = _claimed(document, reported)
    found_drafts = _present(_draft(document, a, Link.TAGGER) for a in claimed if may_report(document, a))
    drafts = unshared(
        document,
        [part for draft in found_drafts for own in apart_by_prose(document, draft) for part in parted(document, own)],
    )
    drafts = completed(document, coordinated(document, drafts))
    if not reported and not read:
        drafts = _present(_draft(document, a, Link.PLAIN) for a in rule_based.attributions(text, split, found))
    elif lost := {q.inner for q in missed(document, drafts, read)}:
        for attribution in rule_based.attributions(text, split, found, unquoted=False):
            if not lost.isdisjoint(attribution.content):
                drafts += _present([_draft(document, attribution, Link.PLAIN)])
    phrased = _present(_draft(document, a, Link.PLAIN) for a in by_phrases(document, names))
    drafts += [d for d in phrased if not any(o.meets(s) for s in d.contents for e in drafts for o in e.contents)]
    return drafts + [_unattributed(document, quotation, names) for quotation in missed(document, drafts, read)]


def _doubtful(
    document: Document, possible: Sequence[Attribution], drafts: Sequence[Draft], read: Sequence[Span]
) -> list[Draft]:
    """What else may be reported, by the tagger's possible cues and by plain patterns, outside the spans `read`."""
    text = document.text
    tagged = apart(possible, [(span, (span,)) for span in read])
    likely = [a for a in _claimed(document, tagged) if may_report(document, a)]
    found = _present(_draft(document, a, Link.TAGGER) for a in apart_from(text, likely, drafts))
    plain = apart_from(text, apart(patterns(document, drafts), [(span, ()) for span in read]), [*drafts, *found])
    found += _present(_draft(document, a, Link.PLAIN) for a in plain if may_report(document, a))
    return doubtful(text, coordinated(document, found, drafts), drafts)


def _claimed(document: Document, found: Iterable[Attribution]) -> Iterator[Attribution]:
    """The tagger's triples, each with whoever can be its source."""
    text = document.text
    for attribution in found:
        told = by_whom(text, without_object(text, without_hearer(text, attribution)))
        yield without_aside(text, told, document.sentences)


def _read(text: str, attribution: Attribution) -> Attribution:
    """An attribution with who speaks for its source, and what is told for its content."""
    return of_speaker_alone(text, interrupting(text, relayed(text, within_bracket(text, attribution))))


def _draft(document: Document, attribution: Attribution, link: Link) -> Draft | None:
    text = document.text
    draft = drafted(document, _read(text, attribution), link)
    return None if draft is None else telling(document, ended(document, draft))


def _unattributed(document: Document, quotation: Quotation, names: Mentions) -> Draft:
    """A quotation that nothing beside it attributes; a line of its own under it may tell its source."""
    passage = document.passage_of(quotation.start)
    ends = document.passages[passage].end - quotation.end <= 1
    below = document.passages[passage + 1] if ends and passage + 1 < len(document.passages) else None
    source = None
    if below is not None:
        source = credit(document.text, below) or (below if _signed(document, passage, names) else None)
    return Draft(
        contents=(quotation.inner,),
        cue=None,
        source=source,
        quote_type=QuoteType.DIRECT,
        link=Link.NONE if source is None else Link.PLAIN,
        passage=passage,
        score=rule_based.QUOTED_SCORE,
    )


def _signed(document: Document, passage: int, names: Mentions) -> bool:
    """Whether the line under a quotation's paragraph tells whose it is; not where such a line stands over it, too."""
    text, passages = document.text, document.passages
    below, above = passages[passage + 1], passages[passage - 1] if passage else None

    def signs(line: Span, gap: Span) -> bool:
        return text.count("\n", gap.start, gap.end) == 1 and is_signature(text, line, names)

    if above is not None and signs(above, Span(above.end, passages[passage].start)):
        return False
    return signs(below, Span(passages[passage].end, below.start))


def _nested(document: Document, lost: Sequence[tuple[Quotation, Quotation]]) -> Iterator[Draft | None]:
    """Quotations inside others, where the words around them say whose they are: ``"He told me, 'Go home.'"``

    The words of an outer quotation are read once for all that it holds.
    """
    text = document.text
    for outer, pairs in groupby(lost, key=itemgetter(0)):
        alone = [replace(nested, depth=0, parent=None) for _, nested in pairs]
        found = rule_based.attributions(text, sentences(text, [outer.inner], alone), alone)
        told = [a for a in found if a.source is not None and not _is_own(text, a)]
        pieces = [(span, a) for a in told for span in a.content]
        starts = [span.start for span, _ in pieces]
        for nested in alone:
            place = bisect_right(starts, nested.inner.start) - 1
            if place >= 0 and nested.inner.end <= pieces[place][0].end:
                yield drafted(document, replace(pieces[place][1], content=(nested.inner,)), Link.PLAIN)


def _is_own(text: str, attribution: Attribution) -> bool:
    """Whether somebody quoted tells what he himself said, or what is to be said: ``"I said, 'Go home'"``.

    What he asked is kept, beside the answer.
    """
    source = words_of("" if attribution.source is None else attribution.source.of(text))
    cue = words_of("" if attribution.cue is None else attribution.cue.of(text))
    asks = any(reporting_words().is_in(word, "asking") for word in cue)
    modal = not cue_words().modals.isdisjoint([*source[-1:], *cue])
    return modal or (source[-1:] in (("i",), ("we",), ("you",)) and not asks)


def _present(drafts: Iterable[Draft | None]) -> list[Draft]:
    return [draft for draft in drafts if draft is not None]


def _led_up(drafts: Sequence[Draft], document: Document) -> frozenset[int]:
    """Starts of the quotations without cue that stand inside a sentence which attributes nothing before them.

    ``"We stay," Orla Venn said. The film ends with Tam Quill and his "We go."``
    """
    split = document.sentences
    attributing = {document.sentence_of(span.start) for d in drafts for span in (d.cue, d.source) if span is not None}
    found = set()
    for draft in drafts:
        number = document.sentence_of(draft.start)
        if draft.cue is None and draft.source is None and split and number not in attributing:
            words = [token for token in split[number].tokens if token.is_word]
            if words and words[0].start < draft.start:
                found.add(draft.start)
    return frozenset(found)
