"""What a setting declares beside its type: its help, and which entry points take it.

Everything that tells or is told a setting derives from this: the command line, the parameters of the flows, the
deployments, the configuration file and the documentation's table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeVar, get_origin, get_type_hints

Value = TypeVar("Value")

#: A value as JSON, YAML, TOML and Prefect's parameters have it.
Plain = bool | int | str | list[str] | None

_KEY = "option"


class EntryPoint(StrEnum):
    """What takes settings: a command, a deployed flow, or the configuration file."""

    INGEST = "ingest"
    BACKFILL = "backfill"
    SERVE = "serve"
    RETRY = "rejects"
    REPAIR = "check"
    SCHEDULED_INGEST = "ingest-scheduled"
    SCHEDULED_BACKFILL = "backfill-scheduled"
    FILE = "onrecord.toml"


COMMANDS = (EntryPoint.INGEST, EntryPoint.BACKFILL, EntryPoint.SERVE, EntryPoint.RETRY, EntryPoint.REPAIR)
#: Those that read articles, and those of them that run on a schedule or by hand.
RUNS = (EntryPoint.INGEST, EntryPoint.BACKFILL, EntryPoint.SERVE)
DEPLOYED = (EntryPoint.SCHEDULED_INGEST, EntryPoint.SCHEDULED_BACKFILL)


@dataclass(frozen=True, slots=True)
class Told:
    """What an option says of itself. `parse` gives its value by a word, and raises `ValueError` with what is wrong.

    `deployed`: the default of deployed flows, where it is another one; `least`: of a number; `secret`: never shown.
    """

    help: str
    takers: frozenset[EntryPoint]
    parse: Callable[[str], Any] | None = None
    metavar: str | None = None
    least: int | None = None
    deployed: Any = None
    secret: bool = False


def option(
    default: Value,
    help: str,
    takers: Collection[EntryPoint] = (),
    *,
    parse: Callable[[str], Any] | None = None,
    metavar: str | None = None,
    least: int | None = None,
    deployed: Value | None = None,
    secret: bool = False,
) -> Value:
    """A field of a dataclass of settings, with what its option says. A secret is left out of the `repr`."""
    told = Told(help, frozenset(takers), parse, metavar, least, deployed, secret)
    made: Value = field(default=default, repr=not secret, metadata={_KEY: told})
    return made


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its field's name, type and default, and what it says of itself."""

    name: str
    kind: Any
    default: Any
    told: Told

    @property
    def flag(self) -> str:
        """What it is called on the command line."""
        return "--" + self.name.replace("_", "-")

    @property
    def plain_type(self) -> Any:
        """The type of its plain values, without null."""
        if get_origin(self.kind) is tuple:
            return list[str]
        return str if self.told.parse or self._is(str) else self._named

    @property
    def deployed_default(self) -> Plain:
        """The plain default of deployed flows."""
        return self.plain(self.default if self.told.deployed is None else self.told.deployed)

    def value(self, plain: object) -> Any:
        """The value that a plain one stands for; the default for null. Raises `ValueError` with what is wrong."""
        if plain is None:
            return self.default
        if get_origin(self.kind) is tuple:
            if not isinstance(plain, list | tuple) or not all(isinstance(part, str) for part in plain):
                raise ValueError(f"a list of texts, and not {plain!r}")
            return tuple(plain)
        if self.told.parse:
            return self.told.parse(str(plain))
        if self._is(bool) and not isinstance(plain, bool):
            raise ValueError(f"true or false, and not {plain!r}")
        if self._is(int):
            return self._number(plain)
        if self._is(str) and not isinstance(plain, str):
            raise ValueError(f"a text, and not {plain!r}")
        return plain if self._is(bool) or self._is(str) else self._choice(plain)

    def plain(self, value: Any) -> Plain:
        """The plain value that stands for one."""
        if isinstance(value, tuple):
            return list(value) or None
        if isinstance(value, StrEnum):
            return value.value
        return value if isinstance(value, bool | int | None) and not self.told.parse else _words(value)

    def _number(self, plain: object) -> int:
        if isinstance(plain, bool) or not isinstance(plain, int):
            raise ValueError(f"a whole number, and not {plain!r}")
        if self.told.least is not None and plain < self.told.least:
            raise ValueError(f"at least {self.told.least}, and not {plain}")
        return plain

    def _choice(self, plain: object) -> Any:
        try:
            return self._named(plain)
        except ValueError:
            raise ValueError(f"{' or '.join(self._named)}, and not {plain!r}") from None

    def _is(self, kind: type) -> bool:
        return self._named is kind

    @property
    def _named(self) -> Any:
        """The type without null."""
        kinds = [kind for kind in getattr(self.kind, "__args__", ()) if kind is not type(None)]
        return kinds[0] if kinds and get_origin(self.kind) is not tuple else self.kind


def _words(value: Any) -> str | None:
    return None if value is None else str(value)


def options_of(settings: type, taker: EntryPoint | None = None) -> dict[str, Option]:
    """The options that a dataclass of settings declares, by name, in order: all, or those that an entry point takes."""
    hints = get_type_hints(settings)
    declared = (Option(f.name, hints[f.name], f.default, f.metadata[_KEY]) for f in fields(settings))
    return {option.name: option for option in declared if taker is None or taker in option.told.takers}
