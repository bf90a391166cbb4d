"""`onrecord browse`: the pages, served to a browser on this machine."""

from __future__ import annotations

import ipaddress
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlencode

import typer

from flows.correcting import apply_edits
from flows.corrections import By, corrections_from, editor_name
from flows.options import DEFAULTS, Store
from flows.search import bring_up
from onrecord.warehouse.corrections.correction import read_corrections
from onrecord.warehouse.corrections.making import Editor
from onrecord.warehouse.corrections.table import CorrectedColumn
from onrecord.warehouse.search import SearchIndex
from onrecord.warehouse.store import Warehouse
from tasks.corrections import Edits

app = typer.Typer()

#: Names by which a browser on this machine calls it.
_OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")


@app.command()
def browse(
    warehouse: Store = DEFAULTS.warehouse,
    host: Annotated[str, typer.Option(help="Address to listen at; other machines reach only one of theirs.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port to listen at.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="ONRECORD_TOKEN", metavar="WORD", help="What a browser must know; made up where --host is not local."
        ),
    ] = None,
    at: Annotated[
        int | None, typer.Option(help="The warehouse as it was at this snapshot; nothing is changed.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Show only: no buttons to correct anything.")] = False,
    by: By = None,
) -> None:
    """Show statements, people and articles as pages, and take corrections of them, until stopped."""
    import uvicorn

    from onrecord.browse import Guard, Reader, application

    reader = Reader(warehouse, at)
    with Warehouse(warehouse).open(at) as snapshot, SearchIndex(warehouse) as index:
        bring_up(index, snapshot)
    local = is_local(host)
    known = token or (None if local else secrets.token_urlsafe(24))
    editor = None if read_only or at is not None else Desk(warehouse, editor_name(by))
    guard = Guard(application(reader, editor), own_hosts(port) if local else None, known)
    sys.stdout.write(f"{address(host, port, known)}\nCtrl+C stops it.\n")
    sys.stdout.flush()
    uvicorn.run(guard, host=host, port=port, log_level="warning", server_header=False, access_log=False)


@dataclass(frozen=True, slots=True)
class Desk:
    """Makes corrections in the name of an editor, applied at once, as `onrecord correct` does."""

    warehouse: Path
    name: str

    def correct(self, row: str, values: Mapping[str, str], reason: str | None) -> None:
        """Says of a row what stands in its columns, and why."""
        given = {CorrectedColumn(column): value for column, value in values.items()}
        with Warehouse(self.warehouse).latest() as snapshot:
            made = corrections_from(snapshot, row, given, Editor.now(self.name, reason))
        apply_edits(self.warehouse, Edits(tuple(made)))

    def undo(self, correction: str) -> None:
        """Takes a correction back. Raises ValueError where there is none of this id."""
        with Warehouse(self.warehouse).latest() as snapshot:
            if correction not in {found.correction_id for found in read_corrections(snapshot)}:
                raise ValueError(f"there is no correction {correction}: it was undone before")
        apply_edits(self.warehouse, Edits(undone=frozenset([correction])))


def is_local(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def own_hosts(port: int) -> frozenset[str]:
    """What stands in a request's `Host` that means this machine."""
    return frozenset(f"{name}:{port}" for name in _OWN_NAMES) | (frozenset(_OWN_NAMES) if port == 80 else frozenset())


def address(host: str, port: int, token: str | None) -> str:
    """What to open in a browser."""
    shown = f"[{host}]" if ":" in host else host
    query = "?" + urlencode({"token": token}) if token else ""
    return f"http://{shown}:{port}/{query}"
