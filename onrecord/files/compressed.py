"""Compressed files: the bytes inside a `.gz`, `.bz2`, `.xz` or `.zst`, within limits."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, BinaryIO, cast

import pyarrow as pa

from onrecord.files.decode import DEFAULT_LIMIT, Unreadable
from onrecord.formats import COMPRESSIONS

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: How many times as many bytes may come out as went in, of a file that is larger than `_SMALL` bytes when unpacked.
MOST_TIMES, _SMALL = 100, 1_000_000


def _zstandard(file: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, pa.CompressedInputStream(pa.PythonFile(cast(io.IOBase, file), mode="r"), "zstd"))


_READERS: Mapping[str, Callable[[BinaryIO], BinaryIO]] = {
    ".gz": lambda file: cast(BinaryIO, gzip.GzipFile(fileobj=file)),
    ".bz2": lambda file: cast(BinaryIO, bz2.BZ2File(file)),
    ".xz": lambda file: cast(BinaryIO, lzma.LZMAFile(file)),  # noqa: SIM115 - closed by whoever reads it
    ".zst": _zstandard,
}
#: What damaged bytes raise in one of them.
DAMAGE = (OSError, EOFError, lzma.LZMAError, zlib.error, pa.ArrowInvalid)


def compression_of(name: str) -> str | None:
    """The ending by which a file of this name is compressed; None where it is not."""
    return next((ending for ending in COMPRESSIONS if name.casefold().endswith(ending)), None)


def uncompressed(name: str, data: bytes, *, limit: int = DEFAULT_LIMIT) -> bytes:
    """The bytes inside `data` where the ending of `name` tells a compression, else `data` itself.

    No more than `limit` bytes are unpacked. Raises `Unreadable` for what is larger, grows more than `MOST_TIMES` over,
    or is damaged.
    """
    ending = compression_of(name)
    if ending is None or not data:
        return data
    try:
        with _READERS[ending](io.BytesIO(data)) as stream:
            found = stream.read(limit + 1)
    except DAMAGE as error:
        raise Unreadable(f"the file is no whole {ending} file: {error}") from None
    if len(found) > limit:
        raise Unreadable(f"the file has more than {limit:,} bytes when unpacked, the limit")
    require_growth(len(data), len(found))
    return found


def require_growth(packed: int, unpacked: int) -> None:
    """Raises `Unreadable` where so many bytes have become more than `MOST_TIMES` as many."""
    if unpacked > max(_SMALL, MOST_TIMES * packed):
        raise Unreadable(f"the file unpacks to more than {MOST_TIMES} times its size")


def uncompressed_stream(name: str, file: BinaryIO, size: int) -> BinaryIO:
    """The stream of what is inside a file of `size` bytes where the ending of `name` tells a compression, else `file`.

    Reading it raises `Unreadable` for what grows more than `MOST_TIMES` over, or is damaged.
    """
    ending = compression_of(name)
    if ending is None:
        return file
    return cast(BinaryIO, io.BufferedReader(_Within(_READERS[ending](file), ending, size), 1 << 16))


class _Within(io.RawIOBase):
    """A stream of unpacked bytes that does not grow beyond measure."""

    def __init__(self, stream: BinaryIO, ending: str, size: int) -> None:
        self._stream = stream
        self._ending = ending
        self._size = size
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            found = self._stream.read(len(view))
        except DAMAGE as error:
            raise Unreadable(f"the file is no whole {self._ending} file: {error}") from None
        self._read += len(found)
        require_growth(self._size, self._read)
        view[: len(found)] = found
        return len(found)
