"""What the word lists hold."""

from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from onrecord.lexicon.people import people_words
from onrecord.lexicon.word_lists import word_list

FILES = sorted(file.name for file in resources.files("onrecord.lexicon").iterdir() if file.name.endswith(".yaml"))


def truth_values(held: Any) -> Iterator[bool]:
    """The words in lists that YAML takes for a truth value where they stand without marks: on, off, yes, no."""
    if isinstance(held, dict):
        for value in held.values():
            yield from truth_values(value)
    elif isinstance(held, list):
        yield from (item for item in held if isinstance(item, bool))
        for item in held:
            yield from truth_values(item)


@pytest.mark.parametrize("file", FILES)
def test_no_word_is_taken_for_a_truth_value(file: str) -> None:
    assert list(truth_values(word_list(file))) == []


@pytest.mark.parametrize("file", ["people.yaml", "role_words.yaml", "media.yaml", "verbs.yaml"])
def test_every_list_has_a_reason_and_an_example(file: str) -> None:
    assert [name for name, entry in word_list(file).items() if not (entry.get("reason") and entry.get("example"))] == []


def test_no_is_a_determiner() -> None:
    assert "no" in people_words().indefinite
