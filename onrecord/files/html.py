"""Saved web pages: the article's text and what the page says of it, by trafilatura (the extra `html`)."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from typing import Any

from onrecord.files.decode import DEFAULT_LIMIT, Decoded, Unreadable, codec_of, decode
from onrecord.files.metadata import metadata_of
from onrecord.files.source import Metadata

#: Where a page may declare its encoding, in bytes from its beginning.
_HEAD = 4096
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")
#: What is asked of the search for a day: the first publication, and none that only some text of the page suggests.
_DATES = {"original_date": True, "extensive_search": False}


def is_installed() -> bool:
    """Whether pages can be read here."""
    return find_spec("trafilatura") is not None


def page_text(
    data: bytes, *, encoding: str | None = None, limit: int = DEFAULT_LIMIT
) -> tuple[Decoded, Metadata | None]:
    """The text of the article on a page, its paragraphs parted by blank lines, under its headline; and what the page
    says of it.

    `encoding`: of the page, where it is told; else it is what the page declares, if its bytes are no UTF-8. Raises
    `Unreadable` where the page has no article, or its bytes are none of a page.
    """
    page = decode(data, encoding=encoding or _declared(data), limit=limit, markup=True)
    found = _extracted(page.text)
    text = "" if found is None else _paragraphs(found.text or "")
    if not text:
        raise Unreadable("there is no article on the page")
    title = " ".join((found.title or "").split())
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return Decoded(text, page.encoding), _metadata(found, title)


def _declared(data: bytes) -> str | None:
    """The encoding that a page declares, where it is no UTF-8 and there is such an encoding."""
    try:
        data.decode("utf-8")
        return None
    except UnicodeDecodeError:
        match = _CHARSET.search(data[:_HEAD])
    try:
        codec = codec_of(match[1].decode("ascii")) if match else None
    except (LookupError, UnicodeDecodeError):
        return None
    return None if codec == "utf-8" else codec


@cache
def _extract() -> Any:
    """Imported when the first page is read, as few read pages."""
    from trafilatura import bare_extraction

    return bare_extraction


def _extracted(page: str) -> Any:
    return _extract()(
        page,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        include_formatting=False,
        date_extraction_params=dict(_DATES),
    )


def _paragraphs(text: str) -> str:
    """The lines of an extracted text, each of which is a paragraph, parted by blank lines."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)


def _metadata(found: Any, title: str) -> Metadata | None:
    """What a page says of its article; a field that says nothing that can be believed is left open."""
    publisher = found.sitename if found.sitename and found.sitename != found.hostname else None
    fields = {
        "headline": title,
        "authors": found.author,
        "date_published": found.date,
        "url": found.url,
        "publisher": publisher,
        "language": found.language,
    }
    known = Metadata()
    for name, value in fields.items():
        try:
            known = known.over(metadata_of({name: value}))
        except ValueError:
            continue
    return None if known == Metadata() else known
