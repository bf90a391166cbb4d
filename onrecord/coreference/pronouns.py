"""Which person a pronoun means: the one who is in the reader's mind when it comes.

Every time a person is named or speaks, that is an event, weighed by how it puts the person forward (as the subject
of a sentence, as a speaker, in passing, inside somebody's words) and fading with each sentence. The person with the
most weight among those whom the pronoun fits is meant, if clearly ahead of the next one; else nobody is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.prominence import begins_with_description, governing, is_fronted, names_a_body, opens_clause
from onrecord.document.article import EntityType, Span
from onrecord.document.sentences import Sentence
from onrecord.lexicon.people import Gender, Pronoun, people_words

SUBJECT = 3.0  # first name of a sentence, behind no preposition
SPEAKER = 3.2  # the source of an attribution
PASSING = 1.0  # any other name
QUOTED = 0.35  # a name in what somebody else says
SAME_SENTENCE = 1.25
FADING = 0.62  # for each sentence in between
NEW_PARAGRAPH = 0.8
SOLE_SPEAKER = 1.3  # over people whom the article only names
ANSWERED = 0.7  # a speaker after whom somebody else has spoken
ELSEWHERE = 0.25  # somebody of the paragraphs before, where this one tells of another
KNOWN_GENDER = 1.5  # over a person whose gender the article leaves open
CLEAR_LEAD = 1.25  # how far ahead of the next person the one meant must be
FURTHEST = 8  # sentences back
FOLLOWED = 2.0  # whom a "he" or "she" of the article's own words means
FOLLOWED_ASIDE = 1.1  # the same of "him", "his", "her"
_LATEST = 60  # events that are looked through for the subjects of sentences
_NOMINATIVE = frozenset({"he", "she"})


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """A person comes up at `offset`, in the sentence numbered `sentence`; `aside` tells that
    it is between quotation marks or only says which body is meant."""

    offset: int
    sentence: int
    local_id: int
    weight: float
    aside: bool = False


class Discourse:
    """The events of an article so far, and the sentences that they fall in."""

    def __init__(self, split: Sequence[Sentence], mentions: Mentions, content: Sequence[Span]) -> None:
        """
        :param content: everything reported, direct or not, in order of start: names in it weigh little.
        """
        self.sentences = split
        self._starts = [s.span.start for s in split]
        self._content_starts = [s.start for s in content]
        self._content_ends = [*accumulate((s.end for s in content), max)]  # of all up to each
        self.events: list[Event] = []
        self._ends: dict[int, int] = {}  # of the people's names, by where they begin
        self._strangers: list[Gender | None] = []
        self._spoken: set[int] = set()
        self._pronouns = [*self._told_pronouns()]
        self._by_gender = {g: [start for start, gender, _ in self._pronouns if gender is g] for g in Gender}
        self._passed = 0  # pronouns that were followed
        self._followed: dict[int, list[int]] = {}
        seen_in: set[int] = set()
        for mention in mentions.all:
            if mention.entity_type is EntityType.PERSON:
                number = self.number(mention.start)
                weight = self._weight(mention.start, mention.end, number, number not in seen_in)
                if weight == SUBJECT:
                    seen_in.add(number)
                aside = weight == QUOTED and self._is_aside(mention.start, mention.end, number)
                self.events.append(Event(mention.start, number, mention.local_id, weight, aside))
                self._ends[mention.start] = mention.end
        self._described = {s.passage for s in split if begins_with_description(s.tokens)}
        for sentence in range(len(split)):
            self._unnamed_subject(sentence, mentions)
        self.events.sort()

    def _told_pronouns(self) -> Iterator[tuple[int, Gender, bool]]:
        """Each "he" and "she", of any case, in the article's own words: where, its gender, whether it is a subject."""
        kinds = people_words().pronouns
        for sentence in self.sentences:
            for token in sentence.tokens:
                kind = kinds.get(token.lower) if token.is_word else None
                if kind in (Pronoun.MALE, Pronoun.FEMALE) and not self.in_content(token.start):
                    yield token.start, Gender(kind.value), token.lower in _NOMINATIVE

    def follow(self, offset: int, genders: Mapping[int, Gender | None]) -> None:
        """Note whom each pronoun of the article's own words before `offset` means, where that is clear.

        So one who is named once stays in the reader's mind for as long as the article tells of "her".
        """
        while self._passed < len(self._pronouns) and self._pronouns[self._passed][0] < offset:
            start, gender, subject = self._pronouns[self._passed]
            self._passed += 1
            person = self.meant(start, gender, genders, ())
            if person is not None:
                weight = FOLLOWED if subject else FOLLOWED_ASIDE
                insort(self.events, Event(start, self.number(start), person, weight))
                self._followed.setdefault(person, []).append(start)

    def tells_of(self, local_id: int, offset: int) -> None:
        """Note that a person is the subject of the sentence at `offset`, by a description."""
        insort(self.events, Event(offset, self.number(offset), local_id, SUBJECT))

    def followed(self, local_id: int, offset: int) -> int:
        """How many pronouns before `offset` were taken for a person."""
        return bisect_left(self._followed.get(local_id, ()), offset)

    def pronouns(self, gender: Gender, start: int, end: int) -> int:
        """How many pronouns of a gender the article's own words have from `start` to `end`."""
        found = self._by_gender[gender]
        return bisect_left(found, end) - bisect_left(found, start)

    def subjects(self, offset: int) -> dict[int, int]:
        """For the people who came up last before `offset` the number of the last sentence whose subject they are."""
        end = bisect_left(self.events, offset, key=lambda event: event.offset)
        latest = self.events[max(0, end - _LATEST) : end]
        return {event.local_id: event.sentence for event in latest if event.weight in (SUBJECT, FOLLOWED)}

    def told_of(self, start: int, end: int) -> int | None:
        """The subject of the last of the article's own sentences from `start` to `end` that has a person for one."""
        first = bisect_left(self.events, start, key=lambda event: event.offset)
        last = bisect_left(self.events, end, key=lambda event: event.offset)
        subjects = (event for event in reversed(self.events[first:last]) if event.weight in (SUBJECT, FOLLOWED))
        return next((event.local_id for event in subjects), None)

    def stranger(self, gender: Gender | None) -> int:
        """A new person without a name, as an id below zero."""
        self._strangers.append(gender)
        return -len(self._strangers)

    def _unnamed_subject(self, number: int, mentions: Mentions) -> None:
        """``A woman ...``, ``One man ...`` at the start of a sentence: somebody new, and not named."""
        words = people_words()
        tokens = self.sentences[number].tokens
        if tokens[0].lower not in words.indefinite:
            return
        for token in tokens[1:5]:
            if not token.is_word or token.lower in words.prepositions or mentions.within(Span(token.start, token.end)):
                return
            if words.is_person(token.lower):
                stranger = self.stranger(words.noun_genders.get(token.lower))
                self.events.append(Event(token.start, number, stranger, SUBJECT))
                return

    def number(self, offset: int) -> int:
        """The number of the sentence around `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def _weight(self, start: int, end: int, number: int, first: bool) -> float:
        sentence = self.sentences[number] if self.sentences else None
        if self.in_content(start) and not (sentence is not None and opens_clause(sentence.tokens, end)):
            return QUOTED
        if sentence is None:
            return PASSING
        tokens = sentence.tokens
        at = bisect_left([t.start for t in tokens], start)
        if names_a_body(tokens, at, end):
            return QUOTED
        if not first:
            return PASSING
        before = governing(tokens, at)
        after = next((t for t in tokens[max(0, at - 1) :] if t.end > end), None)
        owns = after is not None and after.start < end  # "Venn's lawyer"
        return PASSING if before in people_words().governing or owns else SUBJECT

    def in_content(self, offset: int) -> bool:
        """Whether what stands at `offset` is reported, rather than told by the article."""
        index = bisect_right(self._content_starts, offset) - 1
        return index >= 0 and self._content_ends[index] > offset

    def _is_aside(self, start: int, end: int, number: int) -> bool:
        """Whether a quotation has the name from `start` to `end`, or it only says which body is meant."""
        tokens = self.sentences[number].tokens if self.sentences else ()
        quoted = any(t.start <= start < t.end and t.quotation is not None for t in tokens)
        return quoted or names_a_body(tokens, bisect_left([t.start for t in tokens], start), end)

    def speaks(self, local_id: int, offset: int) -> None:
        """Note that a person has just spoken."""
        insort(self.events, Event(offset, self.number(offset), local_id, SPEAKER))
        self._spoken.add(local_id)

    def has_spoken(self, local_id: int) -> bool:
        """Whether a person has spoken so far."""
        return local_id in self._spoken

    @property
    def sole_speaker(self) -> int | None:
        """The only person who has spoken so far, where there is one; below zero for one without a name."""
        return next(iter(self._spoken)) if len(self._spoken) == 1 else None

    def last_speaker(self, offset: int, furthest: int) -> int | None:
        """Who spoke last before `offset`, no more than `furthest` sentences back."""
        number = self.number(offset)
        index = bisect_left(self.events, Event(offset, -1, -1, 0.0)) - 1
        while index >= 0 and number - self.events[index].sentence <= furthest:
            if self.events[index].weight == SPEAKER:
                return self.events[index].local_id
            index -= 1
        return None

    def meant(
        self,
        offset: int,
        wanted: Gender,
        genders: Mapping[int, Gender | None],
        own_content: Sequence[Span],
    ) -> int | None:
        """The person that a `he` or `she` at `offset` means, by local id; null where two are nearly level.

        :param wanted: the pronoun's gender.
        :param genders: of the people by local id; strangers (below zero) have theirs from :meth:`stranger`.
        :param own_content: what the pronoun's person is reported to say; names in it are not considered.
        """
        scores = self.weights(offset, wanted, genders, own_content)
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        if not ranked:
            return None
        clear = len(ranked) == 1 or ranked[0][1] >= CLEAR_LEAD * ranked[1][1]
        return ranked[0][0] if clear else None

    def weights(
        self,
        offset: int,
        wanted: Gender | None,
        genders: Mapping[int, Gender | None],
        own_content: Sequence[Span],
    ) -> dict[int, float]:
        """How much each person who came up lately is in the reader's mind at `offset`, by local id.

        Parameters as of :meth:`meant`; `wanted` is null where the source asks for no gender.
        """
        number = self.number(offset)
        scores: dict[int, float] = {}
        here: set[int] = set()
        last_speaker: int | None = None
        index = bisect_left(self.events, Event(offset, -1, -1, 0.0)) - 1
        while index >= 0 and number - self.events[index].sentence <= FURTHEST:
            event = self.events[index]
            index -= 1
            gender = genders.get(event.local_id) if event.local_id >= 0 else self._strangers[-event.local_id - 1]
            other = wanted is not None and gender not in (None, wanted)
            if other or any(s.start <= event.offset < s.end for s in own_content) or self._is_fronted(event, offset):
                continue
            weight = event.weight * self._faded(event, number) * (KNOWN_GENDER if wanted and gender is wanted else 1.0)
            if self._spoken == {event.local_id}:
                weight *= SOLE_SPEAKER
            if last_speaker is None and event.weight == SPEAKER:
                last_speaker = event.local_id
            if last_speaker not in (None, event.local_id) and event.local_id in self._spoken:
                weight *= ANSWERED
            scores[event.local_id] = max(scores.get(event.local_id, 0.0), weight)
            if not event.aside and self.sentences and self._passage(event.sentence) == self._passage(number):
                here.add(event.local_id)
        told_of = bool(here) and self._passage(number) not in self._described
        for local_id in scores.keys() - here if told_of else ():
            scores[local_id] *= ELSEWHERE
        return scores

    def _is_fronted(self, event: Event, offset: int) -> bool:
        """Whether a name stands in a phrase before the subject at `offset`, who is somebody else."""
        end = self._ends.get(event.offset)
        if end is None or not self.sentences or event.sentence != self.number(offset):
            return False
        return is_fronted(self.sentences[event.sentence].tokens, event.offset, end, offset)

    def _passage(self, sentence: int) -> int:
        return self.sentences[sentence].passage

    def _faded(self, event: Event, number: int) -> float:
        if event.sentence == number:
            return SAME_SENTENCE
        crossed = self._passage(number) - self._passage(event.sentence) if self.sentences else 0
        fading: float = FADING ** (number - event.sentence - 1)
        return fading * (NEW_PARAGRAPH if crossed else 1.0)
