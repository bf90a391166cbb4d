"""The command line: `onrecord`. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but something was rejected."""

from __future__ import annotations

import datetime as dt
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from flows import marked
from flows.orchestration import Plain, settle_environment
from flows.show import console, progress_bar, show_examples, show_report
from onrecord.settings import Engine, Settings

settle_environment()

DEFAULTS = Settings()

app = typer.Typer(
    name="onrecord",
    help="Who said what, when, on the record: raw news text in, validated Parquet tables out.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some files or rows were rejected.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

Raw = Annotated[Path, typer.Option("--raw", help="Folder of raw text files (*.txt), read with all folders below it.")]
Store = Annotated[Path, typer.Option("--warehouse", help="Folder of the tables.")]
Day = dt.datetime | None
ISO = ["%Y-%m-%d"]


class Format(StrEnum):
    """How the result of a query is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


@app.command()
def ingest(
    raw: Raw = DEFAULTS.raw,
    warehouse: Store = DEFAULTS.warehouse,
    since: Annotated[
        Day, typer.Option(formats=ISO, metavar="DAY", help="Take articles published on or after this day.")
    ] = None,
    until: Annotated[
        Day, typer.Option(formats=ISO, metavar="DAY", help="Take articles published on or before this day.")
    ] = None,
    only: Annotated[str | None, typer.Option(metavar="GLOB", help="Take files whose path below --raw matches.")] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Read every file again; drop rows of files that are gone.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")] = False,
    no_prefect: Annotated[bool, typer.Option("--no-prefect", help="The same steps in plain Python.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read articles.")] = DEFAULTS.workers,
    tagger: Annotated[
        str, typer.Option(help="`default`, or `spacy:NAME` for an installed pipeline.")
    ] = DEFAULTS.tagger,
    known: Annotated[Path | None, typer.Option(help="Your own table of names that are the same, or different.")] = None,
    engine: Annotated[Engine, typer.Option(help="Where batches are read.")] = DEFAULTS.engine,
    examples: Annotated[int, typer.Option(help="Show this many quotes when done.", min=0)] = 0,
) -> None:
    """Read what is new or changed below --raw, and commit its rows to --warehouse."""
    settings = Settings(
        raw=raw,
        warehouse=warehouse,
        since=since.date() if since else None,
        until=until.date() if until else None,
        only=only,
        full=full,
        dry_run=dry_run,
        workers=workers,
        tagger=tagger,
        known=known,
        engine=engine,
    )
    from flows.ingest import run_steps, run_with_prefect

    out = console()
    with progress_bar(out) as bar:
        shown: dict[str, object] = {}

        def tell(step: str, done: int, total: int) -> None:
            task = shown.setdefault(step, bar.add_task(step, total=total))
            bar.update(task, completed=done)  # type: ignore[arg-type]

        report = run_steps(settings, Plain(workers, tell)) if no_prefect else run_with_prefect(settings, tell)
    show_report(out, report, str(warehouse))
    if examples and not dry_run:
        from onrecord.warehouse.store import Warehouse

        show_examples(out, Warehouse(warehouse).latest(), examples)
    raise typer.Exit(report.exit_code)


@app.command()
def sql(
    query: Annotated[
        str, typer.Argument(help="A query over the views articles, quotes, entities, mentions, dates, ...")
    ],
    warehouse: Store = DEFAULTS.warehouse,
    output: Annotated[Format, typer.Option("--format", help="How the rows are printed.")] = Format.TABLE,
    at: Annotated[int | None, typer.Option(help="The warehouse as it was at this snapshot.")] = None,
) -> None:
    """Ask the warehouse in SQL (DuckDB): a view for each table."""
    from flows.query import ask, print_rows

    print_rows(console(), ask(warehouse, query, at), output.value)


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A raw text file.", exists=True, dir_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Everything, with offsets, as JSON.")] = False,
    published: Annotated[
        Day, typer.Option(formats=ISO, metavar="DAY", help="The day of publication, where you know it.")
    ] = None,
) -> None:
    """Show what the library sees in one file: its quotes, speakers, names and dates."""
    from onrecord import read as read_article
    from onrecord.articles import decode

    article = read_article(decode(file.read_bytes()).text, published=published.date() if published else None)
    if as_json:
        sys.stdout.write(marked.as_json(article) + "\n")
        return
    out = console()
    out.print(marked.marked(article))
    out.print()
    for label, value in marked.facts(article):
        out.print(f"{label:26} {escape(value)}")
    out.print(f"\n{len(article.quotes)} quotes")
    for quote in article.quotes:
        out.print(f"- {escape(marked.quote_line(quote))}")


def main() -> None:
    """The entry point: errors that a person can mend are told in a line, on stderr, with exit code 1."""
    try:
        app()
    except (OSError, ValueError, RuntimeError) as error:
        sys.stderr.write(f"onrecord: {error}\n")
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
