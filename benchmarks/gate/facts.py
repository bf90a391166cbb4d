"""Measurements by facts: small inputs of which single things have to come out right, each by its name."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gate.processes import ROOT
from benchmarks.gate.results import Figure, Result
from benchmarks.gate.workplace import Workplace, digest


@dataclass(frozen=True, slots=True)
class Cases:
    """The shared cases: each check is a fact, and each case, which holds where all of its checks do."""

    name: str = "cases"
    quick: bool = False
    needs_shared: bool = True
    folded: bool = False
    command: str = "ONRECORD=onrecord score/cases.py cases"
    reads: str = "cases"

    def inputs(self, place: Workplace) -> dict[str, str]:
        """Digests of the checker and of each case, so that a new case changes nothing for the others."""
        cases = sorted(path for path in (place.shared / "cases").iterdir() if path.is_dir())
        return {"score/cases.py": digest(place.shared / "score/cases.py")} | {
            f"cases/{case.name}": digest(case) for case in cases
        }

    def measure(self, place: Workplace) -> Result:
        """Runs every case; each one is ingested by the checker itself."""
        folder, to_do = place.begin(self.name)
        out = folder / "cases.json"
        if to_do:
            onrecord = str(Path(sys.executable).with_name("onrecord"))
            script = place.shared / "score/cases.py"
            # 1: some case fails.
            printed = place.python(script, place.shared / "cases", "--out", out, success=(0, 1), ONRECORD=onrecord)
            (folder / "cases.txt").write_text(printed, encoding="utf-8")
            place.end(folder)
        facts: dict[str, bool] = {}
        for case, told in json.loads(out.read_text(encoding="utf-8")).items():
            facts[case] = told["pass"]
            facts |= {f"{case}, check {n}": check["ok"] for n, check in enumerate(told["results"], 1)}
        return Result(facts=facts)

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
    reads: str = "seeds"

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
