"""Measurements by facts: small inputs of which single things have to come out right, each by its name."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gate.results import Figure, Result
from benchmarks.gate.workplace import ROOT, Workplace, digest


@dataclass(frozen=True, slots=True)
class Cases:
    """The shared cases: each check is a fact, and each case, which holds where all of its checks do."""

    name: str = "cases"
    quick: bool = True
    needs_shared: bool = True
    folded: bool = False
    command: str = "ONRECORD=onrecord score/cases.py cases"

    def inputs(self, place: Workplace) -> dict[str, str]:
        """Digests of the checker and of each case, so that a new case changes nothing for the others."""
        cases = sorted(path for path in (place.shared / "cases").iterdir() if path.is_dir())
        return {"score/cases.py": digest(place.shared / "score/cases.py")} | {
            f"cases/{case.name}": digest(case) for case in cases
        }

    def measure(self, place: Workplace) -> Result:
        """Runs every case, as many at a time as there are workers; each one is ingested by the checker itself."""
        folder, to_do = place.begin(self.name)
        if to_do:
            names = sorted(case.name for case in (place.shared / "cases").iterdir() if case.is_dir())
            parts = [part for n in range(place.workers) if (part := names[n :: place.workers])]
            with ThreadPoolExecutor(place.workers) as pool:
                list(pool.map(lambda n: self._check(place, folder, n, parts[n]), range(len(parts))))
            place.end(folder)
        facts: dict[str, bool] = {}
        for out in sorted(folder.glob("*.json")):
            for case, told in json.loads(out.read_text(encoding="utf-8")).items():
                facts[case] = told["pass"]
                facts |= {f"{case}, check {n}": check["ok"] for n, check in enumerate(told["results"], 1)}
        return Result(facts=facts)

    def _check(self, place: Workplace, folder: Path, number: int, cases: list[str]) -> None:
        onrecord = str(Path(sys.executable).with_name("onrecord"))
        command = [place.shared / "score/cases.py", place.shared / "cases", *cases, "--out", folder / f"{number}.json"]
        printed = place.python(*command, success=(0, 1), ONRECORD=onrecord)  # 1: some case fails
        (folder / f"{number}.txt").write_text(printed, encoding="utf-8")

    def noise(self, place: Workplace, samples: int) -> Mapping[Figure, float]:  # noqa: ARG002
        """None: facts have no noise."""
        return {}


@dataclass(frozen=True, slots=True)
class Seeds:
    """The real page texts of the shared folder, and what is known of each (benchmarks/seed_facts.yaml)."""

    name: str = "seeds"
    quick: bool = True
    needs_shared: bool = True
    folded: bool = False
    command: str = "python -m benchmarks.seeds WAREHOUSE"

    def inputs(self, place: Workplace) -> dict[str, str]:
        """Digests of the texts and of the facts."""
        return {
            "seeds": digest(place.shared / "seeds"),
            "benchmarks/seed_facts.yaml": digest(ROOT / "benchmarks/seed_facts.yaml"),
        }

    def measure(self, place: Workplace) -> Result:
        """Reads the texts and looks for each fact in the tables."""
        folder, to_do = place.begin(self.name)
        if to_do:
            place.ingest(place.shared / "seeds", folder / "warehouse")
            place.end(folder)
        return Result(facts=json.loads(place.python("-m", "benchmarks.seeds", folder / "warehouse")))

    def noise(self, place: Workplace, samples: int) -> Mapping[Figure, float]:  # noqa: ARG002
        """None: facts have no noise."""
        return {}
