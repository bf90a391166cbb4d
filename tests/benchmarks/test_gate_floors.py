"""Floors are held, raised, and lowered only for a reason that is kept."""

from __future__ import annotations

from pathlib import Path

from benchmarks.gate.floors import Floor, Kept, Lowered, State, Verdict, judge, load, save, updated
from benchmarks.gate.results import Figure, Result

RIGHT, WRONG = Figure("speaker.right"), Figure("speaker.wrong_name", lower_is_better=True)
INPUTS = {"corpora/tiny.jsonl": "a" * 64}
KEPT = Kept(
    "score.py tiny",
    INPUTS,
    "vax",
    {"speaker.right": Floor(80.0, 2.5), "speaker.wrong_name": Floor(4.0, 1.0, "lower")},
    ("case one",),
)


def result(right: float = 80.0, wrong: float = 4.0, **facts: bool) -> Result:
    return Result({RIGHT: right, WRONG: wrong}, {"case one": True} | facts)


def states(verdicts: list[Verdict]) -> dict[str, State]:
    return {verdict.what: verdict.state for verdict in verdicts}


def update(found: Result, reason: str | None = None, inputs: dict[str, str] = INPUTS) -> Kept | None:
    noise = {RIGHT: 2.4999, WRONG: 1.0}
    return updated(KEPT, "score.py tiny", inputs, found, noise, processor="vax", reason=reason, date="2026-11-26")


def test_a_figure_holds_at_its_floor_and_is_below_by_the_least_step() -> None:
    assert states(judge(KEPT, result(), INPUTS)) == dict.fromkeys([RIGHT.path, WRONG.path, "case one"], State.HOLDS)
    found = states(judge(KEPT, result(right=79.9, wrong=4.1), INPUTS))
    assert (found[RIGHT.path], found[WRONG.path]) == (State.BELOW, State.BELOW)


def test_another_processor_may_move_a_figure_by_its_noise() -> None:
    found = result(right=77.4, wrong=5.1)  # by 2.6 and by 1.1, where the noise is 2.5 and 1.0
    assert states(judge(KEPT, found, INPUTS, "pdp"))[RIGHT.path] is State.BELOW
    near = judge(KEPT, result(right=77.5, wrong=5.0), INPUTS, "pdp")
    assert (states(near)[RIGHT.path], states(near)[WRONG.path]) == (State.NEAR, State.NEAR)
    assert not any(verdict.broken for verdict in near)
    assert states(judge(KEPT, result(right=79.9), INPUTS, "vax"))[RIGHT.path] is State.BELOW
    lost = Result({RIGHT: 80.0, WRONG: 4.0}, {"case one": False})
    assert states(judge(KEPT, lost, INPUTS, "pdp"))["case one"] is State.BELOW  # what must hold holds on any


def test_less_is_better_where_it_says_so() -> None:
    assert states(judge(KEPT, result(right=80.1, wrong=3.9), INPUTS)) == {
        RIGHT.path: State.BETTER,
        WRONG.path: State.BETTER,
        "case one": State.HOLDS,
    }


def test_a_figure_that_is_measured_no_more_is_below_its_floor() -> None:
    found = judge(KEPT, Result({RIGHT: 80.0}, {"case one": True}), INPUTS)
    assert states(found)[WRONG.path] is State.BELOW


def test_a_fact_has_to_go_on_holding() -> None:
    lost = Result({RIGHT: 80.0, WRONG: 4.0}, {"case one": False, "case two": True, "case three": False})
    found = states(judge(KEPT, lost, INPUTS))
    assert (found["case one"], found["case two"]) == (State.BELOW, State.NEW)
    assert "case three" not in found
    gone = Result({RIGHT: 80.0, WRONG: 4.0})
    assert states(judge(KEPT, gone, INPUTS))["case one"] is State.BELOW


def test_gold_that_changed_is_told_by_its_name() -> None:
    found = judge(KEPT, result(), {"corpora/tiny.jsonl": "b" * 64, "corpora/new.jsonl": "c" * 64})
    (changed,) = [verdict for verdict in found if verdict.broken]
    assert (changed.what, changed.state, changed.kept) == ("corpora/tiny.jsonl", State.CHANGED, "a" * 64)
    (gone,) = [verdict for verdict in judge(KEPT, result(), {}) if verdict.broken]
    assert (gone.what, gone.now) == ("corpora/tiny.jsonl", None)


def test_without_floors_all_is_new() -> None:
    assert set(states(judge(None, result(), INPUTS)).values()) == {State.NEW}


def test_an_update_raises_floors_and_takes_in_what_is_new() -> None:
    now = update(result(right=82.0, wrong=3.0, **{"case two": True, "case three": False}))
    assert now is not None
    assert now.figures == {RIGHT.path: Floor(82.0, 2.5), WRONG.path: Floor(3.0, 1.0, "lower")}
    assert now.facts == ("case one", "case two")
    assert now.lowered == ()


def test_an_update_refuses_to_lower_a_floor_a_fact_or_to_change_the_gold() -> None:
    assert update(result(right=85.0, wrong=4.1)) is None
    assert update(Result({RIGHT: 85.0, WRONG: 4.0}, {"case one": False})) is None
    assert update(result(right=85.0), inputs={"corpora/tiny.jsonl": "b" * 64}) is None


def test_what_is_lowered_is_kept_with_the_reason_and_the_day() -> None:
    found = Result({RIGHT: 85.0, WRONG: 4.1}, {"case one": False})
    now = update(found, reason="its gold was wrong", inputs={"corpora/tiny.jsonl": "b" * 64})
    assert now is not None
    assert now.figures[WRONG.path].floor == 4.1
    assert now.facts == ()
    reason, day = "its gold was wrong", "2026-11-26"
    assert now.lowered == (
        Lowered("corpora/tiny.jsonl", "a" * 64, "b" * 64, reason, day),
        Lowered(WRONG.path, 4.0, 4.1, reason, day),
        Lowered("case one", True, False, reason, day),
    )


def test_a_figure_dropped_on_purpose_is_noted_too() -> None:
    now = update(Result({RIGHT: 80.0}, {"case one": True}), reason="counted elsewhere")
    assert now is not None
    assert now.lowered == (Lowered(WRONG.path, 4.0, None, "counted elsewhere", "2026-11-26"),)


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert load(path) == {}
    noted = Kept("cases.py", {"cases/a": "d" * 64}, facts=("a",), lowered=(Lowered("b", True, False, "why", "day"),))
    save(path, {"tiny": KEPT, "cases": noted})
    assert load(path) == {"tiny": KEPT, "cases": noted}
    assert '{ "floor": 80.0, "noise": 2.5, "better": "higher" }' in path.read_text("utf-8")
