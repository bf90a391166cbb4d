"""What stands in the raw folder beside what the warehouse knows of it: which sources are new, changed or outdated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from onrecord.document.article import Metadata
from onrecord.files.parts import path_of, source_key, split_key
from onrecord.formats import EXPORT, TEXT, format_of
from onrecord.settings import Settings
from onrecord.version import pipeline_version
from tasks.batches import RawFile
from tasks.containers import Contents, Lists
from tasks.hashes import Hashes
from tasks.left_out import Days, LeftOut, Reading, is_wanted, left_out
from tasks.listing import Listing, Stamp
from tasks.metadata import Told
from tasks.rejects import Reject


class Known(NamedTuple):
    """How the warehouse knows a source: by what content, what metadata and what version it was read.

    `rejected`: it was turned away, and gave no article; `reasons`: why.
    """

    sha256: str
    metadata_sha256: str | None
    pipeline_version: str
    rejected: bool = False
    reasons: frozenset[str] = frozenset()


@dataclass(slots=True)
class Compared:
    """The sources to be read, and the keys of all by what they are, below the raw folder (without the `prefix`).

    `present`: keys of all parts that are there; `parted`: files that hold several articles though their name does not
    tell, with the key of the first; `columns`: how the columns of each dataset are read.
    """

    prefix: str
    work: list[RawFile] = field(default_factory=list)
    new: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    outdated: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    unchanged: int = 0
    present: set[str] = field(default_factory=set)
    parted: dict[str, str] = field(default_factory=dict)
    other_days: set[str] = field(default_factory=set)
    known_days: Days = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def left_out(self) -> LeftOut:
        """The keys of those that are known to be of days that were not asked for, or of none."""
        return left_out(self.known_days) | LeftOut(frozenset(self.other_days))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides of it. `among`: the keys that count (a backfill's month), without the prefix; null: all."""

    settings: Settings
    listing: Listing
    hashes: Hashes
    lists: Lists
    known: Mapping[str, Known]
    told: Told
    among: frozenset[str] | None = None
    #: What earlier runs have left out that this one leaves out too.
    days: Days = field(default_factory=dict)

    def run(self) -> Compared:
        """Each listed file and each part of one beside what the warehouse knows of it; what cannot be opened, and bad
        parts, become rejects of the listing."""
        found = Compared(self.settings.source_prefix)
        of_some = None if self.among is None else set(map(path_of, self.among))
        if EXPORT in self.settings.read_formats:
            self._part_exports(of_some, found)
        self._files(found)
        for path in sorted(self.listing.containers):
            if is_asked_for(path, self.settings) and (of_some is None or path in of_some):
                self._parts(path, found)
        return found

    def _part_exports(self, of_some: set[str] | None, found: Compared) -> None:
        """Lists the text files that are exports of news databases among those that hold several articles.

        A file that is known as an article, and has stayed as this version read it, is none.
        """
        version = pipeline_version(self.settings.tagger)
        for path in sorted(self.listing.files if of_some is None else of_some & self.listing.files.keys()):
            if format_of(path, ()) is not TEXT or not is_asked_for(path, self.settings):
                continue
            digest, before = self._digest(path), self.known.get(path)
            if digest is None or (before and not before.rejected and _is_as_read(before, digest, version)):
                continue
            about, _ = self.told.of(path)
            contents = self.lists.of(path, digest, about.encoding if about else None)
            if not contents.is_none:
                self.listing.containers[path] = self.listing.files.pop(path)
                first = next((entry.part for entry in contents.entries() if entry.reason is None), None)
                if first is not None:
                    found.parted[path] = source_key(path, first)

    def _files(self, found: Compared) -> None:
        files = self.listing.files
        if self.among is not None:
            files = {path: stamp for path, stamp in files.items() if path in self.among}
        settled = self._settled(files)
        found.unchanged = len(settled)
        for path in sorted(files.keys() - settled):
            about, about_digest = self.told.of(path)
            if not is_asked_for(path, self.settings) or not self._is_taken(path, about, None, found):
                continue
            digest = self._digest(path)
            if digest is not None and self._has_to_be_read(path, digest, about_digest, found):
                file = self.settings.raw / path
                found.work.append(RawFile(found.prefix + path, digest, files[path].size, about, about_digest, file))

    def _parts(self, path: str, found: Compared) -> None:
        digest = self._digest(path)
        if digest is None:
            return
        about, _ = self.told.of(path)
        encoding = about.encoding if about else None
        contents = self.lists.of(path, digest, encoding)
        self._tell(path, digest, contents, found)
        for entry in contents.entries():
            key = source_key(path, entry.part)
            if not self._counts(path, key):
                continue
            if entry.reason is not None:
                self._reject(path, entry.reason, entry.sha256, entry.part)
                continue
            found.present.add(key)
            about, about_digest = self.told.of(key)
            if entry.withdrawn:
                found.withdrawn.add(key)
            if entry.withdrawn or not self._is_taken(key, about, entry.date, found):
                continue
            if self._has_to_be_read(key, entry.sha256 or "", about_digest, found):
                file = self.settings.raw / path
                name = found.prefix + key
                made = RawFile(name, entry.sha256 or "", entry.size, about, about_digest, file, encoding=encoding)
                found.work.append(made)

    def _tell(self, path: str, digest: str, contents: Contents, found: Compared) -> None:
        """What is told of the file as a whole."""
        if contents.columns:
            found.columns[path] = contents.columns
        self.listing.unread.extend(source_key(path, name) for name in contents.unread)
        if contents.fault:
            self._reject(path, contents.fault, digest)
            self.listing.faulty.add(path)
        for warning in contents.warnings:
            self._reject(path, warning, digest, severity="warning")

    def _reject(
        self, path: str, reason: str, sha256: str | None, part: str | None = None, severity: str = "critical"
    ) -> None:
        of_part = Reject(path, "read", reason, sha256, source_part=part, severity=severity)
        self.listing.rejects.append(of_part)

    def _digest(self, path: str) -> str | None:
        try:
            return self.hashes.of(path)
        except OSError as error:
            self._reject(path, f"cannot be opened: {error.strerror or error}", None)
            self.listing.faulty.add(path)
            return None

    def _is_taken(self, key: str, about: Metadata | None, day: Any, found: Compared) -> bool:
        """Whether metadata lets a source by: it is not withdrawn, and not known to lie outside `since` to `until`."""
        if about is not None and about.withdrawn:
            found.withdrawn.add(key)
            return False
        day = (about and about.date_published) or day
        if day is not None and not is_wanted(day, self.settings):
            found.other_days.add(found.prefix + key)
            return False
        return True

    def _has_to_be_read(self, key: str, sha256: str, about_digest: str | None, found: Compared) -> bool:
        version = pipeline_version(self.settings.tagger)
        reading = Reading(found.prefix + key, sha256, about_digest, version)
        if reading in self.days:
            found.known_days[reading] = self.days[reading]
            return False
        before = self.known.get(key)
        if before is None:
            found.new.add(key)
        elif (before.sha256, before.metadata_sha256) != (sha256, about_digest):
            found.changed.add(key)
        elif before.pipeline_version != version or self.settings.full:
            found.outdated.add(key)
        else:
            found.unchanged += 1
            return False
        return True

    def _counts(self, path: str, key: str) -> bool:
        """Whether a part is among those that count: it or its whole file is."""
        return self.among is None or key in self.among or path in self.among

    def _settled(self, files: Mapping[str, Stamp]) -> frozenset[str]:
        """Files without metadata that are as this version read them: nearly all, and quickly told."""
        if self.settings.only or self.settings.full:
            return frozenset()
        version = pipeline_version(self.settings.tagger)
        digests = self.hashes.untouched()
        return (
            frozenset(
                path
                for path, (sha256, metadata_sha256, read_by, *_) in self.known.items()
                if read_by == version and metadata_sha256 is None and digests.get(path) == sha256
            )
            .difference(self.told.about)
            .intersection(files)
        )


def _is_as_read(known: Known, sha256: str, version: str) -> bool:
    return (known.sha256, known.pipeline_version) == (sha256, version)


def is_asked_for(key: str, settings: Settings) -> bool:
    """Whether `only` lets the path of the source's file by."""
    return settings.only is None or fnmatchcase(path_of(key), settings.only)


def renamed(gone: Mapping[str, str], found: Compared) -> dict[str, str]:
    """For each key that is gone, given with its digest, the new key that has its bytes now: one of the same name in
    another folder before others, in order."""
    fresh: dict[str, list[str]] = {}
    for file in found.work:
        if (key := file.path.removeprefix(found.prefix)) in found.new:
            fresh.setdefault(file.sha256, []).append(key)
    pairs: dict[str, str] = {}
    for same_name in (True, False):
        for old in sorted(gone.keys() - pairs.keys()):
            for new in fresh.get(gone[old], ()):
                if not same_name or _name(new) == _name(old):
                    pairs[old] = new
                    fresh[gone[old]].remove(new)
                    break
    return pairs


def _name(key: str) -> tuple[str, str | None]:
    """The name of a source's file without its folder, and its part."""
    path, part = split_key(key)
    return path.rpartition("/")[2], part


def untold(known: Iterable[str], listing: Listing, settings: Settings) -> set[str]:
    """Keys of sources whose file stands there, but is not read, or not to its end: whether they are gone is not known.

    A file whose format is named no longer is such a one.
    """
    there = listing.faulty.union(listing.unread)
    parts_of_texts = EXPORT not in settings.read_formats
    return {
        key
        for key in known
        if (path := path_of(key)) in there or (parts_of_texts and path != key and path in listing.files)
    }
