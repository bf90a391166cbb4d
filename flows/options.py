"""Options of the command line, derived from the declarations of `Settings`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from onrecord.options import EntryPoint, Option, options_of
from onrecord.settings import Engine, Settings
from onrecord.storage import is_remote

DEFAULTS = Settings()

Own = ParamSpec("Own")


def no_file(folder: Path | None) -> Path | None:
    """The folder as it is. Raises `BadParameter` (wrong usage) for a file."""
    if folder is not None and not is_remote(folder) and folder.exists() and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is a file, and not a folder")
    return folder


def installed(tagger: str) -> str:
    """The name as it is. Raises `BadParameter` (wrong usage) where spaCy or the tagger's folder is not there."""
    kind, _, which = tagger.partition(":")
    if kind == "spacy" and find_spec("spacy") is None:
        raise typer.BadParameter("a spaCy tagger needs spaCy: pip install 'onrecord[spacy]'")
    if kind == "folder" and not Path(which).is_dir():
        raise typer.BadParameter(f"there is no folder {which}")
    return tagger


def time_zone(name: str) -> str:
    """The name as it is. Raises `BadParameter` (wrong usage) for what is no time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise typer.BadParameter(f"there is no time zone {name!r}; one is named like Europe/Berlin") from error
    return name


#: What of an option's value only this machine can tell.
_HERE: dict[str, Callable[[Any], Any]] = {"raw": no_file, "warehouse": no_file, "tagger": installed}


def option_named(name: str) -> Any:
    """The command line's option for a setting."""
    option = options_of(Settings)[name]
    parse = option.told.parse
    return typer.Option(
        option.flag,
        help=option.told.help,
        metavar=option.told.metavar,
        min=option.told.least,
        show_default=not option.told.secret,
        parser=None if parse is None else wraps(parse)(lambda words: parse(str(words))),
        callback=_HERE.get(name),
    )


#: The options of commands that take one or two settings only.
Store = Annotated[Path, option_named("warehouse")]
At = Annotated[int | None, typer.Option(help="The warehouse as it was at this snapshot.")]
NoPrefect = Annotated[bool, typer.Option("--no-prefect", help="The same steps in plain Python.")]


def of_settings(taker: EntryPoint) -> Callable[[Callable[Concatenate[Settings, Own], None]], Callable[..., None]]:
    """Decorate a command that is a function of settings and of options of its own to take all of them as options.

    Settings that contradict each other are wrong usage.
    """
    options = options_of(Settings, taker)

    def decorate(command: Callable[Concatenate[Settings, Own], None]) -> Callable[..., None]:
        @wraps(command)
        def called(context: typer.Context, **told: Any) -> None:
            in_file = context.find_root().obj or {}
            given = in_file | {name: told.pop(name) for name in options}
            command(settings(given), **told)  # type: ignore[call-arg]  # the command's own options

        hints = get_type_hints(command, include_extras=True)
        own = list(inspect.signature(command).parameters.values())[1:]
        made = [inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)]
        made += [_parameter(option) for option in options.values()]
        made += [p.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[p.name]) for p in own]
        called.__annotations__ = {parameter.name: parameter.annotation for parameter in made}
        vars(called)["__signature__"] = inspect.Signature(made)
        return called

    return decorate


def settings(given: dict[str, Any]) -> Settings:
    """The settings that a command and the configuration file were given.

    Raises `BadParameter` (wrong usage) where they contradict each other.
    """
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    try:
        return Settings(**values)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _parameter(option: Option) -> inspect.Parameter:
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    kind = option.plain_type if default is not None else option.plain_type | None
    annotation: Any = Annotated[kind, option_named(option.name)]
    return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def not_on_dask(engine: Engine) -> None:
    """Plain Python knows no Dask. Raises `BadParameter` (wrong usage) where both are asked for."""
    if engine is Engine.DASK:
        raise typer.BadParameter("runs under Prefect: leave out --no-prefect", param_hint="--engine dask")
