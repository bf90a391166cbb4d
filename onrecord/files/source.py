"""What is read: a decoded text, and what is known of it from beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from enum import StrEnum

#: Years that a date of publication, or a caption, may lie in. Reading knows no clock: a later year is one of another
#: era. Bikram Sambat, by which papers of Nepal date, runs 57 years ahead: the first pages of the web are of its 2051.
FIRST_YEAR, LAST_YEAR = 1700, 2050


class Precision(StrEnum):
    """How much of a calendar date is known; the rest is filled with the first of the month or year."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a source from beside its text: from a metadata file, or from the fields of its row or page.

    It is believed over the text.
    """

    date_published: dt.date | None = None
    date_published_precision: Precision | None = None
    url: str | None = None
    publisher: str | None = None
    agency: str | None = None
    headline: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    encoding: str | None = None
    withdrawn: bool = False

    def over(self, other: Metadata | None) -> Metadata:
        """What this says, and for what it leaves open what the other says."""
        if other is None:
            return self
        open_here = {field.name for field in fields(self) if getattr(self, field.name) == field.default}
        if self.date_published is not None:
            open_here.discard("date_published_precision")
        return replace(self, **{name: getattr(other, name) for name in open_here})


@dataclass(frozen=True, slots=True)
class Source:
    """What is read: a decoded text, and what is known of it from beside it."""

    text: str
    metadata: Metadata | None = None
    #: Keys of lines that stand in many articles of this publisher (`onrecord.cross_document.recurring_lines`).
    boilerplate: frozenset[int] = frozenset()


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """The calendar date, or null where there is none such or its year is out of range."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
