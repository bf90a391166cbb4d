"""Who published an article, and which agency it came from: from its address and its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import tldextract

from onrecord.article import Block, BlockKind
from onrecord.articles.byline import read_byline, unopened_byline
from onrecord.articles.dateline import find_dateline, is_city
from onrecord.articles.lines import plain
from onrecord.articles.outlets import agencies_in, agency_named, is_outlet, outlets

_NAME = r"(?:[Tt]he\s)?[A-Z][\w.&’'-]*(?:\s(?:of|and|&|the|de|[A-Z][\w.&’'-]*)){0,5}"
_TOLD = re.compile(rf"\b(?:told|tells|interview with|statement to|speaking to|spoke to)\s({_NAME})")
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|[Cc]opyright)\s*(?:©\s*)?(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?)?[\s,]*(?:by\s)?({_NAME})"
)
_PROMOTED = re.compile(
    rf"\b(?i:watch|follow|subscribe to|sign up for|download|support|join|read more (?:on|at|from|in)|"
    rf"more (?:from|on)|like|visit)\s(?i:the\s)?({_NAME}?)"
    r"(?:[’']s?\b|\s(?i:on|app|newsletter|documentary|channel|today|for)\b|:|$)"
)
_TRAILING = re.compile(r"[’']s?$|(?:\s(?:of|and|the|de|&))+$")


@cache
def _extract() -> tldextract.TLDExtract:
    # The list inside the package: no download, no cache on disk.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def publisher_of_url(url: str, text: str = "") -> str | None:
    """A readable name for the outlet that an address belongs to; its registered domain where no better is known.

    >>> publisher_of_url("https://www.themoscowtimes.com/2015/10/05/a50071")
    'The Moscow Times'
    """
    parts = _extract()(url)
    domain = ".".join(part for part in (parts.domain, parts.suffix) if part)
    if not parts.domain or not parts.suffix:
        return None
    host = ".".join(part for part in (parts.subdomain, domain) if part).removeprefix("www.")
    known = outlets().hosts
    return known.get(host) or known.get(domain) or _printed(parts.domain, text) or _spelled(parts.domain) or domain


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
                return candidate[0].upper() + candidate[1:]
    return None


def _spelled(domain: str) -> str | None:
    """A domain taken apart: "the" + a place or one word + a word that outlets' names end with."""
    words = domain.casefold().split("-")
    if len(words) > 1:
        return " ".join(word.capitalize() for word in words)
    for ending in sorted(outlets().endings, key=len, reverse=True):
        stem = domain.casefold().removesuffix(ending.casefold())
        if stem == domain.casefold() or not stem:
            continue
        article = "The " if stem.startswith("the") and len(stem) > 5 else ""
        place = stem.removeprefix("the") if article else stem
        if is_city(place) or place in outlets().beginnings:
            return f"{article}{place.capitalize()} {ending}"
        for cut in range(2, len(place) - 1):
            if is_city(f"{place[:cut]} {place[cut:]}"):
                return f"{article}{place[:cut].capitalize()} {place[cut:].capitalize()} {ending}"
    return None


def publisher_in_text(text: str, blocks: Sequence[Block]) -> str | None:
    """The outlet that the page says it is of.

    Its copyright line is enough; else it takes two signs of the same name: that the page promotes it ("Watch X's
    documentary", "Sign up for X's newsletter") and that it is spoken to ("told X") or promoted a second time in
    other words. An agency is nobody's page by its copyright alone.
    """
    told: set[str] = set()
    promoted: dict[str, str] = {}
    lines: dict[str, set[str]] = {}
    for block in blocks:
        words = (
            plain(text[block.start : block.end]) if block.end - block.start < 5000 else text[block.start : block.end]
        )
        if block.kind in (BlockKind.BOILERPLATE, BlockKind.RELATED, BlockKind.CREDIT):
            for match in _COPYRIGHT.finditer(words):
                name = _TRAILING.sub("", match[1]).strip(" .")
                if is_outlet(name) and agency_named(name) is None:
                    return name
            for match in _PROMOTED.finditer(words):
                name = _TRAILING.sub("", match[1]).strip(" .")
                if is_outlet(name) and agency_named(name) is None:
                    promoted.setdefault(_key(name), name)
                    lines.setdefault(_key(name), set()).add(words)
        elif block.kind is BlockKind.PARAGRAPH or block.kind is BlockKind.ALTERNATIVE_HEADLINE:
            told |= {_key(name) for name in _told_names(words)}
    sure = [name for key, name in promoted.items() if key in told or len(lines[key]) > 1]
    return sure[0] if len(sure) == 1 else None


def agency_of(text: str, blocks: Sequence[Block], publisher: str | None) -> str | None:
    """The news agency that the article is from: dateline, byline, credit line, or the only outlet that was "told".

    Null where the signs name different agencies, or none.
    """
    named: list[str] = []
    for block in blocks:
        words = plain(text[block.start : min(block.end, block.start + 500)])
        if block.kind is BlockKind.DATELINE:
            dateline = find_dateline(words + " X")
            named += [dateline.agency] if dateline and dateline.agency else []
        elif block.kind is BlockKind.BYLINE:
            byline = read_byline(words) or unopened_byline(words)
            named += [byline.agency] if byline and byline.agency else agencies_in(words)
        elif (block.kind is BlockKind.CREDIT and not _is_picture_credit(words)) or (
            block.kind is BlockKind.BOILERPLATE and _COPYRIGHT.search(words)
        ):
            named += agencies_in(words)
    if named:
        return named[0] if len(set(named)) == 1 else None
    return _told_agency(text, blocks, publisher)


def _told_agency(text: str, blocks: Sequence[Block], publisher: str | None) -> str | None:
    names: set[str] = set()
    for block in blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ALTERNATIVE_HEADLINE, BlockKind.HEADLINE):
            names |= set(_told_names(" ".join(text[block.start : block.end].split())))
    agencies = {agency_named(name) for name in names}
    # The page's own outlet being spoken to makes it the outlet's own story.
    if len(agencies) != 1 or None in agencies or (publisher and _key(publisher) in {_key(name) for name in names}):
        return None
    return agencies.pop()


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


def _is_picture_credit(words: str) -> bool:
    return bool(re.search(r"(?i)\b(?:photo|picture|image|getty|handout|illustration|video)|[/©]", words))


def _key(name: str) -> str:
    return re.sub(r"\W", "", name.casefold()).removeprefix("the")
