"""Who published an article, and which agency it came from: from its address and its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import tldextract

from onrecord.document.article import SITE_KINDS, STORY_KINDS, BlockKind
from onrecord.layout.byline import is_person, read_byline, unopened_byline
from onrecord.layout.dateline import find_dateline, is_city
from onrecord.layout.field_lines import count_fields, field_of
from onrecord.lexicon.outlets import agencies_in, agency_named, is_outlet, outlets

_CAPITALISED = r"[A-Z](?:[\w&’'-]|\.(?=\w))*"
_NAME = rf"(?:[Tt]he\s)?{_CAPITALISED}(?:\s(?:of|and|&|the|de|{_CAPITALISED})){{0,5}}"
_NAMED = re.compile(_NAME)
_TOLD = re.compile(rf"\b(?:told|tells|interview with|statement to|speaking to|spoke to)\s({_NAME})")
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|[Cc]opyright)\s*(?:©\s*)?(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?)?[\s,]*(?:by\s)?({_NAME})"
)
_PROMOTED = re.compile(
    rf"\b(?i:watch|follow|subscribe to|sign up for|download|support|join|read more (?:on|at|from|in)|"
    rf"more (?:from|on)|like|visit)\s({_NAME}?)"
    r"(?:[’']s?\b|\s(?i:on|app|newsletter|documentary|channel|today|for)\b|:|$)"
)
_STORY = STORY_KINDS | {BlockKind.ALTERNATIVE_HEADLINE, BlockKind.HEADLINE}

#: The blocks of an article, each with what a person reads of it.
Lines = Sequence[tuple[BlockKind, str]]

_TRAILING = re.compile(r"[’']s?$|(?:\s(?:of|and|the|de|&))+$")


@cache
def _extract() -> tldextract.TLDExtract:
    # The list inside the package: no download, no cache on disk.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def publisher_of(url: str | None, text: str, lines: Lines) -> str | None:
    """The outlet, from the article's address and the page's own words; its domain where no name is known.

    >>> publisher_of("https://www.themoscowtimes.com/2015/10/05/a50071", "", ())
    'The Moscow Times'
    """
    host, domain, name = _host(url) if url else ("", "", "")
    known = outlets().hosts
    if host in known or domain in known:
        return known.get(host) or known.get(domain)
    told, printed = publisher_in_text(lines) or _in_fields(lines) or _in_title(lines), _printed(name, text)
    if told and printed and _key(told) == _key(printed):
        return told
    return printed or _spelled(name, text) or told or domain or None


def site_of(url: str | None, publisher: str | None) -> str | None:
    """Whose page it is, however the page spells its name: the domain of its address; the publisher where there is none.

    >>> site_of("https://www.themoscowtimes.com/2015/10/05/a50071", "Moscow Times")
    'themoscowtimes.com'
    """
    return (_host(url)[1] if url else "") or publisher


def _host(url: str) -> tuple[str, str, str]:
    """The host without "www.", its registered domain, and the domain's own label."""
    parts = _extract()(url)
    host = ".".join(part for part in (parts.subdomain, parts.domain, parts.suffix) if part).removeprefix("www.")
    if parts.suffix:
        return host, f"{parts.domain}.{parts.suffix}", parts.domain
    # An ending that the list does not know: the label before it is the domain's.
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return host, "", ""
    return host, ".".join(labels[-2:]), labels[-2]


def _printed(domain: str, text: str) -> str | None:
    """The outlet's name as the text prints it: capitalised words that spell the domain ("quillbayledger")."""
    squashed = re.sub(r"[^a-z0-9]", "", domain.casefold())
    if len(squashed) < 5:
        return None
    for match in re.finditer(_NAME, text[:200_000]):
        words = match[0].split()
        for length in range(len(words), 0, -1):
            candidate = _TRAILING.sub("", " ".join(words[:length]))
            letters = re.sub(r"[^a-z0-9]", "", candidate.casefold())
            if letters in (squashed, f"the{squashed}") and (length > 1 or is_outlet(candidate)):
                named = candidate if squashed.startswith("the") else candidate.removeprefix("the ")
                return named[0].upper() + named[1:]
    return None


def _spelled(domain: str, text: str) -> str | None:
    """A domain taken apart: "the" + a place, or a word that the text has, + a word that outlets' names end with."""
    words = domain.casefold().split("-")
    if len(words) > 1:
        return " ".join(word.capitalize() for word in words)
    for ending in sorted(outlets().endings, key=len, reverse=True):
        stem = domain.casefold().removesuffix(ending.casefold())
        if stem == domain.casefold() or not stem:
            continue
        article = "The " if stem.startswith("the") and len(stem) > 5 else ""
        place = stem.removeprefix("the") if article else stem
        if is_city(place) or place in outlets().beginnings or (len(place) > 3 and _has_word(text, place)):
            return f"{article}{place.capitalize()} {ending}"
        for cut in range(2, len(place) - 1):
            if is_city(f"{place[:cut]} {place[cut:]}"):
                return f"{article}{place[:cut].capitalize()} {place[cut:].capitalize()} {ending}"
    return None


def _has_word(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text[:200_000], re.IGNORECASE) is not None


def publisher_in_text(lines: Lines) -> str | None:
    """The outlet that the page says it is of.

    Its copyright line is enough; else it takes two signs of the same name: that the page promotes it ("Watch X's
    documentary", "Sign up for X's newsletter") and that it is spoken to ("told X") or promoted a second time in
    other words. An agency is nobody's page by its copyright alone.
    """
    told: set[str] = set()
    promoted: dict[str, str] = {}
    promotions: dict[str, set[str]] = {}
    for kind, words in lines:
        if kind in SITE_KINDS or kind in (BlockKind.RELATED, BlockKind.CREDIT):
            for match in _COPYRIGHT.finditer(words):
                name = _TRAILING.sub("", match[1]).strip(" .")
                if is_outlet(name) and agency_named(name) is None:
                    return name
            for match in _PROMOTED.finditer(words):
                name = _TRAILING.sub("", match[1]).strip(" .")
                if agency_named(name) is None and not (is_person(name) and words.startswith("Follow")):
                    promoted.setdefault(_key(name), name)
                    promotions.setdefault(_key(name), set()).add(words)
        elif kind in _STORY:
            told |= _told_keys(words)
    sure = [name for key, name in promoted.items() if len(promotions[key]) > 1 or key in told]
    return sure[0] if len(sure) == 1 else None


#: Fields over an exported article that name its outlet; in a mail the sender's name does before his address.
_FIELDS = frozenset({"source", "publisher", "publication", "newspaper"})
_ADDRESS = re.compile(r"\s*<[^<>]*@[^<>]*>$")
#: The page's title stands among so many of its first lines.
_TITLE_LINES = 6
_TITLE_BAR = re.compile(r"(?:^|\s)[|·»–—-]\s+")


def _in_fields(lines: Lines) -> str | None:
    """The outlet that a head of fields gives: "Source: Quillbay Ledger"."""
    words = [line for kind, line in lines if kind is not BlockKind.HEADLINE]
    for line in words[: count_fields(words)]:
        name, value = field_of(line) or ("", "")
        sender = _ADDRESS.sub("", value)
        if (name in _FIELDS and value and agency_named(value) is None) or (
            name == "from" and sender != value and is_outlet(sender)
        ):
            return sender
    return None


def _in_title(lines: Lines) -> str | None:
    """The outlet behind the headline in the page's title: "Bridge Shut | Quillbay Ledger"."""
    headline = next((words for kind, words in lines if kind is BlockKind.HEADLINE), None)
    if not headline:
        return None
    for i, (kind, words) in enumerate(lines[:_TITLE_LINES]):
        if kind is BlockKind.HEADLINE:
            rest = lines[i + 1][1] if i + 1 < len(lines) else ""
        else:
            rest = words.removeprefix(headline) if words.startswith(headline) else ""
        name = _TITLE_BAR.split(rest)[-1].strip()
        if _TITLE_BAR.match(rest) and is_outlet(name) and agency_named(name) is None:
            return name
    return None


def agency_of(lines: Lines, publisher: str | None) -> str | None:
    """The news agency that the article is from: dateline, byline, credit line, or the only outlet that was "told".

    Null where the signs name different agencies, or none.
    """
    named: list[str] = []
    for kind, words in lines:
        if kind is BlockKind.DATELINE:
            dateline = find_dateline(words + " X")
            named += [dateline.agency] if dateline and dateline.agency else []
        elif kind is BlockKind.BYLINE:
            byline = read_byline(words) or unopened_byline(words)
            named += [byline.agency] if byline and byline.agency else []
        elif (kind is BlockKind.CREDIT and not _is_picture_credit(words)) or (
            kind in SITE_KINDS and _COPYRIGHT.search(words)
        ):
            named += agencies_in(words)
    if named:
        return named[0] if len(set(named)) == 1 else None
    return _told_agency(lines, publisher)


def _told_agency(lines: Lines, publisher: str | None) -> str | None:
    names: set[str] = set()
    for kind, words in lines:
        if kind in _STORY:
            names |= set(_told_names(words))
    agencies = {agency_named(name) for name in names}
    # The page's own outlet being spoken to makes it the outlet's own story.
    if len(agencies) != 1 or None in agencies or (publisher and _key(publisher) in {_key(name) for name in names}):
        return None
    agency = agencies.pop()
    story = [words for kind, words in lines if kind in _STORY]
    return None if any(agency_named(name) != agency for words in story for name in _outlets_in(words)) else agency


def _outlets_in(words: str) -> list[str]:
    """The outlets that `words` name, in any role."""
    found = []
    for match in _NAMED.finditer(words):
        tokens = match[0].split()
        found += [
            name
            for first in range(len(tokens))
            for last in range(first + 1, len(tokens) + 1)
            if is_outlet(name := _TRAILING.sub("", " ".join(tokens[first:last])).strip(" .,"))
        ]
    return found


def _told_names(words: str) -> list[str]:
    names = []
    for match in _TOLD.finditer(words):
        tokens = match[1].split()
        for length in range(len(tokens), 0, -1):
            candidate = _TRAILING.sub("", " ".join(tokens[:length])).strip(" .,")
            if is_outlet(candidate):
                names.append(candidate)
                break
    return names


def _told_keys(words: str) -> set[str]:
    """Everything that something was told to: "told Quillbay Ledger Thursday" gives each of its beginnings."""
    keys = set()
    for match in _TOLD.finditer(words):
        tokens = match[1].split()
        keys |= {_key(_TRAILING.sub("", " ".join(tokens[:length]))) for length in range(1, len(tokens) + 1)}
    return keys


def _is_picture_credit(words: str) -> bool:
    return bool(re.search(r"(?i)\b(?:photo|picture|image|getty|handout|illustration|video)|[/©]", words))


def _key(name: str) -> str:
    return re.sub(r"\W", "", name.casefold()).removeprefix("the")
