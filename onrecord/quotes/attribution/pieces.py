"""Pieces of a content that tell nothing: a relative pronoun, how it was said.

``Orla Venn, whom Tam Quill called “a tourist”``; ``“Who ate it?” Orla Venn shot back, to roars``.
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

_COMMA = re.compile(r",?\s\Z")


def telling(document: Document, draft: Draft) -> Draft:
    """The draft without such pieces."""
    kept = [piece for piece in draft.contents if not _is_relative(document, piece)]
    kept = [piece for piece in kept if not _is_manner(document, draft, kept[0], piece)]
    return with_contents(document, draft, kept) if kept and tuple(kept) != draft.contents else draft


def _is_relative(document: Document, piece: Span) -> bool:
    words = words_of(piece.of(document.text))
    return len(words) == 1 and words[0] in reporting_words().empty_alone | {"that"}


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
