"""What the ranker of speakers sees: every feature on one invented article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coreference.referents import Method
from onrecord.coreference.source_phrases import Form
from onrecord.document.article import EntityType, Publication, QuoteType, SpeakerKind, Tagging
from onrecord.lexicon.people import Pronoun
from onrecord.quotes.find import read_drafts
from onrecord.quotes.speaker.features import GROUPS, OF_CANDIDATES, OF_MOMENTS, OF_TURNS, Moment, features_of
from onrecord.quotes.speaker.features.case import of_moment
from onrecord.quotes.speaker.ranking import asked_after, model
from onrecord.quotes.speaker.tracks import KINDS
from onrecord.quotes.speaker.turns import Turns
from tests.onrecord.tagged_texts import attribution, document_of, mentions_of

TEXT = """Mayor Mary Venn opened the new bridge. John Quill, a baker of the Dock Institute, came in a letter.
“We will mend it,” Venn told Quill.
A woman asked where he was. The mayor said that he slept.
“I went home,” she said. She added that the institute was late. “Go on,” said the Dock Institute in Corran.
"""
SAID = [
    ("We will mend it", "told", "Venn"),
    ("where he was", "asked", "A woman"),
    ("that he slept", "said", "The mayor"),
    ("I went home", None, "she"),
    ("that the institute was late", "added", "She"),
    ("Go on", None, "the Dock Institute in Corran"),
]
PEOPLE = {"Mary Venn": ("Venn",), "John Quill": ("Quill",)}


OTHER = """A letter came from Mary Venn. “We stay,” said the company. “We go.”
“We sit,” Mary Venn said. “We nod,” officials said.
“We sing,” The Corran Times said.
"""
SAID_THERE = [
    ("We stay", "said", "the company"),
    ("We go", None, None),
    ("We sit", None, "Mary Venn"),
    ("We nod", None, "officials"),
    ("We sing", None, "The Corran Times"),
]


LINKED = """Dock Institute aide John Quill wrote in a letter that it rained. Mary Venn slept.
“We go,” the aide said. “We sit,” the letter said. “We stay,” said The Corran Times aide.
“We sing,” The Corran Times reported, citing an aide. “We hum,” the aide said. An aide, Mary Venn, left.
"""
SAID_IN_LETTER = [
    ("that it rained", "wrote", "Dock Institute aide John Quill"),
    ("We go", "said", "the aide"),
    ("We sit", "said", "the letter"),
    ("We stay", "said", "The Corran Times aide"),
    ("We sing", "reported", "The Corran Times"),
    ("We hum", "said", "the aide"),
]


Seen = list[dict[str | None, dict[str, float]]]


def seen(text: str, said: Sequence[tuple[str, str | None, str | None]]) -> Seen:
    """The features of every candidate for every attribution, by the candidate's name; spoken before: by the rules."""
    bodies = [
        replace(mention, local_id=mention.local_id + 9)
        for mention in mentions_of(text, {"Dock Institute": (), "The Corran Times": ()}, EntityType.ORG)
    ]
    named = [*mentions_of(text, PEOPLE), *bodies]
    attributions = tuple(attribution(text, *triple) for triple in said)
    reading = read_drafts(document_of(text), Tagging(attributions=attributions), named, Publication())
    scene = reading.scene
    found = []
    for index in range(len(scene.drafts)):
        asked = asked_after(scene, index, [Turns(scene.keys[:index])])
        moment, rows = asked[0][0], features_of(asked)
        names = [None if case.track is None else case.track.name for case in moment.cases]
        found.append(dict(zip(names, rows, strict=True)))
    return found


@cache
def first() -> Seen:
    return seen(TEXT, SAID)


@cache
def second() -> Seen:
    return seen(OTHER, SAID_THERE)


@cache
def third() -> Seen:
    return seen(LINKED, SAID_IN_LETTER)


DEPUTY = "Mary Venn slept. Her deputy, John Quill, came. “We go,” he said.\n"
SAID_BY_DEPUTY = [("We go", "said", "he")]


@cache
def fourth() -> Seen:
    return seen(DEPUTY, SAID_BY_DEPUTY)


EXPECTED = [
    ("is_nobody", 0, None, 1),
    ("kind", 0, "Dock Institute", 1),
    ("mention_count", 2, "John Quill", 2),
    ("frequency_rank", 2, "Mary Venn", 0),
    ("name_words", 0, None, 0),
    ("first_mention", 0, "Mary Venn", 0),
    ("description_count", 0, "Mary Venn", 2),
    ("name_confidence", 0, None, 0),
    ("gender_agrees", 3, "Mary Venn", 1),
    ("fitting_rivals", 2, "Mary Venn", 1),
    ("kind_agrees", 3, "Dock Institute", -1),
    ("gender_known", 0, "Mary Venn", 2),
    ("sentences_back", 0, "Mary Venn", 0),
    ("sentences_back_any", 0, "Mary Venn", 0),
    ("paragraphs_back", 0, "Mary Venn", 0),
    ("letters_back", 0, "Mary Venn", 5),
    ("sentences_on", 0, "Dock Institute", 5),
    ("recency_rank", 3, "Dock Institute", 1),
    ("rules_say", 0, "Mary Venn", 1),
    ("rules_method", 0, "Mary Venn", 0),
    ("rules_kind", 1, None, 2),
    ("rules_name_nobody", 1, None, 1),
    ("source_form", 0, "Mary Venn", 1),
    ("source_pronoun", 3, "Mary Venn", 1),
    ("source_definite", 2, "Mary Venn", 1),
    ("source_length", 5, "Mary Venn", 5),
    ("source_names", 5, "Mary Venn", 1),
    ("head_is_generic", 1, None, 1),
    ("named_in_source", 5, "Dock Institute", 1),
    ("words_before_name", 5, "Dock Institute", 1),
    ("words_behind_name", 5, "Dock Institute", 2),
    ("mark_behind_name", 5, "Dock Institute", 5),
    ("word_before_name", 5, "Dock Institute", 5),
    ("own_words_in_source", 0, "Mary Venn", 0.5),
    ("others_in_source", 5, "Mary Venn", 1),
    ("description_overlap", 2, "Mary Venn", 1),
    ("name_has_head", 0, "Mary Venn", 1),
    ("name_has_words", 0, "Mary Venn", 1),
    ("names_with_head", 0, "Mary Venn", 1),
    ("words_near_name", 2, "Mary Venn", 1),
    ("head_beside_after", 0, "Mary Venn", 1),
    ("head_beside_share", 2, "Mary Venn", 1),
    ("spoke_last", 3, "Mary Venn", 1),
    ("spoke_ago", 2, "Mary Venn", 1),
    ("share_of_turns", 3, "Mary Venn", 0.67),
    ("turns_so_far", 3, "Mary Venn", 2),
    ("spoke_in_paragraph_before", 2, "Mary Venn", 1),
    ("named_as_source", 0, "Mary Venn", 1),
    ("speakers_so_far", 1, None, 1),
    ("sentences_since_last", 1, None, 1),
    ("named_since_last", 0, "Mary Venn", -1),
    ("quote_type", 0, "Mary Venn", 0),
    ("content_length", 0, "Mary Venn", 4),
    ("mention_share", 3, "Mary Venn", 0.5),
    ("weight_share", 0, "Mary Venn", 1),
    ("weight_rank", 4, "Mary Venn", 0),
    ("weight_rank", 2, "John Quill", 3),
    ("subject_back", 4, "Mary Venn", 1),
    ("subject_back", 4, "Dock Institute", 41),
    ("subject_rank", 3, "Mary Venn", 0),
    ("followed_so_far", 3, "Mary Venn", 0),
    ("followed_so_far", 5, "Mary Venn", 2),
    ("votes_for", 0, "Mary Venn", -1),
    ("fitting_people", 3, "Mary Venn", 1),
    ("pronouns_around", 4, "Mary Venn", 1),
    ("spoke_last_but_one", 2, "Mary Venn", 1),
    ("source_of_last", 3, "Mary Venn", 2),
]
EXPECTED_OF_DEPUTY = [
    ("introduced_as_theirs", 0, "John Quill", 1),
    ("introduced_as_theirs", 0, "Mary Venn", 0),
    ("votes_for", 0, "John Quill", 1),
]
EXPECTED_THERE = [
    ("head_is_any_body", 0, None, 1),
    ("speaks_next_named", 0, "Mary Venn", 1),
    ("source_plural", 2, None, 0),
    ("source_form", 1, None, 1),
]


EXPECTED_OF_LINKS = [
    ("spoke_same_head", 1, "John Quill", -1),
    ("spoke_same_head", 3, "John Quill", 1),
    ("spoke_same_head", 3, "Mary Venn", 0),
    ("between_turns", 1, "John Quill", 0.5),
    ("between_turns", 1, "Mary Venn", 0),
    ("attributions_with_head", 5, None, 3),
]


@pytest.mark.parametrize(("name", "index", "candidate", "value"), EXPECTED_OF_LINKS)
def test_a_feature_of_linked_attributions(name: str, index: int, candidate: str | None, value: float) -> None:
    assert third()[index][candidate][name] == value


@pytest.mark.parametrize(("name", "index", "candidate", "value"), EXPECTED)
def test_a_feature(name: str, index: int, candidate: str | None, value: float) -> None:
    assert first()[index][candidate][name] == pytest.approx(value, abs=0.006)


@pytest.mark.parametrize(("name", "index", "candidate", "value"), EXPECTED_THERE)
def test_a_feature_of_another_article(name: str, index: int, candidate: str | None, value: float) -> None:
    assert second()[index][candidate][name] == value


@pytest.mark.parametrize(("name", "index", "candidate", "value"), EXPECTED_OF_DEPUTY)
def test_a_feature_of_whose_somebody_is(name: str, index: int, candidate: str | None, value: float) -> None:
    assert fourth()[index][candidate][name] == value


def test_every_feature_has_a_test_and_a_docstring() -> None:
    assert {row[0] for row in (*EXPECTED, *EXPECTED_THERE, *EXPECTED_OF_LINKS, *EXPECTED_OF_DEPUTY)} == set(GROUPS)
    assert all(function.__doc__ for function in (*OF_CANDIDATES.values(), *OF_MOMENTS.values(), *OF_TURNS.values()))


@pytest.mark.parametrize(
    ("members", "numbered"),
    [
        (Method, "name pronoun relative description author none withheld"),
        (SpeakerKind, "person organization unnamed_person unnamed_group author none"),
        (Form, "pronoun name person group body document empty"),
        (Pronoun, "male female thing plural first first_plural relative"),
        (QuoteType, "direct mixed indirect"),
        (KINDS, "PERSON ORG LOC MISC"),
    ],
)
def test_the_trees_know_members_by_their_number(members: Iterable[str], numbered: str) -> None:
    """A new member goes to the end; a change of order needs trees that are fitted anew (training/speakers.py)."""
    assert " ".join(members) == numbered


def test_the_trees_know_every_feature() -> None:
    assert set(model().features) == set(GROUPS)


def test_no_two_features_have_one_name() -> None:
    def mention_count(moment: Moment) -> float:
        return moment.index

    with pytest.raises(ValueError, match="two features of speakers are called 'mention_count'"):
        of_moment("candidate")(mention_count)
    assert "mention_count" not in OF_MOMENTS
    assert GROUPS["mention_count"] == "candidate"


@given(st.text(alphabet="Ab “”.,\n", max_size=80))
def test_any_text_has_features(text: str) -> None:
    reading = read_drafts(document_of(text), Tagging(), (), Publication())
    scene = reading.scene
    for index in range(len(scene.drafts)):
        asked = asked_after(scene, index, [Turns([None] * index)])
        assert all(set(row) == set(GROUPS) for row in features_of(asked))


def test_the_model_reads_columns_as_it_reads_rows() -> None:
    rows = [*second()[1].values()]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    np.testing.assert_array_equal(model().table(columns), model().rows(rows))
    missing = model().table({name: values for name, values in columns.items() if name != "kind"})
    assert np.isnan(missing[:, model().features.index("kind")]).all()
    with pytest.raises(ValueError, match="knows no feature 'shoe size'"):
        model().table({**columns, "shoe size": [42.0] * len(rows)})
