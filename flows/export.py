"""`onrecord export`: what can be sent to a colleague."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from flows.options import DEFAULTS, At, Store
from flows.show import console
from onrecord.warehouse.export import FORMATS, export
from onrecord.warehouse.store import Warehouse

app = typer.Typer()


@app.command("export")
def export_command(
    to: Annotated[
        Path, typer.Option("--to", metavar="FILE", help=f"A file ({', '.join(FORMATS)}), or a folder for Parquet.")
    ],
    warehouse: Store = DEFAULTS.warehouse,
    query: Annotated[
        str | None, typer.Option(metavar="SQL", help="Only the rows of this query over the tables and views.")
    ] = None,
    at: At = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")] = False,
) -> None:
    """Write a file or folder that needs nothing else, with its dictionary in it.

    A workbook has a sheet each for quotes, statements, entities and articles (without their long texts); .csv and
    .jsonl have the quotes of named speakers; .duckdb and a folder have all tables. What tells of this machine stays.
    """
    with Warehouse(warehouse).open(at) as snapshot:
        done = export(snapshot, to, query=query, overwrite=overwrite)
    rows = ", ".join(f"{count:,} {name}" for name, count in done.rows.items())
    console().print(escape(f"Wrote {' and '.join(map(str, done.paths))}: {rows}"), soft_wrap=True)
