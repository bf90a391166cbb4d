"""A raw file's bytes to its text."""

from __future__ import annotations

import hashlib
from pathlib import Path

from onrecord.files import Metadata
from onrecord.settings import Settings
from tasks.batches import RawFile
from tasks.extract import Opened, open_file


def test_the_encoding_of_the_metadata_is_believed(tmp_path: Path) -> None:
    data = "José Cañete, the mayor, said so.".encode("mac-roman")
    (tmp_path / "a.txt").write_bytes(data)
    metadata = Metadata(encoding="mac-roman")
    file = RawFile("a.txt", hashlib.sha256(data).hexdigest(), len(data), metadata, None)
    opened = open_file(file, Settings(raw=tmp_path))
    assert isinstance(opened, Opened)
    assert (opened.text, opened.encoding) == ("José Cañete, the mayor, said so.", "mac-roman")
