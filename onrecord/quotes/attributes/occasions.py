"""What something is said in, at or during: a statement, a debate; the outlet or platform beside it, if it says more."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.document.sentences import Token
from onrecord.lexicon.media import ARTICLES, media_words
from onrecord.lexicon.people import people_words
from onrecord.quotes.attributes.addressees import described_outlet, heard_by, printed

_LONGEST = 7  # words of an occasion
#: Words that end an occasion elsewhere, but not inside its name: "an earlier statement".
_ADJECTIVES = frozenset({"earlier", "later", "late", "early", "last"})


def occasion_at(text: str, tokens: Sequence[Token], first: int, mentions: Mentions) -> str | None:
    """``in a telephone interview`` gives ``telephone interview``; ``in an interview with Reuters`` gives Reuters.

    :param first: index of the token behind the preposition.
    :returns: as printed, without article or possessive pronoun; null where what stands there is no occasion.
    """
    words = media_words()
    begin = first
    first += first < len(tokens) and tokens[first].lower in ARTICLES
    for i in range(first, min(len(tokens), first + _LONGEST)):
        if not tokens[i].is_word or (i > first and tokens[i].lower in (words.stops - _ADJECTIVES) | ARTICLES):
            return None
        two = f"{tokens[i - 1].lower} {tokens[i].lower}" if i else ""
        if tokens[i].lower not in words.occasions and two not in words.occasions:
            continue
        if i + 1 < len(tokens) and f"{tokens[i].lower} {tokens[i + 1].lower}" in words.occasions:
            continue
        if i == begin and tokens[i].lower in words.answers:
            continue
        if _modifies(tokens, i):
            continue  # "a video message"
        named = _bearer(text, tokens, i, mentions)
        if named is not None:
            return named
        return printed(text, tokens[first : _with_partner(tokens, i, mentions) + 1])
    return None


def _modifies(tokens: Sequence[Token], i: int) -> bool:
    """Whether the occasion at `i` only tells of which kind the one right behind it is: ``a video message``."""
    beside = i + 1 < len(tokens) and tokens[i + 1].start - tokens[i].end == 1
    return beside and tokens[i + 1].lower in media_words().occasions


def _bearer(text: str, tokens: Sequence[Token], i: int, mentions: Mentions) -> str | None:
    """The outlet or platform that stands behind the occasion at `i` and says more: ``a video on Facebook``."""
    words = media_words()
    occasion = tokens[i].lower
    i += i + 1 < len(tokens) and tokens[i + 1].lower in words.times_behind  # "interview Monday with"
    link = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    following = tokens[i + 2 : i + 2 + _LONGEST]
    if occasion in words.conversations and link in {"with", "on", "to"}:
        return _partner(text, following, mentions)
    if occasion in words.posts and link == "on":
        platforms = (t for t in following[:5] if t.lower in words.platforms and text[t.start].isupper())
        platform = next(platforms, None)
        return None if platform is None else printed(text, [platform])
    return None


def _with_partner(tokens: Sequence[Token], i: int, mentions: Mentions) -> int:
    """Index of the last word of an occasion at `i` with whom it is for: ``letter to Quill``."""
    if (
        tokens[i].lower in people_words().authored | media_words().answers
        and i + 2 < len(tokens)
        and tokens[i + 1].lower == "to"
    ):
        return _addressed(tokens, i, mentions)
    return i


def _addressed(tokens: Sequence[Token], i: int, mentions: Mentions) -> int:
    """Index of the last word of those whom a document at `i` is for: ``members of the Harbour Board``."""
    words = media_words()
    for j in range(i + 2, min(len(tokens), i + 2 + _LONGEST)):
        named = mentions.starting_at(tokens[j].start)
        if named is not None:
            return max(k for k in range(j, len(tokens)) if tokens[k].start < named.end)
        if tokens[j].lower in words.hearers:
            return j
        if not tokens[j].is_word or (tokens[j].lower in words.stops and tokens[j].lower not in ARTICLES | {"of"}):
            break
    return i


def _partner(text: str, following: Sequence[Token], mentions: Mentions) -> str | None:
    described = described_outlet(text, following, mentions)
    if described is not None:
        return described
    hearer: list[Token] = []
    for token in following:
        if not token.is_word or token.lower in media_words().stops or (hearer and token.start - hearer[-1].end > 1):
            break
        hearer.append(token)
    if not hearer or not any(text[t.start].isupper() for t in hearer):
        return None
    return heard_by(text, hearer, mentions, asks=True)
