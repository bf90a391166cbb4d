"""Lines that are known by their own words: pointers, notices, credits, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.document.article import BlockKind
from onrecord.lexicon.word_lists import read_yaml


@dataclass(frozen=True, slots=True)
class LineRule:
    """A pattern that a whole line must match, what the line then is, and words that show it to be a sentence.

    `entries`: the line heads a list of other stories where at least so many stand below it; 0 for all other lines.
    """

    name: str
    kind: BlockKind
    pattern: re.Pattern[str]
    longest: int
    entries: int
    unless: re.Pattern[str] | None


@cache
def line_rules() -> tuple[LineRule, ...]:
    """The rules of `line_rules.yaml`, in order."""
    return tuple(
        LineRule(
            row["name"],
            BlockKind(row["kind"]),
            re.compile(f"(?:{row['pattern']})", re.IGNORECASE),
            row["longest"],
            row.get("entries", 0),
            re.compile(row["unless"], re.IGNORECASE) if "unless" in row else None,
        )
        for row in read_yaml("onrecord.layout", "line_rules.yaml")
    )


def line_rule(words: str) -> LineRule | None:
    """The first rule that the whole line matches; `words` as `plain` gives them."""
    for rule in line_rules():
        if (
            len(words) <= rule.longest
            and rule.pattern.fullmatch(words)
            and not (rule.unless and rule.unless.search(words))
        ):
            return rule
    return None
