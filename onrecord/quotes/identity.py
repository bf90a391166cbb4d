"""Who a source is: by name, by pronoun, by description; or nobody that the article names.

Rather nobody than the wrong one: where two people fit a pronoun or a description about as well, neither is given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from onrecord.article import EntityType, Publication, QuoteType, Span, SpeakerKind
from onrecord.names.territories import territory_code
from onrecord.quotes.bodies import Bodies
from onrecord.quotes.dossier import Description, Dossier, description_of, dossiers
from onrecord.quotes.draft import Draft, Link
from onrecord.quotes.named import Mentions
from onrecord.quotes.people import Gender, Pronoun, people_words
from onrecord.quotes.phrase import Form, Phrase, parsed
from onrecord.quotes.salience import Discourse, pronoun_votes
from onrecord.quotes.sentences import Sentence
from onrecord.quotes.speaker import BODY, GROUP, NOBODY, SOMEBODY, Method, Speaker, named

_POSSESSIVES = frozenset({"his", "her", "their", "its", "my", "our", "your"})
_OF_THINGS = frozenset({"which", "that"})
_RANKS = frozenset({"deputy", "vice", "assistant", "acting", "associate", "co", "under", "junior"})
_ONCE = frozenset({"former", "ex", "then", "late", "ousted", "onetime", "one-time"})
_SOON = 1500  # letters within which a description is made good by a name
_FOREMOST_LEAD = 2.0  # how far ahead of all others somebody is whom "the senator" means without more evidence


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
        self.called: dict[int, Gender] = {}  # of people of unknown gender whom "he" or "she" has clearly meant
        self.found: dict[int, Speaker] = {}
        self.bodies = Bodies(text, mentions, discourse)
        self.described: dict[str, set[int]] = {}
        for local_id, person in people.items():
            for word in {word for d in person.descriptions for word in d.words}:
                self.described.setdefault(word, set()).add(local_id)

    @cached_property
    def main_territory(self) -> str | None:
        """The country that the article names more often than all others together, under whatever names."""
        codes = Counter(code for m in self.mentions.all if (code := territory_code(m.name, m.entity_type)))
        code, count = codes.most_common(1)[0] if codes else (None, 0)
        return code if 2 * count > codes.total() else None

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
            self.bodies.speaks(speaker, at)
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
            return named(self.mentions, phrase.mention)
        if phrase.form is Form.PRONOUN:
            return self._pronoun(draft, source, phrase)
        if phrase.form is Form.PERSON:
            return self._description(source, phrase)
        if phrase.form is Form.BODY:
            return self.bodies.described(source, phrase)
        if phrase.form is Form.DOCUMENT:
            speaker = self.bodies.document(source, phrase)
            self.bodies.speaks(speaker, source)
            return speaker
        return GROUP if phrase.form is Form.GROUP else NOBODY

    def _turn(self, label: Span) -> Speaker:
        """Whom a transcript's label means: ``GOV. ORLA VENN (D-NORLAND), NOMINEE``, later ``VENN``; ``Q`` is nobody."""
        name = self.mentions.person_labelled(re.split(r"[,(]", label.of(self.text))[0].strip())
        inside = [m for m in self.mentions.within(label) if m.entity_type is EntityType.PERSON]
        person = name or (inside[0] if inside else None)
        return SOMEBODY if person is None else named(self.mentions, person)

    def _pronoun(self, draft: Draft, source: Span, phrase: Phrase) -> Speaker:
        match phrase.pronoun:
            case Pronoun.MALE | Pronoun.FEMALE:
                return self._he_or_she(source, phrase.pronoun, draft.contents)
            case Pronoun.FIRST:
                return self._first_person(draft)
            case Pronoun.FIRST_PLURAL:
                return self._author() if draft.parent is None else GROUP
            case Pronoun.RELATIVE:
                return self._relative(source)
            case Pronoun.THING:
                return self.bodies.it(source)
            case _:
                return GROUP

    def _he_or_she(self, source: Span, pronoun: Pronoun, contents: Sequence[Span]) -> Speaker:
        others = {i for i, gender in self.called.items() if gender is not Gender(pronoun.value)}
        meant = self.discourse.meant(source.start, Gender(pronoun.value), self.genders, contents, others=others)
        if meant is None or meant[0] < 0:
            return replace(SOMEBODY, method=Method.PRONOUN)
        if meant[1] >= _FOREMOST_LEAD and self.genders.get(meant[0]) is None:
            self.called[meant[0]] = Gender(pronoun.value)
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
            return SOMEBODY
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
                return named(self.mentions, mention)
        of_person = source.of(self.text).lower() not in _OF_THINGS
        if of_person and inside and source.start - inside[-1].end <= 2 and inside[-1].entity_type is EntityType.PERSON:
            return named(self.mentions, inside[-1])
        words = [t.lower for t in before[-1:] if t.is_word] or [t.lower for t in before[-2:-1]]
        noun = words[0] if words else ""
        if not of_person:
            if inside and source.start - inside[-1].end <= 2 and inside[-1].entity_type is EntityType.ORG:
                return named(self.mentions, inside[-1])
            return BODY if noun in people_words().organizations else GROUP
        singular = bool(noun) and not noun.endswith("s") and noun not in {"people", "those", "men", "women"}
        return SOMEBODY if singular else GROUP

    def _description(self, source: Span, phrase: Phrase) -> Speaker:
        if not phrase.definite or phrase.determiner in _POSSESSIVES:
            return SOMEBODY
        fitting: list[tuple[float, int]] = []
        wanted = set(phrase.words)
        for local_id in self.described.get(phrase.head, ()):
            person = self.people[local_id]
            earlier = [d for d in person.descriptions if d.span.start < source.start or d.span.start - source.end < 3]
            best = max((_fit(phrase.head, wanted, d, self.text) for d in earlier), default=0.0)
            if best and not self._of_elsewhere(phrase, person):
                fitting.append((best, local_id))
        fitting.sort(reverse=True)
        if not fitting:
            return self._named_later(source, phrase) or self._foremost(source, phrase)
        if len(fitting) > 1 and fitting[0][0] <= fitting[1][0]:
            return SOMEBODY
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
            return SOMEBODY
        gender = people_words().noun_genders.get(phrase.head)
        meant = self.discourse.meant(source.start, gender, self.genders, (), _FOREMOST_LEAD, 2)
        if meant is None or meant[0] < 0 or self.people[meant[0]].descriptions or self._beside(phrase, meant[0]):
            return SOMEBODY
        return self._person(meant[0], source.start, Method.DESCRIPTION, meant[1])

    def _beside(self, phrase: Phrase, local_id: int) -> bool:
        """Whether a person does something to the one so described, who is another: ``Venn questioned the mayor.``"""
        printed = r"\s+".join(map(re.escape, ("the", *phrase.words)))
        behind = re.compile(rf"\s\w+\s(?:\w+\s)?{printed}\b", re.IGNORECASE)
        return any(behind.match(self.text, m.end) for m in self.people[local_id].mentions)


def _fit(head: str, wanted: set[str], description: Description, text: str) -> float:
    """How well a description points back to one given earlier: 0 unless the head is the same."""
    known = description.words
    if head not in known or (head != description.head and not people_words().may_be_person(head)):
        return 0.0
    others = wanted - {head}
    missing = len(others - known)
    printed = description.span.of(text).lower().replace("-", " ")
    ranked = (re.search(rf"\b{rank} (?:(?!and )\w+ )*{re.escape(head)}\b", printed) for rank in others & _RANKS)
    if missing > 1 or not all(ranked):
        return 0.0  # "the deputy leader" is not the deputy minister and party leader
    once = 0.5 if known & _ONCE and not wanted & _ONCE else 0.0  # "the president" is not the former one
    return (1.0 if head == description.head else 0.6) + len(others & known) - 0.4 * missing - once
