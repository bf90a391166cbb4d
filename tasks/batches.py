"""Raw files to be read, and how they are cut into batches: what bounds memory, and what keeps every worker busy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.document.article import Metadata
from onrecord.files.parts import split_key
from onrecord.settings import Settings

#: Batches for each worker where there is enough to read, and the bytes that pay for a batch of its own: some seven
#: seconds of reading. A worker starts in three, and judging a batch takes half a second whatever its size.
BATCHES_PER_WORKER, PAYING_BYTES = 4, 128_000


@dataclass(frozen=True, slots=True)
class RawFile:
    """One source to be read: a raw file, or a part of one that holds several.

    `path`: its key (`onrecord.files.parts`), which for a file is its `source_path`. The digests are of the file or
    part, and of what metadata files say of it; `metadata` is that. `file`: where the raw file lies, or, of a part that
    was unpacked, the Parquet file that holds it, in its row `row`. `encoding`: of a raw file that holds several, where
    metadata tells it. `text`: that of an article whose raw file is gone, kept in the warehouse; then `encoding` is that
    in which it was read, and there is no `file`.
    """

    path: str
    sha256: str
    size: int
    metadata: Metadata | None
    metadata_sha256: str | None
    file: Path = Path()
    row: int = -1
    encoding: str | None = None
    text: str | None = None

    @property
    def is_part(self) -> bool:
        """Whether it has to be found in a raw file that holds several sources."""
        return self.text is None and split_key(self.path)[1] is not None


def batches_of(files: Sequence[RawFile], settings: Settings) -> tuple[tuple[RawFile, ...], ...]:
    """The files in batches: as many for each worker, so that none waits for another's long files, but none smaller than
    pays for the way to a worker. What is less than two of those is one batch, and starts no worker."""
    workers, total = settings.workers, sum(file.size for file in files)
    shares = min(workers * BATCHES_PER_WORKER, total // PAYING_BYTES) if workers > 1 else 1
    if shares > workers:
        shares -= shares % workers
    most = settings.batch_bytes if shares < 2 else min(settings.batch_bytes, -(-total // shares))
    return tuple(cut(files, settings.batch_files, most))


def cut(files: Sequence[RawFile], most_files: int, most_bytes: int) -> Iterator[tuple[RawFile, ...]]:
    """Batches, in order, none over either limit (a single larger file is a batch of its own)."""
    batch: list[RawFile] = []
    size = 0
    for file in files:
        if batch and (len(batch) >= most_files or size + file.size > most_bytes):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(file)
        size += file.size
    if batch:
        yield tuple(batch)
