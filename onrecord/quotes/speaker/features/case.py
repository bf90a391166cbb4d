"""One candidate for one attribution, and the registry of what the ranker sees of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from onrecord.coreference.source_phrases import Form, Phrase
from onrecord.document.article import EntityType
from onrecord.document.words import PRINTED_WORD
from onrecord.lexicon.people import Gender, Pronoun, people_words
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.speaker.scene import Scene
from onrecord.quotes.speaker.tracks import Track
from onrecord.quotes.speaker.turns import Turns

#: Distances are counted up to here; what is farther, or is not there at all, is one more.
FAR = 40
_OPEN = frozenset({Pronoun.PLURAL, Pronoun.RELATIVE, Pronoun.FIRST, Pronoun.FIRST_PLURAL})


@dataclass(frozen=True)
class Moment:
    """An attribution whose speaker is asked for among `rivals`, whoever spoke before it.

    `ahead` are the attributions after it whose source is a name: how many on, and whose.
    """

    scene: Scene
    index: int
    ahead: Sequence[tuple[int, int | None]]
    rivals: Sequence[Track]

    @cached_property
    def cases(self) -> list[Case]:
        """The candidates, nobody first."""
        return [Case(self, track) for track in (None, *self.rivals)]

    @cached_property
    def keys(self) -> list[int | None]:
        """The keys of the candidates; null for nobody."""
        return [case.key for case in self.cases]

    @cached_property
    def columns(self) -> dict[str, list[float]]:
        """For each feature that does not read who spoke before its value of each candidate."""
        shared = {name: [function(self)] * len(self.cases) for name, function in OF_MOMENTS.items()}
        return shared | {name: [function(case) for case in self.cases] for name, function in OF_CANDIDATES.items()}

    @cached_property
    def draft(self) -> Draft:
        return self.scene.drafts[self.index]

    @cached_property
    def phrase(self) -> Phrase | None:
        return self.scene.phrases[self.index]

    @cached_property
    def begin(self) -> int:
        """Where the report begins, source or content."""
        return self.scene.begin(self.index)

    @cached_property
    def anchor(self) -> int:
        """Where looking back starts: at the source, where there is one, else at the content."""
        return self.draft.start if self.draft.source is None else self.draft.source.start

    @cached_property
    def here(self) -> int:
        """The number of the anchor's sentence."""
        return self.scene.number(self.anchor)

    @cached_property
    def passage(self) -> int:
        """The number of the anchor's passage."""
        return self.scene.passage(self.here)

    @cached_property
    def wanted(self) -> Gender | None:
        """The gender that the source's pronoun or noun asks for."""
        return None if self.phrase is None else self.phrase.gender

    @cached_property
    def sentence(self) -> int:
        """The number of the sentence in which the report begins."""
        return self.scene.number(self.begin)

    @cached_property
    def asks_for_body(self) -> bool | None:
        """Whether the source asks for a body (or a document) rather than a person; null where it does not say."""
        phrase = self.phrase
        if phrase is None or phrase.form in (Form.NAME, Form.EMPTY, Form.GROUP) or phrase.pronoun in _OPEN:
            return None
        if phrase.form is Form.PERSON and not people_words().is_person(phrase.head):
            return None  # "the zoo": definite, and no noun that the lists know
        return phrase.pronoun is Pronoun.THING or phrase.form in (Form.BODY, Form.DOCUMENT)

    @cached_property
    def head(self) -> str:
        """The head noun of the source, lower case; empty where there is none."""
        return "" if self.phrase is None else self.phrase.head

    @cached_property
    def described(self) -> frozenset[str]:
        """The words of the source's description."""
        return frozenset() if self.phrase is None else frozenset(self.phrase.words) - people_words().definite

    @cached_property
    def source_words(self) -> frozenset[str]:
        """All words of the source, lower case, without possessives."""
        source = self.draft.source
        printed = "" if source is None else source.of(self.scene.text).lower()
        return frozenset(word.removesuffix("'s").removesuffix("’s") for word in PRINTED_WORD.findall(printed))

    def head_before(self, track: Track) -> int:
        """In how many sentences before the source's its head stands with a candidate's name."""
        return bisect_left(self.scene.beside(self.head, track), self.here) if self.head else 0

    def head_after(self, track: Track) -> int:
        """In how many sentences behind the source's its head stands with a candidate's name."""
        shared = self.scene.beside(self.head, track)
        return len(shared) - bisect_right(shared, self.here)

    @cached_property
    def heads_with_names(self) -> int:
        """How often the head stands in a sentence before with a candidate, summed over the candidates."""
        return sum(map(self.head_before, self.rivals))

    @cached_property
    def last_of_head(self) -> int | None:
        """The last attribution before this one whose source has the same head; null where there is none."""
        if not self.head or self.phrase is None or self.phrase.form is Form.NAME:
            return None
        places = self.scene.by_head[self.head]
        before = bisect_left(places, self.index)
        return places[before - 1] if before else None

    @cached_property
    def before_paragraph(self) -> int | None:
        """The last outermost attribution of the paragraph before; null where there is none in it."""
        return self.scene.last_of_passage_before[self.index]

    def fits(self, track: Track) -> bool:
        """Whether a track is of the kind and gender that the source asks for."""
        if self.asks_for_body is None and self.phrase is not None and self.phrase.form is Form.PERSON:
            return True
        if self.asks_for_body:
            return track.kind is not EntityType.PERSON
        return track.kind is EntityType.PERSON and (self.wanted is None or track.gender in (None, self.wanted))

    @cached_property
    def last_told(self) -> dict[int, int]:
        """For each rival the number of its last mention before the anchor in the article's own words; -1 for none."""
        return {track.key: track.last_told(self.anchor) for track in self.rivals}

    @cached_property
    def weights(self) -> dict[int, float]:
        """How much each person is in the reader's mind at the anchor, by key."""
        genders = {track.key: track.gender for track in self.rivals}
        return self.scene.discourse.weights(self.anchor, self.wanted, genders, self.draft.contents)

    @cached_property
    def subjects(self) -> dict[int, int]:
        """For each person the number of the last sentence before whose subject they are, by key."""
        return self.scene.discourse.subjects(self.anchor)

    @cached_property
    def fitting(self) -> list[Track]:
        return [track for track in self.rivals if self.fits(track)]

    @cached_property
    def fitting_before(self) -> dict[int, int]:
        """Where each fitting rival was last named in the article's own words before the anchor, by its key."""
        last = ((track, self.last_told[track.key]) for track in self.fitting)
        return {track.key: track.starts[index] for track, index in last if index >= 0}

    @cached_property
    def latest(self) -> list[int]:
        """Where each fitting rival was last named in the article's own words, in rising order."""
        return sorted(self.fitting_before.values())

    @cached_property
    def counts(self) -> dict[EntityType, list[int]]:
        """How often each rival is named, by kind, in rising order."""
        found: dict[EntityType, list[int]] = {}
        for track in self.rivals:
            found.setdefault(track.kind, []).append(len(track.starts))
        return {kind: sorted(counts) for kind, counts in found.items()}

    @cached_property
    def words_of_names(self) -> list[list[str]]:
        """The words of each name in the source, lower case."""
        source = self.draft.source
        return [] if source is None else [m.name.lower().split() for m in self.scene.mentions.within(source)]

    @cached_property
    def last_end(self) -> int | None:
        """Where the attribution before this one ends."""
        return self.scene.drafts[self.index - 1].end if self.index else None


@dataclass(slots=True)
class Case:
    """One candidate for the speaker of an attribution; `track` is null for an unnamed one.

    `last` is the number of the candidate's last mention before the anchor in the article's own words, -1 for none;
    `in_source` that of its first mention inside the source, null for none.
    """

    moment: Moment
    track: Track | None
    key: int | None = field(init=False, default=None)
    last: int = field(init=False, default=-1)
    in_source: int | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        track, source = self.track, self.moment.draft.source
        if track is None:
            return
        self.key, self.last = track.key, self.moment.last_told[track.key]
        if source is not None and track.mentions:
            at = bisect_left(track.starts, source.start)
            self.in_source = at if at < len(track.starts) and track.starts[at] < source.end else None


#: The features, by name and group, in the order in which they are declared.
OF_CANDIDATES: dict[str, Callable[[Case], float]] = {}
OF_MOMENTS: dict[str, Callable[[Moment], float]] = {}
OF_TURNS: dict[str, Callable[[Case, Turns], float]] = {}
GROUPS: dict[str, str] = {}


_Feature = TypeVar("_Feature", bound=Callable[..., float])


def _registers(table: dict[str, _Feature], group: str) -> Callable[[_Feature], _Feature]:
    """Adds a feature to a table under its function's name. Raises `ValueError` where another one has the name."""

    def add(function: _Feature) -> _Feature:
        name = function.__name__
        if name in GROUPS:
            raise ValueError(f"two features of speakers are called {name!r}: rename one")
        table[name] = function
        GROUPS[name] = group
        return function

    return add


def of_candidate(group: str) -> Callable[[Callable[[Case], float]], Callable[[Case], float]]:
    """Registers a feature of one candidate under its function's name."""
    return _registers(OF_CANDIDATES, group)


def of_moment(group: str) -> Callable[[Callable[[Moment], float]], Callable[[Moment], float]]:
    """Registers a feature of the attribution, the same for all its candidates."""
    return _registers(OF_MOMENTS, group)


def of_turns(group: str) -> Callable[[Callable[[Case, Turns], float]], Callable[[Case, Turns], float]]:
    """Registers a feature of one candidate after one history of speakers."""
    return _registers(OF_TURNS, group)
