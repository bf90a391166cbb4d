"""Whom "who", "which" and "that" mean as the source of a report: the name or the noun before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.coreference.referents import BODY, GROUP, SOMEBODY, Speaker, named
from onrecord.document.article import EntityType, Mention, Span
from onrecord.document.sentences import Sentence
from onrecord.lexicon.people import people_words

_BODIES = frozenset({EntityType.ORG, EntityType.LOC})
_PEOPLE = frozenset({EntityType.PERSON})
_OF_THINGS = frozenset({"which", "that"})
_SEVERAL = frozenset({"people", "those", "men", "women"})  # beside plurals in "s"


def antecedent(
    text: str, source: Span, sentence: Sentence, mentions: Mentions, people: Mapping[int, PersonProfile]
) -> Speaker:
    """Whom the pronoun `source` means: ``Orla Venn, who``; ``Orla Venn, the mayor, who``; ``a man who``."""
    before = mentions.within(Span(sentence.span.start, max(sentence.span.start, source.start)))
    described = _described(before, source, people)
    if described is not None:
        return named(mentions, described)
    of_thing = source.of(text).lower() in _OF_THINGS
    beside = before[-1] if before and source.start - before[-1].end <= 2 else None
    if beside is not None and beside.entity_type in (_BODIES if of_thing else _PEOPLE):
        return named(mentions, beside)
    noun = _word_before(sentence, source)
    if of_thing:
        return BODY if noun in people_words().organizations else GROUP
    return SOMEBODY if noun and not noun.endswith("s") and noun not in _SEVERAL else GROUP


def _described(before: Sequence[Mention], source: Span, people: Mapping[int, PersonProfile]) -> Mention | None:
    """The person whose description ends right before the pronoun: ``Orla Venn, the mayor, who``."""
    for mention in reversed(before):
        if mention.entity_type is EntityType.PERSON and any(
            mention.end < d.span.start and source.start - 3 <= d.span.end < source.start
            for d in people[mention.local_id].descriptions
        ):
            return mention
    return None


def _word_before(sentence: Sentence, source: Span) -> str:
    """The word before the pronoun, over a comma; empty where there is none."""
    before = [token for token in sentence.tokens if token.end <= source.start]
    words = [t.lower for t in before[-1:] if t.is_word] or [t.lower for t in before[-2:-1]]
    return words[0] if words else ""
