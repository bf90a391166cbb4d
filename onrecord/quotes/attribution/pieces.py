"""Pieces of a content that tell nothing: a relative pronoun, what a verb of calling names, how it was said.

``Orla Venn, whom Tam Quill called “a tourist”``; ``the sale has been called “a trap” by Orla Venn``; ``“Who ate it?”
Orla Venn shot back, to roars``.
"""

from __future__ import annotations

import re

from onrecord.document.article import QuoteType, Span
from onrecord.document.document import Document
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attribution.boundaries import type_of, with_contents
from onrecord.quotes.attribution.cue_words import words_of
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.attribution.hearers import calls

_AS = re.compile(r"(?:as|like)\s", re.IGNORECASE)
_COMMA = re.compile(r",?\s\Z")


def telling(document: Document, draft: Draft) -> Draft:
    """The draft without such pieces."""
    kept = [piece for piece in draft.contents if not _is_relative(document, piece)]
    kept = _behind_calling(document, draft, kept) or kept
    kept = [piece for piece in kept if not _is_manner(document, draft, kept[0], piece)]
    return with_contents(document, draft, kept) if kept and tuple(kept) != draft.contents else draft


def _is_relative(document: Document, piece: Span) -> bool:
    words = words_of(piece.of(document.text))
    return len(words) == 1 and words[0] in reporting_words().empty_alone | {"that"}


def _behind_calling(document: Document, draft: Draft, pieces: list[Span]) -> list[Span]:
    """What somebody or something is called, of the pieces of a verb of calling: not whom, nor the "as" before it."""
    text, cue = document.text, draft.cue
    if cue is None or not calls(cue.of(text)) or not pieces or pieces[0].end > cue.start:
        return []
    behind = [piece for piece in pieces if piece.start >= cue.end]
    if behind and (opens := _AS.match(text, behind[0].start, behind[0].end)) is not None:
        behind[0] = Span(opens.end(), behind[0].end)
        quotation = next(iter(document.touching(behind[0])), None)
        if quotation is not None and quotation.start <= behind[0].start and quotation.end >= behind[0].end:
            behind[0] = quotation.inner
    return behind


def _is_manner(document: Document, draft: Draft, first: Span, piece: Span) -> bool:
    """Whether a piece only tells how a quotation before its cue was said: ``, to roars from her benches``."""
    text, holes = document.text, [span for span in (draft.cue, draft.source) if span is not None]
    if piece == first or not holes or type_of(document, (first,)) is not QuoteType.DIRECT:
        return False
    behind = max(hole.end for hole in holes)
    beside = piece.start >= behind and _COMMA.fullmatch(text, behind, piece.start) is not None
    plain = type_of(document, (piece,)) is QuoteType.INDIRECT
    opens = words_of(piece.of(text))[:1]
    return beside and plain and not (people_words().prepositions | {"to"}).isdisjoint(opens)
