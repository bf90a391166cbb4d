"""What makes words beside a name a role, and what unmakes them (role_words.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.document.words import OWNER, PRINTED_WORD
from onrecord.lexicon.name_words import title_key, titles
from onrecord.lexicon.people import people_words
from onrecord.lexicon.word_lists import word_list

LONGEST = 200  # letters; a longer stretch is a clause, not a role
_JOINS = frozenset({"and", "or", "but", "as", "both"})
_ONE_OF = re.compile(r"(?:one|another) of\b", re.IGNORECASE)
_LONGEST_KIN = 4  # words: "her twin younger sister"
MARKS = "\"“”'‘"
#: Adjectives behind the noun that they qualify: ``professor emeritus``.
_POSTPOSITIVE = frozenset({"emeritus", "emerita", "designate", "elect"})
#: What follows an office that is not yet, or no longer, held: ``president-elect``.
ELECT = re.compile(r"-(?:elect|designate|emeritus)\Z")
_INITIALS = re.compile(r"\s\([A-Z&]{2,8}\)")
_MARK = re.compile(r"[(,\[]")


@dataclass(frozen=True, slots=True)
class RoleWords:
    """The lists of role_words.yaml, lower case; `kin` with those of titles.yaml."""

    clauses: frozenset[str]
    kin: frozenset[str]
    parents: frozenset[str]
    others: frozenset[str]
    young: frozenset[str]
    nothing: frozenset[str]
    crowds: frozenset[str]
    openers: frozenset[str]
    heads: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    anybody: frozenset[str]
    ranks: frozenset[str]
    times: frozenset[str]
    takes_office: frozenset[str]
    retired: frozenset[str]
    abstract: tuple[str, ...]
    examples: re.Pattern[str]


@cache
def role_words() -> RoleWords:
    """The word lists, read once."""
    lists = {key: entry["words"] for key, entry in word_list("role_words.yaml").items()}
    examples = re.compile(rf",?\s(?:{'|'.join(lists.pop('examples'))})\s.*", re.DOTALL)
    abstract = tuple(lists.pop("abstract"))
    words = {key: frozenset(entry) for key, entry in lists.items()}
    return RoleWords(**{**words, "kin": words["kin"] | titles().kin}, abstract=abstract, examples=examples)


def is_role(words_of_it: str, *, head_last: bool) -> bool:
    """Whether words name an office, a trade or a standing: no courtesy, "his brother", owner or clause.

    :param head_last: the head is the last word before the first preposition; else it may be any word.
    """
    words = [word.lower() for word in PRINTED_WORD.findall(words_of_it)]
    if not words or len(words_of_it) > LONGEST or not role_words().clauses.isdisjoint(words):
        return False
    if all(title_key(word) in titles().honorifics and not people_words().is_person(word) for word in words):
        return False
    if words[0] in _JOINS or words[-1] in _JOINS or only_points(words_of_it) or OWNER.search(words_of_it):
        return False
    one_of = _ONE_OF.match(words_of_it) is not None
    heads = heads_of(words_of_it) if head_last else words[2 * one_of :]
    heads = [_singular(head) if one_of else head for head in heads]
    return any(people_words().may_be_person(head) or names_office(head) for head in heads)


def _singular(noun: str) -> str:
    """A noun without its plural ending: ``contributors``, whether it is on a list or not."""
    listed = people_words().singular(noun)
    bare = noun.removesuffix("s")
    return bare if listed == noun and (people_words().may_be_person(bare) or names_office(bare)) else listed


def is_kin(words_of_it: str) -> bool:
    """Whether words say whose relation somebody is: ``his wife``, ``her younger brother``, ``one of his aunts``."""
    words = [word.lower() for word in PRINTED_WORD.findall(words_of_it)]
    if len(words) > 2 and words[0] in {"one", "another"} and words[1] == "of":
        words = words[2:]
    known = people_words()
    last = words[-1].rpartition("-")[2] if words else ""
    owned = bool(words) and words[0] in known.possessive and len(words) <= _LONGEST_KIN
    kin = role_words().kin - role_words().others
    return owned and (last in kin or last.removesuffix("s") in kin)


def heads_of(words_of_it: str) -> list[str]:
    """The words of the first noun phrase that may be its head, in lower case: its last, and offices before a body.

    It ends at a bracket, a comma, a preposition or a participle: ``mother living in Corran``, ``director (works)``.
    A body's name may follow an office without a link: ``the Executive Director Corran Harbour Board``.
    """
    words_of_it = _INITIALS.sub("", words_of_it)
    one_of = _ONE_OF.match(words_of_it)
    start = 0 if one_of is None else one_of.end()
    bracket = _MARK.search(words_of_it, start + 1)
    phrase = PRINTED_WORD.findall(words_of_it[start : len(words_of_it) if bracket is None else bracket.start()])
    words = [word.lower() for word in phrase]
    known = people_words()
    for i, word in enumerate(words):
        participle = i and word.endswith(("ing", "ed")) and known.may_be_person(known.singular(words[i - 1]))
        again = word in known.definite or word in known.indefinite  # a second determiner: a clause
        if i and (again or word in known.prepositions or word in _POSTPOSITIVE or participle):
            words = words[:i]
            break
    followed = zip(words, phrase[1 : len(words)], strict=False)
    offices = [word for word, after in followed if after[0].isupper() and names_office(word)]
    return [*words[-1:], *offices]


def names_office(word: str) -> bool:
    """Whether a word, in lower case, is one for a person by itself: ``clerk``; by lists alone, not by its ending."""
    if "-of-" in word:  # "mother-of-three"
        return word.partition("-of-")[0] in role_words().kin | role_words().parents
    return any(
        people_words().is_person(form) or title_key(form) in titles().offices or form in role_words().heads
        for form in {word, word.rpartition("-")[2], ELECT.sub("", word)}  # "co-president" is a president
    )


#: A verb with its object: ``hailed the quality``, ``the financing of works``.
_VERB_AND_OBJECT = re.compile(r"\b[a-z]+ed\s(?:the|an?|his|her|its|their)\s|\Athe\s[a-z]+ing\sof\s")


def names_no_person(words_of_it: str) -> bool:
    """Whether the head of words is one for a body, a page, a day or a thing, or they are a clause."""
    if _VERB_AND_OBJECT.search(words_of_it):
        return True
    known, words, heads = people_words(), role_words(), heads_of(words_of_it)
    last = PRINTED_WORD.findall(words_of_it.lower().rstrip(" -"))[-1:]  # "Court of Appeal judge"
    if not heads or any(known.may_be_person(word) or names_office(word) for word in (*heads, *last)):
        return False
    things = known.organizations | known.documents | known.times | words.times | words.places | words.bodies
    return any(head.removesuffix("s") in things or head in things or head.endswith(words.abstract) for head in heads)


#: What goes on behind a whole role: another one, where she is from, what clause tells of her.
_GOES_ON = re.compile(
    r",?\sand\s(?=(?:an?|the|his|her|its|now|also|former|current|then|one)\s|[A-Z][\w-]*['’]s\s|[A-Z][\w-]*\s[a-z]+\s[a-z]+\sfrom)"
    r"|\s(?:from|based|residing|living|affiliated|joining|working)\s"
)


def shortened(words_of_it: str) -> str | None:
    """The role that stands whole before what else a phrase tells: ``a lawyer`` of ``a lawyer from Corran``."""
    goes_on = _GOES_ON.search(words_of_it)
    short = None if goes_on is None else words_of_it[: goes_on.start()].strip(" ,")
    return short if short and is_role(short, head_last=True) else None


def only_points(words_of_it: str) -> bool:
    """Whether words say who is meant only by their sentence: ``her mother``, ``the sisters``, ``the source``."""
    words = [word.lower() for word in PRINTED_WORD.findall(words_of_it)]
    known = people_words()
    if not words or words[0] in known.possessive or words[0] in role_words().openers:
        return True
    if not role_words().clauses.isdisjoint(words):
        return True
    points = known.definite | known.indefinite | known.plural_determiners
    said = [word for word in words if word not in points and not word.endswith("-year-old")]
    return all(word in role_words().kin | role_words().nothing for word in said)


def as_role(words: str) -> str | None:
    """The words as a role: without marks, and without "his" before an office; null where they are none."""
    role = printed(words).strip(MARKS).strip()
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
