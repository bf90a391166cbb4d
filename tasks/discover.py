"""Which raw files have to be read: new, changed, or read by another version of the pipeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from prefect import task
from prefect.cache_policies import NO_CACHE

from onrecord.document.article import Metadata
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from tasks.batches import RawFile, batches_of
from tasks.hashes import HASHES_FILE, Hashes
from tasks.left_out import Days, LeftOut, Reading, is_wanted, left_out, remembered
from tasks.listing import Stamp, list_raw
from tasks.metadata import read_metadata, unfit
from tasks.rejects import Reject, by_path
from tasks.roots import require_folder


class Known(NamedTuple):
    """How the warehouse knows a raw file: by what content, what metadata and what version it was read.

    `rejected`: it was turned away, and gave no article; `reasons`: why.
    """

    sha256: str
    metadata_sha256: str | None
    pipeline_version: str
    rejected: bool = False
    reasons: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do. `batches` hold the files to be read; `gone` the paths whose files are no longer there."""

    batches: tuple[tuple[RawFile, ...], ...] = ()
    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    outdated: frozenset[str] = frozenset()
    unchanged: int = 0
    gone: frozenset[str] = frozenset()
    #: Of those, the ones whose bytes stand under a path that is new, and that path.
    renamed: Mapping[str, str] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    rejects: tuple[Reject, ...] = ()
    #: Paths that were turned away before, and are no longer there or no longer faulty.
    mended: frozenset[str] = frozenset()
    #: Paths of other files, which are not read.
    unread: tuple[str, ...] = ()
    #: Files that are known to be of days that were not asked for, or of none.
    left_out: LeftOut = field(default_factory=LeftOut)

    @property
    def has_work(self) -> bool:
        """Whether there is anything to commit, apart from files that are gone."""
        return bool(self.batches or self.rejects or self.mended or self.withdrawn)

    @property
    def files(self) -> int:
        """How many are to be read."""
        return len(self.new) + len(self.changed) + len(self.outdated)

    def without(self, left_out: LeftOut) -> Plan:
        """The plan, where the survey has left out some of the files to be read."""
        left = left_out.paths
        return replace(
            self,
            new=self.new - left,
            changed=self.changed - left,
            outdated=self.outdated - left,
            left_out=self.left_out | left_out,
        )

    @property
    def seen(self) -> int:
        return self.files + self.unchanged + len(self.withdrawn) + len(self.left_out.paths)


def discover(settings: Settings, known: Mapping[str, Known], among: Collection[str] | None = None) -> Plan:
    """Compare the raw folder with what the warehouse knows of each path of its source (rows and rejects alike).

    `among` restricts the run to some paths (a backfill's month); what else stands in the folder is left alone.
    Raises `NoRawFolderError` where the raw folder is not there, `OSError` where a folder in it cannot be read.
    """
    require_folder(settings.raw)
    listing = list_raw(settings.raw, settings.file_bytes)
    cache = hashes_file(settings)
    hashes = Hashes(settings.raw, listing, None if settings.full else cache)
    prefix = settings.source_prefix
    files = listing.files
    if among is not None:
        files = {path: stamp for path, stamp in files.items() if prefix + path in among}
        known = {path: source for path, source in known.items() if path in among}
    if prefix:
        known = {path.removeprefix(prefix): source for path, source in known.items()}
    metadata, digests = read_metadata(settings.raw, listing)
    found = _compared(settings, files, hashes, known, metadata, digests)
    listing.rejects.extend(found.rejects)
    listing.rejects.extend(unfit(settings.raw, listing, metadata, known))
    if among is not None:
        listing.rejects = [reject for reject in listing.rejects if prefix + reject.source_path in among]
    found.withdrawn |= {path for path in known.keys() - files.keys() if _is_withdrawn(path, known, metadata)}
    if not settings.dry_run:
        hashes.save(cache)
    faulty = {reject.source_path for reject in listing.rejects}
    absent = {path for path in known if path not in files and path not in faulty and path not in found.withdrawn}
    gone = {path for path in absent if not known[path].rejected and _is_asked_for(path, settings)}
    mended = {path for path in absent if known[path].rejected}
    version = pipeline_version(settings.tagger)
    rejects = [
        r for of in by_path(listing.rejects).values() if settings.full or not _are_known(of, known, version) for r in of
    ]

    def named(paths: Iterable[str]) -> frozenset[str]:
        return frozenset(prefix + path for path in paths)

    renamed = _renamed({path: known[path].sha256 for path in gone}, found)
    return Plan(
        batches=batches_of(found.work, settings),
        new=named(found.new),
        changed=named(found.changed),
        outdated=named(found.outdated),
        unchanged=found.unchanged,
        gone=named(gone),
        renamed={prefix + old: prefix + new for old, new in renamed.items()},
        withdrawn=named(found.withdrawn & known.keys()),
        rejects=tuple(replace(reject, source_path=prefix + reject.source_path) for reject in rejects),
        mended=named(mended),
        unread=tuple(prefix + path for path in listing.unread),
        left_out=found.left_out,
    )


def _renamed(gone: Mapping[str, str], found: _Compared) -> dict[str, str]:
    """For each path that is gone, given with its digest, the new path that has its bytes now: one of the same name in
    another folder before others, in order."""
    fresh: dict[str, list[str]] = {}
    for file in found.work:
        if (path := file.path.removeprefix(found.prefix)) in found.new:
            fresh.setdefault(file.sha256, []).append(path)
    pairs: dict[str, str] = {}
    for same_name in (True, False):
        for old in sorted(gone.keys() - pairs.keys()):
            for new in fresh.get(gone[old], ()):
                if not same_name or new.rpartition("/")[2] == old.rpartition("/")[2]:
                    pairs[old] = new
                    fresh[gone[old]].remove(new)
                    break
    return pairs


@dataclass(slots=True)
class _Compared:
    """The files to be read, and the paths of all by what they are, below the raw folder (without the `prefix`)."""

    prefix: str
    work: list[RawFile] = field(default_factory=list)
    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    outdated: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    unchanged: int = 0
    rejects: list[Reject] = field(default_factory=list)
    left_out: LeftOut = field(default_factory=LeftOut)


def _compared(
    settings: Settings,
    files: Mapping[str, Stamp],
    hashes: Hashes,
    known: Mapping[str, Known],
    metadata: Mapping[str, Metadata],
    digests: Mapping[str, str],
) -> _Compared:
    """Each listed file beside what the warehouse knows of it; what cannot be opened is a reject."""
    version = pipeline_version(settings.tagger)
    found = _Compared(settings.source_prefix)
    whole = not (settings.only or settings.full)
    settled = _settled(hashes, known, metadata, version, files) if whole else frozenset()
    found.unchanged = len(settled)
    days = remembered(settings)
    known_days: Days = {}
    other_days: set[str] = set()
    for path in sorted(files.keys() - settled):
        if not _is_asked_for(path, settings):
            continue
        about, about_digest = metadata.get(path), digests.get(path)
        if about is not None and about.withdrawn:
            found.withdrawn.add(path)
            continue
        if about is not None and about.date_published is not None and not is_wanted(about.date_published, settings):
            other_days.add(found.prefix + path)
            continue
        try:
            digest = hashes.of(path)
        except OSError as error:
            found.rejects.append(Reject.of_file(path, "read", f"cannot be opened: {error.strerror}"))
            continue
        if (reading := Reading(found.prefix + path, digest, about_digest, version)) in days:
            known_days[reading] = days[reading]
            continue
        before = known.get(path)
        if before is None:
            found.new.add(path)
        elif (before.sha256, before.metadata_sha256) != (digest, about_digest):
            found.changed.add(path)
        elif before.pipeline_version != version or settings.full:
            found.outdated.add(path)
        else:
            found.unchanged += 1
            continue
        size = files[path].size
        found.work.append(RawFile(found.prefix + path, digest, size, about, about_digest, settings.raw / path))
    found.left_out = left_out(known_days) | LeftOut(frozenset(other_days))
    return found


def _settled(
    hashes: Hashes, known: Mapping[str, Known], metadata: Mapping[str, Metadata], version: str, files: Mapping[str, Any]
) -> frozenset[str]:
    """Files without metadata that are as this version read them: nearly all, and quickly told."""
    digests = hashes.untouched()
    return (
        frozenset(
            path
            for path, (sha256, metadata_sha256, read_by, *_) in known.items()
            if read_by == version and metadata_sha256 is None and digests.get(path) == sha256
        )
        .difference(metadata)
        .intersection(files)
    )


def hashes_file(settings: Settings) -> Path:
    """Where the hashes of the source's raw files are kept."""
    file = settings.warehouse / HASHES_FILE
    return file.with_stem(f"{file.stem}-{settings.source}") if settings.source else file


def as_read(settings: Settings, known: Mapping[str, Known]) -> list[RawFile]:
    """Those of the known files of the settings' source that still stand in its raw folder as they were read, with the
    same metadata."""
    prefix = settings.source_prefix
    listing = list_raw(settings.raw, settings.file_bytes)
    hashes = Hashes(settings.raw, listing, hashes_file(settings))
    metadata, digests = read_metadata(settings.raw, listing)
    return [
        RawFile(
            prefix + path,
            source.sha256,
            listing.files[path].size,
            metadata.get(path),
            source.metadata_sha256,
            settings.raw / path,
        )
        for path, source in sorted((path.removeprefix(prefix), source) for path, source in known.items())
        if path in listing.files
        and source.metadata_sha256 == digests.get(path)
        and _has_digest(hashes, path, source.sha256)
    ]


def _has_digest(hashes: Hashes, path: str, sha256: str) -> bool:
    try:
        return hashes.of(path) == sha256
    except OSError:  # `discover` has made it a reject
        return False


def _is_asked_for(path: str, settings: Settings) -> bool:
    """Whether `only` lets the path by."""
    return settings.only is None or fnmatchcase(path, settings.only)


def _is_withdrawn(path: str, known: Mapping[str, Known], metadata: Mapping[str, Metadata]) -> bool:
    """Whether metadata withdraws an article of the warehouse."""
    about = metadata.get(path)
    return about is not None and about.withdrawn and not known[path].rejected


def _are_known(rejects: Sequence[Reject], known: Mapping[str, Known], version: str) -> bool:
    """Whether a file's rejects are those that the warehouse has of it."""
    before = known.get(rejects[0].source_path)
    return (
        before is not None
        and before.pipeline_version == version
        and all(before.sha256 == (reject.source_sha256 or "") for reject in rejects)
        and before.reasons == {reject.reason for reject in rejects}
    )


discover_task = task(
    name="discover", retries=3, retry_delay_seconds=[1, 5, 15], persist_result=False, cache_policy=NO_CACHE
)(discover)
