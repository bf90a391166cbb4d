"""Decides who speaks each attribution: a ranked candidate that is sure enough, what a rule is certain of, or nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.referents import BODY, NOBODY, SOMEBODY, Method, Speaker
from onrecord.coreference.source_phrases import Form, parsed
from onrecord.document.article import EntityType, Span, SpeakerCandidate, SpeakerKind
from onrecord.lexicon.people import Pronoun, people_words
from onrecord.quotes.attribution.draft import Draft, Link, told_behind
from onrecord.quotes.attribution.filters import is_addressed
from onrecord.quotes.attribution.verbs import hears, is_passive
from onrecord.quotes.speaker.identity import Identities
from onrecord.quotes.speaker.ranking import LEAST, MOST, THRESHOLD, THRESHOLD_AGREED, Ranked, model, ranked
from onrecord.quotes.speaker.scene import Scene, scene_of
from onrecord.quotes.speaker.tracks import Track

#: How sure a name is that a rule gives without the ranker: a transcript's label, the author's own "I".
RULE = 0.95

#: How sure the one interviewed is who answers: of six interviews of the corpora five name that one so, one nobody.
ANSWERS = 0.85

#: How sure a bare surname is at most where several people of the article bear it: 24 of 29 of the gold are right.
SHARED = 0.83

#: How the last word of a passive ends.
_PARTICIPLES = ("ed", "said", "told", "known", "thought", "understood")


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks, how sure that is (null where no name is given), and who else may."""

    speaker: Speaker
    confidence: float | None
    candidates: tuple[SpeakerCandidate, ...]


def scene_of_drafts(text: str, drafts: Sequence[Draft], who: Identities, mentions: Mentions) -> Scene:
    """What the ranker reads of an article.

    :param who: the answers of the rules for each draft, and what they read.
    """
    phrases = [None if d.source is None else parsed(text, d.source, mentions) for d in drafts]
    return scene_of(text, drafts, phrases, who.speakers, mentions, who.people, who.discourse, who.kinds, who.answers)


def decided(scene: Scene) -> tuple[Decision, ...]:
    """The decision for each draft of an article."""
    if not scene.drafts:
        return ()
    found: list[Decision] = []
    for index, answer in enumerate(ranked(scene, model())):
        decision, draft = _decision(scene, index, answer), scene.drafts[index]
        if draft.source is None and draft.cue is not None and _is_unsaid(scene.text, draft.cue):
            decision = Decision(NOBODY, None, decision.candidates)
        before = draft.continues if draft.link is Link.CONTINUED else None
        if before is not None and before < index and found[before].speaker.name is None:
            decision = _as_before(decision, found[before])
        if index in scene.answers:
            decision = Decision(SOMEBODY, None, decision.candidates)  # who asks may go on, or the other may answer
        if _is_the_unnamed(scene, index):
            decision = _as_before(decision, found[index - 1])
        found.append(decision)
    for index, behind in told_behind(scene.drafts):
        if found[behind].speaker.name is None:
            found[index] = _as_before(found[index], found[behind])
    return tuple(found)


def _is_the_unnamed(scene: Scene, index: int) -> bool:
    """Whether a pronoun goes on from somebody without a name: ``A neighbour said so. "We rang," she said.``"""
    phrase, draft = scene.phrases[index], scene.drafts[index]
    if index == 0 or draft.source is None or phrase is None or phrase.pronoun not in (Pronoun.MALE, Pronoun.FEMALE):
        return False
    before, source = scene.phrases[index - 1], scene.drafts[index - 1].source
    if before is None or source is None or scene.drafts[index - 1].passage != draft.passage or before.inside:
        return False
    unnamed = before.form is Form.PERSON and before.determiner in people_words().indefinite
    other = before.gender is not None and before.gender is not phrase.gender
    told = Span(source.end, draft.source.start) if source.end < draft.source.start else None
    if not unnamed or other or told is None:
        return False
    return all(m.entity_type is not EntityType.PERSON for m in scene.mentions.within(told))


def _as_before(decision: Decision, before: Decision) -> Decision:
    """The decision for words that go on from words of nobody named: nobody named says them, either."""
    return decision if decision.speaker.name is None else Decision(before.speaker, None, decision.candidates)


def _decision(scene: Scene, index: int, answer: Ranked | None) -> Decision:
    ruled = scene.ruled[index]
    if answer is None:
        sure = ANSWERS if ruled.method is Method.DESCRIPTION else RULE
        return Decision(ruled, sure if ruled.name is not None else None, _certain(ruled, sure))
    most = SHARED if scene.is_shared(index) else 1.0
    capped = [(track, min(probability, most)) for track, probability in answer.candidates]
    kept = tuple(
        SpeakerCandidate(track.name, track.key if track.mentions else None, probability)
        for track, probability in capped[:MOST]
        if probability >= LEAST
    )
    if capped and _is_sure(scene, index, capped[0][0], min(answer.first_alone, most)):
        track, probability = capped[0]
        return Decision(_speaker(scene, index, track), probability, kept)
    return Decision(_unnamed(ruled), None, kept)


def _is_unsaid(text: str, cue: Span) -> bool:
    """Whether a cue without a source has no speaker for a subject: ``were told``, ``is expected``, ``heard``."""
    words = cue.of(text).lower()
    return is_addressed(words) or hears(text, cue) or (is_passive(text, cue) and words.endswith(_PARTICIPLES))


def _is_sure(scene: Scene, index: int, track: Track, probability: float) -> bool:
    """Whether a candidate is given as the speaker: less probable ones where the rules mean the same."""
    return probability >= (THRESHOLD_AGREED if scene.keys[index] == track.key else THRESHOLD)


def _certain(speaker: Speaker, sure: float) -> tuple[SpeakerCandidate, ...]:
    if speaker.name is None:
        return ()
    return (SpeakerCandidate(speaker.name, None if speaker.mention is None else speaker.mention.local_id, sure),)


def _speaker(scene: Scene, index: int, track: Track) -> Speaker:
    """A candidate as the speaker: as the rules give it, where they mean the same one."""
    ruled = scene.ruled[index]
    if scene.keys[index] == track.key:
        return ruled
    kind = SpeakerKind.PERSON if track.kind is EntityType.PERSON else SpeakerKind.ORGANIZATION
    draft = scene.drafts[index]
    at = draft.start if draft.source is None else draft.source.start
    method = Method.NONE if draft.source is None else Method.DESCRIPTION
    return Speaker(kind, track.nearest(at), track.name, method)


def _unnamed(ruled: Speaker) -> Speaker:
    """A source without a name: as the rules find it, or of the kind of the one whom they name."""
    if ruled.name is None:
        return ruled
    return SOMEBODY if ruled.kind is SpeakerKind.PERSON else BODY
