"""Countries under their several names, and the words for their people.

The names come from rigour's territories (OpenSanctions, MIT), the short forms and demonyms from `territories.yaml`.
"""

from __future__ import annotations

from functools import cache

from rigour.territories import get_territories

from onrecord.document.article import EntityType
from onrecord.lexicon.word_lists import word_list
from onrecord.names.parse import parse_name


def territory_code(name: str, entity_type: EntityType) -> str | None:
    """The territory that `name` means: as a place ("the U.S." → "us"), or, for a NORP, by its people ("Iraqis" → "iq").

    Only names of the whole country count; a capital or a province is its own place. Codes are rigour's.
    """
    tokens = parse_name(name, entity_type).tokens if entity_type is not EntityType.PERSON else ()
    key = " ".join(tokens)
    return (_demonyms() if entity_type is EntityType.NORP else _names()).get(key)


@cache
def _names() -> dict[str, str]:
    index: dict[str, str] = {}
    for territory in get_territories():
        if territory.is_country and not territory.is_historical:
            for name in (territory.name, territory.full_name):
                index.setdefault(_key(name), territory.code)
    for code, entry in word_list("territories.yaml").items():
        for name in entry.get("names", ()):
            index[_key(name)] = code
    return index


@cache
def _demonyms() -> dict[str, str]:
    index: dict[str, str] = {}
    for code, entry in word_list("territories.yaml").items():
        for form in entry.get("demonyms", ()):
            index[_key(form)] = code
            index.setdefault(_key(form) + "s", code)
    return index


def _key(name: str) -> str:
    return " ".join(parse_name(name, EntityType.LOC).tokens)
