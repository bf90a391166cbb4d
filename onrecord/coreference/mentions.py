"""Every name of an article with its fullest form: the tagger's spans in, mentions out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from onrecord.coreference.misread_bodies import with_bodies
from onrecord.coreference.misread_spans import corrected
from onrecord.coreference.name_chains import chain_people
from onrecord.coreference.name_contexts import name_context
from onrecord.coreference.organization_chains import chain_bodies
from onrecord.coreference.organization_glosses import shortened_bodies
from onrecord.coreference.person_chains import PersonName
from onrecord.document.article import EntityType, Mention, NameSpan
from onrecord.document.document import Document
from onrecord.lexicon.name_words import titles
from onrecord.names.before_saying import whole_subjects
from onrecord.names.body_nouns import without_body_nouns
from onrecord.names.consistency import agree
from onrecord.names.courtesies import courtesies
from onrecord.names.described_people import without_descriptions
from onrecord.names.full_names import full_names
from onrecord.names.headlines import in_headlines
from onrecord.names.occupations import without_occupations
from onrecord.names.parse import NameParts, parse_name
from onrecord.names.roles import beside, role_text, role_words
from onrecord.names.short_forms import bodies_by_first_word
from onrecord.names.spans import Named, clean_spans
from onrecord.names.territories import territory_code
from onrecord.names.whole import whole_names

#: What stands between two names of one person.
_KNOWN_AS = re.compile(
    r"[\s,–—(-]*(?:who\s+)?(?:(?:is|was|are)\s+)?(?:(?:more|also|better|best|widely|commonly|popularly|simply)\s+)*"
    r"(?:known\s+as|nicknamed|dubbed|alias|aka|a\.k\.a\.|performs\s+as|who\s+goes\s+by)\s+(?:the\s+)?[“\"‘']?"
)


@cache
def _two() -> re.Pattern[str]:
    """What stands between the names of two people: " and ", ", 71, and his aunt, ", "’s son ", ", the brother of "."""
    kin = "|".join(sorted(titles().kin))
    return re.compile(
        rf"(?:,\s+\d{{1,3}})?,?\s+(?:and|&)\s+|[^.!?;\n]*\b(?:his|her|their)\s+(?:\w+\s+)?(?:{kin}),?\s+"
        rf"|[’']s?\s+(?:\w+\s+)?(?:{kin}),?\s+|,\s+(?:the\s+)?(?:\w+\s+)?(?:{kin})\s+of\s+(?:\w+\s+){{0,3}}"
    )


def find_mentions(document: Document, names: Sequence[NameSpan]) -> tuple[Mention, ...]:
    """The names of one article, in reading order, none overlapping another.

    `names` are scored spans of the document's text (code points), in any order; they may overlap, be empty or reach
    beyond the text. Each mention is trimmed to the name (titles go to `roles`); its `name` is the fullest form that the
    article gives, and mentions of one entity share `local_id`, which numbers the entities from 0 by first mention.
    """
    text, blocks = document.text, document.blocks
    own = without_descriptions(text, without_occupations(text, without_body_nouns(text, names)))
    own = with_bodies(text, corrected(text, own))
    read = in_headlines(text, blocks, clean_spans(text, blocks, own))
    spans = whole_names(text, whole_subjects(text, read))
    spans = sorted([*spans, *courtesies(text, blocks, spans)], key=lambda n: n.start)
    named = clean_spans(text, blocks, agree(text, blocks, bodies_by_first_word(text, full_names(text, blocks, spans))))
    short = {named[i + 1].parts.core for i in shortened_bodies(text, named)}
    named = [_as_body(text, n) if n.parts.core in short else n for n in named]
    people = [i for i, n in enumerate(named) if n.entity_type is EntityType.PERSON]
    others = [i for i, n in enumerate(named) if n.entity_type is not EntityType.PERSON]
    roles, person_names = _read_people(text, [named[i] for i in people])
    in_order = [named[i] for i in people]
    chains = chain_people(person_names, _behind(_KNOWN_AS, text, in_order), _behind(_two(), text, in_order))
    groups = [[people[i] for i in chain] for chain in chains]
    groups += [[others[i] for i in chain] for chain in chain_bodies(text, [named[i] for i in others])]
    groups.sort(key=min)
    mentions: list[Mention] = []
    for local_id, group in enumerate(groups):
        name = _with_peerage(text, [named[i] for i in group], fullest([named[i] for i in group], text))
        for i in group:
            n = named[i]
            given = tuple(dict.fromkeys(role_text(text, b) for b in roles.get(n.start, ())))
            mentions.append(Mention(n.start, n.end, n.entity_type, name, n.score, local_id, given))
    return tuple(sorted(mentions, key=lambda m: m.start))


def _as_body(text: str, name: Named) -> Named:
    return replace(name, entity_type=EntityType.ORG, parts=parse_name(text[name.start : name.end], EntityType.ORG))


def _read_people(text: str, named: Sequence[Named]) -> tuple[dict[int, list[tuple[int, int]]], list[PersonName]]:
    """Bounds of the roles beside each person's name, by where it starts, and the names with what tells them apart."""
    roles: dict[int, list[tuple[int, int]]] = {}
    names: list[PersonName] = []
    previous = (0, 0)
    named = _with_particles(named)
    bare = {n.parts.tokens[0] for n in named if len(n.parts.tokens) == 1}
    full = (n.parts for n in named if len(n.parts.tokens) > 1)
    surnames = {parts.tokens[-1] for parts in full if not (parts.family_first or parts.either_order)}
    for n in named:
        titled, roles[n.start] = beside(text, n.start, n.end, previous)
        honorifics = tuple(text[start:end] for start, end in titled.honorifics)
        parts, words = _as_called(n.parts, bare, surnames), role_words(text, roles[n.start])
        names.append(PersonName(parts, n.passage, honorifics, words, name_context(text, n.start, n.end)))
        previous = n.start, n.end
    return roles, names


def _with_particles(named: Sequence[Named]) -> list[Named]:
    """Family names that begin with a capital particle, read as those that the article has in lower case: "Ter Holt"
    beside "Ada ter Holt" is no Ter."""
    last = {" ".join((*n.parts.particles, *n.parts.family)) for n in named if n.parts.particles and n.parts.given}
    out: list[Named] = []
    for n in named:
        lower = n.parts.core[:1].lower() + n.parts.core[1:]
        known = lower in last and lower != n.parts.core
        out.append(replace(n, parts=parse_name(lower, EntityType.PERSON)) if known else n)
    return out


def _as_called(parts: NameParts, bare: Collection[str], surnames: Collection[str]) -> NameParts:
    """A name of two words, of which the first may be the family name, as the article calls its bearer by one of them.

    :param bare: the names of one word in the article.
    :param surnames: the last words of the names that begin with a given name.
    """
    if len(parts.tokens) != 2 or not (parts.family_first or parts.either_order):
        return parts
    first, last = parts.tokens
    by_first = first in bare and not (parts.either_order and first in surnames)
    if by_first == (last in bare) or by_first == parts.family_first:
        return parts
    return replace(parts, given=parts.family, family=parts.given, family_first=by_first)


def _behind(between: re.Pattern[str], text: str, people: Sequence[Named]) -> set[int]:
    """Indices of the names between which and the name right before stands what a pattern matches."""
    near = ((i, a.end, b.start) for i, (a, b) in enumerate(pairwise(people), 1) if b.start - a.end < 60)
    return {i for i, end, start in near if between.fullmatch(text, end, start)}


_PEERAGE = re.compile(r"(?:Lord|Lady|Baroness|Viscount|Viscountess)[ \u00a0]\Z")


def _with_peerage(text: str, named: Sequence[Named], name: str) -> str:
    """A peer's only name with its title: nobody is called "Ashcombe" who is "Lord Ashcombe" throughout."""
    if named[0].entity_type is not EntityType.PERSON or " " in name:
        return name
    titles_before = [_PEERAGE.search(text, max(0, n.start - 12), n.start) for n in named]
    given = Counter(match.group()[:-1] for match in titles_before if match)
    return f"{given.most_common(1)[0][0]} {name}" if given else name


def fullest(named: Sequence[Named], text: str) -> str:
    """The fullest form among names of one entity, on one line.

    Most words first ("of" and "the" do not count), spelled-out ones before initials, mixed case before capitals, a body
    with its country before one with its people; then the most frequent form, the longest, the first. Of a people's
    names the shortest ("Russian", not "Russians"), of a body's that differ by "of" and "the" alone the longest
    ("Ministry of the Interior", not "Ministry of Interior").
    """
    forms = [" ".join(text[n.start : n.end].split()) for n in named]
    every = Counter(forms)
    counts = Counter({form: count for form, count in every.items() if not _joins_another(form, every)})
    first = {form: i for i, form in reversed(list(enumerate(forms)))}

    def content(form: str) -> list[str]:
        return [t for t in named[first[form]].parts.tokens if t not in {"of", "the"}]

    def rank(form: str) -> tuple[int, int, bool, bool, int, int, int]:
        parts, tokens = named[first[form]].parts, content(form)
        spelled = sum(len(t) > 1 for t in tokens)
        if parts.entity_type is EntityType.NORP:
            return len(tokens), spelled, not form.isupper(), True, -len(form), counts[form], -first[form]
        body = parts.entity_type is EntityType.ORG  # "Government of Norland" rather than "Norlandish Government"
        of_country = not (body and any(territory_code(t, EntityType.NORP) for t in tokens))
        length = sum(map(len, tokens)) if body else len(form)
        return len(tokens), spelled, not form.isupper(), of_country, counts[form], length, -first[form]

    best = max(counts, key=rank)
    if named[first[best]].entity_type is not EntityType.ORG:
        return best
    return max((form for form in counts if content(form) == content(best)), key=lambda form: (len(form), rank(form)))


def _joins_another(form: str, counts: Counter[str]) -> bool:
    """Whether a form that stands once joins a more frequent one to a second name: "Tarn Rail and Corran"."""
    if counts[form] > 1:
        return False
    for joint in (" and ", "-"):
        before, joined, behind = form.partition(joint)
        if joined and counts[before] > 1 and behind != before:
            return True
    return False
