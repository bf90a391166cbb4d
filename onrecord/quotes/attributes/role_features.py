"""Named features of the words that may be a person's role, for the ranker of roles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.person_profiles import PersonProfile
from onrecord.document.words import PRINTED_WORD
from onrecord.lexicon.name_words import title_key, titles
from onrecord.lexicon.people import people_words
from onrecord.quotes.attributes.role_appositions import Place
from onrecord.quotes.attributes.role_candidates import Candidate
from onrecord.quotes.attributes.role_words import ELECT, heads_of, names_office, role_words

_DETERMINER = re.compile(r"\A(?:(the)|(an?)|another|his|her|its|their|our|my)\s+", re.IGNORECASE)
#: Words beyond so many different ones are not looked at.
MOST = 40
_FORMER = frozenset({"former", "ex", "late", "then", "once"})


@dataclass(frozen=True)
class Option:
    """The candidates of the same words, but for their determiner. `role` is the longest of them, as printed."""

    key: str
    candidates: tuple[Candidate, ...]

    @property
    def role(self) -> str:
        return max((candidate.role for candidate in self.candidates), key=len)

    @cached_property
    def words(self) -> list[str]:
        """The printed words without determiner, in lower case."""
        return PRINTED_WORD.findall(self.key)

    @cached_property
    def head(self) -> str:
        return next(iter(heads_of(self.key)), "")


@dataclass(frozen=True)
class Case:
    """One option among all of a person, in the order in which they come up in the article."""

    option: Option
    options: Sequence[Option]
    person: PersonProfile
    names: Mentions
    length: int  # letters of the article

    @cached_property
    def rivals(self) -> list[Option]:
        """The other options."""
        return [option for option in self.options if option is not self.option]


Feature = Callable[[Case], float]
FEATURES: dict[str, Feature] = {}


def feature(function: Feature) -> Feature:
    """Registers a feature under its name."""
    FEATURES[function.__name__] = function
    return function


def options_of(candidates: Sequence[Candidate]) -> list[Option]:
    """The candidates by their words, in order."""
    grouped: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if len(grouped) == MOST:
            break
        key = _DETERMINER.sub("", candidate.role, count=1).lower().replace("’", "'")
        grouped.setdefault(key, []).append(candidate)
    return [Option(key, tuple(same)) for key, same in grouped.items()]


def features_of(
    options: Sequence[Option],
    person: PersonProfile,
    names: Mentions,
    length: int,
) -> list[Mapping[str, float]]:
    """The features of each option, by name.

    :param length: of the article in code points.
    """
    cases = (Case(option, options, person, names, length) for option in options)
    return [{name: float(function(case)) for name, function in FEATURES.items()} for case in cases]


def _times(place: Place) -> Feature:
    def times(case: Case) -> float:
        return sum(candidate.place is place for candidate in case.option.candidates)

    times.__doc__ = f"""How often the words stand there: {place.value}."""
    return times


FEATURES |= {f"times_{place.value}": _times(place) for place in Place}


@feature
def quoted(case: Case) -> float:
    """How often the words stand in the source of an attribution."""
    return sum(candidate.quoted for candidate in case.option.candidates)


@feature
def share(case: Case) -> float:
    """The share of the person's candidates that are these words."""
    return len(case.option.candidates) / sum(len(option.candidates) for option in case.options)


@feature
def order(case: Case) -> float:
    """How many other words come up before these."""
    return case.options.index(case.option)


@feature
def place_in_article(case: Case) -> float:
    """Where the words come up first, as a share of the article's length."""
    return case.option.candidates[0].start / max(1, case.length)


@feature
def at_first_mention(case: Case) -> float:
    """Whether the words stand beside the person's first name in the article."""
    return case.option.candidates[0].start <= case.person.mentions[0].start


@feature
def words(case: Case) -> float:
    """The number of words."""
    return len(case.option.words)


@feature
def capitals(case: Case) -> float:
    """The share of words that begin with a capital."""
    printed = case.option.role.split()
    return sum(word[0].isupper() for word in printed) / len(printed)


@feature
def determiner(case: Case) -> float:
    """0 none, 1 "a", 2 "the", 3 a possessive or "another"."""
    found = _DETERMINER.match(case.option.role)
    return 0 if found is None else 2 if found[1] else 1 if found[2] else 3


@feature
def conjunction(case: Case) -> float:
    """Whether the words hold "and"."""
    return "and" in case.option.words


@feature
def preposition(case: Case) -> float:
    """Whether the words hold a preposition."""
    return not people_words().prepositions.isdisjoint(case.option.words)


@feature
def of(case: Case) -> float:
    """Whether the words hold "of"."""
    return "of" in case.option.words


@feature
def digit(case: Case) -> float:
    """Whether the words hold a digit."""
    return any(letter.isdigit() for letter in case.option.role)


@feature
def former(case: Case) -> float:
    """Whether the role is one of the past."""
    return not _FORMER.isdisjoint(case.option.words)


@feature
def names_body(case: Case) -> float:
    """Whether a body is named."""
    role = case.option.role
    return any(name in role for word in PRINTED_WORD.findall(role) for name in case.names.bodies.get(word, ()))


@feature
def names_person(case: Case) -> float:
    """Whether somebody else is named."""
    own = case.person.mentions[0].name.split()[-1:]
    printed = PRINTED_WORD.findall(case.option.role.replace("’s", "").replace("'s", ""))
    return any(word in case.names.surnames and word not in own for word in printed)


@feature
def head(case: Case) -> float:
    """How surely the head is an office: -1 unknown, 0 kin, 1 "source", 2 an age, 3 by its ending, 4 to 6 by lists."""
    return _office(case.option.head)


@feature
def surest_word(case: Case) -> float:
    """The same of the surest word."""
    return max((_office(word) for word in case.option.words), default=-1)


@feature
def party(case: Case) -> float:
    """Whether the head is the word for a member of a party or the like."""
    return f"{case.option.head}s" in role_words().crowds


@feature
def extended(case: Case) -> float:
    """How often the words stand as part of more words."""
    return sum(len(o.candidates) for o in case.rivals if set(case.option.words) < set(o.words))


@feature
def extends(case: Case) -> float:
    """How often other words stand that are part of these."""
    return sum(len(o.candidates) for o in case.rivals if set(o.words) < set(case.option.words))


@feature
def same_head(case: Case) -> float:
    """How often other words with the same head stand."""
    return sum(len(o.candidates) for o in case.rivals if o.head == case.option.head)


@feature
def longer(case: Case) -> float:
    """How many words more than the longest of the others."""
    return len(case.option.words) - max((len(o.words) for o in case.rivals), default=0)


def _office(word: str) -> int:
    word = ELECT.sub("", word)
    if word in titles().kin or word in role_words().kin:
        return 0
    if word in role_words().nothing:
        return 1
    if word.endswith("-year-old"):
        return 2
    if title_key(word) in titles().offices or word in role_words().heads:
        return 6
    if people_words().is_person(word):
        return 5
    if names_office(word):
        return 4
    return 3 if people_words().may_be_person(word) else -1
