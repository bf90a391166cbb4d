"""Commands for the snapshots of a warehouse: history, rollback, prune, purge."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from flows.options import DEFAULTS, Store, option_named
from flows.show import Json, console, print_json
from onrecord.warehouse.store import Warehouse

if TYPE_CHECKING:
    from tasks.purge import Purged

app = typer.Typer()


@app.command()
def history(warehouse: Store = DEFAULTS.warehouse, as_json: Json = False) -> None:
    """List the commits, newest first: what made them, how many rows there were, and whether they can still be read."""
    table = Table("snapshot", "", "made", "by", "run", "articles", "quotes", header_style="bold")
    store = Warehouse(warehouse)
    store.latest().close()  # says so where there is none
    if as_json:
        print_json([asdict(past) for past in store.history()])
        return
    for past in store.history():
        mark = "current" if past.current else "kept" if past.kept else "gone"
        made = f"{past.created_at:%Y-%m-%d %H:%M}"
        counts = [f"{past.rows.get(name, 0):,}" for name in ("articles", "quotes")]
        style = None if past.kept else "dim"
        table.add_row(str(past.number), mark, made, past.kind, past.run_id or "", *counts, style=style)
    out = console()
    out.print(table)
    out.print(f"In this warehouse {store.retention.told()} (`--keep`, `--keep-days`); what is gone cannot be read.")


@app.command()
def rollback(
    number: Annotated[int, typer.Argument(help="The snapshot to go back to (see `onrecord history`).")],
    warehouse: Store = DEFAULTS.warehouse,
) -> None:
    """Make the tables what they were in an earlier snapshot, as a new commit: nothing is lost by it."""
    commit = Warehouse(warehouse).rollback(number)
    console().print(f"Snapshot {commit.number} is what {number} was: {commit.rows('articles'):,} articles")


@app.command()
def prune(
    warehouse: Store = DEFAULTS.warehouse,
    keep: Annotated[int | None, option_named("keep")] = None,
    keep_days: Annotated[int | None, option_named("keep_days")] = None,
) -> None:
    """Remove the snapshots that are no longer to be kept; every commit does the same. The tables stay as they are."""
    store = Warehouse(warehouse)
    store.latest().close()  # says so where there is none
    store.retain(keep, keep_days)
    gone = store.prune()
    told = f"Removed {_numbers(gone)}" if gone else "Nothing to remove"
    console().print(f"{told}: {store.retention.told()}, and whatever was current within the last hour or is being read")


@app.command()
def purge(
    articles: Annotated[list[str], typer.Argument(help="Articles, each by its article_id or source_path.")],
    warehouse: Store = DEFAULTS.warehouse,
) -> None:
    """Remove articles from the tables and from every kept snapshot, where a text must not stand anywhere any more.

    Ends with 3 where something has them still that it names.
    """
    from tasks.purge import purge as purge_articles  # with Prefect's decorators, which take a second to import

    purged = purge_articles(Warehouse(warehouse), articles)
    out = console()
    for line in _told(purged):
        out.print(escape(line), soft_wrap=True)
    raise typer.Exit(0 if purged.is_whole else 3)


def _told(purged: Purged) -> list[str]:
    names = ", ".join(sorted(purged.articles.values()))
    where = [f"the tables (snapshot {purged.commit})"] if purged.commit is not None else []
    where += [_numbers(purged.rewritten)] if purged.rewritten else []
    lines = [f"Removed {names} from {' and '.join(where)}"] if where else []
    if purged.dropped:
        lines.append(f"Removed {_numbers(purged.dropped)} altogether: of an older version of the tables")
    if purged.held:
        lines.append(f"Not reached: {_numbers(purged.held)}, which somebody is reading; purge again after that")
    again = "which the next run would read again; delete it, or withdraw it by its metadata"
    lines += [f"Not reached: {file}, {again}" for file in purged.raw]
    return [*lines, "Out of reach: copies, exports and backups of the warehouse; the reports of runs name the file"]


def _numbers(numbers: list[int]) -> str:
    return f"snapshot{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
