"""The reports that one draft of the tagger holds, of several sentences and verbs, and the rest of interrupted ones.

``Orla Venn said the bridge was old and denied that it had been sold, adding that it would stay.`` reports three times.
In PolNeAR's training articles and the speech gold a content ends before such a verb 395 times and goes over it 37.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.document.article import QuoteType, Span
from onrecord.document.document import Document, letters
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import forms_of_be
from onrecord.quotes.attribution.boundaries import stripped, trimmed_tail, type_of, with_contents
from onrecord.quotes.attribution.cue_words import cue_words, words_of
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.scare_quotes import looks_like_speech
from onrecord.quotes.attribution.verbs import has_verb_of_saying, is_passive

#: What follows the end of a sentence, where that is no abbreviation.
_NEXT_SENTENCE = re.compile(r"\s*[^\W\d_a-z]|\s*[\"“‘'`«„]")
#: What joins a verb to the one before it: ``, and``, ``but she also``, ``, however,``; a comma before a participle.
_JOINED = re.compile(
    r"(?P<joint>,?\s(?:and|but)|,\showever,|,|(?=\sadding\sthat\b))\s(?:(?P<subject>he|she|they|it)\s)?(?:(?:also|then|later)\s)?"
    r"(?P<verb>[a-z]+)\b(?!\sto\sthe\b)(?=\s|:)"
)
#: What a speaker keeps back, joined to the verb of saying: ``but gave no details``, ``but would not elaborate``.
_WITHHELD = re.compile(
    r",?\sbut\s(?:(?:gave|offered|provided|released|cited)\sno\s(?:\w+\s)?"
    r"(?:details?|evidence|proof|reasons?|figures?|explanation|timeline)"
    r"|(?:did|would|could)(?:\snot|n[’']t)\s(?:immediately\s)?"
    r"(?:elaborate|say|specify|(?:give|provide)\s(?:\w+\s){0,2}details?))\b"
)
#: What follows an attribution that interrupts a clause: a comma, and the first of at least three words.
_BEHIND = re.compile(r",\s(?=(?P<word>[a-z]+)\s\S+\s\S)")
_ENDS = " \t\n\r\u00a0.,;:!?"
#: No participle, and no base form, as after "would".
_FINITE = re.compile(r"(?:s|ed|said|wrote)\Z")
_ADJECTIVES = frozenset({"alleged"})


def parted(document: Document, draft: Draft) -> list[Draft]:
    """One draft, or its parts: what the article tells in its words, and whole quotations that follow, or stood before.

    ``The bridge is old, Venn said: "Stay off it."`` reports twice, by one cue; a quotation before has none.
    """
    hole = max((s.end for s in (draft.cue, draft.source) if s is not None), default=None)
    if hole is None:
        return [draft]
    own, behind = _of_sentences_behind(document, draft)
    if own != draft.contents:
        alone = replace(draft, cue=None, source=None, link=Link.NONE)
        quoted = [with_contents(document, alone, behind)] if behind else []
        return [*parted(document, with_contents(document, draft, own)), *quoted]
    if len(draft.contents) < 2:
        return [draft]
    before = _of_sentences_before(document, draft)
    if before:
        rest = tuple(s for s in draft.contents if s not in before)
        alone = replace(draft, cue=None, source=None, link=Link.NONE)
        return [with_contents(document, alone, before), with_contents(document, draft, rest)]
    later = tuple(s for s in draft.contents if s.start >= hole and type_of(document, (s,)) is QuoteType.DIRECT)
    earlier = tuple(s for s in draft.contents if s not in later)
    if not later or not earlier or later[0].start < earlier[-1].end:
        return [draft]
    announced = document.text[hole : later[0].start].split()
    if type_of(document, earlier) is QuoteType.DIRECT or not any(word.endswith(":") for word in announced):
        return [draft]
    if _is_subordinate(document, draft, earlier):
        return [with_contents(document, draft, later)]
    return [with_contents(document, draft, part) for part in (earlier, later)]


def _is_subordinate(document: Document, draft: Draft, contents: Sequence[Span]) -> bool:
    """Whether words are the clause before one that attributes others: ``As it rained, Orla Venn said: “We go.”``"""
    sentence = document.sentences[document.sentence_of(contents[0].start)].span
    first = words_of(contents[0].of(document.text))[:1]
    opens = not (people_words().subordinators | {"given"}).isdisjoint(first)
    before = draft.cue is not None and contents[0].end <= draft.cue.start
    return opens and before and len(contents) == 1 and contents[0].start == sentence.start


def completed(document: Document, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with what follows an attribution that interrupts a clause: ``The bridge, Orla Venn said, has held``.

    What follows goes on where it has the verb of the words before, or is joined to them by "and" or "but", and holds no
    attribution of its own.
    """
    cues = sorted(draft.cue.start for draft in drafts if draft.cue is not None)
    return [_completed(document, draft, cues) for draft in drafts]


def _completed(document: Document, draft: Draft, cues: Sequence[int]) -> Draft:
    text, cue, source = document.text, draft.cue, draft.source
    if cue is None or source is None or draft.quote_type is not QuoteType.INDIRECT:
        return draft
    clause = Span(min(cue.start, source.start), max(cue.end, source.end))
    sentence = document.sentences[document.sentence_of(cue.start)].span
    if not sentence.start <= draft.start < draft.end <= clause.start or text[draft.end : clause.start].strip() != ",":
        return draft
    behind = _BEHIND.match(text, clause.end, sentence.end)
    if behind is None or bisect_left(cues, clause.end) < bisect_left(cues, sentence.end):
        return draft
    rest = stripped(text, Span(behind.end(), sentence.end), _ENDS)
    if document.touching(rest) or not _goes_on(text, draft, cue, behind["word"]):
        return draft
    return replace(draft, contents=(*draft.contents, rest))


def _goes_on(text: str, draft: Draft, cue: Span, word: str) -> bool:
    """Whether the word behind an attribution carries on the clause before it."""
    finite = cue_words().modals | cue_words().other_finite | forms_of_be()
    before = words_of(" ".join(span.of(text) for span in draft.contents))
    if word in {"and", "but"}:
        return has_verb_of_saying(text, cue) and not is_passive(text, cue)
    return word in finite and finite.isdisjoint(before) and not any(w.endswith("ed") for w in before)


def _of_sentences_before(document: Document, draft: Draft) -> tuple[Span, ...]:
    """The whole quotations of sentences before a draft's own, where its own tells in other words.

    ``"Stay off it." The bridge is old, Orla Venn said.``
    """
    if draft.cue is None:
        return ()
    start = document.sentences[document.sentence_of(draft.cue.start)].span.start
    before = tuple(s for s in draft.contents if s.end <= start and type_of(document, (s,)) is QuoteType.DIRECT)
    rest = tuple(s for s in draft.contents if s not in before)
    return before if rest and type_of(document, rest) is not QuoteType.DIRECT else ()


def _of_sentences_behind(document: Document, draft: Draft) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The pieces of a content that end with the sentence that reports them, and the whole quotations behind it.

    What is told in the article's own words behind its cue ends with the sentence: ``Orla Venn said the bridge was old.
    "Stay off it."``
    """
    if draft.cue is None or draft.quote_type is QuoteType.DIRECT or draft.start < draft.cue.end:
        return draft.contents, ()
    end = document.sentences[document.sentence_of(draft.start)].span.end
    own: list[Span] = []
    behind: list[Span] = []
    for piece in draft.contents:
        if piece.end <= end or _NEXT_SENTENCE.match(document.text, max(piece.start, end)) is None:
            own.append(piece)
            continue
        if piece.start < end:
            own.append(trimmed_tail(document.text, Span(piece.start, end - document.text.endswith(".", 0, end))))
        held = [q for q in document.touching(Span(max(piece.start, end), piece.end)) if q.start >= end]
        behind += [q.inner for q in held if looks_like_speech(document.text, q, _passage(document, q.start))]
    return (tuple(own), tuple(behind)) if any(letters(document.text, s) for s in own) else (draft.contents, ())


def _passage(document: Document, offset: int) -> Span:
    return document.passages[document.passage_of(offset)]


def coordinated(document: Document, drafts: Sequence[Draft], others: Sequence[Draft] = ()) -> list[Draft]:
    """The drafts, each ending before a second verb of saying in its sentence; what that one reports is a draft too.

    :param others: drafts whose verbs have drafts already, beside `drafts`.
    """
    cues = {draft.cue.start for draft in (*drafts, *others) if draft.cue is not None}
    result: list[Draft] = []
    for draft in drafts:
        first, *rest = _clauses(document, draft)
        result += [first, *(clause for clause in rest if clause.cue is not None and clause.cue.start not in cues)]
    return result


def _clauses(document: Document, draft: Draft) -> Iterator[Draft]:
    """The reports that a draft holds, in reading order."""
    text, link = document.text, draft.link
    draft = _without_withheld(document, draft)
    while (joined := _second_verb(document, draft)) is not None:
        before = [Span(s.start, min(s.end, joined.start())) for s in draft.contents if s.start < joined.start()]
        behind = [Span(max(s.start, joined.end()), s.end) for s in draft.contents if s.end > joined.end()]
        yield with_contents(document, draft, [*before[:-1], trimmed_tail(text, before[-1])])
        told = [trimmed_tail(text, span) for span in behind]
        if not any(letters(text, span) for span in told):
            return
        subject = None if joined["subject"] is None else Span(*joined.span("subject"))
        rest = replace(draft, cue=Span(*joined.span("verb")), source=subject)
        draft = with_contents(document, replace(rest, link=Link.NONE if subject is None else link), told)
    yield draft


def _without_withheld(document: Document, draft: Draft) -> Draft:
    """The draft without what its speaker did not tell: ``the bridge was old, but gave no details``."""
    last = draft.contents[-1]
    if draft.cue is None or draft.quote_type is QuoteType.DIRECT or draft.start < draft.cue.end:
        return draft
    for match in _WITHHELD.finditer(document.text, last.start, last.end):
        if not any(q.start < match.start() < q.end for q in document.touching(last)):
            kept = trimmed_tail(document.text, Span(last.start, match.start()))
            return (
                with_contents(document, draft, (*draft.contents[:-1], kept)) if letters(document.text, kept) else draft
            )
    return draft


def _second_verb(document: Document, draft: Draft) -> re.Match[str] | None:
    """The first verb of saying, outside of quotations, that is joined to a draft's own, before its content."""
    if draft.cue is None or draft.quote_type is QuoteType.DIRECT or draft.start < draft.cue.end:
        return None
    text = document.text
    if draft.cue.of(text).lower().startswith("according"):
        return None
    for piece in draft.contents:
        quoted = document.touching(piece)
        for match in _JOINED.finditer(text, piece.start, piece.end):
            inside = any(q.start < match.end() and match.start("verb") < q.end for q in quoted)
            if not inside and _is_saying(match) and letters(text, Span(piece.start, match.start())):
                return match
    return None


def _is_saying(match: re.Match[str]) -> bool:
    """Whether a joined word is a finite verb of saying, or a participle of one behind a comma."""
    words, verb = reporting_words(), match["verb"]
    if not words.is_in(verb, "speech", "stance") or verb in words.bases or verb in _ADJECTIVES:
        return False
    participle = verb.endswith("ing")
    return (
        (participle and match["subject"] is None) if match["joint"] in {"", ","} else _FINITE.search(verb) is not None
    )
