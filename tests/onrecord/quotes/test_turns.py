"""The speakers so far, counted as they come."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotes.speaker.turns import Turns

keys = st.lists(st.none() | st.integers(0, 4), max_size=30)


@given(keys, st.integers(0, 4), st.integers(1, 4))
def test_turns_answer_as_the_list_of_keys_would(given_keys: list[int | None], key: int, most: int) -> None:
    turns = Turns(given_keys)
    assert list(turns) == given_keys
    assert turns.count(key) == given_keys.count(key)
    assert turns.count(None) == given_keys.count(None)
    assert turns.ago(key) == next((n for n, k in enumerate(reversed(given_keys)) if k == key), None)
    named = [k for k in reversed(given_keys) if k is not None]
    assert turns.latest(most) == list(dict.fromkeys(named))[:most]
    assert turns.speakers == len(set(named))


def test_a_turn_more_is_counted() -> None:
    turns = Turns([1, None])
    turns.append(1)
    assert (len(turns), turns[-1], turns.count(1), turns.ago(1), turns[:2]) == (3, 1, 2, 0, [1, None])


def test_a_copy_goes_on_alone() -> None:
    turns = Turns([1, None])
    longer = turns.copy()
    longer.append(2)
    assert (list(turns), turns.count(2), turns.ago(2)) == ([1, None], 0, None)
    assert (list(longer), longer.count(2), longer.ago(1)) == ([1, None, 2], 1, 2)
