"""Indirect reports that end in their verb and its subject, in invented sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document.article import Tagging
from onrecord.quotes.attribution.candidates import candidates
from onrecord.quotes.attribution.inversion import inverted
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of

TOLD = "The bridge over the lock is old"


@pytest.mark.parametrize(
    ("end", "cue", "source"),
    [
        ("adds Orla Venn.", "adds", "Orla Venn"),
        ("states Venn.", "states", "Venn"),
        ("concludes Orla Venn, an engineer of note.", "concludes", "Orla Venn, an engineer of note"),
        ("remarked engineer Orla Venn.", "remarked", "engineer Orla Venn"),
        ("explains Orla van Venn.", "explains", "Orla van Venn"),
    ],
)
def test_who_says_it_may_stand_behind_the_verb(end: str, cue: str, source: str) -> None:
    text = f"{TOLD}, {end}"
    (sentence,) = document_of(text).sentences
    found = inverted(text, sentence)
    assert found is not None
    assert found.cue is not None and found.source is not None
    assert [span.of(text) for span in found.content] == [TOLD]
    assert (found.cue.of(text), found.source.of(text)) == (cue, source)


@pytest.mark.parametrize(
    "text",
    [
        "The board of the harbour, which is new, added Orla Venn.",
        "It is old, adds Orla Venn.",  # too short to tell from a list
        "The bridge over the lock is old, near Orla Venn.",
        "The bridge over the lock is old, said to Orla Venn.",
        "The bridge over the lock is “old”, adds Orla Venn.",
        "The bridge over the lock is old, adds the engineer.",
    ],
)
def test_not_every_sentence_that_ends_in_a_name_is_told_by_it(text: str) -> None:
    (sentence,) = document_of(text).sentences
    assert inverted(text, sentence) is None


def test_it_is_proposed_where_the_tagger_finds_no_cue() -> None:
    text = f"Tam Quill said that it rains.\n{TOLD}, states Orla Venn."
    tagging = Tagging(attributions=(attribution(text, "that it rains", "said", "Tam Quill"),))
    found = candidates(document_of(text), tagging, mentions_of(text, {"Orla Venn": (), "Tam Quill": ()}))
    told = next(draft for draft in found.drafts if draft.doubtful)
    assert told.source is not None
    assert (told.contents[0].of(text), told.source.of(text)) == (TOLD, "Orla Venn")


def test_what_is_told_may_have_a_relative_clause() -> None:
    text = "The bridge over the old lock is late because of the rain, which goes on, states Orla Venn."
    (sentence,) = document_of(text).sentences
    found = inverted(text, sentence)
    assert found is not None and found.content[0].of(text).endswith("goes on")


@given(st.text("Orla Vensadd,. ’'of", max_size=80))
def test_any_sentence_is_read(text: str) -> None:
    for sentence in document_of(text).sentences:
        inverted(text, sentence)
