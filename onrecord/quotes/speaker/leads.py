"""Leads that say what somebody is whom the article names behind them: ``A doctor says no. ¶ Orla Venn said ...``"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import NOBODY, Method, Speaker
from onrecord.coreference.source_phrases import Form, Phrase, parsed
from onrecord.document.article import Mention
from onrecord.lexicon.people import people_words
from onrecord.quotes.attribution.draft import Draft

_OPENING, _NEXT = 2, 2  # reports that a lead may be, and those behind it that may name its speaker
_WIDE = 2  # words of a description that fits many: "the government spokesman"
_LONG = 5  # words of a description of one that is indefinite
_OWNED = re.compile(r"\w['’]s?\s")  # "Norland's harbour master" is definite
#: Behind a name: ``Orla Venn made the comments``, ``Orla Venn was speaking at the docks``.
_SAID_SO = re.compile(
    r"\b(?:made|delivered|issued|posted|offered)\s(?:the|these|those|his|her)\s(?:\w+\s){0,2}"
    r"(?:comment|remark|statement|announcement|claim|call|warning|appeal|observation|assertion|disclosure)s?\b"
    r"|\bwas\s(?:speaking|responding|reacting|commenting)\b|\bsaid\s(?:so|this)\b"
    r"|\b(?:spoke|talked)\s(?:to|with)\s(?:reporters|journalists|the\s(?:media|press))\b"
    r"|\bheld\sa\s(?:press|news)\sconference\b"
)


@dataclass(frozen=True)
class Leads:
    """The first reports of an article whose source describes one person; `found` has the speakers of the reports."""

    text: str
    drafts: Sequence[Draft]
    found: Mapping[int, Speaker]
    mentions: Mentions
    people: Mapping[int, PersonProfile]
    discourse: Discourse

    def named(self) -> Iterator[tuple[int, int]]:
        """The leads by index, each with the local id of the person whom the article names behind it."""
        for index, draft in enumerate(self.drafts[:_OPENING]):
            if draft.source is None or self.found.get(index, NOBODY).name is not None:
                continue
            phrase, end = parsed(self.text, draft.source, self.mentions), max(draft.end, draft.source.end)
            ahead = self._first_mentions
            if ahead and ahead[0].start >= end and self._says_what_somebody_is(phrase):
                meant = self._quoted_next(index, phrase, ahead[0])
                if meant is not None:
                    yield index, meant.local_id

    def _says_what_somebody_is(self, phrase: Phrase) -> bool:
        """Whether a source describes one person so closely that the article must name them."""
        words = people_words()
        wide = phrase.head in words.generic and len(phrase.words) <= _WIDE
        return phrase.form is Form.PERSON and words.may_be_person(phrase.head) and not wide

    @cached_property
    def _first_mentions(self) -> list[Mention]:
        """The first mention of each person in the article's own words, in order."""
        first: dict[int, Mention] = {}
        for mention in self.mentions.all:
            if mention.local_id in self.people and not self.discourse.in_content(mention.start):
                first.setdefault(mention.local_id, mention)
        return list(first.values())

    def _quoted_next(self, index: int, phrase: Phrase, first: Mention) -> Mention | None:
        """The one named first behind a lead, where the next report is theirs, or the text says that they said so."""
        sentence = self.discourse.sentences[self.discourse.number(first.start)].span
        if _SAID_SO.search(self.text, first.end, sentence.end):
            return first
        source = self.drafts[index].source
        printed = "" if source is None else source.of(self.text)
        close = phrase.definite or _OWNED.search(printed) is not None or len(printed.split()) > _LONG
        later = (self.found.get(n, NOBODY) for n in range(index + 1, min(len(self.drafts), index + 1 + _NEXT)))
        quoted = next((speaker for speaker in later if speaker.method is Method.NAME), NOBODY)
        same = quoted.mention is not None and quoted.mention.local_id == first.local_id
        return first if close and same else None
