"""Whom a description means: "the senator", "her deputy", "the DHM"; or nobody that the article names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from onrecord.coreference.described_names import NAMED
from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import Description, PersonProfile, age_told, description_of
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import SOMEBODY, Method, Speaker, named
from onrecord.coreference.source_phrases import Phrase
from onrecord.coreference.strangers import Strangers
from onrecord.document.article import EntityType, Mention, Span, SpeakerKind
from onrecord.lexicon.people import Gender, people_words
from onrecord.names.territories import territory_code

_INITIALS = re.compile(r"(?:[Tt]he\s(?:(?:former|then|acting)\s)?)?([A-Z]{2,5})")
_CAPITALISED = re.compile(r"(?<!\()\b[A-Z][a-z][\w-]*")
_OTHERS = frozenset({"other", "others", "another", "second", "third", "latter", "fellow"})
_QUALIFY = 3  # words before a head that qualify it: "former deputy prime minister"
_BESIDE = 60  # letters behind a description within which its name begins
_RIGHT_BEHIND = 2  # letters behind a description within which another of the same person begins
_MOST = 12  # people described alike, and descriptions of each, that are compared
_JUST = 2  # sentences within which somebody has just spoken


class Descriptions:
    """The descriptions of an article's people; it learns those that were found to mean somebody."""

    def __init__(
        self,
        text: str,
        mentions: Mentions,
        people: Mapping[int, PersonProfile],
        genders: Mapping[int, Gender | None],
        discourse: Discourse,
    ) -> None:
        self.text = text
        self.mentions = mentions
        self.people = people
        self.genders = genders
        self.discourse = discourse
        self.strangers = Strangers(text, mentions, discourse.in_content)
        self._described: dict[str, dict[int, list[Description]]] = {}  # by word and person
        self._first: dict[str, list[tuple[int, int]]] = {}  # by word, where each person is first described with it
        self.officers: dict[str, set[int]] = {}  # people by the initials of their offices
        self._lower_case: dict[str, set[int]] = {}  # the same of offices printed in small letters
        for local_id, person in people.items():
            for description in person.descriptions:
                self._note_initials(description.span, local_id)
                self._note_words(description, local_id)

    def person(self, local_id: int, offset: int, method: Method) -> Speaker:
        """A person of the article as a speaker at `offset`; parameters as in :class:`Speaker`."""
        mentions = self.people[local_id].mentions
        nearest = mentions[max(0, bisect_right(mentions, offset, key=lambda m: m.start) - 1)]
        return Speaker(SpeakerKind.PERSON, nearest, self.mentions.full_name(nearest), method)

    def learn(self, source: Span, speaker: Speaker) -> None:
        """A description that was found to mean somebody is one more description of that person."""
        person = speaker.mention if speaker.kind is SpeakerKind.PERSON else None
        if person is not None and source.start < person.start < source.end:
            self._note_initials(Span(source.start, person.start), person.local_id)
        if speaker.method is not Method.DESCRIPTION or person is None:
            return
        comma = self.text.find(",", source.start, source.end)
        description = description_of(self.text, Span(source.start, source.end if comma < 0 else comma))
        if description is not None:
            self.people[person.local_id].descriptions.append(description)
            self._note_words(description, person.local_id)

    def officer(self, source: Span, phrase: Phrase) -> Speaker | None:
        """``The DHM`` for "Deputy Harbour Master, Orla Venn", whatever the initials were taken for."""
        initials = _INITIALS.fullmatch(source.of(self.text))
        if initials is None or (phrase.mention is not None and phrase.mention.name != initials[1]):
            return None
        officers = self.officers.get(initials[1], set())
        if phrase.mention is None:
            officers = officers | self._lower_case.get(initials[1], set())
        return self.person(next(iter(officers)), source.start, Method.DESCRIPTION) if len(officers) == 1 else None

    def _note_words(self, description: Description, local_id: int) -> None:
        for word in description.words:
            described = self._described.setdefault(word, {})
            if local_id not in described:
                insort(self._first.setdefault(word, []), (description.span.start, local_id))
            insort(described.setdefault(local_id, []), description, key=_start)

    def _described_before(self, head: str, source: Span) -> Iterator[tuple[int, list[Description]]]:
        """The people last described with a word, and who just spoke, each with the descriptions that have it."""
        first, described = self._first.get(head, []), self._described.get(head, {})
        end = bisect_right(first, (source.end + _RIGHT_BEHIND, len(self.text)))
        latest = dict.fromkeys(local_id for _, local_id in first[max(0, end - _MOST) : end])
        speaker = self.discourse.last_speaker(source.start, _JUST)
        for local_id in (latest | {speaker: None}) if speaker in described else latest:
            before = bisect_right(described[local_id], source.end + _RIGHT_BEHIND, key=_start)
            yield local_id, described[local_id][max(0, before - _MOST) : before]

    def _note_initials(self, office: Span, local_id: int) -> None:
        """Note the initials of an office, with and without what stands before it: ``Corran Deputy Harbour Master``."""
        printed = office.of(self.text)
        for words, officers in ((_CAPITALISED.findall(printed), self.officers), (_core(printed), self._lower_case)):
            for first in range(len(words) - 1):
                officers.setdefault("".join(word[0] for word in words[first:]).upper(), set()).add(local_id)
                if words[first].lower() in people_words().ranks:
                    break

    def meant(self, source: Span, phrase: Phrase) -> Speaker:
        """Whom a source means that is a description of one person given earlier."""
        if (set_off := self._set_off(source)) is not None:
            return named(self.mentions, set_off)
        if phrase.determiner in people_words().possessive:
            theirs = self._theirs(source, phrase)
            return self.person(theirs[0], source.start, Method.DESCRIPTION) if len(theirs) == 1 else SOMEBODY
        if not phrase.definite or not _OTHERS.isdisjoint(phrase.words):
            return SOMEBODY
        if len(of_age := self._of_age(phrase)) == 1:
            return self.person(of_age[0], source.start, Method.DESCRIPTION)
        fitting: list[tuple[float, int]] = []
        wanted = set(phrase.words)
        for local_id, earlier in self._described_before(phrase.head, source):
            person = self.people[local_id]
            best = max((_fit(phrase.head, wanted, d) for d in earlier), default=0.0)
            if (
                best
                and not self.is_of_elsewhere(phrase, person)
                and not self._is_stranger(source, phrase, earlier, person)
            ):
                fitting.append((best, local_id))
        fitting.sort(reverse=True)
        if not fitting:
            return SOMEBODY
        equal = [local_id for fit, local_id in fitting if fit == fitting[0][0]]
        if len(equal) > 1:
            equal = [local_id for local_id in equal if local_id == self.discourse.last_speaker(source.start, _JUST)]
        return self.person(equal[0], source.start, Method.DESCRIPTION) if equal else SOMEBODY

    def _theirs(self, source: Span, phrase: Phrase) -> list[int]:
        """The people brought in before by the same words: ``her sister`` behind "her sister, Orla Venn"."""
        printed = source.of(self.text).lower()
        before = (
            local_id
            for local_id, described in self._described.get(phrase.head, {}).items()
            for d in described
            if d.span.start < source.start and d.span.of(self.text).lower().startswith(printed)
            if not self._names_another(Span(d.span.end, source.start), local_id)
        )
        return list(dict.fromkeys(before))

    def _names_another(self, within: Span, local_id: int) -> bool:
        """Whether a stretch of text names another person, who may be the one that "her" means behind it."""
        people = (m for m in self.mentions.within(within) if m.entity_type is EntityType.PERSON)
        return any(m.local_id != local_id for m in people)

    def _of_age(self, phrase: Phrase) -> list[int]:
        """The people whose age the article tells and a description calls them by: ``the 41-year-old``."""
        age = age_told(phrase.words)
        return [] if age is None else [local_id for local_id, p in self.people.items() if age in p.ages]

    def _set_off(self, source: Span) -> Mention | None:
        """The name behind a source that ends before it: ``its chairman, Orla Venn,``, ``a clerk, called Venn,``."""
        behind = self.mentions.within(Span(source.end, min(len(self.text), source.end + _BESIDE)))
        person = behind[0] if behind and behind[0].entity_type is EntityType.PERSON else None
        if person is not None and NAMED.fullmatch(self.text, source.end, person.start):
            return person
        return None

    def _is_stranger(
        self, source: Span, phrase: Phrase, described: Sequence[Description], person: PersonProfile
    ) -> bool:
        """Whether a description means somebody brought in without a name since a person was named last."""
        before = bisect_left(person.mentions, source.start, key=lambda mention: mention.start)
        last = person.mentions[before - 1].start if before else source.start
        return self.strangers.means(phrase, source, last, {word for d in described for word in d.words})

    def is_of_elsewhere(self, phrase: Phrase, person: PersonProfile) -> bool:
        """Whether a description names a country that is neither in the person's own nor the article's main one.

        "The Norlandish president" is not the president of the country that the article is about.
        """
        for mention in phrase.inside:
            code = territory_code(mention.name, mention.entity_type)
            if code and code != self._main_territory:
                name = set(mention.name.lower().split())
                if all(name.isdisjoint(description.words) for description in person.descriptions):
                    return True
        return False

    @cached_property
    def _main_territory(self) -> str | None:
        """The country that the article names more often than all others together, under whatever names."""
        codes = Counter(code for m in self.mentions.all if (code := territory_code(m.name, m.entity_type)))
        code, count = codes.most_common(1)[0] if codes else (None, 0)
        return code if 2 * count > codes.total() else None


def _start(description: Description) -> int:
    return description.span.start


def _core(office: str) -> list[str]:
    """The words of an office up to what it is said of, without small ones: ``superintendent of police in Corran``."""
    words, small = office.partition(",")[0].split(), people_words()
    end = next((n for n, word in enumerate(words) if word in small.prepositions - {"of"}), len(words))
    return [word for word in words[:end] if word[0].isalpha() and word.lower() not in {"of", *small.definite}]


def is_one(head: str, wanted: set[str], description: Description) -> bool:
    """Whether one described so can be called by a head, with other words `wanted`.

    "The mayor" is no "aide to the mayor", "the president" not the vice president, nor a former one; "the deputy
    minister" is not the minister.
    """
    if head not in description.core:
        return False
    before = description.core[: len(description.core) - 1 - description.core[::-1].index(head)]
    own = before[max((n + 1 for n, word in enumerate(before) if word == "and"), default=0) :]
    ranks = people_words().ranks
    return (ranks | people_words().once) & set(own[-_QUALIFY:]) <= wanted and ranks & wanted <= description.words


def _fit(head: str, wanted: set[str], description: Description) -> float:
    """How well a description points back to one given earlier: 0 unless the head is the same."""
    known = description.words
    if not is_one(head, wanted, description) or (head != description.head and not people_words().may_be_person(head)):
        return 0.0
    others = wanted - {head}
    missing = len(others - known)
    if missing > 1:
        return 0.0
    return (1.0 if head == description.head else 0.6) + len(others & known) - 0.4 * missing
