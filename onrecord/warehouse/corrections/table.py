"""The declaration of the table `corrections`."""

from __future__ import annotations

from enum import StrEnum

import pyarrow as pa

from onrecord.warehouse.columns import STRING, TIMESTAMP
from onrecord.warehouse.declaration import Column, Table


class CorrectedTable(StrEnum):
    """A table whose rows can be corrected."""

    ARTICLES = "articles"
    QUOTES = "quotes"
    ENTITIES = "entities"


class CorrectedColumn(StrEnum):
    """What a correction sets.

    `quote_id` stands for the row itself: there is no such quote. `same_as` and `not_same_as` tell of an entity and
    another one.
    """

    DATE_PUBLISHED = "date_published"
    AUTHORS = "authors"
    QUOTE_ID = "quote_id"
    SPEAKER_NAME = "speaker_name"
    SPEAKER_KIND = "speaker_kind"
    SPEAKER_ROLE = "speaker_role"
    DATE_SAID = "date_said"
    SAME_AS = "same_as"
    NOT_SAME_AS = "not_same_as"


#: What can be corrected of a row of each table.
CORRECTABLE = {
    CorrectedTable.ARTICLES: (CorrectedColumn.DATE_PUBLISHED, CorrectedColumn.AUTHORS),
    CorrectedTable.QUOTES: (
        CorrectedColumn.QUOTE_ID,
        CorrectedColumn.SPEAKER_NAME,
        CorrectedColumn.SPEAKER_KIND,
        CorrectedColumn.SPEAKER_ROLE,
        CorrectedColumn.DATE_SAID,
    ),
    CorrectedTable.ENTITIES: (CorrectedColumn.SAME_AS, CorrectedColumn.NOT_SAME_AS),
}

CORRECTIONS = Table(
    name="corrections",
    description="One row per correction that an editor made.",
    primary_key=("correction_id",),
    order=("made_at", "correction_id"),
    spread_by="correction_id",
    rows_per_file=16_384,
    rows_per_group=16_384,
    monthly=False,
    columns=(
        Column("correction_id", STRING, "Hash of the row and the column that it is about.", required=True),
        Column("made_at", TIMESTAMP, "When it was made.", required=True),
        Column("made_by", STRING, "Who made it.", required=True),
        Column("reason", STRING, "Why."),
        Column("table", STRING, "The table of the row.", required=True, vocabulary=CorrectedTable),
        Column("row_id", STRING, "The row's primary key, as it was when the correction last fitted.", required=True),
        Column("article_id", STRING, "The article of the row; null for an entity."),
        Column(
            "column",
            STRING,
            "What it sets; `quote_id`: that there is no such quote; `same_as`, `not_same_as`: of another entity.",
            required=True,
            vocabulary=CorrectedColumn,
        ),
        Column("old_value", STRING, "What the text was read as, as JSON; null where nothing was.", repeats=False),
        Column(
            "new_value",
            STRING,
            "What the editor says, as JSON: a name, a role, a kind, a list of authors, a date (YYYY-MM-DD, YYYY-MM or "
            "YYYY), or `id` and `name` of another entity; null: nothing.",
            repeats=False,
        ),
        Column(
            "anchor",
            STRING,
            "The words that it hangs on: of a quote its content, of an article its headline or first words, of an "
            "entity its name.",
            required=True,
            repeats=False,
            long=True,
        ),
        Column(
            "applied",
            pa.bool_(),
            "Whether it stands in the tables: false where its text is gone, null where its article was not read since.",
        ),
    ),
)
