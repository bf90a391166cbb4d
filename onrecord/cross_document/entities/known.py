"""Names that everybody knows to be one: the shipped table, and a user's own file of the same form.

    version: 1
    same:
      - name: Islamic State          # the canonical name
        types: [ORG, LOC]            # what a mention may be tagged as; the first is the entity's type
        aliases: [Islamic State of Iraq and Syria, Daesh]
        exact: [ISIS, ISIL, IS]      # only in these capitals (full stops aside): "is" and "us" are words
    different:
      - [Hezbollah, Kataib Hezbollah]

A user's file wins over the shipped table, and both over what names and context suggest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from onrecord.cross_document.entities.keys import name_key, tokens
from onrecord.document.article import EntityType
from onrecord.lexicon.word_lists import parse_yaml

TYPES = tuple(t.value for t in EntityType)


class KnownError(ValueError):
    """A table of known names that cannot be followed: says which entry and why."""


@dataclass(frozen=True, slots=True)
class Same:
    """Names of one thing. `ident` is unique within its table; `types[0]` is the entity's type.

    `names` have the canonical name first; `exact` count only when written just so. The names in `at_home` mean it only
    where the article speaks of no other country more than of `country`.
    """

    ident: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    exact: tuple[str, ...] = ()
    country: str | None = None
    at_home: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, eq=False)
class Known:
    """A table of known names; `different` are pairs of names. Equal only to itself, so that looking it up is cheap."""

    version: int
    same: tuple[Same, ...] = ()
    different: tuple[tuple[str, str], ...] = ()

    def entries(self, name: str, entity_type: str) -> list[str]:
        """Idents of the entries that a name, as printed in full, is an alias of under this type."""
        exact, folded = _index(self)
        bare = _bare(name)
        found = exact.get((bare.replace(".", ""), entity_type), ()) + folded.get((_folded(bare), entity_type), ())
        return sorted(set(found))

    def home(self, name: str, entity_type: str) -> tuple[str | None, bool]:
        """The country of the entry that a name is an alias of, and whether the name means it only there."""
        for entry in (self.entry(ident) for ident in self.entries(name, entity_type)):
            if entry.country:
                return entry.country, _folded(_bare(name)) in {_folded(n) for n in entry.at_home}
        return None, False

    def entry(self, ident: str) -> Same:
        return _by_ident(self)[ident]


def _bare(name: str) -> str:
    name = name.strip()
    return name[4:] if name[:4].lower() == "the " else name


def _folded(name: str) -> str:
    return " ".join(tokens(name))


def forms_of(name: str) -> frozenset[str]:
    """The keys under which a name may stand in the nodes, whatever its type."""
    return frozenset(name_key(name, t).key for t in TYPES)


@lru_cache(maxsize=16)
def _index(known: Known) -> tuple[dict[tuple[str, str], tuple[str, ...]], dict[tuple[str, str], tuple[str, ...]]]:
    exact: dict[tuple[str, str], tuple[str, ...]] = {}
    folded: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in known.same:
        for kind in entry.types:
            for name in entry.names:
                key = (_folded(_bare(name)), kind)
                folded[key] = (*folded.get(key, ()), entry.ident)
            for name in entry.exact:
                plain = (_bare(name).replace(".", ""), kind)
                exact[plain] = (*exact.get(plain, ()), entry.ident)
    return exact, folded


@lru_cache(maxsize=16)
def _by_ident(known: Known) -> dict[str, Same]:
    return {entry.ident: entry for entry in known.same}


@lru_cache(maxsize=1)
def shipped_known() -> Known:
    """The table that the project ships (`known.yaml`). That it does not contradict itself is tested, not looked up."""
    return _read(shipped_text(), "known")


def shipped_text() -> str:
    """The shipped table as it is written."""
    return files("onrecord.cross_document.entities").joinpath("known.yaml").read_text("utf-8")


def load_known(text: str, table: str = "user") -> Known:
    """Read a table of known names from YAML. `table` goes into the idents.

    Raises KnownError, naming the entry, where the form is wrong or the table contradicts itself.
    """
    known = _read(text, table)
    _check_consistent(known, table)
    return known


def _read(text: str, table: str) -> Known:
    try:
        raw = parse_yaml(text)
    except yaml.YAMLError as error:
        raise KnownError(f"{table}: not YAML: {error}") from error
    if raw is None:
        return Known(1)
    if not isinstance(raw, dict) or not set(raw) <= {"version", "same", "different"}:
        raise KnownError(f"{table}: expected a mapping of version, same and different")
    version = raw.get("version", 1)
    if not isinstance(version, int):
        raise KnownError(f"{table}: version is no whole number: {version!r}")
    same = tuple(_same(entry, f"{table}:{i}") for i, entry in enumerate(raw.get("same") or ()))
    different = tuple(
        _different(entry, f"{table}: different[{i}]") for i, entry in enumerate(raw.get("different") or ())
    )
    return Known(version, same, different)


def _same(entry: Any, where: str) -> Same:
    if isinstance(entry, list):
        entry = {"name": entry[0] if entry else None, "aliases": entry[1:]}
    if not isinstance(entry, dict) or not set(entry) <= {"name", "types", "aliases", "exact", "country", "at_home"}:
        raise KnownError(f"{where}: expected a list of names, or name, types, aliases and exact; found {entry!r}")
    names = _names([entry.get("name")], where) + _names(entry.get("aliases") or [], where)
    types = tuple(entry.get("types") or TYPES)
    if not set(types) <= set(TYPES):
        raise KnownError(f"{where}: types must be among {', '.join(TYPES)}; found {types}")
    exact = _names(entry.get("exact") or [], where)
    if len(names) + len(exact) < 2:
        raise KnownError(f"{where}: one name alone is the same as nothing: {names[0]!r}")
    at_home = _names(entry.get("at_home") or [], where)
    if not set(at_home) <= {*names, *exact} or (at_home and not entry.get("country")):
        raise KnownError(f"{where}: at_home must be names of the entry, which needs a country; found {at_home}")
    return Same(where, types, names, exact, entry.get("country"), at_home)


def _names(found: Any, where: str) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(isinstance(n, str) and tokens(n) for n in found):
        raise KnownError(f'{where}: names must be text (quote a name like "No"); found {found!r}')
    return tuple(found)


def _different(entry: Any, where: str) -> tuple[str, str]:
    if not isinstance(entry, list) or len(entry) != 2:
        raise KnownError(f"{where}: expected two names; found {entry!r}")
    a, b = _names(entry, where)
    if forms_of(a) & forms_of(b):
        raise KnownError(f"{where}: {a!r} and {b!r} are read as one name, so they cannot be told apart by it")
    return a, b


def _check_consistent(known: Known, table: str) -> None:
    pairs = [(a, b, forms_of(a), forms_of(b)) for a, b in known.different]
    for entry in known.same if pairs else ():
        keys = frozenset(key for name in (*entry.names, *entry.exact) for key in forms_of(name))
        for a, b, left, right in pairs:
            if left & keys and right & keys:
                raise KnownError(f"{table}: {a!r} and {b!r} are both same ({entry.name!r}) and different")


def pairs_apart(tables: Iterable[Known]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """For each `different` pair, the keys of the one and of the other."""
    return [(forms_of(a), forms_of(b)) for known in tables for a, b in known.different]
