"""Options that several commands have, with the defaults of `Settings`."""

from __future__ import annotations

import datetime as dt
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from onrecord.settings import Engine, Settings, is_source_name

DEFAULTS = Settings()

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/+")


def local(folder: Path) -> Path:
    """The folder as it is. Raises `BadParameter` (wrong usage) for an address, and for what is no folder."""
    if address := _ADDRESS.match(str(folder)):
        raise typer.BadParameter(f"{address[0].rstrip('/')}// is no folder of this machine; fetch or mount it first")
    if folder.exists() and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is a file, and not a folder")
    return folder


def time_zone(name: str) -> str:
    """The name as it is. Raises `BadParameter` (wrong usage) for what is no time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise typer.BadParameter(f"there is no time zone {name!r}; one is named like Europe/Berlin") from error
    return name


def tagger_name(name: str) -> str:
    """The name as it is. Raises `BadParameter` (wrong usage) for an unknown tagger, or where spaCy is not installed."""
    kind, _, which = name.partition(":")
    if name != "default" and (kind not in ("spacy", "folder") or not which):
        raise typer.BadParameter(f"there is no tagger {name!r}: default, spacy:PIPELINE or folder:PATH")
    if kind == "spacy" and find_spec("spacy") is None:
        raise typer.BadParameter("a spaCy tagger needs spaCy: pip install 'onrecord[spacy]'")
    if kind == "folder" and not Path(which).is_dir():
        raise typer.BadParameter(f"there is no folder {which}")
    return name


Raw = Annotated[
    Path,
    typer.Option(
        "--raw", help="Folder of raw text files (*.txt, also .gz and the like), with all folders below.", callback=local
    ),
]
Store = Annotated[Path, typer.Option("--warehouse", help="Folder of the tables.", callback=local)]


def _source(name: str | None) -> str | None:
    if name is not None and not is_source_name(name):
        raise typer.BadParameter("letters, digits, - and _ only")
    return name


Source = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Name of --raw where the warehouse takes several raw folders.", callback=_source),
]
SameSource = Annotated[bool, typer.Option("--same-source", help="--raw is a folder that was read before, moved.")]
Since = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Take articles published on or after this day."),
]
Until = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Take articles published on or before this day."),
]
Only = Annotated[str | None, typer.Option(metavar="GLOB", help="Take files whose path below --raw matches.")]
AllowRemovals = Annotated[
    str | None,
    typer.Option(metavar="N|all", help="Remove up to so many articles; unasked, at most a tenth of them, or 100."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
NoPrefect = Annotated[bool, typer.Option("--no-prefect", help="The same steps in plain Python.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that read articles.")]
Known = Annotated[
    Path | None, typer.Option(help="Your own table of names that are the same, or different; kept for later runs.")
]
ForgetKnown = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Apply a kept table of names no longer (its file's name).")
]
On = Annotated[Engine, typer.Option("--engine", help="Read batches in processes of this machine, or on Dask.")]
DaskAddress = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Scheduler of a Dask cluster, as tcp://HOST:8786; without it, --engine dask starts one on this machine.",
    ),
]
Webhook = Annotated[
    str | None, typer.Option(metavar="URL", help="Told by POST when a run fails; or secret:BLOCK, or ONRECORD_WEBHOOK.")
]


def day(moment: dt.datetime | None) -> dt.date | None:
    """The calendar day of an option."""
    return moment.date() if moment else None


def removals(said: str | None) -> int | Literal["all"] | None:
    """How many articles may go. Raises `BadParameter` (wrong usage) for what is no number and not `all`."""
    try:
        return Settings.removals(said)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--allow-removals") from error


def not_on_dask(engine: Engine) -> None:
    """Plain Python knows no Dask. Raises `BadParameter` (wrong usage) where both are asked for."""
    if engine is Engine.DASK:
        raise typer.BadParameter("runs under Prefect: leave out --no-prefect", param_hint="--engine dask")
