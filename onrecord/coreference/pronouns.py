"""Which person a pronoun means: the one who is in the reader's mind when it comes.

Every time a person is named or speaks, that is an event, weighed by how it puts the person forward (as the subject
of a sentence, as a speaker, in passing, inside somebody's words) and fading with each sentence. The person with the
most weight among those whom the pronoun fits is meant, if clearly ahead of the next one; else nobody is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Span
from onrecord.document.sentences import Sentence, Token
from onrecord.lexicon.people import Gender, Pronoun, people_words
from onrecord.lexicon.reporting import reporting_words

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
_LONGEST_LIST = 7  # words before a name in which a body and others whose it is may stand


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
        self._strangers: list[Gender | None] = []
        self._spoken: set[int] = set()
        seen_in: set[int] = set()
        for mention in mentions.all:
            if mention.entity_type is EntityType.PERSON:
                number = self.number(mention.start)
                weight = self._weight(mention.start, mention.end, number, number not in seen_in)
                if weight == SUBJECT:
                    seen_in.add(number)
                aside = weight == QUOTED and self._is_aside(mention.start, mention.end, number)
                self.events.append(Event(mention.start, number, mention.local_id, weight, aside))
        self._described = {s.passage for s in split if _begins_with_description(s.tokens)}
        for sentence in range(len(split)):
            self._unnamed_subject(sentence, mentions)
        self.events.sort()

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
        if self.in_content(start) and not (sentence is not None and _opens_clause(sentence.tokens, end)):
            return QUOTED
        if sentence is None:
            return PASSING
        tokens = sentence.tokens
        at = bisect_left([t.start for t in tokens], start)
        if _names_a_body(tokens, at, end):
            return QUOTED
        if not first:
            return PASSING
        before = _governing(tokens, at)
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
        return quoted or _names_a_body(tokens, bisect_left([t.start for t in tokens], start), end)

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
        number = self.number(offset)
        scores: dict[int, float] = {}
        here: set[int] = set()
        last_speaker: int | None = None
        index = bisect_left(self.events, Event(offset, -1, -1, 0.0)) - 1
        while index >= 0 and number - self.events[index].sentence <= FURTHEST:
            event = self.events[index]
            index -= 1
            gender = genders.get(event.local_id) if event.local_id >= 0 else self._strangers[-event.local_id - 1]
            if gender not in (None, wanted) or any(s.start <= event.offset < s.end for s in own_content):
                continue
            weight = event.weight * self._faded(event, number) * (KNOWN_GENDER if gender is wanted else 1.0)
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
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        if not ranked:
            return None
        clear = len(ranked) == 1 or ranked[0][1] >= CLEAR_LEAD * ranked[1][1]
        return ranked[0][0] if clear else None

    def _passage(self, sentence: int) -> int:
        return self.sentences[sentence].passage

    def _faded(self, event: Event, number: int) -> float:
        if event.sentence == number:
            return SAME_SENTENCE
        crossed = self._passage(number) - self._passage(event.sentence) if self.sentences else 0
        fading: float = FADING ** (number - event.sentence - 1)
        return fading * (NEW_PARAGRAPH if crossed else 1.0)


def _begins_with_description(tokens: Sequence[Token]) -> bool:
    """Whether a sentence begins with somebody described, not named: ``The harbour master signed for Quill.``"""
    words = people_words()
    if tokens[0].lower not in words.definite:
        return False
    for token in tokens[1:5]:
        if not token.is_word or token.lower in words.prepositions:
            return False
        if words.may_be_person(token.lower):
            return True
    return False


def _names_a_body(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a name only tells which body is meant: ``the Venn regime``, ``the government of Venn and Quill``."""
    bodies = people_words().organizations
    after = next((t for t in tokens[at:] if t.end > end), None)  # in "Venn's regime" the name's own word
    if after is not None and after.lower in bodies:
        return True
    before = tokens[max(0, at - _LONGEST_LIST) : at]
    small = people_words().prepositions
    of = next(
        (i for i, t in enumerate(reversed(before), start=1) if not (t.is_word or t.lower == ".") or t.lower in small), 0
    )
    return 0 < of < len(before) and before[-of].lower == "of" and before[-of - 1].lower in bodies


def _opens_clause(tokens: Sequence[Token], end: int) -> bool:
    """Whether a name stands in a clause before the main one: ``Though they say Venn is well, she stays at home.``"""
    if tokens[0].lower not in people_words().subordinators:
        return False
    comma = next((i for i, t in enumerate(tokens) if t.lower == "," and t.start >= end), len(tokens))
    pronoun, verb = [*(t.lower for t in tokens[comma + 1 : comma + 3]), "", ""][:2]
    return pronoun in people_words().pronouns and not reporting_words().is_in(verb, "speech", "telling", "manner")


def _governing(tokens: Sequence[Token], at: int) -> str:
    """The word before a name, over the titles and nouns that belong to it."""
    words = people_words()
    i = at - 1
    while i >= 0 and at - i < 7 and (tokens[i].is_word or tokens[i].lower == "."):
        lower = tokens[i].lower
        if lower == ".":  # of a title: Mr.
            i -= 1
            continue
        if lower in words.governing or not (words.is_title(lower) or words.is_person(lower) or lower in words.definite):
            return lower
        i -= 1
    return tokens[i].lower if i >= 0 else ""


def pronoun_votes(split: Sequence[Sentence], mentions: Mentions) -> dict[int, Counter[Gender]]:
    """For each person, the pronouns that follow in sentences where nobody else is named (and in the next one)."""
    votes: dict[int, Counter[Gender]] = {}
    kinds = people_words().pronouns
    last: int | None = None
    for sentence in split:
        named = [m for m in mentions.within(sentence.span) if m.entity_type is EntityType.PERSON]
        present = {m.local_id for m in named}
        follows = [
            kinds[t.lower]
            for t in sentence.tokens
            if t.is_word and t.lower in kinds and (not named or t.start > named[0].end)
        ]
        gendered = [Gender(kind.value) for kind in follows if kind in (Pronoun.MALE, Pronoun.FEMALE)]
        person = next(iter(present)) if len(present) == 1 else last if not present else None
        if person is not None and len(set(gendered)) == 1:
            votes.setdefault(person, Counter())[gendered[0]] += 1
        last = person if present else None
    return votes
