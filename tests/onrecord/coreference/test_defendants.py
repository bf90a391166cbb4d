"""Who is tried, in invented sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.defendants import is_tried
from tests.onrecord.tagged_texts import mentions_of


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("Tam Quill, 37, pleaded guilty to theft.", True),
        ("Tam Quill, of Quay Road, was jailed for a year.", True),
        ("Tam Quill (41) denied the charge.", True),
        ("Tam Quill, who was convicted in May, left.", True),
        ("Tam Quill pleaded for calm.", False),
        ("Tam Quill said the driver was jailed.", False),
        ("Tam Quill was found in the harbour.", False),
    ],
)
def test_who_is_tried_is_told_behind_the_name(text: str, tried: bool) -> None:
    found = {mention.local_id for mention in mentions_of(text, {"Tam Quill": ()}) if is_tried(text, mention)}
    assert bool(found) is tried


@given(st.text())
def test_any_words_may_stand_behind_a_name(words: str) -> None:
    text = f"Tam Quill{words}"
    found = {mention.local_id for mention in mentions_of("Tam Quill", {"Tam Quill": ()}) if is_tried(text, mention)}
    assert found <= {0}
