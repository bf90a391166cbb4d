"""Datelines: where, and sometimes when and by which agency, a story was filed, before its first sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from onrecord.dates.written import DayOfYear, WrittenDate, full_dates, month_number, yearless_date
from onrecord.lexicon.outlets import agencies_in, agency_named, is_outlet
from onrecord.lexicon.territories import country_names
from onrecord.lexicon.word_lists import word_list

#: A dateline is over by this character, or there is none.
LONGEST = 130

_SEPARATOR = re.compile(r"\s*(?:(?<=[\w).])[-–—―]{1,3}(?=\s|[A-Z\"“‘'])(?<!\w-(?=\w))|\s[-–—―]{1,3}(?=\S|\s)|:)\s*")
_BRACKETS = re.compile(r"(?:[(\[]([^()\[\]]{2,60})[)\]]?|\s/([^/]{2,40})/)\s*$")
_PLACE_WORD = re.compile(r"[^\W\d_][\w.'’-]*$")
_SMALL = frozenset(
    {
        "de",
        "da",
        "do",
        "del",
        "la",
        "el",
        "al",
        "of",
        "the",
        "es",
        "sur",
        "le",
        "and",
        "on",
        "upon",
        "den",
        "in",
        "au",
        "aux",
    }
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at the head of `words[:end]`; `printed` without the dash or colon that ends it."""

    end: int
    printed: str
    located: str | None
    agency: str | None = None
    date: WrittenDate | None = None
    day: DayOfYear | None = None


@dataclass(frozen=True, slots=True)
class _Places:
    cities: frozenset[str]
    countries: frozenset[str]
    no_places: frozenset[str]
    regions: frozenset[str]


@cache
def places() -> _Places:
    """The data of `places.yaml` and the countries, for looking up by `fold`."""
    data = word_list("places.yaml")
    return _Places(
        cities=frozenset(fold(city) for city in data["cities"]),
        countries=frozenset(fold(name) for name, _ in country_names()),
        no_places=frozenset(word.casefold() for word in data["no_places"]),
        regions=frozenset(fold(region) for region in data["regions"]),
    )


def fold(words: str) -> str:
    """`words` without case, accents and full stops, for looking up."""
    decomposed = unicodedata.normalize("NFKD", words.casefold().replace(".", "").replace("’", "'"))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def is_city(words: str) -> bool:
    """Whether `words` are a city that news is filed from."""
    return fold(words) in places().cities


def find_dateline(words: str, *, bare_colon: bool = True) -> Dateline | None:
    """The dateline that `words` begin with, or null. `bare_colon`: whether "CITY:" alone will do."""
    head = words[:LONGEST]
    # The last sign first: "EASTMERE - 17 July 2022: The bridge ..." has two.
    for separator in reversed(list(_SEPARATOR.finditer(head))):
        colon = separator[0].strip() == ":"
        found = _read(head[: separator.start()], colon=colon)
        if found and (bare_colon or not colon or found.agency or found.date or found.day):
            end = separator.end() if separator.end() < len(head) or len(words) <= LONGEST else separator.start(0)
            return Dateline(end, found.printed, found.located, found.agency, found.date, found.day)
    return None


def lone_dateline(words: str) -> Dateline | None:
    """A line that is nothing but a dateline ("BAGHDAD (Reuters)", "Baghdad, Iraq"), its place a known city."""
    bare = words.rstrip(" -–—―:")
    if len(bare) > 60:
        return None
    found = _read(bare, colon=True)
    if found is None or not (found.agency or is_city(bare.split(",")[0])):
        return None
    return Dateline(len(words), found.printed, found.located, found.agency, found.date, found.day)


def _read(head: str, *, colon: bool) -> Dateline | None:
    """`head`, the words before a separator, as a dateline: places, then date, then agency, each optional but one."""
    printed = head.strip(" *_")
    rest, source = printed, None
    brackets = _BRACKETS.search(rest)
    if brackets:
        source, rest = brackets[1] or brackets[2], rest[: brackets.start()].rstrip(" ,")
    agency = _agency(source)
    if source and agency is None and not full_dates(source):
        if not _is_source(source):
            return None
        agency = None if _is_region(source) or is_outlet(source) else source
    rest, date, day, trailing = _cut_date(rest)
    if source and not (date or day):
        dates = full_dates(source)
        date = dates[0] if dates else None
    if trailing:
        if any(word.isalpha() and word.islower() and word not in _SMALL for word in trailing.split()):
            return None  # a sentence with a colon: "Jun 3 2022 (IPS) - Orla Venn counts her losses: ..."
        agency = agency or _agency(trailing)
        if agency is None and not is_outlet(trailing):
            if not trailing.isupper():
                return None
            agency = trailing
    where = [piece.strip() for piece in re.split(r"[,/&]|\band\b", rest) if piece.strip()]
    evidence = bool(source or date or day)
    outlet = bool(where) and (is_outlet(where[0]) or agency_named(where[0]) is not None)
    if not where:
        # "Dec 29 (Reuters) -": no place at all.
        return Dateline(0, printed, None, agency, date, day) if agency and not colon else None
    if len(where) > 4 or not all(_is_place(piece) for piece in (where[1:] if outlet else where)):
        return None
    if not (evidence or (outlet and not colon and len(where) == 1) or _stands_alone(where, colon=colon)):
        return None
    agency = agency or (agency_named(where[0]) if outlet else None)
    located = None if outlet else _readable_place(where[0])
    return Dateline(0, printed, located, agency, date, day)


def _is_source(words: str) -> bool:
    """Whether words in brackets can be a source that is not known: a few capitalised words, or initials."""
    tokens = words.split()
    return len(tokens) <= 4 and all(token[0].isupper() or token in _SMALL for token in tokens) and words[-1].isalnum()


def _is_region(words: str) -> bool:
    return fold(words) in places().countries | places().regions | places().cities


def _agency(words: str | None) -> str | None:
    if not words:
        return None
    named = agency_named(words)
    if named:
        return named
    within = agencies_in(words)
    return within[0] if len(within) == 1 else None


def _cut_date(rest: str) -> tuple[str, WrittenDate | None, DayOfYear | None, str]:
    """`rest` without its date: the places before it, the date with or without year, the source after it."""
    dates = full_dates(rest)
    if len(dates) == 1:
        return rest[: dates[0].start].rstrip(" ,-–—(:"), dates[0], None, rest[dates[0].end :].strip(" ,.")
    day = yearless_date(rest)
    if day is None:
        return rest, None, None, ""
    tokens = list(re.finditer(r"[\w’']+\.?", rest))
    at = [i for i, token in enumerate(tokens) if month_number(token[0])]
    if not at:
        return rest, None, None, ""
    first = last = at[0]
    while last + 1 < len(tokens) and tokens[last + 1][0][0].isdigit():
        last += 1
    while first > 0 and tokens[first - 1][0][0].isdigit():
        first -= 1
    return rest[: tokens[first].start()].rstrip(" ,-–—(:"), None, day, rest[tokens[last].end() :].strip(" ,.")


def _is_place(piece: str) -> bool:
    tokens = piece.split()
    if not 1 <= len(tokens) <= 5 or piece.casefold() in places().no_places:
        return False
    for i, token in enumerate(tokens):
        if not _PLACE_WORD.fullmatch(token):
            return False
        if token[0].islower() and (i == 0 or token not in _SMALL):
            return False
    return True


def _stands_alone(where: list[str], *, colon: bool) -> bool:
    """Whether the places alone make a dateline: the first in capitals, or a known city."""
    first = where[0]
    if is_city(first):
        return True
    letters = [c for c in first if c.isalpha()]
    capitals = len(letters) >= 4 and first.upper() == first
    region = len(where) == 2 and fold(where[1]) in places().regions
    return capitals or (region and not colon)


def _readable_place(place: str) -> str:
    """A place in capitals as a reader writes it: "RIO DE JANEIRO" → "Rio de Janeiro"; others unchanged."""
    if place != place.upper() or place.count(".") > 0:
        return place
    words = []
    for i, word in enumerate(place.split(" ")):
        pieces = [
            p.lower() if p.lower() in _SMALL and (i or j) else p.capitalize() for j, p in enumerate(word.split("-"))
        ]
        words.append("-".join(pieces))
    return " ".join(words)
