"""The kinds of raw files, by the endings of their names, and the columns of datasets: what settings may say of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

#: Files that say what is known of others.
METADATA_NAMES = ("metadata.jsonl", "metadata.csv")
#: Endings that tell a compression.
COMPRESSIONS = (".gz", ".bz2", ".xz", ".zst")


class Kind(StrEnum):
    """What a file of a format holds: one text, one web page, rows of a table with an article each, the articles of an
    export of a news database, or files."""

    TEXT = "text"
    PAGE = "page"
    DATASET = "dataset"
    EXPORT = "export"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Format:
    """A format by the name that `--formats` knows it under.

    `compressed`: it may be compressed as a whole; `others`: endings behind which no compression stands.
    """

    name: str
    endings: tuple[str, ...]
    kind: Kind
    compressed: bool = True
    others: tuple[str, ...] = ()

    @property
    def holds_one(self) -> bool:
        """Whether a file of it is one article."""
        return self.kind in (Kind.TEXT, Kind.PAGE)

    @property
    def all_endings(self) -> tuple[str, ...]:
        """The endings of its files' names, also with those of compressions behind them."""
        return _endings(self)


@cache
def _endings(made: Format) -> tuple[str, ...]:
    behind = ("", *COMPRESSIONS) if made.compressed else ("",)
    return (*(ending + compression for ending in made.endings for compression in behind), *made.others)


#: The format of text, RTF and Word files that hold the articles of an export.
EXPORT = "export"
#: Text files are always read, and only where their ending is in small letters.
TEXT = Format("txt", (".txt",), Kind.TEXT)
#: The formats that are read where they are named.
FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        Format("csv", (".csv",), Kind.DATASET),
        Format("tsv", (".tsv",), Kind.DATASET),
        Format("jsonl", (".jsonl", ".ndjson"), Kind.DATASET),
        Format("json", (".json",), Kind.DATASET),
        Format("parquet", (".parquet",), Kind.DATASET, compressed=False),
        Format("html", (".html", ".htm", ".xhtml"), Kind.PAGE),
        Format("md", (".md", ".markdown"), Kind.TEXT),
        # beside text files that are one by what stands in them
        Format(EXPORT, (".rtf", ".docx"), Kind.EXPORT, compressed=False),
        Format("zip", (".zip",), Kind.ARCHIVE, compressed=False),
        Format("tar", (".tar",), Kind.ARCHIVE, others=(".tgz",)),
    )
}


#: What a column may hold, with the names by which it is known where nothing is told, the plainest first.
ROLES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "full_text", "fulltext", "article_text", "article_body", "articlebody",
        "body_text", "content_text", "maintext", "story",
    ),
    "id": ("id", "article_id", "doc_id", "document_id", "guid", "uuid"),
    "date": (
        "date_published", "date", "published", "publication_date", "published_date", "publish_date", "pub_date",
        "pubdate", "published_at", "publishedat", "datepublished", "date_publish",
    ),
    "url": ("url", "link", "article_url", "canonical_url"),
    "publisher": (
        "publisher", "publication", "outlet", "newspaper", "publication_name", "source_name", "news_source", "source",
    ),
    "headline": ("headline", "title"),
    "byline": ("byline",),
    "authors": ("authors", "author"),
    "agency": ("agency",),
    "language": ("language", "lang"),
}  # fmt: skip
_PAIRS = re.compile(rf",(?=\s*(?:{'|'.join(ROLES)})\s*=)")


def parse_formats(told: Iterable[str]) -> tuple[str, ...]:
    """The formats that are named, with commas between or one by one. Raises `ValueError` for what names none."""
    names = {name.strip().casefold() for words in told for name in words.split(",") if name.strip()}
    if unknown := sorted(names - FORMATS.keys() - {TEXT.name}):
        raise ValueError(f"there is no format {unknown[0]!r}; there are {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in names)


def parse_columns(told: Iterable[str]) -> dict[str, str]:
    """The column of each role, from `role=column` pairs, with commas between or one by one.

    Raises `ValueError` for what is none, or names no role.
    """
    found: dict[str, str] = {}
    for pair in (pair for words in told for pair in _PAIRS.split(words)):
        role, equals, name = (piece.strip() for piece in pair.partition("="))
        if not equals or not name or role not in ROLES:
            raise ValueError(f"columns are told as ROLE=COLUMN, ROLE one of {', '.join(ROLES)}; and not as {pair!r}")
        if role in found:
            raise ValueError(f"the column of {role} is told twice: {found[role]} and {name}")
        found[role] = name
    return found


def format_of(name: str, formats: Collection[str]) -> Format | None:
    """The format that a file is read in by its name, where `formats` are named; None where it is not read."""
    if name.endswith(TEXT.all_endings):
        return TEXT
    return next(_of_name(name, formats), None)


def readable_as(name: str) -> str | None:
    """The format that would have to be named for a file to be read; None where no format reads it."""
    return next((found.name for found in _of_name(name, FORMATS)), None)


def _of_name(name: str, formats: Collection[str]) -> Iterator[Format]:
    folded = name.casefold()
    return (made for made in FORMATS.values() if made.name in formats and folded.endswith(made.all_endings))
