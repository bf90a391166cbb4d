"""Functions of settings as functions of plain parameters, for commands and deployed flows, and the table of options.

`python -m flows.parameters > docs/options.md` writes the table.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from onrecord.options import EntryPoint, Option, options_of
from onrecord.settings import Settings

Result = TypeVar("Result")

_HEAD = """\
# Options

The settings of a run, from their one declaration in `onrecord/settings.py` (`python -m flows.parameters >
docs/options.md`). A command takes an option as it stands here; a deployed flow takes a parameter, and `onrecord.toml` a
key, of that name with underscores. Other options belong to one command (`onrecord COMMAND --help`).

| option | default | what it says | taken by |
| --- | --- | --- | --- |
"""


def parameters(taker: EntryPoint) -> list[inspect.Parameter]:
    """The parameters of a deployed flow, of plain types."""
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=option.deployed_default,
            annotation=_annotation(option),
        )
        for name, option in options_of(Settings, taker).items()
    ]


def of_plain_values(taker: EntryPoint) -> Callable[[Callable[[Settings], Result]], Callable[..., Result]]:
    """Decorate a function of settings to take the entry point's plain parameters, each with its description.

    Prefect shows what stands in the signature and in the docstring under `Args`.
    """

    def decorate(function: Callable[[Settings], Result]) -> Callable[..., Result]:
        def called(**told: Any) -> Result:
            return function(Settings.of(told))

        made = parameters(taker)
        arguments = [f"    {name}: {option.told.help}" for name, option in options_of(Settings, taker).items()]
        called.__name__, called.__qualname__ = function.__name__, function.__qualname__
        called.__module__ = function.__module__
        called.__doc__ = "\n".join([inspect.getdoc(function) or "", "", "Args:", *arguments])
        called.__annotations__ = {parameter.name: parameter.annotation for parameter in made}
        vars(called)["__signature__"] = inspect.Signature(made)
        return called

    return decorate


def _annotation(option: Option) -> Any:
    """A deployed flow's type; nothing said is null where the default is nothing, and an empty list."""
    return option.plain_type | None if option.deployed_default is None else option.plain_type


def table() -> str:
    """The table of all options as Markdown."""
    return _HEAD + "".join(_row(option) for option in options_of(Settings).values() if option.told.takers)


def _row(option: Option) -> str:
    told = option.told
    flag = f"`{option.flag}`" if told.takers - {EntryPoint.FILE} else f"`{option.name}`"
    choices = (
        f" ({', '.join(option.kind)})" if isinstance(option.kind, type) and issubclass(option.kind, StrEnum) else ""
    )
    default = "the processors" if option.name == "workers" else option.plain(option.default)
    shown = "" if default in (None, False) else f"{default:,}" if isinstance(default, int) else default
    takers = ", ".join(f"`{taker}`" for taker in EntryPoint if taker in told.takers)
    return f"| {flag} | {shown} | {told.help}{choices} | {takers} |\n"


if __name__ == "__main__":
    sys.stdout.write(table())
