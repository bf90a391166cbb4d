"""Who a source is: by name, by pronoun, by description; or nobody that the article names.

Rather nobody than the wrong one: where two people fit a pronoun or a description about as well, neither is given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from onrecord.article import EntityType, Mention, Publication, QuoteType, Span, SpeakerKind
from onrecord.names.territories import territory_code
from onrecord.quotes.dossier import Dossier, description_of, dossiers
from onrecord.quotes.draft import Draft, Link
from onrecord.quotes.people import Gender, Pronoun, people_words
from onrecord.quotes.phrase import Form, Mentions, Phrase, parsed
from onrecord.quotes.salience import Discourse, pronoun_votes
from onrecord.quotes.sentences import Sentence

_POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our", "your"})
_ONCE = frozenset({"former", "ex", "then", "late", "ousted", "onetime", "one-time"})
#: A possessive with no other behind it: not "Venn's lawyer's letter".
_OWNS = re.compile(r"(?:['’]s?)\s(?!.*['’]s?\s)")
_SOON = 1500  # letters within which a description is made good by a name
_FOREMOST_LEAD = 2.0  # how far ahead of all others somebody is whom "the senator" means without more evidence


class Method(StrEnum):
    """By what evidence a speaker was identified."""

    NAME = "name"
    PRONOUN = "pronoun"
    RELATIVE = "relative"
    DESCRIPTION = "description"
    AUTHOR = "author"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: `mention` is null for a source that the article does not name.

    `lead` is how far ahead of the next best person this one was (10 where there was no other).
    """

    kind: SpeakerKind
    mention: Mention | None = None
    name: str | None = None
    method: Method = Method.NONE
    lead: float = 10.0


NOBODY = Speaker(SpeakerKind.NONE)
_GROUP = Speaker(SpeakerKind.UNNAMED_GROUP)
_SOMEBODY = Speaker(SpeakerKind.UNNAMED_PERSON)
_BODY = Speaker(SpeakerKind.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class Identities:
    """The speaker of each draft, in order, and what the article says of each person."""

    speakers: tuple[Speaker, ...]
    people: dict[int, Dossier]


def identified(
    text: str,
    drafts: Sequence[Draft],
    split: Sequence[Sentence],
    mentions: Mentions,
    publication: Publication,
) -> Identities:
    """Who speaks each draft.

    :param drafts: in reading order, with parents and floors.
    :param split: the article's sentences.
    """
    people = dossiers(text, mentions, pronoun_votes(split, mentions))
    content = sorted(span for draft in drafts for span in draft.contents)
    resolver = _Resolver(text, drafts, mentions, people, Discourse(split, mentions, content), publication)
    return Identities(resolver.all(), people)


class _Resolver:
    """Goes through the drafts in the order of their sources and remembers who has spoken."""

    def __init__(
        self,
        text: str,
        drafts: Sequence[Draft],
        mentions: Mentions,
        people: dict[int, Dossier],
        discourse: Discourse,
        publication: Publication,
    ) -> None:
        self.text = text
        self.drafts = drafts
        self.mentions = mentions
        self.people = people
        self.genders: dict[int, Gender | None] = {i: d.gender for i, d in people.items()}
        self.discourse = discourse
        self.publication = publication
        self.found: dict[int, Speaker] = {}
        self.last_body: Speaker | None = None
        self.described: dict[str, set[int]] = {}
        for local_id, person in people.items():
            for word in {word for d in person.descriptions for word in d.words}:
                self.described.setdefault(word, set()).add(local_id)
        self.bodies: dict[str, dict[str, Mention]] = {}
        for mention in mentions.all:
            if mention.entity_type is EntityType.ORG:
                for word in mention.name.lower().split():
                    self.bodies.setdefault(word, {})[mention.name] = mention

    @cached_property
    def main_territory(self) -> str | None:
        """The country that the article names most often, under whatever names."""
        codes = Counter(code for m in self.mentions.all if (code := territory_code(m.name, m.entity_type)))
        return codes.most_common(1)[0][0] if codes else None

    def all(self) -> tuple[Speaker, ...]:
        """Resolve every draft: those with a source first (outer before inner), then those that take a floor."""
        order = sorted(range(len(self.drafts)), key=self._place)
        for index in order:
            draft = self.drafts[index]
            if draft.source is not None:
                self.found[index] = speaker = self._resolve(draft, draft.source)
                self._remember(draft, draft.source, speaker)
                self._learn(draft.source, speaker)
            elif draft.floor is not None and draft.floor in self.found:
                self.found[index] = self.found[draft.floor]
                self._remember(draft, draft.contents[-1], self.found[index])
        return tuple(self.found.get(i, NOBODY) for i in range(len(self.drafts)))

    def _place(self, index: int) -> tuple[int, int]:
        draft = self.drafts[index]
        if draft.parent is not None and draft.source is not None:
            return (max(draft.source.start, self._place(draft.parent)[0]), 1)
        return (draft.source.start if draft.source is not None else draft.end, 0)

    def _remember(self, draft: Draft, at: Span, speaker: Speaker) -> None:
        if draft.parent is not None:
            return
        if speaker.kind is SpeakerKind.PERSON and speaker.mention is not None:
            self.discourse.speaks(speaker.mention.local_id, max(at.end, draft.end))
        elif speaker.kind is SpeakerKind.ORGANIZATION:
            self.last_body = speaker
        elif speaker.kind is SpeakerKind.UNNAMED_PERSON and speaker.method is not Method.PRONOUN:
            self.discourse.speaks(self.discourse.stranger(None), max(at.end, draft.end))

    def _learn(self, source: Span, speaker: Speaker) -> None:
        """A description that was found to mean somebody is one more description of that person."""
        person = speaker.mention if speaker.kind is SpeakerKind.PERSON else None
        if speaker.method is not Method.DESCRIPTION or person is None:
            return
        comma = self.text.find(",", source.start, source.end)
        description = description_of(self.text, Span(source.start, source.end if comma < 0 else comma))
        if description is not None:
            self.people[person.local_id].descriptions.append(description)
            for word in description.words:
                self.described.setdefault(word, set()).add(person.local_id)

    def _resolve(self, draft: Draft, source: Span) -> Speaker:
        if draft.link is Link.TURN:
            return self._turn(source)
        phrase = parsed(self.text, source, self.mentions)
        if phrase.mention is not None:
            return self._named(phrase.mention)
        if phrase.form is Form.PRONOUN:
            return self._pronoun(draft, source, phrase)
        if phrase.form is Form.PERSON:
            return self._description(source, phrase)
        if phrase.form is Form.BODY:
            return self._body(source, phrase)
        if phrase.form is Form.DOCUMENT:
            return self._document(source, phrase)
        return _GROUP if phrase.form is Form.GROUP else NOBODY

    def _turn(self, label: Span) -> Speaker:
        """Whom a transcript's label means: ``GOV. ORLA VENN (D-NORLAND), NOMINEE``, later ``VENN``; ``Q`` is nobody."""
        name = self.mentions.person_labelled(re.split(r"[,(]", label.of(self.text))[0].strip())
        inside = [m for m in self.mentions.within(label) if m.entity_type is EntityType.PERSON]
        person = name or (inside[0] if inside else None)
        return _SOMEBODY if person is None else self._named(person)

    def _pronoun(self, draft: Draft, source: Span, phrase: Phrase) -> Speaker:
        match phrase.pronoun:
            case Pronoun.MALE | Pronoun.FEMALE:
                return self._he_or_she(source, phrase.pronoun, draft.contents)
            case Pronoun.FIRST:
                return self._first_person(draft)
            case Pronoun.FIRST_PLURAL:
                return self._author() if draft.parent is None else _GROUP
            case Pronoun.RELATIVE:
                return self._relative(source)
            case Pronoun.THING:
                return self.last_body or _BODY
            case _:
                return _GROUP

    def _named(self, mention: Mention) -> Speaker:
        if mention.entity_type is EntityType.NORP:
            return _GROUP
        if mention.entity_type is EntityType.PERSON:
            return Speaker(SpeakerKind.PERSON, mention, self.mentions.full_name(mention), Method.NAME)
        person = self.mentions.person_behind(mention)
        if person is not None:
            return Speaker(SpeakerKind.PERSON, person, self.mentions.full_name(person), Method.NAME)
        return Speaker(SpeakerKind.ORGANIZATION, mention, mention.name, Method.NAME)

    def _he_or_she(self, source: Span, pronoun: Pronoun, contents: Sequence[Span]) -> Speaker:
        meant = self.discourse.meant(source.start, Gender(pronoun.value), self.genders, contents)
        if meant is None or meant[0] < 0:
            return replace(_SOMEBODY, method=Method.PRONOUN)
        return self._person(meant[0], source.start, Method.PRONOUN, meant[1])

    def _person(self, local_id: int, offset: int, method: Method, lead: float = 10.0) -> Speaker:
        mentions = self.people[local_id].mentions
        nearest = mentions[max(0, bisect_right(mentions, offset, key=lambda m: m.start) - 1)]
        return Speaker(SpeakerKind.PERSON, nearest, self.mentions.full_name(nearest), method, lead)

    def _first_person(self, draft: Draft) -> Speaker:
        if draft.parent is None:
            return self._author()
        outer = self.drafts[draft.parent]
        if outer.quote_type is QuoteType.INDIRECT:
            return _SOMEBODY
        return self.found.get(draft.parent, NOBODY)

    def _author(self) -> Speaker:
        authors = self.publication.authors
        return Speaker(SpeakerKind.AUTHOR, None, authors[0] if len(authors) == 1 else None, Method.AUTHOR)

    def _relative(self, source: Span) -> Speaker:
        """``Orla Venn, who``; ``Orla Venn, the mayor, who``; ``a man who``."""
        sentence = self.discourse.sentences[self.discourse.number(source.start)]
        before = [t for t in sentence.tokens if t.end <= source.start]
        inside = self.mentions.within(Span(sentence.span.start, max(sentence.span.start, source.start)))
        for mention in reversed(inside):
            if mention.entity_type is EntityType.PERSON and any(
                mention.end < d.span.start and source.start - 3 <= d.span.end < source.start
                for d in self.people[mention.local_id].descriptions
            ):
                return self._named(mention)
        if inside and source.start - inside[-1].end <= 2 and inside[-1].entity_type is EntityType.PERSON:
            return self._named(inside[-1])
        words = [t.lower for t in before[-1:] if t.is_word] or [t.lower for t in before[-2:-1]]
        singular = bool(words) and not words[0].endswith("s") and words[0] not in {"people", "those", "men", "women"}
        return _SOMEBODY if singular else _GROUP

    def _description(self, source: Span, phrase: Phrase) -> Speaker:
        if not phrase.definite or phrase.determiner in _POSSESSIVES:
            return _SOMEBODY
        fitting: list[tuple[float, int]] = []
        wanted = set(phrase.words)
        for local_id in self.described.get(phrase.head, ()):
            person = self.people[local_id]
            earlier = [d for d in person.descriptions if d.span.start < source.start or d.span.start - source.end < 3]
            best = max((_fit(phrase.head, wanted, d.head, d.words) for d in earlier), default=0.0)
            if best and not self._of_elsewhere(phrase, person):
                fitting.append((best, local_id))
        fitting.sort(reverse=True)
        if not fitting:
            return self._named_later(source, phrase) or self._foremost(source, phrase)
        if len(fitting) > 1 and fitting[0][0] <= fitting[1][0]:
            return _SOMEBODY
        return self._person(fitting[0][1], source.start, Method.DESCRIPTION)

    def _of_elsewhere(self, phrase: Phrase, person: Dossier) -> bool:
        """Whether a description names a country that is neither in the person's own nor the article's main one.

        "The Norlandish president" is not the president of the country that the article is about.
        """
        known = {word for description in person.descriptions for word in description.words}
        for mention in phrase.inside:
            code = territory_code(mention.name, mention.entity_type)
            if code and code != self.main_territory and known.isdisjoint(mention.name.lower().split()):
                return True
        return False

    def _named_later(self, source: Span, phrase: Phrase) -> Speaker | None:
        """``The spokesman said ...``, and soon after ``the spokesman, Tam Quill``."""
        later = {
            local_id: d
            for local_id in self.described.get(phrase.head, ())
            for d in self.people[local_id].descriptions
            if source.end < d.span.start < source.end + _SOON
            and d.head == phrase.head
            and d.span.of(self.text).lower() == f"the {phrase.head}"
        }
        return self._person(next(iter(later)), source.start, Method.DESCRIPTION) if len(later) == 1 else None

    def _foremost(self, source: Span, phrase: Phrase) -> Speaker:
        """``The senator`` for whom the article has no description: the one person that it has been about so far."""
        if (
            phrase.determiner != "the"
            or phrase.head in people_words().generic
            or not people_words().is_person(phrase.head)
        ):
            return _SOMEBODY
        gender = people_words().noun_genders.get(phrase.head)
        meant = self.discourse.meant(source.start, gender, self.genders, (), _FOREMOST_LEAD, 2)
        if meant is None or meant[0] < 0 or self.people[meant[0]].descriptions:
            return _SOMEBODY
        return self._person(meant[0], source.start, Method.DESCRIPTION, meant[1])

    def _document(self, source: Span, phrase: Phrase) -> Speaker:
        """Whose document it is: ``Orla Venn's letter``, ``a paper by Tam Quill of Corran``, ``a Corran poll``."""
        people = [m for m in phrase.inside if m.entity_type is EntityType.PERSON]
        for person in people:
            before, after = self.text[source.start : person.start], self.text[person.end : source.end]
            if len(people) == 1 and re.search(r"\bby\b[^,;]*\Z", before):
                return self._named(person)
            if phrase.head in people_words().authored and _OWNS.match(after):
                return self._named(person)
        bodies = (self._named(m) for m in phrase.inside if m.entity_type is EntityType.ORG)
        return next(bodies, _GROUP) if not people else _GROUP

    def _body(self, source: Span, phrase: Phrase) -> Speaker:
        if not phrase.definite or len(phrase.words) > 2:
            return next((self._named(m) for m in phrase.inside if m.entity_type is EntityType.ORG), _BODY)
        named = [
            m for name, m in self.bodies.get(phrase.head, {}).items() if set(phrase.words) <= set(name.lower().split())
        ]
        if len(named) == 1:
            return replace(self._named(named[0]), method=Method.DESCRIPTION)
        return self._subject_before(source, phrase) or _BODY

    def _subject_before(self, source: Span, phrase: Phrase) -> Speaker | None:
        """``Corran Rail has ten days. The company said ...``: the one body of the sentence before, if it begins it."""
        number = self.discourse.number(source.start)
        if phrase.determiner != "the" or not number:
            return None
        before, here = self.discourse.sentences[number - 1], self.discourse.sentences[number]
        bodies = [m for m in self.mentions.within(before.span) if m.entity_type is EntityType.ORG]
        first = bodies[0] if bodies else None
        if first is None or before.passage != here.passage or len({m.local_id for m in bodies}) > 1:
            return None
        lead = self.text[before.span.start : first.start].strip().lower()
        return replace(self._named(first), method=Method.DESCRIPTION) if lead in {"", "the"} else None


def _fit(head: str, wanted: set[str], known_head: str, known: frozenset[str]) -> float:
    """How well a description points back to one given earlier: 0 unless the head is the same."""
    if head not in known:
        return 0.0
    others = wanted - {head}
    missing = len(others - known)
    if missing > 1:
        return 0.0
    once = 0.5 if known & _ONCE and not wanted & _ONCE else 0.0  # "the president" is not the former one
    return (1.0 if head == known_head else 0.6) + len(others & known) - 0.4 * missing - once
