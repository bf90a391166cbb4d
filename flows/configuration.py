"""`onrecord.toml`: settings that stand in a file, for every command of a folder; the command line overrides them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import typer

from onrecord.options import EntryPoint, Option, options_of
from onrecord.settings import Settings
from onrecord.storage import is_remote

NAME = EntryPoint.FILE.value


def configuration(file: Path | None) -> dict[str, Any]:
    """The values of the options that stand in a file, by name; without one, in `onrecord.toml` of this folder.

    Paths are below the file's folder. Raises `BadParameter`, which names the file, for what is no TOML or no option.
    """
    if file is None:
        if not Path(NAME).is_file():
            return {}
        file = Path(NAME)
    try:
        told = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise typer.BadParameter(f"{file}: cannot be read: {reason}") from error
    options = options_of(Settings, EntryPoint.FILE)
    return {name: _value(file, options, key, plain) for key, plain in told.items() if (name := key.replace("-", "_"))}


def default_map(command: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the command line takes the defaults of a command's options, and those of the commands below it."""
    options = options_of(Settings)
    below = getattr(command, "commands", {})
    plain = {name: options[name].plain(value) for name, value in values.items()}
    return plain | {name: default_map(other, values) for name, other in below.items()}


def _value(file: Path, options: Mapping[str, Option], key: str, plain: object) -> Any:
    option = options.get(key.replace("-", "_"))
    if option is None:
        raise typer.BadParameter(f"{file}: there is no option {key!r}; it takes {', '.join(options)}")
    if isinstance(plain, dict):
        plain = [f"{name}={value}" for name, value in plain.items()]
    try:
        value = option.value(plain)
    except ValueError as error:
        raise typer.BadParameter(f"{file}: {key}: {error}") from error
    is_below = Path in (option.kind, *get_args(option.kind)) and not is_remote(value)
    return file.parent / value if is_below else value
