"""The tables of the search index.

A document is a quote or an article as some Parquet file of the warehouse has it. Files are immutable and named by what
is in them, and a snapshot is a list of files. So the index keeps which documents each file holds: to ask at a snapshot
is to ask among the documents of its files, and a commit or a rollback needs no more than the files that are new.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Raised with every change of the tables; an index of another number is made anew.
FORMAT = 2

#: English words by their stems, letters without their accents.
_TOKENIZER = "tokenize='porter unicode61 remove_diacritics 2'"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is indexed of one table of the warehouse: its columns there, and those with words."""

    table: str
    columns: tuple[str, ...]
    stored: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def documents(self) -> str:
        """The table of documents."""
        return f"{self.table}_document"

    @property
    def held(self) -> str:
        """The table of which file holds which document."""
        return f"{self.table}_held"

    @property
    def absent(self) -> str:
        """The temporary table of documents that the snapshot asked about has not."""
        return f"{self.table}_absent"

    @property
    def index(self) -> str:
        """The full-text index."""
        return f"{self.table}_index"


QUOTES = Kind(
    "quotes",
    columns=(
        "quote_id", "article_id", "quote_index", "quote_type", "report_kind", "content", "content_spans", "speaker",
        "speaker_name", "speaker_entity_id", "speaker_kind", "speaker_role", "medium", "date_said",
        "date_said_precision", "confidence", "publisher", "date_published", "utterance_id",
    ),
    stored=(
        "quote_id", "article_id", "quote_index", "quote_type", "report_kind", "content", "content_spans", "speaker",
        "name", "entity", "speaker_kind", "speaker_role", "medium", "date_said",
        "date_said_precision", "confidence", "outlet", "date_published", "statement", "source", "day",
    ),
    words=("content", "name", "source", "outlet", "entity"),
)  # fmt: skip

ARTICLES = Kind(
    "articles",
    columns=(
        "article_id", "source_path", "headline", "publisher", "date_published", "date_published_precision", "url",
        "copy_of", "text", "blocks",
    ),
    stored=(
        "article_id", "source_path", "headline", "publisher", "date_published", "date_published_precision", "url",
        "copy_of", "text", "blocks",
    ),
    words=("headline", "prose", "outlet"),
)  # fmt: skip

KINDS = (ARTICLES, QUOTES)


def statements() -> str:
    """What makes the tables of an empty index."""
    made = ["create table file (id integer primary key, sha256 text not null unique)"]
    for kind in KINDS:
        stored = ", ".join(kind.stored)
        made += [
            f"create table {kind.documents} (id integer primary key, digest blob not null unique, {stored})",
            f"create table {kind.held} (document integer, file integer, primary key (document, file)) without rowid",
            f"create index {kind.held}_by_file on {kind.held} (file)",
            f"create index {kind.documents}_by_article on {kind.documents} (article_id)",
            f"create virtual table {kind.index} using fts5({', '.join(kind.words)}, content='', {_TOKENIZER})",
        ]
    made += [
        # A name, an outlet or an id decides which quotes are asked for, and not which of them is the better hit.
        f"insert into {QUOTES.index}({QUOTES.index}, rank) values ('rank', 'bm25(1.0, 0.5, 0.5, 0.0, 0.0)')",
        f"insert into {ARTICLES.index}({ARTICLES.index}, rank) values ('rank', 'bm25(2.0, 1.0, 0.0)')",
        f"create index {QUOTES.documents}_by_entity"
        f" on {QUOTES.documents} (entity, day, statement, outlet, report_kind)",
        f"create index {QUOTES.documents}_by_statement on {QUOTES.documents} (statement)",
        f"create index {QUOTES.documents}_by_day on {QUOTES.documents} (day)",
        f"pragma user_version = {FORMAT}",
    ]
    return ";\n".join([*made, ""])


def scratch(words: str) -> str:
    """A full-text table of the same tokens, with its text, in the temporary database."""
    return f"create virtual table temp.{words} using fts5(words, {_TOKENIZER})"
