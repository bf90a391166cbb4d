"""The text of one source from its bytes, by the format that the name of its file tells."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.files.compressed import uncompressed
from onrecord.files.decode import DEFAULT_LIMIT, Unreadable, decode
from onrecord.files.exports import articles_in
from onrecord.files.html import page_text
from onrecord.files.source import Metadata
from onrecord.formats import FORMATS

PAGE_ENDINGS = FORMATS["html"].all_endings


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
    plain = uncompressed(name, data, limit=limit)
    if name.casefold().endswith(PAGE_ENDINGS):
        page, said = page_text(plain, encoding=told, limit=limit)
        return OpenedSource(page.text, page.encoding, metadata.over(said) if metadata else said)
    decoded = decode(plain, encoding=told, limit=limit)
    if several := articles_in(decoded.text):
        database, count = several
        raise Unreadable(f"it holds {count} articles, an export of {database}: name the format export to split it")
    return OpenedSource(decoded.text, decoded.encoding, metadata)
