"""The one declaration of every table: columns, types, meanings, keys, vocabularies, order and partitions.

The files' schemas, the empty files, the data dictionary, the expectations' column lists and the checks of what is
committed all derive from `TABLES`. The public contract is columns, types and meanings; order and file sizes are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import pyarrow as pa

from onrecord.document.article import (
    BlockKind,
    DateMethod,
    EntityType,
    Precision,
    QuoteType,
    ReportKind,
    SpeakerKind,
    TimexType,
)
from onrecord.warehouse.corrections.table import CORRECTIONS
from onrecord.warehouse.declaration import SCHEMA_VERSION, Column, ForeignKey, Table
from onrecord.warehouse.state import STATE

__all__ = ["SCHEMA_VERSION", "TABLES", "Column", "ForeignKey", "Table", "conform", "empty", "require", "to_table"]

#: The partition of articles whose month of publication is not known.
UNKNOWN_MONTH = "unknown"

STRING = pa.string()
INT32 = pa.int32()
INT64 = pa.int64()
FLOAT32 = pa.float32()
DATE = pa.date32()
TIMESTAMP = pa.timestamp("us", tz="UTC")
STRINGS = pa.list_(pa.field("element", pa.string()))
NUMBERS = pa.list_(pa.field("element", pa.int32()))
_SPAN = [pa.field("start", pa.int32()), pa.field("end", pa.int32())]
SPANS = pa.list_(pa.field("element", pa.struct(_SPAN)))
CANDIDATES = pa.list_(
    pa.field(
        "element",
        pa.struct([("name", pa.string()), ("entity_id", pa.string()), ("probability", pa.float32())]),
    )
)
BLOCKS = pa.list_(pa.field("element", pa.struct([pa.field("kind", pa.string()), *_SPAN])))


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


_PART = Column(
    "source_part",
    STRING,
    "Which part of a raw file that holds several articles: a row by its id, or by its number from 1; a member of an "
    "archive by its path in it; an article of an export by the database's number or its place; null where the file is "
    "one article.",
    repeats=False,
)
_ARTICLE_ID = Column("article_id", STRING, "The article (articles).", required=True)
_RUN_ID = Column("run_id", STRING, "The run that wrote the row (runs).", required=True)
_CORRECTED = Column("corrected", pa.bool_(), "An editor's correction stands in this row (corrections).", required=True)
_CORRECTION_IDS = Column("correction_ids", STRINGS, "The corrections that stand in the row.")
_OF_ARTICLE = ForeignKey("article_id", "articles", "article_id")
_OF_RUN = ForeignKey("run_id", "runs", "run_id")

ARTICLES = Table(
    name="articles",
    description="One row per article: per raw file, or per row or part of a file that holds several.",
    primary_key=("article_id",),
    order=("date_published", "source_path", "article_id"),
    spread_by="article_id",
    rows_per_file=2048,
    rows_per_group=1024,
    foreign_keys=(ForeignKey("copy_of", "articles", "article_id"), _OF_RUN),
    columns=(
        Column("article_id", STRING, "Hash of `source_path` and `source_part`.", required=True, repeats=False),
        Column(
            "source_path",
            STRING,
            "Path of the raw file below the raw folder, `/`-separated; behind the name of its source, if it has one.",
            required=True,
            repeats=False,
        ),
        _PART,
        Column(
            "source_sha256",
            STRING,
            "SHA-256 of the raw file as it was read, in hex; of a row or part of it, of its own text and fields.",
            required=True,
            repeats=False,
        ),
        Column("source_bytes", INT64, "Size of the raw file, or of that part of it, as it was read.", required=True),
        Column("encoding", STRING, "Character encoding that the raw file was read in.", required=True),
        Column("headline", STRING, "Headline."),
        Column("alternative_headline", STRING, "Standfirst or deck under the headline."),
        Column("byline", STRING, "Byline as printed."),
        Column("authors", STRINGS, "The people in the byline."),
        Column("publisher", STRING, "The outlet."),
        Column("agency", STRING, "The news agency credited."),
        Column("dateline", STRING, "Dateline as printed."),
        Column("located", STRING, "Place of the dateline."),
        Column("url", STRING, "Canonical address."),
        Column("language", STRING, "BCP 47 tag."),
        Column("date_published", DATE, "Date of publication; null where the evidence does not give it."),
        Column("date_published_precision", STRING, "How much of it is known.", vocabulary=Precision),
        Column("date_published_method", STRING, "Where it comes from.", vocabulary=DateMethod),
        Column("date_not_before", DATE, "Earliest date by evidence that is not a publication date (a dated caption)."),
        Column("date_not_after", DATE, "Latest date by such evidence (a copyright year)."),
        Column(
            "text",
            STRING,
            "The decoded file, or its row's or part's text, unchanged. All offsets are code points into it.",
            required=True,
            repeats=False,
            long=True,
        ),
        Column(
            "body",
            STRING,
            "The article's prose, paragraphs parted by a blank line, boilerplate left out.",
            repeats=False,
            long=True,
        ),
        Column("blocks", BLOCKS, "Every part of `text`, labelled; end exclusive.", vocabulary=BlockKind, long=True),
        Column("word_count", INT32, "Words of `body`."),
        Column("copy_cluster_id", STRING, "Shared by near-identical copies."),
        Column("copy_of", STRING, "The earliest article of the cluster (articles)."),
        _RUN_ID,
        Column("pipeline_version", STRING, "Version of the pipeline that read the file.", required=True),
        Column("ingested_at", TIMESTAMP, "When the file was read.", required=True),
        Column("metadata_sha256", STRING, "Digest of what a metadata file said of it; null where none did."),
        _CORRECTED,
    ),
    staging=(_CORRECTION_IDS,),
)

#: What ids of rows within an article are made of.
_WORDS = "its words and which of those with the same words it is; never of offsets"

QUOTES = Table(
    name="quotes",
    description="One row per attribution (somebody said something).",
    primary_key=("quote_id",),
    order=("speaker_name", "date_published", "article_id", "quote_index", "quote_id"),
    spread_by="article_id",
    rows_per_file=32_768,
    rows_per_group=8192,
    foreign_keys=(
        _OF_ARTICLE,
        ForeignKey("speaker_entity_id", "entities", "entity_id"),
        ForeignKey("parent_quote_id", "quotes", "quote_id"),
        _OF_RUN,
    ),
    columns=(
        Column("quote_id", STRING, f"Hash of the article, {_WORDS}.", required=True, repeats=False),
        _ARTICLE_ID,
        Column("quote_index", INT32, "Position in reading order, from 0.", required=True),
        Column("quote_type", STRING, "Direct, mixed or indirect.", required=True, vocabulary=QuoteType),
        Column(
            "report_kind",
            STRING,
            "What is reported: words spoken or written, a thought, what is perceived, an act, or that nothing is said; "
            "null in rows of an older version.",
            vocabulary=ReportKind,
        ),
        Column(
            "content",
            STRING,
            "What was said, as printed, without the outer quotation marks; its pieces are parted by ' … ' where an "
            "attribution or other words stand between them, else by a blank.",
            required=True,
            repeats=False,
            long=True,
        ),
        Column(
            "content_spans",
            SPANS,
            "Its pieces, where the attribution interrupts it.",
            required=True,
            repeats=False,
            long=True,
        ),
        Column("cue", STRING, 'The reporting words ("told", "according to"); null where there are none.'),
        Column("cue_start", INT32, "First character of the cue."),
        Column("cue_end", INT32, "End of the cue, exclusive."),
        Column("speaker", STRING, "The source as printed next to the quote; null for a continuing quote."),
        Column("speaker_start", INT32, "First character of the source."),
        Column("speaker_end", INT32, "End of the source, exclusive."),
        Column("speaker_name", STRING, "Who it is: the fullest name in the article; null for an unnamed source."),
        Column("speaker_entity_id", STRING, "The same over all articles (entities)."),
        Column("speaker_kind", STRING, "What kind of source.", required=True, vocabulary=SpeakerKind),
        Column("speaker_role", STRING, 'The role given for the speaker ("a senior aide to the leader").'),
        Column("medium", STRING, 'To whom or where it was said ("Reuters" in "told Reuters").'),
        Column("date_said", DATE, "When it was said, if the text says so."),
        Column("date_said_precision", STRING, "How much of that date is known.", vocabulary=Precision),
        Column("parent_quote_id", STRING, "The quote that this one is nested in (quotes)."),
        Column("utterance_id", STRING, "Shared by the same words of the same speaker, in any outlet, however cut."),
        Column(
            "confidence",
            FLOAT32,
            "0 to 1, calibrated: that this is such a report with these words; of the rows at 0.8, four in five are.",
            required=True,
        ),
        Column(
            "speaker_confidence", FLOAT32, "0 to 1, calibrated: that it is this speaker; null where no name is given."
        ),
        Column(
            "speaker_candidates",
            CANDIDATES,
            "At most three whom the text may mean, most probable first, also where none was sure enough to be given.",
            repeats=False,
        ),
        _CORRECTED,
        Column("publisher", STRING, "Copied from the article."),
        Column("date_published", DATE, "Copied from the article."),
        _RUN_ID,
    ),
    staging=(
        _CORRECTION_IDS,
        Column("speaker_local_id", INT32, "Number of the speaker among the article's entities; null: no name."),
        Column("candidate_local_ids", NUMBERS, "The same of each of the candidates."),
    ),
)

MENTIONS = Table(
    name="mentions",
    description="One row per name in an article.",
    primary_key=("mention_id",),
    order=("name", "article_id", "start", "end", "mention_id"),
    spread_by="article_id",
    rows_per_file=131_072,
    rows_per_group=32_768,
    foreign_keys=(_OF_ARTICLE, ForeignKey("entity_id", "entities", "entity_id"), _OF_RUN),
    columns=(
        Column("mention_id", STRING, f"Hash of the article, {_WORDS}.", required=True, repeats=False),
        _ARTICLE_ID,
        Column("entity_id", STRING, "Who or what it is, over all articles (entities)."),
        Column("text", STRING, "The name as printed.", required=True),
        Column("start", INT32, "First character.", required=True),
        Column("end", INT32, "End, exclusive.", required=True),
        Column("entity_type", STRING, "What kind of name.", required=True, vocabulary=EntityType),
        Column("name", STRING, "Its fullest form in the article.", required=True),
        Column("confidence", FLOAT32, "0 to 1, calibrated: that span and type are right.", required=True),
        _RUN_ID,
    ),
    staging=(
        Column("local_id", INT32, "Number of the entity among the article's; tells a father from a son of one name."),
        Column("roles", STRINGS, "Roles given beside the name."),
    ),
)

DATES = Table(
    name="dates",
    description="One row per time expression.",
    primary_key=("date_id",),
    order=("article_id", "start", "end", "date_id"),
    spread_by="article_id",
    rows_per_file=65_536,
    rows_per_group=16_384,
    foreign_keys=(_OF_ARTICLE, _OF_RUN),
    columns=(
        Column("date_id", STRING, f"Hash of the article, {_WORDS}.", required=True, repeats=False),
        _ARTICLE_ID,
        Column("text", STRING, "The expression as printed.", required=True),
        Column("start", INT32, "First character.", required=True),
        Column("end", INT32, "End, exclusive.", required=True),
        Column("timex_type", STRING, "Type of TIMEX3.", required=True, vocabulary=TimexType),
        Column("value", STRING, "Value of TIMEX3.", required=True),
        Column("mod", STRING, "Modifier of TIMEX3."),
        Column("date_from", DATE, "First day of the calendar interval meant; null where it is not anchored."),
        Column("date_to", DATE, "Last day of it."),
        Column("confidence", FLOAT32, "0 to 1, calibrated: that the words tell a time and that it is this one."),
        _RUN_ID,
    ),
)

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
        _CORRECTED,
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
    foreign_keys=(_OF_RUN,),
    columns=(
        _RUN_ID,
        Column("source_path", STRING, "Path of the raw file below the raw folder.", required=True),
        _PART,
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
    foreign_keys=(_OF_ARTICLE,),
    columns=(
        _ARTICLE_ID,
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
