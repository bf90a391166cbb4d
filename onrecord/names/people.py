"""The people of an article, as those need them who must find out whom "she" or "the spokesman" means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from onrecord.article import EntityType, Mention, Span
from onrecord.names.lexicon import Gender, title_key, titles
from onrecord.names.roles import Role, beside, role_text

_PRONOUN = re.compile(r"\b(?:(?P<male>he|him|his|himself)|(?P<female>she|her|hers|herself))\b", re.IGNORECASE)
_QUOTE = re.compile(r"[\"“”]|\n\s*\n")
#: How far after a name a pronoun still speaks of it, in characters, where no other person is named in between.
_PRONOUN_REACH = 120


@dataclass(frozen=True, slots=True)
class GenderEvidence:
    """A word that tells man or woman: `stated` if a title or role noun says so, else a pronoun close after the name."""

    gender: Gender
    span: Span
    stated: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One person of an article. `mentions` are indices into the mentions that were read.

    `aliases` are the other forms printed; `roles` all roles given, in reading order. `gender` is null where the
    article does not tell it.
    """

    local_id: int
    name: str
    mentions: tuple[int, ...]
    aliases: tuple[str, ...]
    roles: tuple[Role, ...]
    gender: Gender | None
    gender_evidence: tuple[GenderEvidence, ...]


def people(text: str, mentions: Sequence[Mention]) -> tuple[Person, ...]:
    """The people among `mentions` (of `find_mentions`), by first mention."""
    roles = roles_of(text, mentions)
    evidence = dict(_evidence(text, mentions))
    found: dict[int, list[int]] = {}
    for index, mention in enumerate(mentions):
        if mention.entity_type is EntityType.PERSON:
            found.setdefault(mention.local_id, []).append(index)
    out: list[Person] = []
    for local_id, members in found.items():
        name = mentions[members[0]].name
        forms = (" ".join(text[mentions[i].start : mentions[i].end].split()) for i in members)
        told = tuple(e for i in members for e in evidence[i])
        out.append(
            Person(
                local_id, name, tuple(members),
                aliases=tuple(f for f in dict.fromkeys(forms) if f != name),
                roles=tuple(r for r in roles if r.local_id == local_id),
                gender=_gender(told), gender_evidence=told,
            )
        )  # fmt: skip
    return tuple(out)


def roles_of(text: str, mentions: Sequence[Mention]) -> tuple[Role, ...]:
    """The roles given beside people's names, titles before them and appositions, in reading order."""
    out: list[Role] = []
    previous = (0, 0)
    for mention in mentions:
        if mention.entity_type is not EntityType.PERSON:
            continue
        _, bounds = beside(text, mention.start, mention.end, previous)
        out += [Role(role_text(text, b), *b, mention.local_id) for b in bounds]
        previous = mention.start, mention.end
    return tuple(sorted(out, key=lambda r: (r.start, r.end)))


def _evidence(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, tuple[GenderEvidence, ...]]]:
    """What tells man or woman beside each person's mention, by the mention's index."""
    persons = [i for i, m in enumerate(mentions) if m.entity_type is EntityType.PERSON]
    previous = (0, 0)
    for index, following in zip_longest(persons, persons[1:]):
        mention = mentions[index]
        titled, bounds = beside(text, mention.start, mention.end, previous)
        stated = [
            GenderEvidence(gender, span, True)
            for start, end in (*titled.honorifics, *bounds)
            for gender, span in _stated(text, start, end)
        ]
        limit = mention.end + _PRONOUN_REACH
        if following is not None:
            limit = min(limit, mentions[following].start)
        yield index, (*stated, *_pronoun(text, mention.end, limit))
        previous = mention.start, mention.end


def _stated(text: str, start: int, end: int) -> Iterator[tuple[Gender, Span]]:
    """Words at `start`..`end` that say man or woman, up to the first "of" or "to": not "aide to the chairwoman"."""
    genders = titles().genders
    whole = genders.get(title_key(text[start:end]))
    if whole:
        yield whole, Span(start, end)
        return
    for match in re.finditer(r"\S+", text[start:end]):
        key = title_key(match.group()).strip(",")
        if key in ("of", "to", "for") or key.endswith(("'s", "s'")):
            if key in ("of", "to", "for"):
                return
            continue
        if key in genders and key not in titles().honorifics:
            yield genders[key], Span(start + match.start(), start + match.end())


def _pronoun(text: str, start: int, limit: int) -> tuple[GenderEvidence, ...]:
    """The first he or she after a name, unless a quotation or paragraph begins before it."""
    border = _QUOTE.search(text, start, limit)
    match = _PRONOUN.search(text, start, border.start() if border else limit)
    if not match:
        return ()
    return (GenderEvidence("male" if match.group("male") else "female", Span(*match.span()), False),)


def _gender(evidence: Sequence[GenderEvidence]) -> Gender | None:
    """What titles and role nouns agree on; without any, what the pronouns say if three in four say it."""
    stated = {e.gender for e in evidence if e.stated}
    if stated:
        return stated.pop() if len(stated) == 1 else None
    votes = Counter(e.gender for e in evidence)
    if not votes:
        return None
    gender, count = votes.most_common(1)[0]
    return gender if count * 4 >= votes.total() * 3 else None
