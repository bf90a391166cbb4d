"""The noun phrase right before a name: "Director of the Corran Bureau of Works (CBW) Orla Venn"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.document.article import EntityType, Mention, Span
from onrecord.document.words import OWNER, PRINTED_WORD
from onrecord.lexicon.name_words import title_key, titles
from onrecord.lexicon.people import people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.lexicon.verbs import finite_verbs
from onrecord.quotes.attributes.role_words import heads_of, is_kin, is_role, names_office, role_words

_PRINTED = re.compile(r"\S+")
_INITIALS = re.compile(r"\([A-Z&]{2,8}\)")
#: What may stand in a word of such a phrase; other marks end it.
_WORD = re.compile(r"[\w.’'&/-]+")
_LINKS = frozenset({"of", "for", "to", "in", "at"})
_JOINS = frozenset({"and", "&"})
_OWNS = frozenset({"'s", "’s"})
_MOST_PHRASES = 2
_MOST_SMALL = 4  # words in lower case that qualify a head: "veteran deep sea diving instructor"


def phrases_before(text: str, mention: Mention, start: int, names: Mentions) -> list[str]:
    """The noun phrases with an office in them that end where a name begins, whole names of bodies in them.

    Two where a comma parts a title from what is before it: ``Its chairman, General Orla Venn``.

    :param start: where the sentence of the name begins.
    """
    before = names.within(Span(start, mention.start))
    inside = [m for m in before if m.entity_type is not EntityType.PERSON]
    named = [m.end for m in before if m.entity_type is EntityType.PERSON and text[m.end : m.end + 2] not in _OWNS]
    start = max(named, default=start)  # "close ally Tam Quill Orla Venn"
    words = [Span(word.start(), word.end()) for word in _PRINTED.finditer(text, start, mention.start)]
    found: list[str] = []
    end = _without_courtesies(text, words, len(words))
    for _ in range(_MOST_PHRASES):
        first = _first_word(text, words, end, inside, names)
        if first == end:
            break
        phrase = text[words[first].start : words[end - 1].end].rstrip(",")
        head = heads_of(phrase)[:1]  # "close ally Tam Quill" has another
        office = any(people_words().may_be_person(word) or names_office(word) for word in head)
        if is_kin(phrase) or (office and is_role(phrase, head_last=True)) or names_office(phrase.split()[-1].lower()):
            found.append(phrase)
        end = _without_courtesies(text, words, first)
        if not end or not words[end - 1].of(text).endswith(","):
            break
    return found


def _without_courtesies(text: str, words: Sequence[Span], end: int) -> int:
    """How many of the words are left without the courtesies that end them: ``Its chair, Hon. (Dr)``."""
    while end and title_key(words[end - 1].of(text).strip("(),")) in titles().honorifics | role_words().retired:
        end -= 1
    return end


def _first_word(text: str, words: Sequence[Span], end: int, inside: Sequence[Mention], names: Mentions) -> int:
    """The first word of the noun phrase that ends before the word numbered `end`."""
    first, small = end, 0
    while first:
        at = _unit(words, first, inside)
        unit = Span(words[at].start, words[first - 1].end)
        printed = unit.of(text)
        if (first < end and printed.endswith((",", ";"))) or _is_dateline(printed, unit, names):
            break
        printed = printed.rstrip(",") if first == end else printed
        if at == first - 1 and not _INITIALS.fullmatch(printed):
            lower = printed.lower()
            if lower in people_words().possessive and first < end and _is_kin(text, words[end - 1]):
                return at
            if not _belongs(text, words, first - 1, inside, printed, names):
                break
            small += printed[0].islower() and lower not in _LINKS and not names_office(lower)
            if small > _MOST_SMALL:
                break
        first = at
    return first


def _is_dateline(printed: str, unit: Span, names: Mentions) -> bool:
    """Whether initials stand behind a place: ``CORRAN (NB) President Venn``."""
    place = names.ending_before(unit.start, 1) if _INITIALS.fullmatch(printed) else None
    return place is not None and place.entity_type is EntityType.LOC


def _belongs(
    text: str, words: Sequence[Span], at: int, inside: Sequence[Mention], printed: str, names: Mentions
) -> bool:
    """Whether the word numbered `at`, no name, goes on a phrase to its left."""
    lower = printed.lower()
    if lower in _LINKS | _JOINS:
        return _links(text, words, at, inside, lower) and not _is_person(words[at], names)
    linked = at > 0 and words[at - 1].of(text).lower()
    if lower in people_words().definite and linked in _LINKS:
        return True  # "Director of the Bureau"
    if lower.endswith("s") and linked in _LINKS | _JOINS:
        return True  # "head of works and docks"
    return not _ends_phrase(printed, names)


def _is_person(link: Span, names: Mentions) -> bool:
    """Whether a person's name ends right before a small word: ``Quill and co-driver Orla Venn``."""
    before = names.ending_before(link.start, 1)
    return before is not None and before.entity_type is EntityType.PERSON


def _is_kin(text: str, word: Span) -> bool:
    """Whether a word is one of kinship: ``her husband,``."""
    return title_key(word.of(text).rstrip(",")) in titles().kin


def _unit(words: Sequence[Span], end: int, inside: Sequence[Mention]) -> int:
    """The first of the words that make the last unit before `end`: a name that ends there, or one word."""
    last = words[end - 1]
    body = next((m for m in inside if last.start < m.end <= last.end), None)
    if body is None:
        return end - 1
    return next((n for n in range(end - 1, -1, -1) if words[n].start <= body.start), end - 1)


def _links(text: str, words: Sequence[Span], at: int, inside: Sequence[Mention], link: str) -> bool:
    """Whether a small word links what is before it to what is behind: an office before "of"; two portfolios."""
    if not at:
        return False
    before = words[_unit(words, at, inside)].of(text) if link in _JOINS else words[at - 1].of(text)
    if not _WORD.fullmatch(before):
        return False
    if link in _JOINS:
        return before[0].isupper() or names_office(before.lower())
    return names_office(before.lower()) or (link == "of" and before[0].isupper())


def _ends_phrase(printed: str, names: Mentions) -> bool:
    """Whether a word stands before a phrase: a verb, a determiner, a preposition, somebody's name, a mark."""
    lower, known = printed.lower(), people_words()
    if not _WORD.fullmatch(printed) or not printed[0].isalnum():
        return True
    if lower.endswith(".") and not (printed[0].isupper() and (names_office(lower[:-1]) or "." in lower[:-1])):
        return True
    if lower in known.stops | known.prepositions | known.definite | known.indefinite | known.possessive | known.times:
        return True
    if printed in names.surnames and not OWNER.search(printed):
        return True
    return not printed[0].isupper() and not _qualifies(lower)


def _qualifies(word: str) -> bool:
    """Whether a word in small letters may stand in a title; not "met", "quoted", "reporting"."""
    lists, verbs = titles(), reporting_words()
    if word in lists.modifiers | lists.plural_modifiers | lists.participles or names_office(word) or OWNER.search(word):
        return True
    if word in lists.stop_words or word in finite_verbs() | role_words().clauses or word in verbs.auxiliaries:
        return False
    return not word.endswith(("ed", "ing", "ly", "s")) and word not in verbs.groups and word[0].isalpha()


#: Before the head of a role that stands right before a name, these begin another phrase.
_GOVERNS = frozenset(
    {
        "over", "on", "in", "at", "from", "by", "with", "to", "against", "about", "after", "before", "than", "like",
        "into", "through", "because", "that", "p.m", "a.m",
    }
)  # fmt: skip


#: Behind these stands a verb: "she faces Mayor Tam Quill".
_SUBJECTS = frozenset({"he", "she", "they", "we", "who"})


def from_head(role: str, mention: Mention, names: Mentions) -> str:
    """What of the words before a name is one phrase with their head, which is the last of them.

    ``Harbour Party leader`` of ``ahead of a vote on the quay with Harbour Party leader``. Words that end in a comma or
    hold an office before the preposition stay whole: ``minister in charge of works``.
    """
    own = mention.name.split()
    begins, starts = 0, 0
    before = ""
    for word in PRINTED_WORD.finditer(role):
        lower = word[0].lower()
        if lower in finite_verbs() or lower in role_words().clauses or (before in _SUBJECTS and word[0].islower()):
            starts = begins = word.end()
        elif lower in _GOVERNS:
            begins = word.end()
        elif word[0] in names.surnames and word[0] not in own and not role.startswith(("'", "’"), word.end()):
            rest = role[word.end() :]
            attributive = rest[1:2].islower()  # "former Quill adviser"
            starts = begins = word.end() if is_role(rest, head_last=True) and not attributive else begins
        before = lower
    ahead = role[starts:begins].rpartition(" ")[0]
    whole = is_role(ahead, head_last=True) and not is_role(role[begins:], head_last=True)
    return (role[starts:] if whole else role[begins:]).strip(" .,")
