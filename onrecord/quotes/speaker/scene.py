"""An article whose speakers are asked for: its drafts, the people and bodies that may speak, and what stands where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.organization_kinds import OrganizationKinds
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import Speaker
from onrecord.coreference.source_phrases import Phrase
from onrecord.document.article import EntityType, Mention
from onrecord.document.words import PRINTED_WORD, WORD
from onrecord.lexicon.people import Gender
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.speaker.described_hearers import told_by
from onrecord.quotes.speaker.sentence_roles import hearer
from onrecord.quotes.speaker.tracks import KINDS, Track

_THEIRS = frozenset({"his", "her", "their", "my"})
#: Letters beside a mention that may describe it.
AROUND = 60


@dataclass(frozen=True)
class Scene:
    """An article whose speakers are asked for.

    For each draft, `phrases` are the sources taken apart, `ruled` the answers of the rules, and `keys` the tracks that
    they mean. `answers` are the drafts, by their index, that answer the question of the one before.
    """

    text: str
    drafts: tuple[Draft, ...]
    phrases: tuple[Phrase | None, ...]
    ruled: tuple[Speaker, ...]
    keys: tuple[int | None, ...]
    mentions: Mentions
    discourse: Discourse
    kinds: OrganizationKinds
    answers: frozenset[int]
    tracks: dict[int, Track]
    _heads: dict[str, frozenset[int]] = field(default_factory=dict)
    _shared: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)
    _near: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)

    def begin(self, index: int) -> int:
        """Where the report of a draft begins, source or content."""
        draft = self.drafts[index]
        return draft.start if draft.source is None else min(draft.source.start, draft.start)

    def number(self, offset: int) -> int:
        """The number of the sentence around `offset`."""
        return self.discourse.number(offset)

    def passage(self, sentence: int) -> int:
        """The number of the passage that a sentence stands in."""
        sentences = self.discourse.sentences
        return sentences[min(sentence, len(sentences) - 1)].passage if sentences else 0

    def sentences_with(self, word: str) -> frozenset[int]:
        """The numbers of the sentences in which a word or a name of several words stands, in whatever case."""
        if word not in self._heads:
            first = WORD.match(word)
            starts = self._words.get(first[0].lower(), []) if first else []
            self._heads[word] = frozenset(self.number(start) for start in starts if self._stands_at(word, start))
        return self._heads[word]

    def _stands_at(self, word: str, start: int) -> bool:
        """Whether the words begin there that `word` has, and end where a word of the text ends."""
        end = start + len(word)
        whole = not (WORD.match(self.text, end) and WORD.match(word[-1]))
        return whole and self.text[start:end].lower() == word.lower()

    def beside(self, word: str, track: Track) -> tuple[int, ...]:
        """The numbers of the sentences in which a word stands with a track's name, in order."""
        if (word, track.key) not in self._shared:
            self._shared[word, track.key] = tuple(sorted(self.sentences_with(word) & track.in_sentences))
        return self._shared[word, track.key]

    def words_around(self, start: int, end: int) -> frozenset[str]:
        """The printed words, lower case, of a mention and of the `AROUND` letters on both of its sides."""
        if (start, end) not in self._near:
            around = self.text[max(0, start - AROUND) : end + AROUND].lower()
            self._near[start, end] = frozenset(PRINTED_WORD.findall(around))
        return self._near[start, end]

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        """Where each word of the text begins, by the word in lower case."""
        found: dict[str, list[int]] = {}
        for match in WORD.finditer(self.text):
            found.setdefault(match[0].lower(), []).append(match.start())
        return found

    def is_shared(self, index: int) -> bool:
        """Whether a source is one word that several people of the article have as their last name."""
        phrase = self.phrases[index]
        name = None if phrase is None else phrase.mention
        if name is None or name.entity_type is not EntityType.PERSON:
            return False
        printed = self.text[name.start : name.end]
        return " " not in printed and len(self.mentions.people_of_surname(printed)) > 1

    @cached_property
    def introduced_as_theirs(self) -> Counter[int]:
        """How many descriptions bring each track in as somebody's: ``her grandmother, Orla Venn``."""
        told = ((t.key, d.span) for t in self.tracks.values() if t.profile for d in t.profile.descriptions)
        return Counter(key for key, span in told if span.of(self.text).split()[0].lower() in _THEIRS)

    @cached_property
    def genders(self) -> dict[int, Gender | None]:
        """The gender of each track; null where it is open, and for bodies."""
        return {key: track.gender for key, track in self.tracks.items()}

    @cached_property
    def people_of(self) -> dict[Gender, int]:
        """How many people of the article may be of each gender."""
        people = [track for track in self.tracks.values() if track.kind is EntityType.PERSON]
        return {gender: sum(track.gender in (None, gender) for track in people) for gender in Gender}

    @cached_property
    def hearers(self) -> tuple[int | None, ...]:
        """Whom each draft is told, where the verb has a name as its object."""
        told = (hearer(self.text, draft.cue, self.mentions) for draft in self.drafts)
        return tuple(None if mention is None else mention.local_id for mention in told)

    @cached_property
    def told(self) -> dict[str, set[int]]:
        """Who tells somebody of a description something, by its words, in lower case."""
        return told_by(self.text, self.drafts, self.keys)

    @cached_property
    def named_sources(self) -> Counter[int]:
        """How many sources name each track."""
        return Counter(
            key
            for key, phrase in zip(self.keys, self.phrases, strict=True)
            if key is not None and phrase is not None and phrase.mention is not None
        )

    @cached_property
    def by_head(self) -> dict[str, list[int]]:
        """The numbers of the drafts whose source has each head."""
        found: dict[str, list[int]] = {}
        for index, phrase in enumerate(self.phrases):
            if phrase is not None:
                found.setdefault(phrase.head, []).append(index)
        return found

    @cached_property
    def last_of_passage_before(self) -> list[int | None]:
        """For each draft the number of the last outermost one of the passage before its own; null for none."""
        found: list[int | None] = []
        last: dict[int, int] = {}
        for index, draft in enumerate(self.drafts):
            found.append(last.get(draft.passage - 1))
            if draft.parent is None:
                last[draft.passage] = index
        return found

    @cached_property
    def first_named(self) -> list[tuple[int, int]]:
        """Where each track is first named, in order, and its key."""
        return sorted((track.starts[0], track.key) for track in self.tracks.values())

    @cached_property
    def named(self) -> list[tuple[int, int]]:
        """Where each track is named, in order, and its key."""
        return sorted((start, track.key) for track in self.tracks.values() for start in track.starts)


def scene_of(
    text: str,
    drafts: Sequence[Draft],
    phrases: Iterable[Phrase | None],
    ruled: Sequence[Speaker],
    mentions: Mentions,
    people: dict[int, PersonProfile],
    discourse: Discourse,
    kinds: OrganizationKinds,
    answers: frozenset[int],
) -> Scene:
    """The scene of an article; parameters as in :class:`Scene`, `people` being the profiles by local id."""
    grouped: dict[int, list[Mention]] = {}
    for mention in mentions.all:
        if mention.entity_type in KINDS:
            grouped.setdefault(mention.local_id, []).append(mention)
    tracks = {key: _track(key, own, people.get(key), mentions, discourse) for key, own in grouped.items()}
    keys = tuple(_keys(ruled, drafts, discourse, tracks))
    return Scene(text, tuple(drafts), tuple(phrases), tuple(ruled), keys, mentions, discourse, kinds, answers, tracks)


def _track(
    key: int,
    own: Sequence[Mention],
    profile: PersonProfile | None,
    mentions: Mentions,
    discourse: Discourse,
) -> Track:
    return Track(
        key=key,
        kind=own[0].entity_type,
        name=mentions.full_name(own[0]) if profile is not None else own[0].name,
        mentions=tuple(own),
        starts=tuple(m.start for m in own),
        sentences=tuple(discourse.number(m.start) for m in own),
        told=tuple(not discourse.in_content(m.start) for m in own),
        profile=profile,
    )


def _keys(
    ruled: Sequence[Speaker], drafts: Sequence[Draft], discourse: Discourse, tracks: dict[int, Track]
) -> Iterator[int | None]:
    """The key of each of the rules' speakers; a body that no mention covers gets a track of its own."""
    unlisted: dict[str, int] = {}
    for speaker, draft in zip(ruled, drafts, strict=True):
        if speaker.mention is not None and speaker.mention.local_id in tracks:
            yield speaker.mention.local_id
        elif speaker.mention is None and speaker.name in unlisted:
            yield unlisted[speaker.name]
        elif speaker.mention is None and speaker.name is not None and draft.source is not None:
            key = unlisted[speaker.name] = -1 - len(unlisted)
            start = draft.source.start
            number = discourse.number(start)
            tracks[key] = Track(key, EntityType.ORG, speaker.name, (), (start,), (number,), (True,))
            yield key
        else:
            yield None
