"""The word lists beside this module, read once: titles, and what the words of a name do."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from onrecord.lexicon.word_lists import word_list

Gender = Literal["male", "female"]

#: Letters that Unicode does not take apart into a base and a mark.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_APOSTROPHES = str.maketrans("", "", "'’‘ʼʻ`´ʿʾ")


def fold(word: str) -> str:
    """`word` without case, diacritics and apostrophes, for comparing: "Müller" → "muller", "O’Neil" → "oneil"."""
    if word.isascii():
        return word.lower().translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_APOSTROPHES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)


@lru_cache(maxsize=1 << 14)
def title_key(words: str) -> str:
    """`words` as the title lists write them: no full stops, one space between words, lower case.

    A word in capitals stays as it is where the lists have it so ("SI", a rank, but "Si" is a name).
    """
    plain = words.replace(".", " ").replace("’", "'").split()
    return " ".join(word if word in _titles_in_capitals() else word.casefold() for word in plain)


@cache
def _titles_in_capitals() -> frozenset[str]:
    data = word_list("titles.yaml")
    groups = (group for section in ("honorifics", "ranks", "offices") for group in data[section])
    return frozenset(form for group in groups for form in group["forms"] if form.isupper())


@dataclass(frozen=True, slots=True)
class Titles:
    """Title words by what they do; keys as `title_key` writes them."""

    honorifics: frozenset[str]
    offices: frozenset[str]
    nouns: frozenset[str]
    surnames_too: frozenset[str]
    modifiers: frozenset[str]
    post_nominals: frozenset[str]
    name_words: frozenset[str]
    given_names: frozenset[str]
    genders: dict[str, Gender]
    longest: int
    kin: frozenset[str]
    styles: frozenset[str]
    stop_words: frozenset[str]
    plural_modifiers: frozenset[str]
    participles: frozenset[str]
    saying: frozenset[str]

    def is_title(self, key: str) -> bool:
        return key in self.honorifics or key in self.offices


@dataclass(frozen=True, slots=True)
class NameWords:
    """What the words of a person's name do; keys as `fold` writes them."""

    particles: frozenset[str]
    lowercase_particles: frozenset[str]
    joined_particles: frozenset[str]
    compounds: frozenset[str]
    suffixes: frozenset[str]
    family_first: dict[str, frozenset[str]]
    hungarian_given: frozenset[str]
    given_suffixes: tuple[str, ...]


@cache
def titles() -> Titles:
    """The lists of `titles.yaml`."""
    data = word_list("titles.yaml")

    def forms(section: str) -> frozenset[str]:
        return frozenset(f for group in data[section] for f in group["forms"])

    honorifics = {f for group in data["honorifics"] for f in group["forms"]}
    offices = {f for section in ("ranks", "offices") for group in data[section] for f in group["forms"]}
    both = [group for section in ("honorifics", "ranks", "offices") for group in data[section]]
    genders: dict[str, Gender] = {}
    for group in [*both, *data["genders"]]:
        if gender := group.get("gender"):
            genders.update(dict.fromkeys(group["forms"], gender))
        for sex, words in group.get("genders", {}).items():
            genders.update(dict.fromkeys(words, sex))
    return Titles(
        honorifics=frozenset(honorifics),
        offices=frozenset(offices),
        nouns=frozenset(f for group in both if group.get("noun") for f in group["forms"]),
        surnames_too=frozenset(f for group in both if group["surname"] for f in group["forms"]),
        modifiers=forms("modifiers"),
        post_nominals=frozenset(f.replace(".", "") for group in data["post_nominals"] for f in group["forms"]),
        name_words=forms("name_words"),
        given_names=forms("given_names"),
        genders=genders,
        longest=max(len(form.split()) for form in honorifics | offices),
        kin=forms("kin"),
        styles=forms("styles"),
        stop_words=forms("stop_words"),
        plural_modifiers=forms("plural_modifiers"),
        participles=forms("participles"),
        saying=forms("saying"),
    )


@cache
def name_words() -> NameWords:
    """The lists of `name_words.yaml`."""
    data = word_list("name_words.yaml")

    def forms(section: str) -> frozenset[str]:
        return frozenset(fold(f) for group in data[section] for f in group["forms"])

    family_first: dict[str, set[str]] = {}
    for group in data["family_first"]:
        for form in group["forms"]:
            family_first.setdefault(fold(form), set()).add(group["syllables"])
    return NameWords(
        particles=forms("particles"),
        lowercase_particles=forms("lowercase_particles"),
        joined_particles=forms("joined_particles"),
        compounds=forms("compounds"),
        suffixes=forms("suffixes"),
        family_first={k: frozenset(v) for k, v in family_first.items()},
        hungarian_given=forms("hungarian_given"),
        given_suffixes=tuple(fold(s) for group in data["given_name_customs"] for s in group["suffixes"]),
    )


@cache
def organisation_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words for kinds of organisations; words that may stand for one alone but not be left out; their adjectives."""
    groups = word_list("organisation_words.yaml")

    def forms(section: str) -> frozenset[str]:
        return frozenset(f for group in groups[section] for f in group["forms"])

    return forms("kinds"), forms("heads"), forms("adjectives")


def is_body_word(word: str) -> bool:
    """Whether a word says what kind of organisation a name is of ("Hospital", "Army")."""
    kinds, heads, _ = organisation_words()
    return word.lower() in kinds or word.lower() in heads


@cache
def crowd_words() -> frozenset[str]:
    """Words for several people that make what ends in them a description and no name ("Militias")."""
    return frozenset(f for group in word_list("organisation_words.yaml")["crowds"] for f in group["forms"])


@cache
def small_words() -> frozenset[str]:
    """Words that hold the others of a body's name together ("of"), in the languages of names in English news."""
    return frozenset(f for group in word_list("organisation_words.yaml")["small"] for f in group["forms"])


@cache
def programme_words() -> frozenset[str]:
    """Words that make a person's full name before them that of a programme ("Tonight")."""
    return frozenset(f for group in word_list("organisation_words.yaml")["programmes"] for f in group["forms"])


@cache
def genders_of_given_names() -> dict[str, Gender | None]:
    """Given names (lower case), from Faker's lists: with a gender where they are nearly always a man's or a woman's."""
    return names_by_gender("given_names.txt")


def names_by_gender(file: str) -> dict[str, Gender | None]:
    """The names of a list of `training/given_names.py`, lower case, each with its gender, null where it is either's."""
    names: dict[str, Gender | None] = {}
    gender: Gender | None = None
    sections: dict[str, Gender | None] = {"[male]": "male", "[female]": "female", "[either]": None}
    for line in resources.files("onrecord.lexicon").joinpath(file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            gender = sections[line]
        elif line and not line.startswith("#"):
            names.update(dict.fromkeys(line.split(), gender))
    return names


@cache
def weekdays() -> frozenset[str]:
    """The days of the week, written out."""
    return frozenset(forms[0] for forms in word_list("calendar.yaml")["weekdays"])


@cache
def months() -> frozenset[str]:
    """The months of the year, written out."""
    return frozenset(forms[0] for forms in word_list("calendar.yaml")["months"])


def is_always_organisation(name: str) -> bool:
    """Whether `name` is of those that are organisations whatever they look like ("Islamic State")."""
    plain = " ".join(name.replace("’", "'").split())
    return plain in _always() or plain.casefold() in _always()


@cache
def _always() -> frozenset[str]:
    return frozenset(f for group in word_list("organisation_words.yaml")["always"] for f in group["forms"])
