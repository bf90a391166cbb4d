"""Marks that end what is told: a bracket around its cue, a closing mark, a sentence of the article's own.

``The pier (Orla Venn said it was cracked) is shut.`` ``She said: “We stay,” but has sold the house.``
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.document.article import Attribution, QuoteType, Span
from onrecord.document.document import Document, letters
from onrecord.document.quotations import Quotation
from onrecord.quotes.attribution.boundaries import stripped, type_of, with_contents
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.attribution.scare_quotes import looks_like_speech

_LONGEST_BRACKET = 400  # letters
_EDGES = " \t\n\r\u00a0,;:()"
#: A cue that has nothing but a quotation behind it: ``as Orla Venn put it, “a cold spring”``.
_PUT_IT = re.compile(r"\bput(?:s|ting)?\sit\Z", re.IGNORECASE)
_COLON = re.compile(r"[^.!?;“”\"]{0,60}:\s*[“\"‘'«„`]*\Z")
_ENDS_CLAUSE = re.compile(r"[,.!?…][’'”\"»]*\Z")
_ENDS_SENTENCE = re.compile(r"[.!?…][’'”\"»]*\Z")
_OPENS_SENTENCE = re.compile(r"\s+[^\W\d_a-z]")
_SHORTEST_SENTENCE = 5  # words of a sentence between two quotations


def within_bracket(text: str, attribution: Attribution) -> Attribution:
    """The attribution without what stands outside of the bracket that holds its cue, source and some of its content."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None:
        return attribution
    first, last = min(cue.start, source.start), max(cue.end, source.end)
    bracket = _bracket_around(text, Span(first, last))
    if bracket is None or all(bracket.holds(piece) for piece in attribution.content):
        return attribution
    inside = (
        stripped(text, Span(max(piece.start, bracket.start), min(piece.end, bracket.end)), _EDGES)
        for piece in attribution.content
        if piece.meets(bracket)
    )
    content = tuple(piece for piece in inside if letters(text, piece))
    return replace(attribution, content=content) if any(piece.start >= cue.end for piece in content) else attribution


def _bracket_around(text: str, span: Span) -> Span | None:
    """What stands between the brackets around `span`, on its line."""
    opened = text.rfind("(", max(0, span.start - _LONGEST_BRACKET), span.start)
    closed = text.find(")", span.end, span.end + _LONGEST_BRACKET)
    if opened < 0 or closed < 0 or any(mark in text[opened + 1 : closed] for mark in "()\n"):
        return None
    return Span(opened + 1, closed)


def ended(document: Document, draft: Draft) -> Draft:
    """The draft with pieces that begin as a quotation ended with it, where a colon, or its full stop, shows the end."""
    contents = tuple(part for piece in draft.contents for part in _ended(document, draft, piece))
    if contents == draft.contents or not any(letters(document.text, part) for part in contents):
        return draft
    return replace(
        draft, contents=contents, quote_type=type_of(document, contents, draft.quote_type is QuoteType.DIRECT)
    )


def _ended(document: Document, draft: Draft, piece: Span) -> Iterator[Span]:
    text = document.text
    first = next((q for q in _quoted(document, draft, piece) if piece.start in (q.start, q.inner.start)), None)
    if first is None or not first.closed or piece.end <= first.end or draft.cue is None:
        yield piece
        return
    told, words = draft.cue.end <= piece.start, first.inner
    announced = (
        told and _COLON.match(text, draft.cue.end, piece.start) and _ENDS_CLAUSE.search(text, words.start, words.end)
    )
    put = told and _PUT_IT.search(draft.cue.of(text))
    whole = _ENDS_SENTENCE.search(text, words.start, words.end) and _OPENS_SENTENCE.match(text, first.end, piece.end)
    if not (announced or put or whole):
        yield piece
        return
    yield words
    passage = document.passages[document.passage_of(piece.start)]
    for later in _quoted(document, draft, piece):
        if later.start >= first.end and later.end <= piece.end + 1 and looks_like_speech(text, later, passage):
            yield later.inner


def _quoted(document: Document, draft: Draft, piece: Span) -> Sequence[Quotation]:
    """The quotations in a piece; those one deep where the draft's cue lies in the quotation around them."""
    around = document.touching(piece)
    cue = draft.cue
    if cue is not None and any(q.inner.holds(cue) for q in around):
        return document.touching(piece, nested=True)
    return around


def apart_by_prose(document: Document, draft: Draft) -> list[Draft]:
    """The draft, or its parts where a sentence of the article's own parts its quotation from other words behind it."""
    for place, (before, piece) in enumerate(zip(draft.contents, draft.contents[1:], strict=False), start=1):
        rest = draft.contents[place:]
        if type_of(document, rest) is QuoteType.MIXED and _holds_sentence(document, draft, before.end, piece.start):
            own, alone = draft.contents[:place], replace(draft, cue=None, source=None, link=Link.NONE)
            parts = ((draft, own), (alone, rest))
            return [with_contents(document, part, contents) for part, contents in parts]
    return [draft]


def _holds_sentence(document: Document, draft: Draft, start: int, end: int) -> bool:
    """Whether a whole sentence without quotation, cue or source stands there."""
    own = [span for span in (draft.cue, draft.source) if span is not None]
    for sentence in document.sentences[document.sentence_of(start) : document.sentence_of(end) + 1]:
        words = [token for token in sentence.tokens if token.is_word]
        plain = all(token.quotation is None for token in sentence.tokens)
        inside = start <= sentence.span.start and sentence.span.end <= end
        if inside and plain and len(words) >= _SHORTEST_SENTENCE and not any(s.meets(sentence.span) for s in own):
            return True
    return False
