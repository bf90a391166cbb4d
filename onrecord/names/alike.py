"""Compares two names of persons without context: parts left out, initials, nicknames, a letter's difference."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from onrecord.lexicon.name_words import fold
from onrecord.lexicon.nicknames import nickname_groups
from onrecord.names.parse import NameParts, name_tokens

#: Arabic particles before the name of a father or a family.
_DESCENT = frozenset({"al", "el", "bin", "ibn", "bint", "ben"})


def same_person(a: NameParts, b: NameParts) -> bool:
    """Whether two full names can be one person: the words of the shorter are all in the longer, in order.

    Initials stand for names, nicknames for given names; an initial in the middle for no family name: "Jane Morr" is not
    "Jane M. Orr". Different suffixes (Sr., Jr.) and different middle initials
    (Dan A. Orr, Dan C.A. Orr) part people of otherwise one name.
    """
    if len(a.tokens) == len(b.tokens) == 2 and not _same_word(a.tokens[1], b.tokens[1]) and a.tokens != b.tokens[::-1]:
        return False  # most pairs of an article that share a given name
    if a.suffix and b.suffix and fold(a.suffix) != fold(b.suffix):
        return False
    if _middles_differ(a, b) or _is_parent(a, b) or _is_parent(b, a):
        return False
    short, long = sorted((a.tokens, b.tokens), key=len)
    if not short:
        return False
    if len(short) == len(long) > 2 and short[:-1] == long[:-1] and _cut_short(short[-1], long[-1]):
        return True
    if len(long) == 2 and short == long[::-1]:
        return True  # "Higashi Keiko", "Keiko Higashi": Japanese and Hungarian names are printed both ways
    position = 0
    for place, word in enumerate(short):
        family = 0 < place == len(short) - 1
        while position < len(long) and not _same_word(word, long[position], family and position < len(long) - 1):
            position += 1
        if position == len(long):
            return False
        position += 1
    # "Orr" within "Jane Orr" needs another word to hold on to: an initial alone is none.
    return len(short) == 1 or any(len(word) > 1 for word in short[:-1]) or _same_word(short[0], long[0])


def _is_parent(child: NameParts, parent: NameParts) -> bool:
    """Whether a name is a given name before all of another's, as a child's is: "Omar" and "Karim bin Said al-Wari"."""
    if len(parent.tokens) < 3 or child.tokens[1:] != parent.tokens:
        return False
    joined = (name.partition("-")[0] for name in (*parent.middle, *parent.family) if "-" in name)
    descent = sum(fold(word.rstrip("-")) in _DESCENT for word in (*parent.particles, *joined))
    return descent > 1 and not nickname_groups(child.tokens[0]) & nickname_groups("muhammad")


def _middles_differ(a: NameParts, b: NameParts) -> bool:
    if a.family_first or b.family_first or not a.middle or not b.middle:
        return False
    first, second = fold(a.middle[0].strip(".")), fold(b.middle[0].strip("."))
    return min(len(first), len(second)) == 1 and first[0] != second[0]


def _same_word(a: str, b: str, spelt: bool = False) -> bool:
    """Whether two words of names are one; where `spelt`, `b` may not be the initial of `a`."""
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1] and not (spelt and len(b) == 1)
    return bool(nickname_groups(a) & nickname_groups(b))


@lru_cache(maxsize=4096)
def bare_family(family: str) -> str:
    """A family name as it is compared, without particles: "al-Wari" → "wari"."""
    return name_tokens(family.split())[-1][1]


def _cut_short(a: str, b: str) -> bool:
    """Whether two last words of otherwise equal full names differ by a letter or the lack of one."""
    return misspelt(a, b) or (min(len(a), len(b)) > 3 and (a == b[:-1] or b == a[:-1]))


def misspelt(a: str, b: str) -> bool:
    """Whether two family names are one but for a letter, as when an article is not consistent in a transliteration."""
    return min(len(a), len(b)) >= 6 and a[0] == b[0] and Levenshtein.distance(a, b, score_cutoff=1) <= 1
