"""Captions: what the dump kept of a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.articles.line_rules import read_data

#: Longer than any caption; beyond it a paragraph is a paragraph.
LONGEST = 600

_CREDIT_AT_END = re.compile(
    r"[(\[](?P<credit>[^()\[\]]{2,140})[)\]]\W*$|(?:[.”\"]|\s[-–—|])\s?(?P<tail>[^.()\[\]]{2,80})\.?$"
)
_SLASHED = re.compile(r"(?:[\w.’' -]{2,50}|^)\s?[/|©]\s?[\w.’' -]{2,40}$")
_SAID = re.compile(r"\b(?:said|told|says|according to|added|announced)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”]")


@dataclass(frozen=True, slots=True)
class _Words:
    present: re.Pattern[str]
    marks: tuple[re.Pattern[str], ...]
    holders: re.Pattern[str]


@cache
def _words() -> _Words:
    data = read_data("caption_words.yaml")
    verbs = "|".join(re.escape(verb) for verb in sorted(set(data["verbs"]), key=len, reverse=True))
    settings = "|".join(re.escape(word) for word in sorted(data["settings"], key=len, reverse=True))
    holders = "|".join(re.escape(word) for word in sorted(data["holders"], key=len, reverse=True))
    return _Words(
        present=re.compile(rf"\b(?:{verbs})\b.*\b(?:{settings})\b"),
        marks=tuple(re.compile(mark["pattern"], re.IGNORECASE) for mark in data["marks"]),
        holders=re.compile(rf"\b(?:{holders})\b", re.IGNORECASE),
    )


def has_credit(words: str) -> bool:
    """Whether `words` end in a picture's credit: "(Ines Falk/Meridian Wire)", "(Ministry Handout via EPA)"."""
    match = _CREDIT_AT_END.search(words[-160:])
    if not match:
        return False
    if match["credit"]:
        return bool(_words().holders.search(match["credit"]) or _SLASHED.fullmatch(match["credit"]))
    tail = match["tail"]
    named = len(tail.split()) <= 8 and _words().holders.search(tail)
    return bool(named and (re.search(r"[/|©:]", tail) or re.match(r"(?i:photo|image|picture|credit|courtesy)", tail)))


def is_caption(words: str) -> bool:
    """Whether `words` say themselves that they are a caption, wherever they stand."""
    if len(words) > LONGEST or len(words.split()) < 3:
        return False
    if has_credit(words) and not (_QUOTED.search(words) and _SAID.search(words)):
        return True
    if _SAID.search(words) or _QUOTED.search(words):
        return False
    return len(words) <= 350 and any(mark.search(words) for mark in _words().marks)


def reads_like_caption(words: str) -> bool:
    """Whether a sentence that stands between headline and story reads like a caption: it shows, in the present."""
    if len(words) > 350 or _SAID.search(words) or _QUOTED.search(words):
        return False
    return bool(_words().present.search(words))
