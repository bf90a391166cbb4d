"""Where measurements run: the gold, the folder of raw texts and warehouses, and the processes that read and score."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.gate.processes import ROOT, run, run_onrecord
from benchmarks.gate.results import MeasurementError
from onrecord.learned.trees import FOLDER_VARIABLE
from training.fold_tagger import FOLDS, model_folders

#: Exit codes of `onrecord ingest` after which there are tables: done, and done with something rejected.
_READ = (0, 3)
#: Exists in the folder of a reading that came to its end.
_DONE = "done"

#: Kinds of vectors, the widest first, and the flag of a processor that has them.
_VECTORS = {"AVX-512": "avx512f", "AVX2": "avx2"}

Row = dict[str, Any]


def shared_folder() -> Path:
    """The folder of gold data: ONRECORD_SHARED, else `shared` beside the checkout. It need not be there."""
    return Path(os.environ.get("ONRECORD_SHARED", ROOT.parent / "shared")).absolute()


def processor() -> str:
    """The kind of processor: its architecture and, where Linux tells, the widest vectors that sums are made in.

    Sums of floats come out otherwise in wider vectors, and one row in some hundreds with them.
    """
    path = Path("/proc/cpuinfo")
    words = set(path.read_text("utf-8").split()) if path.exists() else set()
    widest = next((name for name, flag in _VECTORS.items() if flag in words), None)
    return " ".join(filter(None, (platform.machine(), widest)))


@dataclass(frozen=True, slots=True)
class Workplace:
    """Folders and options of a run of the gate.

    `work`: each reading has a folder of its own there. `keep`: readings that are there already are taken as they are.
    `folds`: only gold rows of these folds; None takes all.
    """

    shared: Path
    work: Path
    keep: bool = False
    folds: frozenset[int] | None = None
    #: What this run has read.
    _read: set[Path] = field(default_factory=set)

    @property
    def suffix(self) -> str:
        """Behind the name of what is measured on some folds only: "@folds0,1"."""
        return "" if self.folds is None else "@folds" + ",".join(map(str, sorted(self.folds)))

    def path(self, name: str) -> Path:
        """A gold file or scorer: below the shared folder, or what stands in the project itself (`training/`)."""
        return (ROOT if name.startswith("training/") else self.shared) / name

    def begin(self, name: str) -> tuple[Path, bool]:
        """The folder of a reading, and whether it has to be read: emptied then."""
        folder = self.work / (name + self.suffix)
        if folder in self._read or (self.keep and (folder / _DONE).exists()):
            return folder, False
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder, True

    def end(self, folder: Path) -> None:
        """Marks a reading as whole."""
        self._read.add(folder)
        (folder / _DONE).touch()

    def ingest(self, raw: Path, warehouse: Path, fold: int | None = None) -> None:
        """Runs `onrecord ingest` as a user would, with the shipped models or those that have not seen `fold`.

        Raises MeasurementError where it fails.
        """
        environment = {name: value for name, value in os.environ.items() if name != FOLDER_VARIABLE}
        if fold is not None and (models := fold_models(fold)):
            environment[FOLDER_VARIABLE] = os.pathsep.join(map(str, models))
        options = ["--raw", raw, "--warehouse", warehouse, "--workers", 1, "--examples", 0]
        run_onrecord(["ingest", "--no-prefect", *options], environment, _READ)

    def python(self, *arguments: object, success: Sequence[int] = (0,), **environment: str) -> str:
        """What a Python script prints. Raises MeasurementError where it fails."""
        return run([sys.executable, *arguments], os.environ | environment, success)


def fold_models(fold: int, folder: Path = FOLDS) -> list[Path]:
    """The folders of the models that were fitted without that fold; empty where none are fitted by folds.

    Raises MeasurementError where they lack a model that another fold has: the shipped one would take its place.
    """
    every = {model.name for model in folder.glob("[0-9]/*.*")}
    lacking = every - {model.name for model in (folder / str(fold)).glob("*.*")}
    if lacking:
        raise MeasurementError(f"{folder / str(fold)} lacks {', '.join(sorted(lacking))}, which other folds have")
    return model_folders(fold, folder) if every else []


def digest(path: Path) -> str:
    """SHA-256 of a file, or of the names and contents of all files in a folder. Raises MeasurementError if missing."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    if not path.is_dir():
        raise MeasurementError(f"{path} is not there")
    files = sorted((file.relative_to(path).as_posix(), file) for file in path.rglob("*") if file.is_file())
    lines = [f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n" for name, file in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file. Raises MeasurementError if it is not there."""
    if not path.is_file():
        raise MeasurementError(f"{path} is not there")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_rows(path: Path, rows: Iterable[Row]) -> Path:
    """Writes JSON Lines; returns the path."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
