"""The people, bodies and places of an article, each with all its mentions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from onrecord.coreference.person_profiles import PersonProfile
from onrecord.document.article import EntityType, Mention
from onrecord.lexicon.people import Gender

#: The types of names that may speak.
KINDS = (EntityType.PERSON, EntityType.ORG, EntityType.LOC, EntityType.MISC)


@dataclass(frozen=True)
class Track:
    """A person, body or place of the article, and where it comes up.

    `key` is its local id, or below zero for a body that only a source names, which has no `mentions`. `starts` are the
    offsets where it is named, `sentences` the numbers of their sentences; `told` says whether each stands in the
    article's own words.
    """

    key: int
    kind: EntityType
    name: str
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    sentences: tuple[int, ...]
    told: tuple[bool, ...]
    profile: PersonProfile | None = None

    @cached_property
    def gender(self) -> Gender | None:
        return None if self.profile is None else self.profile.gender

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its name, lower case."""
        return tuple(self.name.lower().split())

    @cached_property
    def long_words(self) -> tuple[str, ...]:
        """Those of three letters or more."""
        return tuple(word for word in self.words if len(word) > 2)

    @cached_property
    def described(self) -> tuple[frozenset[str], ...]:
        """The words of each of its descriptions, once where several have the same."""
        return () if self.profile is None else tuple({d.words: None for d in self.profile.descriptions})

    @cached_property
    def known(self) -> frozenset[str]:
        """The words of its name and of all its descriptions."""
        return frozenset(self.words).union(*self.described)

    @cached_property
    def in_sentences(self) -> frozenset[int]:
        return frozenset(self.sentences)

    @cached_property
    def confidence(self) -> float:
        """The mean confidence of its mentions."""
        return sum(m.confidence for m in self.mentions) / len(self.mentions) if self.mentions else 0.0

    def before(self, offset: int) -> int:
        """How many of its mentions start before `offset`."""
        return bisect_left(self.starts, offset)

    @cached_property
    def _told(self) -> list[int]:
        """The numbers of its mentions in the article's own words."""
        return [number for number, told in enumerate(self.told) if told]

    def last_told(self, offset: int) -> int:
        """The number of its last mention in the article's own words that starts before `offset`; -1 for none."""
        place = bisect_left(self._told, self.before(offset))
        return self._told[place - 1] if place else -1

    def next_told(self, offset: int) -> int | None:
        """The number of its next mention in the article's own words that starts at `offset` or later; null if none."""
        place = bisect_left(self._told, self.before(offset))
        return self._told[place] if place < len(self._told) else None

    def nearest(self, offset: int) -> Mention | None:
        """Its last mention at or before `offset`, else its first."""
        return self.mentions[max(0, bisect_right(self.starts, offset) - 1)] if self.mentions else None
