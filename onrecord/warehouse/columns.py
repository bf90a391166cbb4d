"""What several tables share: the types of columns, and the columns that stand in more than one."""

from __future__ import annotations

import pyarrow as pa

from onrecord.warehouse.declaration import Column, ForeignKey

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

PART = Column(
    "source_part",
    STRING,
    "Which part of a raw file that holds several articles: a row by its id, or by its number from 1; a member of an "
    "archive by its path in it; an article of an export by the database's number or its place; null where the file is "
    "one article.",
    repeats=False,
)
ARTICLE_ID = Column("article_id", STRING, "The article (articles).", required=True)
RUN_ID = Column("run_id", STRING, "The run that wrote the row (runs).", required=True)
CORRECTED = Column("corrected", pa.bool_(), "An editor's correction stands in this row (corrections).", required=True)
CORRECTION_IDS = Column("correction_ids", STRINGS, "The corrections that stand in the row.")
OF_ARTICLE = ForeignKey("article_id", "articles", "article_id")
OF_RUN = ForeignKey("run_id", "runs", "run_id")
