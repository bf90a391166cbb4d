"""Who is quoted, where one who quotes is the subject: ``The Harbour Times quotes Orla Venn as saying ...``."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import Attribution, EntityType, Span
from onrecord.lexicon.verbs import forms_of_be
from onrecord.quotes.attribution.draft import Draft

_QUOTES = re.compile(r"\b(?:quot|cit)(?:es?|ed|ing)\Z", re.IGNORECASE)
_AS_SAYING = re.compile(
    r"\s+(?P<who>[^\n.;:\"“”]{2,120}?),?\s+as\s+(?:saying|telling|writing|stating|warning|claiming)\b,?", re.IGNORECASE
)


@cache
def _passive() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(forms_of_be()))})\s+(?:\w+\s+)?(?:quot|cit)ed\Z", re.IGNORECASE)


def _quoted(text: str, cue: Span | None) -> re.Match[str] | None:
    """Whom an active "quotes" has for its object, up to "as saying"."""
    if cue is None or not _QUOTES.search(text, cue.start, cue.end):
        return None
    return None if _passive().search(text, max(0, cue.start - 20), cue.end) else _AS_SAYING.match(text, cue.end)


def relayed(text: str, attribution: Attribution) -> Attribution:
    """The attribution with whoever is quoted as its source, and only what stands behind "as saying" as its content."""
    match = _quoted(text, attribution.cue)
    if match is None:
        return attribution
    kept = (Span(max(s.start, match.end()), s.end) for s in attribution.content if s.end > match.end())
    content = tuple(kept)
    return replace(attribution, source=Span(*match.span("who")), content=content) if content else attribution


def relayed_by(text: str, draft: Draft, mentions: Mentions) -> str | None:
    """The body before the verb, which is the medium: ``the Harbour Times``."""
    if draft.cue is None or _quoted(text, draft.cue) is None:
        return None
    before = mentions.within(Span(max(0, draft.cue.start - 60), draft.cue.start))
    if not before or before[-1].entity_type is not EntityType.ORG or "." in text[before[-1].end : draft.cue.start]:
        return None
    return text[before[-1].start : before[-1].end]
