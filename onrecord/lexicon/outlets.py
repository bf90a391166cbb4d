"""Outlets and news agencies: their names, and how to know them in a text or an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.word_lists import any_of, word_list


@dataclass(frozen=True, slots=True)
class Outlets:
    """What is known of outlets. `agencies` maps every form of an agency's name, casefolded, to its usual one."""

    agencies: dict[str, str]
    agency_forms: frozenset[str]
    hosts: dict[str, str]
    endings: frozenset[str]
    others: frozenset[str]
    beginnings: frozenset[str]


@cache
def outlets() -> Outlets:
    """The data of `outlets.yaml`."""
    data = word_list("outlets.yaml")
    forms = {form: row["name"] for row in data["agencies"] for form in (row["name"], *row["also"])}
    return Outlets(
        agencies={form.casefold(): name for form, name in forms.items()},
        agency_forms=frozenset(forms),
        hosts=data["hosts"],
        endings=frozenset(data["endings"]),
        others=frozenset(data["others"]),
        beginnings=frozenset(data["beginnings"]),
    )


def agency_named(words: str) -> str | None:
    """The agency that `words` are a name of ("The Associated Press" → "AP"), in any case; else null."""
    key = " ".join(words.split()).strip(" .,:;()[]-–—/").casefold()
    return outlets().agencies.get(key) or outlets().agencies.get(key.removeprefix("the "))


@cache
def _agency_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{any_of(outlets().agency_forms)})(?![\w-])")


def agencies_in(words: str) -> list[str]:
    """The agencies named in `words`, usual names, each once, in order."""
    return list(dict.fromkeys(outlets().agencies[match[0].casefold()] for match in _agency_pattern().finditer(words)))


def is_outlet(words: str) -> bool:
    """Whether `words` are an outlet's name: a known one, or one that ends as outlets' names do."""
    known = outlets()
    bare = words.removeprefix("The ").removeprefix("the ")
    if words in known.others or bare in known.others or words in known.agency_forms or bare in known.agency_forms:
        return True
    tokens = bare.split()
    return len(tokens) >= 2 and tokens[-1] in known.endings
