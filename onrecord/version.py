"""The pipeline's version: what an article's rows depend on besides its raw file.

Rows are read again when the code, the rules or the model that made them change, so the version carries a digest of
all three: a changed word list cannot be forgotten. The warehouse's own code is left out: it moves rows, it does
not make them.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from onrecord.tagger.default import FOLDER_VARIABLE

VERSION = "0.1.0"

#: Rooms of the library in which an article's rows are made.
READING = (
    "reading.py",
    "lexicon",
    "files",
    "document",
    "dates",
    "layout",
    "publication",
    "tagger",
    "names",
    "coreference",
    "quotes",
)
#: Endings of the files that count: code, rules, weights and their vocabularies.
COUNTED = (".py", ".yaml", ".yml", ".json", ".txt", ".onnx", ".bin")


def _counted(place: Traversable) -> Iterator[Traversable]:
    if place.is_file():
        if place.name.endswith(COUNTED):
            yield place
        return
    for below in sorted(place.iterdir(), key=lambda entry: entry.name):
        if below.name != "__pycache__":
            yield from _counted(below)


@cache
def pipeline_version(tagger: str = "default") -> str:
    """The version that rows carry: `0.1.0+` and eight hex digits of what they were made by, another tagger included."""
    digest = hashlib.sha256(f"{tagger}\0{os.environ.get(FOLDER_VARIABLE, '')}".encode())
    root = files("onrecord")
    for room in READING:
        for file in _counted(root / room):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return f"{VERSION}+{digest.hexdigest()[:8]}"
