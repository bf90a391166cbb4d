"""A batch's sources opened: each one's text, or why there is none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.document.article import Metadata
from onrecord.files import Unreadable
from onrecord.files.reading import source_of
from onrecord.settings import Settings
from onrecord.warehouse.rows import article_id
from tasks.batches import RawFile
from tasks.listing import MOVED
from tasks.rejects import Reject
from tasks.unpacking import Unpacked, unpacked


@dataclass(frozen=True, slots=True)
class Opened:
    """A source's text, and what is known of it from beside. `size` is in bytes."""

    file: RawFile
    text: str
    encoding: str
    size: int
    metadata: Metadata | None

    @property
    def article_id(self) -> str:
        return article_id(self.file.path)


def open_batch(batch: Sequence[RawFile], settings: Settings) -> list[Opened | Reject]:
    """The sources of a batch, in order. The bytes are those that were hashed, or a reject says that they moved."""
    parts = unpacked(file for file in batch if file.is_part)
    return [_part(file, parts.get(file.path), settings) if file.is_part else _file(file, settings) for file in batch]


def _file(file: RawFile, settings: Settings) -> Opened | Reject:
    if file.text is not None:
        return _within(Opened(file, file.text, file.encoding or "utf-8", file.size, file.metadata), settings)
    try:
        data = file.file.read_bytes()
    except OSError as error:
        return Reject.of_source(file.path, "read", f"cannot be read: {error.strerror or error}", sha256=file.sha256)
    digest = hashlib.sha256(data).hexdigest()
    if digest != file.sha256:
        return Reject.of_source(file.path, "read", MOVED, sha256=digest)
    return _opened(file, file.file.name, data, file.metadata, settings)


def _part(file: RawFile, found: Unpacked | None, settings: Settings) -> Opened | Reject:
    if found is None or found.sha256 != file.sha256:
        return Reject.of_source(file.path, "read", MOVED, sha256=found.sha256 if found else None)
    metadata = file.metadata.over(found.metadata) if file.metadata else found.metadata
    opened = _opened(file, found.ending, found.data, metadata, settings)
    if isinstance(opened, Reject):
        return Reject.of_source(file.path, "read", f"{found.place}: {opened.reason}", sha256=file.sha256)
    return opened


def _opened(file: RawFile, name: str, data: bytes, metadata: Metadata | None, settings: Settings) -> Opened | Reject:
    try:
        source = source_of(name, data, metadata, limit=settings.file_bytes)
    except Unreadable as error:
        return Reject.of_source(file.path, "read", str(error), sha256=file.sha256)
    return _within(Opened(file, source.text, source.encoding, len(data), source.metadata), settings)


def _within(opened: Opened, settings: Settings) -> Opened | Reject:
    """A text of as many words as are read, or a reject: words are what white space parts."""
    most = settings.article_words
    if len(opened.text) < 2 * most or (words := len(opened.text.split())) <= most:
        return opened
    reason = f"{words:,} words are over the limit of {most:,} (setting article_words): split it, or raise the limit"
    return Reject.of_source(opened.file.path, "read", reason, sha256=opened.file.sha256)
