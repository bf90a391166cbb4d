"""Removes articles from every kept snapshot, where a text must not stand anywhere any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.files.parts import source_key
from onrecord.settings import UsageError
from onrecord.warehouse.corrections.correction import read_corrections
from onrecord.warehouse.declaration import SCHEMA_VERSION
from onrecord.warehouse.search import SearchIndex
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.transaction import Transaction
from tasks.corrections import Corrections
from tasks.known_names import KnownNames, kept_texts
from tasks.recount import TABLE as ARTICLE_LINES
from tasks.resolve import resolve_over
from tasks.roots import Roots, roots_of


@dataclass(frozen=True, slots=True)
class Purged:
    """What was removed, by article id with its source path, and where.

    `commit`: the new snapshot, where the current one had any; `rewritten`: the earlier snapshots without them;
    `dropped`: those of another schema version, which were removed altogether; `held`: those that somebody was reading,
    which have them still; `raw`: raw files that are still there.
    """

    articles: dict[str, str]
    commit: int | None = None
    rewritten: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)
    raw: list[Path] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the warehouse and its raw folders has them any more."""
        return not (self.held or self.raw)


def purge(warehouse: Warehouse, wanted: Sequence[str]) -> Purged:
    """Remove articles, by id or source path, from the current tables and from all kept snapshots.

    What is counted over all articles (entities, copies, utterances) is what it would be without them, as after any
    removal. Raises `UsageError` for what no kept snapshot has, where nothing is done; `NoWarehouse`, `Locked`,
    `SchemaVersionDiffers` (migrate first).
    """
    with warehouse.writing("purge"):
        with warehouse.latest() as current:
            current.require_current_schema()
        having = {number: found for number in warehouse.kept() if (found := _articles_in(warehouse, number, wanted))}
        articles = {key: path for found in having.values() for key, path in found.items()}
        if unknown := [name for name in wanted if name not in articles and name not in articles.values()]:
            raise UsageError(f"no kept snapshot has an article {unknown[0]}: give an article_id or a source_path")
        done = Purged(articles, raw=_raw_files(warehouse, set(articles.values())))
        if current.number in having:
            with warehouse.transaction(kind="purge") as commit:
                _remove(commit, articles)
            if commit.committed is not None:
                done = Purged(articles, commit.committed.number, raw=done.raw)
        for number in sorted(having):
            _clear(warehouse, number, articles, done)
        SearchIndex.discard(warehouse.root)
    return done


def _articles_in(warehouse: Warehouse, number: int, wanted: Sequence[str]) -> dict[str, str]:
    """The wanted articles of a snapshot: source path by id."""
    names = pa.array(wanted, pa.string())
    is_wanted = pc.field("article_id").isin(names) | pc.field("source_path").isin(names)
    with warehouse.at(number) as snapshot:
        rows = snapshot.read("articles", ("article_id", "source_path"), filter=is_wanted).to_pylist()
    return {row["article_id"]: row["source_path"] for row in rows}


def _clear(warehouse: Warehouse, number: int, articles: dict[str, str], done: Purged) -> None:
    """An earlier snapshot, without the articles."""
    if number not in warehouse.kept():
        return
    with warehouse.at(number) as snapshot:
        is_current = snapshot.commit.schema_version == SCHEMA_VERSION
    if is_current:
        whole = warehouse.rewrite(number, lambda commit: _remove(commit, articles))
        (done.rewritten if whole else done.held).append(number)
    else:
        (done.dropped if warehouse.discard(number) else done.held).append(number)


def _remove(commit: Transaction, articles: dict[str, str]) -> None:
    snapshot = commit.parent
    if snapshot is None:
        raise AssertionError("articles are removed from a snapshot")
    here = _keys_in(snapshot, articles)
    staging = commit.folder / "resolved"
    staging.mkdir(parents=True)
    names = KnownNames(kept_texts(snapshot))
    kept = {correction.correction_id: correction for correction in read_corrections(snapshot)}
    corrections = Corrections({key: found for key, found in kept.items() if found.article_id not in here}, kept)
    resolved = resolve_over(snapshot, (), frozenset(here.values()), names, staging, corrections)
    commit.remove_articles(here)
    commit.delete(ARTICLE_LINES, pa.table({"article_id": pa.array(sorted(here), pa.string())}))
    resolved.apply(commit)
    corrections.apply(commit, corrections.now)
    commit.inputs["purged"] = sorted(here)


def _keys_in(snapshot: Snapshot, articles: dict[str, str]) -> dict[str, str]:
    """Those of the articles that a snapshot has, with the key of each one's source."""
    columns = ("article_id", "source_path", "source_part")
    rows = snapshot.of_articles("articles", sorted(articles), columns).to_pylist()
    return {row["article_id"]: source_key(row["source_path"], row["source_part"]) for row in rows}


def _raw_files(warehouse: Warehouse, paths: Collection[str]) -> list[Path]:
    """The raw files of these source paths that are still there."""
    folders = roots_of(warehouse)
    roots = Roots(folders)
    found = []
    for path in sorted(paths):
        source = roots.source_of(path)
        if source in folders:
            file = folders[source] / path.removeprefix(f"{source}/" if source else "")
            found += [file] if file.exists() else []
    return found
