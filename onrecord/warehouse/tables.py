"""The one declaration of every table: columns, types, meanings, keys, vocabularies, order and partitions.

The files' schemas, the empty files, the data dictionary, the expectations' column lists and the checks of what is
committed all derive from `TABLES`. The public contract is columns, types and meanings; order and file sizes are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import pyarrow as pa

from onrecord.document.article import EntityType
from onrecord.warehouse.article_tables import ARTICLES, DATES, MENTIONS, QUOTES
from onrecord.warehouse.columns import (
    ARTICLE_ID,
    CORRECTED,
    DATE,
    INT64,
    OF_ARTICLE,
    OF_RUN,
    PART,
    RUN_ID,
    STRING,
    STRINGS,
    TIMESTAMP,
)
from onrecord.warehouse.corrections.table import CORRECTIONS
from onrecord.warehouse.declaration import SCHEMA_VERSION, Column, ForeignKey, Table
from onrecord.warehouse.state import STATE

__all__ = ["SCHEMA_VERSION", "TABLES", "Column", "ForeignKey", "Table", "conform", "empty", "require", "to_table"]

#: The partition of articles whose month of publication is not known.
UNKNOWN_MONTH = "unknown"


class Stage(StrEnum):
    """The step that did not let a raw file or a row in."""

    READ = "read"
    STRUCTURE = "structure"
    EXTRACT = "extract"
    VALIDATE = "validate"


class Severity(StrEnum):
    """How bad a reject is: critical keeps the file or row out, the others let it in and say so."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


ENTITIES = Table(
    name="entities",
    description="One row per person, organisation, place or group, over the whole warehouse.",
    primary_key=("entity_id",),
    order=("name", "entity_id"),
    spread_by="entity_id",
    rows_per_file=8192,
    rows_per_group=8192,
    monthly=False,
    columns=(
        Column(
            "entity_id",
            STRING,
            "Stays when new articles arrive; a merge keeps the older id.",
            required=True,
            repeats=False,
        ),
        Column("name", STRING, "Canonical name.", required=True),
        Column("entity_type", STRING, "What it is.", required=True, vocabulary=EntityType),
        Column("aliases", STRINGS, "Every other form seen or known."),
        Column("roles", STRINGS, "Roles given for a person."),
        Column("first_seen", DATE, "Earliest date of publication."),
        Column("last_seen", DATE, "Latest date of publication."),
        Column("article_count", INT64, "Articles that mention it.", required=True),
        Column("mention_count", INT64, "Its mentions.", required=True),
        Column("quote_count", INT64, "Quotes whose speaker it is.", required=True),
        Column("merged_ids", STRINGS, "Ids that this entity has absorbed."),
        CORRECTED,
    ),
)

REJECTS = Table(
    name="rejects",
    description="One row per raw file, part of one, or row that was not let in.",
    primary_key=("source_path", "source_part", "run_id", "stage", "table", "row_id", "expectation", "reason"),
    order=("source_path", "source_part", "run_id", "stage", "table", "row_id", "expectation", "reason"),
    spread_by="source_path",
    rows_per_file=32_768,
    rows_per_group=32_768,
    foreign_keys=(OF_RUN,),
    columns=(
        RUN_ID,
        Column("source_path", STRING, "Path of the raw file below the raw folder.", required=True),
        PART,
        Column("source_sha256", STRING, "SHA-256 of the raw file, or of that part; null where it could not be read."),
        Column("stage", STRING, "The step that refused it.", required=True, vocabulary=Stage),
        Column("table", STRING, "The table that the row was meant for; null for a file."),
        Column("row_id", STRING, "The row's primary key; null for a file."),
        Column("expectation", STRING, "The expectation that failed; null for a file that could not be read."),
        Column("reason", STRING, "What is wrong, where, and what to do.", required=True),
        Column("severity", STRING, "How bad it is.", required=True, vocabulary=Severity),
        Column("metadata_sha256", STRING, "Digest of what a metadata file said of it; null where none did."),
        Column("pipeline_version", STRING, "Version of the pipeline that refused it.", required=True),
    ),
)

SIGNATURES = Table(
    name="signatures",
    description="One row per article: what copies are found by, so that a new article needs no old text.",
    primary_key=("article_id",),
    order=("article_id",),
    spread_by="article_id",
    rows_per_file=16_384,
    rows_per_group=16_384,
    internal=True,
    foreign_keys=(OF_ARTICLE,),
    columns=(
        ARTICLE_ID,
        Column(
            "signature",
            pa.binary(),
            "Two MinHash sketches of the body (onrecord.cross_document.copies).",
            required=True,
            repeats=False,
            long=True,
        ),
        Column("date_published", DATE, "Copied from the article: the earliest of a cluster is the one copied."),
        Column("copy_component_id", STRING, "Shared by articles that hang together by likeness, cluster or not."),
        Column("copy_cluster_id", STRING, "As in articles."),
        Column("copy_of", STRING, "As in articles."),
    ),
)

_COUNTED = (ARTICLES, QUOTES, MENTIONS, DATES, ENTITIES, REJECTS)

RUNS = Table(
    name="runs",
    description="One row per run.",
    primary_key=("run_id",),
    order=("started_at", "run_id"),
    spread_by="run_id",
    rows_per_file=65_536,
    rows_per_group=65_536,
    monthly=False,
    columns=(
        Column("run_id", STRING, "Names the run.", required=True),
        Column("flow", STRING, "The flow that ran (ingest, backfill, ...).", required=True),
        Column("started_at", TIMESTAMP, "When it started.", required=True),
        Column("finished_at", TIMESTAMP, "When its rows were ready to be committed."),
        Column("pipeline_version", STRING, "Version of the pipeline.", required=True),
        Column("parameters", STRING, "Its parameters, as JSON."),
        Column("files_seen", INT64, "Raw files found."),
        Column("files_new", INT64, "Raw files read for the first time."),
        Column("files_changed", INT64, "Raw files read again."),
        Column("files_removed", INT64, "Raw files that are gone or withdrawn, and whose rows were dropped."),
        Column("files_rejected", INT64, "Raw files not let in."),
        *(Column(f"rows_{table.name}", INT64, f"Rows written to {table.name}.") for table in _COUNTED),
        Column("fill_rates", STRING, "Share of values that are not null, by table and column, as JSON."),
        Column("durations", STRING, "Seconds by step, as JSON."),
        Column("validation", STRING, "Expectations evaluated, failed and warned of, by suite, as JSON."),
    ),
)

#: Every table, public ones first, in the order in which documentation shows them.
TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (ARTICLES, QUOTES, ENTITIES, MENTIONS, DATES, RUNS, REJECTS, CORRECTIONS, SIGNATURES, *STATE)
}

#: The tables whose rows belong to one raw file: they are replaced and dropped together.
ARTICLE_TABLES = tuple(name for name, table in TABLES.items() if table.monthly)

#: Columns that tell of the run and not of the article; `diff` can leave them out.
LINEAGE = ("run_id", "pipeline_version", "ingested_at")


def empty(name: str) -> pa.Table:
    """A table of zero rows with the declared schema. Raises KeyError for a name that is not declared."""
    return TABLES[name].schema.empty_table()


def to_table(name: str, rows: Iterable[Mapping[str, Any]], *, staging: bool = False) -> pa.Table:
    """The rows as a table of the declared schema, never an inferred one. A column that a row lacks is null.

    With `staging` the columns that are dropped at the commit are kept too. Raises KeyError for an undeclared table,
    ValueError for an undeclared column or a null in a required one, pyarrow's ArrowInvalid or ArrowTypeError for a
    value of another type.
    """
    table = TABLES[name]
    schema = table.staging_schema if staging else table.schema
    known = set(table.staging_schema.names)
    listed = list(rows)
    for row in listed:
        if unknown := row.keys() - known:
            raise ValueError(f"{name} has no column {', '.join(sorted(unknown))}")
    arrays = [pa.array([row.get(field.name) for row in listed], type=field.type) for field in schema]
    made = pa.Table.from_arrays(arrays, schema=schema)
    require(name, made)
    return made


def conform(name: str, table: pa.Table) -> pa.Table:
    """The table with exactly the declared columns, in order; staging columns dropped, others that lack made null.

    Raises ValueError for an undeclared column, a type that is not the declared one, or a null in a required column.
    """
    declared = TABLES[name]
    if unknown := set(table.column_names) - set(declared.staging_schema.names):
        raise ValueError(f"{name} has no column {', '.join(sorted(unknown))}")
    columns = []
    for field in declared.schema:
        if field.name not in table.column_names:
            columns.append(pa.chunked_array([pa.nulls(table.num_rows, field.type)]))
            continue
        column = table.column(field.name)
        if column.type != field.type:
            raise ValueError(f"{name}.{field.name} is {column.type} and must be {field.type}")
        columns.append(column.cast(field.type))  # the name of a list's element is not part of its type
    made = pa.Table.from_arrays(columns, schema=declared.schema)
    require(name, made)
    return made


def require(name: str, table: pa.Table) -> None:
    """Raises ValueError where a required column of the declared table has a null."""
    for column in TABLES[name].columns:
        if column.required and column.name in table.column_names and table.column(column.name).null_count:
            raise ValueError(f"{name}.{column.name} must not be null")
