"""Whom "the former" and "the latter" mean: of the two whom the sentence before names, the first or the second."""

from __future__ import annotations

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import EntityType, Mention, Span

_PLACES = {"the former": 0, "the latter": 1}
_FURTHEST = 2  # sentences back to the one that names both


def one_of_two(text: str, source: Span, mentions: Mentions, discourse: Discourse) -> Mention | None:
    """The name that such a source means; null for other sources, and where no sentence just before names two."""
    place = _PLACES.get(source.of(text).lower())
    if place is None or not discourse.sentences:
        return None
    here = discourse.number(source.start)
    for number in range(here, max(-1, here - _FURTHEST - 1), -1):
        span = discourse.sentences[number].span
        named = mentions.within(Span(span.start, min(span.end, source.start))) if span.start < source.start else []
        both = {m.local_id: m for m in reversed(named) if m.entity_type in (EntityType.PERSON, EntityType.ORG)}
        if both:
            two = len(both) == 2 and all(m.entity_type is EntityType.PERSON for m in both.values())
            return sorted(both.values(), key=lambda m: m.start)[place] if two else None
    return None
