"""What kind of body each name is of: by its words ("Tarn Airways"), by the noun beside it ("the gym chain Tarn")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType
from onrecord.lexicon.body_kinds import body_kinds
from onrecord.lexicon.people import people_words

_TYPES = frozenset({EntityType.ORG, EntityType.MISC})
_LONGEST = 40  # letters of a noun beside a name
#: The last words before a name, of one noun phrase: "the gym chain" FlexHouse.
_BEFORE = re.compile(r"(?:[\w’'-]+\s){1,3}\Z")
#: What a body is, behind its name: ", the Norlandish homewares chain," or ", a ferry line that".
_BEHIND = re.compile(
    r"(?:\s\([^()\n]{1,20}\))?(?:,| is| was)\s(?:an?|the|one of the|its)\s(?P<noun>(?:[\w’'-]+\s){0,5}?[a-z-]+)"
    r"(?:\s(?:in|of|for|based|founded|owned|run|with|behind)\s[^,.;:\n]{1,60})?(?=[,.;]|\s(?:that|which)\b)"
)
#: A phrase before the subject: ``After talks with`` Tarn, the union said.
_FRONTED = re.compile(
    r"(?:\A|[.!?:”\"\n]\s*)(?:After|Before|In|At|With|For|By|Under|Following|Unlike|Like|Against|On|During|To)\b[^.!?\n]*\Z"
)
#: Right behind a name: the Corran Herald newspaper.
_RIGHT_BEHIND = re.compile(r"\s(?P<noun>[a-z-]+)\b")


class OrganizationKinds:
    """The kinds of the bodies of an article, by local id."""

    def __init__(self, text: str, mentions: Mentions) -> None:
        self._text = text
        self._mentions = mentions

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
        for mention in self._mentions.all:
            before = _BEFORE.search(self._text, max(0, mention.start - _LONGEST), mention.start)
            fronted = _FRONTED.search(self._text, max(0, mention.start - _LONGEST), mention.start)
            behind = None if fronted else _BEHIND.match(self._text, mention.end)
            right_behind = _RIGHT_BEHIND.match(self._text, mention.end)
            if right_behind is not None and right_behind["noun"] in people_words().kinds:
                behind = right_behind
            for words in (before[0] if before else "", behind["noun"] if behind else ""):
                if words and words.split()[-1].lower() in people_words().organizations:
                    found.setdefault(mention.local_id, []).append(tuple(words.lower().split()))
        return found
