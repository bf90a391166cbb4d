"""What is exported: tables and views, and what each of their columns means."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from onrecord.warehouse.query import identifier
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.views import JOINS

#: The public tables of what was read. `runs`, `rejects` and `corrections` tell of this warehouse, its folders and
#: people, and are nobody else's.
CONTENT = ("articles", "quotes", "entities", "mentions", "dates")

#: What tables of rows show: the views that join what belongs together, and what they stand on without the long texts.
READABLE = ("quotes_by_speaker", "statements", "entities", "articles")

#: What a file of one table holds where nothing else is asked for.
FLAT = "quotes_by_speaker"

#: Columns that are too long for a cell.
LONG = ("text", "body", "blocks")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one column of a table or view says."""

    relation: str
    column: str
    kind: str
    meaning: str


def descriptions() -> dict[str, str]:
    """What a row of each table and view is."""
    tables = {name: table.description for name, table in TABLES.items() if not table.internal}
    return tables | {name: description for name, description, _ in JOINS}


def meanings(connection: duckdb.DuckDBPyConnection, relation: str) -> list[Meaning]:
    """The dictionary of a table or view: of a view's column, what the table says that it comes from."""
    described = connection.execute(f"describe {identifier(relation)}").fetchall()
    return [Meaning(relation, name, kind.lower(), _meaning(relation, name)) for name, kind, *_ in described]


def _meaning(relation: str, column: str) -> str:
    if column == "month":
        return "Month of publication (YYYY-MM), or unknown."
    if relation not in TABLES and column in _OF_VIEWS:
        return _OF_VIEWS[column]
    for table in (relation, "quotes", "articles", "entities"):
        if table in TABLES and column in TABLES[table].column_names:
            return TABLES[table].column(column).description
    return ""


#: Columns of the views that no table has.
_OF_VIEWS = {
    "speaker": "Who says it: the name of the entity, or the name in the article.",
    "speaker_type": "What the speaker is (PERSON, ORG, …).",
    "said_no_later_than": "The last day that it may have been said on: for sorting.",
    "is_copy": "Whether the article is a copy of an earlier one.",
    "statement_id": "The utterance, or the quote where it is none.",
    "first_published": "When the first report of it was published.",
    "last_published": "When the last report of it was published.",
    "outlets": "All outlets that printed it.",
    "wordings": "All wordings that were printed.",
    "copy_count": "Articles among those that report it which are copies.",
    "reports": "Every report of it: outlet, day, headline, file and wording.",
    "mentions": "How often it is named in the article.",
    "quotes": "How often it is quoted in the article.",
}
