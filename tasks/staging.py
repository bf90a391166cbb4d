"""Between the steps: the rows of each batch as Parquet below the run's staging folder, so that only paths travel."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.warehouse.corrections.correction import Correction, as_table, from_row
from tasks.rejects import Reject

#: What became of each expectation: by its suite and name, its severity, the rows evaluated and the rows that failed.
Checks = Mapping[tuple[str, str], tuple[str, int, int]]

CORRECTIONS = "corrections.parquet"
RECURRING = "recurring.parquet"
KEYS = pa.list_(pa.uint64())
#: Those whom an editor named as speakers and whom no mention of the article names.
NAMED = "named"
_NAMED_COLUMNS: dict[str, pa.DataType] = {
    "article_id": pa.string(),
    "local_id": pa.int32(),
    "name": pa.string(),
    "entity_type": pa.string(),
}
NAMED_SCHEMA = pa.schema(_NAMED_COLUMNS)


def added(first: Checks, second: Checks) -> Checks:
    """The checks of two batches as those of one."""
    total = dict(first)
    for key, (severity, evaluated, failed) in second.items():
        _, before, before_failed = total.get(key, (severity, 0, 0))
        total[key] = (severity, before + evaluated, before_failed + failed)
    return total


#: Files with the seconds that reading each took, the slowest first.
Slowest = tuple[tuple[str, float], ...]


def slowest(took: Iterable[tuple[str, float]]) -> Slowest:
    """The ten that took longest."""
    return tuple(sorted(took, key=lambda file: -file[1])[:10])


@dataclass(frozen=True, slots=True)
class Staged:
    """One batch on disk: where each table's rows are, how many, what was rejected, and how long it took.

    `passed`: the tables of which not all rows have passed the judgement; what is left of them lies apart, so that a
    judgement that is made again (its worker was lost) sees what the first one saw.
    """

    number: int
    folder: Path
    rows: Mapping[str, int]
    rejects: tuple[Reject, ...] = ()
    checks: Checks = field(default_factory=dict)
    slowest: Slowest = ()
    seconds: float = 0.0
    files: int = 0
    bytes: int = 0
    unspoken: int = 0
    passed: frozenset[str] = frozenset()

    def path(self, table: str) -> Path:
        return (self.folder / "passed" if table in self.passed else self.folder) / f"{table}.parquet"

    def read(self, table: str, columns: list[str] | None = None) -> pa.Table:
        """The batch's rows of one table. Raises `OSError` where they are not there."""
        return pq.read_table(self.path(table), columns=columns)


def batch_folder(staging: Path, number: int) -> Path:
    """Where the steps leave what they make of a batch. Raises `OSError`."""
    folder = staging / f"batch-{number:06d}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_recurring(staging: Path, number: int, lines: Mapping[str, Iterable[int]]) -> None:
    """Stage, for each article of a batch that is to be read, the keys of those of its lines that recur."""
    columns = [pa.array(list(lines), pa.string()), pa.array([sorted(keys) for keys in lines.values()], KEYS)]
    pq.write_table(pa.table(columns, names=["article_id", "lines"]), batch_folder(staging, number) / RECURRING)


def recurring_in(staging: Path, number: int) -> dict[str, frozenset[int]]:
    """What `write_recurring` has staged. Raises `OSError` where nothing was."""
    rows = pq.read_table(batch_folder(staging, number) / RECURRING)
    return {row["article_id"]: frozenset(row["lines"]) for row in rows.to_pylist()}


def write_corrections(staging: Path, corrections: Iterable[Correction]) -> None:
    """Stage the corrections of articles. Raises `OSError` where the staging folder cannot be written."""
    staging.mkdir(parents=True, exist_ok=True)
    pq.write_table(as_table(corrections), staging / CORRECTIONS)


def corrections_in(staging: Path) -> dict[str, list[Correction]]:
    """What `write_corrections` has staged, by article; nothing where it has not."""
    found: dict[str, list[Correction]] = {}
    if (path := staging / CORRECTIONS).is_file():
        for correction in map(from_row, pq.read_table(path).to_pylist()):
            found.setdefault(correction.article_id or "", []).append(correction)
    return found


def write(
    staging: Path,
    number: int,
    tables: Mapping[str, pa.Table],
    rejects: tuple[Reject, ...],
    *,
    seconds: float = 0.0,
    files: int = 0,
    size: int = 0,
    unspoken: int = 0,
    slowest: Slowest = (),
) -> Staged:
    """Stage one batch. A batch that is staged again (a retried task) replaces the first."""
    folder = batch_folder(staging, number)
    for name, table in tables.items():
        _write_whole(table, folder / f"{name}.parquet")
    rows = {name: table.num_rows for name, table in tables.items()}
    return Staged(
        number, folder, rows, rejects, slowest=slowest, seconds=seconds, files=files, bytes=size, unspoken=unspoken
    )


def with_passed(staged: Staged, name: str, table: pa.Table) -> Staged:
    """The batch with other rows in the place of a table's, which stay where they are."""
    (staged.folder / "passed").mkdir(exist_ok=True)
    judged = replace(staged, passed=staged.passed | {name})
    _write_whole(table, judged.path(name))
    return judged


def _write_whole(table: pa.Table, path: Path) -> None:
    """Write a file that nobody sees half written, though a worker that was given up writes it once more."""
    partial = path.with_suffix(f".{uuid.uuid4().hex}.partial")
    pq.write_table(table, partial, compression="zstd")
    partial.replace(path)


def tables_of(batches: Sequence[Staged], name: str, columns: list[str] | None = None) -> Iterator[pa.Table]:
    """One table's rows, batch by batch: what is in memory is one batch."""
    for staged in batches:
        yield staged.read(name, columns)
