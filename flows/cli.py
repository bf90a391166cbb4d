"""The command line: `onrecord`. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but something was rejected."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from flows import browse, corrections, export, marked, operations, project, review, search, snapshots
from flows.alarm import alarmed
from flows.configuration import NAME, configuration, default_map
from flows.options import DEFAULTS, NoPrefect, Store, not_on_dask, of_settings, time_zone
from flows.orchestration import Plain, Progress, uncollected
from flows.server import settle_environment
from flows.show import console, progress_bar, show_estimate, show_examples, show_report
from flows.work import estimate, work_of
from onrecord.options import EntryPoint
from onrecord.settings import Settings, UsageError, day
from onrecord.version import pipeline_version, release
from onrecord.warehouse.errors import WarehouseError
from tasks.roots import matches_nothing

settle_environment()

app = typer.Typer(
    name="onrecord",
    help="Who said what, when, on the record: raw news text in, validated Parquet tables out.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some files or rows were rejected.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"onrecord {release()}, pipeline {pipeline_version()}")
        raise typer.Exit


@app.callback()
def about(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            envvar="ONRECORD_CONFIG",
            help=f"Settings in a file, which options override (docs/options.md); else {NAME} of this folder.",
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback shows it
        bool, typer.Option("--version", "-V", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Who said what, when, on the record: raw news text in, validated Parquet tables out."""
    context.obj = configuration(config)
    context.default_map = default_map(context.command, context.obj)


class Format(StrEnum):
    """How the result of a query is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


@contextlib.contextmanager
def _progress() -> Iterator[Progress]:
    """Progress by step, as a bar on a terminal."""
    with progress_bar(console()) as bar:
        shown = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in shown:
                shown[step] = bar.add_task(step, total=total)
            bar.update(shown[step], completed=done)

        yield tell


@app.command()
@of_settings(EntryPoint.INGEST)
def ingest(
    settings: Settings,
    no_prefect: NoPrefect = False,
    examples: Annotated[int, typer.Option(help="Show this many quotes when done.", min=0)] = 0,
) -> None:
    """Read what is new or changed below --raw, and commit its rows to --warehouse."""
    with uncollected():
        from flows.ingest import run_steps, run_with_prefect

    if no_prefect:
        not_on_dask(settings.engine)
    with alarmed(settings, "ingest"), _progress() as tell:
        plain = Plain(settings.workers, tell)
        report = run_steps(settings, plain) if no_prefect else run_with_prefect(settings, tell)
    if settings.only and not (report.seen or report.rejects or report.removals.named()):
        raise UsageError(matches_nothing(settings))
    out = console()
    show_report(out, report, str(settings.warehouse))
    if examples and not settings.dry_run:
        show_examples(out, settings.warehouse, examples)
    raise typer.Exit(report.exit_code)


@app.command()
@of_settings(EntryPoint.BACKFILL)
def backfill(settings: Settings, no_prefect: NoPrefect = False) -> None:
    """Read again what an older version of the pipeline read: a commit a month, carrying on where it was stopped."""
    from flows.backfill import run_months, run_with_prefect

    if no_prefect:
        not_on_dask(settings.engine)
    out = console()
    work = work_of(settings)
    show_estimate(out, work, estimate(settings, work))
    if settings.dry_run or not work:
        return
    with alarmed(settings, "backfill"), _progress() as tell:
        plain = Plain(settings.workers, tell)
        reports = run_months(settings, plain) if no_prefect else run_with_prefect(settings, tell)
    for report in reports:
        show_report(out, report, str(settings.warehouse))
    raise typer.Exit(max((report.exit_code for report in reports), default=0))


@app.command()
@of_settings(EntryPoint.SERVE)
def serve(
    settings: Settings,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Of what is served; else that of the warehouse's folder.")
    ] = None,
    cron: Annotated[str, typer.Option(help="When to ingest, as a cron expression.")] = "0 * * * *",
    timezone: Annotated[str, typer.Option(help="Its time zone.", callback=time_zone)] = "UTC",
) -> None:
    """Ingest on a schedule on this machine, without a worker, until stopped. Needs a Prefect server."""
    from flows.serving import serve_ingest

    serve_ingest(settings, name, cron, timezone)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="A query over articles, quotes, entities, mentions, dates, ...")],
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
        dt.date | None,
        typer.Option(parser=day, metavar="DAY", help="The day of publication, where you know it."),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Who else may speak each quote, and what decided.")] = False,
) -> None:
    """Show what the library sees in one file: its quotes, speakers, names and dates."""
    from onrecord import read as read_article
    from onrecord.files.reading import source_of
    from onrecord.reading import speaker_reasons

    source = source_of(file.name, file.read_bytes())
    article = read_article(source.text, metadata=source.metadata, published=published)
    if as_json:
        sys.stdout.write(marked.as_json(article) + "\n")
        return
    out = console()
    out.print(marked.marked(article))
    out.print()
    for label, value in marked.facts(article):
        out.print(f"{label:26} {escape(value)}")
    out.print(f"\n{len(article.quotes)} quotes")
    reasons = speaker_reasons(source.text, metadata=source.metadata, published=published) if why else ()
    for number, quote in enumerate(article.quotes):
        out.print(f"- {escape(marked.quote_line(quote))}")
        if why:
            out.print(f"    {escape(marked.why_line(quote, reasons[number]))}")


for part in (snapshots, operations, search, corrections, review, browse, export, project):
    app.registered_commands += part.app.registered_commands


def main() -> None:
    """The entry point: errors that a person can mend are told in a line, on stderr, with exit code 1 or 2."""
    try:
        app()
    except UsageError as error:
        sys.stderr.write(f"onrecord: {error}\n")
        raise SystemExit(2) from error
    except (OSError, ValueError, RuntimeError, WarehouseError) as error:
        sys.stderr.write(f"onrecord: {error}\n")
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
