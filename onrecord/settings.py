"""Everything that a run can be told, declared once; the command line, the flows' parameters and the documentation
derive from it."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from onrecord.formats import FORMATS, ROLES, parse_columns, parse_formats
from onrecord.options import DEPLOYED, RUNS, EntryPoint, Plain, option, options_of
from onrecord.storage import address_in, storage_path

#: What `Settings.allow_removals` says where any number of articles may go.
ALL: Literal["all"] = "all"

_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

_INGEST, _BACKFILL, _SCHEDULED = EntryPoint.INGEST, EntryPoint.BACKFILL, EntryPoint.SCHEDULED_INGEST
#: All, and all that read articles by themselves.
_ALL = tuple(EntryPoint)
_READING = (*RUNS, *DEPLOYED, EntryPoint.FILE)


class UsageError(ValueError):
    """What was asked for cannot be meant: the command line ends with 2, and nothing was done."""


def is_source_name(name: str) -> bool:
    """Whether a raw folder may be called so: the name stands before a slash in `source_path`."""
    return _SOURCE.fullmatch(name) is not None


def source_name(name: str) -> str:
    """The name as it is. Raises `ValueError` for what is none."""
    if not is_source_name(name):
        raise ValueError(f"a source is named by letters, digits, - and _ only, and not {name!r}")
    return name


def folder(path: str) -> Path:
    """The path as it is. Raises `ValueError` for an address."""
    if address := address_in(path):
        raise ValueError(f"{address} is no folder of this machine; fetch or mount it first")
    return Path(path)


def day(words: str) -> dt.date:
    """A calendar day, as 2024-05-08. Raises `ValueError` for what is none."""
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        raise ValueError(f"a day is written like 2024-05-08, and not {words!r}") from None


def removals(words: str) -> int | Literal["all"]:
    """A number of articles, or `all`. Raises `ValueError` for what is neither."""
    if words.strip().lower() == ALL:
        return ALL
    if not words.strip().isdecimal():
        raise ValueError(f"a number of articles, or all: {words!r} is neither")
    return int(words)


def tagger_name(name: str) -> str:
    """The name as it is. Raises `ValueError` for an unknown tagger."""
    kind, _, which = name.partition(":")
    if name != "default" and (kind not in ("spacy", "folder") or not which):
        raise ValueError(f"there is no tagger {name!r}: default, spacy:PIPELINE or folder:PATH")
    return name


class Engine(StrEnum):
    """What the batches of a run are read on."""

    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class Settings:
    """One run's settings. Nothing outside `raw` is read, and nothing outside `warehouse` written."""

    raw: Path = option(
        Path("raw"),
        "Folder of raw text files (*.txt, also .gz and the like), with all folders below; also as s3://BUCKET/FOLDER.",
        _ALL,
        parse=storage_path,
        metavar="FOLDER",
    )
    warehouse: Path = option(Path("warehouse"), "Folder of the tables.", _ALL, parse=folder, metavar="FOLDER")
    source: str | None = option(
        None,
        "Name of --raw where the warehouse takes several raw folders: it stands before the paths of its files.",
        _READING,
        parse=source_name,
        metavar="NAME",
    )
    same_source: bool = option(False, "--raw is a folder that was read before, moved.", (*RUNS, *DEPLOYED))
    since: dt.date | None = option(
        None, "Take articles published on or after this day.", (_INGEST, _BACKFILL), parse=day, metavar="DAY"
    )
    until: dt.date | None = option(
        None, "Take articles published on or before this day.", (_INGEST, _BACKFILL), parse=day, metavar="DAY"
    )
    only: str | None = option(None, "Take files whose path below --raw matches.", (_INGEST, _BACKFILL), metavar="GLOB")
    full: bool = option(False, "Read all again; drop rows of files that are gone.", (_INGEST, _SCHEDULED))
    allow_removals: int | Literal["all"] | None = option(
        None,
        "Remove up to so many articles; unasked, at most a tenth of them, or 100.",
        (*RUNS, *DEPLOYED),
        parse=removals,
        metavar="N|all",
    )
    dry_run: bool = option(False, "Say what would be done, and do nothing.", (_INGEST, _BACKFILL))
    workers: int = option(
        max(1, os.cpu_count() or 1),
        "Processes that read articles.",
        _READING,
        metavar="N",
        least=1,
        deployed=2,
    )
    engine: Engine = option(Engine.LOCAL, "Read batches in processes of this machine, or on Dask.", _READING)
    dask_address: str | None = option(
        None,
        "Scheduler of a Dask cluster, as tcp://HOST:8786, whose workers see both folders under the same paths; "
        "without it, --engine dask starts one on this machine.",
        _READING,
        metavar="ADDRESS",
    )
    formats: tuple[str, ...] = option(
        (),
        f"What is read beside text files: {', '.join(FORMATS)}, with commas between.",
        _ALL,
        metavar="NAMES",
    )
    columns: tuple[str, ...] = option(
        (),
        f"Columns of datasets, as text=body,date=published; ones of plain names are guessed ({', '.join(ROLES)}).",
        _ALL,
        metavar="ROLE=COLUMN",
    )
    batch_files: int = option(200, "Most files in one batch.", _READING, metavar="N", least=1)
    batch_bytes: int = option(8_000_000, "Most bytes in one batch: what bounds memory.", _READING, metavar="N", least=1)
    file_bytes: int = option(20_000_000, "A larger raw file is rejected unread.", _READING, metavar="N", least=1)
    article_words: int = option(2_000_000, "A text of more words is rejected.", _READING, metavar="N", least=1)
    tagger: str = option(
        "default",
        "default, spacy:PIPELINE (an installed pipeline's names) or folder:PATH.",
        _READING,
        parse=tagger_name,
        metavar="NAME",
    )
    known: Path | None = option(
        None,
        "Your own table of names that are the same, or different, which always wins; kept for later runs.",
        _ALL,
        parse=Path,
        metavar="FILE",
    )
    forget_known: tuple[str, ...] = option(
        (), "Apply a kept table of names no longer (its file's name).", (_INGEST, _SCHEDULED), metavar="NAME"
    )
    keep: int | None = option(
        None,
        "Keep the last so many snapshots (10, where nobody says); the warehouse remembers it.",
        _READING,
        metavar="N",
        least=1,
    )
    keep_days: int | None = option(
        None,
        "Keep all snapshots of the last so many days as well (0, where nobody says); the warehouse remembers it.",
        _READING,
        metavar="DAYS",
        least=0,
    )
    reason: str | None = option(
        None, "Why; it stands in the runs.", (_BACKFILL, EntryPoint.SCHEDULED_BACKFILL), metavar="WORDS"
    )
    webhook: str | None = option(
        None,
        "Told by POST when a run fails: an address, or secret:BLOCK of a Prefect Secret block where parameters are "
        "recorded; or in the environment, as ONRECORD_WEBHOOK.",
        _READING,
        metavar="URL",
        secret=True,
    )

    def __post_init__(self) -> None:
        if self.source is not None:
            source_name(self.source)
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"--since {self.since} is after --until {self.until}: no day lies between them")
        parse_formats(self.formats)
        parse_columns(self.columns)
        if self.dask_address and self.engine is not Engine.DASK:
            raise ValueError(f"a Dask cluster at {self.dask_address} is used with the engine `dask` only")

    @classmethod
    def of(cls, told: Mapping[str, object]) -> Settings:
        """The settings that plain values say, by name. Raises `ValueError`, which names the option."""
        options = options_of(cls)
        values = {}
        for name, plain in told.items():
            try:
                values[name] = options[name].value(plain)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from error
        return cls(**values)

    def plain(self, taker: EntryPoint) -> dict[str, Plain]:
        """The settings that an entry point takes, as plain values."""
        return {name: option.plain(getattr(self, name)) for name, option in options_of(Settings, taker).items()}

    @property
    def read_formats(self) -> tuple[str, ...]:
        """The names of the formats that are read beside text files, in the order in which they are declared."""
        return parse_formats(self.formats)

    @property
    def columns_of_roles(self) -> dict[str, str]:
        """The column of each role of a dataset that is told."""
        return parse_columns(self.columns)

    @property
    def source_prefix(self) -> str:
        """What stands before a file's path below `raw` in its `source_path`."""
        return f"{self.source}/" if self.source else ""

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
