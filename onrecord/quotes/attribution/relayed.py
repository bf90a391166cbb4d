"""Who is quoted, where one who quotes is the subject or the agent.

``The Harbour Times quotes Orla Venn as saying``, ``Venn was quoted by the Harbour Times as saying``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import Attribution, EntityType, Span
from onrecord.lexicon.people import people_words
from onrecord.lexicon.verbs import forms_of_be
from onrecord.lexicon.word_lists import any_of
from onrecord.quotes.attribution.draft import Draft

_SAYING = r"\s+as\s+(?:saying|telling|writing|stating|warning|claiming|adding|describing|calling)\b,?"
#: The subject of a passive, where the tagger marks none: up to the mark or stop before it.
_SUBJECT = re.compile(r"[^\s,.;:\"“”][^\n,.;:\"“”]{0,100}\Z")
_NEAR = 180  # letters of a sentence around a cue


@dataclass(frozen=True, slots=True)
class _Relay:
    """One "quoted … as saying": who is quoted, who quotes (a passive's "by"), and where both and the verbs stand."""

    who: Span
    by: Span | None
    whole: Span


def relayed(text: str, attribution: Attribution) -> Attribution:
    """The attribution with whoever is quoted as its source, and without the words of quoting in its content.

    Of an attribution with no other words nothing is left.
    """
    relay = _relay(text, attribution.cue, attribution.content)
    if relay is None:
        return attribution
    return replace(attribution, source=relay.who, content=tuple(_outside(attribution.content, relay.whole)))


def relayed_by(text: str, draft: Draft, mentions: Mentions) -> str | None:
    """The body that quotes, which is the medium: ``the Harbour Times``."""
    relay = _relay(text, draft.cue, () if draft.source is None else (draft.source,))
    if relay is None:
        return None
    by = relay.by or Span(max(0, relay.whole.start - 60), relay.whole.start)
    bodies = [m for m in mentions.within(by) if m.entity_type is EntityType.ORG]
    if not bodies or "." in text[bodies[-1].end : by.end]:
        return None
    return text[bodies[-1].start : bodies[-1].end]


def _relay(text: str, cue: Span | None, beside: Iterable[Span]) -> _Relay | None:
    """The words of quoting in which a cue stands.

    :param beside: spans that may be the subject of a passive.
    """
    if cue is None:
        return None
    start, end = max(0, cue.start - _NEAR), cue.end + _NEAR
    near = (m for m in _passive().finditer(text, start, end) if _holds(m, cue))
    if (passive := next(near, None)) is not None:
        be = passive.start("be")
        marked = next((span for span in beside if 0 <= be - span.end <= 1), None)
        found = None if marked is not None else _SUBJECT.search(text, start, be - 1)
        who = marked or (None if found is None else Span(*found.span()))
        by = passive["by"] or passive["behind"]
        agent = None if by is None else Span(*passive.span("by" if passive["by"] else "behind"))
        return None if who is None else _Relay(who, agent, Span(who.start, passive.end()))
    active = next((m for m in _active().finditer(text, start, end) if _holds(m, cue)), None)
    return None if active is None else _Relay(Span(*active.span("who")), None, Span(*active.span()))


def _holds(found: re.Match[str], cue: Span) -> bool:
    return found.start() <= cue.start and cue.end <= found.end()


def _outside(content: Iterable[Span], whole: Span) -> Iterator[Span]:
    """The pieces of a content before and behind some words."""
    for span in content:
        if span.start < whole.start:
            yield Span(span.start, min(span.end, whole.start))
        if span.end > whole.end:
            yield Span(max(span.start, whole.end), span.end)


@cache
def _passive() -> re.Pattern[str]:
    be, agent = any_of(forms_of_be()), r"[^\n.;:\"“”]{2,100}?"
    return re.compile(
        rf"\b(?P<be>(?:(?:has|had|have)\s)?(?:{be}))\s(?:\w+\s)?(?:quoted|cited|reported)(?:\s(?P<by>(?:by|in|on|last|late|yesterday|today|earlier)\b{agent}))?,?{_SAYING}"
        rf"(?:\sby\s(?P<behind>[^\s,.;:\"“”]+(?:\s[^\s,.;:\"“”]+){{0,4}}))?",
        re.IGNORECASE,
    )


@cache
def _active() -> re.Pattern[str]:
    who = rf"(?!(?:{any_of(people_words().prepositions)})\b)[^\n.;:\"“”]{{2,120}}?"
    return re.compile(
        rf"\b(?:(?:quot|cit)(?:es?|ed|ing)|report(?:s|ed|ing)?)\s(?P<who>{who}),?{_SAYING}", re.IGNORECASE
    )
