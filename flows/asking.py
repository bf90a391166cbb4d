"""Commands that ask: `sql` of a warehouse, `read` of one text."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from flows import marked
from flows.options import DEFAULTS, At, Store
from flows.query import Format, ask, print_rows, query_of
from flows.show import console
from onrecord.settings import day

app = typer.Typer()


def _readable(file: Path) -> Path:
    if str(file) != "-" and not file.is_file():
        raise typer.BadParameter(f"there is no file {file}")
    return file


@app.command()
def sql(
    query: Annotated[
        str | None, typer.Argument(help="A query over articles, quotes, entities, mentions, ...; - or none: of stdin.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="The query stands in a file.")
    ] = None,
    warehouse: Store = DEFAULTS.warehouse,
    output: Annotated[
        Format, typer.Option("--format", help="How the rows are printed; jsonl is a JSON object a line.")
    ] = Format.TABLE,
    at: At = None,
) -> None:
    """Ask the warehouse in SQL (DuckDB): a view for each table."""
    print_rows(console(), ask(warehouse, query_of(query, file), at), output)


@app.command()
def read(
    file: Annotated[
        Path,
        typer.Argument(help="A raw text file; - is standard input.", callback=_readable),
    ],
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

    is_input = str(file) == "-"
    data = sys.stdin.buffer.read() if is_input else file.read_bytes()
    source = source_of("stdin.txt" if is_input else file.name, data)
    article = read_article(source.text, metadata=source.metadata, published=published)
    if as_json:
        sys.stdout.write(marked.as_json(article) + "\n")
        return
    out = console()
    whole = not out.is_terminal  # a program reads lines: a quote is never broken for the width of a screen
    out.print(marked.marked(article), soft_wrap=whole)
    out.print()
    for label, value in marked.facts(article):
        out.print(f"{label:26} {escape(value)}", soft_wrap=whole)
    out.print(f"\n{len(article.quotes)} quotes")
    reasons = speaker_reasons(source.text, metadata=source.metadata, published=published) if why else ()
    for number, quote in enumerate(article.quotes):
        out.print(f"- {escape(marked.quote_line(quote))}", soft_wrap=whole)
        if why:
            out.print(f"    {escape(marked.why_line(quote, reasons[number]))}", soft_wrap=whole)
