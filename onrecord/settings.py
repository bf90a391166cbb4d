"""Everything that a run can be told, with its default; the command line and the flows' parameters derive from it."""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

#: What `Settings.allow_removals` says where any number of articles may go.
ALL: Literal["all"] = "all"


_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def is_source_name(name: str) -> bool:
    """Whether a raw folder may be called so: the name stands before a slash in `source_path`."""
    return _SOURCE.fullmatch(name) is not None


class Engine(StrEnum):
    """What the batches of a run are read on."""

    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class Settings:
    """One run's settings. Nothing outside `raw` is read, and nothing outside `warehouse` written."""

    raw: Path = Path("raw")
    warehouse: Path = Path("warehouse")
    #: The name of `raw` in a warehouse of several raw folders: it stands before the paths of its files.
    source: str | None = None
    #: `raw` is a folder that the warehouse knows, in another place than before.
    same_source: bool = False
    #: Publication dates to take, both inclusive; articles without a date are taken only where neither is given.
    since: dt.date | None = None
    until: dt.date | None = None
    #: A glob over paths below `raw`.
    only: str | None = None
    #: Read every file again, and drop the rows of files that are gone.
    full: bool = False
    #: How many articles the run may remove; where nothing is said, a tenth of them and at most 100.
    allow_removals: int | Literal["all"] | None = None
    #: Say what would be done, and do nothing.
    dry_run: bool = False
    #: Processes that read articles.
    workers: int = max(1, os.cpu_count() or 1)
    #: Processes of this machine, or a Dask cluster: the one whose scheduler is at `dask_address` (its workers see `raw`
    #: and `warehouse` under the same paths), else one of `workers` processes on this machine.
    engine: Engine = Engine.LOCAL
    dask_address: str | None = None
    #: Most files, and most bytes, in one batch: what bounds memory.
    batch_files: int = 200
    batch_bytes: int = 8_000_000
    #: A larger raw file is rejected unread.
    file_bytes: int = 20_000_000
    #: `default`, or `spacy:NAME` for an installed pipeline's names.
    tagger: str = "default"
    #: A user's own table of names that are the same, or different, which always wins; the warehouse keeps it.
    known: Path | None = None
    #: Names of kept tables that are applied no longer.
    forget_known: tuple[str, ...] = ()
    #: Snapshots of the warehouse that are kept.
    keep: int = 10
    #: Why a backfill is run.
    reason: str | None = None
    #: Told by POST when a run fails: an address, or `secret:NAME` of a Secret block of Prefect.
    webhook: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.source is not None and not is_source_name(self.source):
            raise ValueError(f"a source is named by letters, digits, - and _, and not {self.source!r}")
        if self.dask_address and self.engine is not Engine.DASK:
            raise ValueError(f"a Dask cluster at {self.dask_address} is used with the engine `dask` only")

    @property
    def source_prefix(self) -> str:
        """What stands before a file's path below `raw` in its `source_path`."""
        return f"{self.source}/" if self.source else ""

    @staticmethod
    def removals(said: str | None) -> int | Literal["all"] | None:
        """What `allow_removals` is by a word: a number, or `all`. Raises `ValueError`."""
        if said is None:
            return None
        if said.strip().lower() == ALL:
            return ALL
        if not said.strip().isdecimal():
            raise ValueError(f"a number of articles, or all: {said!r} is neither")
        return int(said)

    def without_secrets(self) -> Settings:
        """The settings as they may be shown and recorded: the webhook's address is a secret, a block's name is not."""
        if self.webhook is None or self.webhook.startswith("secret:"):
            return self
        return replace(self, webhook="(set)")

    def as_json(self) -> dict[str, Any]:
        """The settings as they stand in `runs.parameters`; of a webhook only that there is one."""
        return {
            key: value
            if isinstance(value, bool | int | float | None)
            else ", ".join(value) or None
            if isinstance(value, tuple)
            else str(value)
            for key, value in asdict(self.without_secrets()).items()
        }
