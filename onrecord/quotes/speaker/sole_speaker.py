"""Whether a description that nobody is known by means the only one who has spoken so far."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coreference.descriptions import Descriptions
from onrecord.coreference.referents import Method, Speaker
from onrecord.coreference.source_phrases import Form, Phrase, parsed
from onrecord.document.article import Span
from onrecord.lexicon.people import people_words
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.speaker.described_hearers import tells
from onrecord.quotes.speaker.exclusions import is_before_a_court

_JUST = 3  # sentences since the only one spoke whom a description may vary
_TOLD_WITHIN = 1500  # letters before a description within which somebody tells the same one something
_SHORT = 6  # words of a description of somebody who may be known by now


@dataclass(frozen=True)
class SoleSpeaker:
    """The only one who has spoken, to be asked with a description as source: ``Orla Venn said so. The diver said``."""

    descriptions: Descriptions

    def may_be(self, draft: Draft) -> bool:
        """Whether a draft's source is a short description with "the", where one person alone has spoken."""
        known = self.descriptions
        phrase = None if draft.source is None else parsed(known.text, draft.source, known.mentions)
        if phrase is None or phrase.form is not Form.PERSON or phrase.determiner != "the" or draft.source is None:
            return False
        return len(draft.source.of(known.text).split()) <= _SHORT and known.discourse.sole_speaker is not None

    def meant(self, draft: Draft, source: Span, phrase: Phrase) -> Speaker | None:
        """The only one who has spoken, and just now, for a description that nobody else is known by."""
        known = self.descriptions
        sole, wide = known.discourse.sole_speaker, phrase.head in people_words().generic | people_words().definite
        if sole is None or sole < 0 or wide or not self.may_be(draft):
            return None
        person = known.people[sole]
        just = known.discourse.last_speaker(source.start, _JUST) == sole
        other = known.strangers.before(phrase.head, source.start)
        words = frozenset[str]().union(*(described.words for described in person.descriptions))
        tried = is_before_a_court(phrase, words, known.people.values())
        if not just or other or tried or known.is_of_elsewhere(phrase, person):
            return None
        before = Span(max(0, source.start - _TOLD_WITHIN), source.start)
        told = tells(known.text, before, source.of(known.text))
        return None if told else known.person(sole, source.start, Method.DESCRIPTION)
