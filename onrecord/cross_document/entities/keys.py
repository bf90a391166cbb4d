"""From a name to its key, its blocking keys and what else decides to which node a mention belongs.

All of it depends on the one name alone, so that a mention falls into the same node in whatever run it arrives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from rigour.names import remove_org_types
from rigour.text.translit import maybe_ascii as romanised

from onrecord.document.article import EntityType
from onrecord.document.words import LETTERS_OR_DIGITS
from onrecord.lexicon.nicknames import nickname_groups
from onrecord.lexicon.word_lists import word_list
from onrecord.names import territory_code

#: A name of more parts than this is compared by its first and last ones.
MAX_PARTS = 6

_POSSESSIVE = re.compile(r"['’]s?$")
_APOSTROPHE = re.compile(r"['’‘`ʼʿʾ]")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}", re.UNICODE)

#: Letters that decomposition leaves whole.
_LATIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


_SETS = (
    "articles_in_names",
    "particles",
    "compounding_prefixes",
    "role_stopwords",
    "company_words",
    "kind_words",
    "order_free_words",
    "generic_words",
    "place_prefixes",
    "title_words",
)


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The word lists of `entity_words.yaml`, with the space-separated ones as sets."""
    raw = word_list("entity_words.yaml")
    raw["common_names"] = frozenset(" ".join(raw["common_names"]).split())
    raw["fields"] = {name: frozenset(" ".join(lines).split()) for name, lines in raw["fields"].items()}
    raw["suffixes"] = {form: suffix for suffix, forms in raw["suffixes"].items() for form in forms}
    for name in _SETS:
        raw[name] = frozenset(raw[name])
    return dict(raw)


def fold(text: str) -> str:
    """Lower case, without accents and apostrophes: "Sa'adi" and "Saadi", "Erdoğan" and "Erdogan" are one."""
    if not text.isascii():
        text = romanised(text)
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN))
    return _APOSTROPHE.sub("", "".join(c for c in plain if not unicodedata.combining(c))).translate(_LATIN)


def tokens(name: str) -> list[str]:
    """The words of a name, folded. "U.S." is one word, "H. W." are two."""
    name = _POSSESSIVE.sub("", name.strip())
    name = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", name)
    return LETTERS_OR_DIGITS.findall(fold(name.replace("&", " and ")))


def person_parts(name: str) -> tuple[list[str], str]:
    """The parts of a person's name without articles, and its generational suffix ("" if none).

    >>> person_parts("Muen al-Kadhimi")
    (['muen', 'kadhimi'], '')
    >>> person_parts("King, Martin Luther, Jr.")
    (['martin', 'luther', 'king'], 'jr')
    """
    return _ordered_parts(name)


@lru_cache(maxsize=200_000)
def _cached_parts(name: str) -> tuple[tuple[str, ...], str]:
    lists = words()
    head, comma, rest = name.partition(",")
    suffix = ""
    if comma:
        after = tokens(rest)
        if after and after[-1] in lists["suffixes"]:
            suffix = lists["suffixes"][after.pop()]
        found = after + _spread(head)
    else:
        found = _spread(name)
    if len(found) > 2 and found[-1] in lists["suffixes"]:
        suffix = lists["suffixes"][found.pop()]
    kept = [t for i, t in enumerate(found) if not (t in lists["articles_in_names"] and i + 1 < len(found) and i > 0)]
    return tuple(kept or found), suffix


def _ordered_parts(name: str) -> tuple[list[str], str]:
    parts, suffix = _cached_parts(name)
    return list(parts), suffix


def _spread(name: str) -> list[str]:
    """Tokens of a person's name: "J.K." is two initials here."""
    return LETTERS_OR_DIGITS.findall(fold(_POSSESSIVE.sub("", name.strip()).replace(".", " ")))


_DIGRAPHS = (
    ("sch", "s"), ("tch", "j"), ("dzh", "j"), ("tsch", "j"), ("kh", "k"), ("gh", "k"), ("ch", "j"), ("zh", "j"),
    ("sh", "s"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("dj", "j"), ("hs", "s"), ("ts", "s"), ("tz", "s"), ("cz", "j"),
    ("ck", "k"), ("qu", "k"),
)  # fmt: skip
_SOUNDS = str.maketrans({"g": "k", "q": "k", "c": "k", "z": "s", "x": "s", "w": "v", "p": "b", "y": "i"})
_VOWELS = frozenset("aeiouhj")


@lru_cache(maxsize=400_000)
def skeleton(token: str) -> str:
    """The consonants of a word, with those as one that transliterations exchange. For blocking, never for a verdict.

    >>> skeleton("gaddafi") == skeleton("kadafi") == skeleton("qaddafi")
    True
    """
    text = token
    for digraph, sound in _DIGRAPHS:
        text = text.replace(digraph, sound)
    text = text.translate(_SOUNDS)
    first = "a" if text[:1] in "aeiou" else text[:1]
    out = [first]
    for letter in text[1:]:
        if letter in _VOWELS:
            continue
        if letter != out[-1]:
            out.append(letter)
    return "".join(out)


@dataclass(frozen=True, slots=True)
class NameKey:
    """What the resolver knows of one name of one type.

    `solitary`: too common to stand for one person over several articles. `blocks`: two names are compared only if
    they share one; those that start with `part:` need shared context as well. `generic`: a body that every country
    has; `country` is the one that the name itself gives.
    """

    key: str
    solitary: bool
    blocks: tuple[str, ...]
    generic: bool = False
    country: str | None = None


def name_key(name: str, entity_type: str) -> NameKey:
    """Key and blocking keys of a name; an empty key for a name without letters."""
    if entity_type == "PERSON":
        return _person_key(name)
    return _other_key(name, entity_type)


def _person_key(name: str) -> NameKey:
    parts, suffix = person_parts(name)
    key = " ".join(parts) + (f" {suffix}" if suffix else "")
    if not parts:
        return NameKey(fold(name).strip(), True, ())
    if len(parts) > MAX_PARTS:
        parts = parts[:3] + parts[-3:]
    bare = [p for p in parts if p not in words()["particles"]] or parts
    bones = [skeleton(p) for p in bare]
    titles = words()["fields"]["public"]
    solitary = all(p in titles or p in words()["title_words"] for p in bare) or (
        len(bare) == 1 and (len(bare[0]) < 2 or bare[0] in words()["common_names"])
    )
    blocks = {f"part:{bone}" for bone in bones if len(bone) > 1 or len(bones) == 1}
    if len(bones) > 1:
        blocks |= {"two:" + "+".join(sorted(pair)) for pair in combinations(bones, 2) if all(len(b) > 1 for b in pair)}
        blocks |= {f"first:{bones[0][:1]}+{bones[-1]}"} | {f"nick:{n}+{bones[-1]}" for n in nickname_groups(bare[0])}
        blocks.add("whole:" + skeleton("".join(bare)))
    return NameKey(key, solitary, tuple(sorted(blocks)))


def organisation_parts(name: str) -> list[str]:
    """The words of an organisation's or a place's name without article and legal form.

    >>> organisation_parts("The Acme Company Ltd.")
    ['acme']
    """
    found = tokens(name)
    if len(found) > 1 and found[0] == "the":
        found = found[1:]
    stripped = LETTERS_OR_DIGITS.findall(remove_org_types(" ".join(found), replacement="")) or found
    while len(stripped) > 1 and stripped[-1] in words()["company_words"]:
        stripped.pop()
    return stripped


def place_parts(name: str) -> list[str]:
    """The words of a place's name without article and "State of"."""
    found = tokens(name)
    if len(found) > 1 and found[0] == "the":
        found = found[1:]
    if len(found) > 2 and found[0] in words()["place_prefixes"] and found[1] == "of":
        found = found[2:]
    return found


def _other_key(name: str, entity_type: str) -> NameKey:
    parts = organisation_parts(name) if entity_type in ("ORG", "MISC") else place_parts(name)
    country, rest = _of_country(parts)
    generic = entity_type in ("ORG", "LOC") and all(p in words()["generic_words"] or p in _LINKING for p in rest)
    parts = rest if generic else parts
    if entity_type == "NORP" and parts:
        parts[-1] = _singular(parts[-1])
    key = " ".join(parts)
    if not parts:
        return NameKey(fold(name).strip(), True, ())
    blocks = {"name:" + "".join(parts)}
    content = [p for p in parts if p not in _LINKING]
    if len(content) > 1:
        blocks.add("words:" + "+".join(sorted(skeleton(p) for p in content)))
        blocks.add("core:" + "".join(p for p in content if p not in words()["kind_words"]))
        initials = "".join(p[0] for p in content)
        if entity_type != "NORP" and len(initials) > 2:
            blocks.add("part:acronym:" + initials)
    elif entity_type in ("ORG", "MISC"):
        blocks.add("core:" + (content[0] if content else key))
        if name.isupper() and 2 < len(parts[0]) < 8:
            blocks.add("part:acronym:" + parts[0])
    return NameKey(key, False, tuple(sorted(blocks)), generic, country if generic else None)


def _of_country(parts: list[str]) -> tuple[str | None, list[str]]:
    """The country that a body's name begins or ends with, and the other words: "Iraqi Interior Ministry"."""
    if len(parts) > 1 and (code := country_of(parts[0])):
        return code, parts[1:]
    if "of" in parts[1:-1]:
        at = len(parts) - 1 - parts[::-1].index("of")
        if code := country_of(" ".join(parts[at + 1 :]).removeprefix("the ")):
            return code, parts[:at]
    return None, parts


@lru_cache(maxsize=50_000)
def country_of(word: str) -> str | None:
    """The country that a folded name, demonym or adjective means ("iraqi", "iraq")."""
    return territory_code(word, EntityType.NORP) or territory_code(word, EntityType.LOC)


_LINKING = frozenset({"of", "the", "for", "and", "in", "on", "de", "la", "du", "des"})


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def role_words(roles: Iterable[str]) -> list[str]:
    """The words of roles that tell one holder from another, folded, sorted, each once."""
    stop = words()["role_stopwords"]
    found = {word for role in roles for word in tokens(role) if word not in stop and len(word) > 1}
    return sorted({f"@{code}" if (code := country_of(word)) else word for word in found})


def field_of(role_tokens: Iterable[str]) -> str:
    """The field of life that roles point to: the one with most words, "" where none or a tie."""
    have = set(role_tokens)
    counts = sorted(((len(have & listed), name) for name, listed in words()["fields"].items()), reverse=True)
    return counts[0][1] if counts[0][0] > counts[1][0] else ""
