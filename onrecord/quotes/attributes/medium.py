"""To whom or where something was said: Reuters in "told Reuters", a news conference, Twitter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.source_phrases import Form, parsed
from onrecord.document.article import EntityType, ReportKind, Span
from onrecord.document.sentences import Sentence, Token
from onrecord.document.words import OWNER
from onrecord.lexicon.media import ARTICLES, media_words, reports, stops
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import forms_of_be
from onrecord.quotes.attributes.addressees import (
    addressee,
    described_outlet,
    heard_by,
    object_at,
    outlet_at,
    outlet_beside,
    printed,
    programme_at,
    told_to,
)
from onrecord.quotes.attributes.occasions import occasion_at
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.attribution.relayed import relayed_by

_LONGEST = 7  # words of a hearer or an occasion
_LEADING = 5  # words from "Giving" to where; farther on it is about something else
_NAME = 40  # letters that a name may have left
#: Also at the end of a source: the board in its report said.
_OF_OCCASIONS = frozenset({"in", "at", "during"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that", "that’s", "that's"})
_FURTHEST = 14  # words from "in which" back to the occasion


def medium_of(
    text: str, draft: Draft, sentence: Sentence, mentions: Mentions, nearby: Sequence[Draft] = ()
) -> str | None:
    """The hearer, outlet or occasion that the attribution's own clause gives, as printed; null where it gives none.

    :param sentence: the one around the draft's cue.
    :param nearby: drafts of the same sentence: what they report is not this attribution's own clause.
    """
    if draft.cue is None:
        return None
    others = (s for d in nearby if d.report_kind is not ReportKind.ACT for s in d.contents if not s.holds(draft.cue))
    reported = [s for s in (*draft.contents, *others) if s.meets(sentence.span)]
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
    return addressee(text, draft) or told_to(text, draft) or _paper(text, draft, sentence, mentions)


def paper_of(text: str, source: Span, mentions: Mentions) -> str | None:
    """The document as which somebody speaks: statement, in ``a statement by Orla Venn``."""
    phrase = parsed(text, source, mentions)
    told = phrase.form is Form.DOCUMENT and phrase.head not in media_words().unheard
    return phrase.head or None if told else None


def _paper(text: str, draft: Draft, sentence: Sentence, mentions: Mentions) -> str | None:
    """The document that speaks, with whom it was for: ``the affidavit says``; ``its statement to Corran Radio``."""
    head = None if draft.source is None else paper_of(text, draft.source, mentions)
    if draft.source is None or head is None:
        return None
    if head in media_words().pages and parsed(text, draft.source, mentions).determiner in {"a", "an"}:
        return None  # "a website of the dockers" is an outlet
    tokens = [token for token in sentence.tokens if _in(token, draft.source)]
    printed = [text[t.start : t.end] for t in tokens]
    if head not in printed and printed[:1] != [head.capitalize()]:
        return None  # "The Post"
    whole = occasion_at(text, tokens, 0, mentions) if head in people_words().authored else None
    return _premodified(text, tokens, head) if whole is None else whole


def _premodified(text: str, tokens: Sequence[Token], head: str) -> str:
    """A document with the words right before it that say which: ``2019 Harbour Board study``; no owner's."""
    last = next((i for i, token in enumerate(tokens) if token.lower == head), None)
    if last is None:
        return head
    first = last
    while first and tokens[first - 1].is_word and not _ends_phrase(tokens[first - 1].lower):
        first -= 1
    within_name = first > 0 and tokens[first - 1].lower in {"of", "and"}  # "the Ministry of Works report"
    return head if first == last or within_name else printed(text, tokens[first : last + 1])


def _ends_phrase(word: str) -> bool:
    ends = word in ARTICLES or word in people_words().prepositions or word in {"own", "and"}
    return ends or OWNER.search(word) is not None or stops(word)


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


def _hearer(text: str, draft: Draft, tokens: Sequence[Token], mentions: Mentions) -> str | None:
    """Whom the source told: the words behind the verb up to a time, a place or what is said."""
    words = reporting_words()
    cue = draft.cue
    if cue is None:
        return None
    verb = next((t for t in tokens if cue.start <= t.start < cue.end and words.is_in(t.lower, "telling")), None)
    if verb is None or any(t.lower in forms_of_be() for t in tokens if _in(t, cue)):
        return None
    following = [t for t in tokens if t.start >= verb.end]
    hearer: list[Token] = []
    for token in following:
        gap = hearer[-1].end if hearer else verb.end
        if not token.is_word or token.start - gap > 2 or len(hearer) > _LONGEST:
            break
        hears = bool(hearer) and hearer[-1].lower.endswith("s") and token.lower.endswith("ing")  # "judges hearing him"
        ends = token.lower in ARTICLES if hearer else False  # "a radio station the boats"
        ends = ends or (stops(token.lower) and (bool(hearer) or token.lower not in ARTICLES))
        if (hears or ends) and not _goes_on_a_name(token, hearer, mentions):
            break
        hearer.append(token)
    if not hearer:
        return _programme(text, verb.end, draft)
    return described_outlet(text, following[: _LONGEST + 2], mentions) or heard_by(text, hearer, mentions)


def _programme(text: str, offset: int, draft: Draft) -> str | None:
    """A programme whose title in marks stands at an offset, unless those are the words that are reported."""
    said = any(span.start <= offset + len(' "') < span.end for span in draft.contents)
    return None if said else programme_at(text, offset)


def _goes_on_a_name(token: Token, before: Sequence[Token], mentions: Mentions) -> bool:
    """``Today`` of ``Corran Today``."""
    at = Span(before[0].start, token.end + _NAME) if before else Span(token.start, token.start)
    return any(m.start < token.start < m.end for m in mentions.within(at))


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
        if i and tokens[i - 1].lower in _RELATIVE:
            continue  # "the clerk who filed the complaint"
        before = [t for t in tokens[i + 1 :] if t.start < cue.start]
        joined = bool(before) and before[-1].lower == "and"
        opens = i == 0 and token.lower.endswith("ing")
        same = draft.source is None or draft.source.end <= token.start
        if _in(token, cue) or ((opens or (same and (goes_on or joined))) and len(before) < _FURTHEST):
            given = bool(before) and before[0].lower in {"him", "her", "them", "us", "me"}  # "sent her a letter"
            occasion = occasion_at(text, tokens, i + 1 + given, mentions)
            heard = object_at(text, token.end) if occasion is None and token.lower == "addressing" else None
            return occasion or heard
    return None


def _in(token: Token, span: Span) -> bool:
    return span.start <= token.start < span.end


def _after_preposition(text: str, tokens: Sequence[Token], i: int, mentions: Mentions, draft: Draft) -> str | None:
    preposition = tokens[i].lower
    following = tokens[i + 1 : i + 1 + _LONGEST]
    words = media_words()
    before = tokens[i - 1].lower if i else ""
    if preposition == "on" and (title := _programme(text, tokens[i].end, draft)) is not None:
        return title if _is_free(tokens, i, draft) else None
    if not following or not following[0].is_word or draft.cue is None:
        return None
    if (printed_by := outlet_beside(text, tokens, i, mentions)) is not None:
        return printed_by
    if draft.source is not None and _in(tokens[i], draft.source):
        if before in words.speaking and preposition in {"to", "with"}:
            return outlet_at(text, following, mentions)  # "officials who spoke to Corran Radio"
        clause = any(_in(token, draft.source) and token.lower in _RELATIVE for token in tokens[:i])
        if clause or preposition not in _OF_OCCASIONS:
            return None
    free = _is_free(tokens, i, draft)
    if preposition == "via" or (preposition == "on" and free):
        occasion = occasion_at(text, tokens, i + 1, mentions)
        if occasion is not None and (preposition == "via" or occasion.split()[-1].lower() in words.shows):
            return occasion
        return _platform(text, following, mentions)
    if preposition == "during" or (preposition in {*_OF_OCCASIONS, "through"} and free):
        return occasion_at(text, tokens, i + 1, mentions)
    if preposition == "by" and free and following[0].lower in words.channels:
        return following[0].lower
    if preposition == "to" and before in words.turning:
        return _platform(text, following, mentions)
    return _spoken_to(text, tokens, i, mentions, draft.cue) if preposition in {"to", "with"} else None


def _spoken_to(text: str, tokens: Sequence[Token], i: int, mentions: Mentions, cue: Span) -> str | None:
    """Whom somebody spoke or wrote to, or with, behind a preposition: the press, an outlet; behind the cue a person."""
    beside = i > 0 and _in(tokens[i - 1], cue) and not _in(tokens[i], cue)  # content may stand in between
    if not beside and not _speaks(tokens[:i]):
        return None
    following = tokens[i + 1 : i + 1 + _LONGEST]
    person = mentions.starting_at(following[0].start) if beside and tokens[i].lower == "to" else None
    if person is not None and person.entity_type is EntityType.PERSON:
        return text[person.start : person.end]
    hearer = following[len(following) > 1 and following[0].lower in {"a", "an", "the"}].lower
    if hearer in media_words().hearers:
        return hearer
    opens = i == 1 or tokens[i - 2].lower == ","  # "Speaking to students, Orla Venn said"
    whole = object_at(text, tokens[i].end) if opens and tokens[i].lower == "to" else None
    return outlet_at(text, following, mentions) or whole


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
    if tokens[0].lower.endswith("ing") and i <= _LEADING and not any(t.lower == "," for t in tokens[:i]):
        return True  # "Giving her report at a hearing, Orla Venn said"
    own = [span for span in (draft.cue, draft.source) if span is not None]
    return any(_in(before, span) or _in(tokens[i], span) for span in own)


def _speaks(before: Sequence[Token]) -> bool:
    """Whether a verb of speaking stands before, in the same clause: ``speaking about the bridge with``."""
    for token in reversed(before):
        if not token.is_word:
            return False
        if token.lower in media_words().speaking:
            return True
    return False


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
            if rest[i + 1 : i + 2] and text[rest[i + 1].start].isupper():
                return text[rest[i + 1].start : rest[i + 1].end]  # "the platform WeChat"
            return printed(text, rest[: i + 1])
    return outlet_at(text, rest, mentions)
