"""What an article says of each person in it: gender, and the descriptions given beside the name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.coreference.defendants import is_tried
from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.name_contexts import name_context
from onrecord.document.article import EntityType, Mention, Span
from onrecord.document.words import PRINTED_WORD
from onrecord.lexicon.people import Gender, given_gender, people_words
from onrecord.lexicon.reporting import reporting_words
from onrecord.names.titled import before as titles_before
from onrecord.names.titled import border_before

_YEARS_OLD = re.compile(r"(\d{1,3})[-‐‑–]years?[-‐‑–]?old")
_TOKEN = re.compile(r"\w+(?:[’'.\-&]\w+)*\.?|[^\w\s]")
_FURTHEST_BACK = 90  # letters before a name that may describe it
_FURTHEST_ON = 160  # letters after a name that may describe it
_LONGEST_BEFORE = 9  # words
_OVERRULE = 4  # pronouns of the other gender that make a given name doubtful; of twice as many a title
_AGAINST_ALONE = 2  # the same of a name of one word
_AGAINST = 4  # the same where there is no pronoun of its own gender
_JOINS = frozenset({"and", "or", "but", "nor"})
_WHOSE = frozenset({"his", "her", "their", "its"})
_QUOTES = frozenset({"quotes", "cites"})
_ENDS_APPOSITION = frozenset({",", ";", ":", "“", "”", '"', "(", ")", "—", "–", "."})


@dataclass(frozen=True, slots=True)
class Description:
    """Words beside a name that say what the person is. `head` is their head noun, lower case and singular.

    `core` are the words up to the first preposition or mark, in order: what the person is, not whose or where.
    """

    span: Span
    head: str
    words: frozenset[str]
    core: tuple[str, ...]


@dataclass(slots=True)
class PersonProfile:
    """One person of an article. `gender` is null where the article and the given name leave it open.

    `stated_gender` is what titles and nouns alone say; `pronouns` are those that follow the person; `ages` in years;
    `tried` whether the person stands trial, or stood.
    """

    local_id: int
    mentions: list[Mention] = field(default_factory=list)
    descriptions: list[Description] = field(default_factory=list)
    gender: Gender | None = None
    stated_gender: Gender | None = None
    pronouns: Counter[Gender] = field(default_factory=Counter)
    ages: set[int] = field(default_factory=set)
    tried: bool = False


def person_profiles(text: str, mentions: Mentions, pronouns: dict[int, Counter[Gender]]) -> dict[int, PersonProfile]:
    """A profile for each person among the mentions, by local id.

    :param pronouns: per person, how often he or she follows in a sentence where nobody else is named.
    """
    people: dict[int, PersonProfile] = {}
    for mention in mentions.all:
        if mention.entity_type is EntityType.PERSON:
            profile = people.setdefault(mention.local_id, PersonProfile(mention.local_id))
            profile.mentions.append(mention)
            profile.descriptions += described(text, mention, mentions)
            profile.tried = profile.tried or is_tried(text, mention)
            if (age := name_context(text, mention.start, mention.end).age) is not None:
                profile.ages.add(age)
    for local_id, profile in people.items():
        profile.ages |= {age for d in profile.descriptions if (age := age_told(d.core)) is not None}
        profile.pronouns = pronouns.get(local_id, Counter())
        profile.gender = _gender(text, profile, mentions, profile.pronouns)
    return people


def age_told(words: Iterable[str]) -> int | None:
    """The age in years that a description tells: ``the 41-year-old mechanic``."""
    return next((int(age[1]) for word in words if (age := _YEARS_OLD.match(word))), None)


def described(text: str, mention: Mention, mentions: Mentions) -> list[Description]:
    """The descriptions before a name (``harbour master Orla Venn``) and after it (``Orla Venn, a senior aide``)."""
    found = []
    for span in (before(text, mention) or _titled(text, mention, mentions), after(text, mention, mentions)):
        description = None if span is None else description_of(text, span)
        if description is not None:
            found.append(description)
    return found


def description_of(text: str, span: Span) -> Description | None:
    """A description's head and words; nothing where its head is no noun for a person."""
    words = people_words()
    core: list[str] = []
    for match in _TOKEN.finditer(text, span.start, span.end):
        lower = match[0].lower()
        if core and (lower in words.prepositions or not lower[0].isalnum()):
            break
        if lower[0].isalnum():
            core.append(lower.rstrip("."))
    head = words.title_nouns.get(core[-1], core[-1]) if core else ""
    if not words.may_be_person(head):
        return None
    every = frozenset(m[0].lower() for m in PRINTED_WORD.finditer(text, span.start, span.end)) | {head}
    return Description(span, head, every - words.definite - words.indefinite, (*core[:-1], head))


def before(text: str, mention: Mention) -> Span | None:
    """The words right before a name that describe it, where the last of them is a noun for a person or a title."""
    words = people_words()
    tokens = list(_TOKEN.finditer(text, max(0, mention.start - _FURTHEST_BACK), mention.start))
    if tokens and tokens[0].start() and text[tokens[0].start() - 1].isalnum():
        tokens = tokens[1:]
    comma = bool(tokens) and tokens[-1][0] == ","
    if comma:
        tokens = tokens[:-1]
    if not tokens or _ends_sentence(tokens[-1][0].lower()) or (not comma and not _names_person(tokens[-1][0])):
        return None
    first = len(tokens)
    while first and len(tokens) - first < _LONGEST_BEFORE:
        lower = tokens[first - 1][0].lower()
        if _ends_sentence(lower) or text.find("\n\n", tokens[first - 1].end(), mention.start) >= 0:
            break
        if not lower[0].isalnum() or lower in words.stops or (lower in words.prepositions and not comma):
            break
        small = lower == tokens[first - 1][0]
        if small and (lower in reporting_words().auxiliaries or lower in reporting_words().groups):
            break
        if small and (lower in _QUOTES or _is_past_tense([t[0].lower() for t in tokens[max(0, first - 2) : first]])):
            break
        first -= 1
        if lower in words.appositions or (comma and lower.endswith(("'s", "’s"))):
            break
    if first == len(tokens):
        return None
    opener = tokens[first][0].lower()
    if comma and opener not in {"the", "his", "her", "their", "its"} and not opener.endswith(("'s", "’s")):
        return None
    return Span(tokens[first].start(), tokens[-1].end())


def _titled(text: str, mention: Mention, mentions: Mentions) -> Span | None:
    """A long office before a name: ``Minister of Works and Harbours Orla Venn``."""
    previous = mentions.ending_before(mention.start, _FURTHEST_BACK)
    border = max(0 if previous is None else previous.end, border_before(text, mention.start))
    roles = titles_before(text, mention.start, border).roles
    if not roles:
        return None
    office = Span(*roles[-1])
    last, words = office.of(text).split()[-1].lower(), people_words()
    return None if last in words.prepositions | words.definite | words.indefinite else office


def _is_past_tense(words: Sequence[str]) -> bool:
    """Whether the last word is a verb behind its subject: ``the drought prompted``, not ``the newly elected``."""
    if len(words) < 2 or not words[-1].endswith("ed"):
        return False
    known, subject = people_words(), words[-2]
    qualifies = subject in known.before_participles or subject.endswith(("ly", "'s", "’s", ",")) or "-" in subject
    return subject[0].isalpha() and not (qualifies or subject in known.definite or subject in known.indefinite)


def _ends_sentence(word: str) -> bool:
    """A word with a full stop that is no title and no initial."""
    return word.endswith(".") and len(word) > 2 and not people_words().is_title(word[:-1]) and "." not in word[:-1]


def _names_person(word: str) -> bool:
    words = people_words()
    lower = word.lower().rstrip(".")
    return words.is_person(lower) or lower in words.title_nouns


def after(text: str, mention: Mention, mentions: Mentions) -> Span | None:
    """The apposition behind a name: from its article (or noun) to the comma, full stop or mark that ends it."""
    start = mention.end
    if text[start : start + 2] not in {", ", ",\u00a0", ",\n"}:
        return _copula(text, mention)
    tokens = list(_TOKEN.finditer(text, start + 1, min(len(text), start + _FURTHEST_ON)))
    if tokens and tokens[0][0].isdigit() and len(tokens) > 1 and tokens[1][0] == ",":  # ``Orla Venn, 59, a teacher``
        tokens = tokens[2:]
    if not tokens or not _opens_apposition(tokens, mentions):
        return None
    last: re.Match[str] | None = None
    for token in tokens:
        if token[0].lower() == "said":
            return None  # "In a letter to Orla Venn, the clerk said"
        if token[0] in _ENDS_APPOSITION or token[0].lower() == "who":
            break
        if last is not None and text.find("\n\n", last.end(), token.start()) >= 0:
            break
        last = token
        if token[0].endswith(".") and not token[0][:-1].isupper() and len(token[0]) > 5:
            break  # a full stop, not one of an abbreviation
    return None if last is None else Span(tokens[0].start(), last.end())


def _opens_apposition(tokens: Sequence[re.Match[str]], mentions: Mentions) -> bool:
    """A determiner or a noun for a person soon after the comma, and no name or further member as the first thing."""
    first = tokens[0][0].lower()
    if first in _JOINS:
        return False  # "her husband, Ivo, and a daughter"
    person = mentions.within(Span(tokens[0].start(), tokens[0].start() + 60))
    if person and person[0].start == tokens[0].start() and person[0].entity_type is EntityType.PERSON:
        return False
    if first in people_words().appositions:
        return True
    for number, token in enumerate(tokens[:7]):
        lower = token[0].lower()
        if number and lower in _WHOSE and tokens[number - 1][0].lower() not in people_words().prepositions:
            return False  # "Orla Venn, 59, lost her husband"
        if not lower[0].isalnum() or lower in people_words().prepositions - {"of", "for"}:
            return False
        if lower in reporting_words().auxiliaries or reporting_words().is_in(lower, "telling", "asking"):
            return False  # "Orla Venn, 59, was a teacher"; "The clerk, Orla Venn, told the teacher"
        if _names_person(token[0]):
            return True
    return False


def _copula(text: str, mention: Mention) -> Span | None:
    tokens = list(_TOKEN.finditer(text, mention.end, min(len(text), mention.end + 80)))[:9]
    if len(tokens) < 3 or tokens[0][0] not in {"is", "was", "became"} or tokens[1][0] not in {"a", "an", "the"}:
        return None
    for i, token in enumerate(tokens[2:], start=2):
        if not token[0][0].isalnum() or token[0] in people_words().prepositions:
            return Span(tokens[1].start(), tokens[i - 1].end())
    return None


def _gender(text: str, profile: PersonProfile, names: Mentions, pronouns: Counter[Gender]) -> Gender | None:
    """Titles first, then nouns of description, then pronouns where they are clear, then the given name."""
    words = people_words()
    votes: Counter[Gender] = Counter()
    for mention in profile.mentions:
        for match in (
            list(PRINTED_WORD.finditer(text, max(0, mention.start - 12), mention.start))[-1:]
            + list(PRINTED_WORD.finditer(text, mention.start, mention.end))[:1]
        ):
            gender = words.title_genders.get(match[0].lower())
            if gender is not None and match[0][0].isupper():
                votes[gender] += 3
    for description in profile.descriptions:
        gender = words.noun_genders.get(description.head)
        if gender is not None:
            votes[gender] += 2
    stated = _clear(votes, 2)
    if stated is not None and not _contradicted(votes, pronouns, stated):
        profile.stated_gender = stated
        return stated
    given = next((g for m in profile.mentions for g in [_given_gender(names.full_name(m))] if g is not None), None)
    given = given or _called_alone(text, profile, pronouns)
    if given is None:
        return _clear(votes + pronouns, 2)
    other = _other(given)
    if pronouns[other] >= _AGAINST and not pronouns[given]:
        return None
    return given if pronouns[other] < _OVERRULE or pronouns[other] < 3 * pronouns[given] else None


def _contradicted(votes: Counter[Gender], pronouns: Counter[Gender], stated: Gender) -> bool:
    """Whether pronouns of the other gender outweigh titles and nouns: he is "Miss Venn" once."""
    other = _other(stated)
    return pronouns[other] > votes[stated] and pronouns[other] >= max(2 * _OVERRULE, 3 * pronouns[stated])


def _other(gender: Gender) -> Gender:
    return Gender.FEMALE if gender is Gender.MALE else Gender.MALE


def _given_gender(name: str) -> Gender | None:
    first = name.split()
    return given_gender(first[0]) if len(first) > 1 else None


def _called_alone(text: str, profile: PersonProfile, pronouns: Counter[Gender]) -> Gender | None:
    """The gender of a given name by which alone a person is called ("Brian"); it may be a surname, so that two pronouns
    of the other gender make it open."""
    printed = {text[m.start : m.end] for m in profile.mentions}
    gender = given_gender(next(iter(printed))) if len(printed) == 1 else None
    return gender if gender is not None and pronouns[_other(gender)] < _AGAINST_ALONE else None


def _clear(votes: Counter[Gender], least: int) -> Gender | None:
    """The gender with at least `least` votes and three times the other's."""
    male, female = votes[Gender.MALE], votes[Gender.FEMALE]
    if max(male, female) < least or max(male, female) < 3 * min(male, female):
        return None
    return Gender.MALE if male > female else Gender.FEMALE
