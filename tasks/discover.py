"""Which sources have to be read: new, changed, or read by another version of the pipeline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.files import html
from onrecord.files.parts import path_of, source_key
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from tasks.batches import RawFile, batches_of
from tasks.comparison import Compared, Comparison, Known, is_asked_for, renamed, untold
from tasks.containers import LISTS, Lists
from tasks.hashes import HASHES_FILE, Hashes
from tasks.left_out import LeftOut, remembered
from tasks.listing import Listing, list_raw
from tasks.metadata import Told, read_metadata, unfit
from tasks.rejects import Reject, by_source
from tasks.roots import require_folder
from tasks.step import Step


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do, by the keys of sources. `batches` hold those to be read; `gone` are no longer there."""

    batches: tuple[tuple[RawFile, ...], ...] = ()
    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    outdated: frozenset[str] = frozenset()
    unchanged: int = 0
    gone: frozenset[str] = frozenset()
    #: Of those, the ones whose bytes stand under a key that is new, and that key.
    renamed: Mapping[str, str] = field(default_factory=dict)
    withdrawn: frozenset[str] = frozenset()
    rejects: tuple[Reject, ...] = ()
    #: Keys of what was turned away before, and is no longer there or no longer faulty.
    mended: frozenset[str] = frozenset()
    #: Paths of other files, which are not read.
    unread: tuple[str, ...] = ()
    #: Files that are known to be of days that were not asked for, or of none.
    left_out: LeftOut = field(default_factory=LeftOut)
    #: How the columns of each dataset are read.
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def has_work(self) -> bool:
        """Whether there is anything to commit, apart from files that are gone."""
        return bool(self.batches or self.rejects or self.mended or self.withdrawn)

    @property
    def files(self) -> int:
        """How many are to be read."""
        return len(self.new) + len(self.changed) + len(self.outdated)

    def with_texts(self, files: Sequence[RawFile], settings: Settings) -> Plan:
        """The plan, where files that are gone are read from the texts that the warehouse has of them."""
        keys = frozenset(file.path for file in files)
        return replace(
            self,
            batches=(*self.batches, *batches_of(files, settings)),
            outdated=self.outdated | keys,
            gone=self.gone - keys,
        )

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
    """Compare the raw folder with what the warehouse knows of each source of it (rows and rejects alike), by its key.

    `among` restricts the run to some keys (a backfill's month); what else stands in the folder is left alone.
    Raises `NoRawFolderError` where the raw folder is not there, `OSError` where a folder in it cannot be read,
    `RuntimeError` where HTML is to be read and trafilatura is not installed.
    """
    require_folder(settings.raw)
    if "html" in settings.read_formats and not html.is_installed():
        raise RuntimeError("reading HTML needs trafilatura: pip install 'onrecord[html]'")
    listing = list_raw(settings.raw, settings.file_bytes, settings.read_formats, warehouse=settings.warehouse)
    cache = hashes_file(settings)
    hashes = Hashes(settings.raw, listing, None if settings.full else cache)
    known, among = _own(known, among, settings.source_prefix)
    told = read_metadata(settings.raw, listing)
    lists = Lists(settings, lists_folder(settings), anew=settings.full)
    found = Comparison(settings, listing, hashes, lists, known, told, among, remembered(settings)).run()
    listing.rejects.extend(unfit(listing, told, known, found.present))
    if among is not None:
        listing.rejects = [reject for reject in listing.rejects if reject.key in among or reject.source_path in among]
    away = known.keys() - listing.files.keys() - found.present
    found.withdrawn |= {key for key in away if _is_withdrawn(key, known, told)}
    if not settings.dry_run:
        hashes.save(cache)
        if among is None and not settings.only:
            lists.prune()
    faulty = {reject.key for reject in listing.rejects}
    absent = away - faulty - found.withdrawn - untold(away, listing, settings)
    return _planned(settings, listing, known, found, absent)


def _own(
    known: Mapping[str, Known], among: Collection[str] | None, prefix: str
) -> tuple[Mapping[str, Known], frozenset[str] | None]:
    """What is known of the keys that the run is restricted to, and these, without the source's prefix."""
    if among is not None:
        known = {key: source for key, source in known.items() if key in among or path_of(key) in among}
        among = frozenset(key.removeprefix(prefix) for key in among)
    if prefix:
        known = {key.removeprefix(prefix): source for key, source in known.items()}
    return known, among


def _planned(
    settings: Settings, listing: Listing, known: Mapping[str, Known], found: Compared, absent: Collection[str]
) -> Plan:
    """The plan, in which the source's prefix stands before all keys. `absent` are no longer there, nor withdrawn."""
    prefix = settings.source_prefix
    gone = {key for key in absent if not known[key].rejected and is_asked_for(key, settings)}
    parted = {path: key for path, key in found.parted.items() if path in gone}
    pairs = renamed({key: known[key].sha256 for key in gone - parted.keys()}, found) | parted
    rejects = _fresh(listing.rejects, known, settings)

    def named(keys: Iterable[str]) -> frozenset[str]:
        return frozenset(prefix + key for key in keys)

    return Plan(
        batches=batches_of(found.work, settings),
        new=named(found.new),
        changed=named(found.changed),
        outdated=named(found.outdated),
        unchanged=found.unchanged,
        gone=named(gone),
        renamed={prefix + old: prefix + new for old, new in pairs.items()},
        withdrawn=named(found.withdrawn & known.keys()),
        rejects=tuple(replace(reject, source_path=prefix + reject.source_path) for reject in rejects),
        mended=named(key for key in absent if known[key].rejected),
        unread=tuple(prefix + path for path in listing.unread),
        columns=tuple((prefix + path, columns) for path, columns in found.columns.items()),
        left_out=found.left_out,
    )


def _fresh(rejects: Iterable[Reject], known: Mapping[str, Known], settings: Settings) -> list[Reject]:
    """Those rejects that the warehouse has not got yet; all of them in a full run."""
    version = pipeline_version(settings.tagger)
    sources = by_source(rejects).values()
    return [r for of in sources if settings.full or not _are_known(of, known, version) for r in of]


def hashes_file(settings: Settings) -> Path:
    """Where the hashes of the source's raw files are kept."""
    file = settings.warehouse / HASHES_FILE
    return file.with_stem(f"{file.stem}-{settings.source}") if settings.source else file


def lists_folder(settings: Settings) -> Path:
    """Where the lists of the parts of the source's raw files are kept."""
    folder = settings.warehouse / LISTS
    return folder.with_name(f"{folder.name}-{settings.source}") if settings.source else folder


def as_read(settings: Settings, known: Mapping[str, Known]) -> list[RawFile]:
    """Those of the known sources of the settings' raw folder that still stand there as they were read, with the same
    metadata."""
    prefix = settings.source_prefix
    listing = list_raw(settings.raw, settings.file_bytes, settings.read_formats, warehouse=settings.warehouse)
    hashes = Hashes(settings.raw, listing, hashes_file(settings))
    lists = Lists(settings, lists_folder(settings))
    told = read_metadata(settings.raw, listing)
    found: list[RawFile] = []
    of_path: dict[str, dict[str, Known]] = {}
    for key, source in known.items():
        own = key.removeprefix(prefix)
        if source.metadata_sha256 == told.of(own)[1]:
            of_path.setdefault(path_of(own), {})[own] = source
    for path, sources in sorted(of_path.items()):
        about, _ = told.of(path)
        encoding = about.encoding if about else None
        sizes = _sizes(path, sources, listing, hashes, lists, encoding)
        found += [
            RawFile(prefix + key, sources[key].sha256, size, *told.of(key), settings.raw / path, encoding=encoding)
            for key, size in sizes.items()
        ]
    return found


def _sizes(
    path: str, sources: Mapping[str, Known], listing: Listing, hashes: Hashes, lists: Lists, encoding: str | None
) -> dict[str, int]:
    """The bytes of those sources of a file that stand there with the digest that is known of them, in order."""
    try:
        if path in sources:
            same = path in listing.files and hashes.of(path) == sources[path].sha256
            return {path: listing.files[path].size} if same else {}
        if listing.stamp(path) is None:
            return {}
        contents = lists.of(path, hashes.of(path), encoding)
    except OSError:  # `discover` has made it a reject
        return {}
    entries = ((source_key(path, entry.part), entry) for entry in contents.entries() if entry.reason is None)
    return {key: entry.size for key, entry in entries if key in sources and sources[key].sha256 == entry.sha256}


def _is_withdrawn(key: str, known: Mapping[str, Known], told: Told) -> bool:
    """Whether metadata withdraws an article of the warehouse."""
    about, _ = told.of(key)
    return about is not None and about.withdrawn and not known[key].rejected


def _are_known(rejects: Sequence[Reject], known: Mapping[str, Known], version: str) -> bool:
    """Whether a source's rejects are those that the warehouse has of it."""
    before = known.get(rejects[0].key)
    return (
        before is not None
        and before.pipeline_version == version
        and all(before.sha256 == (reject.source_sha256 or "") for reject in rejects)
        and before.reasons == {reject.reason for reject in rejects}
    )


DISCOVER = Step("discover", discover, retry_delays=(1, 5, 15))
