"""Metadata beside the raw files: what it says of each of them, and which of its lines cannot be followed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.document.article import Metadata
from onrecord.files import lines_of, parse_metadata
from onrecord.files.parts import path_of
from tasks.listing import Listing, opened
from tasks.rejects import Reject
from tasks.unread import remedy


@dataclass(frozen=True, slots=True)
class Told:
    """What metadata files say, by the key of a source or by the path of a file that holds several.

    What is said of a file holds for each of its parts, as far as nothing else is said of the part.
    """

    about: Mapping[str, Metadata]
    #: The metadata files, by path, as they were read.
    files: Mapping[str, bytes] = field(default_factory=dict)

    def of(self, key: str) -> tuple[Metadata | None, str | None]:
        """What is said of a source, and a digest of it."""
        own, of_file = self.about.get(key), self.about.get(path_of(key))
        said = own.over(of_file) if own is not None and of_file is not own else of_file
        return said, None if said is None else _digest(said)


def read_metadata(raw: Path, listing: Listing) -> Told:
    """What the metadata files of the listing say; bad lines become rejects."""
    about: dict[str, Metadata] = {}
    files: dict[str, bytes] = {}
    for path, stamp in listing.metadata.items():
        try:
            with opened(raw / path, stamp) as file:
                data = file.read()
        except OSError as error:
            listing.rejects.append(Reject.of_file(path, "read", f"cannot be read: {error.strerror}"))
            continue
        files[path] = data
        digest = hashlib.sha256(data).hexdigest()
        folder = path.rpartition("/")[0]
        rows, bad = parse_metadata(path, data)
        for name, row in rows.items():
            about[f"{folder}/{name}" if folder else name] = row
        listing.rejects.extend(
            Reject.of_file(
                path, "structure", f"line {line.number}: {line.reason}", sha256=digest, row_id=str(line.number)
            )
            for line in bad
        )
    return Told(about, files)


def _digest(row: Metadata) -> str:
    """A digest of what is known of a file. A field that version 1 did not have counts only where it says something."""
    return hashlib.sha256(repr(row).replace(", encoding=None", "").encode()).hexdigest()[:16]


def unfit(listing: Listing, told: Told, known: Collection[str], present: Collection[str]) -> Iterator[Reject]:
    """Lines of metadata that fit no source. One that withdraws a source is right where that is gone, too.

    `known`: keys that the warehouse knows; `present`: keys of the parts that stand there.
    """
    faulty = {reject.source_path for reject in listing.rejects}
    there = listing.files.keys() | listing.containers.keys() | faulty
    without = {key for key in told.about.keys() - there if key not in present and path_of(key) not in faulty}
    alike = {path.casefold(): path for path in (*listing.unread, *listing.files)} if without else {}
    for path, data in told.files.items() if without else ():
        folder = path.rpartition("/")[0]
        rows, _ = parse_metadata(path, data)
        lines = lines_of(path, data)
        for name in rows:
            full = f"{folder}/{name}" if folder else name
            other = alike.get(full.casefold())
            if full not in without or (told.about[full].withdrawn and (other is None or full in known)):
                continue
            why = _why_unfit(name, full, other)
            yield Reject.of_file(
                path, "structure", f"line {lines[name]}: {why}",
                sha256=hashlib.sha256(data).hexdigest(), row_id=str(lines[name]),
            )  # fmt: skip


def _why_unfit(name: str, path: str, other: str | None) -> str:
    if other is None:
        return f"there is no file {name!r}"
    if other == path:
        return f"the file {name!r} is not read: {remedy(path)}"
    return f"there is no file {name!r}, but {other!r}: names are told apart by capitals"
