"""What the words right beside a person's name tell of its bearer: an age, whose relative it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.name_words import titles

_AGE = re.compile(r"(?:,[ \u00a0]|[ \u00a0]\()(?P<age>[1-9]\d?|1[01]\d)[,.;)]")
_OF = r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Ww]hose)|\w[’']s?)\s+(?:\w+\s+){0,2}"
#: What stands before the name of a child or of the younger of two, and of a parent or of the older.
_YOUNGER = re.compile(
    rf"(?:{_OF}(?:son|daughter|grandson|granddaughter|stepson|stepdaughter|nephew|niece),?|\b[Tt]he\s+younger)\s+\Z"
)
_OLDER = re.compile(
    rf"(?:{_OF}(?:father|mother|grandfather|grandmother|stepfather|stepmother|uncle|aunt),?|\b[Tt]he\s+elder)\s+\Z"
)
_REACH = 50


@dataclass(frozen=True, slots=True)
class NameContext:
    """What stands beside a name.

    `kin` says that it is introduced as somebody's relative ("his wife, Ada Quill"), `generation` that as a child or the
    younger (-1: "his son, Ben", "the younger Quill") or as a parent or the older (1: "the elder Quill"). `age` is the
    one behind it ("Quill, 48,").
    """

    kin: bool = False
    generation: int = 0
    age: int | None = None


def name_context(text: str, start: int, end: int) -> NameContext:
    """What the words beside the name from `start` to `end` tell."""
    low = max(0, start - _REACH)
    age = _AGE.match(text, end)
    generation = bool(_OLDER.search(text, low, start)) - bool(_YOUNGER.search(text, low, start))
    return NameContext(
        kin=_kin().search(text, max(0, start - 40), start) is not None,
        generation=generation,
        age=int(age["age"]) if age else None,
    )


@cache
def _kin() -> re.Pattern[str]:
    """What ends in a relative: "his wife, ", "her late husband ", right before a name."""
    return re.compile(rf"\b(?:[Hh]is|[Hh]er|[Tt]heir)\s+(?:\w+\s+)?(?:{'|'.join(sorted(titles().kin))}),?\s+\Z")
