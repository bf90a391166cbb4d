"""Metadata beside the raw files: what it says of each of them, and which of its lines cannot be followed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from onrecord.document.article import Metadata
from onrecord.files import lines_of, parse_metadata
from tasks.listing import Listing
from tasks.rejects import Reject
from tasks.unread import remedy


def read_metadata(raw: Path, listing: Listing) -> tuple[dict[str, Metadata], dict[str, str]]:
    """The metadata of each raw file by path, and a digest of each; bad lines become rejects."""
    about: dict[str, Metadata] = {}
    for path in sorted(listing.metadata):
        data = (raw / path).read_bytes()
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
    return about, {path: _digest(row) for path, row in about.items()}


def _digest(row: Metadata) -> str:
    """A digest of what is known of a file. A field that version 1 did not have counts only where it says something."""
    return hashlib.sha256(repr(row).replace(", encoding=None", "").encode()).hexdigest()[:16]


def unfit(raw: Path, listing: Listing, metadata: Mapping[str, Metadata], known: Collection[str]) -> Iterator[Reject]:
    """Lines of metadata that fit no file. One that withdraws a file is right where the file is gone, too.

    `known`: paths that the warehouse knows.
    """
    faulty = {reject.source_path for reject in listing.rejects}
    without = metadata.keys() - listing.files.keys() - faulty
    alike = {path.casefold(): path for path in (*listing.unread, *listing.files)} if without else {}
    for path in listing.metadata if without else ():
        folder = path.rpartition("/")[0]
        data = (raw / path).read_bytes()
        rows, _ = parse_metadata(path, data)
        lines = lines_of(path, data)
        for name in rows:
            full = f"{folder}/{name}" if folder else name
            other = alike.get(full.casefold())
            if full not in without or (metadata[full].withdrawn and (other is None or full in known)):
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
