"""What a backfill has to do: the months whose articles another version of the pipeline read."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from fnmatch import fnmatchcase

from onrecord.files.parts import path_of
from onrecord.settings import Settings, UsageError
from onrecord.version import pipeline_version
from onrecord.warehouse.rows import month_of, source_keys
from onrecord.warehouse.store import Warehouse
from onrecord.warehouse.tables import UNKNOWN_MONTH
from tasks.roots import choose, matches_nothing, roots_of


@dataclass(frozen=True, slots=True)
class Work:
    """One month's articles that were read by another version: the keys of their sources, bytes and the versions."""

    month: str
    paths: frozenset[str]
    bytes: int
    versions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a backfill would take, at the pace of the last run that read anything; null where there was none."""

    articles: int
    bytes: int
    seconds: float | None


def work_of(settings: Settings) -> list[Work]:
    """The months of the raw folder's source that are not done, in order, `unknown` last; narrowed by `since`, `until`
    and `only`.

    Raises `NoWarehouse` where nothing was ever committed, `UsageError` where `only` matches nothing, and what `choose`
    raises of a raw folder.
    """
    columns = ("source_path", "source_part", "source_bytes", "pipeline_version", "month")
    warehouse = Warehouse(settings.warehouse)
    with warehouse.latest() as snapshot:
        snapshot.require_current_schema()
        table = snapshot.read("articles", columns)
    rows, paths = table.to_pylist(), source_keys(table)
    roots = choose(settings, roots_of(warehouse), paths)
    prefix = f"{roots.source}/" if roots.source else ""
    own = {path_of(path).removeprefix(prefix) for path in paths if roots.source_of(path) == roots.source}
    if settings.only is not None and not any(fnmatchcase(path, settings.only) for path in own):
        raise UsageError(matches_nothing(settings))
    months: dict[str, list[dict[str, object]]] = {}
    for row, path in zip(rows, paths, strict=True):
        row["key"] = path
        stale = row["pipeline_version"] != pipeline_version(settings.tagger) and roots.source_of(path) == roots.source
        wanted = settings.only is None or fnmatchcase(path_of(path).removeprefix(prefix), settings.only)
        if stale and wanted and _within(row["month"], settings.since, settings.until):
            months.setdefault(row["month"], []).append(row)
    return [
        Work(
            month,
            frozenset(str(row["key"]) for row in found),
            sum(int(str(row["source_bytes"])) for row in found),
            frozenset(str(row["pipeline_version"]) for row in found),
        )
        for month, found in sorted(months.items(), key=lambda item: (item[0] == UNKNOWN_MONTH, item[0]))
    ]


def estimate(settings: Settings, work: Collection[Work]) -> Estimate:
    """Articles, bytes, and seconds at the pace of the last run that read articles."""
    with Warehouse(settings.warehouse).latest() as snapshot:
        runs = snapshot.read("runs", ("started_at", "rows_articles", "durations")).sort_by("started_at").to_pylist()
    articles = sum(len(month.paths) for month in work)
    for run in reversed(runs):
        seconds = sum(json.loads(run["durations"] or "{}").values())
        if run["rows_articles"] and seconds:
            pace = seconds / run["rows_articles"]
            return Estimate(articles, sum(month.bytes for month in work), round(articles * pace, 1))
    return Estimate(articles, sum(month.bytes for month in work), None)


def _within(month: str, since: dt.date | None, until: dt.date | None) -> bool:
    if since is None and until is None:
        return True
    if month == UNKNOWN_MONTH:
        return False
    return (since is None or month >= month_of(since)) and (until is None or month <= month_of(until))
