"""Bylines: lines that tell who wrote an article, and the people in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.name_words import fold, genders_of_given_names, weekdays
from onrecord.lexicon.outlets import agency_named, is_outlet
from onrecord.lexicon.word_lists import any_of, word_list

#: No byline is longer; a sentence that begins with "By" mostly is.
LONGEST = 180

_SPLIT = re.compile(r"\s*(?:,|;|\||•|·|/|\s[-–—]\s|\band\b|&|\bwith\b)\s*", re.IGNORECASE)
_PLACE = re.compile(r"\s(?:in|at|from|near|aboard)\s(?=[A-Z])")
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.-?){1,3}|St\.|[^\W\d_](?:[\w’'.-]*\w)?")
_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md"})
_AND = re.compile(r"(?:and|&|with)(?:\s+|$)", re.IGNORECASE)
_PICTURE_HOUSE = re.compile(r"\b(?:Getty Images|AP Images|Shutterstock|Alamy|Imagn)\b")
_OWNER = re.compile(r"(?P<owner>[^’']{2,40})[’']s\s+")
#: Under the name of a writer who is not of the staff.
_GUEST = re.compile(r"(?i:special) (?:to|for) (?:[Tt]he )?[A-Z][\w’'.-]*(?: (?:of |and )?[A-Z][\w’'.-]*){0,4}")
_OPEN_END = re.compile(r"(?:,|\band|&)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline without its opener: `printed` as it stands, the people, the agency if it names one."""

    printed: str
    authors: tuple[str, ...] = ()
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    openers: re.Pattern[str]
    roles: frozenset[str]
    desks: frozenset[str]
    role_heads: tuple[str, ...]
    role_words: frozenset[str]
    parts_of_days: frozenset[str]
    particles: frozenset[str]
    no_names: frozenset[str]
    body_heads: frozenset[str]
    surnames_too: frozenset[str]


@cache
def _words() -> _Words:
    data = word_list("byline_words.yaml")
    openers = any_of(data["openers"])
    return _Words(
        openers=re.compile(rf"(?:{openers})(?<=:)\s?|(?:{openers})\s", re.IGNORECASE),
        roles=frozenset(data["roles"]),
        desks=frozenset(data["desks"]),
        role_heads=tuple(data["role_heads"]),
        role_words=frozenset(["staff", "desk", "agencie", "newsroom", *data["role_heads"]]),
        parts_of_days=frozenset(data["parts_of_days"]),
        particles=frozenset(data["particles"]),
        no_names=frozenset(word.casefold() for word in data["no_names"]),
        body_heads=frozenset(data["body_heads"]),
        surnames_too=frozenset(data["surnames_too"]),
    )


def read_byline(words: str) -> Byline | None:
    """The byline that the whole line is ("By Orla Venn in Eastmere"), or null. A "by" in a sentence is none."""
    if len(words) > LONGEST or not (opener := _words().openers.match(words)):
        return None
    rest = words[opener.end() :].strip(" |")
    if not rest or rest[-1] in "?!:":
        return None
    if rest.endswith(".") and not _ends_abbreviated(rest):
        # "By Orla Venn." is a byline, "By Orla Venn in Eastmere, who knows." is a sentence.
        return read_people(rest[:-1], words) if is_person(rest[:-1]) else None
    return read_people(rest, words)


def unopened_byline(words: str) -> Byline | None:
    """A byline without "By" that tells a role, an outlet or an agency beside the name: "Orla Venn, Staff Writer"."""
    pieces = [piece for piece in _SPLIT.split(words[: LONGEST + 1]) if piece]
    if len(words) > LONGEST or len(pieces) < 2 or not is_person(pieces[0]):
        return None
    if not all(is_person(piece) or _is_other(piece) for piece in pieces[1:]) or not any(map(_is_other, pieces[1:])):
        return None
    return read_people(words, words)


def is_picture_credit(words: str) -> bool:
    """Whether a line is a photographer and a house with a stroke between: "Ines Falk / Meridian Wire".

    Between upright strokes it has to be a house that sells pictures, since an author's outlet stands there, too:
    "Ines Falk | Meridian | Getty Images".
    """
    left, stroke, right = words.partition("|" if "/" not in words and _PICTURE_HOUSE.search(words) else "/")
    return (
        bool(stroke)
        and len(words) <= 80
        and is_person(left.strip())
        and len(right.split()) <= 4
        and right.strip()[:1].isupper()
    )


def is_role(words: str) -> bool:
    """Whether a line tells only what an author is: "Staff Writer", "Special to the Quillbay Ledger"."""
    if _GUEST.fullmatch(words):
        return True
    return (
        len(words) <= 80
        and all(_is_other(piece) for piece in _SPLIT.split(words) if piece)
        and any(word.rstrip("s") in _words().role_words for word in _lower_words(words))
    )


def without_outlet(name: str) -> str:
    """A name without the outlet that it is owned by: "Meridian Wire's Ines Falk"."""
    owner = _OWNER.match(name)
    return name[owner.end() :] if owner is not None and is_outlet(owner["owner"]) else name


def split_names(words: str) -> list[str]:
    """The pieces of a list of names: "Orla Venn, Tam Okoro and Ines Falk"."""
    return [piece for piece in _SPLIT.split(words) if piece]


def role_ends(tokens: Sequence[str]) -> int:
    """The index of the first word behind the last one that names a role; 0 where none does."""
    return max((i + 1 for i, token in enumerate(tokens) if token.casefold() in _words().roles), default=0)


def is_person(words: str) -> bool:
    """Whether `words` have the form of a person's name: two to five words, capitalised, none of them another thing."""
    tokens = words.split()
    if len(tokens) > 2 and tokens[-1].casefold().strip(".,") in _SUFFIX:
        tokens = tokens[:-1]
    if not 2 <= len(tokens) <= 5 or is_outlet(words) or agency_named(words) or is_organization(words):
        return False
    capitalised = 0
    for token in tokens:
        low = token.casefold()
        bare = low.strip(".")
        if not _NAME_WORD.fullmatch(token) or (len(bare) > 1 and bare in _words().no_names):
            return False
        if token[0].isupper() or token.startswith(("al-", "el-", "d'", "d’", "ad-", "ash-", "as-", "an-", "ar-")):
            capitalised += 1
        elif low not in _words().particles:
            return False
    return capitalised >= 2 and (words.istitle() or not _all_roles(words))


def begins_with_given_name(words: str) -> bool:
    """Whether the first word is a given name that is known."""
    first = words.split(maxsplit=1)[:1]
    return bool(first) and fold(first[0]) in genders_of_given_names()


def is_organization(words: str) -> bool:
    """Whether a name ends in a word for a body or a page's part, not for a person: "Harbor Post Staff"."""
    last = words.split()[-1].casefold().strip(".,()") if words.split() else ""
    if last in _words().surnames_too and begins_with_given_name(words):
        return False
    return last in _words().body_heads


def without_role(name: str) -> str:
    """A name without the outlet, desk and role before it: "Harbor Post health correspondent Orla Venn"."""
    tokens = name.split()
    heads = [i for i, token in enumerate(tokens[:-1]) if token.casefold().strip(",") in _words().role_words]
    rest = " ".join(tokens[heads[-1] + 1 :]) if heads else ""
    return rest if heads and is_person(rest) else name


def without_role_behind(name: str) -> str:
    """A name without the role right behind it: "Orla Venn Founder", "Orla Venn Senior Editor"."""
    *tokens, last = name.split() or [""]
    if last.casefold() not in _words().role_heads:
        return name
    while len(tokens) > 2 and tokens[-1].casefold() in _words().roles:
        tokens.pop()
    rest = " ".join(tokens)
    return rest if is_person(rest) else name


def role_words(words: str) -> int:
    """How many words name a role ("staff", "reporter") or a body ("board")."""
    roles = _words().roles | _words().role_words | _words().body_heads
    return sum(word in roles for word in _lower_words(words))


def _all_roles(words: str) -> bool:
    return all(word in _words().roles for word in _lower_words(words))


def _lower_words(words: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", words.casefold())


def _is_other(piece: str) -> bool:
    """A role, a desk, an agency or an outlet."""
    bare = piece.strip(" .()")
    if bare.casefold() in _words().desks or agency_named(bare) or is_outlet(bare):
        return True
    tokens = _lower_words(bare)
    if tokens and all(token in _words().roles for token in tokens):
        return True
    if 2 <= len(tokens) <= 5 and bare[0].isupper() and bare.casefold().endswith(_words().role_heads):
        return True
    # "Quillbay Ledger Staff Writer", "The Associated Press writer"
    head = re.split(
        r"\s(?i:staff|senior|chief|political|foreign|correspondent|reporter|writer|editor)\b", bare, maxsplit=1
    )
    return len(head) == 2 and (is_outlet(head[0]) or agency_named(head[0]) is not None)


def read_people(rest: str, printed: str) -> Byline | None:
    """The people of a byline without its opener, or null where it is none after all."""
    rest = re.sub(r"\s?[\[(<]?[\w.+-]+@[\w.-]+[\])>]?|\s@\w+", "", rest).strip(" ,|-–—")
    agency = None
    bracket = re.search(r"\s?\(([^()]+)\)$", rest)
    if bracket:
        agency = agency_named(bracket[1])
        if not _is_other(bracket[1]) and agency is None:
            return None
        rest = rest[: bracket.start()]
    authors: list[str] = []
    known = bool(agency)
    for raw in _SPLIT.split(rest):
        piece = raw.strip()
        if not piece:
            continue
        where = _PLACE.search(piece)
        name = re.split(r"\s(?:for|of)\s(?=(?:the\s)?[A-Z])", piece[: where.start()] if where else piece)[0].strip()
        name = without_role(name)
        agency = agency or agency_named(name) or agency_named(piece)
        if (is_person(name) or _is_named_as_day(name)) and not _is_other(name):
            authors.append(readable(name))
            known = True
        elif _is_other(name) or _is_other(piece) or (name[0].isupper() and is_organization(name)):
            known = True
        elif not (known and _is_appendix(piece)):
            return None
    return Byline(printed, tuple(dict.fromkeys(authors)), agency) if known else None


def _is_named_as_day(words: str) -> bool:
    """Whether words behind "By" are the name of somebody called after a day: "Sunday Obi", not "Sunday Evening"."""
    day, _, rest = words.partition(" ")
    named = day.istitle() and day.lower() in weekdays() and rest.casefold() not in _words().parts_of_days
    return named and is_person(f"Ada {rest}")


def _is_appendix(piece: str) -> bool:
    """A place or an unknown outlet after the name: a few capitalised words."""
    tokens = piece.split()
    return len(tokens) <= 4 and all(token[0].isupper() or token.casefold() in _words().particles for token in tokens)


def continues_byline(words: str, before: str) -> bool:
    """Whether a line goes on with the byline of the line before it: "and Tam Okoro", or a name behind a comma."""
    opener = _AND.match(words)
    rest = words[opener.end() :] if opener else words
    if not rest:
        return True
    is_open = opener is not None or _OPEN_END.search(before) is not None or _AND.fullmatch(before) is not None
    pieces = [piece for piece in _SPLIT.split(rest[:LONGEST]) if piece]
    return is_open and bool(pieces) and all(is_person(piece) or _is_other(piece) for piece in pieces)


def _ends_abbreviated(rest: str) -> bool:
    last = rest.split()[-1].strip(".").casefold()
    return last in _SUFFIX or len(last) == 1 or rest.count(".") > 1


def readable(name: str) -> str:
    """A name in capitals as a reader writes it ("ORLA MCVENN" → "Orla Mcvenn" would guess: only plain words change)."""
    if not name.isupper():
        return name.strip(" ,")
    return " ".join(
        word if len(word.strip(".")) == 1 or "." in word else "-".join(part.capitalize() for part in word.split("-"))
        for word in name.split()
    )
