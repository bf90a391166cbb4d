"""Roles beside a person's name: titles before it and appositions around it, with their exact spans.

"State Department Spokesman Lee Marsh", "Tarnia's prime minister, Olan Reth, said", "Lee Marsh, a senior aide to the
leader of the Tarn Brigade, told". The word lists are in `titles.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.lexicon.name_words import title_key, titles
from onrecord.names.appositions import appositions
from onrecord.names.titled import POSSESSIVE, Before, before, border_before

_OWNED = re.compile(r"(?:['’]s?)?\s")


@dataclass(frozen=True, slots=True)
class Role:
    """A role given for the person `local_id` at `start`..`end` of the article's text; `text` has single spaces."""

    text: str
    start: int
    end: int
    local_id: int


def beside(text: str, start: int, end: int, previous: tuple[int, int] = (0, 0)) -> tuple[Before, list[tuple[int, int]]]:
    """Titles before the name at `start`..`end`, and bounds of all roles beside it.

    `previous` bounds the person named before: no title reaches into that name, but a role that is theirs takes it in
    whole ("Orr's lawyer").
    """
    titled = before(text, start, max(previous[1], border_before(text, start)))
    roles = [_with_owner(text, role, previous) for role in titled.roles]
    return titled, [r for r in roles if _says_whose(text, r)] + appositions(text, start, end)


def _says_whose(text: str, role: tuple[int, int]) -> bool:
    """Whether a role is more than "his brother": not by kinship, or with the name of the other."""
    words = role_text(text, role).split()
    return title_key(words[-1]) not in titles().kin or any(POSSESSIVE.search(w) for w in words[:-1])


def _with_owner(text: str, role: tuple[int, int], previous: tuple[int, int]) -> tuple[int, int]:
    """The role with the name right before it, whose it is: "Orr campaign manager", "Orr's lawyer"."""
    if previous[1] and _OWNED.fullmatch(text, previous[1], role[0]):
        return previous[0], role[1]
    return role


def role_words(text: str, bounds: Iterable[tuple[int, int]]) -> frozenset[str]:
    """The words of the roles at `bounds` with an office, a man or a woman in them, to tell people of one name apart.

    The prime minister and the minister of justice share one of theirs.
    """
    known = titles()
    found: set[str] = set()
    for bound in bounds:
        words = title_key(role_text(text, bound).replace(",", " ")).split()
        of = next((n for n, word in enumerate(words) if word == "of" and n and words[n - 1] in known.kin), len(words))
        if "and" not in words[of:]:  # "mother of two and prime minister"
            words = words[:of]  # "son of President Orr" is no president
        if any(w in known.offices or w in known.genders for w in words):
            words = [POSSESSIVE.sub("", w) for w in words]
            found.update(w for w in words if len(w) > 3 or w in known.offices or w in known.genders)
    return frozenset(found)


def role_text(text: str, bounds: tuple[int, int]) -> str:
    """The words at `bounds`, on one line."""
    return " ".join(text[bounds[0] : bounds[1]].split())
