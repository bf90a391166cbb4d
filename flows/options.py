"""Options that several commands have, with the defaults of `Settings`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from onrecord.settings import Engine, Settings

DEFAULTS = Settings()

Raw = Annotated[
    Path,
    typer.Option(
        "--raw", help="Folder of raw text files (*.txt, also .gz and the like), read with all folders below it."
    ),
]
Store = Annotated[Path, typer.Option("--warehouse", help="Folder of the tables.")]
Since = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Take articles published on or after this day."),
]
Until = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="DAY", help="Take articles published on or before this day."),
]
Only = Annotated[str | None, typer.Option(metavar="GLOB", help="Take files whose path below --raw matches.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
NoPrefect = Annotated[bool, typer.Option("--no-prefect", help="The same steps in plain Python.")]
Workers = Annotated[int, typer.Option(min=1, help="Processes that read articles.")]
Known = Annotated[Path | None, typer.Option(help="Your own table of names that are the same, or different.")]
On = Annotated[Engine, typer.Option("--engine", help="Read batches in processes of this machine, or on Dask.")]
DaskAddress = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Scheduler of a Dask cluster, as tcp://HOST:8786; without it, --engine dask starts one on this machine.",
    ),
]
Webhook = Annotated[str | None, typer.Option(metavar="URL", help="Told by POST when a run fails.")]


def day(moment: dt.datetime | None) -> dt.date | None:
    """The calendar day of an option."""
    return moment.date() if moment else None


def not_on_dask(engine: Engine) -> None:
    """Plain Python knows no Dask. Raises `BadParameter` (wrong usage) where both are asked for."""
    if engine is Engine.DASK:
        raise typer.BadParameter("runs under Prefect: leave out --no-prefect", param_hint="--engine dask")
