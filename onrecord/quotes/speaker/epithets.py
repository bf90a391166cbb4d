"""Whom a word means that only varies a name: an age, one of a people ("the 41-year-old", "the Spaniard").

``Orla Venn was first. “I am sure,” the 41-year-old said``; ``Tam Quill held on. “It was close,” the Dane said``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from onrecord.coreference.descriptions import Descriptions
from onrecord.coreference.person_profiles import age_told
from onrecord.coreference.referents import Method, Speaker
from onrecord.coreference.source_phrases import Form, Phrase
from onrecord.document.article import EntityType, Mention, Span
from onrecord.document.words import PRINTED_WORD
from onrecord.lexicon.people import people_words
from onrecord.names.territories import names_one_of_a_people, territory_code

_BESIDE = 30  # letters between the name of a country or people and that of a person of it
_OF_ONE_PHRASE = re.compile(r"(?P<owns>['’]s?)?\s(?:[a-z-]+\s){0,3}")
_OF = re.compile(r",?\s(?:of|from)\s|\s\(")


@dataclass(frozen=True)
class Epithets:
    """The ages and peoples by which an article varies a name, to be asked with one as source."""

    descriptions: Descriptions

    def fits(self, phrase: Phrase) -> bool:
        """Whether a description says nothing that its bearer need have been called before: an age, a people."""
        one = phrase.form is Form.PERSON and phrase.determiner == "the"
        return one and (age_told(phrase.words) is not None or self._territory(phrase.head) is not None)

    def meant(self, source: Span, phrase: Phrase) -> Speaker | None:
        """The only one known to be of that people, or whom alone the sentences before tell of.

        Nobody where they tell of somebody without a name, or the article gives the age to somebody.
        """
        known, age, people = self.descriptions, age_told(phrase.words), self._territory(phrase.head)
        noun = rf"(?:an?|one|another)\s(?:[\w-]+\s)?{re.escape(phrase.head)}(?!-)"
        another = re.compile(rf"\b(?:{noun if age is None else age})\b", re.IGNORECASE)
        if another.search(known.text, 0, source.start):
            return None
        told = {} if people is None else {local_id: self._territories(local_id) for local_id in known.people}
        of_people = [local_id for local_id, countries in told.items() if people in countries]
        if len(of_people) == 1:
            return known.person(of_people[0], source.start, Method.DESCRIPTION)
        others = {i for i, person in known.people.items() if (told[i] if age is None else person.ages)}
        alone = self._alone(source, others)
        return None if alone is None else known.person(alone, source.start, Method.DESCRIPTION)

    def _territory(self, noun: str) -> str | None:
        """The country of the one of a people that a noun means: ``spaniard``."""
        noun = noun.capitalize()
        return territory_code(noun, EntityType.NORP) if names_one_of_a_people(noun) else None

    def _territories(self, local_id: int) -> set[str]:
        """The countries that a person's descriptions name, and those right before the name: ``Norland's Orla Venn``."""
        known = self.descriptions
        person = known.people[local_id]
        beside = [
            m
            for d in person.descriptions
            for m in known.mentions.within(d.span)
            if m.entity_type is EntityType.NORP and m.start - d.span.start <= len("the ")
        ]
        for mention in person.mentions:
            named = known.mentions.ending_before(mention.start, _BESIDE)
            joined = None if named is None else _OF_ONE_PHRASE.fullmatch(known.text, named.end, mention.start)
            if named is not None and joined and self._is_of_whom_it_stands_by(named, joined):
                beside.append(named)
            behind = _OF.match(known.text, mention.end)
            of = None if behind is None else known.mentions.starting_at(behind.end())
            beside += () if of is None else (of,)
        return {code for m in beside if (code := territory_code(m.name, m.entity_type))}

    def _is_of_whom_it_stands_by(self, country: Mention, joined: re.Match[str]) -> bool:
        """Whether somebody is of a country or people before the name: ``Norland's Orla Venn``, ``Danish rower Quill``.

        Not ``Norland's defeat Tam Quill``, nor the Danish correspondent.
        """
        noun = joined[0].split()[-1:]
        abroad = not people_words().abroad.isdisjoint(noun)
        if (country.entity_type is EntityType.NORP) is bool(joined["owns"]):
            return False
        beside = joined[0].strip() in {"", "'s", "’s"}
        return beside or (people_words().may_be_person("".join(noun)) and not abroad)

    def _alone(self, source: Span, others: Collection[int]) -> int | None:
        """The only person whom the article's own words name in this paragraph, or in the one before if in none.

        :param others: who cannot be meant; where nobody else is named in either, the paragraph before them counts.
        """
        sentences = self.descriptions.discourse.sentences
        first = self.descriptions.discourse.number(source.start)
        passage = sentences[first].passage
        for furthest in range(3):
            while first and passage - sentences[first - 1].passage <= furthest:
                first -= 1
            start = sentences[first].span.start
            named = {
                m.local_id
                for m in self.descriptions.mentions.within(Span(start, source.start))
                if m.entity_type is EntityType.PERSON and not self.descriptions.discourse.in_content(m.start)
            }
            meant = named - {*others}
            if meant or (furthest and not named):
                alone = meant.pop() if len(meant) == 1 else None
                return alone if alone is not None and not self._tells_of_strangers(start, source.start) else None
        return None

    def _tells_of_strangers(self, start: int, end: int) -> bool:
        """Whether the article's own words have a noun for somebody who is not named beside it: her son, the victim."""
        known, words = self.descriptions, people_words()
        own = [d.span for person in known.people.values() for d in person.descriptions if start <= d.span.start < end]
        return any(
            words.may_be_person(words.singular(word[0]))
            and not known.discourse.in_content(word.start())
            and not any(span.start <= word.start() < span.end for span in own)
            for word in PRINTED_WORD.finditer(known.text, start, end)
        )
