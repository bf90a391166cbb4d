"""The file of floors: what each figure must not fall below, kept with all that says how it was measured."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from benchmarks.gate.lowered import Moves, Value
from benchmarks.gate.results import Figure, Result

#: How far a figure may be below its floor, as a share of its noise, on another kind of processor than the floor's: sums
#: come out in another order there, and some rows with them. From AVX-512 to AVX2 14 of 97 figures moved, four of them
#: down, by at most half of their noise.
OTHER_PROCESSOR = 1.0
#: Digits behind the point that figures are compared by: more than any has.
DIGITS = 6
ABOUT = "Written by `python -m benchmarks.gate --update`; docs/gate.md says what it means."


@dataclass(frozen=True, slots=True)
class Floor:
    """The value that a figure must reach (where less is better: must not exceed), and its standard error."""

    floor: float
    noise: float
    better: str = "higher"


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of one measurement. `processor`: the kind that it was made on. `facts`: those that must hold."""

    command: str
    inputs: Mapping[str, str]
    processor: str = ""
    figures: Mapping[str, Floor] = field(default_factory=dict)
    facts: tuple[str, ...] = ()


class State(StrEnum):
    """How something measured stands to its floor."""

    HOLDS = "holds"
    BETTER = "better"
    NEW = "new"
    NEAR = "below by its noise or less, on another processor"
    BELOW = "BELOW"
    CHANGED = "CHANGED"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the report. `what`: a figure, a fact or an input; values are null for what is not there."""

    what: str
    state: State
    now: Value
    kept: Value = None
    noise: float = 0.0

    @property
    def broken(self) -> bool:
        return self.state in (State.BELOW, State.CHANGED)


def load(path: Path) -> dict[str, Kept]:
    """The floors by measurement; none where there is no file."""
    if not path.exists():
        return {}
    measurements: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["measurements"]
    return {
        name: Kept(
            command=kept["command"],
            inputs=kept["inputs"],
            processor=kept.get("processor", ""),
            figures={figure: Floor(**floor) for figure, floor in kept.get("figures", {}).items()},
            facts=tuple(kept.get("facts", ())),
        )
        for name, kept in measurements.items()
    }


def save(path: Path, floors: Mapping[str, Kept]) -> None:
    """Writes the floors, sorted by measurement, a figure a line."""
    measurements = {name: {k: v for k, v in asdict(floors[name]).items() if v} for name in sorted(floors)}
    text = json.dumps({"about": ABOUT, "measurements": measurements}, indent=1, ensure_ascii=False)
    lines = re.sub(r'\{\s+"floor":[^{}]*\}', lambda found: " ".join(found[0].split()), text)
    path.write_text(lines + "\n", encoding="utf-8")


def judge(kept: Kept | None, result: Result, inputs: Mapping[str, str], processor: str | None = None) -> list[Verdict]:
    """Each input, figure and fact beside what is kept of it; inputs only where they changed.

    An input that is not kept is no fault (a new case), nor is a fact that does not hold and need not, nor a figure that
    is below its floor by at most `OTHER_PROCESSOR` of its noise where `processor` is another than the kept one.
    """
    old = kept or Kept("", {})
    slack = OTHER_PROCESSOR if processor not in (None, old.processor) else 0.0
    verdicts = [
        Verdict(name, State.CHANGED, inputs.get(name), digest)
        for name, digest in old.inputs.items()
        if inputs.get(name) != digest
    ]
    measured = {figure.path: (figure, value) for figure, value in result.figures.items()}
    verdicts += [_of_figure(figure, value, old.figures.get(path), slack) for path, (figure, value) in measured.items()]
    verdicts += [
        Verdict(path, State.BELOW, None, floor.floor, floor.noise)
        for path, floor in old.figures.items()
        if path not in measured
    ]
    for name, holds in result.facts.items():
        if name in old.facts:
            verdicts.append(Verdict(name, State.HOLDS if holds else State.BELOW, holds, True))
        elif holds:
            verdicts.append(Verdict(name, State.NEW, True))
    verdicts += [Verdict(name, State.BELOW, None, True) for name in old.facts if name not in result.facts]
    return verdicts


def _of_figure(figure: Figure, value: float, floor: Floor | None, slack: float) -> Verdict:
    if floor is None:
        return Verdict(figure.path, State.NEW, value)
    gain = round((floor.floor - value) if figure.lower_is_better else (value - floor.floor), DIGITS)
    near = State.NEAR if -gain <= slack * floor.noise else State.BELOW
    state = State.HOLDS if gain == 0 else State.BETTER if gain > 0 else near
    return Verdict(figure.path, state, value, floor.floor, floor.noise)


def let_down(kept: Kept | None, result: Result, inputs: Mapping[str, str]) -> Moves:
    """What would be let down if the floors were set at what was measured, on whatever processor."""
    return {one.what: (one.kept, one.now) for one in judge(kept, result, inputs) if one.broken}


def floors_at(
    command: str, inputs: Mapping[str, str], result: Result, noise: Mapping[Figure, float], processor: str
) -> Kept:
    """What is kept of a measurement, every floor at what was measured."""
    figures = {
        figure.path: Floor(value, round(noise.get(figure, 0.0), 3), "lower" if figure.lower_is_better else "higher")
        for figure, value in result.figures.items()
    }
    facts = tuple(sorted(name for name, holds in result.facts.items() if holds))
    return Kept(command, dict(inputs), processor, figures, facts)
