"""Compressed files, whole, damaged and too large."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.files import Unreadable
from onrecord.files.compressed import uncompressed
from onrecord.formats import COMPRESSIONS


def _zstandard(data: bytes) -> bytes:
    return pa.compress(data, codec="zstd", asbytes=True)


PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": _zstandard,
}  # fmt: skip


def test_every_ending_is_tested() -> None:
    assert set(PACK) == set(COMPRESSIONS)


@pytest.mark.parametrize("ending", PACK)
@given(data=st.binary(min_size=1, max_size=200))
def test_what_was_packed_comes_out(ending: str, data: bytes) -> None:
    assert uncompressed(f"a.txt{ending}", PACK[ending](data)) == data


def test_other_files_are_left_as_they_are() -> None:
    packed = gzip.compress(b"We stay.")
    assert uncompressed("a.txt", packed) == packed
    assert uncompressed("a.txt.gz", b"") == b""


@pytest.mark.parametrize("ending", PACK)
@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: b"We stay." + data])
def test_damaged_files_are_refused(ending: str, damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Unreadable, match=f"no whole {ending} file"):
        uncompressed(f"a.txt{ending}", damage(PACK[ending](b"We stay here, whatever comes to us. " * 40)))


@pytest.mark.parametrize("ending", PACK)
def test_files_that_unpack_too_large_are_refused(ending: str) -> None:
    with pytest.raises(Unreadable, match="more than 1,000 bytes"):
        uncompressed(f"a.txt{ending}", PACK[ending](b"x" * 1001), limit=1000)
    assert len(uncompressed(f"a.txt{ending}", PACK[ending](b"x" * 1000), limit=1000)) == 1000
    with pytest.raises(Unreadable, match="more than 100 times"):
        uncompressed(f"a.txt{ending}", PACK[ending](b"x" * 3_000_000))


@pytest.mark.parametrize("ending", PACK)
@given(data=st.binary(max_size=60))
def test_any_bytes_are_unpacked_or_refused(ending: str, data: bytes) -> None:
    try:
        uncompressed(f"a.txt{ending}", data, limit=1000)
    except Unreadable as refused:
        assert str(refused)
