"""Who may have spoken so far: the histories that are still probable."""

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from onrecord.quotes.speaker.histories import LEAST, MOST, Histories
from onrecord.quotes.speaker.turns import Turns

chances = st.dictionaries(st.none() | st.integers(0, 5), st.floats(0.01, 1.0), min_size=1, max_size=6)


def told(histories: Histories) -> list[tuple[float, list[int | None]]]:
    return [(round(share, 6), list(turns)) for share, turns in histories]


def test_a_doubt_is_passed_on() -> None:
    histories = Histories()
    histories.branch([{1: 0.6, 2: 0.4}])
    histories.branch([{1: 1.0}, {2: 1.0}])  # whoever spoke goes on
    histories.append(3)
    assert told(histories) == [(0.6, [1, 1, 3]), (0.4, [2, 2, 3])]


def test_what_is_improbable_beside_the_best_is_dropped() -> None:
    histories = Histories()
    histories.branch([{1: 0.9, 2: 0.95 * LEAST * 0.9, None: 1.05 * LEAST * 0.9}])
    assert [turns for _, turns in told(histories)] == [[1], [None]]


@given(st.lists(chances, max_size=12))
def test_shares_add_up_to_one_and_fall(answers: list[dict[int | None, float]]) -> None:
    histories = Histories()
    for number, answer in enumerate(answers, start=1):
        whole = sum(answer.values())
        histories.branch([{key: chance / whole for key, chance in answer.items()} for _ in histories])
        shares = [share for share, _ in histories]
        assert sum(shares) == approx(1)
        assert shares == sorted(shares, reverse=True)
        assert 1 <= len(shares) <= MOST
        assert all(len(turns) == number for _, turns in histories)
        assert len({tuple(turns) for _, turns in histories}) == len(shares)  # none is kept twice
        for _, turns in histories:  # none is mixed up with another that began as it did
            alone = Turns(list(turns))
            assert [(turns.count(k), turns.ago(k)) for k in range(6)] == [
                (alone.count(k), alone.ago(k)) for k in range(6)
            ]
