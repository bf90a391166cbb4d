"""The text of one source from its bytes, by the format that the name of its file tells."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.files.compressed import uncompressed
from onrecord.files.decode import DEFAULT_LIMIT, decode
from onrecord.files.source import Metadata


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A source's text, the encoding that it was read with, and what is known of it from beside the text."""

    text: str
    encoding: str
    metadata: Metadata | None


def source_of(name: str, data: bytes, metadata: Metadata | None = None, *, limit: int = DEFAULT_LIMIT) -> OpenedSource:
    """The source that a file of this name holds. `metadata`: what is known of it, which is believed.

    Raises `Unreadable` for what is no text, or larger than `limit` bytes.
    """
    told = metadata.encoding if metadata else None
    decoded = decode(uncompressed(name, data, limit=limit), encoding=told, limit=limit)
    return OpenedSource(decoded.text, decoded.encoding, metadata)
