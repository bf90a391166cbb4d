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
from onrecord.quotes.phrase import Form, parsed
from onrecord.quotes.relayed import relayed_by
from onrecord.quotes.sentences import Sentence, Token

_LONGEST = 7  # words of a hearer or an occasion
_FURTHEST = 14  # words from "in which" back to the occasion
_ARTICLES = frozenset(
    {"a", "an", "the", "his", "her", "their", "its", "another", "this", "that", "one", "these", "those"}
)


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: dict[str, str]
    platforms: frozenset[str]
    occasions: frozenset[str]
    conversations: frozenset[str]
    hearers: frozenset[str]
    stops: frozenset[str]
    nouns_in_ly: frozenset[str]
    channels: frozenset[str]
    turning: frozenset[str]
    speaking: frozenset[str]
    loose: frozenset[str]
    participles: frozenset[str]
    shows: frozenset[str]


@cache
def _words() -> _Words:
    data = load("media.yaml")
    keys = ("platforms", "occasions", "conversations", "hearers", "stops", "nouns_in_ly")
    lists = (
        frozenset(data[key]["words"])
        for key in (*keys, "channels", "turning", "speaking", "loose", "participles", "shows")
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
    told = relayed_by(text, draft, mentions) or _hearer(text, draft, tokens, mentions)
    if told is not None:
        return told
    cue = draft.cue
    found = [
        (_gap(token.start, cue), medium)
        for i, token in enumerate(tokens)
        if token.is_word and (medium := _after_preposition(text, tokens, i, mentions, draft)) is not None
    ]
    if found:
        return min(found)[1]
    held = _in_which(text, draft, tokens)
    if held is not None:
        return held
    for word in re.findall(r"[\w-]+", draft.cue.of(text).lower()):
        if word in _words().verbs:
            return _words().verbs[word]
    return None


def paper_of(text: str, source: Span, mentions: Mentions) -> str | None:
    """The document as which somebody speaks: statement, in ``a statement by Orla Venn``."""
    phrase = parsed(text, source, mentions)
    return phrase.head if phrase.form is Form.DOCUMENT and phrase.head in _words().occasions else None


def _gap(offset: int, cue: Span) -> int:
    """How far from the cue something stands: 0 inside of it."""
    return max(0, cue.start - offset, offset - cue.end)


def _in_which(text: str, draft: Draft, tokens: Sequence[Token]) -> str | None:
    """``She held a news conference where she said``; ``her speech, in which she said``."""
    start = min(span.start for span in (draft.source, draft.cue) if span is not None)
    before = [t for t in tokens if t.start < start]
    if not before or before[-1].lower not in {"which", "where"}:
        return None
    for i in range(len(before) - 2, max(-1, len(before) - 2 - _FURTHEST), -1):
        if before[i].lower in _words().occasions:
            first = i
            while first and before[first - 1].is_word and not _stops(before[first - 1].lower):
                first -= 1
                if before[first].lower in _ARTICLES:
                    first += 1
                    break
            first = max(first, i - 2)
            return " ".join(text[before[first].start : before[i].end].split())
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
        if hearer and hearer[-1].lower.endswith("s") and token.lower.endswith("ing"):
            break  # "the judges hearing the case"
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
    if kept[-1].lower in _words().occasions:  # "a Harbour Board meeting", "his works panel"
        start = kept[kept[0].lower in _ARTICLES and len(kept) > 1].start
    elif inside:  # "the business weekly Harbour Courier", "host Orla Venn"
        start, end = inside[0].start if text[start : inside[0].start].islower() else start, inside[-1].end
    elif kept[0].lower in _ARTICLES:
        return None
    return " ".join(text[start:end].split()) or None


def _after_preposition(text: str, tokens: Sequence[Token], i: int, mentions: Mentions, draft: Draft) -> str | None:
    preposition = tokens[i].lower
    following = [t for t in tokens[i + 1 : i + 1 + _LONGEST] if t.is_word]
    if not following or draft.cue is None or (draft.source is not None and _in(tokens[i], draft.source)):
        return None
    words = _words()
    before = tokens[i - 1].lower if i else ""
    free = _is_free(tokens, i, draft)
    if preposition in {"on", "via"} and free:
        found = _platform(text, following, mentions)
        occasion = _occasion(text, tokens, i + 1, mentions) if found is None else None
        on_air = occasion is not None and occasion.split()[-1].lower() in words.shows
        return occasion if on_air or (preposition == "via" and found is None) else found
    if preposition in {"in", "at", "during", "through"} and free:
        return _occasion(text, tokens, i + 1, mentions)
    if preposition == "by" and free and following[0].lower in words.channels:
        return following[0].lower
    if preposition == "to" and before in words.turning:
        return _platform(text, following, mentions)
    beside = i > 0 and _in(tokens[i - 1], draft.cue) and not _in(tokens[i], draft.cue)  # content may stand in between
    if preposition in {"to", "with"} and (beside or before in words.speaking):
        return following[0].lower if following[0].lower in words.hearers else _outlet(text, following, mentions)
    return None


def _is_free(tokens: Sequence[Token], i: int, draft: Draft) -> bool:
    """Whether a preposition belongs to the attribution, not to a noun or verb before it: ``the facts in the report``.

    It opens the sentence, or stands behind a comma, what is said, a time, a verb of saying or the source.
    """
    if i == 0:
        return True
    before = tokens[i - 1]
    if not before.is_word or tokens[i].start - before.end > 1:
        return True
    if before.lower in _words().loose or _reports(before.lower):
        return True
    if tokens[0].lower.endswith("ing") and not any(t.lower == "," for t in tokens[:i]):
        return True  # "Giving her report at a hearing, Orla Venn said"
    own = [span for span in (draft.cue, draft.source) if span is not None]
    return any(_in(before, span) or _in(tokens[i], span) for span in own)


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
    if not named or named[0].entity_type not in (EntityType.ORG, EntityType.MISC) or named[0].name.endswith("Day"):
        return None
    behind = next((t for t in rest if t.start >= named[0].end), None)
    modifies = behind is not None and behind.start - named[0].end <= 1 and not _may_follow(text, behind)
    return None if modifies else text[named[0].start : named[0].end]


def _may_follow(text: str, token: Token) -> bool:
    """Whether a word may stand behind an occasion or outlet that is complete: not ``a report launch``."""
    lower = token.lower
    if _stops(lower) or lower.endswith(("ed", "ing")) or text[token.start].isupper() or _reports(lower):
        return True
    return lower in _words().loose | _words().participles


def _reports(word: str) -> bool:
    return reporting_words().is_in(word, "speech", "telling", "manner")


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
        if _goes_on(text, tokens[i], partner):
            continue
        if tokens[i].lower in words.conversations and partner and partner[0].lower in {"with", "on", "to"}:
            named = _partner(text, tokens[i + 2 : i + 2 + _LONGEST], mentions)
            if named is not None:
                return named
        start = first + (tokens[first].lower in _ARTICLES)
        return " ".join(text[tokens[min(start, i)].start : tokens[i].end].split())
    return None


def _goes_on(text: str, occasion: Token, following: Sequence[Token]) -> bool:
    """Whether the phrase is not complete with this word: ``report`` in ``a report launch``, ``release of``."""
    if not following or not following[0].is_word or following[0].start - occasion.end > 1:
        return False
    return not _may_follow(text, following[0]) or (occasion.lower == "release" and following[0].lower == "of")


def _partner(text: str, following: Sequence[Token], mentions: Mentions) -> str | None:
    upto = next((i for i, t in enumerate(following) if not t.is_word or t.lower in _words().stops), len(following))
    hearer = list(following[:upto])
    if not hearer or not any(text[t.start].isupper() for t in hearer):
        return None
    return _printed(text, hearer, mentions)
