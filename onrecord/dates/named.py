"""Days and months that are names: Teresa May, Sunday Obi, Monday Motors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.document.article import Span

_TIMES = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|"
    r"November|December"
)
_TIME = re.compile(rf"\b(?:{_TIMES})\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: A sentence that begins with a name, as its apposition or its verb shows: a day before a name has "on" or a comma.
_SUBJECT = re.compile(
    rf"(?:^|[.!?][\"”’)]*\s)\s*[\"“‘]?(?P<time>{_TIMES}) (?P<name>[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)?"
    r"(?:, (?:an?|the|who|whose|his|her|their|\d\d?)\b|"
    r"\s(?:told|tells|said|says|spoke|wrote|was|is|has|had|[a-z]+ed)\b)",
    re.MULTILINE,
)
_MONTH_NAME = re.compile(r"\b([A-Z]\w+|M(?:rs?|s)\.) (May|April|June|March|August)\b(?![ ,]+(?:the )?\d)")
#: Capitalised words that stand before a month at the head of a sentence or in a headline.
_LEADS_TO_MONTH = frozenset(
    {"In", "By", "Since", "Last", "This", "Next", "Until", "Till", "Early", "Late", "Mid", "From", "Of", "To", "On",
     "The", "And", "Or", "Every", "Each", "During", "Before", "After", "For", "Through", "Between", "Throughout", "A",
     "An", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)  # fmt: skip


def named_as_times(text: str, names: Sequence[Span]) -> frozenset[int]:
    """Where the days and months stand that are words of a name: of one of `names`, or of a sentence's subject."""
    found = {
        match.start()
        for name in names
        for match in _TIME.finditer(text, name.start, name.end)
        if _names_more(text, name)
    }
    return frozenset(
        found | {match.start("time") for match in _SUBJECT.finditer(text) if not _TIME.match(match["name"])}
    )


def _names_more(text: str, name: Span) -> bool:
    """Whether a name has a word that is no day or month."""
    return any(not _TIME.fullmatch(word) for word in _WORD.findall(text, name.start, name.end))


def people_named_as_months(text: str) -> frozenset[str]:
    """Month words that the article has after a first name or a title ("Orla May"), where they are people."""
    return frozenset(found[2] for found in _MONTH_NAME.finditer(text) if found[1] not in _LEADS_TO_MONTH)
