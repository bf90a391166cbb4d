"""Words that say what a person is and do not stand beside her name: "As an editor, she", "... and is the head".

By what else she is called is read in `role_descriptions.py`. Those that bring in whoever is named next are left out:
they moved no role of 603 annotated articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import EntityType, Span
from onrecord.document.sentences import Sentence
from onrecord.lexicon.people import Gender
from onrecord.lexicon.word_lists import any_of
from onrecord.quotes.attributes.role_appositions import Place, up_to_end
from onrecord.quotes.attributes.role_candidates import Candidate, cleaned
from onrecord.quotes.attributes.role_words import is_role, names_office, role_words

_PRONOUNS = {"he": Gender.MALE, "she": Gender.FEMALE}
_AS = re.compile(r"\b[Aa]s\s+(?=(?:an?|the)\s|[a-z])")
_IS = re.compile(
    r"(?:\band\s|\b(?P<pronoun>[Hh]e|[Ss]he)\s)(?:also\s|now\s|currently\s)?(?P<be>is|was)\s"
    r"(?:also\s|now\s|currently\s|once\s)?(?=(?:an?|the|one\sof)\s)"
)
_THEN_WHO = re.compile(r",\s+(?:(?P<pronoun>he|she)\b)?")
_TITLES = 24  # letters of titles between a comma and a name
_BESIDE = 3  # letters between a name and "as"


@cache
def _takes_office() -> re.Pattern[str]:
    """What stands before "as" where an office follows: ``was named``, ``announced his resignation``."""
    return re.compile(rf"\b(?:{any_of(role_words().takes_office)})\s(?:[\w’'-]+\s){{0,4}}?\Z")


def references_of(
    text: str,
    people: Mapping[int, PersonProfile],
    sentences: Sequence[Sentence],
    names: Mentions,
    discourse: Discourse,
) -> dict[int, list[Candidate]]:
    """The candidates for the role of each person, by local id, that stand elsewhere than beside a name."""
    genders = {local_id: person.gender for local_id, person in people.items()}
    found: dict[int, list[Candidate]] = {}
    for sentence in sentences:
        for read in (_as_which, _is_what):
            for local_id, candidate in read(text, sentence, names, discourse, genders):
                if local_id in people:
                    found.setdefault(local_id, []).append(candidate)
    return found


def _is_what(
    text: str, sentence: Sentence, names: Mentions, discourse: Discourse, genders: Mapping[int, Gender | None]
) -> Iterator[tuple[int, Candidate]]:
    """``Orla Venn has been there for years and is the head of works``; ``She is a poet``."""
    starts = {token.start for token in sentence.tokens if token.lower in {"is", "was"}}  # none inside of a quotation
    for verb in _IS.finditer(text, sentence.span.start, sentence.span.end) if starts else ():
        if verb.start("be") not in starts or discourse.in_content(verb.start("be")):
            continue
        role = up_to_end(text, Span(verb.end(), sentence.span.end), names)
        if not is_role(role, head_last=True) or not any(map(names_office, role.lower().split())):
            continue
        if not role_words().young.isdisjoint(role.lower().split()):
            continue
        pronoun = (verb["pronoun"] or "").lower()
        if pronoun:
            local_id = discourse.meant(verb.start("pronoun"), _PRONOUNS[pronoun], genders, ())
        else:
            local_id = _subject(sentence, verb.start(), names)
        if local_id is not None and (kept := cleaned(role)) is not None:
            place = Place.PRONOUN if pronoun else Place.BEING
            yield local_id, Candidate(kept, place, verb.start(), quoted=False)


def _subject(sentence: Sentence, offset: int, names: Mentions) -> int | None:
    """Who begins a sentence, where nobody else is named up to an offset."""
    before = [m for m in names.within(Span(sentence.span.start, offset)) if m.entity_type is EntityType.PERSON]
    begins = bool(before) and before[0].start - sentence.span.start <= _TITLES
    return before[0].local_id if begins and len({m.local_id for m in before}) == 1 else None


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
            if local_id is None and _takes_office().search(text, sentence.span.start, opened.start()):
                local_id = _subject(sentence, opened.start(), names)
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
        return discourse.meant(behind.start("pronoun"), _PRONOUNS[behind["pronoun"]], genders, ())
    ahead = names.within(Span(behind.end(), min(len(text), behind.end() + _TITLES)))
    named = bool(ahead) and ahead[0].entity_type is EntityType.PERSON and text[behind.end()].isupper()
    return ahead[0].local_id if named else None
