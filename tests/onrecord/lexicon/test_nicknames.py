"""One list of given names and their short forms, for one article and for all."""

from collections import Counter

import pytest

from onrecord.lexicon.name_words import fold
from onrecord.lexicon.nicknames import nickname_groups
from onrecord.lexicon.word_lists import word_list


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("bob", "robert", True), ("chris", "christina", True), ("chris", "kit", True), ("christina", "kit", False)],
)
def test_names_of_one_group_may_be_one_persons(a: str, b: str, same: bool) -> None:
    assert bool(nickname_groups(a) & nickname_groups(b)) is same


def test_a_word_that_is_no_given_name_is_in_no_group() -> None:
    assert nickname_groups("aldermoor") == frozenset()


def test_the_list_is_folded_and_each_group_has_a_name_of_its_own() -> None:
    groups = word_list("nicknames.yaml")["groups"]
    assert [name for group in groups for name in group if fold(name) != name] == []
    assert [head for head, count in Counter(group[0] for group in groups).items() if count > 1] == []
    assert [group for group in groups if len(group) != len(set(group)) or len(group) < 2] == []
