"""A raw file's bytes to its text."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from onrecord.files import Metadata
from onrecord.settings import Settings
from tasks.batches import RawFile
from tasks.opening import Opened, open_batch
from tasks.rejects import Reject


def _opened(raw: Path, name: str, data: bytes, metadata: Metadata | None = None) -> Opened | Reject:
    (raw / name).write_bytes(data)
    file = RawFile(name, hashlib.sha256(data).hexdigest(), len(data), metadata, None, raw / name)
    return open_batch([file], Settings(raw=raw))[0]


def test_a_compressed_file_is_read_and_a_damaged_one_rejected(tmp_path: Path) -> None:
    packed = gzip.compress("José Núñez, the mayor, said so.".encode("cp1252"))
    opened = _opened(tmp_path, "a.txt.gz", packed)
    assert isinstance(opened, Opened)
    assert (opened.text, opened.encoding) == ("José Núñez, the mayor, said so.", "windows-1252")
    assert opened.size == len(packed)
    rejected = _opened(tmp_path, "b.txt.gz", packed[:-9])
    assert isinstance(rejected, Reject)
    assert (rejected.stage, rejected.source_path) == ("read", "b.txt.gz")
    assert "no whole .gz file" in rejected.reason


def test_the_encoding_of_the_metadata_is_believed(tmp_path: Path) -> None:
    data = "José Cañete, the mayor, said so.".encode("mac-roman")
    opened = _opened(tmp_path, "a.txt", data, Metadata(encoding="mac-roman"))
    assert isinstance(opened, Opened)
    assert (opened.text, opened.encoding) == ("José Cañete, the mayor, said so.", "mac-roman")
