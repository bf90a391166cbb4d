"""Which of the tagger's triples can be reports at all, and who only hears what is said (reporting.yaml)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import Attribution, EntityType, Span
from onrecord.document.document import Document
from onrecord.document.sentences import Sentence
from onrecord.document.words import WORD
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import forms_of_be
from onrecord.quotes.attribution.no_reports import is_no_report
from onrecord.quotes.attribution.verbs import shares_subject

#: An indirect report that is nobody's is kept from this score on: below, 4 of 57 were exact (polnear_dev).
_SURE_WITHOUT_SOURCE = 0.5
_SHORTEST_CLAUSE = 5  # words before a source that may be what it said, and not only when
#: A participle behind a comma, at the end of a clause.
_ADDING = re.compile(r"[^.;:\n“”\"]*,\s(?:(?:and|but)\s)?\w+ing\b")
_BACK = re.compile(r"(?:that|this|so)\b", re.IGNORECASE)  # what points to the sentence before
_DASH = re.compile(r"[-–—―]{1,2}\s?")
_NEAR = 20  # letters before a source in which the word before it stands
_ASIDE = re.compile(r"without\s+\w+ing\b", re.IGNORECASE)


def without_hearer(text: str, attribution: Attribution) -> Attribution:
    """The attribution, without a source that only hears or bears it: ``Venn was told``, ``the court heard``."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or source.end > cue.start:
        return attribution
    words = reporting_words()
    said = text[source.end : cue.end].lower()
    hears = "heard" in said.split() and not words.hearers.isdisjoint(source.of(text).lower().split()[-1:])
    return replace(attribution, source=None) if hears or is_addressed(said) else attribution


def is_addressed(cue: str) -> bool:
    """Whether a cue, in lower case, is a passive whose subject hears what is said: ``were told``."""
    return _addressed().search(cue) is not None


def without_object(text: str, attribution: Attribution) -> Attribution:
    """The attribution, without a source that is no subject: ``said it was built by Venn, adding that it holds``."""
    source, cue = attribution.source, attribution.cue
    if source is None or cue is None or not _ADDING.match(text, source.end, cue.end):
        return attribution
    words = text[max(0, source.start - _NEAR) : source.start].lower().split()
    behind = bool(words) and words[-1] in people_words().prepositions - {"with"}
    return replace(attribution, source=None) if behind else attribution


def without_aside(text: str, attribution: Attribution, split: Sequence[Sentence]) -> Attribution:
    """The attribution with the words before its source for its content, where that was how it was told.

    ``The bridge will close, Orla Venn told the Harbour Courier without saying when.``
    """
    cue, source, content = attribution.cue, attribution.source, attribution.content
    if cue is None or source is None or not content or not _ASIDE.match(text, content[0].start, content[-1].end):
        return attribution
    number = bisect_right(split, cue.start, key=lambda sentence: sentence.span.start)
    start, end = split[max(0, number - 1)].span.start, min(cue.start, source.start)
    before = text[start:end].rstrip()
    if end > content[0].start or not before.endswith(",") or len(before.split()) < _SHORTEST_CLAUSE:
        return attribution
    return replace(attribution, content=(Span(start, start + len(before) - 1),))


def without_datelines(text: str, found: Sequence[Attribution], names: Mentions) -> list[Attribution]:
    """The attributions but for places before a colon whose words another cue reports: a dateline says nothing.

    ``HARROW: "We stay," Orla Venn said``; of ``Norland: "We stay"`` alone Norland may be the source.
    """
    kept = []
    for attribution in found:
        source, cue = attribution.source, attribution.cue
        labelled = source is not None and cue is not None and cue.of(text) == ":"
        inside = names.within(source) if labelled and source is not None else []
        is_place = bool(inside) and all(m.entity_type is EntityType.LOC for m in inside)
        if not (is_place and any(_shares(attribution, other) for other in found if other is not attribution)):
            kept.append(attribution)
    return kept


def _shares(one: Attribution, other: Attribution) -> bool:
    return any(a.meets(b) for a in one.content for b in other.content)


def may_report(document: Document, attribution: Attribution) -> bool:
    """Whether an attribution can be a report at all: its content has a word of its own, and it is not a faint guess.

    Words in marks always can. A pronoun alone ("which Orla Venn rejected") is no content. Without a source, a verb
    must share its subject with one before, or the tagger be sure.
    """
    text = document.text
    if _points_ahead(document, attribution) or _is_credit(document, attribution) or is_no_report(text, attribution):
        return False
    if any(document.touching(span) for span in attribution.content):
        return True
    words = reporting_words()
    said = [word for span in attribution.content for word in WORD.findall(span.of(text).lower())]
    if words.empty_alone.issuperset(said) or (len(said) > 1 and words.empty.issuperset(said)):
        return False
    if attribution.source is not None:
        return True
    shared = attribution.cue is not None and shares_subject(text, attribution.cue)
    return shared or attribution.score >= _SURE_WITHOUT_SOURCE


def _points_ahead(document: Document, attribution: Attribution) -> bool:
    """Whether a sentence that ends its paragraph in a colon is taken to report the sentence before it.

    ``The ferry is late. Orla Venn told the board:``; what she told it follows. ``That is what she told it by letter:``
    points back.
    """
    cue, text = attribution.cue, document.text
    if cue is None or cue.of(text) == ":" or not attribution.content or not document.passages:
        return False
    passage = document.passages[document.passage_of(cue.start)]
    sentence = document.sentences[document.sentence_of(cue.start)].span
    printed = sentence.of(text).rstrip()
    last = not text[sentence.end : passage.end].strip() and printed.endswith(":")
    return last and _BACK.match(printed) is None and attribution.content[-1].end <= sentence.start


def _is_credit(document: Document, attribution: Attribution) -> bool:
    """Whether a line only tells whose the words above it are, and of what: ``— Orla Venn, describing the bridge``."""
    cue, source, text = attribution.cue, attribution.source, document.text
    if cue is None or source is None or not cue.of(text).endswith("ing") or not document.passages:
        return False
    passage = document.passages[document.passage_of(source.start)]
    return _DASH.fullmatch(text, passage.start, source.start) is not None and text[passage.end - 1] not in '.!?”"'


@cache
def _addressed() -> re.Pattern[str]:
    """A passive whose subject is the hearer or the target of what is said."""
    be = rf"\b(?:{'|'.join(sorted(forms_of_be()))}|am|[’']re|s)\s(?:\w+\s)?"
    return re.compile(be + rf"(?:{'|'.join(sorted(reporting_words().addressed))})\b")
