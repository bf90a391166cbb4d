"""`onrecord diff --rows`: the rows that differ between two snapshots, with what changed by column."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from onrecord.warehouse.diff import RowChange

#: Characters of a value that are shown, and of those that stay the same before the first one that differs.
SHOWN, BEFORE = 60, 15


def show_rows(out: Console, changes: Sequence[RowChange], totals: tuple[int, int, int]) -> None:
    """One table's rows. `totals`: how many were added, removed and changed in all."""
    if not changes:
        return
    added, removed, changed = totals
    name = changes[0].table
    out.print(f"[bold]{name}[/]: {added:,} added, {removed:,} removed, {changed:,} changed")
    table = Table("change", "row", "column", "before", "after", header_style="bold")
    for change in changes:
        row = [change.change, escape(short(change.words))]
        if not change.values:
            table.add_row(*row, "", "", "")
        for column, (old, new) in change.values.items():
            before, after = around(old, new)
            table.add_row(*row, column, escape(before), escape(after))
            row = ["", ""]
    out.print(table)
    if left := added + removed + changed - len(changes):
        out.print(f"And {left:,} more rows: --table {name} --limit {added + removed + changed}")


def around(old: object, new: object) -> tuple[str, str]:
    """Two values as they are shown: long ones from shortly before where they begin to differ."""
    before, after = plain(old), plain(new)
    pairs = enumerate(zip(before, after, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = max(0, same - BEFORE) if max(len(before), len(after)) > SHOWN else 0
    return short(before, start), short(after, start)


def short(text: str, start: int = 0) -> str:
    """At most `SHOWN` characters of a text, on one line, from `start`."""
    shown = text[start : start + SHOWN]
    return ("…" if start else "") + " ".join(shown.split()) + ("…" if len(text) > start + SHOWN else "")


def plain(value: object) -> str:
    """A value as text; null is empty, spans are start-end."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(plain(part) for part in value)
    if isinstance(value, dict) and {"start", "end"} <= value.keys():
        kind = f"{value['kind']} " if "kind" in value else ""
        return f"{kind}{value['start']}-{value['end']}"
    return str(value)
