"""Who a source cannot mean: rules of the language, whatever the ranker would say."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from onrecord.coreference.descriptions import is_one
from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile, age_told
from onrecord.coreference.source_phrases import Form, Phrase
from onrecord.document.article import EntityType, QuoteType, Span
from onrecord.lexicon.name_words import titles
from onrecord.lexicon.people import Gender, Pronoun, people_words
from onrecord.names.territories import territory_code
from onrecord.quotes.attribution.draft import Draft
from onrecord.quotes.speaker.scene import Scene
from onrecord.quotes.speaker.tracks import Track

#: Prepositions that part a person from whoever speaks for or of them.
_WHOSE = frozenset({"for", "of", "to", "with", "against"})
_ANONYMOUS = frozenset({"source"})  # heads of those who are not named on purpose


def is_another(scene: Scene, index: int, track: Track) -> bool:
    """Whether the source of a draft can only mean somebody else than a track.

    "A party source" is nobody named before it, "lawyers for Venn" are not Venn, the board's spokesman is not it,
    "the source" is nobody named, nor does whoever is told it speak ("he told Venn"). "He" is nobody called "Ms",
    "his wife" nobody called "Mr", the Guild of Tarn is not Tarn. Quoted words without a source are no body's,
    unless it goes on. Where somebody is tried, the judge is nobody who is not told to be of the court.
    """
    draft, phrase = scene.drafts[index], scene.phrases[index]
    if draft.source is None:
        return track.kind is not EntityType.PERSON and draft.quote_type is not QuoteType.INDIRECT
    if phrase is None:
        return False
    if _disagrees(scene, draft.source, phrase, track):
        return True
    inside = [m for m in scene.mentions.within(draft.source) if m.local_id == track.key]
    if not inside and (scene.hearers[index] == track.key or phrase.head in _ANONYMOUS):
        return True
    if phrase.form is Form.BODY:
        another = _is_a_persons(scene, phrase) or scene.kinds.is_another(track.key, phrase.words)
        return not inside and (another or _is_worse(scene, index, phrase, track))
    if phrase.form not in (Form.PERSON, Form.GROUP):
        return False
    if not inside:
        return _is_described_otherwise(scene, index, draft.source, phrase, track)
    if track.kind is not EntityType.PERSON:
        return phrase.form is Form.PERSON and people_words().is_person(phrase.head)
    before = scene.text[draft.source.start : inside[0].start].lower().split()
    return bool(before) and (before[-1] in _WHOSE or "for" in before)


def _disagrees(scene: Scene, source: Span, phrase: Phrase, track: Track) -> bool:
    """Whether a source asks for another kind or gender than a track has."""
    if track.kind is EntityType.LOC and _is_a_bodys_name(scene, source, phrase):
        return True
    if track.kind is EntityType.PERSON and source.of(scene.text).lower() == "which":
        return True
    told = None if track.profile is None else track.profile.stated_gender
    certain = phrase.pronoun is not None or phrase.head in titles().kin  # "the chairman" may be a woman
    return certain and phrase.gender is not None and told not in (None, phrase.gender)


def _is_worse(scene: Scene, index: int, phrase: Phrase, track: Track) -> bool:
    """Whether a body is not known to be such a one as a description asks for, and the one whom the rules name is."""
    ruled = scene.keys[index]
    if ruled is None or track.kind is EntityType.PERSON or not phrase.definite:
        return False
    return scene.kinds.fits(ruled, phrase.words) and not scene.kinds.fits(track.key, phrase.words)


def is_before_a_court(phrase: Phrase, known: Collection[str], people: Iterable[PersonProfile | None]) -> bool:
    """Whether a noun of the court cannot mean one whom the article calls nothing of the kind: somebody is tried in it.

    :param known: the words that are told of the one who may be meant.
    :param people: of the article.
    """
    court = people_words().court
    return phrase.head in court and court.isdisjoint(known) and any(person and person.tried for person in people)


def is_told_of(mentions: Mentions, draft: Draft, local_id: int) -> bool:
    """Whether words told indirectly name somebody, and their source does not: ``the minister said that Venn had left``.

    The minister is not Venn.
    """
    if draft.quote_type is not QuoteType.INDIRECT or draft.source is None:
        return False
    return mentions.are_of(local_id, draft.contents) and not mentions.are_of(local_id, [draft.source])


def _is_described_otherwise(scene: Scene, index: int, source: Span, phrase: Phrase, track: Track) -> bool:
    """Whether a description is of somebody else than a track that it does not name."""
    if _is_own_kin(scene, index, phrase, track):
        return True
    told = track.kind is EntityType.PERSON and is_told_of(scene.mentions, scene.drafts[index], track.key)
    if told or (phrase.form is Form.PERSON and _is_no_person(phrase, track)):
        return True
    if _is_of_elsewhere(scene, phrase, track) or _is_no_such(phrase, track) or _is_of_another_age(phrase, track):
        return True
    if is_before_a_court(phrase, track.known, (other.profile for other in scene.tracks.values())):
        return True
    if track.key in scene.told.get(source.of(scene.text).lower(), ()):
        return True
    return track.before(source.start) > 0 and phrase.determiner in people_words().indefinite


def _is_a_bodys_name(scene: Scene, source: Span, phrase: Phrase) -> bool:
    """Whether a source is nothing but the name of a body, perhaps behind "the"."""
    body = phrase.mention if phrase.form is Form.NAME else None
    if body is None or body.entity_type is not EntityType.ORG or body.end != source.end:
        return False
    return scene.text[source.start : body.start].strip().lower() in {"", "the"}


def _is_a_persons(scene: Scene, phrase: Phrase) -> bool:
    """Whether a body is somebody's: ``Venn's office`` is none that has a name of its own."""
    owners = (m for m in phrase.inside if m.entity_type is EntityType.PERSON)
    return any(scene.text.startswith(("'s ", "’s "), owner.end) for owner in owners)


def _is_no_such(phrase: Phrase, track: Track) -> bool:
    """Whether a track is described with the head of a source, but as something else: an aide to the mayor."""
    described = () if track.profile is None or not phrase.definite else track.profile.descriptions
    same = [d for d in described if phrase.head in d.words]
    return bool(same) and not any(is_one(phrase.head, set(phrase.words), d) for d in same)


def _is_own_kin(scene: Scene, index: int, phrase: Phrase, track: Track) -> bool:
    """Whether a source is a relative of the track's: whom "her" means is not "her sister"."""
    owner = people_words().pronouns.get(phrase.determiner)
    if phrase.head not in titles().kin or owner not in (Pronoun.MALE, Pronoun.FEMALE):
        return False
    if _is_called(phrase, track):
        return False  # "her sister, Orla Venn"
    draft = scene.drafts[index]
    at = draft.start if draft.source is None else draft.source.start
    return scene.discourse.meant(at, Gender(owner.value), scene.genders, draft.contents) == track.key


def _is_called(phrase: Phrase, track: Track) -> bool:
    """Whether a track is described with the head of a source."""
    return any(phrase.head in words for words in track.described)


def _is_no_person(phrase: Phrase, track: Track) -> bool:
    """Whether a noun for a person would describe a body or a place."""
    return track.kind is not EntityType.PERSON and phrase.definite and people_words().is_person(phrase.head)


def _is_of_another_age(phrase: Phrase, track: Track) -> bool:
    """Whether a description tells an age, and the article another one of a track."""
    age, known = age_told(phrase.words), set() if track.profile is None else track.profile.ages
    return age is not None and bool(known) and age not in known


def _is_of_elsewhere(scene: Scene, phrase: Phrase, track: Track) -> bool:
    """Whether a source names a country and a track has the same office in another one."""
    asked = {code for m in phrase.inside if (code := territory_code(m.name, m.entity_type))}
    described = () if track.profile is None or not asked else track.profile.descriptions
    same = [m for d in described if d.head == phrase.head for m in scene.mentions.within(d.span)]
    own = {code for m in same if (code := territory_code(m.name, m.entity_type))}
    return bool(own) and asked.isdisjoint(own)
