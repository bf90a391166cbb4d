"""Candidates, the features that tell them apart, and the chooser that weighs them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.dates import find_dates
from onrecord.dates.candidates import Candidate, View
from onrecord.dates.chooser import DOUBTFUL, MARGIN, TreeChooser, default_chooser
from onrecord.dates.features import FEATURES, KINDS, LEADS, OF_CANDIDATE, OF_SITUATION, UNKNOWN, Situation, vectors
from onrecord.dates.reader import Reader, Resolved
from onrecord.dates.tense import Clue
from onrecord.document.article import Precision, Span
from onrecord.learned import TreeModel

PUBLISHED = dt.date(2024, 5, 15)


class Watching(Reader):
    """A reader that keeps each situation with its candidates."""

    def __init__(self, text: str) -> None:
        super().__init__(text, PUBLISHED, Precision.DAY, None)
        self.seen: list[tuple[Situation, Sequence[Candidate]]] = []
        self.vectors: list[dict[str, float]] = []

    def weigh(self, situation: Situation, possible: Sequence[Candidate]) -> Resolved:
        self.seen.append((situation, possible))
        self.vectors.append(dict(zip(FEATURES, vectors(situation, possible)[0], strict=True)))
        return super().weigh(situation, possible)


def watch(*paragraphs: str) -> Watching:
    text = "\n".join(paragraphs)
    reader, start = Watching(text), 0
    for paragraph in paragraphs:
        reader.passage(Span(start, start + len(paragraph)))
        start += len(paragraph) + 1
    return reader


class Fixed:
    """A chooser that always takes the candidate of that number, with that probability."""

    def __init__(self, number: int, probability: float) -> None:
        self.number, self.probability = number, probability

    def choose(self, vectors: Sequence[list[float]]) -> tuple[int, float]:
        return min(self.number, len(vectors) - 1), self.probability

    def confidences(self, vectors: Sequence[list[float]]) -> list[float]:
        return [self.probability] * len(vectors)


def test_a_month_may_be_the_last_the_next_or_the_storys() -> None:
    _, possible = watch("It was sold in 1863. In June it burned.").seen[1]
    assert {c.meaning.value for c in possible} == {"2023-06", "2024-06", "1863-06"}
    assert possible[0].views & View.RULE
    assert {c.meaning.value: bool(c.views & View.STORY_AHEAD) for c in possible}["1863-06"]


def test_what_has_its_year_means_one_thing() -> None:
    assert [len(possible) for _, possible in watch("It was sold in 1863 and burned on 3 June 1870.").seen] == [1, 1]


def test_no_story_of_the_past_says_will() -> None:
    _, possible = watch("It was sold in 1863. It will burn in June.").seen[1]
    assert "1863-06" not in {c.meaning.value for c in possible}


def test_the_paragraphs_before_tell_the_story_where_this_one_names_nothing() -> None:
    _, possible = watch("It was sold in 1863.", "In June it burned.").seen[1]
    assert {c.meaning.value: bool(c.views & View.EARLIER_STORY_AHEAD) for c in possible}["1863-06"]


@pytest.mark.parametrize(
    ("paragraphs", "name", "expected"),
    [
        (["It will open on Friday."], "tense", 1.0),
        (["It opened on Friday."], "clue_before_distance", 2.0),
        (["On Friday it opened."], "clue_after_distance", 2.0),
        (["They met on Monday."], "weekday_distance", 2.0),
        (["They met in March."], "month_distance", 2.0),
        (["They met for two weeks."], "weekday_distance", UNKNOWN),
        (["They met on 3 June 2020."], "has_year", 1.0),
        (["They met on Friday's train."], "trail", 1.0),
        (["They met on Friday, and left."], "trail", 2.0),
        (["It was sold in 1863, and in June it burned."], "history", 1.0),
        (["It was sold in 1863, and in June it burned."], "previous_distance", 3.0),
        (["Profit and sales fell on Friday."], "business", 1.0),
        (["The coach of the match left on Friday."], "sport", 1.0),
        (["It was sold on Monday.", "It burned on Friday."], "passage", 1.0),
        (["It was sold on Monday. It burned on Monday."], "told_before", 1.0),
        (["They met in March."], "count", 2.0),
    ],
)  # fmt: skip
def test_a_feature_of_the_last_expression(paragraphs: list[str], name: str, expected: float) -> None:
    assert watch(*paragraphs).vectors[-1][name] == expected


def test_what_is_doubtful_keeps_its_form_without_a_day() -> None:
    text = "They met in March."
    sure, doubtful = (
        find_dates(text, [Span(0, len(text))], PUBLISHED, chooser=Fixed(0, probability))[0]
        for probability in (DOUBTFUL, DOUBTFUL - 0.01)
    )
    assert (sure.value, sure.date_from, sure.confidence) == ("2024-03", dt.date(2024, 3, 1), DOUBTFUL)
    assert (doubtful.value, doubtful.date_from, doubtful.date_to) == ("XXXX-03", None, None)


def test_a_doubtful_date_with_its_year_stays() -> None:
    text = "They met on 3 June 2020."
    (found,) = find_dates(text, [Span(0, len(text))], PUBLISHED, chooser=Fixed(0, 0.0))
    assert (found.value, found.confidence) == ("2020-06-03", 0.0)


def test_the_rules_answer_stands_unless_another_is_likely_by_far(monkeypatch: pytest.MonkeyPatch) -> None:
    chooser = default_chooser()
    assert isinstance(chooser, TreeChooser)
    monkeypatch.setattr(TreeModel, "scores", lambda _self, rows: rows[:, 0].astype(float))
    width = len(FEATURES)
    rows = [[score] + [0.0] * (width - 1) for score in (1.0, 1.0 + MARGIN - 0.1)]
    assert chooser.choose(rows)[0] == 0
    rows[1][0] = 1.1 + MARGIN
    assert chooser.choose(rows)[0] == 1


def test_a_model_of_other_features_is_refused() -> None:
    shipped = default_chooser()
    assert isinstance(shipped, TreeChooser)
    other = TreeModel(shipped.model.session, ("hue",), (), ())
    with pytest.raises(ValueError, match=r"training\.dates_chooser"):
        TreeChooser(other)


@settings(deadline=None)  # the first text loads the model
@given(st.lists(st.sampled_from(["In March", "on Friday", "in 1863", "it will open", "a year later.", "sold", "\n"])))
def test_every_expression_has_a_probability(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for found in find_dates(text, [Span(0, len(text))], PUBLISHED):
        assert found.confidence is not None
        assert 0 < found.confidence < 1


def test_each_feature_has_a_name_of_its_own_and_says_what_it_is() -> None:
    assert len(set(FEATURES)) == len(FEATURES)
    assert all(feature.__doc__ for feature in (*OF_SITUATION, *OF_CANDIDATE))


def test_the_trees_know_members_by_their_number() -> None:
    """New ones go to the end; a change of order needs trees that are fitted anew (training/dates_chooser.py)."""
    assert [(clue.name, clue.value) for clue in Clue] == [
        ("NONE", 0),
        ("SAID", 1),
        ("PAST", 2),
        ("PLAN", 3),
        ("MODAL", 4),
        ("WILL", 5),
    ]
    assert (len(KINDS), sha256(" ".join(KINDS).encode()).hexdigest()[:8]) == (47, "a738ddcf")
    assert (len(LEADS), sha256(" ".join(LEADS).encode()).hexdigest()[:8]) == (24, "06db789c")


def test_the_trees_know_every_feature() -> None:
    trees = default_chooser()
    assert isinstance(trees, TreeChooser) and set(trees.model.features) == set(FEATURES)
