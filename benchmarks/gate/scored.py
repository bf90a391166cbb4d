"""Measurements by a scorer: gold articles, one ingest of their texts, a script that compares tables with gold."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.gate.noise import call_script, half_samples, noise
from benchmarks.gate.processes import ROOT
from benchmarks.gate.results import Figure, Result, higher, lower
from benchmarks.gate.workplace import Row, Workplace, digest, read_rows, write_rows


def only_gold(golds: Sequence[list[Row]]) -> list[Row]:
    """All rows of the one gold file."""
    (rows,) = golds
    return rows


@dataclass(frozen=True, slots=True)
class Reading:
    """One ingest, shared by the measurements of the same articles.

    `golds`: files (`Workplace.path`), of which `select` makes the rows. `metadata`: whether what `score.py
    prepare` knows (outlet, day) is given to the reader. `folded`: whether the rows carry `fold`.
    """

    name: str
    golds: tuple[str, ...]
    select: Callable[[Sequence[list[Row]]], list[Row]] = only_gold
    metadata: bool = True
    folded: bool = False

    def rows(self, place: Workplace) -> list[Row]:
        """The gold rows, of the chosen folds."""
        rows = self.select([read_rows(place.path(gold)) for gold in self.golds])
        return [row for row in rows if place.folds is None or row["fold"] in place.folds]

    def folder(self, place: Workplace) -> Path:
        """The folder whose `warehouse` has been ingested, fold by fold where the gold has folds."""
        folder, to_do = place.begin(self.name)
        if to_do:
            raw, warehouse, rows = folder / "raw", folder / "warehouse", self.rows(place)
            for fold in sorted({row["fold"] for row in rows}) if self.folded else [None]:
                # Articles of the folds before are there already and stay as they were read.
                part = [row for row in rows if fold is None or row["fold"] <= fold]
                gold = write_rows(folder / "prepared.jsonl", part)
                place.python(place.shared / "score/score.py", "prepare", gold, raw)
                if not self.metadata:
                    (raw / "metadata.jsonl").unlink()
                place.ingest(raw, warehouse, fold)
            place.end(folder)
        return folder


@dataclass(frozen=True, slots=True)
class Scored:
    """A scorer of the shared folder on the articles of a reading (those that `only` lets by).

    `scorer`: the script below the shared folder, and its arguments before the gold. `speakers`: a second gold file.
    """

    name: str
    reading: Reading
    scorer: tuple[str, ...]
    figures: tuple[Figure, ...]
    only: Callable[[Row], bool] | None = None
    speakers: str | None = None
    quick: bool = False
    needs_shared: bool = True

    @property
    def folded(self) -> bool:
        return self.reading.folded

    @property
    def reads(self) -> str:
        return self.reading.name

    @property
    def command(self) -> str:
        """How a person would measure it."""
        gold = " + ".join(self.reading.golds) + (" (a part)" if self.only else "")
        return " ".join([*self.scorer, gold, "WAREHOUSE", *(("--speakers", self.speakers) if self.speakers else ())])

    def inputs(self, place: Workplace) -> dict[str, str]:
        """Digests of the gold files and of the scorer."""
        names = [*self.reading.golds, *([self.speakers] if self.speakers else []), self.scorer[0]]
        return {name: digest(place.path(name)) for name in names}

    def measure(self, place: Workplace) -> Result:
        """Reads the articles unless that is done, and scores the tables."""
        folder = self.reading.folder(place)
        gold = write_rows(folder / f"{self.name}.gold.jsonl", self._rows(place))
        printed = place.python(*self._arguments(place, folder, gold))
        (folder / f"{self.name}.json").write_text(printed, encoding="utf-8")
        return Result.of(self.figures, json.loads(printed))

    def noise(self, place: Workplace, samples: int) -> Mapping[Figure, float]:
        """The standard error of each figure, from half samples of the articles."""
        folder = self.reading.folder(place)
        path = folder / f"{self.name}.half.jsonl"

        def score(rows: list[Row]) -> Mapping[str, Any]:
            script, *arguments = self._arguments(place, folder, write_rows(path, rows))
            return call_script(Path(str(script)), arguments)

        return noise(self.figures, half_samples(self._rows(place), samples), score)

    def _rows(self, place: Workplace) -> list[Row]:
        return [row for row in self.reading.rows(place) if self.only is None or self.only(row)]

    def _arguments(self, place: Workplace, folder: Path, gold: Path) -> list[object]:
        script, *what = self.scorer
        speakers = ["--speakers", place.shared / self.speakers] if self.speakers else []
        return [place.shared / script, *what, gold, folder / "warehouse", *speakers]


@dataclass(frozen=True, slots=True)
class Sample:
    """The corpus that ships with the project, beside what a careful reader finds in it."""

    name: str = "sample"
    quick: bool = True
    needs_shared: bool = False
    folded: bool = False
    figures: tuple[Figure, ...] = (
        *higher("articles", "headline", "publisher", "agency", "authors", "date_published", "precision", "method"),
        *higher("language", "quotes found", "speaker", "kind", "type", "said", "medium"),
        *lower("wrong name"),
    )
    command: str = "python -m benchmarks.sample WAREHOUSE --json"
    reads: str = "sample"

    def inputs(self, place: Workplace) -> dict[str, str]:  # noqa: ARG002
        """Digests of the texts and of their gold."""
        return {name: digest(ROOT / name) for name in ("raw", "tests/sample_truth.yaml")}

    def measure(self, place: Workplace) -> Result:
        """Reads the sample and compares it with its gold."""
        printed = place.python("-m", "benchmarks.sample", self._warehouse(place), "--json")
        return Result.of(self.figures, json.loads(printed))

    def noise(self, place: Workplace, samples: int) -> Mapping[Figure, float]:
        """The standard error of each figure, from half samples of the articles."""
        warehouse = self._warehouse(place)
        truth = yaml.safe_load((ROOT / "tests/sample_truth.yaml").read_text(encoding="utf-8"))
        half = warehouse.with_name("half.yaml")

        def score(rows: list[Row]) -> Mapping[str, Any]:
            half.write_text(yaml.safe_dump({row["file"]: row["gold"] for row in rows}), encoding="utf-8")
            return call_script(ROOT / "benchmarks/sample.py", [warehouse, "--json", "--truth", half])

        rows = [{"file": file, "gold": gold} for file, gold in truth.items()]
        return noise(self.figures, half_samples(rows, samples), score)

    def _warehouse(self, place: Workplace) -> Path:
        folder, to_do = place.begin(self.name)
        if to_do:
            place.ingest(ROOT / "raw", folder / "warehouse")
            place.end(folder)
        return folder / "warehouse"
