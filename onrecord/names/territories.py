"""Which country a name means, or the name of its people."""

from __future__ import annotations

from functools import cache

from onrecord.document.article import EntityType
from onrecord.lexicon.territories import country_names, demonyms
from onrecord.names.parse import parse_name


def territory_code(name: str, entity_type: EntityType) -> str | None:
    """The territory that `name` means: as a place ("the U.S." → "us"), or, for a NORP, by its people ("Iraqis" → "iq").

    Only names of the whole country count; a capital or a province is its own place. Codes are rigour's.
    """
    tokens = parse_name(name, entity_type).tokens if entity_type is not EntityType.PERSON else ()
    key = " ".join(tokens)
    return (_demonyms() if entity_type is EntityType.NORP else _names()).get(key)


def names_one_of_a_people(word: str) -> bool:
    """Whether a word is the noun for one of a people: "Swede", "Norwegian"; not "Swedish", "Swedes" or "Chinese"."""
    adjective = word.endswith(("s", "sh", "ch", "ese"))
    return word[:1].isupper() and not adjective and territory_code(word, EntityType.NORP) is not None


@cache
def _names() -> dict[str, str]:
    return {_key(name): code for name, code in country_names()}


@cache
def _demonyms() -> dict[str, str]:
    index: dict[str, str] = {}
    for form, code in demonyms():
        index[_key(form)] = code
        index.setdefault(_key(form) + "s", code)
    return index


def _key(name: str) -> str:
    return " ".join(parse_name(name, EntityType.LOC).tokens)
