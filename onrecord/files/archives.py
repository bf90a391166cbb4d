"""Archives: the members of a zip or tar file, in memory one by one; nothing is ever written to a path of theirs."""

from __future__ import annotations

import io
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

from onrecord.files.compressed import DAMAGE, require_growth, uncompressed, uncompressed_stream
from onrecord.files.datasets import dataset_parts
from onrecord.files.decode import Unreadable, decode
from onrecord.files.exports import export_parts, is_export
from onrecord.files.metadata import parse_metadata
from onrecord.files.parts import SEPARATOR, BadPart, Note, Part
from onrecord.files.source import Metadata
from onrecord.formats import EXPORT, METADATA_NAMES, TEXT, Kind, format_of

#: What damaged archives raise, and ones that are encrypted or packed in another way.
_DAMAGE = (*DAMAGE, zipfile.BadZipFile, tarfile.TarError, zlib.error, NotImplementedError)


#: What is not read in an archive.
_NOT_PACKED = (Kind.ARCHIVE, Kind.EXPORT)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path, its bytes packed (of a tar file: as they are) and unpacked, and how it is opened.

    `fault`: why it is not read.
    """

    name: str
    packed: int
    size: int
    open: Callable[[], IO[bytes]]
    fault: str | None = None


def archive_parts(
    file: Path,
    name: str,
    format_name: str,
    *,
    formats: Collection[str],
    columns: Mapping[str, str],
    encoding: str | None,
    limit: int,
) -> Iterator[Part | BadPart | Note]:
    """The sources of an archive: a member each, and each row of a dataset in it.

    A member is named by its path in the archive; metadata files in it speak of the members of their folder. Raises
    `Unreadable` where the archive cannot be read, or not any further; what came before stands.
    """
    told: dict[str, Metadata] = {}
    for path, row in _told(file, name, format_name, limit):
        if isinstance(row, Note):
            yield row
        else:
            told[path] = row
    seen: set[str] = set()
    for member in _members(file, name, format_name):
        path = member.name
        base = PurePosixPath(path).name
        found = format_of(base, formats)
        hidden = found is not TEXT and base.casefold().startswith((".", "metadata."))
        if hidden or found is None or "__MACOSX" in PurePosixPath(path).parts or found.kind in _NOT_PACKED:
            if base not in METADATA_NAMES and "__MACOSX" not in PurePosixPath(path).parts:
                yield Note("unread", path)
            continue
        fault = member.fault or _misplaced(path)
        if fault or path in seen:
            yield BadPart(path, f"member {path}: {fault or 'another member has its path'}")
            continue
        seen.add(path)
        if found.kind is Kind.DATASET:
            yield from _rows(member, found.name, columns, encoding, told.get(path), limit)
        else:
            yield from _articles(
                _one(member, told.get(path), limit), EXPORT in formats and found is TEXT, encoding, limit
            )


def _misplaced(path: str) -> str | None:
    """Why a member's path is none that may be read: it would lead out of the archive's folder."""
    parts = path.replace("\\", "/").split("/")
    if path.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or SEPARATOR in path or "\0" in path:
        return "its path leads out of the archive"
    return None


def _one(member: Member, metadata: Metadata | None, limit: int) -> Part | BadPart:
    place = f"member {member.name}"
    try:
        data = _read(member, limit)
    except Unreadable as error:
        return BadPart(member.name, f"{place}: {error}")
    return Part(member.name, place, data, PurePosixPath(member.name).name, metadata)


def _read(member: Member, limit: int) -> bytes:
    """The bytes of a member. Raises `Unreadable` for a damaged one, and for more than `limit` bytes."""
    if member.size > limit:
        raise Unreadable(f"it has {member.size:,} bytes, over the limit of {limit:,} (setting file_bytes)")
    try:
        with member.open() as stream:
            data = stream.read(limit + 1)
    except _DAMAGE as error:
        raise Unreadable(_reason(error)) from None
    if len(data) > limit:
        raise Unreadable(f"it has more than {limit:,} bytes, the limit (setting file_bytes)")
    require_growth(member.packed, len(data))
    return data


def _articles(
    item: Part | BadPart, may_be_export: bool, encoding: str | None, limit: int
) -> Iterator[Part | BadPart | Note]:
    """A member, or the articles in it where it is an export of a news database."""
    if isinstance(item, Part) and may_be_export:
        try:
            told = encoding or (item.metadata.encoding if item.metadata else None)
            text = decode(uncompressed(item.ending, item.data, limit=limit), encoding=told, limit=limit).text
            if is_export(text):
                for article in export_parts(text):
                    yield _within(item.part, item.place, article, item.metadata)
                return
        except Unreadable as error:
            item = BadPart(item.part, f"{item.place}: {error}")
    yield item


def _rows(
    member: Member,
    format_name: str,
    columns: Mapping[str, str],
    encoding: str | None,
    metadata: Metadata | None,
    limit: int,
) -> Iterator[Part | BadPart | Note]:
    """The rows of a dataset in an archive, copied to the disk for the time of reading."""
    place = f"member {member.name}"
    with tempfile.NamedTemporaryFile(prefix="onrecord-") as copy:
        try:
            with member.open() as stream:
                _copy(stream, cast(BinaryIO, copy), member.packed)
            base = PurePosixPath(member.name).name
            for item in dataset_parts(Path(copy.name), base, format_name, columns, encoding=encoding, limit=limit):
                yield _within(member.name, place, item, metadata)
        except (Unreadable, *_DAMAGE) as error:
            yield BadPart(member.name, f"{place}: {_reason(error)}")


def _within(name: str, place: str, item: Part | BadPart | Note, metadata: Metadata | None) -> Part | BadPart | Note:
    """What a dataset in an archive holds, named as the archive's; `metadata`: what is known of the dataset."""
    if isinstance(item, Note):
        return Note(item.kind, f"{name}: {item.text}")
    part = f"{name}{SEPARATOR}{item.part}"
    if isinstance(item, BadPart):
        return BadPart(part, f"{place}, {item.reason}", item.sha256)
    known = item.metadata.over(metadata) if item.metadata else metadata
    return Part(part, f"{place}, {item.place}", item.data, item.ending, known)


def _copy(stream: IO[bytes], copy: BinaryIO, packed: int) -> None:
    written = 0
    while chunk := stream.read(1 << 20):
        written += len(chunk)
        require_growth(packed, written)
        copy.write(chunk)
    copy.flush()


def _told(file: Path, name: str, format_name: str, limit: int) -> Iterator[tuple[str, Metadata | Note]]:
    """What the archive's own metadata files say, by the path of the member that they speak of; and their bad lines."""
    for member in _members(file, name, format_name):
        path = PurePosixPath(member.name)
        if path.name not in METADATA_NAMES or member.fault or _misplaced(member.name):
            continue
        try:
            data = _read(member, limit)
        except Unreadable as error:
            yield member.name, Note("warning", f"{member.name} is not read: {error}")
            continue
        rows, bad = parse_metadata(path.name, data)
        for said, row in rows.items():
            yield str(path.parent / said), row
        for line in bad:
            yield member.name, Note("warning", f"{member.name}, line {line.number}: {line.reason}")


def _members(file: Path, name: str, format_name: str) -> Iterator[Member]:
    opened = _zip_members(file) if format_name == "zip" else _tar_members(file, name)
    try:
        yield from opened
    except _DAMAGE as error:
        raise Unreadable(f"the archive is damaged, and nothing after that is read: {_reason(error)}") from None


def _zip_members(file: Path) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if sum(info.compress_size for info in infos) > file.stat().st_size:
            raise Unreadable("its members lie over one another: it is made to fill a disk")
        for info in infos:
            fault = "it is encrypted: unpack it with its password" if info.flag_bits & 1 else None
            yield Member(info.filename, info.compress_size, info.file_size, _opener(archive, info), fault)


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(info)


def _tar_members(file: Path, name: str) -> Iterator[Member]:
    """A tar file's members, in the order in which they come: each has to be read before the next is asked for."""
    packed_as = name[:-3] + "tar.gz" if name.casefold().endswith(".tgz") else name
    with file.open("rb") as packed:
        stream = uncompressed_stream(packed_as, packed, file.stat().st_size)
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if info.isdir():
                    continue
                fault = None if info.isreg() else "it is a link or a device; give the file itself"
                printable = info.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
                if printable != info.name:
                    fault = "its name is not valid UTF-8"
                yield Member(printable, info.size, info.size, _extractor(archive, info), fault)


def _extractor(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.extractfile(info) or io.BytesIO()


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
