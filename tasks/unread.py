"""Files of the raw folder that are not read: which they are, and what to do about them, by their type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from onrecord.files.parts import SEPARATOR
from onrecord.formats import EXPORT, FORMATS, Kind, readable_as

#: What to do about a file, by its ending in small letters.
_REMEDIES = {
    **dict.fromkeys((".txt",), "rename it: the ending is .txt, in small letters"),
    **dict.fromkeys((".text", ".asc", ".log", ""), "if it is an article, give it the ending .txt"),
    **dict.fromkeys((".pdf",), "write its text to a .txt file (pdftotext FILE)"),
    **dict.fromkeys(
        (".docx", ".rtf"), "save it as plain text (.txt); of an export of a news database: --formats export"
    ),
    **dict.fromkeys((".doc", ".odt", ".pages"), "save it as plain text (.txt)"),
    **dict.fromkeys((".mhtml", ".mht", ".webarchive"), "save the page as HTML, and read it with --formats html"),
    **dict.fromkeys((".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".zst", ".rar"), "unpack it"),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), "save it as CSV, and read that with --formats csv"),
    **dict.fromkeys((".xml", ".warc"), "write a .txt file an article"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".svg"), "an image has no text"),
    **dict.fromkeys((".part", ".tmp", ".crdownload", ".download"), "an unfinished download: fetch it again"),
}
_METADATA = "metadata is read from metadata.jsonl and metadata.csv only"
_HIDDEN = "a hidden file is left alone"
_NAMED = "if it holds articles, read it with --formats {}"
_PACKED = "an archive within an archive: unpack the outer one"
_OTHER = "only *.txt is read"


@dataclass(frozen=True, slots=True)
class Unread:
    """The files of one ending (as it is written; empty: none) that are not read, by path, and what to do."""

    ending: str
    remedy: str
    paths: tuple[str, ...]


def remedy(path: str) -> str:
    """What to do about a file that is not read."""
    name = PurePosixPath(path).name
    if name.startswith("."):
        return _HIDDEN
    if name.casefold().startswith("metadata."):
        return _METADATA
    found = readable_as(name)
    if found and FORMATS[found].kind is Kind.ARCHIVE and SEPARATOR in path:
        return _PACKED
    if found and found != EXPORT:
        return _NAMED.format(found)
    return _REMEDIES.get(PurePosixPath(name).suffix.lower(), _OTHER)


def by_type(paths: Iterable[str]) -> tuple[Unread, ...]:
    """The files by ending and remedy, most files first."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted(paths):
        found.setdefault((PurePosixPath(path).suffix, remedy(path)), []).append(path)
    made = [Unread(ending, told, tuple(files)) for (ending, told), files in found.items()]
    return tuple(sorted(made, key=lambda unread: (-len(unread.paths), unread.ending, unread.remedy)))
