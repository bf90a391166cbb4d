"""Commands that look after a warehouse: diff, check, migrate, rejects."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.differences import show_rows
from flows.options import DEFAULTS, Store, of_settings
from flows.orchestration import Plain
from flows.show import Json, console, print_json, show_report
from onrecord.files.parts import source_key
from onrecord.options import EntryPoint
from onrecord.settings import Settings
from onrecord.warehouse.check import check as check_snapshot
from onrecord.warehouse.diff import diff as compare
from onrecord.warehouse.diff import row_changes
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import TABLES
from tasks.listing import list_raw
from tasks.repair import repair_of, still_damaged, still_lost
from tasks.roots import require_folder
from tasks.unread import remedy

app = typer.Typer()


def _table(*columns: str) -> Table:
    return Table(*columns, header_style="bold")


@app.command()
def diff(
    before: Annotated[int, typer.Argument(help="A snapshot.")],
    after: Annotated[int, typer.Argument(help="A later one.")],
    warehouse: Store = DEFAULTS.warehouse,
    rows: Annotated[bool, typer.Option("--rows", help="The rows themselves, with what changed by column.")] = False,
    of_table: Annotated[str | None, typer.Option("--table", help="With --rows: of this table only.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="With --rows: at most so many of a table.")] = 50,
    as_json: Json = False,
) -> None:
    """Show the rows added, removed and changed between two snapshots, by table and month."""
    store = Warehouse(warehouse)
    if of_table is not None and of_table not in TABLES:
        raise typer.BadParameter(f"there is no table {of_table}", param_hint="--table")
    with store.at(before) as old, store.at(after) as new:
        found = compare(old, new)
        if rows and found.changes:
            wanted = {change.table for change in found.changes if not TABLES[change.table].internal}
            shown = [name for name in TABLES if name in (wanted if of_table is None else {of_table})]
            if as_json:
                changes = [change for name in shown for change in row_changes(old, new, name, limit=limit)]
                print_json([asdict(change) for change in changes])
                return
            for name in shown:
                show_rows(console(), row_changes(old, new, name, limit=limit), found.totals(name))
            return
    if as_json:
        print_json([asdict(change) for change in found.changes])
        return
    if not found.changes:
        console().print(f"Snapshots {before} and {after} hold the same rows")
        return
    table = _table("table", "month", "added", "removed", "changed", "in columns")
    for change in found.changes:
        columns = ", ".join(f"{name} {count:,}" for name, count in change.columns.items())
        counts = [f"{n:,}" for n in (change.added, change.removed, change.changed)]
        table.add_row(change.table, change.month or "", *counts, columns)
    console().print(table)


@app.command()
@of_settings(EntryPoint.REPAIR)
def check(
    settings: Settings,
    repair: Annotated[bool, typer.Option("--repair", help="Read the articles of damaged files again.")] = False,
    as_json: Json = False,
) -> None:
    """Check what is committed: checksums, schemas, keys, references, vocabularies, partitions, spans.

    With --repair, a damaged file is first taken from another snapshot that has it whole, or its articles are read again
    from --raw.
    """
    out = console()
    if repair:
        _repair(out, settings)
    with Warehouse(settings.warehouse).latest() as snapshot:
        problems = check_snapshot(snapshot)
    if as_json:
        print_json({"snapshot": snapshot.number, "problems": [asdict(problem) for problem in problems]})
        raise typer.Exit(1 if problems else 0)
    for problem in problems:
        told = f"{problem.table}: {problem.rule}: {problem.count:,}, e.g. {problem.example} ({problem.reason})"
        out.print(escape(told))
    if problems:
        raise typer.Exit(1)
    out.print(f"Snapshot {snapshot.number} keeps every promise")


def _repair(out: Console, settings: Settings) -> None:
    warehouse = Warehouse(settings.warehouse)
    found = repair_of(warehouse)
    if not found.files:
        out.print("No file is damaged that another snapshot has not whole")
        return
    from flows.ingest import run_steps

    for damaged in found.files:
        out.print(escape(f"{damaged.table}/{damaged.entry.path}: {damaged.reason}"), soft_wrap=True)
    report = run_steps(settings, Plain(1), "repair", repair=found)
    show_report(out, report, str(settings.warehouse))
    if lost := still_lost(warehouse, found):
        names = ", ".join(lost)
        out.print(
            f"Lost are {len(lost):,} articles whose raw files are gone, with all of their rows: {names}", soft_wrap=True
        )
    if shared := still_damaged(warehouse, found):
        numbers = ", ".join(map(str, shared))
        out.print(f"The earlier snapshots {numbers} share the damage: what was lost is not to be had from them")


@app.command()
def migrate(warehouse: Store = DEFAULTS.warehouse) -> None:
    """Rewrite the tables, in one commit, where they have an older version of the schema."""
    commit = Warehouse(warehouse).migrate()
    console().print("Nothing to migrate" if commit is None else f"Migrated in snapshot {commit.number}")


@app.command()
@of_settings(EntryPoint.RETRY)
def rejects(
    settings: Settings,
    retry: Annotated[bool, typer.Option("--retry", help="Read the rejected files again.")] = False,
    unread: Annotated[bool, typer.Option("--unread", help="List the files of --raw that are not read.")] = False,
    as_json: Json = False,
) -> None:
    """List what was not let in and why; with --retry, read those files again after a fix.

    With --unread, list the files that are neither articles nor metadata, and what to do about each.
    """
    out = console()
    if unread:
        _list_unread(out, settings, as_json)
        return
    with Warehouse(settings.warehouse).latest() as snapshot:
        rows = snapshot.read("rejects").sort_by("source_path").to_pylist()
    if as_json and not retry:
        print_json(rows)
        return
    if not rows:
        out.print("Nothing was rejected")
        return
    if not retry:
        table = _table("file", "stage", "table", "reason")
        for row in rows:
            key = source_key(row["source_path"], row["source_part"])
            table.add_row(escape(key), row["stage"], row["table"] or "", escape(row["reason"]))
        out.print(table)
        return
    from flows.ingest import run_steps

    keys = frozenset(source_key(row["source_path"], row["source_part"]) for row in rows)
    report = run_steps(settings, Plain(1), "retry", keys, again=True)
    show_report(out, report, str(settings.warehouse))
    raise typer.Exit(report.exit_code)


def _list_unread(out: Console, settings: Settings, as_json: bool) -> None:
    """Every file below the raw folder that is not read. Raises `NoRawFolderError` where there is no such folder."""
    require_folder(settings.raw)
    listing = list_raw(settings.raw, settings.file_bytes, settings.read_formats, warehouse=settings.warehouse)
    if as_json:
        print_json([{"file": path, "remedy": remedy(path)} for path in sorted(listing.unread)])
        return
    if not listing.unread:
        out.print("Every file is read")
        return
    table = _table("file", "what to do")
    for path in sorted(listing.unread):
        table.add_row(escape(path), remedy(path))
    out.print(table)
