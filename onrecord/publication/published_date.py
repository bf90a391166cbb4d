"""The date of publication and what it rests on: metadata, the likeliest printed date, the address, a dateline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.dates.written import DayOfYear, full_dates, is_day_line, weekday_number, yearless_date
from onrecord.document.article import STORY_KINDS, BlockKind, DateMethod, Metadata, Precision
from onrecord.files.source import make_date
from onrecord.layout.dateline import Dateline
from onrecord.learned import load_trees
from onrecord.publication.date_candidates import DateCandidate, date_candidates

#: The file that weighs printed dates (`training/publication_dates.py`).
DATES = "dates.onnx"
#: A printed date is given from this probability on.
LIKELY = 0.6
#: A printed date and an address may differ by a day: time zones.
_ZONES = 1
#: A story appears within so many days of the day that its dateline gives.
_MONTH = 31
_URL_DATE = re.compile(r"(?<!\d)(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?!\d)|(?<![\w])(\d{4})(\d{2})(\d{2})(?![\w])")
_URL_MONTH = re.compile(r"/(\d{4})/(\d{1,2})(?=/)(?!/\d{1,2}(?!\d))")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_OTHER_WEEK = re.compile(r"\b(?:last|next|every|each|previous|following|coming|a|the)\s(?:week\s)?$", re.IGNORECASE)
_ARCHIVE = re.compile(r"\b(?:file|archive)\b", re.IGNORECASE)

Words = Sequence[tuple[BlockKind, str]]


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """A date of publication, how precise it is and where it comes from; all null where nothing gives it."""

    date: dt.date | None = None
    precision: Precision | None = None
    method: DateMethod | None = None


def published_date(words: Words, known: Metadata, url: str | None, dateline: Dateline | None) -> PublishedDate:
    """The date of publication, the most trusted evidence first; `words` are the blocks with what a person reads.

    A printed date gives way to one in the article's address that contradicts it: of 46 addresses of the gold pages that
    have a day or a month, all were right.
    """
    if known.date_published:
        return PublishedDate(known.date_published, known.date_published_precision or Precision.DAY, DateMethod.METADATA)
    likeliest, address = _likeliest(words), _from_url(url)
    printed = _header(likeliest) if likeliest and not _contradicts(likeliest, words, dateline) else None
    if printed and address and not _agree(printed, address):
        return address
    if printed or (address and address.precision is Precision.DAY):
        return printed or address or PublishedDate()
    return _from_dateline(dateline) or _from_weekday(words) or address or PublishedDate()


def _likeliest(words: Words) -> DateCandidate | None:
    """The date that the page prints for its story; null where none is likely."""
    candidates = date_candidates(words)
    if not candidates:
        return None
    model = load_trees("onrecord.publication", DATES)
    found = model.probabilities(model.rows([candidate.features for candidate in candidates])).tolist()
    best = max(range(len(candidates)), key=found.__getitem__)
    return candidates[best] if found[best] >= LIKELY else None


def _header(candidate: DateCandidate) -> PublishedDate:
    return PublishedDate(candidate.written.date, candidate.written.precision, DateMethod.HEADER)


def _contradicts(candidate: DateCandidate, words: Words, dateline: Dateline | None) -> bool:
    """Whether a date below the story's beginning is of another season than the day that its head prints without a year.

    The day stands in the dateline ("MILLROW, May 4 (SWN) -") or on a line of its own ("Tuesday, May 4").
    """
    headline = next((i for i, (kind, _) in enumerate(words) if kind is BlockKind.HEADLINE), 0)
    first = next((i for i, (kind, _) in enumerate(words) if kind in STORY_KINDS and i > headline), len(words))
    if candidate.block < first or candidate.written.precision is not Precision.DAY:
        return False
    lines = [line for _, line in words[headline + 1 : first] if is_day_line(line)]
    days = [day for line in [*lines, dateline.printed if dateline else ""] if (day := yearless_date(line))]
    return bool(days) and all(_is_far(candidate.written.date, day) for day in days)


def _is_far(date: dt.date, day: DayOfYear) -> bool:
    """Whether no such day of any year lies within a month of a date."""
    near = (day.in_year(date.year + step) for step in (-1, 0, 1))
    return all(other is None or abs((other - date).days) > _MONTH for other in near)


def _agree(printed: PublishedDate, address: PublishedDate) -> bool:
    if printed.date is None or address.date is None:
        return True
    if Precision.MONTH in (printed.precision, address.precision):
        return (printed.date.year, printed.date.month) == (address.date.year, address.date.month)
    return abs((printed.date - address.date).days) <= _ZONES


def _from_url(url: str | None) -> PublishedDate | None:
    """/2015/10/05/ or /2015/10/ in the address; never an impossible date, nor one of several."""
    if not url:
        return None
    path = re.sub(r"^(?:https?://)?[^/]+", "", url).split("?")[0]
    dates = set()
    for match in _URL_DATE.finditer(path):
        year, month, day = (int(group) for group in match.groups() if group)
        dates.add(make_date(year, month, day) if year >= 1990 else None)
    date = dates.pop() if len(dates) == 1 else None
    if date:
        return PublishedDate(date, Precision.DAY, DateMethod.URL)
    found = _URL_MONTH.search(path)
    date = make_date(int(found[1]), int(found[2]), 1) if found and int(found[1]) >= 1990 else None
    return PublishedDate(date, Precision.MONTH, DateMethod.URL) if date else None


def _from_dateline(dateline: Dateline | None) -> PublishedDate | None:
    if dateline is None or dateline.date is None:
        return None
    return PublishedDate(dateline.date.date, Precision.DAY, DateMethod.DATELINE)


def _from_weekday(words: Words) -> PublishedDate | None:
    """The day after a dated caption that the story's first paragraph names by its weekday.

    News is published on the day that its lead tells of. The picture is from at most six days before it, so the
    weekday fits one day only; two weekdays in the lead, or a picture from the archive, and nothing is inferred.
    """
    captions = {
        written.date
        for kind, line in words
        if kind is BlockKind.CAPTION and not _ARCHIVE.search(line)
        for written in full_dates(line)
    }
    lead = next((line for kind, line in words if kind is BlockKind.ALTERNATIVE_HEADLINE and _weekdays(line)), None)
    lead = lead or " ".join([line for kind, line in words if kind in STORY_KINDS][:2])
    days = _weekdays(lead)
    if len(captions) != 1 or len(days) != 1:
        return None
    taken = captions.pop()
    date = taken + dt.timedelta(days=(days.pop() - taken.weekday()) % 7)
    return PublishedDate(date, Precision.DAY, DateMethod.INFERRED) if date != taken else None


def _weekdays(line: str) -> set[int]:
    days = set()
    for match in _WEEKDAY.finditer(line):
        number = weekday_number(match[0])
        if number is not None and not _OTHER_WEEK.search(line[max(0, match.start() - 12) : match.start()]):
            days.add(number)
    return days
