"""Attributions that the tagger does not take for any, and that may be reports all the same.

Two sources: cues that the tagger has not ruled out, and sentences (also clauses that are themselves reported) that a
plain pattern of saying fits. The models of reports decide about them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from onrecord.document.article import STORY_KINDS, Attribution, QuoteType, Span
from onrecord.document.document import Document, overlap
from onrecord.document.sentences import sentences
from onrecord.document.words import WORD
from onrecord.lexicon.verbs import forms_of_be
from onrecord.quotes.attribution import rule_based
from onrecord.quotes.attribution.cue_words import cue_head, statistics, words_of
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.attribution.verbs import has_verb_of_saying, is_passive

_THAT = re.compile(r"that\s+", re.IGNORECASE)
_SHORTEST_CLAUSE = 30  # letters of reported words that may hold a report of their own
_CONJUNCTIONS = frozenset({"that", "if", "and", "as", "to", "than", "when"})
_LONGEST_SUBJECT = 12  # words
#: Shares of a word's occurrences that report: of the verb of a plain pattern, and of any cue.
_MOSTLY_REPORTS, _REPORTS = 0.4, 0.05


def patterns(document: Document, drafts: Sequence[Draft]) -> tuple[Attribution, ...]:
    """What plain patterns read in the sentences without a cue, and in the clauses that others report."""
    text = document.text
    attributing = {document.sentence_of(draft.cue.start) for draft in drafts if draft.cue is not None}
    story = [block.kind in STORY_KINDS for block in document.read]
    bare = [
        sentence
        for number, sentence in enumerate(document.sentences)
        if number not in attributing and story[sentence.passage]
    ]
    found = list(rule_based.attributions(text, bare, document.quotations))
    for draft in drafts:
        if draft.quote_type is not QuoteType.DIRECT:
            for span in draft.contents:
                clause = _behind_that(text, span)
                if clause.end - clause.start >= _SHORTEST_CLAUSE:
                    held = document.touching(clause)
                    found += rule_based.attributions(text, sentences(text, [clause], held), held)
    own = (_without_verb(text, attribution) for attribution in found)
    return tuple(attribution for attribution in own if _is_clause(text, attribution))


def _behind_that(text: str, span: Span) -> Span:
    opening = _THAT.match(text, span.start, span.end)
    return span if opening is None else Span(opening.end(), span.end)


def _without_verb(text: str, attribution: Attribution) -> Attribution:
    """The attribution without a verb of saying before its source, which is another's: ``claimed Orla Venn said``."""
    source = attribution.source
    first = None if source is None else WORD.match(text, source.start, source.end)
    if source is None or first is None or first.end() == source.end or not first.group().islower():
        return attribution
    if reporting_share(text, Span(*first.span())) < _MOSTLY_REPORTS:
        return attribution
    rest = WORD.search(text, first.end(), source.end)
    return attribution if rest is None else replace(attribution, source=Span(rest.start(), source.end))


def _is_clause(text: str, attribution: Attribution) -> bool:
    """Whether source and cue are those of a clause, and not words of a longer one: ``the board said``."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or is_passive(text, cue):
        return False
    words = words_of(source.of(text))
    if not words or len(words) > _LONGEST_SUBJECT:
        return False
    subject = words[0] not in _CONJUNCTIONS and not words[0].endswith("ing")
    subject = subject and forms_of_be().isdisjoint(words[-2:])
    return subject and reporting_share(text, cue) >= _MOSTLY_REPORTS


def reporting_share(text: str, cue: Span) -> float:
    """How often the head of a cue reports, in annotated news; 0 where it hardly ever stands there."""
    head = cue_head(cue.of(text))
    seen = None if head is None else statistics().get(head.lemma)
    return 0.0 if seen is None or not seen.occurrences else seen.attributions / seen.occurrences


def apart_from(text: str, attributions: Sequence[Attribution], drafts: Sequence[Draft]) -> Iterator[Attribution]:
    """The attributions by words that report, whose cue touches no cue and no source of the drafts; each cue once."""
    taken = sorted(span for draft in drafts for span in (draft.cue, draft.source) if span is not None)
    ends = list(accumulate((span.end for span in taken), max))
    seen: set[int] = set()
    for attribution in attributions:
        cue = attribution.cue
        if cue is None or cue.start in seen:
            continue
        if reporting_share(text, cue) < _REPORTS:
            continue
        before = bisect_right(taken, cue.end - 1, key=lambda span: span.start) - 1
        if before < 0 or ends[before] <= cue.start:
            seen.add(cue.start)
            yield attribution


def doubtful(text: str, drafts: Sequence[Draft], others: Sequence[Draft]) -> list[Draft]:
    """The drafts marked as doubtful, but those whose words are the whole content of one of `others`.

    Whole quotations are left out without a verb of saying: those that are speech are found by their marks.
    """
    whole = {(draft.start, draft.end) for draft in others}
    told = (d for d in drafts if d.quote_type is not QuoteType.DIRECT or has_verb_of_saying(text, d.cue))
    return [replace(draft, doubtful=True) for draft in told if (draft.start, draft.end) not in whole]


def shared(draft: Draft, others: Sequence[Draft]) -> float:
    """The largest share of letters that a draft's content has in common with that of another one, of all of both."""
    return max((_share(draft.contents, other.contents) for other in others), default=0.0)


def _share(ours: Sequence[Span], theirs: Sequence[Span]) -> float:
    common = sum(max(0, o.end - o.start) for a in ours for b in theirs for o in [overlap(a, b)])
    total = sum(s.end - s.start for s in (*ours, *theirs)) - common
    return common / max(1, total)
