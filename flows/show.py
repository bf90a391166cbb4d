"""What a person sees of a run on the command line: tables on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from flows.orchestration import Amount, of_total
from flows.orchestration import Progress as Tell
from flows.work import Estimate, Work
from onrecord.files.parts import source_key
from onrecord.warehouse.query import connect
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from tasks.removals import NAMED, some
from tasks.report import RunReport


def console() -> Console:
    """A console that is plain, and wide enough not to break lines, where stdout is no terminal."""
    return Console() if sys.stdout.isatty() else Console(width=160, no_color=True, highlight=False)


def silent_console() -> Console:
    """A console that shows nothing."""
    return Console(quiet=True, force_terminal=False)


#: What commands that show a table also take.
Json = Annotated[bool, typer.Option("--json", help="The same as JSON.")]


def print_json(value: object) -> None:
    """A value as indented JSON on stdout."""
    sys.stdout.write(json.dumps(value, default=str, ensure_ascii=False, indent=1) + "\n")


def show_report(out: Console, report: RunReport, warehouse: str) -> None:
    """Counts of files and rows, and what was rejected."""
    if report.did_nothing and not report.rejects:
        out.print(f"Nothing to do: {report.seen:,} files, none new or changed{_left_out(report)}.")
        show_removals(out, report)
        show_unread(out, report)
        return
    files = ", ".join(f"{count:,} {name}" for name, count in report.counts() if count)
    out.print(f"{'Would read' if report.dry_run else 'Run ' + report.run_id}: {files}")
    if report.dry_run and report.is_narrowed and report.new + report.changed:
        out.print("Of these, a run takes those of the days that were asked for: their dates are in the texts")
    if report.rows:
        table = Table("table", "rows", "change", title=None)
        for column in table.columns[1:]:
            column.justify = "right"
        for name, count, change in report.table_rows():
            table.add_row(name, f"{count:,}", f"{change:+,}")
        out.print(table)
    show_removals(out, report)
    show_columns(out, report)
    show_unread(out, report)
    if report.known_names:
        told = ", ".join(f"{name} ({what})" for name, what in report.known_names)
        out.print(f"Tables of known names: {escape(told)}", soft_wrap=True)
    for told in report.unfit:
        out.print(escape(told), soft_wrap=True)
    if report.rejects:
        out.print(f"{len(report.rejects):,} rejected (see the table `rejects`):")
        for reason, count in report.reject_reasons()[:10]:
            out.print(f"  {count:,} x {escape(reason)}")
    for name, count in report.warnings.items():
        out.print(f"warning, {count:,} rows: {escape(name)}")
    if not report.dry_run:
        seconds = (report.finished_at - report.started_at).total_seconds()
        out.print(f"Written to {escape(warehouse)} in {seconds:.1f} s")


def _left_out(report: RunReport) -> str:
    """How many files are of other days than were asked for, or tell none."""
    told = [(report.other_days, "of other days"), (report.undated, "without a date of publication")]
    parts = [f"{count:,} {what}" for count, what in told if count]
    return f"; left out are {' and '.join(parts)}" if parts else ""


def show_removals(out: Console, report: RunReport) -> None:
    """Articles that go, and those whose files are gone and stay: all by name in a dry run, else some."""
    removals = report.removals
    for old, new in removals.renamed if report.dry_run else removals.renamed[:NAMED]:
        out.print(f"{escape(old)} was renamed to {escape(new)}", soft_wrap=True)
    for paths, what in (
        (removals.withdrawn, "withdrawn by metadata: their rows go"),
        (removals.dropped, "with no file any more: their rows go"),
        (removals.kept, "with no file any more: their rows stay; `onrecord ingest --full` drops them"),
    ):
        if paths:
            names = "" if report.dry_run else f" ({escape(some(paths))})"
            out.print(f"{len(paths):,} articles {what}{names}", soft_wrap=True)
            for path in paths if report.dry_run else ():
                out.print(f"  {escape(path)}")
    if report.refused:
        out.print(f"Would be refused: {escape(report.refused)}", soft_wrap=True)


def show_columns(out: Console, report: RunReport) -> None:
    """How the columns of datasets are read, also where that was guessed."""
    for path, columns in report.columns if report.dry_run else report.columns[:NAMED]:
        out.print(f"{escape(path)}: columns {escape(columns)}", soft_wrap=True)
    if len(report.columns) > NAMED and not report.dry_run:
        out.print(f"And {len(report.columns) - NAMED:,} more datasets: the run's report names the columns of all")


def show_unread(out: Console, report: RunReport) -> None:
    """Files that are neither articles nor metadata: the commonest types, some by name, and what to do."""
    for of_type in report.unread[:NAMED]:
        told = f"{len(of_type.paths):,} files not read ({some(of_type.paths)}): {of_type.remedy}"
        out.print(escape(told), soft_wrap=True)
    if len(report.unread) > NAMED:
        out.print("And files of other types, not read: `onrecord rejects --unread` names all")


def show_estimate(out: Console, work: Sequence[Work], estimate: Estimate) -> None:
    """What a backfill has to do, month by month, and how long it may take."""
    if not work:
        out.print("Nothing to do: everything was read by this version.")
        return
    table = Table("month", "articles", "read by")
    for month in work:
        table.add_row(month.month, f"{len(month.paths):,}", ", ".join(sorted(month.versions)))
    out.print(table)
    pace = "" if estimate.seconds is None else f", about {estimate.seconds:,.0f} s at the pace of the last run"
    out.print(f"{estimate.articles:,} articles, {estimate.bytes:,} bytes{pace}")


def show_examples(out: Console, warehouse: Path, count: int) -> None:
    """A few quotes that a person would want to see: named speakers, a date or a medium, surest first."""
    with Warehouse(warehouse).latest() as snapshot:
        rows = examples(snapshot, count)
    for row in rows:
        around = [
            row["speaker_role"],
            row["medium"] and f"to {row['medium']}",
            row["date_said"] and str(row["date_said"]),
        ]
        told = "; ".join(part for part in around if part)
        out.print()
        out.print(f"[bold]{escape(row['speaker_name'])}[/]" + (f" ({escape(told)})" if told else ""))
        out.print(f"  “{escape(' '.join(row['content'].split()))}”")
        place = f"{row['publisher'] or 'unknown outlet'}, {row['date_published'] or 'no date'}"
        spans = ", ".join(f"{s['start']}-{s['end']}" for s in row["content_spans"])
        out.print(
            f"  {escape(place)}: {escape(source_key(row['source_path'], row['source_part']))}, characters {spans}",
            style="dim",
        )


def examples(snapshot: Snapshot, count: int) -> list[dict[str, Any]]:
    """The rows behind `show_examples`: different speakers, most complete first."""
    with connect(snapshot) as connection:
        rows = connection.sql(_EXAMPLES, params=[count]).to_arrow_table()
    return list(rows.to_pylist())


_EXAMPLES = """
    select q.*, a.source_path, a.source_part from quotes q join articles a using (article_id)
    where speaker_name is not null and quote_type = 'direct' and length(content) between 40 and 220
    qualify row_number() over (partition by speaker_name
        order by (date_said is not null)::int + (medium is not null)::int desc, confidence desc, quote_id) = 1
    order by (date_said is not null)::int + (medium is not null)::int + (speaker_role is not null)::int desc,
        confidence desc, quote_id
    limit ?
"""


def progress_bar(out: Console) -> Progress:
    """A bar a step, with the files and bytes that are done and the time that is left; shown on a terminal only."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    return Progress(*columns, console=out, transient=True, disable=not out.is_terminal)


@contextlib.contextmanager
def progress_shown(out: Console) -> Iterator[Tell]:
    """What is told of progress, as bars."""
    with progress_bar(out) as bar:
        shown: dict[str, TaskID] = {}

        def tell(step: str, done: Amount, total: Amount) -> None:
            if step not in shown:
                shown[step] = bar.add_task(step, told="")
            counted = of_total(done, total) if total.files > 1 else ""
            bar.update(shown[step], completed=done.bytes or done.files, total=total.bytes or total.files, told=counted)

        yield tell
