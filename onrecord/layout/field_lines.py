"""The fields over an exported article: "Title: …", "Author: …", "Date: …", line by line without a blank one between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.document.article import BlockKind
from onrecord.layout.lines import FIELD_NAMES, plain
from onrecord.layout.parts import Labelled

#: So many lines in a row make a head of fields, which begins among the first lines of a text.
_FIELDS, _FIRST = 3, 3
#: In a head there may be fields that elsewhere are words with a colon.
_FIELD = re.compile(
    rf"(?P<name>{FIELD_NAMES}|byline|published|publication|newspaper|link|section|category|keywords|language)"
    r"\s?:\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TITLES = frozenset({"title", "headline", "subject"})
_QUOTES = "\"'"


def field_of(line: str) -> tuple[str, str] | None:
    """The name of a field, in small letters, and its value: "Title: Bridge Shut"; None where a line is no field."""
    match = _FIELD.match(line)
    return (match["name"].casefold(), match["value"].strip(" " + _QUOTES)) if match else None


def count_fields(lines: Sequence[str]) -> int:
    """How many of the first lines are fields, those before them aside; 0 where they make no head of fields."""
    first = next((i for i, line in enumerate(lines[:_FIRST]) if field_of(line)), len(lines))
    end = next((i for i in range(first, len(lines)) if not field_of(lines[i])), len(lines))
    return end if end - first >= _FIELDS else 0


def label_fields(text: str, labelled: list[Labelled]) -> list[Labelled]:
    """The parts, in a head of fields the title cut from its field's name: it is the headline, the rest the site's."""
    count = count_fields([item.words for item in labelled])
    found: list[Labelled] = []
    for item in labelled[:count]:
        field = field_of(item.words)
        if field and field[0] in _TITLES and field[1] and item.part.lines == 1:
            found += _title(text, item)
        elif item.kind is None:
            found.append(replace(item, kind=BlockKind.BOILERPLATE, headline=0.0))
        else:
            found.append(replace(item, headline=0.0))
    return [*found, *labelled[count:]]


def _title(text: str, item: Labelled) -> list[Labelled]:
    part = item.part
    raw = text[part.start : part.end]
    start = raw.index(":") + 1
    start += len(raw[start:]) - len(raw[start:].lstrip(" \t" + _QUOTES))
    end = len(raw.rstrip(" \t" + _QUOTES))
    name = replace(part, end=part.start + raw.index(":") + 1, plain=raw[: raw.index(":") + 1])
    value = replace(part, start=part.start + start, end=part.start + end, blanks=0, plain=plain(raw[start:end]))
    return [replace(item, part=name, kind=BlockKind.BOILERPLATE, headline=0.0), replace(item, part=value, headline=1.0)]
