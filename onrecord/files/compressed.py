"""Compressed files: the bytes inside a `.gz`, `.bz2`, `.xz` or `.zst`, within limits."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Mapping
from typing import BinaryIO, cast

import pyarrow as pa

from onrecord.files.decode import DEFAULT_LIMIT, Unreadable

#: How many times as many bytes may come out as went in, of a file that is larger than `_SMALL` bytes when unpacked.
MOST_TIMES, _SMALL = 100, 1_000_000


def _zstandard(data: bytes) -> BinaryIO:
    return cast(BinaryIO, pa.CompressedInputStream(pa.BufferReader(data), "zstd"))


_READERS: Mapping[str, Callable[[bytes], BinaryIO]] = {
    ".gz": lambda data: cast(BinaryIO, gzip.GzipFile(fileobj=io.BytesIO(data))),
    ".bz2": lambda data: cast(BinaryIO, bz2.BZ2File(io.BytesIO(data))),
    ".xz": lambda data: cast(BinaryIO, lzma.LZMAFile(io.BytesIO(data))),  # noqa: SIM115 - closed by `uncompressed`
    ".zst": _zstandard,
}
#: Endings of file names that tell a compression.
ENDINGS = tuple(_READERS)


def uncompressed(name: str, data: bytes, *, limit: int = DEFAULT_LIMIT) -> bytes:
    """The bytes inside `data` where the ending of `name` tells a compression, else `data` itself.

    No more than `limit` bytes are unpacked. Raises `Unreadable` for what is larger, grows more than `MOST_TIMES` over,
    or is damaged.
    """
    ending = next((ending for ending in ENDINGS if name.endswith(ending)), None)
    if ending is None or not data:
        return data
    try:
        with _READERS[ending](data) as stream:
            found = stream.read(limit + 1)
    except (OSError, EOFError, lzma.LZMAError, zlib.error, pa.ArrowInvalid) as error:
        raise Unreadable(f"the file is no whole {ending} file: {error}") from None
    if len(found) > limit:
        raise Unreadable(f"the file has more than {limit:,} bytes when unpacked, the limit")
    if len(found) > max(_SMALL, MOST_TIMES * len(data)):
        raise Unreadable(f"the file unpacks to more than {MOST_TIMES} times its size")
    return found
