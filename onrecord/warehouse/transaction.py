"""One commit in the making: rows that come, rows that go, columns that change; nothing is seen until the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from onrecord.files.parts import split_key
from onrecord.warehouse.arrow import Column, one, pc, string_array, strings
from onrecord.warehouse.commit import Commit, FileEntry
from onrecord.warehouse.declaration import Table
from onrecord.warehouse.drops import Drops
from onrecord.warehouse.patches import Assignment, Patch, Relabelling
from onrecord.warehouse.rows import source_keys
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.staging import Partition, Staging
from onrecord.warehouse.tables import ARTICLE_TABLES, TABLES, UNKNOWN_MONTH, conform


class Transaction:
    """Collects the changes of one commit over `parent` (null: an empty warehouse).

    The order of calls does not matter: first articles and rows are dropped and replaced, then columns are assigned,
    then ids are relabelled. Obtain one from `Warehouse.transaction`, which commits it.
    """

    def __init__(self, parent: Snapshot | None, folder: Path) -> None:
        self.parent = parent
        self.folder = folder
        self.staged = Staging(folder / "staged")
        self.inputs: dict[str, object] = {}
        self.committed: Commit | None = None
        self._articles: set[str] = set()
        self._removed: set[str] = set()
        self._lost: dict[str, frozenset[str]] = {}
        self._rejected: set[str] = set()
        self._dropped: dict[str, Drops] = {}
        self._emptied: set[str] = set()
        self._patches: dict[str, list[Patch]] = defaultdict(list)

    @property
    def staged_rows(self) -> dict[str, int]:
        """Rows that this transaction writes anew, by table: what a run's `rows_<table>` says."""
        counts: Counter[str] = Counter()
        for (table, _), rows in self.staged.rows.items():
            counts[table] += rows
        return {name: counts[name] for name in TABLES}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to commit."""
        changed = self._removed or self._lost or self._rejected or self._emptied or self._patches
        return not (self.staged.rows or changed or any(drops.touched for drops in self._dropped.values()))

    def upsert_articles(self, tables: Mapping[str, pa.Table]) -> None:
        """Takes all rows of some raw files, by table; call it as often as there are batches.

        Whatever stood of each article in `tables["articles"]` is replaced in all article tables, and so are the
        rejects of its source. Rows of other tables must belong to an article of the same call; `rejects` may also be
        of sources that gave no article, and replace the earlier rejects of those (the article that such a source once
        gave stays, unless `remove_articles` is told). Staging columns are dropped.

        Raises ValueError for rows that do not fit the declared schema, an article that comes twice, and rows of an
        article that is not there.
        """
        made = {name: conform(name, rows) for name, rows in tables.items()}
        if wrong := made.keys() - set(ARTICLE_TABLES):
            raise ValueError(f"{', '.join(sorted(wrong))}: not a table of rows that belong to articles")
        articles = made.get("articles", TABLES["articles"].schema.empty_table())
        ids = strings(articles.column("article_id"))
        if len(set(ids)) < len(ids) or not self._articles.isdisjoint(ids):
            raise ValueError("an article comes twice in one transaction")
        self._articles.update(ids)
        of_articles = source_keys(articles)
        self._rejected.update(of_articles)
        months = article_months(articles)
        for name, rows in made.items():
            if name == "rejects":
                keys = source_keys(rows)
                self._rejected.update(keys)
                places = pc.index_in(pa.array(keys, pa.string()), value_set=pa.array(of_articles, pa.string()))
            else:
                places = pc.index_in(rows.column("article_id"), value_set=one(articles.column("article_id")))
            self._stage_by_month(TABLES[name], rows, months, places)

    def remove_articles(self, article_ids: Iterable[str]) -> None:
        """Drops all rows of these articles, and the rejects of their sources. Ids that are not here are ignored."""
        self._removed.update(article_ids)

    def remove_lost(self, articles: Mapping[str, frozenset[str]]) -> None:
        """Drops what is left of articles whose own rows are lost, by month: in the parent nobody could find them."""
        self._lost.update(articles)

    def remove_rejects(self, keys: Iterable[str]) -> None:
        """Drops the rejects of the sources of these keys."""
        self._rejected.update(keys)

    def upsert(self, table: str, rows: pa.Table) -> None:
        """Takes rows of a table without months (entities, runs): new ones, or in place of those of the same key.

        Raises ValueError for rows that do not fit.
        """
        made = conform(table, rows)
        declared = _without_months(table)
        if self.parent is not None:
            self.delete(table, made.select(list(declared.primary_key)))
        self.staged.add(declared, None, made)

    def delete(self, table: str, keys: pa.Table) -> None:
        """Drops rows of a table without months by their key, or by a part of it that has the `spread_by` column.

        Rows that are not there are ignored. Raises ValueError for columns that are no such part.
        """
        drops = self._dropped.setdefault(table, Drops(_without_months(table)))
        drops.add_keys(keys)

    def replace(self, table: str, rows: Iterable[pa.Table]) -> None:
        """Takes the whole of a table without months, in pieces of any size; all that stood in it is dropped."""
        self._emptied.add(_without_months(table).name)
        for piece in rows:
            self.staged.add(TABLES[table], None, conform(table, piece))

    def assign(self, table: str, values: pa.Table) -> None:
        """Sets columns of rows that are there, or that come in this transaction.

        `values` has the table's primary key, its `spread_by` column and the columns to set, by their declared types:
        (article_id, copy_cluster_id, copy_of) for articles, (quote_id, article_id, utterance_id) for quotes. Rows
        that are not there are ignored. Files in which no value changes stay as they are.
        """
        if values.num_rows:
            self._patches[table].append(Assignment(TABLES[table], values))

    def relabel(self, table: str, column: str, changes: Mapping[str, str]) -> None:
        """Replaces ids by others in a column (of merged entities, say), wherever they stand."""
        if changes:
            self._patches[table].append(Relabelling(TABLES[table], column, changes))

    def stage(self, table: str, month: str | None, rows: pa.Table) -> None:
        """Takes rows for a partition without looking at what stands there: for a whole table that is written anew."""
        self.staged.add(TABLES[table], month, conform(table, rows))

    def drops(self) -> dict[Partition, Drops]:
        """What goes, by partition: all that is removed or replaced."""
        found: dict[Partition, Drops] = {(table, None): drops for table, drops in self._dropped.items()}
        if self.parent is None:
            return found
        gone = string_array(self._articles | self._removed)
        here = self.parent.articles_months(gone)
        gone_by_month: dict[str, set[str]] = defaultdict(set)
        ids, of_month = (strings(here.column(name)) for name in ("article_id", "month"))
        for article_id, key, month in zip(ids, source_keys(here), of_month, strict=True):
            if article_id in self._removed:
                self._rejected.add(key)
            gone_by_month[month].add(article_id)
        for month, lost in self._lost.items():
            gone_by_month[month] |= lost
        for table in (TABLES[name] for name in ARTICLE_TABLES if TABLES[name].spread_by == "article_id"):
            for month, gone_ids in gone_by_month.items():
                found[table.name, month] = Drops(table)
                found[table.name, month].add(gone_ids)
        for month in self.parent.months("rejects") if self._rejected else ():
            found["rejects", month] = Drops(TABLES["rejects"])
            found["rejects", month].add_keys(_of_sources(self._rejected))
        return found

    def partitions(self) -> list[Partition]:
        """Every partition that has rows before or may have them after, in a fixed order."""
        before = set() if self.parent is None else parent_partitions(self.parent.commit)
        return sorted(before | set(self.staged.rows), key=lambda place: (place[0], place[1] or ""))

    def is_emptied(self, table: str) -> bool:
        return table in self._emptied

    def patches(self, table: str) -> list[Patch]:
        """What is done to rows, in order: assignments, then relabellings."""
        return sorted(self._patches[table], key=lambda patch: isinstance(patch, Relabelling))

    def _stage_by_month(
        self, table: Table, rows: pa.Table, months: pa.Array[Any], places: Column | pa.Array[Any]
    ) -> None:
        """`places`: which article of `months` each row belongs to."""
        if table.name != "rejects" and places.null_count:
            raise ValueError(f"{table.name} has rows of an article that is not in the same batch")
        of_row = one(pc.fill_null(pc.take(months, places), UNKNOWN_MONTH))
        self.staged.add_by_month(table, of_row, rows)


def _of_sources(keys: Iterable[str]) -> pa.Table:
    """The keys of sources as the columns of `rejects` that tell one from another."""
    paths, parts = zip(*map(split_key, sorted(keys)), strict=True)
    columns = {"source_path": pa.array(paths, pa.string()), "source_part": pa.array(parts, pa.string())}
    return pa.table(columns)


def article_months(articles: pa.Table) -> pa.Array[Any]:
    """The partition of each article, from its date of publication."""
    return one(pc.fill_null(pc.strftime(articles.column("date_published"), format="%Y-%m"), UNKNOWN_MONTH))


def parent_partitions(commit: Commit) -> set[Partition]:
    """The partitions that have rows."""
    return {(name, entry.month) for name, entries in commit.tables.items() for entry in entries if entry.rows}


def entries_of(commit: Commit | None, place: Partition) -> list[FileEntry]:
    """A partition's files, by bucket."""
    if commit is None:
        return []
    table, month = place
    found = [entry for entry in commit.tables.get(table, ()) if entry.month == month and entry.rows]
    return sorted(found, key=lambda entry: entry.bucket)


def _without_months(table: str) -> Table:
    declared = TABLES[table]
    if declared.monthly:
        raise ValueError(f"{table} is partitioned by month: use upsert_articles and remove_articles")
    return declared
