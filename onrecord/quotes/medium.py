"""To whom or where something was said: Reuters in "told Reuters", a news conference, Twitter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.article import Span
from onrecord.quotes.draft import Draft
from onrecord.quotes.hearers import described_outlet, heard_by, may_follow, outlet_at, printed
from onrecord.quotes.lexicon import reporting_words
from onrecord.quotes.media import ARTICLES, media_words, reports, stops
from onrecord.quotes.named import Mentions
from onrecord.quotes.people import people_words
from onrecord.quotes.phrase import Form, parsed
from onrecord.quotes.relayed import relayed_by
from onrecord.quotes.sentences import Sentence, Token

_LONGEST = 7  # words of a hearer or an occasion
_FURTHEST = 14  # words from "in which" back to the occasion
#: Words that end an occasion elsewhere, but not inside its name: "an earlier statement".
_ADJECTIVES = frozenset({"earlier", "later", "late", "early", "last"})
_OWNER = re.compile(r"['’]s?\Z")


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
    held = _in_which(text, draft, tokens) or _issued(text, draft, tokens, mentions)
    if held is not None:
        return held
    for word in re.findall(r"[\w-]+", draft.cue.of(text).lower()):
        if word in media_words().verbs:
            return media_words().verbs[word]
    return _paper(text, draft, sentence, mentions)


def paper_of(text: str, source: Span, mentions: Mentions) -> str | None:
    """The document as which somebody speaks: statement, in ``a statement by Orla Venn``."""
    phrase = parsed(text, source, mentions)
    papers = media_words().occasions | media_words().pages
    return phrase.head if phrase.form is Form.DOCUMENT and phrase.head in papers else None


def _paper(text: str, draft: Draft, sentence: Sentence, mentions: Mentions) -> str | None:
    """What the source has written, whoever that is: ``the affidavit says``; ``its statement to Corran Radio``."""
    head = None if draft.source is None else paper_of(text, draft.source, mentions)
    if draft.source is None or head not in people_words().authored:
        return None
    tokens = [token for token in sentence.tokens if _in(token, draft.source)]
    if not any(text[t.start : t.end] == head for t in tokens):
        return None  # "The Post"
    whole = _occasion(text, tokens, 0, mentions)
    return head if whole is None or whole.lower().endswith(head) else whole


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
        if before[i].lower in media_words().occasions:
            first = i
            while first and before[first - 1].is_word and not stops(before[first - 1].lower):
                first -= 1
                if before[first].lower in ARTICLES:
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
    following = [t for t in tokens if t.start >= verb.end]
    hearer: list[Token] = []
    for token in following:
        gap = hearer[-1].end if hearer else verb.end
        ends = stops(token.lower) and (hearer or token.lower not in ARTICLES)
        if not token.is_word or ends or token.start - gap > 2 or len(hearer) > _LONGEST:
            break
        if hearer and hearer[-1].lower.endswith("s") and token.lower.endswith("ing"):
            break  # "the judges hearing the case"
        hearer.append(token)
    if not hearer:
        return None
    return described_outlet(text, following[: _LONGEST + 2], mentions) or heard_by(text, hearer, mentions)


def _issued(text: str, draft: Draft, tokens: Sequence[Token], mentions: Mentions) -> str | None:
    """``The board issued a statement saying``; ``she held a briefing to demand``; ``Addressing a rally, she said``."""
    cue = draft.cue
    if cue is None:
        return None
    first = next((t for t in tokens if _in(t, cue)), None)
    goes_on = first is not None and (first.lower.endswith("ing") or first.lower == "to")
    for i, token in enumerate(tokens):
        if token.lower not in media_words().issuing or token.start >= cue.end:
            continue
        before = [t for t in tokens[i + 1 :] if t.start < cue.start]
        joined = bool(before) and before[-1].lower == "and"
        opens = i == 0 and token.lower.endswith("ing")
        same = draft.source is None or draft.source.end <= token.start
        if _in(token, cue) or ((opens or (same and (goes_on or joined))) and len(before) < _FURTHEST):
            return _occasion(text, tokens, i + 1, mentions)
    return None


def _in(token: Token, span: Span) -> bool:
    return span.start <= token.start < span.end


def _after_preposition(text: str, tokens: Sequence[Token], i: int, mentions: Mentions, draft: Draft) -> str | None:
    preposition = tokens[i].lower
    following = tokens[i + 1 : i + 1 + _LONGEST]
    words = media_words()
    before = tokens[i - 1].lower if i else ""
    if not following or not following[0].is_word or draft.cue is None:
        return None
    if preposition == "by" and before in words.asking and _asks(tokens, i):
        return outlet_at(text, following, mentions)
    if draft.source is not None and _in(tokens[i], draft.source):
        return None
    free = _is_free(tokens, i, draft)
    if preposition == "via" or (preposition == "on" and free):
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
        return following[0].lower if following[0].lower in words.hearers else outlet_at(text, following, mentions)
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
    if before.lower in media_words().loose or reports(before.lower):
        return True
    if tokens[0].lower.endswith("ing") and not any(t.lower == "," for t in tokens[:i]):
        return True  # "Giving her report at a hearing, Orla Venn said"
    own = [span for span in (draft.cue, draft.source) if span is not None]
    return any(_in(before, span) or _in(tokens[i], span) for span in own)


def _asks(tokens: Sequence[Token], i: int) -> bool:
    """Whether "contacted by" says how the words came about: ``When contacted by``, not ``a study quoted by``."""
    return i == 1 or tokens[i - 2].lower in {"when", "as", "if", "while", "once", "was", "were", ","}


def _platform(text: str, following: Sequence[Token], mentions: Mentions) -> str | None:
    """``Twitter``; ``her Facebook page``; ``the board's website``; an outlet."""
    rest = following[1:] if following[0].lower in ARTICLES else following
    for length in (2, 1):
        if " ".join(t.lower for t in rest[:length]) in media_words().platforms and len(rest) >= length:
            return text[rest[0].start : rest[length - 1].end]
    for i, token in enumerate(rest[:5]):
        if not token.is_word or stops(token.lower):
            break
        if token.lower in media_words().pages:
            return printed(text, _unowned(text, rest[: i + 1]))
    return outlet_at(text, rest, mentions)


def _unowned(text: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """The words without an owner in lower case: ``opening`` of ``site's opening``; times stay."""
    for i in range(len(tokens) - 2, -1, -1):
        word = tokens[i].lower
        owner = _OWNER.sub("", word)
        if owner != word and text[tokens[i].start].islower() and owner not in media_words().owning_times:
            return tokens[i + 1 :]
    return tokens


def _occasion(text: str, tokens: Sequence[Token], first: int, mentions: Mentions) -> str | None:
    """``in a telephone interview`` gives ``telephone interview``; ``in an interview with Reuters`` gives Reuters."""
    words = media_words()
    first += first < len(tokens) and tokens[first].lower in ARTICLES
    if first + 1 < len(tokens) and tokens[first].lower in words.parts and tokens[first + 1].lower == "of":
        return _occasion(text, tokens, first + 2, mentions)
    for i in range(first, min(len(tokens), first + _LONGEST)):
        if not tokens[i].is_word or (i > first and tokens[i].lower in words.stops - _ADJECTIVES):
            return None
        two = f"{tokens[i - 1].lower} {tokens[i].lower}" if i else ""
        if tokens[i].lower not in words.occasions and two not in words.occasions:
            continue
        if i + 1 < len(tokens) and f"{tokens[i].lower} {tokens[i + 1].lower}" in words.occasions:
            continue
        if _goes_on(text, tokens[i], tokens[i + 1 : i + 2]):
            continue
        named = _bearer(text, tokens, i, mentions)
        if named is not None:
            return named
        return printed(text, _unowned(text, tokens[first : _with_partner(tokens, i, mentions) + 1]))
    return None


def _bearer(text: str, tokens: Sequence[Token], i: int, mentions: Mentions) -> str | None:
    """The outlet or platform that stands behind the occasion at `i` and says more: ``a report by broadcaster CRB``."""
    words = media_words()
    occasion = tokens[i].lower
    link = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    following = tokens[i + 2 : i + 2 + _LONGEST]
    if occasion in words.conversations and link in {"with", "on", "to"}:
        return _partner(text, following, mentions)
    if occasion in words.posts and link == "on":
        platforms = (t for t in following[:5] if t.lower in words.platforms and text[t.start].isupper())
        platform = next(platforms, None)
        return None if platform is None else printed(text, [platform])
    if occasion in words.reports and link in {"by", "from", "of"}:
        return described_outlet(text, following, mentions)
    if occasion in words.reports and link in {"in", "for"}:
        return outlet_at(text, following, mentions)
    return outlet_at(text, following, mentions) if occasion in words.to_press and link == "to" else None


def _with_partner(tokens: Sequence[Token], i: int, mentions: Mentions) -> int:
    """Index of the last word of a meeting at `i` with whom it was: ``meeting with Quill``."""
    if tokens[i].lower not in media_words().meetings or i + 2 >= len(tokens) or tokens[i + 1].lower != "with":
        return i
    for j in range(i + 2, min(len(tokens), i + 5)):
        at = next((m for m in mentions.all if m.start == tokens[j].start), None)
        if at is not None:
            return max(k for k in range(j, len(tokens)) if tokens[k].start < at.end)
        if not tokens[j].is_word or tokens[j].lower in media_words().stops - _ADJECTIVES:
            break
    return i


def _goes_on(text: str, occasion: Token, following: Sequence[Token]) -> bool:
    """Whether the phrase is not complete with this word: ``report`` in ``a report launch``, ``release of``."""
    if not following or not following[0].is_word or following[0].start - occasion.end > 1:
        return False
    return not may_follow(text, following[0]) or (occasion.lower == "release" and following[0].lower == "of")


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
