"""The role that the article gives a speaker, as printed: "a senior aide to the leader of the harbour guard"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.coreference.pronouns import Discourse
from onrecord.coreference.referents import Speaker
from onrecord.coreference.source_phrases import Form, Phrase, parsed
from onrecord.document.article import EntityType, Span, SpeakerKind
from onrecord.document.sentences import Sentence
from onrecord.lexicon.name_words import title_key, titles
from onrecord.quotes.attributes.organization_roles import organization_roles
from onrecord.quotes.attributes.role_appositions import up_to_end
from onrecord.quotes.attributes.role_candidates import Candidate, candidates_of
from onrecord.quotes.attributes.role_descriptions import descriptions_of
from onrecord.quotes.attributes.role_ranking import best_role, model
from onrecord.quotes.attributes.role_references import references_of
from onrecord.quotes.attributes.role_words import names_office, only_points, role_words, without_examples
from onrecord.quotes.attribution.draft import Draft, told_behind

_AS = re.compile(r"\s(?:as\s|\().*", re.DOTALL)
_MR = frozenset({"mr", "mrs", "ms", "miss"})
_UNNAMED = (SpeakerKind.UNNAMED_PERSON, SpeakerKind.UNNAMED_GROUP)
_PRONOUNS = {
    "he": SpeakerKind.UNNAMED_PERSON,
    "she": SpeakerKind.UNNAMED_PERSON,
    "they": SpeakerKind.UNNAMED_GROUP,
}


def roles_of(
    text: str,
    drafts: Sequence[Draft],
    speakers: Sequence[Speaker],
    people: Mapping[int, PersonProfile],
    names: Mentions,
    sentences: Sequence[Sentence],
    discourse: Discourse,
) -> list[str | None]:
    """The role of each draft's speaker, in order: of a named person the same for all, of an unnamed source its words.

    :param sentences: of the article, in order.
    """
    sources = [draft.source for draft in drafts]
    own: dict[int, set[Span]] = {}
    for source, speaker in zip(sources, speakers, strict=True):
        if (person := _person(speaker)) is not None and person in people:
            own.setdefault(person, set()).update(() if source is None else (source,))
    found = candidates_of_all(text, people, own, drafts, sentences, names, discourse)
    given = {person: best_role(found[person], people[person], names, len(text), model()) for person in own}
    kinds = organization_roles(text, names, sentences)
    roles: list[str | None] = []
    for source, speaker in zip(sources, speakers, strict=True):
        person = _person(speaker)
        if person is not None:
            roles.append(given.get(person))
        elif speaker.kind is SpeakerKind.ORGANIZATION:
            roles.append(kinds.get(-1 if speaker.mention is None else speaker.mention.local_id))
        else:
            roles.append(_unnamed(text, source, speaker, names))
    return _carried(text, drafts, speakers, roles)


def candidates_of_all(
    text: str,
    people: Mapping[int, PersonProfile],
    own: Mapping[int, Collection[Span]],
    drafts: Sequence[Draft],
    sentences: Sequence[Sentence],
    names: Mentions,
    discourse: Discourse,
) -> dict[int, list[Candidate]]:
    """The words that may be the role of each person of an article, by local id, in reading order.

    :param own: the sources whose speaker a person is.
    :param sentences: of the article, in order.
    """
    every = sorted({draft.source for draft in drafts if draft.source is not None})
    told = sorted({content for draft in drafts for content in draft.contents}, key=lambda content: content.end)
    beside = {
        local_id: candidates_of(text, person, sorted(own.get(local_id, ())), every, told, sentences, names)
        for local_id, person in people.items()
    }
    elsewhere = references_of(text, people, sentences, names, discourse)
    for local_id, candidate in descriptions_of(text, people, sentences, names, discourse, every):
        if not beside.get(local_id):
            elsewhere.setdefault(local_id, []).append(candidate)
    return {i: sorted([*elsewhere.get(i, ()), *found], key=lambda c: c.start) for i, found in beside.items()}


def _person(speaker: Speaker) -> int | None:
    """The local id of a named person."""
    return speaker.mention.local_id if speaker.kind is SpeakerKind.PERSON and speaker.mention is not None else None


def _unnamed(text: str, source: Span | None, speaker: Speaker, names: Mentions) -> str | None:
    """The words of a source without name that say what somebody is; nothing for a pronoun, a paper or a crowd."""
    if source is None or speaker.kind not in _UNNAMED:
        return None
    phrase = parsed(text, source, names)
    if not _is_office(phrase):
        return None
    named = (m.start for m in names.within(source) if m.entity_type is EntityType.PERSON and m.start > source.start)
    listed = next((start for start in named if text[source.start : start].rstrip().endswith(",")), source.end)
    role = _AS.sub("", without_examples(up_to_end(text, Span(source.start, listed), names)))
    return None if only_points(role) or _is_only_a_name(role, names) else role


def _is_office(phrase: Phrase) -> bool:
    """Whether a source's head is an office or trade, of one or of several; a crowd is none."""
    if phrase.form is Form.GROUP:
        last = "".join(phrase.words[-1:])
        crowd = last in role_words().crowds | role_words().nothing
        return not crowd and names_office(phrase.head)
    return phrase.form is Form.PERSON and names_office(phrase.head)


def _is_only_a_name(role: str, names: Mentions) -> bool:
    """``Mr. Quill``, whom no mention covers."""
    *courtesies, last = role.split() or [""]
    keys = [title_key(word) for word in courtesies]
    called = last in names.surnames or not _MR.isdisjoint(keys)
    return bool(keys) and called and all(key in titles().honorifics for key in keys)


def _carried(
    text: str, drafts: Sequence[Draft], speakers: Sequence[Speaker], roles: Sequence[str | None]
) -> list[str | None]:
    """The roles, with those of unnamed speakers that an earlier source words more fully.

    ``the official`` after ``a harbour official``, and a pronoun right after it.
    """
    found: list[str | None] = []
    fuller: dict[str, str] = {}  # by the last word before the first preposition
    for index, (draft, speaker, role) in enumerate(zip(drafts, speakers, roles, strict=True)):
        kept = role
        if speaker.kind in _UNNAMED:
            words = "" if draft.source is None else draft.source.of(text).lower()
            bare = re.sub(r"\A(?:the|that|this)\s", "", words)
            before = draft.continues if draft.source is None else index - 1
            same = before is not None and 0 <= before < index and speakers[before].kind is speaker.kind
            if (
                before is not None
                and same
                and _PRONOUNS.get(words, speaker.kind if not words else None) is speaker.kind
            ):
                kept = found[before]
            elif bare in fuller and " " not in bare:
                kept = fuller[bare]
            elif role is not None and role.count(" "):
                fuller |= {word: role for word in role.lower().split() if names_office(word)}
        found.append(kept)
    for index, behind in told_behind(drafts):
        if speakers[index].kind in _UNNAMED and speakers[behind].kind is speakers[index].kind:
            found[index] = found[behind]
    return found
