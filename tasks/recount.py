"""Over the articles of each publisher that a run touches: which lines recur now, and who is read again for it.

Which lines recur depends on the articles that are there and not on how they came, so that many runs end as one would.
Read are the publisher's rows of `article_lines`: those of its first articles by id and, where a line begins or ceases
to recur, which of them have it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from onrecord.cross_document.recurring_lines import MOST_ARTICLES, ArticleLines, recurring_lines
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from onrecord.warehouse.arrow import strings
from onrecord.warehouse.rows import article_id, source_keys
from onrecord.warehouse.snapshot import Snapshot
from onrecord.warehouse.store import EMPTY, Warehouse
from onrecord.warehouse.tables import TABLES
from onrecord.warehouse.transaction import Transaction
from tasks.batches import RawFile, batches_of
from tasks.comparison import Known
from tasks.discover import as_read
from tasks.roots import UNNAMED, Roots, reading_of
from tasks.staging import write_recurring
from tasks.step import Step

pc: Any = pyarrow.compute

TABLE = "article_lines"
#: Publishers counted together: what is in memory is the first rows of so many.
SITES_AT_ONCE = 64
#: Ids that are held before the first ones are chosen.
ROWS_AT_ONCE = 262_144


@dataclass(frozen=True, slots=True)
class Recount:
    """`parent`: the snapshot that the run goes by from here on, `EMPTY` where there is none; `surveyed`: the batches'
    rows of `article_lines`; `gone`: ids whose rows go; `reread`: batches of committed articles that are read again.
    """

    parent: int
    surveyed: tuple[Path, ...]
    gone: frozenset[str]
    reread: tuple[tuple[RawFile, ...], ...] = ()

    @property
    def files(self) -> int:
        return sum(len(batch) for batch in self.reread)

    def apply(self, commit: Transaction) -> None:
        """The rows of `article_lines`, into the commit of the articles."""
        commit.delete(TABLE, pa.table({"article_id": pa.array(sorted(self.gone), pa.string())}))
        for path in self.surveyed:
            commit.upsert(TABLE, pq.read_table(path))


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of `article_lines`, without those of some articles."""

    dataset: ds.Dataset
    without: pa.Array[Any]

    def read(self, columns: Sequence[str], wanted: pyarrow.compute.Expression) -> Iterator[pa.Table]:
        """The rows that the expression lets by, a piece at a time."""
        for piece in self.dataset.to_batches(columns=[*columns, "article_id"], filter=wanted):
            rows = pa.Table.from_batches([piece])
            yield rows.filter(pc.invert(pc.is_in(rows["article_id"], value_set=self.without)))


def recount(
    warehouse: Warehouse,
    surveyed: Sequence[Path],
    removed: frozenset[str],
    settings: Settings,
    staging: Path,
    roots: Roots | None = None,
    lost: frozenset[str] = frozenset(),
) -> Recount:
    """Stage for each article of the run, and for those that it makes read again, which of their lines recur.

    `removed` are paths that are gone, `lost` ids of articles that are not there any more; `roots` the warehouse's raw
    folders (null: the settings' alone). Read again are
    committed articles of this version, whose raw file stands there as it was read, that have a line which began or
    ceased to recur. Raises `OSError`.
    """
    gone = frozenset(article_id(path) for path in removed) | lost
    with contextlib.ExitStack() as stack:
        snapshot = stack.enter_context(warehouse.latest()) if warehouse.exists() else None
        fresh = ds.dataset([str(path) for path in surveyed], schema=TABLES[TABLE].schema) if surveyed else _none()
        committed = snapshot.dataset(TABLE) if snapshot else _none()
        replaced = pa.array(sorted({*gone, *_column(fresh, "article_id")}), pa.string())
        sites = sorted(_column(fresh, "site") | _sites_of(snapshot, replaced))
        recurring, again = _compared(sites, committed, fresh, replaced)
        files = _files_of(snapshot, list(again), settings, roots) if snapshot and again else []
    for number, path in enumerate(surveyed):
        write_recurring(staging, number, _recurring_in(path, recurring))
    batches = batches_of(files, settings)
    for number, batch in enumerate(batches, len(surveyed)):
        write_recurring(staging, number, {(key := article_id(file.path)): again[key] for file in batch})
    return Recount(snapshot.number if snapshot else EMPTY, tuple(surveyed), gone, batches)


def _compared(
    sites: Sequence[str], committed: ds.Dataset, fresh: ds.Dataset, replaced: pa.Array[Any]
) -> tuple[dict[str, frozenset[int]], dict[str, list[int]]]:
    """What recurs at each publisher now; and the committed articles for which it is other lines than before, each with
    those of its lines that recur now."""
    nothing = replaced.slice(0, 0)
    everything, kept, new = Rows(committed, nothing), Rows(committed, replaced), Rows(fresh, nothing)
    recurring: dict[str, frozenset[int]] = {}
    again: dict[str, list[int]] = {}
    for first in range(0, len(sites), SITES_AT_ONCE):
        some = sites[first : first + SITES_AT_ONCE]
        before, now = recurring_at(some, [everything]), recurring_at(some, [kept, new])
        recurring |= now
        for site in some:
            if changed := before[site] ^ now[site]:
                again |= _having(kept, site, changed, now[site])
    return recurring, again


def recurring_at(sites: Sequence[str], parts: Sequence[Rows]) -> dict[str, frozenset[int]]:
    """The recurring lines of each publisher over its first articles by id: a choice that new articles seldom change."""
    of_these = pc.field("site").isin(sites)
    first = _first(rows for part in parts for rows in part.read(["site"], of_these))
    found: dict[str, frozenset[int]] = dict.fromkeys(sites, frozenset())
    if not first.num_rows:
        return found
    chosen = (
        of_these
        & (pc.field("article_id") <= pc.max(first["article_id"]))
        & pc.field("article_id").isin(first["article_id"].combine_chunks())
    )
    columns = ["site", "lines", "story"]
    rows = pa.concat_tables(rows for part in parts for rows in part.read(columns, chosen))
    rows = rows.sort_by([("site", "ascending"), ("article_id", "ascending")])
    for site, articles in groupby(_articles(rows), key=lambda told: told[0]):
        found[site] = recurring_lines(lines for _, lines in articles)
    return found


def _articles(rows: pa.Table) -> Iterator[tuple[str, ArticleLines]]:
    for piece in rows.to_batches(max_chunksize=256):
        for row in piece.to_pylist():
            yield row["site"], ArticleLines(frozenset(row["lines"]), frozenset(row["story"]))


def _first(pieces: Iterable[pa.Table]) -> pa.Table:
    """The first ids of each publisher."""
    held = [pa.table({"site": pa.array([], pa.string()), "article_id": pa.array([], pa.string())})]
    rows = 0
    for piece in pieces:
        held.append(piece.select(held[0].column_names))
        rows += piece.num_rows
        if rows > ROWS_AT_ONCE:
            held, rows = [_cut(pa.concat_tables(held))], 0
    return _cut(pa.concat_tables(held))


def _cut(rows: pa.Table) -> pa.Table:
    rows = rows.sort_by([("site", "ascending"), ("article_id", "ascending")]).combine_chunks()
    if not rows.num_rows:
        return rows
    codes = rows["site"].combine_chunks().dictionary_encode().indices.to_numpy()
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    places = np.arange(len(codes)) - np.repeat(starts, np.diff(starts, append=len(codes)))
    return rows.filter(pa.array(places < MOST_ARTICLES))


def _having(rows: Rows, site: str, changed: frozenset[int], recurring: frozenset[int]) -> dict[str, list[int]]:
    """The publisher's articles that have one of the changed lines, each with those of its lines that recur now."""
    keys = pa.array(sorted(changed), pa.uint64())
    found: dict[str, list[int]] = {}
    for piece in rows.read(["lines"], pc.field("site") == site):
        lines = piece["lines"]
        having = pc.unique(pc.list_parent_indices(lines).filter(pc.is_in(pc.list_flatten(lines), value_set=keys)))
        for row in piece.take(having).to_pylist():
            found[row["article_id"]] = sorted(recurring.intersection(row["lines"]))
    return found


def _recurring_in(path: Path, recurring: Mapping[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    """Each surveyed article of a batch with those of its lines that recur at its publisher."""
    rows = pq.read_table(path, columns=["article_id", "site", "lines"]).to_pylist()
    return {row["article_id"]: recurring.get(row["site"], frozenset()).intersection(row["lines"]) for row in rows}


def _files_of(snapshot: Snapshot, article_ids: Sequence[str], settings: Settings, roots: Roots | None) -> list[RawFile]:
    """The raw files of these articles, as far as this version has read them and they stand there as they were read."""
    roots = roots or Roots({settings.source or UNNAMED: settings.raw}, settings.source or UNNAMED)
    columns = ("source_sha256", "metadata_sha256", "pipeline_version")
    rows = snapshot.of_articles("articles", article_ids, ("source_path", "source_part", *columns))
    told = zip(*(rows.column(name).to_pylist() for name in columns), strict=True)
    known = {key: Known(*about) for key, about in zip(source_keys(rows), told, strict=True)}
    version = pipeline_version(settings.tagger)
    by_source: dict[str, dict[str, Known]] = {}
    for path, source in known.items():
        if source.pipeline_version == version:
            by_source.setdefault(roots.source_of(path), {})[path] = source
    found: list[RawFile] = []
    for name, sources in sorted(by_source.items()):
        if (of_source := reading_of(settings, roots, name)).raw.is_dir():
            found += as_read(of_source, sources)
    return found


def _sites_of(snapshot: Snapshot | None, article_ids: pa.Array[Any]) -> set[str]:
    """The sites that committed rows of these articles tell, from the files that may hold them."""
    if snapshot is None:
        return set()
    rows = snapshot.rows_of(TABLE, strings(pa.chunked_array([article_ids])), ["site"])
    return set(strings(rows["site"].drop_null()))


def _column(dataset: ds.Dataset, name: str) -> set[str]:
    return set(strings(dataset.to_table(columns=[name])[name].drop_null()))


def _none() -> ds.Dataset:
    return ds.dataset(TABLES[TABLE].schema.empty_table())


RECOUNT = Step("recount", recount)
