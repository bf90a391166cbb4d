"""Copies over the whole warehouse: which articles are near-identical, kept up to date as articles come and go.

What holds, whatever the order and the size of the batches in which articles arrive: the clusters, their ids and
`copy_of` depend only on the set of articles that are there. Two steps make it so. (1) Components: pairs that are alike
(`candidates`, `signature.similarity`) hang together; a new article can only join components, never split one, and
where articles are gone or changed their components are made again. (2) Within a component, average linkage, so that
a chain of articles that share a paragraph each, or a digest of several stories, does not become one cluster; nor do
the bulletins of a series, which are alike, but days apart.

Ids: `copy_cluster_id` is a hash of the cluster's earliest article (by date of publication, those without a date last,
then by `article_id`), the one that `copy_of` names. It stays the same when later copies arrive, and changes when an
earlier one does, or when that article leaves. An article without copies is a cluster of its own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from onrecord.cross_document.copies.candidates import FEW, Places, pairs_between
from onrecord.cross_document.copies.components import chunks, components
from onrecord.cross_document.copies.linkage import average_linkage
from onrecord.cross_document.copies.signature import Signatures, similarity, unpacked

pc: Any = pyarrow.compute

#: Mean similarity from which two groups of articles are one; see `benchmarks/copies.py` for how it was chosen.
THRESHOLD = 0.23

#: Two articles less alike than this are no copies of one another, whatever stands between them (a digest of both): that
#: speaks against one cluster by so much.
APART = 0.1
AGAINST = 0.15

#: Articles published more than so many days apart are copies only from `SERIES` on: what is printed anew later is
#: printed nearly whole, while bulletins of a series (traffic, weather, markets) share a template and tell other facts.
#: In dated articles of PolNeAR and TempEval-3 no two copies less alike than that are more than a day apart.
DAYS = 2
SERIES = 0.55

#: Components larger than this are first parted by stricter bars, since average linkage takes n² memory.
DENSE = 2_000
STRICTER = (0.5, 0.7, 0.9)

_DATE: pa.DataType = cast("pa.DataType", pa.date32())

#: What `cluster` takes of each article, ...
NEW = pa.schema({"article_id": pa.string(), "date_published": _DATE, "signature": pa.binary()})

#: ... and what it says of it.
FOUND = pa.schema(
    [
        ("article_id", pa.string()),
        ("copy_component_id", pa.string()),
        ("copy_cluster_id", pa.string()),
        ("copy_of", pa.string()),
    ]
)

#: What must be kept of each article between two calls.
STATE = pa.unify_schemas([NEW, FOUND])


def cluster(new: pa.Table, known: pa.Table, gone: Collection[str] = ()) -> pa.Table:
    """Where new articles belong, and what changes for the others.

    `new`: rows with the columns of `NEW`, one an article; one that is also in `known` replaces it there. `known`: rows
    with the columns of `STATE`, as earlier calls left them. `gone`: ids in `known` that are no longer there. Returns a
    table with the columns of `FOUND`: a row for each new article and for each known one whose values change, by
    `article_id`. Raises ValueError where a signature was made by another version or an id stands twice in `new`.
    """
    new = new.select(NEW.names).cast(NEW)
    known = known.select(STATE.names).cast(STATE)
    if len(pc.unique(new["article_id"])) != len(new):
        raise ValueError("an article stands twice among the new ones")
    members = known.filter(pc.is_in(known["copy_component_id"], value_set=concerned(new, [known], gone)))
    left = pc.is_in(members["article_id"], value_set=_leaving(new, gone))
    members = members.filter(pc.invert(left))
    found = _clustered(pa.concat_tables([new, members.select(NEW.names)]).sort_by("article_id"))
    before = members.select(FOUND.names).sort_by("article_id").to_pylist()
    same = {row["article_id"] for row, then in _side_by_side(found, before) if row == then}
    changed = [row for row in found if row["article_id"] not in same]
    return pa.Table.from_pylist(changed, schema=FOUND)


def concerned(new: pa.Table, pieces: Iterable[pa.Table], gone: Collection[str] = ()) -> pa.Array[Any]:
    """The components that new articles join or that lose one: what `cluster` has to be given of the known articles.

    `pieces`: the known articles, with at least article_id, copy_component_id and signature; of a few new articles
    only, one piece is in memory at a time.
    """
    leaving = _leaving(new, gone)
    found: list[pa.Array[Any]] = [pa.array([], pa.string())]
    for piece in pieces if len(new) <= FEW else [pa.concat_tables(pieces)]:
        left = pc.is_in(piece["article_id"], value_set=leaving)
        kept = piece.filter(pc.invert(left)) if pc.any(left).as_py() else piece
        found += piece.filter(left)["copy_component_id"].chunks
        found += kept["copy_component_id"].take(_linked(new, kept)).chunks
    components: pa.Array[Any] = pc.unique(pa.chunked_array(found))
    return components


def _leaving(new: pa.Table, gone: Collection[str]) -> pa.Array[Any]:
    """The ids whose known rows no longer count."""
    return pa.array(sorted({*gone, *_values(new, "article_id")}), pa.string())


def _linked(new: pa.Table, known: pa.Table) -> npt.NDArray[np.int64]:
    """The places of known articles that are alike to a new one, ascending."""
    if not len(new) or not len(known):
        return np.empty(0, np.int64)
    ours, theirs = _signatures(new), _signatures(known)
    linked = np.zeros(len(known), bool)
    for pairs in pairs_between(ours, theirs):
        for i, j in chunks(*pairs):
            still = ~linked[j]
            alike = similarity(ours[i[still]], theirs[j[still]]) >= THRESHOLD
            linked[j[still][alike]] = True
    return np.flatnonzero(linked)


def _signatures(rows: pa.Table) -> Signatures:
    return unpacked(rows["signature"])


def _values(rows: pa.Table, column: str) -> list[Any]:
    values: list[Any] = rows[column].to_pylist()
    return values


@dataclass(frozen=True, slots=True)
class _Articles:
    """Articles in the order of their ids, so that nothing depends on the order in which they came."""

    ids: list[str]
    dates: list[dt.date | None]
    signatures: Signatures

    def earliest(self, places: Places) -> str:
        ids: list[str] = [self.ids[place] for place in places.tolist()]
        dates = [self.dates[place] or dt.date.max for place in places.tolist()]
        _, first = min(zip(dates, ids, strict=True))
        return first

    def days_between(self, places: Places) -> npt.NDArray[np.int64]:
        """The days between the dates of publication of each two, 0 where either has none."""
        dates = [self.dates[place] for place in places.tolist()]
        days = np.array([date.toordinal() if date else 0 for date in dates])
        known = days > 0
        between: npt.NDArray[np.int64] = np.abs(days[:, None] - days) * (known[:, None] & known)
        return between


def _clustered(rows: pa.Table) -> list[dict[str, str | None]]:
    """A row of `FOUND` for each of the rows, which are whole components, in their order."""
    articles = _Articles(_values(rows, "article_id"), _values(rows, "date_published"), _signatures(rows))
    found: dict[str, dict[str, str | None]] = {}
    for component in components(articles.signatures, THRESHOLD):
        for members in _groups(articles, component, STRICTER):
            first = articles.earliest(members)
            for identity in (articles.ids[place] for place in members.tolist()):
                found[identity] = {
                    "article_id": identity,
                    "copy_component_id": articles.ids[component[0]],
                    "copy_cluster_id": cluster_id(first),
                    "copy_of": None if identity == first else first,
                }
    return [found[identity] for identity in articles.ids]


def cluster_id(earliest: str) -> str:
    """The id of the cluster whose earliest article this is."""
    return hashlib.sha256(f"copies\0{earliest}".encode()).hexdigest()[:20]


def _groups(articles: _Articles, places: Places, bars: tuple[float, ...]) -> Iterator[Places]:
    """The clusters of one component."""
    if len(places) == 1 or (len(places) > DENSE and not bars):
        yield places
    elif len(places) > DENSE:
        for part in components(articles.signatures[places], bars[0]):
            yield from _groups(articles, places[part], bars[1:])
    else:
        group = np.array(average_linkage(_table(articles, places), THRESHOLD + AGAINST))
        for first in np.unique(group):
            yield places[group == first]


def _table(articles: _Articles, places: Places) -> npt.NDArray[np.float64]:
    """The similarity of each pair, plus `AGAINST` unless the two are apart; 0 for two articles of a series."""
    signatures = articles.signatures[places]
    alike = np.stack([similarity(one, signatures) for one in signatures])
    later = articles.days_between(places) > DAYS
    alike[later & (alike < SERIES)] = 0.0
    return np.where(alike < APART, alike, alike + AGAINST).astype(np.float64)


def _side_by_side(
    found: list[dict[str, str | None]], before: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, str | None], dict[str, Any] | None]]:
    then = {row["article_id"]: row for row in before}
    return ((row, then.get(str(row["article_id"]))) for row in found)
