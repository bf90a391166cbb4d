"""Which committed articles a run removes, which of them have lost their file and stay, and how many may go unasked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.settings import ALL, Settings
from onrecord.warehouse.rows import article_id

if TYPE_CHECKING:  # with Prefect, which a command that only asks has no use for
    from tasks.discover import Plan

#: A run that would remove more than this share of the articles, or more than so many, has to be allowed to.
SHARE, MOST = 0.1, 100
#: Files that a message names; the report names all.
NAMED = 5


class RemovalRefusedError(RuntimeError):
    """A run would remove more articles than it was allowed to: nothing of it is committed."""


@dataclass(frozen=True, slots=True)
class Removals:
    """Source paths, sorted, of committed articles.

    `withdrawn`: metadata says so, and their rows go; `dropped`: their files are gone, and so their rows go; `kept`:
    their files are gone, and their rows stay. `renamed`: their bytes stand under another path, given beside each;
    their rows go, and come under that path.
    """

    withdrawn: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def paths(self) -> frozenset[str]:
        """All whose rows go."""
        return self.lost | {old for old, _ in self.renamed}

    @property
    def lost(self) -> frozenset[str]:
        """Those whose rows go and do not come again."""
        return frozenset(self.withdrawn) | frozenset(self.dropped)

    def confirmed(self, article_ids: Collection[str]) -> Removals:
        """As it is, but that a renamed file whose article is not among those to be read is only one that is gone."""
        renamed = tuple((old, new) for old, new in self.renamed if article_id(new) in article_ids)
        left = {old for old, _ in self.renamed} - {old for old, _ in renamed}
        return replace(self, renamed=renamed, kept=tuple(sorted({*self.kept, *left})))

    def named(self) -> list[tuple[str, str]]:
        """Each path whose rows go or could, with what is the matter."""
        return [
            *((old, f"renamed to {new}") for old, new in self.renamed),
            *((path, "withdrawn by metadata") for path in self.withdrawn),
            *((path, "its file is gone") for path in self.dropped),
            *((path, "its file is gone; its rows stay") for path in self.kept),
        ]


def removals_of(plan: Plan, settings: Settings) -> Removals:
    """What the plan removes under these settings: files that are gone take their rows along in a full run only."""
    gone = tuple(sorted(plan.gone - plan.renamed.keys()))
    return Removals(
        renamed=tuple(sorted(plan.renamed.items())),
        withdrawn=tuple(sorted(plan.withdrawn)),
        dropped=gone if settings.full else (),
        kept=() if settings.full else gone,
    )


def excess(removals: Removals, articles: int, settings: Settings) -> str | None:
    """Why a run may not remove so many of the warehouse's `articles`; null where it may."""
    count = len(removals.lost)
    allowed = settings.allow_removals
    if allowed == ALL or not count:
        return None
    if allowed is not None and count <= allowed:
        return None
    if allowed is None and count <= MOST and count <= SHARE * articles:
        return None
    limit = f"more than a tenth of them, or than {MOST}" if allowed is None else f"more than the {allowed:,} allowed"
    why = " and ".join(
        f"{len(paths):,} {what} ({some(paths)})"
        for paths, what in (
            (removals.dropped, f"with no file below {settings.raw}"),
            (removals.withdrawn, "withdrawn by metadata"),
        )
        if paths
    )
    return (
        f"this run would remove {count:,} of {articles:,} articles, {limit}: {why}. If that is meant, say"
        f" --allow-removals {count} (or all); if not, look at --raw and --only"
    )


def require_allowed(removals: Removals, articles: int, settings: Settings) -> None:
    """Raises `RemovalRefusedError` where a run would remove more of the warehouse's `articles` than it may."""
    if reason := excess(removals, articles, settings):
        raise RemovalRefusedError(f"{reason}. Nothing was committed")


def some(paths: Sequence[str]) -> str:
    """The first few of some paths, as a message names them."""
    more = f", and {len(paths) - NAMED:,} more" if len(paths) > NAMED else ""
    return ", ".join(paths[:NAMED]) + more
