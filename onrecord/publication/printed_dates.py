"""The dates that a line prints in full, each with the words around it and how near words that label a date stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.dates.written import WrittenDate, full_dates, is_date_line, month_of_year
from onrecord.document.article import Precision

#: Of longer blocks only so many characters at each end are searched: a story's own date stands at an edge.
_EDGE = 300
#: Characters before a date, and behind it, that tell what the date is of.
_BEFORE, _AFTER = 48, 32
#: Words that say what a date is of, by sort.
LABELS = {
    name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    for name, words in {
        "published": r"publish\w*|posted|issued|released?|publication|created|written|filed|first|originally|date[ds]?|"
        r"current as of",
        "updated": r"updat\w+|modified|revised|changed|edited|refreshed|last",
        "reviewed": r"review\w*|checked|verified|approved|accepted|received|submitted|accessed|retrieved|consulted|"
        r"valid",
        "event": r"ends?|until|till|through|before|effective|expires?|join|register|starts?|begins?|due|deadline|from|"
        r"between|session|webinar|conference|event|as of|since|held|sign up|born|by the|valid",
        "copyright": r"copyright|©|\(c\)|rights reserved",
        "by": r"by|author|written by",
        "on": r"on|at|in",
        "count": r"ago|read|mins?|minutes?|views?|comments?|share",
    }.items()
}
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date in the block of that number, and the characters before and behind it."""

    block: int
    written: WrittenDate
    before: str
    after: str


def printed_in(block: int, line: str, day_first: bool | None) -> Iterator[PrintedDate]:
    """The dates of a line, in order; of a long one those near its ends. `day_first` as in `full_dates`."""
    if not _YEAR.search(line):
        return
    pieces = [(0, line)] if len(line) <= 2 * _EDGE else [(0, line[:_EDGE]), (len(line) - _EDGE, line[-_EDGE:])]
    for offset, piece in pieces:
        found = full_dates(piece, day_first=day_first)
        if not found and is_date_line(piece) and (month := month_of_year(piece)):
            found = [WrittenDate(0, len(piece), month, Precision.MONTH)]
        last = 0
        for written in found:
            before, after = piece[max(last, written.start - _BEFORE) : written.start], piece[written.end :][:_AFTER]
            last = written.end
            start, end = offset + written.start, offset + written.end
            yield PrintedDate(block, WrittenDate(start, end, written.date, written.precision), before, after)


def nearness(said: str) -> dict[str, float]:
    """How near the end of `said` words of each sort stand: 1 right at the end, 0 nowhere."""
    ends = {
        name: max((match.end() for match in pattern.finditer(said)), default=None) for name, pattern in LABELS.items()
    }
    return {name: 0.0 if end is None else 8 / (8 + len(said) - end) for name, end in ends.items()}
