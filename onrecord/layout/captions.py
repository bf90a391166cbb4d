"""Captions: what the dump kept of a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.outlets import agency_named
from onrecord.lexicon.word_lists import any_of, word_list

#: Longer than any caption; beyond it a paragraph is a paragraph.
LONGEST = 600

_BRACKETED = re.compile(r"[(\[](?P<credit>[^()\[\]]{2,140})[)\]][\W]*$")
_TAIL = re.compile(
    r"(?:[.”\"]|\s[-–—|])\s?(?:(?i:photo|image|picture|pic|photograph|credit|courtesy)s?(?:\s?[:/©|]|\s(?:by|courtesy|credit|via|of)\b)"
    r"[^.()\[\]]{2,70}|[\w’' -]{2,40}\s?[/|©]\s?[\w’' -]{2,40})\.?$"
)
_SLASHED = re.compile(r"(?:[\w.’' -]*[^\W\d_][\w.’' -]*)\s?[/|©]\s?[^\W\d_][\w.’'/ -]{1,50}$")
#: Finite verbs that a caption of the plain sort does not need.
_PERFECT = re.compile(r"\b(?:has|have|had|will|would|could|should)\b")
_SAID = re.compile(r"\b(?:said|told|says|according to|added|announced)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”]")


@dataclass(frozen=True, slots=True)
class _Words:
    present: re.Pattern[str]
    marks: tuple[re.Pattern[str], ...]
    holders: re.Pattern[str]
    no_subject: frozenset[str]
    no_beginning: frozenset[str]
    in_credits: frozenset[str]


@cache
def _words() -> _Words:
    data = word_list("caption_words.yaml")
    return _Words(
        present=re.compile(rf"\b(?:{any_of(set(data['verbs']))})\b.*\b(?:{any_of(data['settings'])})\b"),
        marks=tuple(re.compile(mark["pattern"], re.IGNORECASE) for mark in data["marks"]),
        holders=re.compile(rf"\b(?:{any_of(data['holders'])})\b", re.IGNORECASE),
        no_subject=frozenset(data["no_subject"]),
        no_beginning=frozenset(data["no_beginning"]),
        in_credits=frozenset(data["in_credits"]),
    )


def has_credit(words: str) -> bool:
    """Whether `words` end in a picture's credit: "(Ines Falk/Meridian Wire)", "(Ministry Handout via EPA)".

    An agency's bare name in brackets is none: so ends the last paragraph of many agency stories.
    """
    end = words[-160:]
    tail = _TAIL.search(end)
    if tail:
        return bool(_words().holders.search(tail[0])) and not re.search(r"https?:|www\.", tail[0])
    bracketed = _BRACKETED.search(end)
    if not bracketed:
        return False
    credit = bracketed["credit"]
    tokens = credit.split()
    if len(tokens) > 14 or not all(
        token[0].isupper() or not token[0].isalpha() or _is_small(token) for token in tokens
    ):
        return False
    return bool(_SLASHED.fullmatch(credit)) or (bool(_words().holders.search(credit)) and agency_named(credit) is None)


def _is_small(token: str) -> bool:
    return token.strip(".,:;/").casefold() in _words().in_credits


def ends_in_agency(words: str) -> bool:
    """Whether `words` end in an agency's name in brackets: a caption's credit, or the end of an agency's story."""
    bracketed = _BRACKETED.search(words[-160:])
    return bool(bracketed and agency_named(bracketed["credit"]))


def tells(words: str) -> bool:
    """Whether `words` report speech, as a story does and a caption hardly ever."""
    return bool(_SAID.search(words) or _QUOTED.search(words))


def is_caption(words: str) -> bool:
    """Whether `words` say themselves that they are a caption, wherever they stand."""
    if len(words) > LONGEST or len(words.split()) < 3 or words[0] in "-–—•*":
        return False
    if has_credit(words) and not (_QUOTED.search(words) and _SAID.search(words)):
        return True
    if tells(words):
        return False
    return len(words) <= 350 and any(mark.search(words) for mark in _words().marks)


def reads_like_caption(words: str) -> bool:
    """Whether a sentence that stands between headline and story reads like a caption: it shows, in the present."""
    if len(words) > 350 or tells(words):
        return False
    if ends_in_agency(words):
        return True
    verb = _words().present.search(words)
    if not verb or words.endswith((":", "?", "!")) or _PERFECT.search(words):
        return False
    subject = words[: verb.start()].split()
    if not subject or subject[0].casefold() in _words().no_beginning:
        return False
    return 1 <= len(subject) <= 16 and not any(word.casefold() in _words().no_subject for word in subject)
