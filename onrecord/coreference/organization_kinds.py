"""What kind of body each name is of: by its words ("Tarn Airways"), by the noun beside it ("the gym chain Tarn")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.organization_appositions import appositions
from onrecord.document.article import EntityType
from onrecord.document.sentences import Sentence
from onrecord.lexicon.body_kinds import body_kinds
from onrecord.lexicon.people import people_words

_TYPES = frozenset({EntityType.ORG, EntityType.MISC})


class OrganizationKinds:
    """The kinds of the bodies of an article, by local id."""

    def __init__(self, text: str, mentions: Mentions, sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._mentions = mentions
        self._sentences = sentences

    def of(self, local_id: int) -> frozenset[str]:
        """The kinds that a body may be of: as the article states it, else as its name tells, else none."""
        return self._known.get(local_id, frozenset())

    def is_another(self, local_id: int, words: Sequence[str]) -> bool:
        """Whether a body is of a kind that a description with these words does not mean."""
        return body_kinds().clash(body_kinds().may_be(words), self.of(local_id))

    def fits(self, local_id: int, words: Sequence[str]) -> bool:
        """Whether a body is known to be of a kind that a description with these words means."""
        return body_kinds().fit(body_kinds().meant(words), self.of(local_id))

    def is_called(self, local_id: int, words: Sequence[str]) -> bool:
        """Whether the article has all words of a description beside a body's name: ``the band Copper Weir``."""
        stated = any(words[-1:] == said[-1:] and set(words) <= set(said) for said in self._stated.get(local_id, ()))
        return stated and not self.is_another(local_id, words)

    @cached_property
    def _known(self) -> dict[int, frozenset[str]]:
        told = {m.local_id: body_kinds().told(m.name) for m in self._mentions.all if m.entity_type in _TYPES}
        for local_id, phrases in self._stated.items():
            kinds = frozenset().union(*(body_kinds().may_be(words) for words in phrases))
            if kinds:
                told[local_id] = kinds
        return told

    @cached_property
    def _stated(self) -> dict[int, list[tuple[str, ...]]]:
        """The words beside the names of bodies that end in a noun for one."""
        found: dict[int, list[tuple[str, ...]]] = {}
        for apposition in appositions(self._text, self._mentions, self._sentences):
            words = tuple(apposition.phrase.of(self._text).lower().split())
            if apposition.head in people_words().organizations:
                found.setdefault(apposition.mention.local_id, []).append(words)
        return found
