"""Asking the index: which quotes and which articles have these words, the best first."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.warehouse.query import rows_of_files
from onrecord.warehouse.search.expression import all_of, any_of, phrase, terms, within
from onrecord.warehouse.search.hits import Hit, article_hit, quote_hit
from onrecord.warehouse.search.index import SearchIndex
from onrecord.warehouse.search.schema import ARTICLES, QUOTES, Kind
from onrecord.warehouse.snapshot import Snapshot

#: Entities that one `speaker` may mean; whoever has a more common name must be given more of it.
MOST_SPEAKERS = 500

_WORD = re.compile(r"[^\W_]+")

#: Entities of which one form has all words. One word is looked for in the forms as they are, before any is cut up.
_NAMED = f"""
    select entity_id from {{rows}}
    where quote_count > 0
      and contains(strip_accents(lower(concat_ws(' ', name, array_to_string(aliases, ' ')))),
                   strip_accents(lower($word)))
      and len(list_filter(list_append(aliases, name), lambda form: list_has_all(
          string_split_regex(strip_accents(lower(form)), '[^\\p{{{{L}}}}\\p{{{{N}}}}]+'),
          list_transform($words::varchar[], lambda word: strip_accents(lower(word)))))) > 0
    order by quote_count desc, entity_id limit {MOST_SPEAKERS}
"""

#: Columns of a quote in which words are looked for: what was said, and who said it.
_OF_QUOTE = ("content", "name", "source")
_OF_ARTICLE = ("headline", "prose")

#: Holds for the documents of the snapshot that is asked about.
IN_SNAPSHOT = "d.id not in (select document from {absent})"


@dataclass(frozen=True, slots=True)
class Search:
    """A question. `words`: all of them must be there; `since`, `until`: both inclusive, a row without a day is out.

    `speaker` and `outlet`: words of a name.
    """

    words: str = ""
    speaker: str | None = None
    outlet: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    limit: int = 20
    offset: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing that can be looked for is asked."""
        return not (terms(self.words) or terms(self.speaker or "") or terms(self.outlet or ""))


def quote_hits(index: SearchIndex, snapshot: Snapshot, search: Search) -> list[Hit]:
    """Quotes that answer a question, the best first. Raises SearchUnavailable."""
    index.ask_at(snapshot)
    parts = [within(_OF_QUOTE, all_of(map(phrase, terms(search.words))))] if terms(search.words) else []
    if search.speaker is not None and terms(search.speaker):
        entities = speakers_named(index, snapshot, search.speaker)
        named = within(("name",), all_of(map(phrase, terms(search.speaker))))
        of_entity = [within(("entity",), any_of(map(phrase, entities)))] if entities else []
        parts.append(any_of([named, *of_entity]))
    rows = _found(index, QUOTES, parts, search, "d.day", "d.quote_index")
    texts = article_documents(index, snapshot, (row["article_id"] for row in rows))
    return [quote_hit(row, texts[row["article_id"]], index.connection, terms(search.words)) for row in rows]


def article_hits(index: SearchIndex, snapshot: Snapshot, search: Search) -> list[Hit]:
    """Articles that have the words, each with the sentence that has most of them. None where no word is asked for.

    Raises SearchUnavailable.
    """
    index.ask_at(snapshot)
    if not terms(search.words):
        return []
    parts = [within(_OF_ARTICLE, all_of(map(phrase, terms(search.words))))]
    rows = _found(index, ARTICLES, parts, search, "d.date_published", "d.source_path")
    return [article_hit(row, index.connection, terms(search.words)) for row in rows]


def speakers_named(index: SearchIndex, snapshot: Snapshot, name: str) -> list[str]:
    """Entities of which a name or an alias has all these words, those quoted most first."""
    wanted = _WORD.findall(" ".join(terms(name)))
    if not wanted:
        return []
    rows = rows_of_files(index.engine(), snapshot, "entities", snapshot.entries("entities"))
    found = index.engine().execute(_NAMED.format(rows=rows), {"words": wanted, "word": max(wanted, key=len)}).fetchall()
    return [entity for (entity,) in found]


def _found(
    index: SearchIndex, kind: Kind, parts: Sequence[str], search: Search, day: str, order: str
) -> list[dict[str, Any]]:
    """Stored documents that match all parts of an expression and lie between the days."""
    if search.outlet is not None and terms(search.outlet):
        parts = [*parts, within(("outlet",), all_of(map(phrase, terms(search.outlet))))]
    if not parts:
        return []
    bounds = [f"{day} {sign} ?" for sign, at in ((">=", search.since), ("<=", search.until)) if at]
    days = [at.isoformat() for at in (search.since, search.until) if at]
    where = " and ".join([f"{kind.index} match ?", IN_SNAPSHOT.format(absent=kind.absent), *bounds])
    ranked = f"{kind.index}.rank" if terms(search.words) else f"{day} desc, d.article_id, {order}"
    cursor = index.connection.execute(
        f"select d.*, {kind.index}.rank as score from {kind.index} join {kind.documents} d on d.id = {kind.index}.rowid"
        f" where {where} order by {ranked} limit ? offset ?",
        (all_of(parts), *days, search.limit, search.offset),
    )
    return list(named_rows(cursor))


def article_documents(index: SearchIndex, snapshot: Snapshot, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The articles of these ids as the snapshot has them, with their packed text. Raises SearchUnavailable."""
    index.ask_at(snapshot)
    wanted = sorted(set(ids))
    places = ", ".join("?" * len(wanted))
    cursor = index.connection.execute(
        f"select d.* from {ARTICLES.documents} d"
        f" where d.article_id in ({places}) and {IN_SNAPSHOT.format(absent=ARTICLES.absent)}",
        wanted,
    )
    return {row["article_id"]: row for row in named_rows(cursor)}


def named_rows(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """The rows of an answer, by the names of its columns."""
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor)
