"""Whether a description that nobody is known by means the only one who has spoken so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from onrecord.coreference.defendants import defendants
from onrecord.coreference.descriptions import Descriptions
from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import Method, Speaker
from onrecord.coreference.source_phrases import Form, Phrase, parsed
from onrecord.document.article import Span
from onrecord.lexicon.people import people_words
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.speaker.described_hearers import tells

_JUST = 3  # sentences since the only one spoke whom a description may vary
_TOLD_WITHIN = 1500  # letters before a description within which somebody tells the same one something
_SHORT = 6  # words of a description of somebody who may be known by now


@dataclass(frozen=True)
class SoleSpeaker:
    """The only one who has spoken, to be asked with a description as source: ``Orla Venn said so. The diver said``."""

    text: str
    mentions: Mentions
    people: Mapping[int, PersonProfile]
    discourse: Discourse
    descriptions: Descriptions

    def may_be(self, draft: Draft) -> bool:
        """Whether a draft's source is a short description with "the", where one person alone has spoken."""
        phrase = None if draft.source is None else parsed(self.text, draft.source, self.mentions)
        if phrase is None or phrase.form is not Form.PERSON or phrase.determiner != "the" or draft.source is None:
            return False
        if len(draft.source.of(self.text).split()) > _SHORT:
            return False
        return self.discourse.sole_speaker is not None

    def meant(self, draft: Draft, source: Span, phrase: Phrase) -> Speaker | None:
        """The only one who has spoken, and just now, for a description that nobody else is known by."""
        sole, wide = self.discourse.sole_speaker, phrase.head in people_words().generic | people_words().definite
        if sole is None or sole < 0 or wide or not self.may_be(draft):
            return None
        just = self.discourse.last_speaker(source.start, _JUST) == sole
        other = self.descriptions.strangers.before(phrase.head, source.start)
        elsewhere = self.descriptions.is_of_elsewhere(phrase, self.people[sole])
        if not just or other or elsewhere or self._is_before_a_court(sole, phrase):
            return None
        before = Span(max(0, source.start - _TOLD_WITHIN), source.start)
        told = tells(self.text, before, source.of(self.text))
        return None if told else self.descriptions.person(sole, source.start, Method.DESCRIPTION)

    def _is_before_a_court(self, local_id: int, phrase: Phrase) -> bool:
        """Whether a noun of the court cannot mean somebody: one is tried, and he is not told to be of it."""
        court = people_words().court
        if phrase.head not in court or not self._defendants:
            return False
        return all(court.isdisjoint(described.words) for described in self.people[local_id].descriptions)

    @cached_property
    def _defendants(self) -> frozenset[int]:
        return defendants(self.text, self.mentions)
