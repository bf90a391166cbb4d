"""Corrections on the command line: made, listed, undone, exchanged as a file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from flows.correcting import apply_edits
from flows.options import DEFAULTS, Store
from flows.show import console
from onrecord.files.parts import source_key
from onrecord.warehouse.corrections.correction import NAMED_KINDS, Correction, CorrectionError, Value, read_corrections
from onrecord.warehouse.corrections.exchange import as_yaml, from_yaml
from onrecord.warehouse.corrections.making import Editor, correct_article, correct_entities, correct_quote, find_row
from onrecord.warehouse.corrections.table import CorrectedColumn, CorrectedTable
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from tasks.corrections import Edits

app = typer.Typer()

_SOURCE = ("article_id", "source_path", "source_part")

#: Who makes corrections, where nobody says so.
EDITOR_VARIABLE = "ONRECORD_EDITOR"

By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help=f"Who says so; unasked, {EDITOR_VARIABLE} or the system's user."),
]


def editor_name(by: str | None) -> str:
    """Who makes corrections: who is named, or the environment's or the system's user."""
    return by or os.environ.get(EDITOR_VARIABLE) or getuser()


@app.command()
def correct(
    row: Annotated[str, typer.Argument(metavar="ID", help="Id of a quote, an article (or its path) or an entity.")],
    warehouse: Store = DEFAULTS.warehouse,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Who says a quote; '': nobody named.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help=f"Its speaker is: {', '.join(NAMED_KINDS)}.")] = None,
    role: Annotated[str | None, typer.Option(metavar="WORDS", help="The speaker's role; '': none.")] = None,
    date_said: Annotated[str | None, typer.Option(metavar="DATE", help="When it was said; '': not told.")] = None,
    not_a_quote: Annotated[bool, typer.Option("--not-a-quote", help="Nobody says this: no row.")] = False,
    date_published: Annotated[str | None, typer.Option(metavar="DATE", help="When an article was published.")] = None,
    authors: Annotated[str | None, typer.Option(metavar="NAMES", help="Who wrote it ('A; B'); '': nobody.")] = None,
    same_as: Annotated[str | None, typer.Option(metavar="ID", help="An entity is the same as this one.")] = None,
    not_same_as: Annotated[str | None, typer.Option(metavar="ID", help="An entity is not this one.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why; it stands beside the correction.")] = None,
    by: By = None,
) -> None:
    """Set right what was read wrongly: it is applied at once, and in every later run.

    A DATE is a day (2017-04-03), a month (2017-04) or a year.
    """
    given = {
        CorrectedColumn.SPEAKER_NAME: speaker,
        CorrectedColumn.SPEAKER_KIND: kind,
        CorrectedColumn.SPEAKER_ROLE: role,
        CorrectedColumn.DATE_SAID: date_said,
        CorrectedColumn.QUOTE_ID: "" if not_a_quote else None,
        CorrectedColumn.DATE_PUBLISHED: date_published,
        CorrectedColumn.AUTHORS: authors,
        CorrectedColumn.SAME_AS: same_as,
        CorrectedColumn.NOT_SAME_AS: not_same_as,
    }
    with Warehouse(warehouse).latest() as snapshot:
        made = corrections_from(snapshot, row, given, Editor.now(editor_name(by), reason))
    apply_and_tell(warehouse, Edits(tuple(made)))
    for found in made:
        console().print(escape(f"{found.correction_id}: {_change(found)}"), soft_wrap=True)


def corrections_from(
    snapshot: Snapshot, row_id: str, given: Mapping[CorrectedColumn, str | None], by: Editor
) -> list[Correction]:
    """The corrections of a row, from words by column (null: not asked for; empty: nothing stands there).

    Raises CorrectionError where there is no such row, or it has no such column or value.
    """
    words = {column: value for column, value in given.items() if value is not None}
    if not words:
        raise CorrectionError("say what is to be corrected: `onrecord correct --help` lists what can be")
    table, row = find_row(snapshot, row_id)
    if table is CorrectedTable.ENTITIES:
        return [_of_entities(snapshot, row, column, other, by) for column, other in words.items()]
    values: dict[CorrectedColumn, Value] = {column: value or None for column, value in words.items()}
    if CorrectedColumn.AUTHORS in words:
        names = words[CorrectedColumn.AUTHORS].split(";")
        values[CorrectedColumn.AUTHORS] = [name.strip() for name in names if name.strip()]
    return (correct_quote if table is CorrectedTable.QUOTES else correct_article)(row, values, by)


def _of_entities(
    snapshot: Snapshot, entity: dict[str, object], column: CorrectedColumn, other_id: str, by: Editor
) -> Correction:
    if column not in (CorrectedColumn.SAME_AS, CorrectedColumn.NOT_SAME_AS):
        raise CorrectionError(f"an entity has no {column}: say --same-as or --not-same-as")
    table, other = find_row(snapshot, other_id)
    if table is not CorrectedTable.ENTITIES:
        raise CorrectionError(f"{other_id} is no entity")
    return correct_entities(entity, other, by, same=column is CorrectedColumn.SAME_AS)


@app.command()
def corrections(
    warehouse: Store = DEFAULTS.warehouse,
    undo: Annotated[list[str] | None, typer.Option(metavar="ID", help="Undo this one; may be repeated.")] = None,
    to_file: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write all as YAML, to be reviewed or kept.")
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Make those of such a file.", exists=True)
    ] = None,
) -> None:
    """List the corrections, and what has become of each; undo some, or exchange them as a file."""
    out = console()
    if undo or from_file:
        made = tuple(from_yaml(from_file.read_text("utf-8"))) if from_file else ()
        apply_and_tell(warehouse, Edits(made, frozenset(undo or ())))
        out.print(f"{len(made):,} corrections made, {len(undo or ()):,} undone")
        return
    with Warehouse(warehouse).latest() as snapshot:
        found = read_corrections(snapshot)
        if to_file:
            articles = {correction.article_id for correction in found if correction.article_id}
            rows = snapshot.rows_with("articles", "article_id", articles, _SOURCE).to_pylist()
            keys = {row["article_id"]: source_key(row["source_path"], row["source_part"]) for row in rows}
            to_file.write_text(as_yaml(found, keys), "utf-8")
            out.print(escape(f"{len(found):,} corrections written to {to_file}"))
            return
    _list(found)


def _list(found: Sequence[Correction]) -> None:
    if not found:
        console().print("No corrections")
        return
    table = Table("id", "made", "by", "of", "what", "why", "", header_style="bold")
    for correction in found:
        state = {True: "", False: "fits nothing any more", None: "waits for the next run"}[correction.applied]
        table.add_row(
            correction.correction_id, f"{correction.made_at:%Y-%m-%d %H:%M}", escape(correction.made_by),
            escape(correction.anchor), escape(_change(correction)), escape(correction.reason or ""), state,
        )  # fmt: skip
    console().print(table)


def _change(correction: Correction) -> str:
    """What a correction says, in a few words."""
    if correction.table is CorrectedTable.ENTITIES:
        word = "is" if correction.column is CorrectedColumn.SAME_AS else "is not"
        return f"{correction.anchor} {word} {correction.other['name']}"
    if correction.takes_out:
        return "is no quote"
    old, new = (
        "; ".join(value) if isinstance(value, list) else "nothing" if value is None else str(value)
        for value in (correction.old_value, correction.new_value)
    )
    return f"{correction.column}: {old} → {new}"


def apply_and_tell(warehouse: Path, edits: Edits) -> None:
    """Apply edits, and tell what did not fit and what was rejected."""
    for report in apply_edits(warehouse, edits):
        for told in (*report.unfit, *(reject.reason for reject in report.rejects)):
            console().print(escape(told), soft_wrap=True)
