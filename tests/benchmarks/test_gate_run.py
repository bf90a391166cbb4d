"""The gate as a command: what is measured, what is said, and the exit code."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gate import __main__ as gate
from benchmarks.gate import lowered
from benchmarks.gate.facts import Cases, Seeds
from benchmarks.gate.floors import load
from benchmarks.gate.measurements import measurements
from benchmarks.gate.results import Figure, MeasurementError, Result
from benchmarks.gate.workplace import Workplace

RIGHT = Figure("right")


@dataclass(frozen=True)
class Fixed:
    """A measurement that gives what it is told to."""

    name: str
    value: float | str
    needs_shared: bool = False
    quick: bool = True
    folded: bool = False
    command: str = "scorer"
    reads: str = "all"
    given: Mapping[str, str] = field(default_factory=lambda: {"gold": "a" * 64})

    def inputs(self, place: Workplace) -> dict[str, str]:  # noqa: ARG002
        return dict(self.given)

    def measure(self, place: Workplace) -> Result:  # noqa: ARG002
        if isinstance(self.value, str):
            raise MeasurementError(self.value)
        return Result({RIGHT: self.value})

    def noise(self, place: Workplace, samples: int) -> Mapping[Figure, float]:  # noqa: ARG002
        return {RIGHT: 1.5}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("ONRECORD_SHARED", str(tmp_path / "shared"))

    def measure(measured: Sequence[Fixed], *options: str) -> int:
        monkeypatch.setattr(gate, "measurements", lambda: tuple(measured))
        return gate.main(["--floors", str(tmp_path / "floors.json"), *options])

    return measure


def test_floors_are_set_then_hold_then_break(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([Fixed("tiny", 80.0)], "--update") == 0
    assert load(tmp_path / "floors.json")["tiny"].figures["right"].noise == 1.5
    assert run([Fixed("tiny", 80.0)]) == 0
    assert run([Fixed("tiny", 79.0)]) == 1
    assert "BELOW" in capsys.readouterr().out


def test_an_update_leaves_floors_that_would_fall(run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run([Fixed("tiny", 80.0)], "--update", "--allow-lower", "if any falls")
    before = (tmp_path / "floors.json").read_text("utf-8")
    assert run([Fixed("tiny", 79.0)], "--update") == 1
    assert "--allow-lower" in capsys.readouterr().out
    assert (tmp_path / "floors.json").read_text("utf-8") == before
    assert not (tmp_path / "lowered.json").exists()
    assert run([Fixed("tiny", 79.0)], "--update", "--allow-lower", "a bad gold row") == 0
    assert load(tmp_path / "floors.json")["tiny"].figures["right"].floor == 79.0
    (change,) = lowered.load(tmp_path / "lowered.json")
    assert (change.reason, change.moves) == ("a bad gold row", {"tiny": {"right": (80.0, 79.0)}})


def test_changed_gold_is_an_error_that_says_so(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    run([Fixed("tiny", 80.0)], "--update")
    assert run([Fixed("tiny", 90.0, given={"gold": "b" * 64})]) == 1
    assert "gold is not what the floors were measured with" in capsys.readouterr().out


def test_what_cannot_be_measured_breaks_the_gate_and_the_rest_is_measured(
    run: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([Fixed("broken", "the gold is not there"), Fixed("tiny", 80.0)]) == 1
    said = capsys.readouterr().out
    assert "broken: NOT MEASURED: the gold is not there" in said
    assert "tiny: scorer" in said


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_measurements_of_one_ingest_follow_each_other(run: Any, jobs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: list[str] = []

    def busy(one: Fixed, place: Workplace) -> Result:  # noqa: ARG001
        assert one.reads not in at_work
        at_work.append(one.reads)
        time.sleep(0.01)
        at_work.remove(one.reads)
        return Result({RIGHT: 1.0})

    monkeypatch.setattr(Fixed, "measure", busy)
    assert run([Fixed(f"{n}", 1.0, reads=f"{n % 3}") for n in range(9)], "--jobs", jobs) == 0


def test_without_the_shared_folder_only_the_sample_is_measured(
    run: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = [Fixed("sample", 99.0), Fixed("tiny", "no gold", needs_shared=True)]
    assert run(both) == 0
    said = capsys.readouterr().out
    assert f"no shared folder at {tmp_path / 'shared'}" in said
    assert "tiny" not in said
    (tmp_path / "shared").mkdir()
    assert run(both) == 1
    assert [one.name for one in measurements() if not one.needs_shared] == ["sample"]


def test_a_part_can_be_chosen(run: Any, capsys: pytest.CaptureFixture[str]) -> None:
    three = [Fixed("pages_full", 1.0), Fixed("pages_mild", 2.0, quick=False), Fixed("dates", 3.0, folded=True)]

    def measured(*options: str) -> list[str]:
        run(three, *options)
        return [line.split(":")[0] for line in capsys.readouterr().out.splitlines() if ": scorer" in line]

    assert measured("--only", "pages_*") == ["pages_full", "pages_mild"]
    assert measured("--quick") == ["pages_full", "dates"]
    assert measured("--fold", "0-3") == ["dates@folds0,1,2,3"]
    with pytest.raises(SystemExit, match="no measurement nothing; there are pages_full"):
        measured("--only", "nothing")


@pytest.mark.parametrize("options", [["--keep"], ["--allow-lower", "why"], ["--update", "--allow-lower", " "]])
def test_wrong_usage_is_told(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        gate.main(options)
    assert stopped.value.code == 2
    assert "needs" in capsys.readouterr().err


def test_folds_are_typed_as_ranges() -> None:
    assert [set(gate.folds(typed)) for typed in ("4", "0-3", "0,2")] == [{4}, {0, 1, 2, 3}, {0, 2}]


def test_every_floor_is_measured() -> None:
    names = {one.name for one in measurements()}
    assert len(names) == len(measurements())
    assert {name.partition("@")[0] for name in load(gate.FLOORS)} <= names
    assert {"sample", Seeds().name, Cases().name} <= names
