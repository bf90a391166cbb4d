"""Files that hold several sources, whatever their format: their parts, one after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from onrecord.files.archives import archive_parts
from onrecord.files.datasets import dataset_parts
from onrecord.files.decode import DEFAULT_LIMIT, Unreadable
from onrecord.files.parts import BadPart, Note, Part
from onrecord.formats import Kind, format_of


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
    else:
        raise Unreadable("it is none of the formats that hold several articles")
