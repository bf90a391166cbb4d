"""Whom the pronouns of the article's own words mean, and what is counted of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.mention_index import Mentions
from onrecord.coreference.pronouns import Discourse
from onrecord.document.article import Span
from onrecord.document.document import Document
from onrecord.lexicon.people import Gender
from tests.onrecord.tagged_texts import mentions_of

ORLA, IVO = 0, 1
GENDERS: Mapping[int, Gender | None] = {ORLA: Gender.FEMALE, IVO: Gender.MALE}


def discourse_of(text: str, content: Sequence[Span] = ()) -> Discourse:
    """The discourse of a text of one paragraph that names Orla Venn (0) and Ivo Marsh (1), its pronouns followed."""
    mentions = mentions_of(text, {"Orla Venn": (), "Ivo Marsh": ()})
    document = Document.of_passages(text, [Span(0, len(text))])
    discourse = Discourse(document.sentences, Mentions(mentions), content)
    discourse.follow(len(text), GENDERS)
    return discourse


@pytest.mark.parametrize(
    ("text", "her", "his"),
    [
        ("Orla Venn met Ivo Marsh. She ate. She slept.", 2, 0),
        ("Orla Venn met Ivo Marsh. He ate. His soup was cold. She slept.", 1, 2),
        ("She ate. Orla Venn met Ivo Marsh.", 0, 0),
        ("Orla Venn met Ivo Marsh. They ate.", 0, 0),
    ],
)
def test_each_pronoun_is_followed_once(text: str, her: int, his: int) -> None:
    discourse = discourse_of(text)
    discourse.follow(len(text), GENDERS)
    assert (discourse.followed(ORLA, len(text)), discourse.followed(IVO, len(text))) == (her, his)


def test_who_is_told_of_by_pronouns_stays_in_mind() -> None:
    told = "Orla Venn met Ivo Marsh. " + "She walked on. " * 12
    discourse = discourse_of(told)
    assert discourse.followed(ORLA, len(told)) == 12
    assert discourse.subjects(len(told))[ORLA] == 12
    assert discourse.meant(len(told), Gender.FEMALE, GENDERS, ()) == ORLA
    without = Discourse(discourse.sentences, Mentions(mentions_of(told, {"Orla Venn": (), "Ivo Marsh": ()})), ())
    assert without.meant(len(told), Gender.FEMALE, GENDERS, ()) is None


def test_what_is_reported_has_no_pronouns_of_the_article() -> None:
    text = "Orla Venn said she was late. She left."
    at = text.index("she was")
    discourse = discourse_of(text, [Span(at, at + len("she was late"))])
    assert discourse.pronouns(Gender.FEMALE, 0, len(text)) == 1
    assert discourse.pronouns(Gender.MALE, 0, len(text)) == 0


@given(st.lists(st.sampled_from(["Orla Venn", "Ivo Marsh", "he", "She", "her", ".", "\n", "“no”", "ate"]), max_size=40))
def test_any_text_is_followed_to_its_end(words: list[str]) -> None:
    text = " ".join(words)
    discourse = discourse_of(text)
    every = discourse.pronouns(Gender.FEMALE, 0, len(text)) + discourse.pronouns(Gender.MALE, 0, len(text))
    assert sum(discourse.followed(person, len(text)) for person in (ORLA, IVO)) <= every
