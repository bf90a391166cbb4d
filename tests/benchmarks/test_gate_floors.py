"""Floors are held and raised, and what would be let down is told."""

from __future__ import annotations

from pathlib import Path

from benchmarks.gate.floors import Floor, Kept, State, Verdict, floors_at, judge, let_down, load, save
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


def test_floors_are_set_at_what_is_measured_and_take_in_what_is_new() -> None:
    found = result(right=82.0, wrong=3.0, **{"case two": True, "case three": False})
    assert let_down(KEPT, found, INPUTS) == {}
    assert floors_at("score.py tiny", INPUTS, found, {RIGHT: 2.4999, WRONG: 1.0}, "vax") == Kept(
        "score.py tiny",
        INPUTS,
        "vax",
        {RIGHT.path: Floor(82.0, 2.5), WRONG.path: Floor(3.0, 1.0, "lower")},
        ("case one", "case two"),
    )


def test_a_figure_a_fact_and_gold_are_let_down_each_by_its_name() -> None:
    found = Result({RIGHT: 85.0, WRONG: 4.1}, {"case one": False})
    assert let_down(KEPT, found, {"corpora/tiny.jsonl": "b" * 64}) == {
        "corpora/tiny.jsonl": ("a" * 64, "b" * 64),
        WRONG.path: (4.0, 4.1),
        "case one": (True, False),
    }


def test_a_figure_that_is_dropped_is_let_down() -> None:
    assert let_down(KEPT, Result({RIGHT: 80.0}, {"case one": True}), INPUTS) == {WRONG.path: (4.0, None)}


def test_without_floors_nothing_is_let_down() -> None:
    assert let_down(None, result(), INPUTS) == {}


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert load(path) == {}
    cases = Kept("cases.py", {"cases/a": "d" * 64}, facts=("a",))
    save(path, {"tiny": KEPT, "cases": cases})
    assert load(path) == {"tiny": KEPT, "cases": cases}
    assert '{ "floor": 80.0, "noise": 2.5, "better": "higher" }' in path.read_text("utf-8")
