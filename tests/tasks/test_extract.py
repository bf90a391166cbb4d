"""A raw file's bytes to its text."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("text", ["It rained on the harbour.", "a b c d e", "a\n\nb\tc d  e"])
def test_a_text_of_too_many_words_is_rejected_with_the_limit(tmp_path: Path, text: str) -> None:
    data = text.encode()
    (tmp_path / "a.txt").write_bytes(data)
    file = RawFile("a.txt", hashlib.sha256(data).hexdigest(), len(data), None, None, tmp_path / "a.txt")
    (opened,) = open_batch([file], Settings(raw=tmp_path, article_words=5))
    assert isinstance(opened, Opened)
    (rejected,) = open_batch([file], Settings(raw=tmp_path, article_words=4))
    assert isinstance(rejected, Reject) and rejected.stage == "read"
    assert rejected.reason.startswith("5 words are over the limit of 4 (setting article_words)")
    (kept,) = open_batch([replace(file, file=Path(), text=text)], Settings(raw=tmp_path, article_words=4))
    assert isinstance(kept, Reject)
