"""The words that may say what a person is: beside her names, and those by which a source calls her."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile, before
from onrecord.document.article import EntityType, Mention, Span
from onrecord.document.sentences import Sentence, sentence_around
from onrecord.document.words import OWNER, PRINTED_WORD
from onrecord.lexicon.media import ARTICLES
from onrecord.lexicon.name_words import title_key, titles
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import finite_verbs
from onrecord.quotes.attributes.role_appositions import Place, behind, up_to_end
from onrecord.quotes.attributes.role_phrases import from_head, phrases_before
from onrecord.quotes.attributes.role_words import (
    LONGEST,
    MARKS,
    as_role,
    heads_of,
    is_kin,
    is_role,
    names_no_person,
    names_office,
    only_points,
    role_words,
    shortened,
    without_examples,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be a person's role. `start`: offset of the name or source that they stand beside.

    `quoted`: whether that is in the source of an attribution.
    """

    role: str
    place: Place
    start: int
    quoted: bool


_BEHIND = frozenset({Place.BEHIND, Place.RELATIVE, Place.DOES, Place.BEING, Place.FROM})
#: Where a body stands or meets: ``the Corran Convention in July``.
_THEN_WHERE = re.compile(r"\s(?:in|at|on)\s")
#: Behind the name of somebody else in a role.
_ENDS_NAME = re.compile(r"(?:,|\sand\b|\Z)")


def candidates_of(
    text: str,
    person: PersonProfile,
    own: Sequence[Span],
    sources: Sequence[Span],
    contents: Sequence[Span],
    sentences: Sequence[Sentence],
    names: Mentions,
) -> list[Candidate]:
    """The candidates for one person's role beside her names, in reading order; the same words may come several times.

    :param own: the sources whose speaker is the person.
    :param sources: all of the article, in reading order.
    :param contents: what is reported in the article, in the order in which it ends.
    """
    found: list[Candidate] = []
    starts = [source.start for source in sources]
    ends = [content.end for content in contents]
    bodies = {m.name for m in names.all if m.entity_type is not EntityType.PERSON}
    for mention in person.mentions:
        at = bisect_right(starts, mention.start) - 1
        source = sources[at] if at >= 0 and mention.end <= sources[at].end else None
        around = sentence_around(sentences, mention)
        told = bisect_right(ends, mention.start) - 1  # what is reported before the name says nothing of who she is
        around = Span(max(around.start, ends[told]), around.end) if told >= 0 else around
        beside = list(_beside(text, mention, source, around, names))
        for place, role in _roles(text, mention, beside, bodies, names):
            if not _joins(role, person, names):
                found.append(Candidate(role, place, mention.start, source is not None))
                if (short := shortened(role)) is not None and not _joins(short, person, names):
                    found.append(Candidate(short, Place.SHORT, mention.start, source is not None))
    for source in own:
        if not names.are_of(person.local_id, [source]):
            called = as_role(without_examples(up_to_end(text, source, names)))
            if called is not None and (kept := cleaned(called)) is not None:
                found.append(Candidate(kept, Place.CALLED, source.start, quoted=True))
    return sorted(found, key=lambda candidate: candidate.start)


def _roles(
    text: str, mention: Mention, beside: Sequence[tuple[Place, str]], bodies: Collection[str], names: Mentions
) -> Iterator[tuple[Place, str]]:
    """Of the words beside a name those that may be a role, without what clings to their edges."""
    behind = {words for place, words in beside if place in _BEHIND}
    for place, words in beside:
        if place not in _BEHIND and words in behind:
            continue  # the reader of names gives an apposition as a title, too
        if any(_holds(longer.strip(" ,"), words.strip(" ,")) for _, longer in beside):
            continue
        whole = place in _BEHIND or place is Place.PHRASE
        role = cleaned(words if whole else from_head(words, mention, names))
        if role is None or (place not in (Place.FROM, Place.DOES) and _is_of_no_person(role, place, bodies)):
            continue
        yield place, role if place in _BEHIND else _with_stop(text, role, mention)


def _is_of_no_person(role: str, place: Place, bodies: Collection[str]) -> bool:
    """Whether words name a body or a thing, or before a name a relation of nobody."""
    if names_no_person(role) or _THEN_WHERE.split(role.removeprefix("the "))[0] in bodies:
        return True
    if place is Place.BEING and not role_words().young.isdisjoint(heads_of(role.lower())):
        return True  # "Orla Venn was a gifted child"
    words = role.lower().split()
    kin = words[-1] in role_words().kin and not any(map(OWNER.search, words))
    return place is Place.PHRASE and (kin or only_points(role)) and not is_kin(role)


def _holds(longer: str, words: str) -> bool:
    """Whether words were cut out of longer ones: at a comma that is inside of the role, or behind "one of"."""
    return longer != words and (
        longer.startswith(words) or (longer.endswith(words) and longer.lower().startswith("one of "))
    )


def _with_stop(text: str, role: str, mention: Mention) -> str:
    """A role with the full stop of its abbreviation, where that stands before the name: ``Rep.``"""
    return f"{role}." if text.endswith(f"{role.split()[-1]}. ", 0, mention.start) else role


def _beside(
    text: str, mention: Mention, source: Span | None, sentence: Span, names: Mentions
) -> Iterator[tuple[Place, str]]:
    for title in mention.roles:
        yield Place.TITLE, title
    if (described := before(text, mention)) is not None and described.start >= sentence.start:
        yield Place.BEFORE, described.of(text)
    if source is not None and (printed_before := _before_in_source(text, source, mention, names)) is not None:
        yield Place.BEFORE, printed_before
    if (set_off := _set_off(text, Span(sentence.start, mention.start), names)) is not None:
        yield Place.BEFORE, set_off
    for phrase in phrases_before(text, mention, sentence.start, names):
        yield Place.PHRASE, phrase
    yield from behind(text, Span(mention.end, sentence.end), names)


def _before_in_source(text: str, source: Span, mention: Mention, names: Mentions) -> str | None:
    """What stands before the name in its source, where that is one phrase: ``Corran lock Tam Quill``."""
    if any(m.entity_type is EntityType.PERSON and m.start < mention.start for m in names.within(source)):
        return None
    stretch = re.split(r"\bby\s", text[source.start : mention.start])[-1]
    words = stretch.split()
    last = words[-1].rstrip(",").lower() if words else ""
    known = people_words()
    if not last or last in known.prepositions | known.definite | known.indefinite | known.stops:
        return None
    return stretch


#: What an apposition before a name may follow: a mark, a verb, or a word that governs it.
_BEFORE_SET_OFF = re.compile(r"[,;:“”\"()–—]\s*|\b(?:and|by|with|from|to|against|that|but|as|when|while|for|of)\s")


def _set_off(text: str, lead: Span, names: Mentions) -> str | None:
    """The apposition before a comma before a name: ``A spokesman for the board, Orla Venn,``; ``…, Dr Orla Venn``."""
    comma = re.search(r",\s([^,]*)\Z", text[lead.start : lead.end])
    if comma is None or without_courtesy(comma[1]):
        return None
    end = lead.start + comma.start()
    begins = [lead.start, *(m.end() for m in _BEFORE_SET_OFF.finditer(text, lead.start, end))]
    verbs = reporting_words()
    saying = {
        word.start(): word.end() + 1
        for word in PRINTED_WORD.finditer(text, lead.start, end)
        if word[0].lower() in finite_verbs() or verbs.is_in(word[0].lower(), "speech", "telling")
    }
    for start in sorted([*begins, *saying.values()]):
        opens = PRINTED_WORD.search(text, start, end)
        if opens is None or opens.start() in saying:
            continue
        role = text[start:end]
        people = [m for m in names.within(Span(start, end)) if m.entity_type is EntityType.PERSON]
        if any(m.start == start and text[m.end : m.end + 2] not in {"'s", "’s"} for m in people):
            continue
        words = role.split()
        first = words[0].lower() if words else ""
        if first and first not in people_words().prepositions and is_role(role, head_last=True) and "," not in role:
            return role
    return None


_OPENERS = frozenset({"and", "now", "currently", "while", "since", "as", "when", "with", "including"})
#: A relative clause behind a role: "founder of Corran Fitness who's taught for years".
_CONTRACTED = re.compile(r"\s+(?:who|that|which)['’](?:s|d|ve|ll)\b", re.IGNORECASE)
_AND_KIN = re.compile(r"\sand\s(?:his|her|their)\s(?P<kin>(?:[\w’'-]+\s){0,2}?[\w’'-]+)", re.IGNORECASE)
_MARKS_INSIDE = re.compile(r"[:;!?“”\"—]|\s[–-]\s(?![A-Z])")


def cleaned(role: str) -> str | None:
    """A role without what clings to its edges: a clock or a dateline before it, ``surnamed`` behind it."""
    role = role.rsplit(") ", 1)[-1] if role.count("(") < role.count(")") else role
    role = _CONTRACTED.split(role)[0]
    words = without_courtesy(role).split()
    while words and (words[-1].lower() in {"surnamed", "named", "called"} or _governs_nothing(words)):
        words.pop()
    while words and words[0].lower() in _OPENERS:
        words = words[1:]
    if words and is_kin(" ".join(words)):
        return " ".join(words)
    if words and (words[-1] in {"and", "&"} or words[0].lower() in people_words().possessive):
        words = [] if words[-1] in {"and", "&"} or not role_words().kin.isdisjoint(map(str.lower, words)) else words[1:]
    role = " ".join(words).strip(MARKS + " [<(")
    if role.lower() in ARTICLES:
        return None  # "The Most Rev Orla Venn"
    beside = _AND_KIN.search(role)
    if OWNER.search(role) or (beside and not role_words().kin.isdisjoint(beside["kin"].lower().split())):
        return None  # "the Harbour Courier's Orla Venn", "the mayor and her husband, Tam Venn"
    if len(words) > 1 and words[1] == "to" and not names_office(words[0].lower()):
        return None  # "eager to find it", not "aide to the mayor"
    return role if 1 < len(role) <= LONGEST and _is_no_clause(role) and not _MARKS_INSIDE.search(role) else None


def _governs_nothing(words: Sequence[str]) -> bool:
    """Whether a preposition comes last: ``producer of``, before the title of a work; not ``trader known as``."""
    return len(words) > 1 and words[-1].lower() in people_words().prepositions - {"as"}


def _is_no_clause(role: str) -> bool:
    return role_words().clauses.isdisjoint(word.lower() for word in PRINTED_WORD.findall(role))


def without_courtesy(before_name: str) -> str:
    """``Works director`` of ``Works director Dr.``; ``Mayor`` of ``Mayor Tan Sri``, ``Prime Minister Sheikh``."""
    words = before_name.split()
    while words:
        size = next((n for n in (2, 1) if title_key(" ".join(words[-n:])) in titles().honorifics), 0)
        office = people_words().is_person(words[-1].lower())
        if title_key(words[-1]) in {"sheikh", "prof"} and len(words) > 1:
            size, office = 1, False
        if not size or office:
            break
        words = words[:-size]
    return " ".join(words).rstrip(",")


def _joins(role: str, person: PersonProfile, names: Mentions) -> bool:
    """Whether a role runs over somebody else: ``President Venn and Mayor``; not ``a spokesman for Venn``.

    Behind a name in a list that is the next one's: ``Works Director Tam Quill``.
    """
    own = {mention.name.split()[-1] for mention in person.mentions[:1]}
    known = people_words()
    ahead: list[str] = []
    for word in PRINTED_WORD.finditer(role):
        other = word[0] in names.surnames and word[0] not in own
        if other and _ENDS_NAME.match(role, word.end()) and known.prepositions.isdisjoint(ahead):
            return True
        ahead.append(word[0].lower())
    return False
