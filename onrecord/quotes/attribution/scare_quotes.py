"""Which quotations are speech, and which are scare quotes, titles and single words held at arm's length."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.document.article import Span
from onrecord.document.quotations import Quotation

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
#: A quotation between dashes: ``she was blunt -- "it is not safe at all" -- and left``.
_DASHED_BEFORE = re.compile(r"\s(?:--|[–—])\s\Z")
_DASHED_BEHIND = re.compile(r"\s(?:--|[–—])\s")
_FUNCTION = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "but",
        "with",
        "from",
        "by",
        "is",
        "it",
        "as",
        "vs",
    ]
)
_LONGEST_PHRASE = 11  # words of a title, a slogan or a term
_SHORTEST_SPEECH = 4  # words; shorter ones need punctuation of their own to be speech without an attribution


def looks_like_speech(text: str, quotation: Quotation, passage: Span) -> bool:
    """Whether a quotation without any attribution is still somebody's words.

    A sentence between marks is: it has punctuation of its own at the end and is more than a few words long, or
    fills its paragraph (``"No."``). So are a dozen words, however they end. A title (capitals throughout) and a few
    words inside a sentence are not.
    """
    words = _WORD.findall(quotation.inner.of(text))
    if not words:
        return False
    fills = quotation.start == passage.start and passage.end - quotation.end <= 1
    last = quotation.inner.of(text).rstrip("’'”\"")[-1:]
    sentence_like = last in frozenset(",.!?…—–-") and (words[0][0].isupper() or words[0][0].isdigit())
    if is_title(words) and not (fills and len(words) > _SHORTEST_SPEECH + 2):
        return False
    if not quotation.closed or not quotation.opened:
        return fills or len(words) > 2 * _SHORTEST_SPEECH
    if fills:
        return len(words) >= _SHORTEST_SPEECH or sentence_like
    dashed = _DASHED_BEFORE.search(text, passage.start, quotation.start) and _DASHED_BEHIND.match(text, quotation.end)
    announced = text[passage.start : quotation.start].rstrip().endswith(":")
    heads = quotation.start == passage.start and text.startswith(":", quotation.end)  # "We stay": a town says no
    if len(words) > _LONGEST_PHRASE and quotation.depth == 0:
        return True
    return (sentence_like or heads or announced or dashed is not None) and len(words) >= _SHORTEST_SPEECH


def is_title(words: Sequence[str]) -> bool:
    """Whether words are in capitals as those of a title are, the small ones apart."""
    bearing = [w for w in words if w.lower() not in _FUNCTION]
    return len(bearing) > 1 and all(w[0].isupper() or w[0].isdigit() for w in bearing)
