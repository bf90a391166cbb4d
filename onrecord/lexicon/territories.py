"""Countries under their several names, and the words for their people.

The names come from rigour's territories (OpenSanctions, MIT), the short forms and demonyms from `territories.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rigour.territories import get_territories

from onrecord.lexicon.name_words import fold
from onrecord.lexicon.word_lists import word_list


def country_names() -> Iterator[tuple[str, str]]:
    """Every name of a whole country with its code (rigour's); a later pair stands over an earlier one of that name."""
    countries = [t for t in get_territories() if t.is_country and not t.is_historical]
    names = [(name, territory.code) for territory in countries for name in (territory.name, territory.full_name)]
    yield from reversed(names)
    for code, entry in word_list("territories.yaml").items():
        for name in entry.get("names", ()):
            yield name, code


def demonyms() -> Iterator[tuple[str, str]]:
    """Every word for the people of a country with the country's code: "Iraqi", "iq"."""
    for code, entry in word_list("territories.yaml").items():
        for form in entry.get("demonyms", ()):
            yield form, code


@cache
def territory_names() -> frozenset[str]:
    """The names of all countries and of their states and provinces, folded: "france", "new york".

    rigour's own look-up by name knows translations too, and takes 1.6 s to be made, in each process.
    """
    return frozenset(fold(name) for territory in get_territories() for name in (territory.name, territory.full_name))


@cache
def abbreviated_regions() -> frozenset[str]:
    """The states and provinces as they are abbreviated, without the stop: "Conn"."""
    return frozenset(form for form in word_list("places.yaml")["regions"] if "." not in form and form.istitle())
