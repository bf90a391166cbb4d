"""Files that hold several sources: the parts of a file, and how each is named.

A source is named by its key: the path of its file, and behind `//` the part of it (`news/all.csv//17`,
`2024.zip//june/0001.txt`). A path never holds `//`, so a key is told from a path and taken apart again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from typing import Literal

from onrecord.files.source import Metadata

#: What stands between the path of a file and the part of it.
SEPARATOR = "//"


def source_key(path: str, part: str | None) -> str:
    """The key of a source: its file's path, and the part of the file where that holds several.

    >>> source_key("news/all.csv", "17")
    'news/all.csv//17'
    """
    return path if part is None else f"{path}{SEPARATOR}{part}"


def split_key(key: str) -> tuple[str, str | None]:
    """The path and the part that `source_key` has made a key of."""
    path, separator, part = key.partition(SEPARATOR)
    return path, part if separator else None


def path_of(key: str) -> str:
    """The path of the file that holds the source."""
    return key.partition(SEPARATOR)[0]


@dataclass(frozen=True, slots=True)
class Part:
    """One source of a file that holds several.

    `part`: its name within the file, the same in every run. `place`: where it stands, for a person ("row 17").
    `data`: its bytes, read as a file whose name ends in `ending` is. `metadata`: what the file itself says of it.
    """

    part: str
    place: str
    data: bytes
    ending: str = ".txt"
    metadata: Metadata | None = None

    @property
    def sha256(self) -> str:
        """The hex digest of its bytes and, where the file says anything of it, of that."""
        digest = hashlib.sha256(self.data)
        if self.metadata is not None:
            digest.update(f"\0{said(self.metadata)}".encode())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class BadPart:
    """A part that is not read, and why; the reason says where it stands. `sha256`: of what stands there."""

    part: str
    reason: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What is told of a file as a whole.

    `columns`: how its columns are read; `unread`: the name of a member that is not read; `warning`: what was read
    otherwise than it stands there.
    """

    kind: Literal["columns", "unread", "warning"]
    text: str


def said(metadata: Metadata) -> str:
    """What metadata says, in a form that stays the same when `Metadata` gets further fields."""
    values = ((field.name, getattr(metadata, field.name), field.default) for field in fields(metadata))
    return repr(sorted((name, str(value)) for name, value, default in values if value != default))
