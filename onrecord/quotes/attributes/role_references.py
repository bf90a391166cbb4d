"""Words that say what a person is and do not stand beside her name.

A description that brings in whoever is named next ("A Corran diver left early." and then "Orla Venn"), and "as" before
an office ("As an editor, she"). Descriptions of somebody who was named before ("The works director left") are none: by
whom was named last, one in ten is the person's role.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import EntityType, Span
from onrecord.document.sentences import Sentence, Token
from onrecord.document.words import OWNER
from onrecord.lexicon.people import Gender, people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.quotes.attributes.role_appositions import FINITE, Place, up_to_end
from onrecord.quotes.attributes.role_candidates import Candidate, cleaned, office_heads
from onrecord.quotes.attributes.role_words import is_role, names_office, role_words

_PRONOUNS = {"he": Gender.MALE, "she": Gender.FEMALE}
_AS = re.compile(r"\b[Aa]s\s+(?=(?:an?|the)\s|[a-z])")
_THEN_WHO = re.compile(r",\s+(?:(?P<pronoun>he|she)\b)?")
_TITLES = 24  # letters of titles between a comma and a name
_LONGEST = 9  # words of a description up to its head
_OWNER = 4  # words of an owner
_AHEAD = 4  # sentences from a description to the name of whom it brings in
_BESIDE = 3  # letters between a name and "as"
_OPENERS = frozenset({"a", "an", "the"})
#: Prepositions that lead to more of a description.
_OF = frozenset({"of", "for", "at", "in", "from", "to"})
_CONJUNCTIONS = frozenset({"and", "or", "who", "whose", "whom", "that", "also", "then", "now", "not"})


def references_of(
    text: str,
    people: Mapping[int, PersonProfile],
    beside: Mapping[int, Sequence[Candidate]],
    sentences: Sequence[Sentence],
    names: Mentions,
    discourse: Discourse,
) -> dict[int, list[Candidate]]:
    """The candidates for the role of each person, by local id, that stand elsewhere than beside a name.

    :param beside: the candidates beside the names of each person: whoever has an office there is not brought in.
    """
    genders = {local_id: person.gender for local_id, person in people.items()}
    firsts = sorted((person.mentions[0].start, local_id) for local_id, person in people.items())
    found: dict[int, list[Candidate]] = {}
    for number, sentence in enumerate(sentences):
        brought_in = _opening_description(text, sentence.tokens, names)
        if brought_in is not None:
            role, head, end = brought_in
            following = bisect_right(firsts, (end, -1))
            last = sentences[min(len(sentences) - 1, number + _AHEAD)].span
            start, local_id = firsts[following] if following < len(firsts) else (last.end, -1)
            gender = people_words().noun_genders.get(head)
            fits = gender is None or genders.get(local_id) in (None, gender)
            if start < last.end and fits and not office_heads(beside.get(local_id, ())):
                candidate = Candidate(role, Place.AHEAD, sentence.span.start, quoted=False)
                found.setdefault(local_id, []).append(candidate)
        for local_id, candidate in _as_which(text, sentence, names, discourse, genders):
            if local_id in people:
                found.setdefault(local_id, []).append(candidate)
    return found


def _as_which(
    text: str, sentence: Sentence, names: Mentions, discourse: Discourse, genders: Mapping[int, Gender | None]
) -> Iterator[tuple[int, Candidate]]:
    """``As an editor, she``; ``in her years as a diver, Orla Venn``; ``Venn as head of docks``."""
    starts = {token.start for token in sentence.tokens if token.lower == "as"}  # none inside of a quotation
    for opened in _AS.finditer(text, sentence.span.start, sentence.span.end) if starts else ():
        role = up_to_end(text, Span(opened.end(), sentence.span.end), names)
        if opened.start() not in starts or not is_role(role, head_last=True):
            continue
        if not any(map(names_office, role.lower().split())):
            continue
        before = names.ending_before(opened.start(), _BESIDE)
        if before is None:
            local_id = _behind_comma(text, opened.end() + len(role), names, discourse, genders)
        else:
            local_id = before.local_id if before.entity_type is EntityType.PERSON else None
        if local_id is not None and (kept := cleaned(role)) is not None:
            yield local_id, Candidate(kept, Place.AS, opened.start(), quoted=False)


def _behind_comma(
    text: str, offset: int, names: Mentions, discourse: Discourse, genders: Mapping[int, Gender | None]
) -> int | None:
    """Who comes behind the comma at an offset: a person by name, or by pronoun."""
    behind = _THEN_WHO.match(text, offset)
    if behind is None:
        return None
    if behind["pronoun"]:
        meant = discourse.meant(behind.start("pronoun"), _PRONOUNS[behind["pronoun"]], genders, ())
        return None if meant is None else meant[0]
    ahead = names.within(Span(behind.end(), min(len(text), behind.end() + _TITLES)))
    named = bool(ahead) and ahead[0].entity_type is EntityType.PERSON and text[behind.end()].isupper()
    return ahead[0].local_id if named else None


def _opening_description(text: str, tokens: Sequence[Token], names: Mentions) -> tuple[str, str, int] | None:
    """The description of one person without name that opens a sentence, with its head and end: ``A Corran diver``."""
    if tokens[0].lower not in _OPENERS and not _opens_with_owner(text, tokens):
        return None
    head = _head(text, tokens)
    if head is None or not role_words().kin.isdisjoint(token.lower for token in tokens[: head + 1]):
        return None
    role, end = text[tokens[0].start : tokens[head].end], tokens[head].end
    following = tokens[head + 1] if head + 1 < len(tokens) else None
    if following is not None:
        if following.is_word and not _may_follow(following.lower):
            return None
        named = names.starting_at(following.end + 1) if following.lower == "," else names.starting_at(following.start)
        if named is not None:
            return None  # "The works director, Orla Venn"
        if following.lower in _OF:
            role = up_to_end(text, Span(tokens[0].start, tokens[-1].end), names)
    people = names.within(Span(tokens[0].start, tokens[0].start + len(role)))
    if any(m.entity_type is EntityType.PERSON and not text.startswith(("'s", "’s"), m.end) for m in people):
        return None
    kept = cleaned(role)
    return None if kept is None else (kept, tokens[head].lower, end)


def _opens_with_owner(text: str, tokens: Sequence[Token]) -> bool:
    """``Corran's``; ``Harbour Board’s``."""
    for token in tokens[:_OWNER]:
        if not token.is_word or not text[token.start].isupper():
            return False
        if OWNER.search(token.lower):
            return True
    return False


def _head(text: str, tokens: Sequence[Token]) -> int | None:
    """The place of the last office of the phrase that a sentence opens with; no office alone, as in ``The mayor``."""
    known = people_words()
    head = None
    for i, token in enumerate(tokens[1:_LONGEST], start=1):
        ends = not token.is_word or token.lower in known.prepositions | known.stops | known.definite
        if ends and not (
            token.lower == "," and text[tokens[i - 1].start].isupper()
        ):  # "The Corran, Harrowshire, diver"
            break
        office = names_office(token.lower) and token.lower not in role_words().nothing
        if i > 1 and office and text[token.start].islower():
            head = i
    return head


def _may_follow(word: str) -> bool:
    """Whether a word, in lower case, may stand behind a description that is complete: a verb, a preposition."""
    known, reporting = people_words(), reporting_words()
    if word in known.prepositions | known.stops | known.definite | _CONJUNCTIONS | reporting.auxiliaries | FINITE:
        return True
    return reporting.is_in(word, "speech", "telling") or word.endswith(("ed", "s", "ly"))
