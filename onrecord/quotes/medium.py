"""To whom or where something was said: Reuters in "told Reuters", a news conference, Twitter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.article import EntityType, Span
from onrecord.quotes.draft import Draft
from onrecord.quotes.lexicon import load, reporting_words
from onrecord.quotes.named import Mentions
from onrecord.quotes.sentences import Sentence, Token

_LONGEST = 7  # words of a hearer or an occasion
_ARTICLES = frozenset({"a", "an", "the", "his", "her", "their", "its", "another", "this", "that", "one"})


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: dict[str, str]
    platforms: frozenset[str]
    occasions: frozenset[str]
    conversations: frozenset[str]
    hearers: frozenset[str]
    stops: frozenset[str]
    nouns_in_ly: frozenset[str]


@cache
def _words() -> _Words:
    data = load("media.yaml")
    lists = (
        frozenset(data[k]["words"])
        for k in ("platforms", "occasions", "conversations", "hearers", "stops", "nouns_in_ly")
    )
    return _Words(data["verbs"]["words"], *lists)


def medium_of(
    text: str, draft: Draft, sentence: Sentence, mentions: Mentions, nearby: Sequence[Draft] = ()
) -> str | None:
    """The hearer, outlet or occasion that the attribution's own clause gives, as printed; null where it gives none.

    :param sentence: the one around the draft's cue.
    :param nearby: drafts of the same sentence: what they report is not this attribution's own clause.
    """
    if draft.cue is None:
        return None
    reported = [*draft.contents, *(s for other in nearby for s in other.contents if not _holds(s, draft.cue))]
    tokens = [t for t in sentence.tokens if t.quotation is None and not any(_in(t, span) for span in reported)]
    told = _hearer(text, draft, tokens, mentions)
    if told is not None:
        return told
    for i, token in enumerate(tokens):
        found = _after_preposition(text, tokens, i, mentions, draft) if token.is_word else None
        if found is not None:
            return found
    for word in re.findall(r"[\w-]+", draft.cue.of(text).lower()):
        if word in _words().verbs:
            return _words().verbs[word]
    return None


def _holds(span: Span, inner: Span) -> bool:
    return span.start <= inner.start and inner.end <= span.end


def _hearer(text: str, draft: Draft, tokens: Sequence[Token], mentions: Mentions) -> str | None:
    """Whom the source told: the words behind the verb up to a time, a place or what is said."""
    words = reporting_words()
    cue = draft.cue
    if cue is None:
        return None
    verb = next((t for t in tokens if cue.start <= t.start < cue.end and words.is_in(t.lower, "telling")), None)
    if verb is None or any(t.lower in {"was", "were", "been", "being", "is", "are"} for t in tokens if _in(t, cue)):
        return None
    hearer: list[Token] = []
    for token in tokens:
        if token.start < verb.end:
            continue
        gap = hearer[-1].end if hearer else verb.end
        if not token.is_word or _stops(token.lower) or token.start - gap > 2 or len(hearer) > _LONGEST:
            break
        hearer.append(token)
    return _printed(text, hearer, mentions)


def _stops(word: str) -> bool:
    """Whether a word ends the hearer: one of the list, or an adverb in -ly."""
    return word in _words().stops or (word.endswith("ly") and word not in _words().nouns_in_ly)


def _in(token: Token, span: Span) -> bool:
    return span.start <= token.start < span.end


def _printed(text: str, tokens: Sequence[Token], mentions: Mentions) -> str | None:
    """The words as printed, from the name among them or without their article; nothing for a mere pronoun."""
    kept = [t for i, t in enumerate(tokens) if i or t.lower not in {"the", "a", "an"}]
    if not kept or (len(kept) == 1 and len(kept[0].lower) < 3) or kept[0].lower in {"him", "her", "them", "you", "us"}:
        return None
    start, end = kept[0].start, kept[-1].end
    inside = [m for m in mentions.within(Span(start, end)) if m.entity_type is not EntityType.NORP]
    if inside:  # "the business weekly Harbour Courier", "host Orla Venn"
        start, end = inside[0].start if text[start : inside[0].start].islower() else start, inside[-1].end
    elif kept[0].lower in _ARTICLES:
        return None
    return " ".join(text[start:end].split()) or None


def _after_preposition(text: str, tokens: Sequence[Token], i: int, mentions: Mentions, draft: Draft) -> str | None:
    preposition = tokens[i].lower
    following = [t for t in tokens[i + 1 : i + 1 + _LONGEST] if t.is_word]
    if not following or (draft.source is not None and _in(tokens[i], draft.source)):
        return None
    if preposition in {"on", "via"}:
        return _platform(text, following, mentions)
    if preposition in {"in", "at", "during", "through", "via", "by"}:
        return _occasion(text, tokens, i + 1, mentions)
    beside = (
        draft.cue is not None and i > 0 and _in(tokens[i - 1], draft.cue) and not _in(tokens[i], draft.cue)
    )  # what is said may stand in between
    if preposition in {"to", "with"} and beside:
        if following[0].lower in _words().hearers:
            return following[0].lower
        return _outlet(text, following, mentions)
    return None


def _platform(text: str, following: Sequence[Token], mentions: Mentions) -> str | None:
    rest = following[1:] if following[0].lower in _ARTICLES else following
    for length in (2, 1):
        if " ".join(t.lower for t in rest[:length]) in _words().platforms and len(rest) >= length:
            return text[rest[0].start : rest[length - 1].end]
    return _outlet(text, rest, mentions) or _post(text, rest)


def _post(text: str, rest: Sequence[Token]) -> str | None:
    """``on her Facebook page``."""
    return text[rest[0].start : rest[0].end] if rest and rest[0].lower in _words().platforms else None


def _outlet(text: str, following: Sequence[Token], mentions: Mentions) -> str | None:
    rest = following[1:] if following and following[0].lower in _ARTICLES else following
    if not rest or rest[0].lower in _words().stops:
        return None
    at = Span(rest[0].start, rest[-1].end)
    named = [m for m in mentions.within(at) if m.start == at.start]
    if named and named[0].entity_type in (EntityType.ORG, EntityType.MISC):
        return text[named[0].start : named[0].end]
    return None


def _occasion(text: str, tokens: Sequence[Token], first: int, mentions: Mentions) -> str | None:
    """``in a telephone interview`` gives ``telephone interview``; ``in an interview with Reuters`` gives Reuters."""
    words = _words()
    for i in range(first, min(len(tokens), first + _LONGEST)):
        if not tokens[i].is_word or (i > first and tokens[i].lower in words.stops):
            return None
        two = f"{tokens[i - 1].lower} {tokens[i].lower}"
        if tokens[i].lower not in words.occasions and two not in words.occasions:
            continue
        if i + 1 < len(tokens) and f"{tokens[i].lower} {tokens[i + 1].lower}" in words.occasions:
            continue
        partner = tokens[i + 1 : i + 2]
        if tokens[i].lower in words.conversations and partner and partner[0].lower in {"with", "on", "to"}:
            named = _partner(text, tokens[i + 2 : i + 2 + _LONGEST], mentions)
            if named is not None:
                return named
        start = first + (tokens[first].lower in _ARTICLES)
        return " ".join(text[tokens[min(start, i)].start : tokens[i].end].split())
    return None


def _partner(text: str, following: Sequence[Token], mentions: Mentions) -> str | None:
    upto = next((i for i, t in enumerate(following) if not t.is_word or t.lower in _words().stops), len(following))
    hearer = list(following[:upto])
    if not hearer or not any(text[t.start].isupper() for t in hearer):
        return None
    return _printed(text, hearer, mentions)
