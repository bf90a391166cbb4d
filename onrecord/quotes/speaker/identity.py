"""Who a source is: by name, by pronoun, by description; or nobody that the article names.

Rather nobody than the wrong one: where two people fit a pronoun or a description about as well, neither is given.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.coreference.described_subjects import described_subjects
from onrecord.coreference.descriptions import Descriptions
from onrecord.coreference.documents import Documents
from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.one_of_two import one_of_two
from onrecord.coreference.organization_kinds import OrganizationKinds
from onrecord.coreference.organizations import Bodies, body_of_place
from onrecord.coreference.person_profiles import PersonProfile, person_profiles
from onrecord.coreference.press import Press
from onrecord.coreference.pronoun_genders import pronoun_votes
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import GROUP, NOBODY, SOMEBODY, UNNAMED, Method, Speaker, named
from onrecord.coreference.source_phrases import Form, Phrase, parsed
from onrecord.coreference.withheld_names import is_withheld
from onrecord.document.article import EntityType, Publication, QuoteType, Span, SpeakerKind
from onrecord.document.sentences import Sentence
from onrecord.lexicon.people import Gender, Pronoun, people_words
from onrecord.quotes.attribution.draft import Draft, Link
from onrecord.quotes.speaker.continuation import answering
from onrecord.quotes.speaker.epithets import Epithets
from onrecord.quotes.speaker.exclusions import is_told_of
from onrecord.quotes.speaker.gestures import gestures
from onrecord.quotes.speaker.leads import Leads
from onrecord.quotes.speaker.relative_pronouns import antecedent
from onrecord.quotes.speaker.sole_speaker import SoleSpeaker
from onrecord.quotes.speaker.sourceless import Sourceless
from onrecord.quotes.speaker.transcript_labels import Labels

_SINGULAR = frozenset({"has", "is", "was", "says", "does"})


@dataclass(frozen=True, slots=True)
class Identities:
    """The speaker of each draft, in order, and what was read for it: what the article says of each person, who comes
    up where, what kinds of bodies there are, and which drafts answer the one before."""

    speakers: tuple[Speaker, ...]
    people: dict[int, PersonProfile]
    discourse: Discourse
    kinds: OrganizationKinds
    answers: frozenset[int]


def identified(
    text: str,
    drafts: Sequence[Draft],
    split: Sequence[Sentence],
    mentions: Mentions,
    publication: Publication,
) -> Identities:
    """Who speaks each draft.

    :param drafts: in reading order, with parents and what they continue.
    :param split: the article's sentences.
    """
    people = person_profiles(text, mentions, pronoun_votes(split, mentions))
    content = sorted(span for draft in drafts for span in draft.contents)
    discourse = Discourse(split, mentions, content)
    resolver = _Resolver(text, drafts, mentions, people, discourse, publication)
    return Identities(resolver.all(), people, discourse, resolver.bodies.kinds, resolver.answers)


class _Resolver:
    """Goes through the drafts in the order of their sources and remembers who has spoken."""

    def __init__(
        self,
        text: str,
        drafts: Sequence[Draft],
        mentions: Mentions,
        people: dict[int, PersonProfile],
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
        self.answers = answering(text, drafts)
        self.bodies = Bodies(text, mentions, discourse)
        self.documents = Documents(text, mentions, self.bodies)
        self.press = Press(text, discourse)
        self.descriptions = Descriptions(text, mentions, people, self.genders, discourse)
        self.epithets = Epithets(self.descriptions)
        self.sole_speaker = SoleSpeaker(self.descriptions)
        self.sourceless = Sourceless(text, mentions, discourse)
        self.gestures = dict(gestures(drafts, discourse, mentions))
        self.labels = Labels(text, mentions, discourse, drafts, self.found)
        self._described = deque(described_subjects(discourse.sentences, mentions))

    def all(self) -> tuple[Speaker, ...]:
        """Resolve every draft: in the order of the sources, outer before inner; what continues one, after that one."""
        order = sorted(range(len(self.drafts)), key=self._place)
        for index in order:
            draft = self.drafts[index]
            self._tell_of_described(draft.start if draft.source is None else draft.source.start)
            self.discourse.follow(draft.start if draft.source is None else draft.source.start, self.genders)
            if draft.source is not None:
                self.found[index] = speaker = self._resolve(draft, draft.source)
                self._remember(draft, draft.source, speaker)
                self.descriptions.learn(draft.source, speaker)
            elif (told := self.sourceless.told_of(draft, self.drafts[index - 1] if index else None)) is not None:
                self.found[index] = self.descriptions.person(told, draft.start, Method.PRONOUN)
                self._remember(draft, draft.contents[-1], self.found[index])
            elif draft.continues is not None and draft.continues in self.found:
                self.found[index] = self._goes_on(self.found[draft.continues], draft, self.gestures.get(index))
                self._remember(draft, draft.contents[-1], self.found[index])
            elif draft.parent in self.found and self._lacks_subject(draft):
                self.found[index] = self.found[draft.parent]
            elif index in self.answers:
                self.found[index] = SOMEBODY
            elif (announced := self.sourceless.announced(draft)) is not None:
                self.found[index] = announced
                self._remember(draft, draft.contents[-1], announced)
        self.discourse.follow(len(self.text), self.genders)
        self._lead()
        return tuple(self.found.get(i, NOBODY) for i in range(len(self.drafts)))

    def _tell_of_described(self, offset: int) -> None:
        """Note whom the descriptions mean with which the article's own sentences before `offset` begin."""
        while self._described and self._described[0].end <= offset:
            span = self._described.popleft()
            if self.discourse.in_content(span.start):
                continue
            meant = self.descriptions.meant(span, parsed(self.text, span, self.mentions))
            if meant.kind is SpeakerKind.PERSON and meant.mention is not None:
                self.discourse.tells_of(meant.mention.local_id, span.start)

    def _lead(self) -> None:
        """Give the leads that say only what somebody is the one whom the article names behind them."""
        leads = Leads(self.text, self.drafts, self.found, self.mentions, self.people, self.discourse)
        for index, local_id in leads.named():
            source = self.drafts[index].source
            if source is not None:
                self.found[index] = self.descriptions.person(local_id, source.start, Method.DESCRIPTION)
            for later, draft in enumerate(self.drafts[index + 1 :], start=index + 1):
                if draft.continues == index and draft.source is None:
                    self.found[later] = self._goes_on(self.found[index], draft, self.gestures.get(later))

    def _goes_on(self, speaker: Speaker, draft: Draft, gender: Gender | None) -> Speaker:
        """Who speaks a quotation without source: the speaker before it, unless it names that one.

        :param gender: of whom the sentence before it tells; where that is not the speaker's, somebody else goes on.
        """
        person = speaker.mention if speaker.kind is SpeakerKind.PERSON else None
        if person is None:
            return speaker
        another = gender is not None and self.genders.get(person.local_id) not in (None, gender)
        return SOMEBODY if another or self.mentions.are_of(person.local_id, draft.contents) else speaker

    def _lacks_subject(self, draft: Draft) -> bool:
        """Whether words inside a report have no verb or only a participle: ``She said so, adding that "no"``."""
        return draft.cue is None or draft.cue.of(self.text).endswith("ing")

    def _place(self, index: int) -> tuple[int, int]:
        draft = self.drafts[index]
        if draft.parent is not None and draft.source is not None:
            return (max(draft.source.start, self._place(draft.parent)[0]), 1)
        if draft.continues is not None and draft.continues > index:
            return (self._place(draft.continues)[0], 1)
        return (draft.source.start if draft.source is not None else draft.end, 0)

    def _remember(self, draft: Draft, at: Span, speaker: Speaker) -> None:
        if draft.parent is not None:
            return
        if draft.cue is not None and self.discourse.sentences:
            around = self.discourse.sentences[self.discourse.number(draft.cue.start)].span
            self.documents.told_in(speaker, around, draft.contents)
        if speaker.kind is SpeakerKind.PERSON and speaker.mention is not None:
            self.discourse.speaks(speaker.mention.local_id, max(at.end, draft.end))
        elif speaker.kind is SpeakerKind.ORGANIZATION:
            self.bodies.speaks(speaker, at)
            self.press.speaks(speaker)
        elif speaker.kind is SpeakerKind.UNNAMED_PERSON and speaker.method is not Method.PRONOUN:
            if speaker.method is not Method.WITHHELD and self.sole_speaker.may_be(draft):
                return
            self.discourse.speaks(self.discourse.stranger(None), max(at.end, draft.end))

    def _resolve(self, draft: Draft, source: Span) -> Speaker:
        if draft.link is Link.TURN:
            return self.labels.meant(source)
        phrase = parsed(self.text, source, self.mentions)
        if (set_apart := self._set_apart(draft, source, phrase)) is not None:
            return set_apart
        if (placed := one_of_two(self.text, source, self.mentions, self.discourse)) is not None:
            return replace(named(self.mentions, placed), method=Method.DESCRIPTION)
        if phrase.mention is not None:
            if phrase.form is Form.GROUP and self._is_singular(draft.cue):
                return self._body_before(source)
            return named(self.mentions, phrase.mention)
        if phrase.form is not Form.PRONOUN and (called := self.mentions.called(self.text, source)) is not None:
            return named(self.mentions, called)
        if (body := self._body(source, phrase)) is not None:
            self.bodies.speaks(body, source)
            return body
        if phrase.form is Form.PRONOUN:
            return self._pronoun(draft, source, phrase)
        if phrase.form is Form.PERSON:
            return self._described_person(draft, source, phrase)
        if phrase.form is Form.BODY:
            return self._or_press(self.bodies.described(source, phrase), source, phrase)
        if phrase.form is Form.DOCUMENT:
            speaker = self._owner(source, phrase)
            self.bodies.speaks(speaker, source)
            return speaker
        return GROUP if phrase.form is Form.GROUP else NOBODY

    def _described_person(self, draft: Draft, source: Span, phrase: Phrase) -> Speaker:
        meant = self.descriptions.meant(source, phrase)
        if meant.name is None and self.epithets.fits(phrase):
            meant = self.epithets.meant(source, phrase) or meant
        elif meant.name is None:
            meant = self.sole_speaker.meant(draft, source, phrase) or meant
        told = meant.mention is not None and is_told_of(self.mentions, draft, meant.mention.local_id)
        return SOMEBODY if told else meant

    def _set_apart(self, draft: Draft, source: Span, phrase: Phrase) -> Speaker | None:
        """Nobody by name, where the sentence says that its person is not to be named; the officer whom bare initials
        mean.
        """
        sentence = self._sentence(source).span if phrase.form is Form.PERSON else None
        if sentence is not None and is_withheld(self.text, source, sentence, draft.contents):
            return UNNAMED
        return self.descriptions.officer(source, phrase)

    def _sentence(self, span: Span) -> Sentence:
        return self.discourse.sentences[self.discourse.number(span.start)]

    def _owner(self, source: Span, phrase: Phrase) -> Speaker:
        """Whose document it is: ``its website`` is that of the body that "it" would mean."""
        pronoun = people_words().pronouns.get(phrase.determiner)
        if pronoun is Pronoun.THING:
            return self._it(source)
        return self._or_press(self.documents.owner(source, phrase), source, phrase)

    def _or_press(self, speaker: Speaker, source: Span, phrase: Phrase) -> Speaker:
        """``The newspaper``, ``the report``, where it is no other's: the outlet that was quoted last."""
        return speaker if speaker.name is not None else self.press.meant(source, phrase) or speaker

    def _body(self, source: Span, phrase: Phrase) -> Speaker | None:
        """A body that a description names, whatever its form: ``the Norlandish police``, ``the archives``."""
        if phrase.form in (Form.BODY, Form.GROUP) and (body := body_of_place(self.text, source, phrase)) is not None:
            return body
        if phrase.form is Form.GROUP:
            return self.bodies.of_kind(source, phrase) or self.bodies.named_with(source, phrase)
        return self.bodies.named_with(source, phrase) if phrase.form is Form.PERSON else None

    def _body_before(self, source: Span) -> Speaker:
        """``The board in its case against Venn and Quill has said``: the body with which such a sentence begins."""
        if not self.discourse.sentences:
            return GROUP
        subject = self.sourceless.subjects.get(self.discourse.number(source.start))
        body = subject is not None and subject.entity_type is EntityType.ORG and subject.end < source.start
        return named(self.mentions, subject) if body and subject is not None else GROUP

    def _is_singular(self, cue: Span | None) -> bool:
        """Whether a verb has one subject: "and Orla Venn has said" is not said by those named before it."""
        return cue is not None and not _SINGULAR.isdisjoint(cue.of(self.text).lower().split()[:1])

    def _pronoun(self, draft: Draft, source: Span, phrase: Phrase) -> Speaker:
        match phrase.pronoun:
            case Pronoun.MALE | Pronoun.FEMALE:
                return self._he_or_she(source, phrase.pronoun, draft.contents)
            case Pronoun.FIRST:
                return self._first_person(draft)
            case Pronoun.FIRST_PLURAL:
                return self._author() if draft.parent is None else GROUP
            case Pronoun.RELATIVE:
                return antecedent(self.text, source, self._sentence(source), self.mentions, self.people)
            case Pronoun.THING:
                return self._it(source)
            case _:
                return GROUP

    def _it(self, source: Span) -> Speaker:
        """``Corran Rail has shut it. It said why.``: the body of which the sentence before tells, else the last."""
        told = self.sourceless.body_told_of(source)
        if told is None or self.bodies.spoke_just_before(source):
            return self.bodies.it(source)
        return replace(named(self.mentions, told), method=Method.PRONOUN)

    def _he_or_she(self, source: Span, pronoun: Pronoun, contents: Sequence[Span]) -> Speaker:
        meant = self.discourse.meant(source.start, Gender(pronoun.value), self.genders, contents)
        if meant is None or meant < 0 or self.mentions.are_of(meant, contents):
            return replace(SOMEBODY, method=Method.PRONOUN)
        return self.descriptions.person(meant, source.start, Method.PRONOUN)

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
