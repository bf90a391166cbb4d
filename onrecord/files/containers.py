"""Files that hold several sources, whatever their format: their parts, one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from onrecord.files.archives import archive_parts
from onrecord.files.compressed import uncompressed
from onrecord.files.datasets import dataset_parts
from onrecord.files.decode import DEFAULT_LIMIT, Unreadable, decode
from onrecord.files.exports import export_parts, is_export
from onrecord.files.office import office_text
from onrecord.files.parts import BadPart, Note, Part
from onrecord.formats import EXPORT, TEXT, Kind, format_of


class NotSeveral(Unreadable):
    """A text file is no export: it is one article."""


def _export(file: Path, encoding: str | None, limit: int) -> Iterator[Part | BadPart]:
    try:
        text = decode(uncompressed(file.name, file.read_bytes(), limit=limit), encoding=encoding, limit=limit).text
    except Unreadable as error:
        raise NotSeveral(str(error)) from None
    if not is_export(text):
        raise NotSeveral("it is no export of Nexis, Factiva or ProQuest")
    yield from export_parts(text)


def parts_of(
    file: Path,
    *,
    formats: Collection[str],
    columns: Mapping[str, str],
    encoding: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Iterator[Part | BadPart | Note]:
    """The sources that a file holds, in order, by the format that its name tells.

    `formats`: those that are read; `columns`: the column of each role of a dataset, as far as it is told; `encoding`:
    what a CSV file is in, where it is told; `limit`: bytes that a part may have. Raises `Unreadable` where the file
    cannot be read, or not any further; what came before stands. Raises `OSError`.
    """
    found = format_of(file.name, formats)
    if found is not None and found.kind is Kind.DATASET:
        yield from dataset_parts(file, file.name, found.name, columns, encoding=encoding, limit=limit)
    elif found is not None and found.kind is Kind.ARCHIVE:
        yield from archive_parts(
            file, file.name, found.name, formats=formats, columns=columns, encoding=encoding, limit=limit
        )
    elif found is not None and found.kind is Kind.EXPORT:
        yield from export_parts(office_text(file.name, file.read_bytes()))
    elif found is TEXT and EXPORT in formats:
        yield from _export(file, encoding, limit)
    else:
        raise Unreadable("it is none of the formats that hold several articles")
