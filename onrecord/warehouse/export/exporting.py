"""Writes a snapshot as a workbook, a CSV or JSON-lines file, a DuckDB database or a folder of Parquet files.

Whatever is written is whole or not there: it is made under another name beside its place, and renamed at the end.
"""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from onrecord.warehouse.dictionary import dictionary_of
from onrecord.warehouse.export.cells import flat_columns
from onrecord.warehouse.export.relations import CONTENT, FLAT, READABLE, descriptions, meanings
from onrecord.warehouse.export.workbook import columns_of, write_workbook
from onrecord.warehouse.query import connect, identifier, quoted
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.views import JOINS, VIEWS_FILE, table_view

#: Endings of files that can be written; what has none is a folder.
FORMATS = (".xlsx", ".csv", ".jsonl", ".duckdb")

#: What a file of one table is accompanied by: its name, with this behind it.
DICTIONARY = ".README.md"


class ExportError(ValueError):
    """An export that cannot be written: says why, and what to ask for instead."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file or folder, with what else belongs to it, and rows by table or view."""

    paths: tuple[Path, ...]
    rows: dict[str, int]


def export(
    snapshot: Snapshot, to: Path, *, query: str | None = None, overwrite: bool = False, name: str = "rows"
) -> Exported:
    """Write a snapshot, or the rows of a query over its tables and views, in the format that the file's ending says.

    `name`: what the rows of a query are called. Raises ExportError for an ending that is none of `FORMATS`, for what
    is there already unless it is to be overwritten, and for a faulty query; OSError where nothing can be written.
    """
    ending = to.suffix.lower()
    if ending and ending not in FORMATS:
        raise ExportError(f"{to}: no format of that ending; there is {', '.join(FORMATS)}, and a folder has none")
    if query is not None and not ending:
        raise ExportError(f"{to}: the rows of a query go into a file ({', '.join(FORMATS)})")
    if to.exists() and not overwrite:
        raise ExportError(f"{to} is there already: choose another name, or say --overwrite")
    with connect(snapshot) as connection, _made_beside(to) as made:
        try:
            if query is not None:
                connection.execute(f"create view {identifier(name)} as {query}")
            write = _WRITERS.get(ending, _folder)
            rows = write(connection, snapshot, made, None if query is None else name)
        except duckdb.Error as error:
            raise ExportError(f"the export failed: {error}") from error
    paths = [to]
    if ending in (".csv", ".jsonl"):
        relation = FLAT if query is None else name
        paths.append(to.with_name(to.name + DICTIONARY))
        paths[-1].write_text(_flat_dictionary(snapshot, to, relation, query), "utf-8")
    return Exported(tuple(paths), rows)


@contextlib.contextmanager
def _made_beside(to: Path) -> Iterator[Path]:
    """A name beside the file or folder, which takes its place at the end, and is removed where the block raises."""
    to.parent.mkdir(parents=True, exist_ok=True)
    made = to.with_name(f".{to.name}.{uuid.uuid4().hex[:8]}")
    try:
        yield made
        if to.is_dir():
            shutil.rmtree(to)
        made.replace(to)
    finally:
        if made.is_dir():
            shutil.rmtree(made)
        else:
            made.unlink(missing_ok=True)


def _about(snapshot: Snapshot) -> list[str]:
    commit = snapshot.commit
    return [
        "Who said what, when: read from news text by Onrecord.",
        f"State of {commit.created_at:%Y-%m-%d %H:%M} UTC, version {commit.pipeline_version or 'unknown'},"
        f" {snapshot.rows('articles'):,} articles and {snapshot.rows('quotes'):,} quotes.",
        "Files are named below the raw folder; characters count from 0, the end not included.",
    ]


def _workbook(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, made: Path, only: str | None
) -> dict[str, int]:
    relations = READABLE if only is None else (only,)
    queries = {name: f"select {columns_of(connection, name)} from {identifier(name)}" for name in relations}
    return write_workbook(connection, made, queries, _about(snapshot))


def _csv(connection: duckdb.DuckDBPyConnection, _: Snapshot, made: Path, only: str | None) -> dict[str, int]:
    """UTF-8 with a mark at its begin, by which spreadsheets know it."""
    relation = only or FLAT
    columns = ", ".join(flat_columns(connection, f"select * from {identifier(relation)}"))
    rows = _copied(connection, f"select {columns} from {identifier(relation)}", made, "format csv, header")
    plain = made.with_name(made.name + ".plain")
    made.replace(plain)
    with plain.open("rb") as source, made.open("wb") as target:
        target.write(b"\xef\xbb\xbf")
        shutil.copyfileobj(source, target)
    plain.unlink()
    return {relation: rows}


def _jsonl(connection: duckdb.DuckDBPyConnection, _: Snapshot, made: Path, only: str | None) -> dict[str, int]:
    relation = only or FLAT
    return {relation: _copied(connection, f"from {identifier(relation)}", made, "format json")}


def _copied(connection: duckdb.DuckDBPyConnection, query: str, file: Path, how: str) -> int:
    return int(connection.execute(f"copy ({query}) to {quoted(file)} ({how})").fetchall()[0][0])


def _database(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, made: Path, only: str | None
) -> dict[str, int]:
    """Tables with a comment on each column, the views over them, and a table `about`."""
    relations = CONTENT if only is None else (only,)
    known = {relation: meanings(connection, relation) for relation in relations}
    connection.execute(f"attach {quoted(made)} as exported")
    for relation in relations:
        connection.execute(f"create table exported.{identifier(relation)} as from {identifier(relation)}")
    connection.execute("create table exported.about(line varchar)")
    connection.executemany("insert into exported.about values (?)", [[line] for line in _about(snapshot)])
    rows = {name: _count(connection, f"exported.{identifier(name)}") for name in relations}
    connection.execute("use exported")
    for relation, of_columns in known.items():
        if told := descriptions().get(relation):
            connection.execute(f"comment on table {identifier(relation)} is {quoted(told)}")
        for of in of_columns:
            column = f"{identifier(relation)}.{identifier(of.column)}"
            connection.execute(f"comment on column {column} is {quoted(of.meaning)}")
    for name, description, query in JOINS if only is None else ():
        connection.execute(f"create view {name} as {query}")
        connection.execute(f"comment on view {name} is {quoted(description)}")
    connection.execute("use memory; detach exported")
    return rows


def _folder(_: duckdb.DuckDBPyConnection, snapshot: Snapshot, made: Path, __: str | None) -> dict[str, int]:
    """The tables' own files, the views over them by relative paths, and the dictionary."""
    for table in CONTENT:
        for entry in snapshot.entries(table):
            target = made / table / entry.path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(snapshot.file(table, entry), target)
    views = [table_view(Path(), TABLES[table]) for table in CONTENT]
    views += [f"create or replace view {name} as\n{query};\n" for name, _, query in JOINS]
    head = "-- Views over the tables of this folder:   cd here && duckdb -init views.sql\n\n"
    (made / VIEWS_FILE).write_text(head + "\n".join(views), "utf-8")
    head = "\n".join(["# An export of Onrecord", "", *(f"{line}\n" for line in _about(snapshot))])
    (made / "README.md").write_text(f"{head}\n{dictionary_of(CONTENT)}", "utf-8")
    return {table: snapshot.rows(table) for table in CONTENT}


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    return int(connection.execute(f"select count(*) from {relation}").fetchall()[0][0])


def _flat_dictionary(snapshot: Snapshot, to: Path, relation: str, query: str | None) -> str:
    """What the columns of a flat file mean, as Markdown."""
    with connect(snapshot) as connection:
        if query is not None:
            connection.execute(f"create view {identifier(relation)} as {query}")
        of_columns = meanings(connection, relation)
    lines = [f"# {to.name}", "", *(f"{line}\n" for line in _about(snapshot))]
    lines += [told, ""] if (told := descriptions().get(relation)) else [f"```sql\n{query}\n```", ""]
    lines += ["| column | type | meaning |", "| --- | --- | --- |"]
    lines += [f"| {of.column} | {of.kind} | {of.meaning} |".replace("\n", " ") for of in of_columns]
    return "\n".join(lines) + "\n"


_WRITERS: dict[str, Callable[[duckdb.DuckDBPyConnection, Snapshot, Path, str | None], dict[str, int]]] = {
    ".xlsx": _workbook,
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".duckdb": _database,
}
