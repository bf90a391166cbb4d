"""How alike two parts of names are: spellings of one sound, variants of one given name, initials, slips of the pen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from onrecord.cross_document.entities.keys import skeleton, words
from onrecord.lexicon.nicknames import nickname_groups

#: Spellings that one sound has when a name is written in Latin letters, applied in order to a folded word. The left
#: side is what newspapers print, the right side the spelling that stands for all. Longest first.
_SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"tsch|tch|ch|tj|dj|dzh|zh|cz|j(?=[aeiou])", "j"),  # Chiang, Jiang; Djamel, Jamel; Tchaikovsky
        (r"sch|sh|x|hs(?=[iu])", "s"),  # Shoigu, Schoigu; Xi, Hsi
        (r"ts|tz|z|ss", "s"),  # Zelensky, Selenskyj
        (r"kh|gh|ck|qu|q|g(?=[adfouhk])|k", "k"),  # Gaddafi, Qaddafi, Kadafi
        (r"c(?![eiy])", "k"),
        (r"c", "s"),
        (r"dh|th|d+|t+", "t"),  # Kadhimi, Kademi; Laden, Ladin
        (r"ph|v|w|f+", "f"),  # Wolodymyr, Volodymyr; Popov, Popoff
        (r"(?<=.)h", ""),  # Husseini, Hussaini; Mohamed
        (r"iy$|yi$|yy$|yj$|ij$|ey$|ei$|y$|j$|ii$|ie$", "i"),  # Zelenskyy, Zelensky, Zelenskij
        (r"ou|oo|u|o+", "u"),  # Mahmoud, Mahmood; Usama, Osama
        (r"ai|ay|ei|ey|ee|ie|y|i+", "i"),  # Hussein, Hussain
        (r"a+", "a"),
        (r"(.)\1+", r"\1"),
    )
)


#: Vowels that spellings of one name exchange, but at its beginning.
_UNSTABLE = re.compile(r"(?<=.)[aei]")


@lru_cache(maxsize=400_000)
def sounded(word: str) -> str:
    """The word in one spelling for all transliterations of it, vowels kept in four classes.

    >>> sounded("zelenskyy") == sounded("zelensky") == sounded("selenskyj")
    True
    """
    text = word
    for pattern, to in _SPELLINGS:
        text = pattern.sub(to, text)
    return text


def sound_alike(a: str, b: str) -> bool:
    """Whether two sounded words are one: a short e stands for a or i.

    >>> sound_alike(sounded("mohammed"), sounded("muhammad")), sound_alike(sounded("jamal"), sounded("jamil"))
    (True, False)
    """
    if a == b:
        return True
    return len(a) == len(b) > 3 and all(
        x == y or (x in "aei" and y in "aei" and "e" in (x, y)) for x, y in zip(a, b, strict=True)
    )


def seed_of(entity_type: str, key: str) -> str:
    """A key in one spelling for all spellings of it: what an entity's id is made of."""
    return (
        " ".join(sorted(_UNSTABLE.sub("", sounded(part)) for part in key.split())) if entity_type == "PERSON" else key
    )


def _two_names(a: str, b: str) -> bool:
    """Whether each is a name of its own: Mario and Maria, Daniel and Daniela are no slips of the pen."""
    if len(a) > 4 and a.rstrip("ao") == b.rstrip("ao"):
        return True
    return all(word in words()["common_names"] or nickname_groups(word) for word in (a, b))


#: Why two words are near that are each a name of its own: alike enough to ask, never enough to join two entities.
OTHER_NAME = "near another name"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two words are, 0 to 1, and why."""

    score: float
    why: str


@lru_cache(maxsize=1_000_000)
def likeness(a: str, b: str) -> Likeness:
    """Likeness of two folded words of a name, in either order.

    1 the same; 0.95 one name in two spellings; 0.9 forms of one given name (Bill, William); 0.7 to 0.88 a slip of
    the pen, by how much of the word it leaves; 0.8 an initial; else 0.
    """
    if a > b:
        a, b = b, a
    if a == b:
        return Likeness(1.0, "same")
    if len(a) == 1 or len(b) == 1:
        return Likeness(0.8, "initial") if a[0] == b[0] else Likeness(0.0, "other initial")
    if sound_alike(sounded(a), sounded(b)):
        return Likeness(0.95, "transliteration")
    if nickname_groups(a) & nickname_groups(b):
        return Likeness(0.9, "short form")
    near = max(OSA.normalized_similarity(a, b), OSA.normalized_similarity(sounded(a), sounded(b)))
    if near >= 0.8 or (near >= 0.6 and skeleton(a) == skeleton(b)):
        other = _two_names(a, b) or sounded(a)[:1] != sounded(b)[:1]
        return Likeness(0.5 + 0.4 * near, OTHER_NAME if other else "near")
    return Likeness(0.5 * near, "different")
