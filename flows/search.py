"""`onrecord search`: what was said and printed with some words, the best first."""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from flows.options import DEFAULTS, At, Store
from flows.show import console
from onrecord.document.article import Span
from onrecord.warehouse.search import Hit, Search, SearchIndex, article_hits, quote_hits
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse

app = typer.Typer()

_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


@app.command()
def search(
    words: Annotated[str, typer.Argument(help='Words that all must stand there; "a phrase" in quotation marks.')] = "",
    warehouse: Store = DEFAULTS.warehouse,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Who said it: words of a name or alias.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who printed it: words of its name.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="On or after this day, month or year.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="On or before this day, month or year.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many quotes, and so many articles.")] = 10,
    at: At = None,
    as_json: Annotated[bool, typer.Option("--json", help="A line of JSON for each hit.")] = False,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew first.")] = False,
) -> None:
    """Search quotes and articles by their words, with the sentence around, the file and the characters.

    Days are those on which something was said, where the text tells, else those of publication.
    """
    first, last = (None if told is None else days_of(told) for told in (since, until))
    asked = Search(words, speaker=speaker, outlet=outlet, since=first and first[0], until=last and last[1], limit=limit)
    if asked.is_empty:
        raise typer.BadParameter("give a word to look for, or --speaker or --outlet", param_hint="WORDS")
    if rebuild:
        SearchIndex.discard(warehouse)
    with Warehouse(warehouse).open(at) as snapshot, SearchIndex(warehouse) as index:
        bring_up(index, snapshot)
        quotes = quote_hits(index, snapshot, asked)
        articles = [] if speaker else article_hits(index, snapshot, asked)
    if as_json:
        for hit in (*quotes, *articles):
            sys.stdout.write(json.dumps(hit.as_json(), ensure_ascii=False) + "\n")
        return
    out = console()
    if not quotes and not articles:
        out.print("Nothing has all of these words")
    _show(out, "Said", quotes)
    _show(out, "Printed", articles)


def days_of(told: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a year, a month or a day, as 2017, 2017-04 or 2017-04-12.

    Raises `BadParameter` (wrong usage) for anything else.
    """
    with contextlib.suppress(ValueError):
        if _MONTH.fullmatch(told):
            first = dt.date.fromisoformat(f"{told}-01")
            return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
        if _YEAR.fullmatch(told):
            return dt.date(int(told), 1, 1), dt.date(int(told), 12, 31)
        return dt.date.fromisoformat(told), dt.date.fromisoformat(told)
    raise typer.BadParameter(f"{told!r} is no day: say 2017, 2017-04 or 2017-04-12")


def bring_up(index: SearchIndex, snapshot: Snapshot) -> None:
    """Reads what the index has not seen, with a bar on a terminal, since the first time takes long."""
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("search index", total=None)
        index.ask_at(snapshot, lambda done, total: bar.update(task, completed=done, total=total))


def _show(out: Console, title: str, hits: Sequence[Hit]) -> None:
    if not hits:
        return
    out.print(f"\n{title}", style="bold")
    for hit in hits:
        out.print()
        if hit.kind == "quote":
            who = hit.speaker or f"({hit.quote_type})"
            about = [hit.speaker_role, hit.medium and f"to {hit.medium}", hit.date_said]
            told = "; ".join(part for part in about if part)
            out.print(Text(printable(f"{who}{f' ({told})' if told else ''}"), style="bold"), soft_wrap=True)
        out.print(_sentence(hit), soft_wrap=True)
        out.print(Text(f"  {where(hit)}", style="dim"), soft_wrap=True)


def _sentence(hit: Hit) -> Text:
    """The sentence, with what was asked for underlined and what was said in green."""
    text = Text("  " + printable(hit.sentence))
    for spans, style in ((hit.spans, "green"), (hit.matches, "underline bold")):
        for span in spans:
            first = hit.start or 0
            text.stylize(style, 2 + span.start - first, 2 + span.end - first)
    return text


def where(hit: Hit) -> str:
    """Outlet, day, file and characters of a hit."""
    whole = () if hit.start is None or hit.end is None else (Span(hit.start, hit.end),)
    characters = ", ".join(f"{span.start}-{span.end}" for span in hit.spans or whole)
    told = [hit.outlet or "unknown outlet", hit.date_published or "undated"]
    return printable(f"{', '.join(told)}: {hit.source_path}{f', characters {characters}' if characters else ''}")


def printable(text: str) -> str:
    """The text on one line, as long as it is; characters that would steer a terminal are shown as blanks."""
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} else c for c in text)
