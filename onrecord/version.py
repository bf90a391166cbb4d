"""The pipeline's version: what an article's rows depend on besides its raw file.

Each stage has a number, raised by hand when the stage gives something else than before; weights, rules and word lists
are data, and their digest is part of the version, comments left out. So a comment or a cleaner function makes no
warehouse outdated, and a changed word list cannot be forgotten. `tests/test_stages.py` compares what each stage gives
on the sample corpus with a stored digest, and tells which number was forgotten.

Warehouses of before this scheme carry a hash of the code (`0.1.0+…`); theirs differs from every version of now, so the
next backfill reads all of them again, once.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version as version_of_package
from importlib.resources import files
from importlib.resources.abc import Traversable

from onrecord.tagger.default import FOLDER_VARIABLE

#: The number of each stage, in the order of the way. Raise one when its output changes on purpose.
STAGES: Mapping[str, int] = {
    "files": 4,
    "layout": 10,
    "publication": 9,
    "tagger": 5,
    "dates": 4,
    "coreference": 15,
    "quotes": 18,
}

#: Packages whose data files count, with the endings of rules, word lists, weights and their vocabularies.
PACKAGES = (
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
DATA = (".yaml", ".txt", ".tsv", ".json", ".onnx", ".npz")
_COMMENTS = re.compile(rb"(?m)^[ \t]*(?:#.*)?\r?\n")


def release() -> str:
    """The version of the installed package, as `onrecord --version` prints it."""
    return version_of_package("onrecord")


def data_digest() -> str:
    """Eight hex digits of all weights, rules and word lists; comment lines and blank lines do not count."""
    digest = hashlib.sha256()
    root = files("onrecord")
    for package in PACKAGES:
        for file in _data_files(root / package):
            content = file.read_bytes()
            digest.update(file.name.encode())
            digest.update(_COMMENTS.sub(b"", content) if file.name.endswith((".yaml", ".txt")) else content)
    return digest.hexdigest()[:8]


@cache
def pipeline_version(tagger: str = "default") -> str:
    """The version that rows carry: the stages' numbers and a digest of the data, ``1.1.1.1.1.1.1+0a1b2c3d``.

    Another tagger, and a folder of its weights, count in the digest; the models of `ONRECORD_LEARNED` do not, which are
    for measuring: the gate reads each fold of the gold into one warehouse with models that have not seen it.
    """
    other = "\0".join((tagger, os.environ.get(FOLDER_VARIABLE, "")))
    digest = data_digest()
    if other != "default\0":
        digest = hashlib.sha256(f"{digest}\0{other}".encode()).hexdigest()[:8]
    return f"{'.'.join(map(str, STAGES.values()))}+{digest}"


def _data_files(place: Traversable) -> Iterator[Traversable]:
    if place.is_file():
        if place.name.endswith(DATA):
            yield place
        return
    for below in sorted(place.iterdir(), key=lambda entry: entry.name):
        if below.name != "__pycache__":
            yield from _data_files(below)
