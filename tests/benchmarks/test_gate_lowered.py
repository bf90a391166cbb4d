"""What is let down is kept by day and reason, each reason once."""

from __future__ import annotations

from pathlib import Path

from benchmarks.gate import __main__ as gate
from benchmarks.gate.lowered import Lowered, Moves, load, noted, save

DAY, REASON = "2026-11-26", "its gold [of 3 articles] was wrong"
FIRST = Lowered(DAY, REASON, {"tiny": {"right": (80.0, 79.0)}})


def test_the_first_move_for_a_reason_begins_a_change() -> None:
    assert noted([], DAY, REASON, "tiny", {"right": (80.0, 79.0)}) == [FIRST]


def test_moves_for_one_reason_on_one_day_are_one_change() -> None:
    (change,) = noted([FIRST], DAY, REASON, "sample", {"a case": (True, None)})
    assert change == Lowered(DAY, REASON, {"tiny": {"right": (80.0, 79.0)}, "sample": {"a case": (True, None)}})


def test_what_moves_again_keeps_what_it_was_at_first() -> None:
    (change,) = noted([FIRST], DAY, REASON, "tiny", {"right": (79.0, 78.0), "wrong": (4.0, 4.1)})
    assert change.moves == {"tiny": {"right": (80.0, 78.0), "wrong": (4.0, 4.1)}}


def test_another_reason_or_day_is_another_change_and_the_newest_is_last() -> None:
    second = Lowered(DAY, "counted elsewhere", {"tiny": {"right": (79.0, None)}})
    third = Lowered("2026-11-27", REASON, {"tiny": {"wrong": (4.0, 4.1)}})
    changes = noted([FIRST], second.date, second.reason, "tiny", second.moves["tiny"])
    assert noted(changes, third.date, third.reason, "tiny", third.moves["tiny"]) == [FIRST, second, third]
    assert noted(changes, DAY, REASON, "tiny", {})[-1] == FIRST


def test_the_file_gives_back_what_was_written_a_move_a_line(tmp_path: Path) -> None:
    path = tmp_path / "lowered.json"
    assert load(path) == []
    moves: Moves = {"right": (80.0, 79.0), "a case, check [1]": (True, False), "gold": ("a" * 64, None)}
    changes = [FIRST, Lowered("2026-11-27", "why", {"tiny": moves})]
    save(path, changes)
    assert load(path) == changes
    lines = [line.strip().rstrip(",") for line in path.read_text("utf-8").splitlines()]
    assert '"right": [80.0, 79.0]' in lines
    assert '"a case, check [1]": [true, false]' in lines


def test_the_file_of_the_repository_has_each_reason_of_a_day_once_and_is_as_the_gate_writes_it(tmp_path: Path) -> None:
    kept = gate.FLOORS.with_name("lowered.json")
    changes = load(kept)
    save(tmp_path / "lowered.json", changes)
    assert (tmp_path / "lowered.json").read_text("utf-8") == kept.read_text("utf-8")
    days = [(change.date, change.reason) for change in changes]
    assert len(set(days)) == len(days)
    assert [day for day, _ in days] == sorted(day for day, _ in days)
