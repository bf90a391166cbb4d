"""Full text over quotes and articles: an index in SQLite's FTS5 that can be deleted at any time (docs/search.md)."""

from onrecord.warehouse.search.find import Search, article_hits, quote_hits, speakers_named
from onrecord.warehouse.search.hits import Hit
from onrecord.warehouse.search.index import SearchIndex
from onrecord.warehouse.search.listing import Spoken, latest_by, newest, spoken_by, statements

__all__ = [
    "Hit",
    "Search",
    "SearchIndex",
    "Spoken",
    "article_hits",
    "latest_by",
    "newest",
    "quote_hits",
    "speakers_named",
    "spoken_by",
    "statements",
]
