"""Words for people, organisations and documents: titles, genders, nouns that head a description (people.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from onrecord.lexicon.name_words import fold, genders_of_given_names, names_by_gender
from onrecord.lexicon.name_words import titles as title_words
from onrecord.lexicon.word_lists import word_list


class Gender(StrEnum):
    """What pronoun a person takes."""

    MALE = "male"
    FEMALE = "female"


class Pronoun(StrEnum):
    """What a pronoun as source points to."""

    MALE = "male"
    FEMALE = "female"
    THING = "thing"
    PLURAL = "plural"
    FIRST = "first"
    FIRST_PLURAL = "first_plural"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """The lists of people.yaml, lower case."""

    title_genders: dict[str, Gender]
    title_nouns: dict[str, str]
    noun_genders: dict[str, Gender]
    persons: frozenset[str]
    groups: frozenset[str]
    organizations: frozenset[str]
    parties: frozenset[str]
    abroad: frozenset[str]
    court: frozenset[str]
    any_body: frozenset[str]
    before_bodies: frozenset[str]
    kinds: frozenset[str]
    press: frozenset[str]
    companies: frozenset[str]
    of_the_day: frozenset[str]
    voices: frozenset[str]
    documents: frozenset[str]
    authored: frozenset[str]
    research: frozenset[str]
    pronouns: dict[str, Pronoun]
    definite: frozenset[str]
    possessive: frozenset[str]
    indefinite: frozenset[str]
    plural_determiners: frozenset[str]
    prepositions: frozenset[str]
    times: frozenset[str]
    reflexives: frozenset[str]
    stops: frozenset[str]
    appositions: frozenset[str]
    governing: frozenset[str]
    subordinators: frozenset[str]
    fronting: frozenset[str]
    ranks: frozenset[str]
    once: frozenset[str]
    before_participles: frozenset[str]
    generic: frozenset[str]
    epithets: frozenset[str]
    epithet_endings: tuple[str, ...]
    agent_endings: tuple[str, ...]
    no_agents: frozenset[str]
    foreign_name_endings: tuple[str, ...]
    compound_endings: tuple[str, ...]
    peoples: frozenset[str]

    def is_person(self, noun: str) -> bool:
        """Whether the noun stands for one person (senator, shopkeeper, woman)."""
        return noun in self.persons or noun in self.noun_genders

    def is_epithet(self, noun: str) -> bool:
        """Whether a noun varies a name, whatever else its bearer is (leader, star, 27-year-old)."""
        return noun in self.epithets or noun.endswith(self.epithet_endings)

    def may_be_person(self, noun: str) -> bool:
        """Whether an unknown noun looks like one for a person (beekeeper, numismatist)."""
        return self.is_person(noun) or (noun.endswith(self.agent_endings) and noun not in self.no_agents)

    def is_title(self, word: str) -> bool:
        return word in self.title_genders or word in self.title_nouns

    def is_plural(self, noun: str) -> bool:
        """Whether the noun names several (officials, critics, police)."""
        if noun in self.groups:
            return True
        if self.is_person(noun) or noun in self.organizations:
            return False
        return noun.endswith("s") and not noun.endswith(("ss", "us", "is", "'s", "’s")) and len(noun) > 3

    def singular(self, noun: str) -> str:
        """A person noun without its plural ending: ``senators`` gives ``senator``."""
        for ending, instead in (("men", "man"), ("ies", "y"), ("s", "")):
            if noun.endswith(ending) and self.is_person(noun[: -len(ending)] + instead):
                return noun[: -len(ending)] + instead
        return noun


@cache
def people_words() -> PeopleWords:
    """The word lists, read once."""
    data = word_list("people.yaml")
    titles, determiners = data["titles"], data["determiners"]
    return PeopleWords(
        title_genders={word: gender for gender in Gender for word in titles[gender.value]},
        title_nouns=titles["nouns"],
        noun_genders={word: gender for gender in Gender for word in data["gendered"][gender.value]},
        persons=frozenset(data["persons"]["words"]) | title_words().nouns | frozenset(titles["nouns"].values()),
        groups=frozenset(data["groups"]["words"]),
        organizations=frozenset(data["organizations"]["words"]),
        parties=frozenset(data["parties"]["words"]),
        abroad=frozenset(data["abroad"]["words"]),
        court=frozenset(data["court"]["words"]),
        any_body=frozenset(data["any_body"]["words"]),
        before_bodies=frozenset(data["before_bodies"]["words"]),
        kinds=frozenset(data["kinds"]["words"]),
        press=frozenset(data["press"]["words"]),
        companies=frozenset(data["companies"]["words"]),
        of_the_day=frozenset(data["of_the_day"]["words"]),
        voices=frozenset(data["voices"]["words"]),
        documents=frozenset(data["documents"]["words"]),
        authored=frozenset(data["authored"]["words"]),
        research=frozenset(data["research"]["words"]),
        pronouns={word: kind for kind in Pronoun for word in data["pronouns"][kind.value]},
        definite=frozenset(determiners["definite"]),
        possessive=frozenset(determiners["possessive"]),
        indefinite=frozenset(determiners["indefinite"]),
        plural_determiners=frozenset(determiners["plural"]),
        prepositions=frozenset(data["prepositions"]["words"]),
        times=frozenset(data["times"]["words"]),
        reflexives=frozenset(data["reflexives"]["words"]),
        stops=frozenset(data["description_stops"]["words"]),
        appositions=frozenset(data["appositions"]["words"]),
        governing=frozenset(data["governing"]["words"]),
        subordinators=frozenset(data["subordinators"]["words"]),
        fronting=frozenset(data["fronting"]["words"]),
        ranks=frozenset(data["ranks"]["words"]),
        once=frozenset(data["once"]["words"]),
        before_participles=frozenset(data["before_participles"]["words"]),
        generic=frozenset(data["generic"]["words"]),
        epithets=frozenset(data["epithets"]["words"]),
        epithet_endings=tuple(data["epithets"]["endings"]),
        agent_endings=tuple(data["agents"]["endings"]),
        no_agents=frozenset(data["agents"]["but"]),
        foreign_name_endings=tuple(data["foreign_names"]["endings"]),
        compound_endings=tuple(data["compounds"]["endings"]),
        peoples=frozenset(data["peoples"]["words"]),
    )


@cache
def given_names() -> dict[str, Gender | None]:
    """Given names (folded), with a gender where they are nearly always a man's or a woman's."""
    listed = genders_of_given_names() | names_by_gender("given_name_genders.txt")
    return {name: gender and Gender(gender) for name, gender in listed.items()}


def given_gender(word: str) -> Gender | None:
    """The gender that a given name tells, as it is printed; null where it is either's or not known."""
    return given_names().get(fold(word.strip(".,")))
