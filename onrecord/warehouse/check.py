"""Is what is committed what was promised? Files against `commit.json`, rows against the declaration and each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.warehouse.commit import FileEntry
from onrecord.warehouse.corrections.table import CorrectedColumn, CorrectedTable
from onrecord.warehouse.declaration import Table
from onrecord.warehouse.layout import bucket_of, decode, spread_hash
from onrecord.warehouse.query import connect, identifier, quoted
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.tables import TABLES, UNKNOWN_MONTH


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it should be. `rule` names what was checked; `example` is a file or a key."""

    table: str
    rule: str
    count: int
    example: str
    reason: str


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file of a table that is not what the commit says."""

    table: str
    entry: FileEntry
    reason: str


def damaged_files(snapshot: Snapshot) -> list[Damaged]:
    """The files of a snapshot that are gone, or whose bytes are not those of the commit. Reads everything."""
    return [
        Damaged(name, entry, reason)
        for name in TABLES
        for entry in snapshot.entries(name)
        if (reason := _wrong_bytes(snapshot.file(name, entry), entry))
    ]


def check(snapshot: Snapshot, *, progress: Callable[[str], None] = lambda _: None) -> list[Problem]:
    """All that is wrong with a snapshot; empty where it keeps every promise.

    Files first: all there, none besides, the bytes of the commit, the declared schema and version, every row in the
    file and month that it belongs to. Then, if those hold, the rows: keys, required values, vocabularies, references,
    spans, counts. `progress` is told each step. Reads everything.
    """
    found: list[Problem] = []
    for table in TABLES.values():
        progress(f"files of {table.name}")
        found.extend(_files(snapshot, table))
    if found:
        return found
    connection = connect(snapshot)
    for table in TABLES.values():
        progress(f"rows of {table.name}")
        found.extend(_run(connection, table, _keys(table)))
        found.extend(_values(connection, table))
        for rule in (_references, _months, _spans, _counts, _corrected):
            found.extend(_run(connection, table, rule(table)))
    connection.close()
    return found


# --- files


def _files(snapshot: Snapshot, table: Table) -> Iterator[Problem]:
    folder = snapshot.path / table.name
    entries = snapshot.commit.tables.get(table.name)
    if not entries:
        yield Problem(table.name, "files", 1, str(folder), "the commit tells of no file of this table")
        return
    known = {entry.path for entry in entries}
    besides = sorted({str(path.relative_to(folder)) for path in folder.rglob("*.parquet")} - known)
    if besides:
        yield Problem(table.name, "files", len(besides), besides[0], "a file that the commit does not tell of")
    for entry in entries:
        if reason := _wrong_file(snapshot, table, entry):
            yield Problem(table.name, "files", 1, entry.path, reason)


def _wrong_file(snapshot: Snapshot, table: Table, entry: FileEntry) -> str | None:
    path = snapshot.file(table.name, entry)
    if reason := _wrong_bytes(path, entry):
        return reason
    if not _same(pq.read_schema(path), table.schema):
        return "its schema is not the declared one of this version"
    keys = decode(path, [table.spread_by])
    if keys.num_rows != entry.rows:
        return f"it has {keys.num_rows} rows, the commit says {entry.rows}"
    if np.any(bucket_of(spread_hash(keys.column(0)), entry.buckets) != entry.bucket):
        return "it has rows that belong to another file of its partition"
    return None


def _wrong_bytes(path: Path, entry: FileEntry) -> str | None:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return None if digest == entry.sha256 else "its bytes are not those of the commit (checksum)"


def _same(found: pa.Schema, declared: pa.Schema) -> bool:
    """Whether columns, types, descriptions and version are the same; Parquet has its own names for list elements."""
    fields = zip(found, declared, strict=False)
    described = all(one.metadata == other.metadata for one, other in fields)
    return described and found.equals(declared) and found.metadata == declared.metadata


# --- rows: what a row shows by itself is (rule, reason, test of a broken row), and one query asks for all of a table;
# --- any other rule gives (rule, reason, query for the keys of the rows that break it)

Rule = tuple[str, str, str]


def _values(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[Problem]:
    tests = [*_required(table), *_vocabularies(table)]
    broken = [f"count(*) filter ({test}), min({_key(table)}::varchar) filter ({test})" for _, _, test in tests]
    if not broken:
        return
    row = connection.execute(f"select {', '.join(broken)} from {table.name} t").fetchall()[0]
    for (rule, reason, _), count, example in zip(tests, row[::2], row[1::2], strict=True):
        if count:
            yield Problem(table.name, rule, count, example or "", reason)


def _run(connection: duckdb.DuckDBPyConnection, table: Table, rules: Iterator[Rule]) -> Iterator[Problem]:
    for rule, reason, query in rules:
        asked = f"select count(*), min(key::varchar) from ({query}) broken(key)"
        (result,) = connection.execute(asked).fetchall()
        if result[0]:
            yield Problem(table.name, rule, result[0], result[1] or "", reason)


def _key(table: Table, alias: str = "t") -> str:
    return " || ' ' || ".join(f"coalesce({alias}.{identifier(name)}::varchar, '')" for name in table.primary_key)


def _keys(table: Table) -> Iterator[Rule]:
    key = ", ".join(identifier(name) for name in table.primary_key)
    query = f"select {_key(table)} from {table.name} t group by {key} having count(*) > 1"
    yield "unique", f"{' and '.join(table.primary_key)} must tell rows apart", query


def _required(table: Table) -> Iterator[Rule]:
    for column in table.columns:
        if column.required:
            yield "required", f"{column.name} must not be null", f"t.{identifier(column.name)} is null"


def _vocabularies(table: Table) -> Iterator[Rule]:
    for column in table.columns:
        if not column.values:
            continue
        allowed = ", ".join(quoted(value) for value in column.values)
        name = f"t.{identifier(column.name)}"
        if pa.types.is_list(column.datatype):
            test = f"len(list_filter({name}, lambda part: part.kind not in ({allowed}))) > 0"
        else:
            test = f"{name} not in ({allowed})"
        yield "vocabulary", f"{column.name} must be one of {', '.join(column.values)}", test


def _references(table: Table) -> Iterator[Rule]:
    for key in table.foreign_keys:
        query = (
            f"select {_key(table)} from {table.name} t anti join {key.table} r"
            f" on r.{identifier(key.references)} = t.{identifier(key.column)}"
            f" where t.{identifier(key.column)} is not null"
        )
        yield "reference", f"{key.column} must be in {key.table}.{key.references}", query


def _months(table: Table) -> Iterator[Rule]:
    month = f"coalesce(strftime(a.date_published, '%Y-%m'), '{UNKNOWN_MONTH}')"
    if not table.monthly:
        return
    shared = "t.article_id = a.article_id"
    if table.name == "rejects":
        shared = "t.source_path = a.source_path and t.source_part is not distinct from a.source_part"
    query = f"select {_key(table)} from {table.name} t join articles a on {shared} where t.month <> {month}"
    yield "month", "a row must stand in the month of its article's publication", query
    if table.name == "quotes":
        for column in ("publisher", "date_published"):
            query = (
                f"select {_key(table)} from quotes t join articles a using (article_id)"
                f" where t.{column} is distinct from a.{column}"
            )
            yield "copied", f"{column} must be the article's", query


#: Columns that hold the string between two offsets: table, string, start, end.
_STRINGS = (
    ("mentions", "text", "start", "end"),
    ("dates", "text", "start", "end"),
    ("quotes", "cue", "cue_start", "cue_end"),
    ("quotes", "speaker", "speaker_start", "speaker_end"),
)

#: Columns that hold lists of spans.
_LISTS = (("quotes", "content_spans"), ("articles", "blocks"))


def _spans(table: Table) -> Iterator[Rule]:
    for name, text, start, end in _STRINGS:
        if name == table.name:
            test = (
                f"t.{text} is distinct from substring(a.text, t.{identifier(start)} + 1,"
                f" t.{identifier(end)} - t.{identifier(start)})"
            )
            query = f"select {_key(table)} from {name} t join articles a using (article_id) where {test}"
            yield "span", f"articles.text[{start}:{end}] must be {text}", query
    for name, column in _LISTS:
        if name == table.name:
            query = (
                f"select {_key(table)} from {name} t join articles a using (article_id) where len(list_filter("
                f"t.{column}, lambda s: s.start < 0 or s.start >= s.end or s.end > length(a.text))) > 0"
            )
            yield "span", f"every span of {column} must lie in articles.text", query


#: Counts of entities: the column, where what it counts stands, under which id, and how it is counted.
_COUNTS = (
    ("article_count", "mentions", "entity_id", "count(distinct article_id)"),
    ("mention_count", "mentions", "entity_id", "count(*)"),
    ("quote_count", "quotes", "speaker_entity_id", "count(*)"),
)


def _counts(table: Table) -> Iterator[Rule]:
    for column, counted, identity, count in _COUNTS if table.name == "entities" else ():
        query = (
            f"select {_key(table)} from entities t left join"
            f" (select {identity} as entity_id, {count} as n from {counted} group by all) c using (entity_id)"
            f" where t.{column} <> coalesce(c.n, 0)"
        )
        yield "count", f"{column} must be what {counted} says", query


def _corrected(table: Table) -> Iterator[Rule]:
    """Rows of articles and quotes are marked as corrected where a correction was applied to them, and only there."""
    if table.name not in (CorrectedTable.ARTICLES, CorrectedTable.QUOTES):
        return
    key = identifier(table.primary_key[0])
    applied = f"""select row_id from corrections
        where "table" = '{table.name}' and applied and "column" <> '{CorrectedColumn.QUOTE_ID}'"""
    query = f"select {_key(table)} from {table.name} t where t.corrected and t.{key} not in ({applied})"
    yield "corrected", "a corrected row must have a correction", query
    query = (
        f"select row_id from ({applied}) c where row_id not in (select t.{key} from {table.name} t where t.corrected)"
    )
    yield "corrected", "a correction that is applied must stand in its row", query
