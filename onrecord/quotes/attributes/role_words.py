"""What makes words beside a name a role, and what unmakes them (role_words.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.document.words import PRINTED_WORD
from onrecord.lexicon.name_words import title_key, titles
from onrecord.lexicon.people import people_words
from onrecord.lexicon.word_lists import word_list

LONGEST = 200  # letters; a longer stretch is a clause, not a role
_JOINS = frozenset({"and", "or", "but", "as", "both"})
_ONE_OF = re.compile(r"(?:one|another) of\b", re.IGNORECASE)
_MARKS = "\"“”'‘"


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The lists of role_words.yaml, lower case; `kin` with those of titles.yaml."""

    clauses: frozenset[str]
    kin: frozenset[str]
    nothing: frozenset[str]
    openers: frozenset[str]
    heads: frozenset[str]
    examples: re.Pattern[str]


@cache
def role_words() -> RoleWords:
    """The word lists, read once."""
    lists = {key: entry["words"] for key, entry in word_list("role_words.yaml").items()}
    examples = re.compile(rf",?\s(?:{'|'.join(lists.pop('examples'))})\s.*", re.DOTALL)
    words = {key: frozenset(entry) for key, entry in lists.items()}
    return RoleWords(**{**words, "kin": words["kin"] | titles().kin}, examples=examples)


def is_role(words_of_it: str, *, head_last: bool) -> bool:
    """Whether words name an office, a trade or a standing that is more than a courtesy, "his brother" or a clause.

    :param head_last: the head is the last word before the first preposition; else it may be any word.
    """
    words = [word.lower() for word in PRINTED_WORD.findall(words_of_it)]
    if not words or len(words_of_it) > LONGEST or not role_words().clauses.isdisjoint(words):
        return False
    if all(title_key(word) in titles().honorifics and not people_words().is_person(word) for word in words):
        return False
    if words[0] in _JOINS or words[-1] in _JOINS or only_points(words_of_it):
        return False
    one_of = _ONE_OF.match(words_of_it) is not None
    if one_of:
        words = words[2:]
    stop = next((i for i, word in enumerate(words) if i and word in people_words().prepositions), len(words))
    heads = words[stop - 1 : stop] if head_last else words
    heads = [people_words().singular(head) if one_of else head for head in heads]
    return any(people_words().may_be_person(head) or names_office(head) for head in heads)


def names_office(word: str) -> bool:
    """Whether a word, in lower case, is one for a person by itself: ``clerk``; by lists alone, not by its ending."""
    key = title_key(word)
    return people_words().is_person(word) or key in titles().offices or key in role_words().heads


def only_points(words_of_it: str) -> bool:
    """Whether words say who is meant only by their sentence: ``her mother``, ``the sisters``, ``the source``."""
    words = [word.lower() for word in PRINTED_WORD.findall(words_of_it)]
    known = people_words()
    if not words or words[0] in known.possessive or words[0] in role_words().openers:
        return True
    if not role_words().clauses.isdisjoint(words):
        return True
    said = [w for w in words if w not in known.definite | known.indefinite | known.plural_determiners]
    return all(word in role_words().kin | role_words().nothing for word in said)


def as_role(words: str) -> str | None:
    """The words as a role: without marks, and without "his" before an office; null where they are none."""
    role = printed(words).strip(_MARKS).strip()
    first, _, rest = role.partition(" ")
    if first.lower() in people_words().possessive:
        heads = {word.lower() for word in PRINTED_WORD.findall(rest)}
        role = rest if heads.isdisjoint(role_words().kin) else ""
    lone = sum(role.count(mark) for mark in '"“”') % 2
    return role if role and not lone and is_role(role, head_last=False) else None


def without_examples(role: str) -> str:
    """``critics of the bridge`` of ``critics of the bridge, like Orla Venn``."""
    return role_words().examples.sub("", role)


def printed(words: str) -> str:
    """The words on one line, without the comma or full stop that ends them."""
    line = " ".join(words.split()).strip(" ,;")
    return line.rstrip(".") if line.endswith(".") and "." not in line[:-1] and len(line) > 6 else line
