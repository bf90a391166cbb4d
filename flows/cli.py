"""The command line: `onrecord`. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but something was rejected."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows import asking, browse, corrections, export, operations, project, review, search, snapshots
from flows.alarm import alarmed
from flows.configuration import NAME, configuration, default_map
from flows.options import NoPrefect, not_on_dask, of_settings, time_zone
from flows.orchestration import Plain
from flows.server import settle_environment
from flows.show import Json, console, progress_shown, show_estimate, show_examples, show_report, silent_console
from flows.work import estimate, work_of
from onrecord.options import EntryPoint
from onrecord.settings import Settings, UsageError
from onrecord.version import pipeline_version, release
from onrecord.warehouse.errors import WarehouseError
from tasks.loading import uncollected
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


Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what went wrong; the exit code tells.")]


def _hush() -> None:
    """Prefect's log tells of errors only, so that a program reads what it asked for."""
    from prefect.context import refresh_global_settings_context

    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "ERROR")
    refresh_global_settings_context()


@app.command()
@of_settings(EntryPoint.INGEST)
def ingest(
    settings: Settings,
    no_prefect: NoPrefect = False,
    examples: Annotated[int, typer.Option(help="Show this many quotes when done.", min=0)] = 0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read what is new or changed below --raw, and commit its rows to --warehouse."""
    with uncollected():
        if no_prefect:
            from flows.ingest import run_steps
        else:
            from flows.tracked import run_ingest

    if no_prefect:
        not_on_dask(settings.engine)
    if quiet or as_json:
        _hush()
    out = silent_console() if quiet or as_json else console()
    with alarmed(settings, "ingest"), progress_shown(out) as tell, Plain(settings.workers, tell) as plain:
        report = run_steps(settings, plain) if no_prefect else run_ingest(settings, tell)
    if settings.only and not (report.seen or report.rejects or report.removals.named()):
        raise UsageError(matches_nothing(settings))
    if as_json:
        sys.stdout.write(report.as_json() + "\n")
    elif not quiet:
        show_report(out, report, str(settings.warehouse))
        if examples and not settings.dry_run:
            show_examples(out, settings.warehouse, examples)
    raise typer.Exit(report.exit_code)


@app.command()
@of_settings(EntryPoint.BACKFILL)
def backfill(settings: Settings, no_prefect: NoPrefect = False, quiet: Quiet = False) -> None:
    """Read again what an older version of the pipeline read: a commit a month, carrying on where it was stopped."""
    if no_prefect:
        from flows.backfill import run_months
    else:
        from flows.tracked import run_backfill

    if no_prefect:
        not_on_dask(settings.engine)
    out = console()
    if quiet:
        _hush()
        out = silent_console()
    work = work_of(settings)
    show_estimate(out, work, estimate(settings, work))
    if settings.dry_run or not work:
        return
    with alarmed(settings, "backfill"), progress_shown(out) as tell, Plain(settings.workers, tell) as plain:
        reports = run_months(settings, plain) if no_prefect else run_backfill(settings, tell)
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


for part in (asking, snapshots, operations, search, corrections, review, browse, export, project):
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
